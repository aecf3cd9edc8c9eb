package rules

import (
	"strings"

	"golang.org/x/net/publicsuffix"

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

// domain returns the end of the domain name or address literal at i, or -1.
func (s *scan) domain(i int) int {
	if s.at(i) == '[' {
		return s.domainLiteral(i)
	}
	const label = alnum | dash | high
	end, labels, lastLabel := i, 0, i
	for end < len(s.text) && end-i <= maxDomain {
		j := end
		for j < len(s.text) && j-i <= maxDomain && label.has(s.text[j]) && !(unspaced(s.text[j]) && j > end && s.text[j-1] < 0x80) {
			j++
		}
		s.work += j - end + 1
		if j == end || s.text[end] == '-' {
			break
		}
		labels++
		lastLabel, end = end, j
		next := s.dotIn(j)
		if next == 0 || !(alnum | high).has(s.at(j+next)) {
			break
		}
		end = j + next
	}
	for end > lastLabel && !(alnum | high).has(s.text[end-1]) {
		end--
	}
	if labels < 2 || end <= lastLabel {
		return -1
	}
	return s.cutToSuffix(i, end)
}

// dotIn returns the length of what parts two labels at i: a dot, or " dot "
// and "[.]" as people disguise it; 0 where nothing does.
func (s *scan) dotIn(i int) int {
	if s.at(i) == '.' {
		return 1
	}
	for _, form := range []string{" dot ", "[.]", "(.)", "[dot]", "(dot)", " [dot] ", " (dot) ", " . "} {
		if foldEqual(s.text, i, form) {
			return len(form)
		}
	}
	return 0
}

// domainLiteral reads "[192.0.2.1]" or "[IPv6:…]" (RFC 5321 §4.1.3).
func (s *scan) domainLiteral(i int) int {
	for j := i + 1; j < len(s.text) && j-i < 60; j++ {
		s.work++
		c := s.text[j]
		if c == ']' {
			if j-i < 8 {
				return -1
			}
			return j + 1
		}
		if !(alnum | colon | dot).has(c) {
			return -1
		}
	}
	return -1
}

// cutToSuffix returns the end of the longest name in [i, end) that ends in a
// known top-level domain, so that "a@b.com.Then" ends before ".Then" and
// "logo@2x.png" is none.
func (s *scan) cutToSuffix(i, end int) int {
	for end > i {
		last := end
		for last > i && (alnum | dash | high).has(s.text[last-1]) {
			last--
		}
		if last == i {
			return -1
		}
		if topLevel(s.text[last:end]) {
			return end
		}
		for end = last; end > i && !(alnum | dash | high).has(s.text[end-1]); {
			end--
		}
		if strings.HasSuffix(s.text[i:end], " dot") {
			end -= len(" dot")
		}
	}
	return -1
}

// privateTLDs are names that are no public top-level domain but end real
// addresses: RFC 2606, 6761, 6762, ICANN's .internal, and habits.
var privateTLDs = map[string]bool{
	"local": true, "internal": true, "intranet": true, "corp": true, "home": true, "lan": true,
	"private": true, "localdomain": true, "localhost": true, "test": true, "example": true,
	"invalid": true, "onion": true, "int": true, "arpa": true, "alt": true,
}

func topLevel(label string) bool {
	if len(label) < 2 {
		return false
	}
	for i := 0; i < len(label); i++ {
		if label[i] >= 0x80 {
			return true // international names: the list has them in Punycode
		}
	}
	if isDigit(label[0]) {
		return false
	}
	name := strings.ToLower(label)
	if strings.HasPrefix(name, "xn--") || privateTLDs[name] {
		return true
	}
	// An unlisted name comes back as itself, too, but not as ICANN's.
	_, icann := publicsuffix.PublicSuffix(name)
	return icann
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
