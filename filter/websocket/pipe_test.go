package websocket

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gobwas/ws"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// secret is what the masker of the tests masks.
const secret = "Elena"

func hide(_ context.Context, _ Kind, payload []byte) ([][]byte, error) {
	return [][]byte{bytes.ReplaceAll(payload, []byte(secret), []byte("<PERSON>"))}, nil
}

// wire builds frames; a client's under a key.
func wire(t testing.TB, fromClient bool, frames ...ws.Frame) []byte {
	t.Helper()
	var out []byte
	for _, f := range frames {
		f.Payload = bytes.Clone(f.Payload)
		if fromClient {
			f = ws.MaskFrameWith(f, [4]byte{1, 0x80, 0xFF, 7})
		}
		raw, err := ws.CompileFrame(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, raw...)
	}
	return out
}

func text(fin bool, op ws.OpCode, s string) ws.Frame { return ws.NewFrame(op, fin, []byte(s)) }

// unwire reads frames back.
func unwire(t testing.TB, raw []byte) []ws.Frame {
	t.Helper()
	var frames []ws.Frame
	for r := bytes.NewReader(raw); r.Len() > 0; {
		f, err := ws.ReadFrame(r)
		if err != nil {
			t.Fatalf("what came out is no frame: %v", err)
		}
		if f.Header.Masked {
			f = ws.UnmaskFrame(f)
		}
		frames = append(frames, f)
	}
	return frames
}

func TestFrames(t *testing.T) {
	long := strings.Repeat("x", 70000)
	reason := func(code ws.StatusCode, s string) ws.Frame { return ws.NewCloseFrame(ws.NewCloseFrameBody(code, s)) }
	for _, tt := range []struct {
		name     string
		in, want []ws.Frame
	}{
		{"nothing to mask", []ws.Frame{text(true, ws.OpText, "hello")}, nil},
		{"a name", []ws.Frame{text(true, ws.OpText, "I am Elena.")}, []ws.Frame{text(true, ws.OpText, "I am <PERSON>.")}},
		{"binary", []ws.Frame{text(true, ws.OpBinary, "I am Elena.")}, []ws.Frame{text(true, ws.OpBinary, "I am <PERSON>.")}},
		{"empty", []ws.Frame{text(true, ws.OpText, "")}, nil},
		{"lengths of 16 and 64 bits", []ws.Frame{text(true, ws.OpText, long[:300]), text(true, ws.OpText, long)}, nil},
		{
			"a name in two fragments",
			[]ws.Frame{text(false, ws.OpText, "I am El"), text(true, ws.OpContinuation, "ena.")},
			[]ws.Frame{text(false, ws.OpText, "I am <P"), text(true, ws.OpContinuation, "ERSON>.")},
		},
		{
			"empty fragments",
			[]ws.Frame{text(false, ws.OpText, ""), text(false, ws.OpContinuation, "Elena"), text(true, ws.OpContinuation, "")},
			[]ws.Frame{text(false, ws.OpText, ""), text(false, ws.OpContinuation, "<PERS"), text(true, ws.OpContinuation, "ON>")},
		},
		{"fragments with nothing to mask", []ws.Frame{text(false, ws.OpText, "hel"), text(true, ws.OpContinuation, "lo")}, nil},
		{
			"a ping between fragments overtakes",
			[]ws.Frame{text(false, ws.OpText, "El"), ws.NewPingFrame([]byte("1")), text(true, ws.OpContinuation, "ena")},
			[]ws.Frame{ws.NewPingFrame([]byte("1")), text(false, ws.OpText, "<P"), text(true, ws.OpContinuation, "ERSON>")},
		},
		{"a ping that tells", []ws.Frame{ws.NewPingFrame([]byte("Elena"))}, []ws.Frame{ws.NewPingFrame([]byte("<PERSON>"))}},
		{"a close keeps its code", []ws.Frame{reason(4001, "bye Elena")}, []ws.Frame{reason(4001, "bye <PERSON>")}},
		{"a close without a code", []ws.Frame{ws.NewCloseFrame(nil)}, nil},
		{"a reason that grows too long", []ws.Frame{reason(1000, strings.Repeat("Elena", 24))}, []ws.Frame{reason(1000, strings.Repeat("<PERSON>", 24)[:123])}},
		{"what follows a close is dropped", []ws.Frame{reason(1000, ""), text(true, ws.OpText, "more")}, []ws.Frame{reason(1000, "")}},
	} {
		for _, fromClient := range []bool{true, false} {
			if tt.want == nil {
				tt.want = tt.in
			}
			in, want := wire(t, fromClient, tt.in...), wire(t, fromClient, tt.want...)
			for _, size := range []int{1, 3, len(in)} {
				p := New(Options{FromClient: fromClient, MaxMessage: 1 << 20, Mask: hide})
				var got []byte
				for piece := range slices.Chunk(in, size) {
					out, err := p.Write(t.Context(), piece)
					if err != nil {
						t.Fatalf("%s: %v", tt.name, err)
					}
					got = append(got, out...)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%s, from client %v, by %d: got %v, want %v", tt.name, fromClient, size, unwire(t, got), tt.want)
				}
			}
		}
	}
}

