package caddymodule

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// upgrade switches protocols and sends back what it reads.
func upgrade(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Upgrade", r.Header.Get("Upgrade"))
	w.WriteHeader(http.StatusSwitchingProtocols)
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil // like reverse_proxy, which only logs it
	}
	defer conn.Close()
	_, err = io.CopyN(conn, rw, 5)
	return err
}

func dialUpgrade(t *testing.T, addr, protocol string) (*bufio.Reader, net.Conn, *http.Response) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: %s\r\nHTTP2-Settings: AAA\r\n\r\n", protocol)
	r := bufio.NewReader(conn)
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, conn, resp
}

// TestUpgrades: what nobody can read is refused, or passes with every byte.
func TestUpgrades(t *testing.T) {
	for _, passes := range []bool{false, true} {
		h := &Handler{RulesOnly: true}
		if passes {
			h.Unsupported = filter.UnsupportedPass
		}
		srv := serve(t, middleware{newRig(t, h).Handler, upgrade})
		r, conn, resp := dialUpgrade(t, srv.Listener.Addr().String(), "tls/1.0")
		if !passes {
			if resp.StatusCode != http.StatusUnsupportedMediaType {
				t.Errorf("block: status %d", resp.StatusCode)
			}
			continue
		}
		if resp.StatusCode != http.StatusSwitchingProtocols {
			t.Fatalf("pass: status %d", resp.StatusCode)
		}
		fmt.Fprint(conn, "hello")
		if echoed, err := io.ReadAll(r); err != nil || string(echoed) != "hello" {
			t.Errorf("pass: echoed %q, %v", echoed, err)
		}
	}
}

// TestUnaskedUpgrade: an upstream that switches protocols although nobody
// asked gets nowhere.
func TestUnaskedUpgrade(t *testing.T) {
	srv := serve(t, middleware{newRig(t, &Handler{RulesOnly: true}).Handler, upgrade})
	got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
	checkStopped(t, got, http.StatusBadGateway, filter.ReasonUnsupported)
}

// TestUpgradeOfferIsNoBypass: under "unsupported pass" a client that offers
// an upgrade and does not get it is filtered like any other.
func TestUpgradeOfferIsNoBypass(t *testing.T) {
	g := newRig(t, &Handler{Unsupported: filter.UnsupportedPass})
	srv := serve(t, middleware{g.Handler, echo})
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", len(person), person)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "<PRIVATE_PERSON>" {
		t.Errorf("body %q, %v", body, err)
	}
}

// TestH2COfferIsDeclined: common clients make it with ordinary requests.
func TestH2COfferIsDeclined(t *testing.T) {
	var offered http.Header
	srv := serve(t, middleware{newRig(t, &Handler{RulesOnly: true}).Handler, func(w http.ResponseWriter, r *http.Request) error {
		offered = r.Header.Clone()
		_, err := io.WriteString(w, "plain words")
		return err
	}})
	_, _, resp := dialUpgrade(t, srv.Listener.Addr().String(), "h2c")
	if resp.StatusCode != http.StatusOK {
		t.Errorf("status %d", resp.StatusCode)
	}
	if !reflect.DeepEqual(offered, http.Header{}) {
		t.Errorf("the next handler saw %v", offered)
	}
}

// TestStreamsPass: under "unsupported pass" a stream that nobody here reads is
// flushed part by part, and large binaries are not held back.
func TestStreamsPass(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true, Unsupported: filter.UnsupportedPass, MaxBody: 1 << 10})
	release := make(chan struct{})
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodPost {
			return echo(w, r)
		}
		w.Header().Set("Content-Type", "multipart/x-mixed-replace; boundary=b")
		_, _ = io.WriteString(w, "data: one\n\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			return err
		}
		<-release
		_, err := io.WriteString(w, "data: two\n\n")
		return err
	}})
	for _, protocol := range protocols {
		c := client(t, protocol)
		resp, err := c.Get(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, len("data: one\n\n"))
		if _, err := io.ReadFull(resp.Body, first); err != nil {
			t.Fatal(err)
		}
		release <- struct{}{}
		rest, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if string(first)+string(rest) != "data: one\n\ndata: two\n\n" || err != nil {
			t.Errorf("%s: %q %q %v", protocol, first, rest, err)
		}
		binary := "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 100<<10)
		got := ask(t, c, "POST", srv.URL, http.Header{"Content-Type": {"image/png"}}, stream(binary))
		if got.status != 200 || got.body != binary {
			t.Errorf("%s: an image of %d bytes: status %d, %d bytes", protocol, len(binary), got.status, len(got.body))
		}
	}
}

// TestLabelIsNoBypass: text under a label that passes unread is read all the
// same, however it is cut.
func TestLabelIsNoBypass(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 2*smallBody) + `","to":"` + person + `"}`
	prose := "to " + person + strings.Repeat(" and nobody", smallBody/5)
	for _, unsupported := range []filter.Unsupported{filter.UnsupportedBlock, filter.UnsupportedPass} {
		g := newRig(t, &Handler{Unsupported: unsupported})
		srv := serve(t, middleware{g.Handler, echo})
		for _, label := range []string{"text/css", "text/javascript", "font/woff2", "video/mp4", "image/png", "application/octet-stream", ""} {
			for name, body := range map[string]string{
				"JSON": long, "JSON behind blanks": strings.Repeat(" ", 100) + long, "text": prose, "a short text": prose[:100],
			} {
				header := http.Header{"Content-Type": {label}}
				if label == "" {
					header["Content-Type"] = nil
				}
				got := ask(t, client(t, "h1"), "POST", srv.URL, header, stream(body))
				if got.status == 200 && strings.Contains(got.body, person) {
					t.Errorf("%s: %s labelled %q passed", unsupported, name, label)
				}
			}
		}
	}
}
