package remote

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
)

// The types tell an operator, who sees no more in the log, what kind of failure
// it was. Their texts name our own configuration and numbers, never what a
// server said.

// ContractError says that a server does not serve the model as it must, or
// answered what is no answer.
type ContractError struct{ Server, Reason string }

// Error implements error.
func (e *ContractError) Error() string { return e.Server + ": " + e.Reason }

// StatusError says that a server answered with a status that is no success.
type StatusError struct {
	Server string
	Status int
}

// Error implements error.
func (e *StatusError) Error() string {
	return fmt.Sprintf("%s: answered status %d", e.Server, e.Status)
}

// ConnectionError says that a server could not be talked to.
type ConnectionError struct {
	Server, Reason string

	before bool // nothing of a response had come
	dead   bool // there is no sign of life
}

// Error implements error.
func (e *ConnectionError) Error() string { return e.Server + ": " + e.Reason }

// ErrNoServer says that no server can be asked now: all of them failed shortly
// before.
var ErrNoServer = errors.New("remote: no server can be asked now")

// ErrShape says that a batch is not what the engine was opened for.
var ErrShape = errors.New("remote: the batch does not have the shape it claims")

func (e *endpoint) broken(reason string) error { return &ContractError{e.name, reason} }

// connection makes a fixed sentence of what the HTTP client says.
func (e *endpoint) connection(ctx context.Context, err error) error {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var network net.Error
	var op *net.OpError
	dialled := errors.As(err, &op) && op.Op == "dial"
	out := &ConnectionError{Server: e.name}
	switch {
	case errors.Is(err, errNotLoopback):
		out.Reason = "the name leads to another machine, and plain HTTP was not allowed to"
	case errors.As(err, &verification):
		out.Reason, out.before = "the certificate was not accepted", true
	case errors.As(err, &record), errors.As(err, &alert), errors.Is(err, http.ErrSchemeMismatch):
		out.Reason, out.before = "TLS could not be agreed on", true
	case dialled && errors.As(err, &network) && network.Timeout(), errors.Is(ctx.Err(), context.DeadlineExceeded) && dialled:
		out.Reason, out.before, out.dead = "nobody answers there", true, true
	case ctx.Err() != nil, errors.As(err, &network) && network.Timeout():
		out.Reason = "no answer came in time"
	case dialled:
		out.Reason, out.before = "the connection was refused", true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		out.Reason, out.before = "the connection was closed before an answer", true
	default:
		out.Reason = "the connection failed"
	}
	return out
}

// elsewhere says whether another server may be asked the same: it must be
// certain that this one has not begun to answer. Asking again is harmless in
// itself, but what takes a server too long would take the next one as long.
func elsewhere(err error) bool {
	var connection *ConnectionError
	var status *StatusError
	switch {
	case errors.As(err, &connection):
		return connection.before
	case errors.As(err, &status):
		return status.Status == 503
	}
	return false
}
