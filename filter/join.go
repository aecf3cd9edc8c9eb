package filter

import (
	"bytes"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// joinGroups joins the short values of each group, in the order of the body.
func (c *cutter) joinGroups() {
	for g := 1; g < len(c.perGroup); g++ {
		c.perGroup[g] += c.perGroup[g-1]
	}
	ordered := make([]int32, len(c.short))
	next := c.perGroup // perGroup[g] is where group g begins
	for _, slot := range c.short {
		g := c.doc.Slots[slot].Group
		ordered[next[g]] = slot
		next[g]++
	}
	group := body.None
	for _, slot := range ordered {
		s := &c.doc.Slots[slot]
		if s.Group != group {
			c.name = body.None
		}
		if s.Group != group || c.openLen() > maxJoined {
			c.close()
			c.open(false)
			group = s.Group
		}
		c.line(s, slot)
	}
	c.close()
}

// line appends "key: value", the key behind that of its object if it has one:
// "customer.name: …".
func (c *cutter) line(s *body.Slot, slot int32) {
	if c.openLen() > 0 {
		c.text.WriteByte('\n')
	}
	if s.Key != body.None {
		c.keyOf(s, slot)
		c.text.WriteString(": ")
	}
	text := c.decode(slot)
	if s.Key == body.None || !ambiguous(text) {
		c.add(slot, 0, text)
		return
	}
	c.text.WriteByte('"')
	c.add(slot, 0, text)
	c.text.WriteByte('"')
}

// keyOf appends what names a value. Where the key only says "value", that is
// the name beside it ({"name": "DB_PASSWORD", "value": …}) or the object's.
func (c *cutter) keyOf(s *body.Slot, slot int32) {
	outer := c.doc.Groups[s.Group].Key
	key := c.decode(s.Key)
	switch roleOf(key) {
	case plainKey:
	case namesValue:
		if s.Kind == body.Value && c.doc.RawLen(slot) <= maxKeyShown {
			c.name = slot
		}
	case onlyValue:
		switch {
		case c.name != body.None:
			c.context(c.name)
			return
		case outer != body.None:
			c.context(outer)
			return
		}
	}
	if outer != body.None {
		c.context(outer)
		c.text.WriteByte('.')
		key = c.decode(s.Key)
	}
	c.text.Write(shown(key))
}

// role is what a key says of the value beside it.
type role uint8

const (
	plainKey   role = iota
	namesValue      // "name": its value names the next one
	onlyValue       // "value": it names nothing
)

func roleOf(key []byte) role {
	var word [6]byte
	if len(key) < 3 || len(key) > len(word) {
		return plainKey
	}
	for i, b := range key {
		word[i] = b | 0x20 // letters in lower case; nothing else becomes one of these words
	}
	switch string(word[:len(key)]) {
	case "name", "key", "field", "header", "param":
		return namesValue
	case "value", "val":
		return onlyValue
	}
	return plainKey
}

// ambiguous reports whether a value reads like several, or like code, behind
// "key: " without quotes.
func ambiguous(text []byte) bool {
	return bytes.IndexByte(text, ' ') >= 0 && bytes.ContainsAny(text, ":=;()[]{}<>") && bytes.IndexByte(text, '"') < 0
}

// context appends a key, or as much of it as helps.
func (c *cutter) context(key int32) { c.text.Write(shown(c.decode(key))) }

func shown(key []byte) []byte {
	if len(key) > maxKeyShown {
		key = key[:runeStart(key, maxKeyShown)]
	}
	return key
}

// joinNumbers puts numbers into segments of their own, with their keys.
func (c *cutter) joinNumbers() {
	group := body.None
	for _, slot := range c.numbers {
		s := &c.doc.Slots[slot]
		if s.Group != group || c.openLen() > maxJoined {
			c.close()
			c.open(true)
			group, c.name = s.Group, body.None
		}
		c.line(s, slot)
	}
	c.close()
}

// joinAlone puts keys or ids into segments of their own, one a line.
func (c *cutter) joinAlone(slots []int32, rulesOnly bool) {
	for i, slot := range slots {
		if i == 0 || c.openLen() > maxJoined {
			c.close()
			c.open(rulesOnly)
		}
		if c.openLen() > 0 {
			c.text.WriteByte('\n')
		}
		c.add(slot, 0, c.decode(slot))
	}
	c.close()
}

// suspicious reports whether a key could hold anything that rules find.
// Rules look for digits and punctuation; a key of letters has neither.
func (c *cutter) suspicious(slot int32) bool {
	if c.doc.RawLen(slot) > maxKeyShown {
		return true
	}
	for _, b := range c.decode(slot) {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', b == '_', b == '-', b == ' ', b == '$':
		default:
			return true
		}
	}
	return false
}
