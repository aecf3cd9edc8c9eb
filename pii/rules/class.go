package rules

// charset is a set of bytes, one bit each in the class table.
type charset uint32

const (
	digit         charset = 1 << iota
	upper                 // A-Z
	lower                 // a-z
	hexAlpha              // a-f A-F
	wordMark              // '_'
	dash                  // '-'
	dot                   // '.'
	plusSlash             // '+' '/'
	equals                // '='
	localMark             // the marks of an e-mail's local part beside . _ - +
	space                 // ' ' \t
	lineEnd               // \n \r
	quote                 // " ' `
	urlStop               // never inside a URL: quotes, brackets, '\\', '|'
	high                  // bytes of non-ASCII characters
	colon                 // ':'
	groupSep              // what may part two groups of digits
	assignMark            // may stand between a name and the secret that is assigned to it
	beforeValue           // may stand between that mark and the secret
	valueByte             // such a secret is made of these
	nameByte              // and the name, with what stands behind it, of these
	seedSeparator         // may stand between the words of a seed phrase
	clause                // ends what a context word can speak about
	afterKey              // may stand between a key and its mark
)

const (
	alpha     = upper | lower
	alnum     = alpha | digit
	base64URL = alnum | wordMark | dash
	base64Any = base64URL | plusSlash
	hexDigit  = digit | hexAlpha
)

var class = func() (t [256]charset) {
	for c := range t {
		switch {
		case c >= '0' && c <= '9':
			t[c] = digit
		case c >= 'A' && c <= 'Z':
			t[c] = upper
		case c >= 'a' && c <= 'z':
			t[c] = lower
		case c >= 0x80:
			t[c] = high
		}
	}
	add := func(chars string, set charset) {
		for i := 0; i < len(chars); i++ {
			t[chars[i]] |= set
		}
	}
	add("abcdefABCDEF", hexAlpha)
	add("_", wordMark)
	add("-", dash)
	add(".", dot)
	add("+/", plusSlash)
	add("=", equals)
	add("+'%~!#$*", localMark)
	add(" \t", space)
	add("\n\r", lineEnd)
	add("\"'`", quote)
	add("\"`<>\\|{}^", urlStop)
	add(":", colon)
	add(" \t\n\r.-_/()", groupSep)
	add(" \t\r\n,;.\"')|-0123456789\\", seedSeparator)
	add("=>:|?,", assignMark)
	add(":=>|`'\" \t\r\n", beforeValue)
	add("+/-_=.~:%", valueByte)
	add("_.- \t\r\n'\"", nameByte)
	for c := range t {
		if t[c]&alnum != 0 {
			t[c] |= valueByte | nameByte
		}
	}
	add("\n\r:=,;&{}|?", clause)
	add("\"'` \t\\)]*", afterKey)
	return t
}()

func (set charset) has(c byte) bool { return class[c]&set != 0 }

func isDigit(c byte) bool { return c-'0' <= 9 }

func lowerByte(c byte) byte {
	if c-'A' < 26 {
		return c | 0x20
	}
	return c
}

// foldEqual reports whether s begins with the lower-case ASCII word at i,
// whatever its case.
func foldEqual(s string, i int, word string) bool {
	if i < 0 || len(s)-i < len(word) {
		return false
	}
	for k := 0; k < len(word); k++ {
		if lowerByte(s[i+k]) != word[k] {
			return false
		}
	}
	return true
}

// wake says which families a byte may be the anchor of.
type wake uint16

const (
	onNumber   wake = 1 << iota // the first digit of a number
	onEmail                     // '@', "(at)"
	onURL                       // ':' of "://"
	onSocial                    // '/' after a host name
	onIPv6                      // ':'
	onPair                      // ':' or '=' between key and value
	onOption                    // the second '-' of "--token", or that of "-u"
	onElement                   // '>' of "<password>"
	onAssigned                  // a mark of assignment
	onLine                      // a line end: a table may begin
	onMAC                       // ':' or '-' between octets
	onBracket                   // '(' of the columns of an SQL statement
	allWakes   = 1<<iota - 1
)

// anchors is the prefilter: most bytes wake nobody. What a literal tells wakes
// by its sign (signs.go).
var anchors = func() (t [256]wake) {
	for c := '0'; c <= '9'; c++ {
		t[c] = onNumber
	}
	t['@'] |= onEmail
	t['('] |= onEmail | onBracket
	t['\n'] |= onLine
	t['['] |= onEmail
	t['{'] |= onEmail
	t['<'] |= onEmail
	t[':'] |= onURL | onIPv6 | onPair | onMAC
	t['='] |= onPair
	t['/'] |= onSocial
	t['-'] |= onOption | onMAC
	t['>'] |= onElement
	for _, c := range "=>:|?," {
		t[c] |= onAssigned
	}
	return t
}()
