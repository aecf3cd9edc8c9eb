package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Secrets that a phrase of a command line or of a connection string tells
// where to find. The phrases are signs.

// setting looks behind "configure set", "setx" and the like, which end at i:
// a key and its value follow, blanks between.
func (s *scan) setting(i int) {
	end := s.skipSpace(i)
	for start := end; end < len(s.text) && end-start < 2*maxKey && (base64URL | dot).has(s.text[end]); {
		end++
	}
	s.work += end - i + 1
	if !space.has(s.at(end)) {
		return
	}
	kind, _ := s.keyKind(end)
	v := s.value(s.skipSpace(end))
	if v.from >= v.end {
		return
	}
	switch kind {
	case passwordKey:
		if s.passwordLike(v, true) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	case tokenKey, secretWordKey:
		if s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

// piped looks at what is piped into a command that reads a password, before
// i: echo "user:password" | chpasswd, echo password | sudo -S.
func (s *scan) piped(i int, user bool) {
	const reach = 128
	from := i
	for from > 0 && i-from < reach && !lineEnd.has(s.text[from-1]) {
		from--
	}
	s.work += i - from
	bar := strings.LastIndexByte(s.text[from:i], '|')
	if bar < 0 {
		return
	}
	line := strings.TrimRight(s.text[from:from+bar], " \t'\"")
	start := from + strings.LastIndexAny(line, " \t'\"") + 1
	end := from + len(line)
	if user {
		mark := strings.IndexByte(s.text[start:end], ':')
		if mark <= 0 {
			return
		}
		start += mark + 1
	} else if !strings.Contains(line, "echo ") && !strings.Contains(line, "printf ") && !strings.Contains(line, "<<<") {
		return
	}
	if v := (value{start, end, end, true}); start < end && s.passwordLike(v, true) {
		s.emit(start, end, pii.Secret, 0.8)
	}
}

// dsn looks at the data source name of Go's MySQL driver whose '@' stands at
// i: user:password@tcp(host)/db.
func (s *scan) dsn(i int) {
	const reach = 128
	from := i
	for from > 0 && i-from < reach && !(space | lineEnd | quote).has(s.text[from-1]) && s.text[from-1] != '/' {
		from--
	}
	s.work += i - from
	mark := strings.IndexByte(s.text[from:i], ':')
	if mark <= 0 {
		return
	}
	user, password := s.text[from:from+mark], s.text[from+mark+1:i]
	if password != "" && !template(password) && !(sampleUsers.has(user) && samplePasswords.has(password)) {
		s.emit(from+mark+1, i, pii.Secret, 0.95)
	}
}

// thin looks at the credentials of a URL of Oracle's JDBC driver, which begin
// at i: jdbc:oracle:thin:user/password@host.
func (s *scan) thin(i int) {
	const reach = 128
	part := s.text[i:min(len(s.text), i+reach)]
	s.work += len(part)
	slash, at := strings.IndexByte(part, '/'), strings.IndexByte(part, '@')
	if slash <= 0 || at <= slash+1 || strings.ContainsAny(part[:at], " \n\"'") || template(part[slash+1:at]) {
		return
	}
	s.emit(i+slash+1, i+at, pii.Secret, 0.95)
}

// braced judges a value in braces, as ODBC writes what holds a ';'. In a
// connection string other pairs stand before it.
func (s *scan) braced(key int, v value) bool {
	const longest = 128
	if key == 0 || s.text[key-1] != ';' || s.text[v.from] != '{' {
		return false
	}
	end := strings.IndexAny(s.text[v.from:min(len(s.text), v.from+longest)], "}\n")
	if end < 2 || s.text[v.from+end] != '}' {
		return false
	}
	if inner := s.text[v.from+1 : v.from+end]; identifier(inner) || template(inner) {
		return false
	}
	s.emit(v.from+1, v.from+end, pii.Secret, 0.85)
	return true
}