// TestMessagesLeaveWhole: a message leaves with its last byte, and a control
// frame with its own.
func TestMessagesLeaveWhole(t *testing.T) {
	p := New(Options{MaxMessage: 1 << 20, Mask: hide})
	for _, step := range []struct{ in, want []byte }{
		{wire(t, false, text(false, ws.OpText, "El")), nil},
		{wire(t, false, ws.NewPongFrame([]byte("1"))), wire(t, false, ws.NewPongFrame([]byte("1")))},
		{wire(t, false, text(true, ws.OpContinuation, "se")), wire(t, false, text(false, ws.OpText, "El"), text(true, ws.OpContinuation, "se"))},
	} {
		out, err := p.Write(t.Context(), step.in)
		if err != nil || !bytes.Equal(out, step.want) {
			t.Errorf("got %q, %v, want %q", out, err, step.want)
		}
	}
}

// TestFramesThatEndTheConnection: what is no plain RFC 6455 is not read
// around, because the receiver may read it otherwise.
func TestFramesThatEndTheConnection(t *testing.T) {
	compressed := text(true, ws.OpText, "x")
	compressed.Header.Rsv = ws.Rsv(true, false, false)
	failed := errors.New("failed")
	for _, tt := range []struct {
		name   string
		frames []ws.Frame
		want   error
	}{
		{"an extension", []ws.Frame{compressed}, ErrProtocol},
		{"a reserved opcode", []ws.Frame{text(true, 3, "x")}, ErrProtocol},
		{"a reserved control opcode", []ws.Frame{text(true, 11, "x")}, ErrProtocol},
		{"a continuation of nothing", []ws.Frame{text(true, ws.OpContinuation, "x")}, ErrProtocol},
		{"a message within a message", []ws.Frame{text(false, ws.OpText, "x"), text(true, ws.OpText, "y")}, ErrProtocol},
		{"a ping in fragments", []ws.Frame{text(false, ws.OpPing, "x")}, ErrProtocol},
		{"a long ping", []ws.Frame{text(true, ws.OpPing, strings.Repeat("x", 126))}, ErrProtocol},
		{"half a close code", []ws.Frame{ws.NewCloseFrame([]byte{3})}, ErrProtocol},
		{"a large message", []ws.Frame{text(true, ws.OpText, strings.Repeat("x", 1001))}, ErrTooLarge},
		{"a message that grows large", []ws.Frame{text(false, ws.OpText, strings.Repeat("x", 900)), text(true, ws.OpContinuation, strings.Repeat("x", 200))}, ErrTooLarge},
		{"empty fragments without end", slices.Concat([]ws.Frame{text(false, ws.OpText, "")}, slices.Repeat([]ws.Frame{text(false, ws.OpContinuation, "")}, 100)), ErrTooLarge},
		{"a masker that fails", []ws.Frame{text(true, ws.OpText, "fail")}, failed},
	} {
		for _, fromClient := range []bool{true, false} {
			p := New(Options{FromClient: fromClient, MaxMessage: 1000, Mask: func(ctx context.Context, k Kind, payload []byte) ([][]byte, error) {
				if string(payload) == "fail" {
					return nil, failed
				}
				return hide(ctx, k, payload)
			}})
			before := wire(t, fromClient, text(true, ws.OpText, "before"))
			out, err := p.Write(t.Context(), append(before, wire(t, fromClient, tt.frames...)...))
			if !errors.Is(err, tt.want) || !bytes.Equal(out, before) {
				t.Errorf("%s: %d bytes, %v", tt.name, len(out), err)
			}
			if out, err := p.Write(t.Context(), before); err == nil || len(out) > 0 {
				t.Errorf("%s: it went on", tt.name)
			}
			raw := p.Close(1011)
			closing := unwire(t, raw)
			if len(closing) != 1 || fromClient != (raw[1]&0x80 != 0) {
				t.Fatalf("%s: close is %v", tt.name, closing)
			}
			if code, _ := ws.ParseCloseFrameData(closing[0].Payload); code != 1011 {
				t.Errorf("%s: code %d", tt.name, code)
			}
		}
	}
}

