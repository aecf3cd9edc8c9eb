package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// reject drops what the model cannot mean. It never sees what rules found.
func (r *refinement) reject() {
	for _, s := range r.model {
		if !r.impossible(s) {
			r.keep(s)
		}
	}
	r.swap()
}

func (r *refinement) impossible(s pii.Span) bool {
	value := r.value(s)
	if !strings.ContainsFunc(value, wordRune) {
		return true
	}
	switch s.Category {
	case pii.PrivatePerson:
		return r.noName(s, value)
	case pii.PrivateAddress:
		return r.noAddress(s, value)
	case pii.PrivateDate:
		return !strings.ContainsFunc(value, unicode.IsDigit) && !strings.Contains(value, " ")
	case pii.PrivatePhone:
		return count(value, unicode.IsDigit) < 4 && !strings.Contains(value, " ") || allZeros(value)
	case pii.AccountNumber:
		return identifier(value) || count(value, wordRune) < 3 || r.orderNumber(s.Start)
	case pii.Secret:
		return identifier(value) || measure(value) || versioned(value) || r.publicBlock(s.Start)
	case pii.PrivateURL:
		return hostOnly(value)
	case pii.PrivateEmail:
		return strings.HasPrefix(value, "sip:") || strings.HasPrefix(value, "git@")
	}
	return false
}

func count(value string, is func(rune) bool) (n int) {
	for _, r := range value {
		if is(r) {
			n++
		}
	}
	return n
}

func allZeros(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return unicode.IsDigit(r) && r != '0' })
}

// noName reports whether no person is called that.
func (r *refinement) noName(s pii.Span, value string) bool {
	switch {
	case !strings.ContainsFunc(value, unicode.IsLetter), strings.ContainsAny(value, "_{}<>=\\@"):
		return true
	case utf8.RuneCountInString(value) == 1 && value[0] < utf8.RuneSelf, initial(value) && len(value) == 2:
		return true // the label has it so: bare initials are no name
	}
	word := bare(value)
	if neverNames[word] || relations[word] || titles[word] || camel(value) {
		return true
	}
	next := r.wordBehind(s.End)
	return firms[bare(next)] || r.partOfStreet(s, value, next)
}

// partOfStreet reports whether a street, and not a person, is called that. An
// address beside it takes the name in, instead.
func (r *refinement) partOfStreet(s pii.Span, value, next string) bool {
	return streetsBefore[bare(firstWord(value))] || streetsBehind[bare(lastWord(value))] ||
		streetsBehind[bare(next)] || streetsBefore[bare(r.wordBefore(s.Start))]
}

// wordBefore is the word before an offset, on the same line.
func (r *refinement) wordBefore(at int) string {
	head, ok := strings.CutSuffix(r.text[max(0, at-32):at], " ")
	if !ok {
		return ""
	}
	return lastWord(head)
}

// wordBehind is the word behind an offset, on the same line.
func (r *refinement) wordBehind(at int) string {
	rest, ok := strings.CutPrefix(r.text[at:min(len(r.text), at+32)], " ")
	if !ok {
		return ""
	}
	return firstWord(rest)
}

// camel recognises identifiers: fooBar, foo.Bar.
func camel(value string) bool {
	if strings.IndexByte(value, ' ') >= 0 || !lowerFirst(value) {
		return false
	}
	for i := 1; i < len(value); i++ {
		if 'A' <= value[i] && value[i] <= 'Z' && (value[i-1] == '.' || 'a' <= value[i-1] && value[i-1] <= 'z') {
			return true
		}
	}
	return false
}

// noAddress reports whether a number in the value is counted in units, or is
// that of a seat or a track: no house has the number "40 mg".
func (r *refinement) noAddress(s pii.Span, value string) bool {
	last := lastWord(value)
	if units[bare(last)] || allDigits(last) && units[bare(r.wordBehind(s.End))] {
		return true
	}
	if streetsBefore[bare(firstWord(value))] || len(value) > maxNumbered {
		return false
	}
	for rest := value; rest != ""; {
		word := firstWord(rest)
		rest = strings.TrimLeft(rest[len(word):], " \t\n\u00a0")
		if next, _ := utf8.DecodeRuneInString(rest); counted[bare(word)] && unicode.IsDigit(next) {
			return true
		}
	}
	return allDigits(value) && counted[bare(r.wordBefore(s.Start))]
}

// maxNumbered is how long what names a seat or a track may be, in bytes: what is
// longer may have an address in it, too.
const maxNumbered = 32

func allDigits(word string) bool {
	return word != "" && strings.Trim(word, "0123456789") == ""
}

// identifier recognises numbers of machines: UUIDs, hashes, versions.
func identifier(value string) bool {
	hex, digits, dots := 0, 0, 0
	for i := range len(value) {
		c := value[i]
		switch {
		case '0' <= c && c <= '9':
			digits++
			hex++
		case 'a' <= c && c <= 'f':
			hex++
		case c == '-':
		case c == '.':
			dots++
		case c == 'v' && i == 0:
		default:
			return false
		}
	}
	dashes := strings.Count(value, "-")
	switch {
	case hex == 32 && dashes == 4, dashes == 0 && dots == 0 && hex != digits && (hex == 32 || hex == 40 || hex == 64 || hex == 128):
		return true
	case dots == 2 && digits <= 6 && hex == digits:
		return true
	}
	return false
}

// measure recognises a number with its unit: "1204kB", "300ms".
func measure(value string) bool {
	unit := strings.TrimLeft(value, "0123456789.")
	return len(unit) < len(value) && len(unit) > 0 && len(unit) <= 3 && !strings.ContainsFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) })
}

// versioned recognises the name of a thing of which there are several:
// "welcome_v3".
func versioned(value string) bool {
	i := strings.LastIndexByte(value, '_')
	if i <= 0 || strings.Trim(value[:i], "abcdefghijklmnopqrstuvwxyz_") != "" {
		return false
	}
	number := strings.TrimPrefix(value[i+1:], "v")
	return allDigits(number) && len(number) <= 2
}

// orderWords say of the number behind them that it counts what somebody sells
// or does, and not people.
var orderWords = set(`order invoice ticket tracking parcel awb rma booking flight pnr
	bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer sendung sendungsnummer
	facture commande colis pedido factura fattura ordine protocollo bestelling bestelnr bestelnummer factuur
	zamówienie faktura fatura encomenda`)

// orderNumber reports whether such a word stands before an offset.
func (r *refinement) orderNumber(at int) bool {
	head := r.text[max(0, at-32):at]
	if i := strings.LastIndexByte(head, '\n'); i >= 0 {
		head = head[i+1:]
	}
	words := strings.FieldsFunc(strings.ToLower(head), func(r rune) bool { return !unicode.IsLetter(r) })
	for n := 1; n <= 2 && n <= len(words); n++ {
		if orderWords[words[len(words)-n]] {
			return true
		}
	}
	return false
}

// publicBlock reports whether an offset lies in a block of PEM that is public.
func (r *refinement) publicBlock(at int) bool {
	head := r.text[max(0, at-64):at]
	i := strings.LastIndex(head, "-----BEGIN ")
	return i >= 0 && (strings.Contains(head[i:], "CERTIFICATE") || strings.Contains(head[i:], "PUBLIC KEY"))
}

// hostOnly reports whether a link has nothing but a host: that is no one's.
func hostOnly(value string) bool {
	if i := strings.Index(value, "://"); i >= 0 {
		value = value[i+3:]
	}
	return !strings.ContainsAny(strings.TrimRight(value, "/"), "/?#@")
}
