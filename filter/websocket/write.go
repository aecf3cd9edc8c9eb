package websocket

import (
	"context"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// release writes the oldest messages that wait, with these payloads.
func (p *Pipe) release(payloads [][]byte) error {
	for _, payload := range payloads {
		if len(p.waiting) == 0 {
			return ErrProtocol // more than there are
		}
		frames := p.waiting[0]
		p.waiting = p.waiting[1:]
		if err := p.writeMessage(frames, payload); err != nil {
			return err
		}
	}
	return nil
}

// writeMessage writes a message in as many frames as it came in. Those before
// the last keep their length, as far as the masked message fills them.
func (p *Pipe) writeMessage(frames []frame, payload []byte) error {
	for i, f := range frames {
		part := payload
		if i < len(frames)-1 {
			part = payload[:min(int64(len(payload)), f.Length)]
		}
		payload = payload[len(part):]
		if err := p.writeFrame(f, part); err != nil {
			return err
		}
	}
	return nil
}

// writeFrame writes a frame under its own key, which the client has chosen:
// what an intermediary could do better is nothing (RFC 6455, section 10.3).
func (p *Pipe) writeFrame(f frame, payload []byte) error {
	if f.Length == int64(len(payload)) {
		p.out.Write(f.raw)
	} else {
		f.Length = int64(len(payload))
		if err := ws.WriteHeader(&p.out, f.Header); err != nil {
			return ErrProtocol
		}
	}
	start := p.out.Len()
	p.out.Write(payload)
	if f.Masked {
		ws.Cipher(p.out.Bytes()[start:], f.Mask, 0)
	}
	return nil
}

// endControl passes a control frame, whose text is masked like any other. The
// code of a close stays.
func (p *Pipe) endControl(ctx context.Context, payload []byte) error {
	text := payload
	if p.current.OpCode == ws.OpClose {
		if len(payload) == 1 {
			return ErrProtocol // half a code
		}
		if p.o.End != nil {
			payloads, err := p.o.End(ctx)
			if failed := p.release(payloads); err == nil {
				err = failed
			}
			if err != nil {
				return err
			}
		}
		p.closed = true
		text = payload[min(2, len(payload)):]
	}
	if len(text) == 0 {
		return p.writeFrame(p.current, payload)
	}
	masked, err := p.o.Mask(ctx, Control, text)
	if err != nil {
		return err
	}
	code := payload[:len(payload)-len(text)]
	whole := append(make([]byte, 0, ws.MaxControlFramePayloadSize), code...)
	for _, part := range masked {
		whole = append(whole, part...)
	}
	return p.writeFrame(p.current, wholeRunes(whole))
}

// wholeRunes cuts a text that is too long for a control frame.
func wholeRunes(text []byte) []byte {
	if len(text) <= ws.MaxControlFramePayloadSize {
		return text
	}
	end := ws.MaxControlFramePayloadSize
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
