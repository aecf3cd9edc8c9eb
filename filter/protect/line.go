package protect

import "strings"

// line is the line of a text that a value stands in, without the mark that a
// diff puts before it.
type line struct {
	text  string
	start int // offset of text in the whole
}

// maxLine is how far the ends of a line are looked for, in bytes: what is
// longer is no line that anybody wrote.
const maxLine = 1 << 10

func lineAt(text string, at int) line {
	from := max(0, at-maxLine)
	start := from + strings.LastIndexByte(text[from:at], '\n') + 1
	end := min(len(text), at+maxLine)
	if n := strings.IndexByte(text[at:end], '\n'); n >= 0 {
		end = at + n
	}
	if start < at && (text[start] == '+' || text[start] == '-') {
		start++
	}
	return line{text[start:end], start}
}

// where is a kind of place in a line of code.
type where uint8

const (
	plain where = iota
	quoted
	comment
)

// place tells what the character at an offset of the line is in.
func (l line) place(at int) where {
	body := strings.TrimLeft(l.text, " \t")
	for _, mark := range []string{"* ", "/*", "<!--", "--", ";", "% ", "rem ", "REM "} {
		if strings.HasPrefix(body, mark) {
			return comment
		}
	}
	var quote byte
	for i := 0; i < at && i < len(l.text); i++ {
		c := l.text[i]
		switch {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '`' || c == '\'' && !l.apostrophe(i):
			quote = c
		case l.comments(i):
			return comment
		}
	}
	if quote != 0 && strings.IndexByte(l.text[at:], quote) >= 0 {
		return quoted
	}
	return plain
}

// apostrophe reports whether the mark at i stands within a word, or ends one.
func (l line) apostrophe(i int) bool { return i > 0 && wordRune(rune(l.text[i-1])) }

// comments reports whether a comment begins at i.
func (l line) comments(i int) bool {
	rest := l.text[i:]
	alone := i == 0 || l.text[i-1] == ' ' || l.text[i-1] == '\t'
	switch {
	case strings.HasPrefix(rest, "//"):
		return i == 0 || l.text[i-1] != ':'
	case strings.HasPrefix(rest, "/*"), strings.HasPrefix(rest, "<!--"):
		return true
	case rest[0] == '#':
		return alone && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '#' || rest[1] == '!')
	case strings.HasPrefix(rest, "-- "):
		return alone
	}
	return false
}

// importWords begin lines that say where code comes from.
var importWords = []string{
	"import ", "from ", "package ", "require ", "require(", "use ", "using ", "include ", "#include", "mod ", "module ", "replace ", "@import ",
}

// imports recognises a line that names other code. "From: Ann" is none.
func (l line) imports() bool {
	body := strings.TrimLeft(l.text, " \t")
	for _, word := range importWords {
		if strings.HasPrefix(body, word) {
			return word != "from " && word != "use " || l.marked()
		}
	}
	return strings.Contains(body, "require(") || strings.Contains(body, " from \"") || strings.Contains(body, " from '")
}

// codeWords begin lines of code, if marks of code follow.
var codeWords = map[string]bool{
	"func": true, "def": true, "class": true, "struct": true, "interface": true, "enum": true, "fn": true, "const": true,
	"var": true, "let": true, "public": true, "private": true, "protected": true, "static": true, "export": true,
	"async": true, "type": true, "return": true, "if": true, "for": true, "while": true, "switch": true, "case": true,
	"else": true, "elif": true, "try": true, "catch": true, "new": true, "throw": true, "raise": true, "yield": true,
	"SELECT": true, "INSERT": true, "CREATE": true, "ALTER": true, "DROP": true, "UPDATE": true, "DELETE": true,
}

// isCode tells a line of code from a line of prose.
func (l line) isCode() bool {
	body := strings.TrimSpace(l.text)
	if body == "" {
		return false
	}
	for _, mark := range []string{":=", "==", "!=", "=>", "->", "&&", "||", "::", "+=", "</", "/>"} {
		if strings.Contains(body, mark) {
			return true
		}
	}
	switch body[len(body)-1] {
	case '{', '}', ';', '(':
		return true
	}
	if strings.IndexByte("})]@<$", body[0]) >= 0 {
		return true
	}
	first, _, _ := strings.Cut(body, " ")
	return codeWords[first] && l.marked() || assigns(body) || calls(body) || l.imports()
}

// marked reports whether a line has marks that prose seldom has.
func (l line) marked() bool { return strings.ContainsAny(l.text, "(){}[]=;<>\"'*/") }

// assigns recognises "name = value" and "name=value".
func assigns(body string) bool {
	name, _, ok := strings.Cut(body, "=")
	name = strings.TrimRight(name, " \t+-*/|&:?")
	return ok && name != "" && strings.IndexByte(name, ' ') < 0
}

// calls recognises "name(" where more than a plural stands in the brackets.
func calls(body string) bool {
	for i := 1; i < len(body)-1; i++ {
		if body[i] == '(' && wordRune(rune(body[i-1])) && !strings.HasPrefix(body[i:], "(s)") && body[i-1] < 0x80 {
			return true
		}
	}
	return false
}
