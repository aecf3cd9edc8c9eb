package rules

import "github.com/caddyprivacy/privacyfilter/pii/rules/gitleaks"

// Records repeat their keys. What a key promises nothing of is remembered, so
// that it is read once and not for each of a thousand records.

// keyMemo is a key as it stood in the text.
type keyMemo struct {
	start, end int
	dull       bool // it tells nothing about its value
}

// maxMemoKey bounds the keys that are remembered, in bytes, and what is
// skipped before them.
const maxMemoKey = 40

// dullKey reports whether the ':' at i stands behind a key in quotes, first in
// its object or behind a comma, that tells nothing about its value: no secret,
// no person, no place. Then the mark means nothing to any family: all that they
// read before it is that key.
func (s *scan) dullKey(i int) bool {
	if s.full || s.at(i-1) != '"' || (colon | equals | plusSlash).has(s.at(i+1)) {
		return false
	}
	from, hash := i-1, 0
	for from > 0 && i-from < maxMemoKey && (base64URL | dot).has(s.text[from-1]) {
		from--
		hash = hash*31 + int(s.text[from])
	}
	s.work += i - from
	if key := s.text[from : i-1]; key == "" || s.at(from-1) != '"' || !(alnum | wordMark).has(key[len(key)-1]) || !s.keyBegins(from-1) {
		return false
	}
	memo := &s.keys[uint(hash)%uint(len(s.keys))]
	if s.text[memo.start:memo.end] != s.text[from:i-1] {
		*memo = keyMemo{from, i - 1, s.tellsNothing(from, i)}
	}
	return memo.dull
}

// keyBegins reports whether only blanks stand between the quote at i and the
// beginning of an object or a comma.
func (s *scan) keyBegins(i int) bool {
	for k := i - 1; k >= 0 && i-k < maxMemoKey; k-- {
		switch c := s.text[k]; {
		case c == ',' || c == '{':
			s.work += i - k
			return true
		case !(space | lineEnd).has(c):
			return false
		}
	}
	return false
}

// tellsNothing asks all families that read keys about the one that begins at
// from and ends before the mark at i.
func (s *scan) tellsNothing(from, i int) bool {
	if kind, _ := s.secretKey(i); kind != noKey || s.isValueKey(i) {
		return false
	}
	if kind, _ := s.fieldBefore(i); kind != noField {
		return false
	}
	named := false
	knownNames.each(s.text[from:i], func(int, *gitleaks.Shape) { named = true })
	return !named
}