// TestKeysAreAsked: a client's frame without a key, and a server's with one.
func TestKeysAreAsked(t *testing.T) {
	for _, fromClient := range []bool{true, false} {
		p := New(Options{FromClient: fromClient, MaxMessage: 100, Mask: hide})
		if out, err := p.Write(t.Context(), wire(t, !fromClient, text(true, ws.OpText, "x"))); !errors.Is(err, ErrProtocol) || len(out) > 0 {
			t.Errorf("from client %v: %q, %v", fromClient, out, err)
		}
	}
}

// TestMessagesWait: messages leave in their order when they are decided, those
// that are left before a close frame, and control frames overtake them.
func TestMessagesWait(t *testing.T) {
	var held [][]byte
	release := func(context.Context) ([][]byte, error) {
		out := held
		held = nil
		return out, nil
	}
	p := New(Options{FromClient: true, MaxMessage: 100, End: release, Mask: func(ctx context.Context, kind Kind, payload []byte) ([][]byte, error) {
		if kind == Control {
			return [][]byte{payload}, nil
		}
		held = append(held, bytes.Clone(payload))
		if string(payload) == "now" {
			return release(ctx)
		}
		return nil, nil
	}})
	last := text(true, ws.OpText, "last")
	closing := ws.NewCloseFrame(ws.NewCloseFrameBody(1000, "bye"))
	for _, step := range []struct{ in, want []ws.Frame }{
		{[]ws.Frame{text(false, ws.OpText, "a"), text(true, ws.OpContinuation, "b")}, nil},
		{[]ws.Frame{ws.NewPingFrame([]byte("1"))}, []ws.Frame{ws.NewPingFrame([]byte("1"))}},
		{[]ws.Frame{text(true, ws.OpBinary, "now")}, []ws.Frame{text(false, ws.OpText, "a"), text(true, ws.OpContinuation, "b"), text(true, ws.OpBinary, "now")}},
		{[]ws.Frame{last}, nil},
		{[]ws.Frame{closing}, []ws.Frame{last, closing}},
	} {
		out, err := p.Write(t.Context(), wire(t, true, step.in...))
		if err != nil || !bytes.Equal(out, wire(t, true, step.want...)) {
			t.Errorf("%v: got %v, %v", step.in, unwire(t, out), err)
		}
	}
}

// TestReserve: memory is asked for before a payload is read.
func TestReserve(t *testing.T) {
	none := errors.New("none left")
	p := New(Options{MaxMessage: 1 << 20, Mask: hide, Reserve: func(total int64) error {
		if total > 5000 {
			return none
		}
		return nil
	}})
	if _, err := p.Write(t.Context(), wire(t, false, text(false, ws.OpText, strings.Repeat("x", 3000)))); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(t.Context(), wire(t, false, text(true, ws.OpContinuation, strings.Repeat("x", 3000)))[:4]); !errors.Is(err, none) {
		t.Errorf("error %v", err)
	}
}

