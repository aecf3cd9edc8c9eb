package e2e

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// site is one listener of the caddy under test.
type site struct {
	addr      string
	accessLog bool
	secure    bool     // TLS with the certificate in {DIR}, and HTTP/3
	filter    string   // the body of the privacy_filter block; noFilter for none
	extra     []string // further directives, one a line
	proxy     string   // the body of the reverse_proxy block
	upstream  string
}

// noFilter makes a site a plain reverse proxy: what the filter is compared with.
const noFilter = "none"

// rulesOnly is the policy under which expected bytes can be written by hand.
const rulesOnly = "rules_only"

func (s site) scheme() string {
	if s.secure {
		return "https"
	}
	return "http"
}

// host is the site's address as clients name it: a certificate is chosen by name.
func (s site) host() string {
	if s.secure {
		return strings.Replace(s.addr, "127.0.0.1", "localhost", 1)
	}
	return s.addr
}

func (s site) url(path string) string { return s.scheme() + "://" + s.host() + path }

func (s site) String() string {
	var b strings.Builder
	host, port, _ := strings.Cut(s.addr, ":")
	fmt.Fprintf(&b, "%s://:%s {\n\tbind %s\n", s.scheme(), port, host)
	if s.secure {
		b.WriteString("\ttls {DIR}/cert.pem {DIR}/key.pem\n")
	}
	if s.accessLog {
		b.WriteString("\tlog {\n\t\toutput file {DIR}/access.log\n\t}\n")
	}
	if s.filter != noFilter {
		fmt.Fprintf(&b, "\tprivacy_filter {\n\t\t%s\n\t}\n", strings.ReplaceAll(s.filter, "\n", "\n\t\t"))
	}
	for _, line := range s.extra {
		fmt.Fprintf(&b, "\t%s\n", line)
	}
	fmt.Fprintf(&b, "\treverse_proxy %s {\n\t\t%s\n\t}\n}\n", s.upstream, s.proxy)
	return b.String()
}

// caddyfile joins sites under a global block with debug logging, metrics and
// every HTTP version that works without a certificate.
func caddyfile(filterOptions string, sites ...site) string {
	var b strings.Builder
	b.WriteString("{\n\tadmin {ADMIN}\n\tdebug\n\tauto_https off\n\tpersist_config off\n\tgrace_period 5s\n\tmetrics\n")
	b.WriteString("\tservers {\n\t\tprotocols h1 h2 h2c h3\n\t}\n")
	// Another model than the default one, for builds that have none inside.
	if model := os.Getenv("PRIVACY_FILTER_TEST_MODEL"); model != "" && !strings.Contains(filterOptions, "model ") {
		filterOptions = strings.TrimSpace("model " + model + "\n" + filterOptions)
	}
	if filterOptions != "" {
		fmt.Fprintf(&b, "\tprivacy_filter {\n\t\t%s\n\t}\n", strings.ReplaceAll(filterOptions, "\n", "\n\t\t"))
	}
	b.WriteString("}\n")
	for _, s := range sites {
		b.WriteString(s.String())
	}
	return b.String()
}

// world is the caddy that most tests share: the same proxy with and without
// the filter, with and without an access log, in front of one upstream.
type world struct {
	*server
	up                  *upstream
	filtered, plain     site // access log on
	filteredQ, plainQ   site // access log off
	filteredE, plainE   site // access log and encode on
	withModel, blocking site
	small, passing      site
	monitoring          site

	filteredT, plainT, passingT site // TLS and HTTP/3, access log on
	filteredTE, plainTE         site // the same, access log off and encode on
}

var (
	sharedOnce  sync.Once
	sharedWorld *world
	errShared   error
	sharedDir   string
)

// shared starts the common world on first use.
func shared(t testing.TB) *world {
	t.Helper()
	sharedOnce.Do(func() { sharedWorld, errShared = newWorld() })
	if errShared != nil {
		t.Fatal(errShared)
	}
	return sharedWorld
}

func newWorld() (*world, error) {
	up, err := newUpstream()
	if err != nil {
		return nil, err
	}
	to := func(filter string, accessLog bool) site {
		return site{addr: freeAddr(), filter: filter, accessLog: accessLog, upstream: up.addr}
	}
	w := &world{
		up:         up,
		filtered:   to(rulesOnly, true),
		filteredQ:  to(rulesOnly, false),
		plain:      to(noFilter, true),
		plainQ:     to(noFilter, false),
		withModel:  to("", true),
		blocking:   to(rulesOnly+"\ncategory account_number block", true),
		small:      to(rulesOnly+"\nmax_body 2KiB", true),
		passing:    to(rulesOnly+"\nunsupported pass", true),
		monitoring: to(rulesOnly+"\nmonitor", true),
	}
	w.filteredE, w.plainE = to(rulesOnly, true), to(noFilter, true)
	w.filteredT, w.plainT, w.passingT = to(rulesOnly, true), to(noFilter, true), to(rulesOnly+"\nunsupported pass", true)
	w.filteredTE, w.plainTE = to(rulesOnly, false), to(noFilter, false)
	for _, s := range []*site{&w.filteredT, &w.plainT, &w.passingT, &w.filteredTE, &w.plainTE} {
		s.secure = true
	}
	for _, s := range []*site{&w.filteredE, &w.plainE, &w.filteredTE, &w.plainTE} {
		s.extra = []string{"encode gzip {\n\t\tminimum_length 1\n\t}"}
	}
	sites := []site{w.filteredE, w.plainE, w.filtered, w.filteredQ, w.plain, w.plainQ, w.withModel, w.blocking, w.small, w.passing, w.monitoring,
		w.filteredT, w.plainT, w.passingT, w.filteredTE, w.plainTE}
	var addrs []string
	for _, s := range sites {
		addrs = append(addrs, s.addr)
	}
	if sharedDir, err = os.MkdirTemp("", "privacy-filter-e2e-world-"); err != nil {
		return nil, err
	}
	if err = writeCertificate(sharedDir); err != nil {
		return nil, err
	}
	w.server, err = launch(sharedDir, caddyfile("", sites...), addrs...)
	return w, err
}

// stopShared ends the common world after the last test.
func stopShared() {
	if sharedWorld != nil && sharedWorld.server != nil {
		sharedWorld.stop()
	}
	if sharedDir != "" {
		os.RemoveAll(sharedDir)
	}
}
