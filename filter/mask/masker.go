package mask

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// DefaultFormat writes a placeholder as the model's own tools do.
const DefaultFormat = "<{category}>"

const categoryField = "{category}"

// maxFormat bounds a placeholder's format, in bytes.
const maxFormat = 256

// A pseudonym shows 96 bits of the value's HMAC, so that two of four billion
// values collide with a chance below one in 10^9, and 32 bits of a second one
// over those, by which it is told from a forgery.
const (
	hashBytes  = 12
	checkBytes = 4
	tokenChars = 2 * (hashBytes + checkBytes)
)

// Masker writes what replaces a value. It is immutable and safe for
// concurrent use.
type Masker struct {
	before, after string // of the format, around the category
	named         bool   // the format holds the category
	key           []byte
}

// New makes a Masker. An empty format is DefaultFormat; an empty key makes
// Hash impossible, which CanHash reports.
func New(format string, key []byte) (*Masker, error) {
	if format == "" {
		format = DefaultFormat
	}
	if len(format) > maxFormat || !utf8.ValidString(format) || strings.ContainsFunc(format, unicode.IsControl) {
		return nil, errors.New("placeholder format: want at most 256 bytes of text without control characters")
	}
	m := &Masker{key: bytes.Clone(key)}
	m.before, m.after, m.named = strings.Cut(format, categoryField)
	return m, nil
}

// CanHash reports whether there is a key.
func (m *Masker) CanHash() bool { return len(m.key) > 0 }

// AppendText appends what stands for the text value of category c. Keep and
// Block change no text: for them, and for anything unknown, the answer is a
// placeholder, the safe side of a mistake.
func (m *Masker) AppendText(dst []byte, value string, c pii.Category, a Action) []byte {
	switch {
	case a.Kind == Redact:
		return dst
	case a.Kind == Partial:
		return appendPartial(dst, value, a.KeepLast)
	case a.Kind == Hash && m.CanHash():
		sum := m.sum(normalise(value, c), c)
		return m.placeholder(dst, c, m.token(sum[:hashBytes], c))
	}
	return m.placeholder(dst, c, "")
}

// placeholder appends the format with the category in it and, for a
// pseudonym, a colon and the hash behind the category.
func (m *Masker) placeholder(dst []byte, c pii.Category, hash string) []byte {
	dst = append(dst, m.before...)
	if m.named {
		dst = append(dst, strings.ToUpper(string(c))...)
	}
	if hash != "" {
		dst = append(append(dst, ':'), hash...)
	}
	return append(dst, m.after...)
}

// token writes a hash with its check.
func (m *Masker) token(hash []byte, c pii.Category) string {
	check := m.sum("check\x00"+string(hash), c)
	return hex.EncodeToString(append(hash[:hashBytes:hashBytes], check[:checkBytes]...))
}

// sum is the HMAC of a value within its category.
func (m *Masker) sum(value string, c pii.Category) [sha256.Size]byte {
	mac := hmac.New(sha256.New, m.key)
	mac.Write([]byte(c)) // a category holds no NUL, so the frame is unambiguous
	mac.Write([]byte{0})
	mac.Write([]byte(value))
	return [sha256.Size]byte(mac.Sum(nil))
}

// normalise makes two ways of writing one value (case, separators, width)
// one, so that they get one pseudonym.
func normalise(value string, c pii.Category) string {
	value = norm.NFKC.String(value)
	switch c {
	case pii.AccountNumber, pii.PrivatePhone:
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' {
				return unicode.ToLower(r)
			}
			return -1
		}, value)
	case pii.Secret, pii.PrivateURL: // case matters
		return strings.TrimSpace(value)
	}
	return strings.ToLower(strings.Join(strings.Fields(value), " "))
}

// appendPartial replaces every letter and digit but the last keep by '*'.
// Separators stay. A value that has no more than keep of them is
// starred altogether: keeping four characters of a four-digit PIN would be
// no masking.
func appendPartial(dst []byte, value string, keep int) []byte {
	total := 0
	for _, r := range value {
		if hidden(r) {
			total++
		}
	}
	if total <= keep {
		keep = 0
	}
	for _, r := range value {
		switch {
		case !hidden(r):
			dst = utf8.AppendRune(dst, r)
			continue
		case total > keep:
			dst = append(dst, '*')
		default:
			dst = utf8.AppendRune(dst, r)
		}
		total--
	}
	return dst
}

// hidden reports whether Partial hides a character: ASCII letters and
// digits, and outside ASCII everything but space, so that no script or
// symbol slips through.
func hidden(r rune) bool {
	if r > unicode.MaxASCII {
		return !unicode.IsSpace(r)
	}
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// IsPlaceholder reports whether text[start:end] is a placeholder or the
// inside of one, written by an earlier pass: masking it again would make a
// conversation's history differ from turn to turn. Nobody can hide a value in
// a placeholder: it names a built-in category and nothing else, or a token
// that only the key makes.
func (m *Masker) IsPlaceholder(text []byte, start, end int) bool {
	if !m.named || m.before == "" || m.after == "" || end-start > maxFormat {
		return false
	}
	inner := bytes.TrimSuffix(bytes.TrimPrefix(text[start:end], []byte(m.before)), []byte(m.after))
	name, token, hashed := bytes.Cut(inner, []byte(":"))
	c, builtIn := categoryNamed[string(name)]
	if !builtIn || hashed && !m.made(string(token), c) {
		return false
	}
	from, to := max(0, start-len(m.before)), min(len(text), end+len(m.after))
	return bytes.Contains(text[from:to], []byte(m.before+string(inner)+m.after))
}

// categoryNamed finds the built-in category that a placeholder names.
var categoryNamed = func() map[string]pii.Category {
	names := make(map[string]pii.Category)
	for _, c := range pii.Categories() {
		names[strings.ToUpper(string(c))] = c
	}
	return names
}()

// made reports whether a token was written with this key.
func (m *Masker) made(token string, c pii.Category) bool {
	raw, err := hex.DecodeString(token)
	return err == nil && len(token) == tokenChars && m.CanHash() &&
		hmac.Equal([]byte(token), []byte(m.token(raw[:hashBytes], c)))
}
