package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/quic-go/quic-go/http3"
)

// secureProtocols need a site with a certificate.
var secureProtocols = []string{"h2 over TLS", "h3"}

// h1Only are scenarios that are about the bytes of HTTP/1.1.
var h1Only = []string{"h1"}

// multiplexed are the protocols in which both directions are open at once.
var multiplexed = []string{"h2", "h2 over TLS", "h3"}

// clientFor returns a client that speaks one protocol, follows nothing,
// adds nothing and uses its own connections.
func clientFor(t testing.TB, protocol string) *http.Client {
	t.Helper()
	transport, closer := transportFor(protocol)
	t.Cleanup(func() { closer() })
	return &http.Client{
		Transport: transport,
		Timeout:   patience,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

func transportFor(protocol string) (transport http.RoundTripper, closer func()) {
	trusting := &tls.Config{InsecureSkipVerify: true} // the sites' certificate is made for the test
	if protocol == "h3" {
		tr := &http3.Transport{TLSClientConfig: trusting, DisableCompression: true}
		return tr, func() { tr.Close() }
	}
	tr := &http.Transport{
		DisableCompression:    true,
		MaxIdleConnsPerHost:   64,
		ExpectContinueTimeout: patience,
		Protocols:             new(http.Protocols),
		TLSClientConfig:       trusting,
	}
	switch protocol {
	case "h2":
		tr.Protocols.SetUnencryptedHTTP2(true)
	case "h2 over TLS":
		tr.Protocols.SetHTTP2(true)
	default:
		tr.Protocols.SetHTTP1(true)
	}
	return tr, tr.CloseIdleConnections
}

// writeCertificate puts a certificate and its key into dir, under the names
// that Caddyfiles of this package use.
func writeCertificate(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	for name, block := range map[string]*pem.Block{
		"cert.pem": {Type: "CERTIFICATE", Bytes: der},
		"key.pem":  {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}
