package rules

import "strings"

// template reports whether t stands for a value without being one: a
// variable, a masked value, a form's hint, or a placeholder of our own.
func template(t string) bool {
	if t == "" {
		return true
	}
	c0, last := t[0], t[len(t)-1]
	switch c := c0; {
	case c == '<' && last == '>', c == '{' && last == '}', c == '%' && last == '%' && len(t) > 2,
		c == '[' && last == ']', c == '(' && last == ')':
		return true
	case c == '$' && len(t) > 2 && t[1] == '$' && identifier(t[2:]):
		return true
	case c == '$' && len(t) > 1 && (alpha | wordMark).has(t[1]) && identifier(t[1:]), c == '@' && last == '@':
		return true
	case c == ':' && identifier(t[1:]):
		return true
	case c == '<' || c == '{' && len(t) > 1 && t[1] == '{':
		return true
	}
	if strings.Contains(t, "${") || strings.Contains(t, "{{") || strings.Contains(t, "<%") ||
		strings.Contains(t, "$(") || strings.Contains(t, "%{") || strings.Contains(t, "****") {
		return true
	}
	if len(t) > 2 && strings.Trim(t, "*xX.-_#•?") == "" || c0 == '%' && (len(t) < 5 || t[1] == 's' || t[1] == 'v') {
		return true
	}
	return len(t) < 64 && !drawn(t) && hint(t)
}

// drawn reports whether t is so mixed that a word in it is an accident or a
// part of a sample key, which counts as a key.
func drawn(t string) bool {
	digits, uppers, lowers := census(t)
	return len(t) >= 20 && digits > 0 && uppers >= 3 && lowers >= 3
}

// identifier reports whether t is a variable's name.
func identifier(t string) bool {
	for i := 0; i < len(t); i++ {
		if !(alnum | wordMark).has(t[i]) {
			return false
		}
	}
	return t != "" && strings.IndexFunc(t, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }) < 0 ||
		identifierWord(t)
}

// identifierWord takes lower-case names too, if they read as words.
func identifierWord(t string) bool {
	for i := 0; i < len(t); i++ {
		if !(lower | wordMark).has(t[i]) {
			return false
		}
	}
	return t != ""
}

// hintWords mark values of documentation wherever they stand in the value.
var hintWords = []string{
	"your", "example", "changeme", "change_me", "change-me", "placeholder", "redacted", "replace",
	"insert", "dummy", "xxxx", "todo", "fixme", "sample", "private_", "goes-here", "goes_here", "filtered",
}

func hint(t string) bool {
	for i := 0; i < len(t); i++ {
		for _, w := range hintWords {
			if lowerByte(t[i]) == w[0] && foldEqual(t, i, w) {
				return true
			}
		}
	}
	return false
}

// noValues are words that stand after "password:" and the like without being
// one: types, states, and the prose of manuals.
var noValues = newSet(`true false null nil none undefined nan void empty blank unset yes no on off ok n/a na tbd
	str string int integer bool boolean bytes byte any object number float char varchar text varbinary array list dict
	int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 files
	map type field input value values required optional default hidden masked secret secrets password passwords passwd
	pass token tokens key keys credential credentials user username name email admin/admin
	is are was were be been has have had must should shall will would can could cannot may might do does did not
	the a an this that these those it its my your our their his her and or but if so as at in on of to for from with
	by per via than then when where which who what how why here there below above
	please enter forgot forgotten reset change changed changing confirm new old current invalid incorrect wrong
	expired missing mismatch protected protection policy manager hash hashed hashing encrypted encryption plaintext
	strong weak secure unique saved stored sent set used needed only also still now just too very more less least
	minimum maximum min max length characters chars short long generated rotated revoked given provided valid
	ist war und oder nicht falsch vergessen erforderlich est sont incorrecte oublié obligatoire es incorrecta requerida
	self this readonly const let var function return await async new None True False NULL`)

// wordless reports whether v is one of those words, whatever marks are around it.
func wordless(v string) bool {
	return noValues.has(strings.Trim(v, ".,:;!?()[]{}<>\"'*_-"))
}

// codeRoots begin expressions that only name a secret.
var codeRoots = newSet(`self this settings config process os env environ args options opts params param req request
	user data props state ctx context conf cfg app credentials var vars local module secrets secret vault
	input form body payload event session account current_user values std string system`)

// expression reports whether an unquoted value is source code: a call, an
// index, or a member of something.
func expression(v string) bool {
	if k := strings.IndexByte(v, '('); k > 0 && identifierish(v[:k]) {
		return true
	}
	if k := strings.IndexByte(v, '['); k > 0 && identifierish(v[:k]) && (k+1 == len(v) || strings.IndexByte(":'\"0123456789", v[k+1]) >= 0) {
		return true
	}
	if v[0] == '&' || v[0] == '*' && len(v) > 1 && alpha.has(v[1]) && identifierish(v[1:]) {
		return true
	}
	root, rest, ok := strings.Cut(v, ".")
	if k := strings.IndexByte(root, '['); k > 0 {
		root, ok = root[:k], true
	}
	return ok && (rest != "" || strings.IndexByte(v, '[') > 0) && codeRoots.has(root)
}

// namesSecret reports whether a name ends as those of variables that hold a
// secret do.
func namesSecret(v string) bool {
	for _, end := range []string{"key", "secret", "token", "password", "passwd", "cert", "credentials", "pwd", "pw"} {
		if len(v) > len(end) && foldEqual(v, len(v)-len(end), end) {
			return true
		}
	}
	return false
}

// aboutSecrets reports whether the word "pass", "pwd" or "secret" stands in a name.
func aboutSecrets(v string) bool {
	for i := range len(v) {
		if foldEqual(v, i, "pass") || foldEqual(v, i, "pwd") || foldEqual(v, i, "secret") {
			return true
		}
	}
	return false
}

// generic reports whether v is a type with parameters: "Optional[str",
// "Dict[str".
func generic(v string) bool {
	k := strings.IndexByte(v, '[')
	return k > 0 && identifierish(v[:k]) && upper.has(v[strings.LastIndexByte(v[:k], '.')+1]) && (k+1 == len(v) || letters(v[k+1:]))
}

// member reports whether v is a member of a variable: "key.inner1".
func member(v string) bool {
	root, rest, ok := strings.Cut(v, ".")
	return ok && len(root) <= 12 && identifierWord(root) && identifierish(rest) && rest != ""
}

// identifierish reports whether t is a dotted name such as "os.getenv".
func identifierish(t string) bool {
	for i := 0; i < len(t); i++ {
		if !(alnum | wordMark | dot | colon).has(t[i]) {
			return false
		}
	}
	return t != "" && !isDigit(t[0])
}

// mixed reports whether t looks drawn rather than spelled: letters and
// digits, or long with both cases inside.
func mixed(t string) bool {
	digits, uppers, lowers := census(t)
	return digits > 0 && uppers+lowers > 0 || digits >= 12 ||
		len(t) >= 20 && uppers >= 5 && lowers >= 5
}

// census counts the digits and letters of t, in ASCII.
func census(t string) (digits, uppers, lowers int) {
	for i := 0; i < len(t); i++ {
		switch {
		case isDigit(t[i]):
			digits++
		case upper.has(t[i]):
			uppers++
		case lower.has(t[i]):
			lowers++
		}
	}
	return digits, uppers, lowers
}