// TestCutsDoNotMatter: however the bytes are cut, the same come out (I3), and
// messages, fragments and keys are those that came.
func TestCutsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		fromClient := rapid.Bool().Draw(rt, "from client")
		var in []byte
		var messages []string
		for range rapid.IntRange(1, 5).Draw(rt, "messages") {
			whole := ""
			parts := rapid.SliceOfN(rapid.StringMatching(`[a-z ]{0,5}(Elena)?(El)?(ena)?`), 1, 4).Draw(rt, "parts")
			for i, part := range parts {
				op := ws.OpContinuation
				if i == 0 {
					op = ws.OpText
				}
				in = append(in, wire(t, fromClient, text(i == len(parts)-1, op, part))...)
				whole += part
				if rapid.Bool().Draw(rt, "ping") {
					in = append(in, wire(t, fromClient, ws.NewPingFrame([]byte("tick")))...)
				}
			}
			messages = append(messages, strings.ReplaceAll(whole, secret, "<PERSON>"))
		}
		run := func(size func() int) (out []byte) {
			p := New(Options{FromClient: fromClient, MaxMessage: 1 << 20, Mask: hide})
			for rest := in; len(rest) > 0; {
				n := min(size(), len(rest))
				got, err := p.Write(t.Context(), rest[:n])
				if err != nil {
					rt.Fatal(err)
				}
				out, rest = append(out, got...), rest[n:]
			}
			return out
		}
		want := run(func() int { return len(in) })
		if got := run(func() int { return rapid.IntRange(1, 20).Draw(rt, "size") }); !bytes.Equal(got, want) {
			rt.Fatalf("got %x, want %x", got, want)
		}
		var got []string
		current := ""
		for _, f := range unwire(t, want) {
			if f.Header.OpCode.IsControl() {
				continue
			}
			if current += string(f.Payload); f.Header.Fin {
				got, current = append(got, current), ""
			}
		}
		if !slices.Equal(got, messages) {
			rt.Fatalf("messages %q, want %q", got, messages)
		}
	})
}

// FuzzPipe: whatever comes, nothing leaves that is not a whole frame, nothing
// that is to be masked, and the cuts do not matter.
func FuzzPipe(f *testing.F) {
	f.Add(wire(f, true, text(false, ws.OpText, "El"), ws.NewPingFrame(nil), text(true, ws.OpContinuation, "ena")), true, uint8(3))
	f.Add(wire(f, false, text(true, ws.OpBinary, "I am Elena"), ws.NewCloseFrame(ws.NewCloseFrameBody(1000, "Elena"))), false, uint8(1))
	f.Fuzz(func(t *testing.T, in []byte, fromClient bool, size uint8) {
		run := func(size int) (out []byte, err error) {
			p := New(Options{FromClient: fromClient, MaxMessage: 4096, Mask: hide})
			for piece := range slices.Chunk(in, size) {
				got, err := p.Write(t.Context(), piece)
				out = append(out, got...)
				if err != nil {
					return out, err
				}
			}
			return out, nil
		}
		if len(in) == 0 {
			return
		}
		want, wantErr := run(len(in))
		got, err := run(1 + int(size))
		if !bytes.Equal(got, want) || !errors.Is(err, wantErr) {
			t.Fatalf("%x, %v; whole: %x, %v", got, err, want, wantErr)
		}
		message := []byte(nil)
		for _, frame := range unwire(t, want) {
			if !frame.Header.OpCode.IsControl() {
				message = append(message, frame.Payload...)
				if frame.Header.Fin {
					message = append(message, '|')
				}
			} else if bytes.Contains(frame.Payload, []byte(secret)) {
				t.Fatal("a control frame tells")
			}
		}
		if bytes.Contains(message, []byte(secret)) {
			t.Fatal("a message tells")
		}
	})
}
