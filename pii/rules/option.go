package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// option looks at the options of a command line that take a secret: "--token
// …", and those of one letter that mean a password to some tools. The '-' at
// i is the last before the word. Passwords behind "--password" are
// announced.go's.
func (s *scan) option(i int) {
	next := s.at(i + 1)
	switch {
	case s.at(i-1) == '-' && lower.has(next):
		s.longOption(i)
	case alpha.has(next) && i > 0 && (space | lineEnd).has(s.text[i-1]):
		s.shortOption(i, next)
	}
}

// flags are the options of one letter that take a secret, by tool.
var flags = []struct {
	letter   byte
	user     bool // "user:password"
	attached bool // may stand right behind the letter
	last     bool // the password is the last word of the line
	tools    []string
}{
	{letter: 'p', attached: true, tools: []string{"mysql", "mariadb", "sshpass"}},
	{letter: 'p', tools: []string{"docker login", "podman login", "helm registry login", "az login", "oc login", "mongosh", "mongo ", "mongodump"}},
	{letter: 'a', attached: true, tools: []string{"redis-cli", "valkey-cli"}},
	{letter: 'w', tools: []string{"ldapsearch", "ldapadd", "ldapmodify", "ldapwhoami", "ldapdelete"}},
	{letter: 'P', tools: []string{"sqlcmd", "bcp ", "isql", "tsql"}},
	{letter: 'u', user: true, attached: true, tools: []string{"curl"}},
	{letter: 'U', user: true, tools: []string{"curl"}},
	{letter: 'a', user: true, tools: []string{"http ", "https ", "xh "}},
	{letter: 'b', last: true, tools: []string{"htpasswd"}},
}

// shortOption judges the option whose letter stands behind the '-' at i.
func (s *scan) shortOption(i int, letter byte) {
	for k := range flags {
		f := &flags[k]
		if f.last {
			if (letter == 'b' || s.at(i+2) == 'b' || s.at(i+3) == 'b') && s.tool(i, f.tools) {
				s.lastWord(i)
			}
			continue
		}
		from := i + 2
		if f.letter != letter || !space.has(s.at(from)) && !f.attached {
			continue
		}
		if !s.tool(i, f.tools) {
			continue
		}
		if from = s.skipSpace(from); f.user {
			s.userPassword(from, true)
		} else if v := s.value(from); v.from < v.end && s.text[v.from] != '-' && s.passwordLike(v, true) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
		return
	}
	if letter == 'u' && s.at(i+2) == ' ' {
		s.userPassword(s.skipSpace(i+2), false)
	} else if letter == 'H' {
		s.headerOption(s.skipSpace(i + 2))
	}
}

// tool reports whether one of the tools is the command whose option stands at
// i: on the same line, or on one that a backslash continues.
func (s *scan) tool(i int, tools []string) bool {
	const reach = 256
	from := i
	for from > 0 && i-from < reach && !(lineEnd.has(s.text[from-1]) && !s.escapedBreak(from-1)) {
		from--
	}
	s.work += i - from
	for _, t := range tools {
		k := strings.LastIndex(s.text[from:i], t)
		if k >= 0 && !alnum.has(s.at(from+k-1)) {
			return true
		}
	}
	return false
}

// escapedBreak reports whether the line that ends at i goes on in the next.
func (s *scan) escapedBreak(i int) bool {
	for i > 0 && lineEnd.has(s.text[i]) {
		i--
	}
	return s.text[i] == '\\' || s.text[i] == '`' || s.text[i] == '^'
}

// lastWord emits the password that is the last word of the line of i.
func (s *scan) lastWord(i int) {
	end := min(s.endUntil(runValue, lineEnd, i), i+maxValue)
	words := strings.Fields(strings.TrimRight(s.text[i:end], " \t`'\")"))
	if len(words) < 3 {
		return
	}
	word := strings.Trim(words[len(words)-1], "'\"`")
	from := i + strings.LastIndex(s.text[i:end], word)
	if v := (value{from, from + len(word), from + len(word), true}); word != "" && s.passwordLike(v, true) {
		s.emit(v.from, v.end, pii.Secret, 0.85)
	}
}

// headerOption judges the header of curl's -H at from: what "…-Key" and
// "…-Token" are, whoever names them.
func (s *scan) headerOption(from int) {
	v := s.value(from)
	if !v.quoted {
		return
	}
	name, rest, ok := strings.Cut(s.text[v.from:v.end], ":")
	if !ok || len(name) < 3 || strings.IndexByte(name, ' ') >= 0 {
		return
	}
	secret := strings.TrimLeft(rest, " \t")
	if !foldEqual(name, len(name)-3, "key") && !foldEqual(name, len(name)-5, "token") ||
		len(secret) < 8 || template(secret) || wordless(secret) || strings.IndexByte(secret, ' ') >= 0 {
		return
	}
	s.emit(v.end-len(secret), v.end, pii.Secret, 0.85)
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
	if s.at(end) != ' ' && s.at(end) != '=' {
		return
	}
	if name := s.text[i+1 : end]; name == "user" || name == "proxy-user" {
		s.userPassword(s.skipSpace(end+1), s.tool(i-1, []string{"curl"}))
		return
	} else if name == "header" {
		s.headerOption(s.skipSpace(end + 1))
		return
	}
	if s.at(end) != ' ' {
		return // a pair
	}
	if kind, _ := s.secretKey(end); kind == tokenKey || kind == secretWordKey {
		if v := s.value(s.skipSpace(end)); v.from < v.end && s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

// userPassword judges "user:password" at from; sure says that it can be
// nothing else.
func (s *scan) userPassword(from int, sure bool) {
	v := s.value(from)
	if v.from >= v.end {
		return
	}
	mark := strings.IndexByte(s.text[v.from:v.end], ':')
	if mark < 0 {
		return
	}
	user := s.text[v.from : v.from+mark]
	v.from += mark + 1
	password := s.text[v.from:v.end]
	if password == "" && len(user) >= 16 && mixed(user) { // a token in place of a user
		s.emit(v.from-1-len(user), v.from-1, pii.Secret, 0.8)
		return
	}
	if sampleUsers.has(user) && samplePasswords.has(password) || !s.passwordLike(v, true) {
		return
	}
	if sure && len(password) >= 3 || len(password) >= 6 && mixed(password) {
		s.emit(v.from, v.end, pii.Secret, 0.85)
	}
}

// element looks at the text of an XML element whose start tag ends at i and
// whose name is that of a secret: "<password>…</password>".
func (s *scan) element(i int) {
	if s.at(i) != '>' || i < 4 || !alnum.has(s.text[i-1]) {
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
