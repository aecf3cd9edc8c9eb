package rules_test

import (
	"strings"
	"testing"
)

func TestDisguisedMail(t *testing.T) {
	check(t, []row{
		{"round brackets", "wendell (at) saltmarsh dot com", []string{"email wendell (at) saltmarsh dot com"}},
		{"square brackets", "wendell [at] saltmarsh [dot] com", []string{"email wendell [at] saltmarsh [dot] com"}},
		{"braces", "john.smith {at} example {dot} com", []string{"email john.smith {at} example {dot} com"}},
		{"angles", "john.smith<at>example<dot>com", []string{"email john.smith<at>example<dot>com"}},
		{"capitals", "wendell AT saltmarsh DOT com", []string{"email wendell AT saltmarsh DOT com"}},
		{"words", "mail wendell at saltmarsh dot co dot uk please", []string{"email wendell at saltmarsh dot co dot uk"}},
		{"words, dotted name", "jane dot doe at saltmarsh dot com", []string{"email jane dot doe at saltmarsh dot com"}},
		{"Spanish", "juana.perez arroba correo punto es", []string{"email juana.perez arroba correo punto es"}},
		{"French", "jeanne.durand arobase exemple point fr", []string{"email jeanne.durand arobase exemple point fr"}},
		{"spaces", "jane.doe @ saltmarsh . com", []string{"email jane.doe @ saltmarsh . com"}},
		{"letters apart", "mail k a s i a @ saltmarsh . com", []string{"email k a s i a @ saltmarsh . com"}},
		{"broken behind the sign", "write to jane.doe@\nsaltmarsh.com today", []string{"email jane.doe@\nsaltmarsh.com"}},
		{"broken before the sign", "write to jane.doe\n@saltmarsh.com today", []string{"email jane.doe\n@saltmarsh.com"}},
		{"broken behind a dot", "write to jane.doe@saltmarsh.\ncom today", []string{"email jane.doe@saltmarsh.\ncom"}},
		{"broken in a word", "As we said last week, please do write to jane.doe@salt\nmarsh.com today", []string{"email jane.doe@salt\nmarsh.com"}},
		{"quotation", "> jane.doe@\n> saltmarsh.com", []string{"email jane.doe@\n> saltmarsh.com"}},
		{"soft break", "jane.doe@salt=\nmarsh.com", []string{"email jane.doe@salt=\nmarsh.com"}},
		{"soft break, CRLF", "jane.d=\r\noe@saltmarsh.com", []string{"email jane.d=\r\noe@saltmarsh.com"}},
		{"entity", "jane&#64;saltmarsh&#46;com", []string{"email jane&#64;saltmarsh&#46;com"}},
		{"hexadecimal entity", "&#x6a;ane&#x40;saltmarsh.com", []string{"email &#x6a;ane&#x40;saltmarsh.com"}},
		{"named entity", "jane&commat;saltmarsh&period;com", []string{"email jane&commat;saltmarsh&period;com"}},
		{"percent", "jane%2Edoe%40saltmarsh%2Ecom", []string{"email jane%2Edoe%40saltmarsh%2Ecom"}},
		{"JSON escape", `jane\u0040saltmarsh\u002ecom`, []string{`email jane\u0040saltmarsh\u002ecom`}},
		{"invisible escape", `jane\u200b@saltmarsh.com`, []string{`email jane\u200b@saltmarsh.com`}},
		{"Cyrillic", "mаrlene@sаltmаrsh.соm", []string{"email mаrlene@sаltmаrsh.соm"}},
		{"Greek", "mοnica@saltmarsh.cοm", []string{"email mοnica@saltmarsh.cοm"}},
	})
	clean(t,
		"look at example dot com", "meet us at example dot com", "the dot com boom", "at noon dot", "user (at) the gate", "lunch @ the corner . com on", "see you @\nnoon.", "x=\ny@", "FOO=\nBAR=1",
		"printf(\"%2d %3d %4d\")", "100%25", "a &amp; b", "AT&T", "@contextlib.contextmanager\n@torch.no_grad()", `C:\users\x`, `"\u00e9t\u00e9"`, "50%20off", "point de vue", "punto e basta", "connect the dot to the dot",
	)
}

func TestDisguisedNumbers(t *testing.T) {
	check(t, []row{
		{"words", "call me at five five five, zero one two three", []string{"phone five five five, zero one two three"}},
		{"oh and double", "phone: oh seven seven double oh nine double oh four one seven", []string{"phone oh seven seven double oh nine double oh four one seven"}},
		{"card in words", "my card is four one one one one one one one one one one one one one one one thanks", []string{"account_number four one one one one one one one one one one one one one one one"}},
		{"SSN in words", "SSN two one nine, five seven, nine nine three two", []string{"account_number two one nine, five seven, nine nine three two"}},
		{"German", "Telefon null eins sieben zwei drei vier fünf sechs sieben acht", []string{"phone null eins sieben zwei drei vier fünf sechs sieben acht"}},
		{"French", "tel zéro six trois neuf neuf huit quatre quatre un neuf", []string{"phone zéro six trois neuf neuf huit quatre quatre un neuf"}},
		{"Spanish", "llame al nueve seis siete cinco cinco cero uno cuatro dos", []string{"phone nueve seis siete cinco cinco cero uno cuatro dos"}},
		{"mixed", "call five five five 0123", []string{"phone five five five 0123"}},
		{"PIN", "the PIN is four two seven nine", []string{"secret four two seven nine"}},
		{"telephone over two lines", "ring +44 7700\n900112 now", []string{"phone +44 7700\n900112"}},
		{"entities", "card &#52;&#49;&#49;&#49;1111 1111 1111", []string{"account_number &#52;&#49;&#49;&#49;1111 1111 1111"}},
		{"JSON escape", `{"card":"\u0034111111111111111"}`, []string{`account_number \u0034111111111111111`}},
		{"query", "?phone=%2B44%207700%20900%20112&x=1", []string{"phone %2B44%207700%20900%20112"}},
		{"soft break", "card 4111 1111 11=\n11 1111", []string{"account_number 4111 1111 11=\n11 1111"}},
		{"keyword with a homoglyph", "pаssword: hunter2", []string{"secret hunter2"}},
	})
	clean(t, "one two three four five six seven eight nine", "call one two three", "two or three, four at most; five six seven", "seven eight nine ten", "one of the two", "for four of five days call six or seven people", "phase two one zero", "version two five six seven")
}

// A disguise shifts nothing: what stands around is not touched.
func TestDisguisesKeepOffsets(t *testing.T) {
	for _, pad := range []string{"", "%2B", "&#64;", `\u0041`, "é", "а", "%%", "&&", `\\`} {
		text := pad + " . x jane@saltmarsh.com " + pad
		got := found(text)
		if len(got) != 1 || !strings.HasSuffix(got[0], " jane@saltmarsh.com") {
			t.Errorf("in %q: %q", text, got)
		}
		checkInvariants(t, text)
	}
}
