package logs

import (
	"bytes"
	"strconv"
	"strings"
)

// redacted stands for a string that nobody has inspected.
const redacted = "<REDACTED>"

// redact replaces every string of an entry, and keeps its structure if it is
// JSON. What stays is the head of the entry, where it has the form that heads
// have, names of fields that programs are written with, and small numbers.
func redact(entry []byte) (out []byte) {
	core := bytes.TrimRight(entry, "\r\n")
	end := entry[len(core):]
	defer func() {
		if v := recover(); v != nil {
			out = append([]byte(redacted), end...)
		}
	}()
	if len(core) == 0 {
		return end
	}
	if !isRecord(core) {
		return append([]byte(redacted), end...)
	}
	r := redactor{in: core, out: make([]byte, 0, len(core))}
	r.run()
	return append(r.out, end...)
}

// redactor goes through valid JSON.
type redactor struct {
	in, out []byte
	depth   int
	key     string // the name of the value that comes next, in the entry itself
	names   int    // that were replaced, so that no two become one
}

func (r *redactor) run() {
	for i := 0; i < len(r.in); {
		switch c := r.in[i]; {
		case c == '"':
			i = r.str(i)
		case c == '-' || '0' <= c && c <= '9':
			i = r.number(i)
		case c == '{' || c == '[':
			r.depth++
			r.key = ""
			r.out = append(r.out, c)
			i++
		case c == '}' || c == ']':
			r.depth--
			r.out = append(r.out, c)
			i++
		default: // white space, punctuation, true, false, null
			r.out = append(r.out, c)
			i++
		}
	}
}

// str reads the string that begins at i and returns where it ends.
func (r *redactor) str(i int) int {
	end := i + 1
	for r.in[end] != '"' {
		if r.in[end] == '\\' {
			end++
		}
		end++
	}
	end++
	text := string(r.in[i+1 : end-1])
	next := bytes.TrimLeft(r.in[end:], " \t\r\n")
	switch {
	case len(next) > 0 && next[0] == ':':
		if r.depth == 1 {
			r.key = text
		}
		r.name(text)
	case r.depth == 1 && isHead(r.key, text):
		r.quote(text)
	default:
		r.quote(redacted)
	}
	return end
}

func (r *redactor) quote(text string) {
	r.out = append(r.out, '"')
	r.out = append(r.out, text...)
	r.out = append(r.out, '"')
}

// name writes the name of a field. Names of headers are what a client says
// they are, so only well-known ones stay.
func (r *redactor) name(text string) {
	if isFieldName(text) || wellKnown[text] {
		r.quote(text)
		return
	}
	r.names++
	r.quote(redacted + strconv.Itoa(r.names))
}

// number reads the number that begins at i and returns where it ends. A long
// one may be somebody's.
func (r *redactor) number(i int) int {
	end := i
	for end < len(r.in) && strings.IndexByte("+-.eE0123456789", r.in[end]) >= 0 {
		end++
	}
	number := r.in[i:end]
	if end-i > maxNumber && !(r.depth == 1 && measured[r.key]) {
		number = []byte("0")
	}
	r.out = append(r.out, number...)
	return end
}

// maxNumber is how long a number may be that stays, in characters.
const maxNumber = 6

// measured are the fields of an entry that hold what a server has measured.
var measured = map[string]bool{"ts": true, "duration": true, "size": true, "bytes_read": true, "status": true}

// isHead reports whether a field is of the head of an entry and says what such
// a field says.
func isHead(key, text string) bool {
	switch key {
	case "level":
		return levels[strings.ToLower(text)]
	case "ts", "time":
		return len(text) <= 40 && strings.Trim(text, "0123456789-:./+TZ ") == ""
	case "logger":
		return len(text) <= 64 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_.") == ""
	}
	return false
}

var levels = map[string]bool{"debug": true, "info": true, "warn": true, "error": true, "dpanic": true, "panic": true, "fatal": true}

// isFieldName recognises names as programs give them to fields: user_id,
// traceID. Names of headers begin with a capital.
func isFieldName(text string) bool {
	return len(text) <= 32 && text != "" && 'a' <= text[0] && text[0] <= 'z' &&
		strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// wellKnown are headers whose names say nothing of anyone.
var wellKnown = func() map[string]bool {
	names := make(map[string]bool)
	for name := range strings.FieldsSeq(`Accept Accept-Encoding Accept-Language Access-Control-Request-Headers
		Access-Control-Request-Method Age Allow Alt-Svc Authorization Cache-Control Connection Content-Disposition
		Content-Encoding Content-Language Content-Length Content-Location Content-Security-Policy Content-Type Cookie
		Date Dnt Etag Expect Expires Forwarded Host If-Match If-Modified-Since If-None-Match Last-Modified Link Location
		Origin Pragma Proxy-Authorization Range Referer Referrer-Policy Retry-After Sec-Ch-Ua Sec-Ch-Ua-Mobile
		Sec-Ch-Ua-Platform Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Server Set-Cookie
		Strict-Transport-Security Te Trailer Transfer-Encoding Upgrade Upgrade-Insecure-Requests User-Agent Vary Via
		Www-Authenticate X-Content-Type-Options X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Frame-Options
		X-Real-Ip X-Request-Id`) {
		names[name] = true
	}
	return names
}()
