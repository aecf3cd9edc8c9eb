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
	from := s.afterWrap(after)
	if spaced = spaced || s.at(after) == ' ' || from > after; s.at(from) == ' ' {
		from++
	}
	end := s.domain(from)
	if end < 0 {
		end = s.wrappedDomain(from)
	}
	if end < 0 && !spaced && s.text[i] == '@' {
		s.upi(start, i)
	}
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

// afterWrap returns the offset after the line end at i, and the mark of a
// quotation behind it: an address may be broken there.
func (s *scan) afterWrap(i int) int {
	k := i
	if s.at(k) == '\r' {
		k++
	}
	if s.at(k) != '\n' {
		return i
	}
	k++
	if s.at(k) == '>' && s.at(k+1) == ' ' {
		k += 2
	}
	if !alnum.has(s.at(k)) {
		return i
	}
	return k
}

// wrappedDomain returns the end of a domain name at i that a line end breaks
// amid a word, as programs wrap long lines, or -1.
func (s *scan) wrappedDomain(i int) int {
	const part, wrap = alnum | dash | dot, 40
	j := i
	for j < len(s.text) && j-i < maxDomain && part.has(s.text[j]) {
		j++
	}
	line := j
	for line > 0 && j-line < wrap && !lineEnd.has(s.text[line-1]) {
		line--
	}
	next := s.afterLine(j)
	s.work += j - line
	if j == i || next == j || j-line < wrap || !part.has(s.at(next)) {
		return -1
	}
	end, last := next, next
	for end < len(s.text) && end-next < maxDomain && part.has(s.text[end]) {
		if s.text[end] == '.' && end+1 < len(s.text) && alnum.has(s.text[end+1]) {
			last = end + 1
		}
		end++
	}
	for end > last && !alnum.has(s.text[end-1]) {
		end--
	}
	s.work += end - next
	if last == next && s.text[j-1] != '.' || !topLevel(s.text[last:end]) {
		return -1
	}
	return end
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
	case '(', '[', '{', '<':
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
		if s.at(j) == closingMark(s.text[i]) {
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
	} else if end > 1 && s.text[end-1] == '\n' { // the line breaks before the sign
		end--
		if s.text[end-1] == '\r' {
			end--
		}
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
	if s.at(start-1) == '=' && !spaced {
		start = s.returnPath(start)
	}
	if spaced && start == end-1 {
		start = s.singleLetters(start)
	}
	return start, spaced
}

// returnPath takes in what stands before the '=' at start-1 in an address that
// holds another: "bounce+jane=example.org@lists.example".
func (s *scan) returnPath(start int) int {
	k := start - 1
	for k > 0 && start-k < maxLocal && (localPart.has(s.text[k-1]) || s.text[k-1] == '=') {
		k--
	}
	s.work += start - k
	if strings.IndexByte("<\"' \n", s.at(k-1)) < 0 && k > 0 || strings.IndexByte(s.text[k:start], '+') < 1 {
		return start
	}
	return k
}

// singleLetters takes in the single letters before the one at i, parted by
// blanks: "j a n e".
func (s *scan) singleLetters(i int) int {
	start := i
	for start > 1 && i-start < 2*64 && s.text[start-1] == ' ' && localPart.has(s.text[start-2]) && (start == 2 || (space | lineEnd).has(s.text[start-3])) {
		start -= 2
	}
	s.work += i - start
	if i-start < 4 {
		return i
	}
	return start
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
	if s.at(i-1) == '\n' && (s.at(start-1) == '@' || s.at(end) == '_' || s.at(end) == '(' || s.at(end) == '.') {
		return true // the annotations of a program, one a line
	}
	return s.at(start-1) == '<' && s.near(start, messageWords)
}

// messageWords name the fields that hold a message's own identifier.
var messageWords = newWords(`message_id* messageid* in_reply_to references content_id thread_id`)

var mailWords = newWords(`email* e_mail* mail* correo* courriel adresse* contact kontakt posta`)

// spacedMail judges "name @ example.com": prose has "lunch @ example.com",
// too, so the name must look like an account or the context must say so.
func (s *scan) spacedMail(start, i int) bool {
	name := strings.TrimRight(s.text[start:i], " \r\n")
	return strings.ContainsAny(name, "._0123456789 ") || s.near(start, mailWords)
}
