package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// maxValue bounds a quoted secret, in bytes; unquoted ones end at a space.
const maxValue = 512

// pair looks at a "key: value", "key=value" or "key => value" pair whose mark
// stands at i.
func (s *scan) pair(i int) {
	c := s.at(i)
	if c != ':' && c != '=' || i == 0 || i < s.urlEnd {
		return
	}
	next := s.at(i + 1)
	before := s.text[i-1]
	if c == ':' {
		s.telegram(i)
		if before == 'a' && (lineEnd.has(next) || i+1 == len(s.text)) {
			s.manifest(i)
		}
		if next == ':' || next == '=' || before == ':' || next == '/' && s.at(i+2) == '/' {
			return
		}
	} else if next == '=' || before == '=' || before == '!' || before == '<' || before == '>' || before == '~' {
		return
	}
	keyEnd := i
	if c == '=' && before == ':' {
		keyEnd--
	}
	kind, start := s.secretKey(keyEnd)
	if kind == noKey && s.isValueKey(keyEnd) {
		kind, start = s.namedKey(keyEnd)
	} else if kind != noKey && s.noSecretKey(start, i) {
		return
	}
	if kind == noKey {
		return
	}
	from := i + 1
	if c == '=' && next == '>' {
		from++
	}
	from = s.skipSpace(from)
	if keyEnd < i && !quote.has(s.at(from)) { // ":=" is code: only a literal is a value
		return
	}
	s.secretValue(kind, start, from, c == '=')
}

// isValueKey reports whether the key that ends before i is "value".
func (s *scan) isValueKey(i int) bool {
	for n := 0; n < 3 && i > 0 && (quote | space).has(s.text[i-1]); n++ {
		i--
	}
	return i > 0 && lowerByte(s.text[i-1]) == 'e' && foldEqual(s.text, i-len("value"), "value") && !s.wordBefore(i-len("value"))
}

// namedKey classifies the key of a pair whose name is a value itself, as in
// {"name": "Authorization", "value": "…"}: HAR files, environments of
// containers, properties in XML. The key "value" ends before i.
func (s *scan) namedKey(i int) (kind keyKind, start int) {
	j := strings.LastIndexByte(s.text[max(0, i-8):i], 'v')
	if j < 0 {
		if j = strings.LastIndexByte(s.text[max(0, i-8):i], 'V'); j < 0 {
			return noKey, 0
		}
	}
	j += max(0, i-8)
	end := j
	for end > 0 && j-end < 24 && ((quote | space | lineEnd).has(s.text[end-1]) || s.text[end-1] == ',') {
		end--
	}
	name := end
	for name > 0 && end-name < 64 && (base64URL | dot).has(s.text[name-1]) {
		name--
	}
	s.work += j - name
	mark := name
	for mark > 0 && name-mark < 4 && (quote | space | colon | equals).has(s.text[mark-1]) {
		mark--
	}
	for _, word := range []string{"name", "key", "header", "field"} {
		if name > mark && foldEqual(s.text, mark-len(word), word) {
			return s.keyKind(end)
		}
	}
	return noKey, 0
}

// noSecretKey knows keys that look like those of secrets and are not: the
// verdict of a test ("PASS: name"), the working directory ("PWD=/x"), and the
// literal of a program that puts the value together ("password="+p).
func (s *scan) noSecretKey(start, mark int) bool {
	before := s.text[mark-1]
	connection := s.at(start-1) == ';' // in a connection string all keys are such
	if word := s.text[max(start, mark-4):mark]; !connection && word == "PASS" || !connection && strings.HasSuffix(word, "PWD") && word[0] != '_' {
		return s.text[mark] == ':' || word != "PASS"
	}
	return quote.has(s.at(start-1)) && s.at(mark+1) == s.at(start-1) && !quote.has(before)
}

func (s *scan) skipSpace(i int) int {
	for n := 0; n < 16 && space.has(s.at(i)); n++ {
		i++
	}
	return i
}

// secretValue judges the value at from that a key of this kind announces.
// assigned tells "=" from ":", which prose uses, too.
func (s *scan) secretValue(kind keyKind, key, from int, assigned bool) {
	v := s.value(from)
	if v.from >= v.end {
		return
	}
	switch kind {
	case noKey:
	case authKey:
		s.authorization(v)
	case cookieKey, setCookieKey:
		s.cookie(kind, v)
	case phraseKey:
		if text := s.text[v.from:v.line]; v.quoted && !template(text) || phrase(text) {
			s.emit(v.from, v.line, pii.Secret, 0.8)
		}
	case pinKey:
		if n := v.end - v.from; n >= 3 && n <= 8 && allDigits(s.text[v.from:v.end]) {
			s.emit(v.from, v.end, pii.Secret, 0.8)
		}
	case passwordKey:
		if assigned && s.braced(key, v) {
			return
		}
		if !assigned && s.passwordLine(key, v) {
			s.emit(v.from, v.line, pii.Secret, 0.8)
		} else if s.passwordLike(v, assigned) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	case secretWordKey:
		env := assigned && s.text[v.from-1] == '='
		if s.tokenLike(v) || s.secretLike(v, env) {
			s.emit(v.from, v.end, pii.Secret, 0.8)
		}
	case signatureKey:
		if key > 0 && strings.IndexByte("&?;", s.text[key-1]) >= 0 && s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	case tokenKey:
		if s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

// telegram looks for a Telegram bot token, "123456789:35 characters", whose
// colon stands at i (core.telegram.org/bots/api, "Authorizing your bot").
func (s *scan) telegram(i int) {
	const body, fewest = 35, 8
	if !isDigit(s.at(i-1)) || !isDigit(s.at(i-fewest)) {
		return
	}
	start := i
	for start > 0 && i-start < 11 && isDigit(s.text[start-1]) {
		start--
	}
	if n := i - start; n < fewest || n > 10 || s.at(start-1) == ':' {
		return
	}
	end := i + 1
	for end < len(s.text) && end-i <= body+1 && base64URL.has(s.text[end]) {
		end++
	}
	s.work += end - start
	if end-i-1 == body && mixed(s.text[i+1:end]) && !s.digitRunBefore(start) {
		if s.at(start-1) == 't' && foldEqual(s.text, start-3, "bot") || !s.wordBefore(start) {
			s.emit(start, end, pii.Secret, 0.95)
		}
	}
}

func (s *scan) digitRunBefore(i int) bool { return i > 0 && isDigit(s.text[i-1]) }
