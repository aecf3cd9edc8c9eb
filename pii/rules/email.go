package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const (
	maxLocal  = 256 // RFC 5321 says 64; longer ones are covered in whole all the same
	maxDomain = 255 // RFC 1035 §2.3.4

	localPart = alnum | dot | dash | wordMark | localMark | high
)

// email looks for an address around the sign at i: '@', "%40" as URLs carry
// it, or "(at)" as people write it.
func (s *scan) email(i int) {
	after := s.atSign(i)
	if after < 0 || i > 0 && i == s.userinfo {
		return
	}
	start, spaced := s.local(i)
	if start < 0 {
		return
	}
	from := after
	if spaced = spaced || s.at(after) == ' '; s.at(after) == ' ' {
		from++
	}
	end := s.domain(from)
	if end < 0 || end-from > maxDomain {
		return
	}
	if s.notMail(start, i, end) {
		return
	}
	if spaced && s.text[i] == '@' && !s.spacedMail(start, i) {
		return
	}
	s.emit(start, end, pii.PrivateEmail, 0.95)
}

// atSign returns the offset after the sign at i, or -1.
func (s *scan) atSign(i int) int {
	switch s.at(i) {
	case '@':
		return i + 1
	case '%':
		if strings.HasPrefix(s.text[i:], "%40") {
			return i + 3
		}
	case '(', '[':
		j := i + 1
		if s.at(j) == ' ' {
			j++
		}
		word := 2
		switch {
		case foldEqual(s.text, j, "at"):
		case s.at(j) == '@':
			word = 1
		default:
			return -1
		}
		j += word
		if s.at(j) == ' ' {
			j++
		}
		if s.text[i] == '(' && s.at(j) == ')' || s.text[i] == '[' && s.at(j) == ']' {
			return j + 1
		}
	}
	return -1
}

// local returns the beginning of the local part that ends before i, over at
// most one space, or -1.
func (s *scan) local(i int) (start int, spaced bool) {
	end := i
	if end > 0 && s.text[end-1] == ' ' {
		end--
		spaced = true
	}
	if end > 1 && s.text[end-1] == '"' && !spaced {
		return s.quotedLocal(end - 1), false
	}
	start = end
	for start > 0 && end-start < maxLocal && localPart.has(s.text[start-1]) {
		start--
	}
	s.work += end - start + 1
	if start == end {
		return -1, false
	}
	if s.text[end-1] < 0x80 {
		// Scripts without spaces run into a Latin name: 連絡先はjane@….
		for j := end - 1; j >= start; j-- {
			if unspaced(s.text[j]) {
				start = j + 3
				break
			}
		}
	}
	for start < end && !(alnum | high | wordMark).has(s.text[start]) {
		start++
	}
	if start == end {
		return -1, false
	}
	return start, spaced
}

// unspaced reports whether c begins a three-byte character: those of East and
// South Asian scripts, most of which are written without spaces.
func unspaced(c byte) bool { return c >= 0xE0 && c < 0xF0 }

// quotedLocal returns the offset of the quote that opens the local part
// "…" which closes at i, or -1 (RFC 5321 §4.1.2, Quoted-string).
func (s *scan) quotedLocal(i int) int {
	for j := i - 1; j >= 0 && i-j <= 66; j-- {
		s.work++
		switch c := s.text[j]; {
		case c == '"':
			if i-j < 2 || s.wordBefore(j) {
				return -1
			}
			return j
		case lineEnd.has(c):
			return -1
		}
	}
	return -1
}

// notMail knows what looks like an address and is none: the SSH user of code
// hosts, and labels of Kotlin.
func (s *scan) notMail(start, i, end int) bool {
	switch s.text[start:i] {
	case "git", "hg":
		return s.at(end) == ':' || s.at(end) == '/'
	case "this", "super", "return", "break", "continue":
		return true
	}
	return false
}

var mailWords = newWords(`email* e_mail* mail* correo* courriel adresse* contact kontakt posta`)

// spacedMail judges "name @ example.com": prose has "lunch @ example.com",
// too, so the name must look like an account or the context must say so.
func (s *scan) spacedMail(start, i int) bool {
	return strings.ContainsAny(s.text[start:i-1], "._0123456789") || s.near(start, mailWords)
}
