package lane

import (
	"bytes"
	"context"
)

// Pause tells the lane that a part of its text ended here which may be all
// there is to say: an event of a kind that nobody knows. If nothing else waits
// and the part is made of words that say nothing about anybody, it is decided.
// Should it go on all the same, those words have left, and no more. Other parts
// leave a seam, at which the lane is cut if it can be cut nowhere else.
func (l *Lane) Pause(ctx context.Context, part int) error {
	if l.from != len(l.text)-part || !saysNothing(l.text[l.from:]) {
		l.seams = append(l.seams, len(l.text))
		return nil
	}
	l.pos = len(l.text)
	return l.decide(ctx, len(l.text))
}

// shortest is the length of words that may leave by themselves, in bytes:
// single letters may be those of anything, spelled out.
const shortest = 2

// saysNothing recognises words such as "first", "tick 2" and "event-3".
func saysNothing(text []byte) bool {
	words := bytes.Fields(text)
	for i, word := range words {
		word = bytes.Trim(word, openers+`.,;:!?")]}`+"'`")
		head := bytes.TrimRight(word, "0123456789")
		if n := len(word) - len(head); n > ordinal {
			return false
		} else if n > 0 {
			if head = bytes.TrimRight(head, "-_#:/"); len(head) == 0 && i > 0 {
				continue // a number behind a word
			}
		}
		if head = bytes.ToLower(head); len(head) < shortest || !isHarmless(head) && !isSmallTalk(head) {
			return false
		}
	}
	return len(words) > 0
}

// ordinal is how many digits a number has that only counts.
const ordinal = 2

func isSmallTalk(word []byte) bool {
	_, ok := smallTalk[string(word)]
	return ok
}

// smallTalk are words that machines say to each other in plain text.
var smallTalk = wordSet(`
	abort aborted accepted active alive alpha append bar batch baz beat beta body boot building bye byte cancel canceled
	cancelled chunk client closing command compiled compiling connect connected connecting connection counter create current
	daemon delete delta disconnect disconnected dolor dummy echo element empty enabled ended entry error finished five foo four
	frame fragment gamma healthy heartbeat hello hi idle init initial initialized input ipsum item job keepalive keep-alive
	leave listening loading log logged lorem msg nine noop notify notification nil null offline opened opening outdated output packet
	pending ping pong progressing proceed processed processing push queued ready received reconnect refresh reload removed
	request reset resume resumed resync response restart retry running sample sending server session seven shutdown signal
	six skipped snapshot start starting stopped stopping stream streaming string sub subscribe subscribed sync synced ten tail ten
	testing third tick timeout token tokens unchanged unit update updated updating upload uploaded version warn warning
	watch watching welcome world zero eight qux sit amet`)
