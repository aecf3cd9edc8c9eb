package coding

import "io"

// flusher is what all encoders of a stream share.
type flusher interface {
	resetter
	Flush() error
}

// Encoder puts codings on a body that leaves piece by piece. A body without a
// byte stays without one. An Encoder must be stopped.
type Encoder struct {
	w      io.Writer
	chain  []string
	layers []flusher // the one that is written to is the first
}

// NewEncoder makes an Encoder that writes to w. The chain is what Decoder
// returned, or plain names.
func NewEncoder(w io.Writer, chain []string) (*Encoder, error) {
	for _, c := range chain {
		if _, ok := encoders[c]; !ok {
			return nil, ErrUnknown
		}
	}
	return &Encoder{w: w, chain: chain}, nil
}

// begin puts the layers on top of each other, when there is something to
// write: encoders write heads even for nothing.
func (e *Encoder) begin() {
	if e.layers != nil {
		return
	}
	e.layers = make([]flusher, len(e.chain))
	w := e.w
	for i := len(e.chain) - 1; i >= 0; i-- {
		layer := encoders[e.chain[i]].Get().(flusher)
		layer.Reset(w)
		e.layers[i], w = layer, layer
	}
}

// Write encodes p.
func (e *Encoder) Write(p []byte) (int, error) {
	if len(e.chain) == 0 {
		return e.w.Write(p)
	}
	if len(p) == 0 {
		return 0, nil
	}
	e.begin()
	return e.layers[0].Write(p)
}

// Flush writes out whatever has been encoded, so that the receiver can decode
// all of it.
func (e *Encoder) Flush() error {
	for _, layer := range e.layers {
		if err := layer.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the codings.
func (e *Encoder) Close() error {
	for _, layer := range e.layers {
		if err := layer.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Stop lets go of everything. It may be called at any time, and twice.
func (e *Encoder) Stop() {
	for i, layer := range e.layers {
		layer.Reset(nil) // the pool keeps no body
		encoders[e.chain[i]].Put(layer)
	}
	e.layers = nil
}

// StreamMemory estimates, in bytes, what a Decoder and an Encoder of these
// codings hold: the windows that senders may ask for, and tables.
func StreamMemory(codings []string) (bytes int64) {
	for _, c := range Split(codings) {
		switch c {
		case "br":
			bytes += 24 << 20 // a window of up to 16 MiB (RFC 7932, section 9.1)
		case "zstd":
			bytes += 12 << 20 // zstdWindow
		default:
			bytes += 1 << 20
		}
	}
	return bytes
}
