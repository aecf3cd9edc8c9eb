package rules

import (
	"encoding/base64"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Words that announce a secret without a mark: "password is …", "--password
// …", "the token is …", "Bearer …", "Basic …". They are signs.

// copula judges "the API key is …": what the word "is", whose 's' stands at
// i, says of a key.
func (s *scan) copula(i int) {
	if i < 4 || s.at(i-2) != ' ' || s.at(i+1) != ' ' || lowerByte(s.text[i-1]) != 'i' {
		return
	}
	kind, start := s.secretKey(i - 2)
	if kind == tokenKey || kind == secretWordKey || kind == pinKey {
		s.secretValue(kind, start, s.skipSpace(i+1), false)
	}
}

// verbs stand between "password" and the password.
var verbs = []string{"is", "was", "to", "ist", "lautet", "est", "es", "->", "-", "like"}

// passwordWord judges what follows the word "password" at i.
func (s *scan) passwordWord(i int) {
	j := i
	for j < len(s.text) && j-i < 12 && alpha.has(s.text[j]) {
		j++
	}
	if j-i > len("password") && !foldEqual(s.text, i, "passwort") || !space.has(s.at(j)) {
		return
	}
	from := s.skipSpace(j)
	option := s.at(i-1) == '-' && (s.at(i-2) == '-' || space.has(s.at(i-2))) // --password hunter2
	if s.at(i-1) == '-' && !option {
		return // base-passwd
	}
	verb := ""
	for _, w := range verbs {
		if foldEqual(s.text, from, w) && space.has(s.at(from+len(w))) {
			from, verb = s.skipSpace(from+len(w)), w
			break
		}
	}
	if c := s.at(from); c == ':' || c == '=' {
		return // a pair
	}
	v := s.value(from)
	if v.from >= v.end {
		return
	}
	text := s.text[v.from:v.end]
	if option && letters(text) && s.at(v.end) == ' ' && alpha.has(s.at(v.end+1)) {
		return // "--username and --password options instead of"
	}
	drawn := mixed(text) && len(text) >= 6 && !strings.ContainsAny(text, ":=/")
	// "password to continue", "password is detected"
	spelled := letters(text) && (verb == "to" || verb == "like" || verb == "-" || participle(text))
	if (verb != "" && !spelled || option || v.quoted || drawn) && s.passwordLike(v, option) && strings.IndexByte(text, ' ') < 0 && text[0] != '-' {
		s.emit(v.from, v.end, pii.Secret, 0.75)
	}
}

// participle reports whether a word ends as those do that say something about
// a password.
func participle(word string) bool {
	for _, end := range []string{"ed", "ing", "ble", "ful", "ent"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// scheme judges the credentials, of least bytes or more, after the name of an
// authentication scheme, which stands in [start, i).
func (s *scan) scheme(start, i, least int, accept func(string) bool) {
	if s.wordBefore(start) || !space.has(s.at(i)) && s.at(i) != ':' {
		return
	}
	from := i
	for n := 0; n < 3 && (space.has(s.at(from)) || s.at(from) == ':' || quote.has(s.at(from))); n++ {
		from++
	}
	end := from
	for end < len(s.text) && end-from < 8*maxValue && ((base64Any | equals | dot).has(s.text[end]) || s.text[end] == '~') {
		end++
	}
	s.work += end - from + 1
	for end > from && s.text[end-1] == '.' {
		end--
	}
	if text := s.text[from:end]; len(text) >= least && accept(text) && !template(text) {
		s.emit(from, end, pii.Secret, 0.9)
	}
}

// basicCredentials reports whether t is the base64 of "user:password" (RFC 7617).
func basicCredentials(t string) bool {
	if len(t) > 512 {
		return false
	}
	plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(t, "="))
	if err != nil || !strings.Contains(string(plain), ":") {
		return false
	}
	for _, c := range plain {
		if c < ' ' {
			return false
		}
	}
	return true
}
