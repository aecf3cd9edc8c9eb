package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// option looks at the options of a command line that take a secret behind a
// blank: "--token …", curl's "-u user:password", "sshpass -p …". The '-' at i
// is the last before the word. Passwords behind "--password" are announced.go's.
func (s *scan) option(i int) {
	next := s.at(i + 1)
	switch {
	case s.at(i-1) == '-' && lower.has(next):
		s.longOption(i)
	case next == 'u' && s.at(i+2) == ' ' && s.at(i-1) == ' ':
		s.userOption(s.skipSpace(i + 2))
	case next == 'p' && s.at(i+2) == ' ' && strings.HasSuffix(s.text[:i], "sshpass "):
		if v := s.value(s.skipSpace(i + 2)); v.from < v.end && s.passwordLike(v, true) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

func (s *scan) longOption(i int) {
	if i > 1 && !(space | lineEnd | quote).has(s.text[i-2]) {
		return
	}
	end := i + 1
	for end < len(s.text) && end-i < maxKey && (lower.has(s.text[end]) || s.text[end] == '-') {
		end++
	}
	s.work += end - i
	if s.at(end) != ' ' {
		return
	}
	if kind, _ := s.secretKey(end); kind == tokenKey || kind == secretWordKey {
		if v := s.value(s.skipSpace(end)); v.from < v.end && s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

// userOption judges "user:password" at from.
func (s *scan) userOption(from int) {
	v := s.value(from)
	if v.from >= v.end {
		return
	}
	mark := strings.IndexByte(s.text[v.from:v.end], ':')
	if mark < 1 {
		return
	}
	v.from += mark + 1
	if v.end-v.from >= 6 && mixed(s.text[v.from:v.end]) && s.passwordLike(v, true) {
		s.emit(v.from, v.end, pii.Secret, 0.85)
	}
}

// element looks at the text of an XML element whose start tag ends at i and
// whose name is that of a secret: "<password>…</password>".
func (s *scan) element(i int) {
	if i < 4 || !alnum.has(s.text[i-1]) {
		return
	}
	kind, start := s.secretKey(i)
	if kind != passwordKey && kind != tokenKey && kind != secretWordKey {
		return
	}
	for n := 0; s.at(start-1) == ':' || n > 0 && alnum.has(s.at(start-1)); n++ { // a namespace
		if start--; n > maxKey {
			return
		}
	}
	if s.at(start-1) != '<' {
		return
	}
	end := i + 1
	for end < len(s.text) && end-i <= maxValue && s.text[end] != '<' && !lineEnd.has(s.text[end]) {
		end++
	}
	s.work += end - i
	if s.at(end) != '<' || s.at(end+1) != '/' || end == i+1 {
		return
	}
	v := value{from: i + 1, end: end, line: end, quoted: true}
	if kind == passwordKey && s.passwordLike(v, true) || kind != passwordKey && s.tokenLike(v) {
		s.emit(v.from, v.end, pii.Secret, 0.85)
	}
}
