package coding

import (
	"bufio"
	"errors"
	"io"
	"iter"
)

// decoderChunk is how much a Decoder gives out at once, in bytes.
const decoderChunk = 16 << 10

// Decoder takes codings off a body that arrives piece by piece. What is
// decoded comes out as soon as the sender's flushes allow, so that a coded
// stream stays a stream. Errors are those of Decode, and final.
//
// A Decoder belongs to one goroutine, and must be stopped.
type Decoder struct {
	src    source
	chain  []string
	limits Limits
	next   func() ([]byte, bool)
	stop   func()
	err    error // how it ended
	broken error // what a layer ended with, if not well
}

// NewDecoder makes a Decoder of the codings, which stand in the order of
// application. Of the limits, MaxOutput bounds how much of unused ratio may
// add up, and not the body: a stream has no length.
func NewDecoder(codings []string, limits Limits) (*Decoder, error) {
	codings = Split(codings)
	limits = limits.withDefaults()
	if len(codings) > limits.MaxLayers {
		return nil, ErrLayers
	}
	for _, c := range codings {
		if !known(c) {
			return nil, ErrUnknown
		}
	}
	d := &Decoder{chain: codings, limits: limits, stop: func() {}}
	if len(codings) > 0 {
		// The libraries pull and the network pushes. A coroutine turns one
		// into the other without a goroutine that could outlive its stream.
		d.next, d.stop = iter.Pull(d.run)
	}
	return d, nil
}

// Chain is what NewEncoder wants to put the same codings on again. It is
// complete as soon as anything has been decoded.
func (d *Decoder) Chain() []string { return d.chain }

// Write takes the next bytes of the body and gives what they decode to to
// emit, in pieces that are valid during the call. An error of emit ends the
// Decoder and is returned.
func (d *Decoder) Write(p []byte, emit func([]byte) error) error {
	switch {
	case len(p) == 0:
		return d.err
	case d.next == nil:
		return emit(p)
	case d.src.eof:
		return ErrCorrupt
	}
	d.src.in = p
	return d.drain(emit)
}

// Close says that the body has ended. A body that ends before its coding
// does is corrupt; one without a byte is just empty.
func (d *Decoder) Close(emit func([]byte) error) error {
	if d.next == nil {
		return nil
	}
	d.src.eof = true
	return d.drain(emit)
}

// Stop lets go of everything. It may be called at any time, and twice.
func (d *Decoder) Stop() { d.stop() }

// drain runs the coroutine until it wants more input or has ended.
func (d *Decoder) drain(emit func([]byte) error) error {
	for {
		out, running := d.next()
		switch {
		case !running:
			return d.err
		case out == nil:
			return nil
		}
		if err := emit(out); err != nil {
			d.err = err
			d.stop()
			return err
		}
	}
}

// run is the coroutine: it yields what it has decoded, and nil when it needs
// more input.
func (d *Decoder) run(yield func([]byte) bool) {
	d.src.more = func() bool { return yield(nil) }
	var open openLayers
	defer open.release()
	decoded, err := d.open(&open)
	buf := make([]byte, decoderChunk)
	for err == nil {
		var n int
		n, err = decoded.Read(buf)
		if n > 0 && !yield(buf[:n]) {
			return
		}
	}
	switch {
	case d.err != nil: // stopped by emit
	case errors.Is(d.broken, ErrBomb):
		d.err = ErrBomb
	case d.broken != nil, !errors.Is(err, io.EOF): // an error that may quote
		d.err = ErrCorrupt
	}
}

// open puts the layers on top of each other.
func (d *Decoder) open(open *openLayers) (io.Reader, error) {
	below := bufio.NewReader(&d.src)
	if _, err := below.Peek(1); err != nil {
		return nil, err // no byte at all
	}
	for i := len(d.chain) - 1; i >= 0; i-- {
		if d.chain[i] == "deflate" {
			if head, _ := below.Peek(2); !isZlib(head) {
				d.chain[i] = rawDeflate
			}
		}
		layer, err := open.layer(below, d.chain[i])
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		below = bufio.NewReader(&meter{r: layer, d: d, credit: ratioFloor})
		if i > 0 {
			if _, err := below.Peek(1); err != nil {
				return nil, io.ErrUnexpectedEOF // nothing is no coding of anything
			}
		}
	}
	return below, nil
}

// source is what has been written to a Decoder and not been read yet.
type source struct {
	in    []byte
	eof   bool
	total int64       // bytes read so far
	more  func() bool // waits for input; false: there will be none
}

func (s *source) Read(p []byte) (int, error) {
	for len(s.in) == 0 {
		if s.eof {
			return 0, io.EOF
		}
		if !s.more() {
			return 0, io.ErrClosedPipe
		}
	}
	n := copy(p, s.in)
	s.in = s.in[n:]
	s.total += int64(n)
	return n, nil
}

// meter ends a layer that expands too much. Every byte of the wire allows
// MaxRatio bytes of output; what is not used of it may be used later, but
// not more of it than MaxOutput.
type meter struct {
	r        io.Reader
	d        *Decoder
	credit   int64 // bytes of output
	credited int64 // bytes of input
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	limits := &m.d.limits
	m.credit += limits.MaxRatio * (m.d.src.total - m.credited)
	m.credited = m.d.src.total
	m.credit = min(m.credit, max(ratioFloor, limits.MaxOutput))
	if m.credit -= int64(n); m.credit < 0 {
		n, err = 0, ErrBomb
	}
	if err != nil && !errors.Is(err, io.EOF) && m.d.broken == nil {
		// The layer above may take it for its own end.
		m.d.broken = err
	}
	return n, err
}
