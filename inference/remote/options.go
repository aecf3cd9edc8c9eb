package remote

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// The protocols.
const (
	KServe = "kserve"
	VLLM   = "vllm"
)

// Options say where a model runs. Protocol, URLs and Model are required.
type Options struct {
	// Protocol is KServe or VLLM.
	Protocol string
	// URLs are the servers' addresses, without the protocol's own path, such
	// as "https://inference.internal:8443". All must serve the same model.
	URLs []string
	// Model is its name there.
	Model string
	// Header is sent with every request, for authentication.
	Header http.Header
	// Insecure allows plain HTTP to other machines.
	Insecure bool
	// CAFile is a PEM file with the authorities that sign the servers'
	// certificates; empty: those of the system.
	CAFile string

	// InFlight bounds the requests that one server works on; 0: 2, one that
	// runs and one that is on its way.
	InFlight int
	// MaxRows bounds the rows of one request; 0: 64. Triton refuses more than
	// a model's max_batch_size.
	MaxRows int
	// Timeout bounds one request; 0: 30 s. Its caller's deadline counts beside
	// it.
	Timeout time.Duration
}

// Contract is what the served graph must take and return.
type Contract struct {
	Labels     int // classes a token
	Vocabulary int // ids are 0 … Vocabulary-1
	MaxTokens  int // of the longest row; 0: unknown

	Feature string // the graph's input for features of tokens, or ""
	Columns int    // features a token
}

const (
	defaultInFlight = 2
	defaultMaxRows  = 64
	defaultTimeout  = 30 * time.Second

	maxInFlight = 1024
	maxRows     = 1 << 16
	maxURLs     = 256
)

// Check says what is wrong with the options, without asking anybody.
func (o Options) Check() error {
	switch {
	case o.Protocol != KServe && o.Protocol != VLLM:
		return errors.New("a remote engine is kserve or vllm")
	case len(o.URLs) == 0 || len(o.URLs) > maxURLs:
		return fmt.Errorf("engine %s: want 1 to %d URLs", o.Protocol, maxURLs)
	case o.Model == "" || o.Protocol == KServe && strings.ContainsAny(o.Model, "/\\"):
		return fmt.Errorf("engine %s: the name of the model on the server is missing or not one", o.Protocol)
	case o.InFlight < 0 || o.InFlight > maxInFlight:
		return fmt.Errorf("engine %s: in_flight is 1 to %d", o.Protocol, maxInFlight)
	case o.MaxRows < 0 || o.MaxRows > maxRows:
		return fmt.Errorf("engine %s: max_rows is 1 to %d", o.Protocol, maxRows)
	case o.Timeout < 0:
		return fmt.Errorf("engine %s: timeout must not be negative", o.Protocol)
	}
	seen := map[string]bool{}
	for _, raw := range o.URLs {
		u, err := parseURL(raw, o.Insecure)
		if err != nil {
			return fmt.Errorf("engine %s: %w", o.Protocol, err)
		}
		if seen[u.String()] {
			return fmt.Errorf("engine %s: %s is named twice", o.Protocol, u)
		}
		seen[u.String()] = true
	}
	return o.checkHeader()
}

// own are headers that the protocols or the connection need.
var own = []string{
	"Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection", "Accept-Encoding",
	"Te", "Trailer", "Upgrade", "Expect", "Idempotency-Key", headerLength,
}

// checkHeader names headers, whose values are secrets.
func (o Options) checkHeader() error {
	for name, values := range o.Header {
		if !httpguts.ValidHeaderFieldName(name) {
			return fmt.Errorf("engine %s: a header has a name that is none", o.Protocol)
		}
		for _, mine := range own {
			if strings.EqualFold(name, mine) {
				return fmt.Errorf("engine %s: header %s is not to be set", o.Protocol, mine)
			}
		}
		for _, value := range values {
			if value == "" || !httpguts.ValidHeaderFieldValue(value) {
				return fmt.Errorf("engine %s: the value of header %s is empty or not one", o.Protocol, name)
			}
		}
	}
	return nil
}

// parseURL takes an address, of which nothing but a place may be said: user
// names and queries would end up in errors.
func parseURL(raw string, insecure bool) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, errors.New("want a URL such as https://host:8443")
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, errors.New("a URL of a server has no user, query or fragment; use header to authenticate")
	case u.Scheme == "http" && !insecure && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("http://%s would send text in the clear to another machine: use https, or write insecure", u.Host)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = ""
	return u, nil
}

// isLoopback says whether a host is this machine by its name; where it leads is
// seen when it is dialled (client.go).
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// withDefaults resolves the zeros.
func (o Options) withDefaults() Options {
	if o.InFlight == 0 {
		o.InFlight = defaultInFlight
	}
	if o.MaxRows == 0 {
		o.MaxRows = defaultMaxRows
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	return o
}

// BatchTokens is the size of a batch, in tokens with padding, that gives every
// request that may be in flight as much as a CPU works well on.
func (o Options) BatchTokens() int {
	o = o.withDefaults()
	return min(partTokens*o.InFlight*len(o.URLs), maxCells)
}
