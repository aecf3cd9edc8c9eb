package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// databaseSchemes are those of connection strings: the rest of such a URL is
// configuration that people want to read, and only the password is secret. In
// every other scheme a URL with a credential is private as a whole.
var databaseSchemes = newSet(`postgres postgresql mysql mysqlx mysql2 mariadb mongodb mongodb+srv redis rediss
	valkey amqp amqps rabbitmq mssql sqlserver oracle clickhouse cockroachdb cassandra couchbase couchdb influxdb
	neo4j neo4j+s bolt bolt+s ldap ldaps smtp smtps imap imaps pop3 mqtt mqtts nats kafka memcached etcd db2
	snowflake redshift vertica firebird trino presto hive sqlalchemy postgresql+psycopg2 postgresql+asyncpg
	mysql+pymysql mysql+mysqldb stomp elasticsearch nats tls zookeeper sentinel jdbc odbc dsn surrealdb`)

type set map[string]struct{}

func newSet(list string) set {
	m := make(set)
	for _, word := range strings.Fields(list) {
		m[word] = struct{}{}
	}
	return m
}

// has looks the ASCII word up in lower case.
func (m set) has(word string) bool {
	var buf [40]byte
	if len(word) > len(buf) {
		return false
	}
	for i := 0; i < len(word); i++ {
		buf[i] = lowerByte(word[i])
	}
	_, ok := m[string(buf[:len(word)])]
	return ok
}

const maxScheme = 24

// url looks at the URL whose "://" stands at i.
func (s *scan) url(i int) {
	if !strings.HasPrefix(s.text[i:], "://") {
		return
	}
	start := i
	for start > 0 && i-start < maxScheme && (alnum.has(s.text[start-1]) || strings.IndexByte("+-.", s.text[start-1]) >= 0) {
		start--
	}
	for start < i && !alpha.has(s.text[start]) {
		start++
	}
	if start == i {
		return
	}
	from := i + len("://")
	end := s.endUntil(runURL, urlStop|space|lineEnd, from)
	if k := strings.Index(s.text[from:min(end, from+maxURL)], ")]("); k >= 0 { // Markdown goes on
		end = from + k
	}
	if s.tooNested(start, end) {
		s.private(start, end, 0.5)
		return
	}
	s.authority(start, from, s.trimURL(from, end))
}

// tooNested reports whether the URL is one of so many inside each other that
// looking into each would cost the square of their length. Nobody writes such
// a thing in good faith.
func (s *scan) tooNested(start, end int) bool {
	const most = 16
	if end != s.nested.end {
		s.nested, s.inNested = run{start, end}, 0
	}
	s.inNested++
	return s.inNested > most
}

// trimURL takes the punctuation of the sentence off a URL's end.
func (s *scan) trimURL(from, end int) int {
	for end > from {
		switch s.text[end-1] {
		case '.', ',', ';', ':', '!', '?', '\'', '*', '_':
		case ')', ']':
			if strings.ContainsAny(s.text[max(from, end-256):end], "([") {
				return end
			}
		default:
			return end
		}
		end--
	}
	return end
}

// maxURL bounds the looks into one URL; a private URL is masked up to its end
// however long it is.
const maxURL = 4096

// authority judges the URL [start, end) whose authority begins at from.
func (s *scan) authority(start, from, end int) {
	if end <= from {
		return
	}
	u := s.text[from:min(end, from+maxURL)]
	s.work += len(u)
	hostEnd := strings.IndexAny(u, "/?#")
	if hostEnd < 0 {
		hostEnd = len(u)
	}
	at := strings.LastIndexByte(u[:hostEnd], '@')
	if at < 0 && hostEnd < len(u) {
		at, hostEnd = lateAt(u, hostEnd)
	}
	if at > 0 {
		user, password, ok := strings.Cut(u[:at], ":")
		switch {
		case ok && password != "" && !template(password):
			s.userinfo = from + at
			if databaseSchemes.has(s.text[start : from-len("://")]) {
				s.emit(from+len(user)+1, from+at, pii.Secret, 0.95)
			} else {
				s.private(start, end, 0.95)
			}
			return
		case len(user) >= 16 && mixed(user) && !template(user): // a token in place of a user
			s.userinfo = from + at
			s.private(start, end, 0.9)
			return
		}
	}
	host := u[at+1 : hostEnd]
	if personalPath(host, u[hostEnd:]) || secretQuery(u[hostEnd:]) {
		s.private(start, end, 0.8)
	}
}

