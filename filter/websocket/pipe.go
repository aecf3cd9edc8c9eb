// Package websocket reads one direction of a WebSocket connection (RFC 6455)
// and writes it again, with its messages masked.
//
// What may come in: frames, as bytes cut anywhere, and what keeps them as they
// are: fragments, masking keys, close codes. What must never: extensions. They
// change what the payload means, so a frame that uses one is an error; and no
// connection, since what is here must be testable without one.
package websocket

import (
	"bytes"
	"context"
	"errors"

	"github.com/gobwas/ws"
)

// Why a connection cannot go on. Neither quotes it.
var (
	ErrProtocol = errors.New("frames are not those of RFC 6455 without extensions")
	ErrTooLarge = errors.New("message is too large")
)

// Kind is what a payload is.
type Kind uint8

// What is masked: messages, and the text of control frames.
const (
	Text Kind = iota
	Binary
	Control // what a ping or a pong carries, and the reason of a close
)

// Options of a Pipe.
type Options struct {
	// FromClient says which direction it is: the client's frames are masked
	// with keys, the server's are not (RFC 6455, section 5.1).
	FromClient bool

	// MaxMessage bounds a message, in bytes of payload over all fragments.
	MaxMessage int64

	// Mask takes the payload of a message, which it may not keep, and returns
	// the payloads that may leave now: of the oldest messages that have not,
	// in their order. Of a Control there is one, and it leaves at once. What
	// it returns with an error leaves; after that nothing more does.
	Mask func(ctx context.Context, kind Kind, payload []byte) ([][]byte, error)

	// End, if set, returns the payloads of all messages that wait, when a
	// close frame has come.
	End func(ctx context.Context) ([][]byte, error)

	// Reserve, if set, is asked before as many bytes are held in all. Its
	// error ends the connection.
	Reserve func(total int64) error
}

// frame is one of a message that waits for its end.
type frame struct {
	ws.Header
	raw []byte // the header as it came
}

// Pipe is one direction. It belongs to one goroutine at a time.
type Pipe struct {
	o       Options
	head    []byte // of a header that has not come whole
	current frame  // whose payload is being read, if left or inside
	inside  bool
	read    int64  // bytes of the current payload
	control []byte // payload of a control frame
	message []byte // payload of the fragments so far
	frames  []frame
	waiting [][]frame // messages that are whole and have not left
	out     bytes.Buffer
	closed  bool
	err     error
}

// New makes a Pipe.
func New(o Options) *Pipe { return &Pipe{o: o} }

// Write takes the next bytes and returns those that may leave, which are valid
// until the next call; also with an error, after which nothing more may.
// Messages leave when they are whole. Control frames pass at once, in between
// the fragments of a message as well.
func (p *Pipe) Write(ctx context.Context, b []byte) ([]byte, error) {
	p.out.Reset()
	for len(b) > 0 && p.err == nil && !p.closed {
		if p.inside {
			b = p.payload(b)
		} else {
			b = p.header(b)
		}
		if p.inside && p.read == p.current.Length && p.err == nil {
			p.inside = false
			p.err = p.endFrame(ctx)
		}
	}
	return p.out.Bytes(), p.err
}

// Close returns a close frame with this code for the receiver of this
// direction. Nothing may follow it.
func (p *Pipe) Close(code uint16) []byte {
	if p.closed {
		return nil
	}
	p.closed = true
	f := ws.NewCloseFrame(ws.NewCloseFrameBody(ws.StatusCode(code), ""))
	if p.o.FromClient {
		f = ws.MaskFrame(f)
	}
	raw, err := ws.CompileFrame(f)
	if err != nil {
		return nil
	}
	return raw
}

// Closed says whether a close frame has passed: what follows it is dropped.
func (p *Pipe) Closed() bool { return p.closed }

// header collects a header and begins its frame.
func (p *Pipe) header(b []byte) (rest []byte) {
	for len(p.head) < headerLength(p.head) {
		if len(b) == 0 {
			return nil
		}
		p.head, b = append(p.head, b[0]), b[1:]
	}
	h, err := ws.ReadHeader(bytes.NewReader(p.head))
	if err != nil {
		p.err = ErrProtocol
		return nil
	}
	p.current, p.read, p.inside = frame{h, bytes.Clone(p.head)}, 0, true
	p.head = p.head[:0]
	p.err = p.check()
	return b
}

// headerLength is how many bytes a header has that begins like this.
func headerLength(head []byte) int {
	if len(head) < 2 {
		return 2
	}
	length := 2
	switch head[1] & 0x7F {
	case 126:
		length += 2
	case 127:
		length += 8
	}
	if head[1]&0x80 != 0 {
		length += 4
	}
	return length
}

// frameOverhead is what a frame takes beside its payload, in bytes, so that
// empty fragments count as well.
const frameOverhead = 64

// check refuses the current frame by its header.
func (p *Pipe) check() error {
	state := ws.StateClientSide // who reads, and so who must not get a key
	if p.o.FromClient {
		state = ws.StateServerSide
	}
	if len(p.frames) > 0 {
		state = state.Set(ws.StateFragmented)
	}
	if ws.CheckHeader(p.current.Header, state) != nil {
		return ErrProtocol
	}
	if p.current.OpCode.IsControl() {
		return nil
	}
	held := int64(len(p.message)) + frameOverhead*int64(len(p.frames))
	if p.current.Length > p.o.MaxMessage || held+p.current.Length > p.o.MaxMessage+frameOverhead {
		return ErrTooLarge
	}
	if p.o.Reserve != nil {
		return p.o.Reserve(held + p.current.Length + frameOverhead)
	}
	return nil
}

// payload reads what is there of the current payload, without its key.
func (p *Pipe) payload(b []byte) (rest []byte) {
	n := int(min(int64(len(b)), p.current.Length-p.read))
	into := &p.message
	if p.current.OpCode.IsControl() {
		into = &p.control
	}
	start := len(*into)
	*into = append(*into, b[:n]...)
	if p.current.Masked {
		ws.Cipher((*into)[start:], p.current.Mask, int(p.read))
	}
	p.read += int64(n)
	return b[n:]
}

// endFrame takes a frame that is whole.
func (p *Pipe) endFrame(ctx context.Context) error {
	if p.current.OpCode.IsControl() {
		payload := p.control
		p.control = p.control[:0]
		return p.endControl(ctx, payload)
	}
	p.frames = append(p.frames, p.current)
	if !p.current.Fin {
		return nil
	}
	kind := Binary
	if p.frames[0].OpCode == ws.OpText {
		kind = Text
	}
	p.waiting = append(p.waiting, p.frames)
	payloads, err := p.o.Mask(ctx, kind, p.message)
	if failed := p.release(payloads); err == nil {
		err = failed
	}
	clear(p.message)
	p.message, p.frames = p.message[:0], nil
	if cap(p.message) > keepBuffer {
		p.message = nil
	}
	return err
}

// keepBuffer is the largest buffer that waits for the next message.
const keepBuffer = 64 << 10
