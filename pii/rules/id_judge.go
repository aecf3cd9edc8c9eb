package rules

import "strings"

// judgeID returns how sure it is that c, which stands at [start, end), is e,
// or 0. near says whether words about it may count, apart whether it is
// parted from other numbers well enough to stand alone.
func (s *scan) judgeID(e *entry, c code, start, end int, near, apart bool) float32 {
	apart = apart && e.alone != nil && e.standsAlone(s.text[start:end])
	if !apart && !near {
		return 0
	}
	holds := e.check == nil || e.check(c)
	if holds && apart {
		return 0.95
	}
	if !near || !holds && e.weak {
		return 0
	}
	h := s.hear(start)
	if holds && !e.weak {
		if h.near.meets(e.topics) && !h.last.has(aboutOther) {
			return 1
		}
		if h.end < 0 && s.hearAfter(start, end).meets(e.topics) {
			return 0.9
		}
	}
	switch {
	case !h.name.has(e.own):
		return 0
	case holds && s.directly(h.end, start):
		return 0.85
	case s.connected(h.end, start):
		return 0.7
	}
	return 0
}

// told returns what words say about the value at [start, end), before or
// after it.
func (s *scan) told(start, end int) topicSet {
	h := s.hear(start)
	if h.end < 0 {
		return s.hearAfter(start, end)
	}
	if h.last.has(aboutOther) {
		return topicSet{}
	}
	return h.near
}

// hear listens to the words before i, memoised for the value looked at; the
// end it returns is an offset into the text.
func (s *scan) hear(i int) *heard {
	if s.heardAt != i+1 {
		context := s.context(i)
		s.heard = idWords.hear(context)
		if s.heard.end >= 0 {
			s.heard.end += i - len(context)
		}
		s.heardAt = i + 1
	}
	return &s.heard
}

// hearAfter listens to the words behind a value in prose: "… is my tax id".
// Behind "key: value" stands the next key.
func (s *scan) hearAfter(start, end int) topicSet {
	const reach = 40
	if strings.ContainsAny(s.context(start), ":=") {
		return topicSet{}
	}
	to := end
	for to < len(s.text) && to-end < reach && !clause.has(s.text[to]) && !(s.text[to] == '.' && s.at(to+1) == ' ') {
		to++
	}
	s.work += to - end
	h := idWords.hear(s.text[end:to])
	if h.near.has(aboutOther) {
		return topicSet{}
	}
	return h.near
}

// directly reports whether a value at start stands right behind a word that
// ends at end: no other number, and few words, between them.
func (s *scan) directly(end, start int) bool {
	const reach = 48 // bytes; a word of Cyrillic takes twice its letters
	if start-end > reach {
		return false
	}
	for i := end; i < start; i++ {
		if isDigit(s.text[i]) {
			return false
		}
	}
	return true
}

// connected reports whether nothing but marks and fillers stand between the
// end of a name and a value.
func (s *scan) connected(end, start int) bool {
	if start-end > 48 {
		return false
	}
	words := 0
	for i := end; i < start; {
		c := s.text[i]
		if isDigit(c) {
			return false
		}
		letter, size := latinAt(s.text, i)
		if letter == 0 {
			if c >= 0x80 && words > 0 {
				return false
			}
			i++
			continue
		}
		var word [12]byte
		n := 0
		for letter != 0 && i < start {
			if n == len(word) {
				return false
			}
			word[n] = letter
			n++
			i += size
			letter, size = latinAt(s.text, i)
		}
		if words++; words > 3 || !fillers.has(string(word[:n])) {
			return false
		}
	}
	return true
}
