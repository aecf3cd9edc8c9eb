package remote

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"syscall"
	"time"
)

const (
	dialTimeout    = 2 * time.Second
	idleTimeout    = 90 * time.Second
	maxCertificate = 1 << 20 // bytes of a CAFile
	maxHeader      = 64 << 10
	maxJSON        = 64 << 10 // bytes of what is no tensor
	maxDrain       = 4 << 10  // bytes read of an answer that nobody wants, to keep its connection
)

var errNotLoopback = errors.New("not this machine")

// newClient makes a client for one server. No proxy of the environment's gets
// to see texts, and no redirect takes them elsewhere.
func newClient(o Options, plain bool) (*http.Client, error) {
	dialer := &net.Dialer{Timeout: dialTimeout}
	if plain && !o.Insecure {
		dialer.Control = onlyLoopback
	}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    o.InFlight,
		IdleConnTimeout:        idleTimeout,
		DisableCompression:     true, // a small answer must not unfold
		MaxResponseHeaderBytes: maxHeader,
	}
	if o.CAFile != "" {
		pool, err := authorities(o.CAFile)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig.RootCAs = pool
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// onlyLoopback sees where a name really leads.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	addr, err := netip.ParseAddrPort(address)
	if err != nil || !addr.Addr().Unmap().IsLoopback() {
		return errNotLoopback
	}
	return nil
}

func authorities(name string) (*x509.CertPool, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate authorities: %w", err)
	}
	defer f.Close()
	pem, err := io.ReadAll(io.LimitReader(f, maxCertificate))
	if err != nil {
		return nil, fmt.Errorf("reading the certificate authorities: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form", name)
	}
	return pool, nil
}

// request is what goes to a server.
type request struct {
	method, path string
	header       http.Header // of the protocol
	body         []byte      // never written to again: a connection may still read it when the answer is there
	limit        int         // bytes of the answer
}

// do sends a request and reads the answer whole.
func (e *endpoint) do(ctx context.Context, in request) (http.Header, []byte, error) {
	var body io.Reader
	if in.body != nil {
		body = bytes.NewReader(in.body)
	}
	req, err := http.NewRequestWithContext(ctx, in.method, e.base+in.path, body)
	if err != nil {
		return nil, nil, e.broken("no request could be made")
	}
	for _, header := range []http.Header{e.header, in.header} {
		for name, values := range header {
			req.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	// Not sent; it tells net/http that a connection which the server closed
	// while it was idle is no reason to fail.
	req.Header["Idempotency-Key"] = nil
	res, err := e.client.Do(req)
	if err != nil {
		return nil, nil, e.connection(ctx, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		_, _ = io.CopyN(io.Discard, res.Body, maxDrain)
		return nil, nil, &StatusError{e.name, res.StatusCode}
	}
	if res.ContentLength > int64(in.limit) {
		return nil, nil, e.broken("the answer is longer than it can be")
	}
	var answer bytes.Buffer
	if res.ContentLength > 0 {
		answer.Grow(int(res.ContentLength) + bytes.MinRead)
	}
	_, err = answer.ReadFrom(io.LimitReader(res.Body, int64(in.limit)+1))
	switch {
	case ctx.Err() != nil:
		return nil, nil, &ConnectionError{Server: e.name, Reason: "no answer came in time"}
	case err != nil:
		return nil, nil, &ConnectionError{Server: e.name, Reason: "the connection was closed in the middle of an answer"}
	case answer.Len() > in.limit:
		return nil, nil, e.broken("the answer is longer than it can be")
	}
	return res.Header, answer.Bytes(), nil
}

// get asks for something small.
func (e *endpoint) get(ctx context.Context, path string) ([]byte, error) {
	_, body, err := e.do(ctx, request{method: http.MethodGet, path: path, limit: maxJSON})
	return body, err
}
