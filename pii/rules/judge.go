package rules

import "strings"

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
	if expression(text) || s.at(v.end) == '(' || strings.IndexByte("/[{(!", text[0]) >= 0 || generic(text) {
		return false
	}
	if identifierish(text) && (s.namesAnother(v, assigned) || s.chosen(v)) {
		return false
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

// namesAnother reports whether the identifier v is that of a variable that
// holds a secret: "password = userPassword", "Password: creds.password".
func (s *scan) namesAnother(v value, assigned bool) bool {
	text := s.text[v.from:v.end]
	if assigned && s.text[v.from-1] == ' ' && strings.IndexByte(text, '_') > 0 && aboutSecrets(text) {
		return true // password_mgr
	}
	return namesSecret(text) && (assigned && s.text[v.from-1] == ' ' || strings.IndexByte(text, '.') > 0 || hump(text))
}

// chosen reports whether v is the condition or the first branch of a choice:
// "isProd ? a : b", "a if prod else b", "a || b".
func (s *scan) chosen(v value) bool {
	rest := s.text[v.end:min(len(s.text), v.end+5)]
	for _, mark := range []string{" ? ", " if ", " || ", " or ", " ?? ", " && "} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

// hump reports whether a capital follows a small letter or a digit in t, as in
// camelCase.
func hump(t string) bool {
	for i := 1; i < len(t); i++ {
		if upper.has(t[i]) && (lower | digit).has(t[i-1]) {
			return true
		}
	}
	return false
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
