// Package named finds values that nothing but the name of their field tells:
// user names, and parts of an address that stand alone. Most sites want them to
// stay, because machines read them, too; the preset strict does not.
//
// What may come in: names of fields. What must never: what can be told by the
// value itself (pii/rules), and guesses from meaning (the model).
package named

import (
	"context"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// score is that of a value told by its field alone.
const score = 0.7

// Detector finds named values beside what another detector finds.
type Detector struct{ other pii.Detector }

// With returns a detector that finds named values and what other finds.
func With(other pii.Detector) *Detector { return &Detector{other} }

// Detect implements pii.Detector. Its errors are those of the other one.
func (d *Detector) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	found, err := d.other.Detect(ctx, segments)
	if err != nil {
		return nil, err
	}
	for i := range found {
		if named := Spans(segments[i].Text); len(named) > 0 {
			found[i] = pii.Union(found[i], named)
		}
	}
	return found, nil
}

// fields are the names of fields, in lower case, without "_", "-" and blanks.
var fields = map[string]pii.Category{}

func init() {
	for category, names := range map[pii.Category]string{
		pii.PrivatePerson: `user username login loginname userlogin userid accountname nick nickname handle screenname
			displayname ruser remoteuser benutzer benutzername utilisateur identifiant usuario utente gebruiker`,
		pii.PrivateAddress: `city town village suburb district county zip zipcode postcode postalcode street streetname
			addressline address1 address2 addressline1 addressline2 housenumber birthplace placeofbirth
			plz ort wohnort stadt straße strasse hausnummer ville codepostal rue ciudad calle codigopostal cap citta
			comune via cidade cep bairro logradouro woonplaats straat miasto ulica kodpocztowy`,
	} {
		for name := range strings.FieldsSeq(names) {
			fields[name] = category
		}
	}
}

// nobody are values of such fields that are no one's.
var nobody = map[string]bool{
	"root": true, "admin": true, "administrator": true, "system": true, "nobody": true, "anonymous": true, "guest": true,
	"service": true, "null": true, "nil": true, "none": true, "true": true, "false": true, "unknown": true, "www-data": true,
	"daemon": true, "default": true, "string": true, "user": true, "undefined": true,
}

// Bounds, in bytes.
const (
	maxName  = 40
	maxValue = 96
)

// Spans finds the named values of a text, sorted and apart.
func Spans(text string) (out []pii.Span) {
	for at := 0; ; {
		i := strings.IndexAny(text[at:], "=:")
		if i < 0 {
			return out
		}
		at += i + 1
		category := fields[nameBefore(text, at-1)]
		if category == "" {
			continue
		}
		if start, end := valueAt(text, at); start < end && !nobody[strings.ToLower(text[start:end])] {
			out = append(out, pii.Span{Start: start, End: end, Category: category, Score: score, Source: pii.SourceRules})
			at = end
		}
	}
}

// nameBefore is the name of the field whose mark is at an offset: its last part,
// in lower case and without separators.
func nameBefore(text string, mark int) string {
	head := strings.TrimRight(text[max(0, mark-maxName):mark], " ")
	head = strings.TrimRight(head, `"'`)
	from := len(head)
	for from > 0 && nameByte(head[from-1]) {
		from--
	}
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(head[from:]))
}

func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c >= 0x80
}

// valueAt is where the value behind a mark stands: to the closing quote, to the
// end of the line behind ": ", to the next blank or separator behind "=".
func valueAt(text string, at int) (start, end int) {
	rest := text[at:min(len(text), at+maxValue)]
	blanks := len(rest) - len(strings.TrimLeft(rest, " "))
	rest = rest[blanks:]
	start = at + blanks
	stop := "\r\n"
	switch {
	case rest == "":
		return 0, 0
	case rest[0] == '"' || rest[0] == '\'':
		stop = rest[:1] + stop
		rest, start = rest[1:], start+1
	case text[at-1] == '=' || blanks == 0:
		stop += " \t,;&|)]}"
	default:
		stop += "\t,;|"
	}
	n := strings.IndexAny(rest, stop)
	if n < 0 {
		if start+len(rest) < len(text) {
			return 0, 0 // longer than a name or a place
		}
		n = len(rest)
	}
	value := strings.TrimRight(rest[:n], " ")
	if strings.Count(value, " ") > 4 || !strings.ContainsFunc(value, func(r rune) bool { return r >= 0x80 || nameByte(byte(r)) && r != '-' && r != '_' }) {
		return 0, 0
	}
	return start, start + len(value)
}