// lateAt finds the '@' of a password that holds '/', '?' or '#' raw: what
// seems to be the host has a colon that no port follows.
func lateAt(u string, hostEnd int) (at, end int) {
	c := strings.IndexByte(u[:hostEnd], ':')
	if c <= 0 || c+1 == hostEnd || allDigits(u[c+1:hostEnd]) || u[0] == '[' {
		return -1, hostEnd
	}
	at = strings.IndexByte(u[hostEnd:], '@')
	if at < 0 {
		return -1, hostEnd
	}
	at += hostEnd
	end = strings.IndexAny(u[at:], "/?#")
	if end < 0 {
		return at, len(u)
	}
	return at, at + end
}

func allDigits(t string) bool {
	for i := 0; i < len(t); i++ {
		if !isDigit(t[i]) {
			return false
		}
	}
	return true
}

// private emits a URL as a whole. Pairs inside are not looked at again.
func (s *scan) private(start, end int, score float32) {
	s.emit(start, end, pii.PrivateURL, score)
	s.urlEnd = max(s.urlEnd, end)
}

// personSegments are path segments after which a person's name stands.
var personSegments = newSet(`users u profile profiles people person member members customer customers
	patient patients employee employees student students`)

// notNames are what else stands there.
var notNames = newSet(`me self new login logout signin signup register list search all settings edit create
	delete update index home profile profiles profile.html index.html current count export import admin
	users user online active inactive stats status bulk batch password reset verify invite invites roles
	null undefined none test api v1 v2 v3 docs help about public static assets images css js
	username user_name userid user_id name example id uuid avatar avatars photo picture preferences
	sessions session groups permissions info details data json xml root
	messages get post put guide list.html manual documentation talks software`)

// personalPath reports whether the path names a person.
func personalPath(host, path string) bool {
	if !strings.HasPrefix(path, "/") {
		return false
	}
	if cut := strings.IndexAny(path, "?#"); cut >= 0 {
		path = path[:cut]
	}
	if p, ok := socialPattern(host); ok && socialHandle(p, path) {
		return true
	}
	previous := ""
	for rest := path[1:]; rest != ""; {
		segment, tail, _ := strings.Cut(rest, "/")
		switch {
		case len(segment) > 2 && segment[0] == '~' && personName(segment[1:]):
			return true
		case personSegments.has(previous) && personName(segment):
			return true
		}
		previous, rest = segment, tail
	}
	return false
}

// personName reports whether a path segment can be a name or a handle, and
// not a number, an identifier, a template or a word of the API.
func personName(segment string) bool {
	if len(segment) < 2 || len(segment) > 64 || notNames.has(segment) || template(segment) {
		return false
	}
	letters, digits := 0, 0
	for i := 0; i < len(segment); i++ {
		switch c := segment[i]; {
		case alpha.has(c) || c >= 0x80:
			letters++
		case isDigit(c):
			digits++
		case strings.IndexByte("._-%+'@", c) < 0:
			return false
		}
	}
	return letters >= 2 && digits <= letters && !isDigit(segment[0]) && !isUUID(segment) && !hexID(segment)
}

// hexID reports whether t is a hexadecimal identifier.
func hexID(t string) bool {
	if len(t) < 8 {
		return false
	}
	digits := 0
	for i := 0; i < len(t); i++ {
		if !hexDigit.has(t[i]) && t[i] != '-' {
			return false
		}
		if isDigit(t[i]) {
			digits++
		}
	}
	return digits > 0
}

// secretParams are query parameters whose value is a credential or names a
// person, by themselves or as the end of a longer name.
var secretParams = newSet(`token access_token id_token refresh_token auth_token authtoken apitoken api_token
	api_key apikey api-key appkey app_key key secret client_secret password passwd pwd pass sig signature
	x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential sas jwt session
	sessionid session_id sid phpsessid jsessionid auth authorization code otp ticket invite reset_token
	confirmation_token csrf_token xsrf magic credential credentials share_token login_token oauth_token
	oauth_verifier assertion samlresponse state_token hash_token access_key accesskey private_key
	subscription-key subscription_key code_verifier`)

// secretQuery reports whether the query or fragment carries a credential.
func secretQuery(tail string) bool {
	q := strings.IndexAny(tail, "?#")
	if q < 0 {
		return false
	}
	for rest := tail[q+1:]; rest != ""; {
		end := strings.IndexAny(rest, "&;#?")
		pair := rest
		if end >= 0 {
			pair, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		key, value, ok := strings.Cut(pair, "=")
		if ok && len(value) >= 8 && secretParams.has(key) && mixed(value) && !template(value) {
			return true
		}
	}
	return false
}
