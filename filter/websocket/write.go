package websocket

import (
	"context"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// writeMessage writes a message in as many frames as it came in. Those before
// the last keep their length, as far as the masked message fills them.
func (p *Pipe) writeMessage(payload []byte) error {
	unchanged := len(payload) == len(p.message) && (len(payload) == 0 || &payload[0] == &p.message[0])
	for i, f := range p.frames {
		part := payload
		if i < len(p.frames)-1 {
			part = payload[:min(int64(len(payload)), f.Length)]
		}
		payload = payload[len(part):]
		if err := p.writeFrame(f, part, !unchanged); err != nil {
			return err
		}
	}
	return nil
}

// writeFrame writes a frame under its own key, which the client has chosen:
// what an intermediary could do better is nothing (RFC 6455, section 10.3).
func (p *Pipe) writeFrame(f frame, payload []byte, changed bool) error {
	if !changed {
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
		p.closed = true
		text = payload[min(2, len(payload)):]
	}
	if len(text) == 0 {
		return p.writeFrame(p.current, payload, false)
	}
	masked, err := p.o.Mask(ctx, Control, text)
	if err != nil {
		return err
	}
	if string(masked) == string(text) {
		return p.writeFrame(p.current, payload, false)
	}
	code := payload[:len(payload)-len(text)]
	whole := append(append(make([]byte, 0, ws.MaxControlFramePayloadSize), code...), masked...)
	return p.writeFrame(p.current, wholeRunes(whole), true)
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
