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

// sampleUsers and samplePasswords are those of URLs in manuals.
var (
	sampleUsers     = newSet(`user username usr myuser dbuser db_user`)
	samplePasswords = newSet(`pass password passwd pwd mypassword secret dbpass db_password pw`)
)

type set map[string]struct{}

func newSet(list string) set {
	m := make(set)
	for word := range strings.FieldsSeq(list) {
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
		case ok && password != "" && !template(password) && !(sampleUsers.has(user) && samplePasswords.has(password)):
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
