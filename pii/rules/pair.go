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
	if kind == noKey || s.noSecretKey(start, i) {
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

// noSecretKey knows keys that look like those of secrets and are not: the
// verdict of a test ("PASS: name"), the working directory ("PWD=/x"), and the
// literal of a program that puts the value together ("password="+p).
func (s *scan) noSecretKey(start, mark int) bool {
	before := s.text[mark-1]
	if word := s.text[max(start, mark-4):mark]; word == "PASS" || strings.HasSuffix(word, "PWD") && word[0] != '_' {
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
	case tokenKey:
		if s.tokenLike(v) {
			s.emit(v.from, v.end, pii.Secret, 0.85)
		}
	}
}

// value is what stands after a key.
type value struct {
	from, end int  // the value itself, without quotes
	line      int  // the end of the quoted text, or of the line
	quoted    bool // it stood in quotes
}

// value reads the value at from.
func (s *scan) value(from int) value {
	mark := from
	if s.at(mark) == '\\' {
		mark++
	}
	if quote.has(s.at(mark)) {
		if end := s.closingQuote(mark, mark > from); end >= 0 {
			return value{mark + 1, end, end, true}
		}
		from = mark + 1
	}
	line := min(s.endUntil(runValue, lineEnd, from), from+maxValue)
	line = s.runeBefore(line)
	end := from
	for end < line && !(space | quote).has(s.text[end]) {
		end++
	}
	s.work += end - from + 1
	// Another pair may follow without a space: "a=1;b=2", "a=1&b=2".
	for k := from; k < end; k++ {
		if c := s.text[k]; (c == ';' || c == '&' || c == ',') && s.pairAt(k+1, end) {
			end = k
		}
	}
	return value{from, s.trimValue(from, end), s.trimValue(from, line), false}
}

// closingQuote returns the offset of the end of the quoted text whose quote
// stands at mark, or -1; escaped quotes (\") close at the next escaped one.
func (s *scan) closingQuote(mark int, escaped bool) int {
	for j := mark + 1; j < len(s.text) && j-mark <= maxValue; j++ {
		s.work++
		switch c := s.text[j]; {
		case lineEnd.has(c):
			return -1
		case c == '\\' && escaped && s.at(j+1) == s.text[mark]:
			return j
		case c == '\\' && !escaped:
			j++
		case c == s.text[mark]:
			return j
		}
	}
	return -1
}

// runeBefore moves an offset that may stand inside a character back to its
// beginning.
func (s *scan) runeBefore(i int) int {
	for i > 0 && i < len(s.text) && s.text[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// pairAt reports whether a key and '=' stand at i, before end.
func (s *scan) pairAt(i, end int) bool {
	j := i
	for j < end && j-i < 32 && (base64URL | dot).has(s.text[j]) {
		j++
	}
	s.work += j - i
	return j > i && j < end && s.text[j] == '=' || j == end && j == i
}

// trimValue takes the punctuation of a sentence or a list off an unquoted value.
func (s *scan) trimValue(from, end int) int {
	for end > from && strings.IndexByte(" \t,;.)]}>\\", s.text[end-1]) >= 0 {
		end--
	}
	return end
}

// passwordLike judges a value after a password key: anything but what cannot
// be one.
func (s *scan) passwordLike(v value, assigned bool) bool {
	text := s.text[v.from:v.end]
	if len(text) < 3 || template(text) || wordless(text) {
		return false
	}
	if v.quoted {
		return len(text) <= 128 && (strings.IndexByte(text, ' ') < 0 || !proseIn(text))
	}
	if expression(text) || s.at(v.end) == '(' || text[0] == '/' || text[0] == '[' || text[0] == '{' {
		return false
	}
	if assigned && s.text[v.from-1] == ' ' && identifierish(text) && namesSecret(text) {
		return false // password = userPassword
	}
	if allDigits(text) && !assigned && foldEqual(s.text, v.from-4, "ss: ") { // "pass: 12"
		return false
	}
	if letters(text) {
		// A word and more words after it: a sentence about passwords.
		return len(text) >= 4 && (assigned || !(s.at(v.end) == ' ' && alpha.has(s.at(v.end+1))))
	}
	return true
}

// passwordLine reports whether all of the line after a key that begins it is
// a password with spaces in it.
func (s *scan) passwordLine(key int, v value) bool {
	if v.quoted || strings.IndexByte(s.text[v.from:v.line], ' ') < 0 || v.line-v.from > 64 || key > 0 && !lineEnd.has(s.text[key-1]) {
		return false
	}
	text := s.text[v.from:v.line]
	return !strings.ContainsAny(text, ":=,;()[]{}<>\"'`") && !template(text) &&
		!wordless(firstWord(text)) && !proseIn(text)
}

// proseIn reports whether text is a sentence rather than a passphrase: two or
// more of its words, and half of them, are such as sentences about passwords
// have.
func proseIn(text string) bool {
	words, common := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		if wordless(word) {
			common++
		}
	}
	return common >= 2 && 2*common >= words
}

// phrase reports whether text is a line of words and no code, template or
// sentence.
func phrase(text string) bool {
	return !strings.ContainsAny(text, "()[]{}<>=$.;\"'`") && !proseIn(text) && !wordless(firstWord(text))
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}

func letters(t string) bool {
	for i := 0; i < len(t); i++ {
		if !alpha.has(t[i]) {
			return false
		}
	}
	return true
}

// tokenLike judges a value after a key such as "token" or "api_key": it must
// look drawn, since programs are full of names of tokens.
func (s *scan) tokenLike(v value) bool {
	text := s.text[v.from:v.end]
	if len(text) < 8 || template(text) || wordless(text) || strings.Contains(text, "://") {
		return false
	}
	if !v.quoted && (expression(text) || member(text) || identifierish(text) && namesSecret(text) || s.at(v.end) == '(' || strings.ContainsAny(text, "()[]{}\"'`")) {
		return false
	}
	if c := text[0]; c == '/' || c == '.' || c == '[' || c == '{' {
		return strings.IndexByte("[{", c) < 0 && mixed(text) && len(text) >= 24 && strings.Count(text, "/") < 3
	}
	return strings.IndexByte(text, ' ') < 0 && mixed(text) && !filler(text) || v.quoted && letters(text) && len(text) >= 20
}

// secretLike judges a value after the word "secret" alone, which announces
// passwords as well as keys, and names of either. env: it stands right after
// '=', as in the environment of a process.
func (s *scan) secretLike(v value, env bool) bool {
	text := s.text[v.from:v.end]
	if len(text) < 6 || template(text) || wordless(text) || strings.ContainsAny(text, " /[](){}") {
		return false
	}
	return v.quoted || mixed(text) && !expression(text) || env && len(text) >= 8 && !expression(text)
}

// telegram looks for a Telegram bot token, "123456789:35 characters", whose
// colon stands at i (core.telegram.org/bots/api, "Authorizing your bot").
func (s *scan) telegram(i int) {
	const body = 35
	start := i
	for start > 0 && i-start < 11 && isDigit(s.text[start-1]) {
		start--
	}
	if n := i - start; n < 8 || n > 10 || s.at(start-1) == ':' {
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
