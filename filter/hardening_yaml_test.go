package filter

import (
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
)

// Somebody sends an address in whatever a document of YAML has for it.
func TestAttacksInYAML(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a value", "mail: lena@example.com\n", "mail: <PRIVATE_EMAIL>\n"},
		{"a value that its key explains", "db:\n  password: hunter22\n", "db:\n  password: <SECRET>\n"},
		{"values of a list that its key explains", "passwords:\n- hunter22\n- letmein99\n", "passwords:\n- <SECRET>\n- <SECRET>\n"},
		{"a value that the one beside it explains", "- name: DB_PASSWORD\n  value: hunter22\n", "- name: DB_PASSWORD\n  value: <SECRET>\n"},
		{"a key", "lena@example.com: 1\n", "<PRIVATE_EMAIL>: 1\n"},
		{"a key in quotes", "\"lena@example.com\": 1\n", "\"<PRIVATE_EMAIL>\": 1\n"},
		{"a key that is asked for", "? lena@example.com\n: 1\n", "? <PRIVATE_EMAIL>\n: 1\n"},
		{"escapes", "a: \"\\x6cena\\u0040example\\U0000002ecom\"\n", "a: \"<PRIVATE_EMAIL>\"\n"},
		{"a string that goes on", "a: \"lena@\\\n    example.com\"\n", "a: \"<PRIVATE_EMAIL>\"\n"},
		{"escapes that are none", "a: \\x6cena@example.com\n", "a: <PRIVATE_EMAIL>\n"},
		{"apostrophes", "a: 'it''s lena@example.com'\n", "a: 'it''s <PRIVATE_EMAIL>'\n"},
		{"a number over lines", "a: 4111 1111\n  1111 1111\n", "a: <ACCOUNT_NUMBER>\n"},
		{"a number in a folded block", "a: >\n  4111 1111\n  1111 1111\nb: c\n", "a: >\n  <ACCOUNT_NUMBER>\nb: c\n"},
		{"a number", "a: 4111111111111111\n", "a: 1111111111111111\n"},
		{"a literal block", "a: |2-\n    lena@example.com\n", "a: |2-\n    <PRIVATE_EMAIL>\n"},
		{"JSON in a literal block", "a: |\n  {\"b\":\n   \"len\\u0061@example.com\"}\n", "a: |\n  {\"b\":\n   \"<PRIVATE_EMAIL>\"}\n"},
		{"a comment", "# lena@example.com\na: b # lena@example.com\n", "# <PRIVATE_EMAIL>\na: b # <PRIVATE_EMAIL>\n"},
		{"a directive", "%TAG ! lena@example.com\n---\na: b\n", "%TAG ! <PRIVATE_EMAIL>\n---\na: b\n"},
		{"an anchor and its alias", "a: &lena@example.com b\nc: *lena@example.com\n", "a: &_PRIVATE_EMAIL_ b\nc: *_PRIVATE_EMAIL_\n"},
		{"a tag", "a: !lena%40example.com b\n", "a: !_3CPRIVATE_EMAIL_3E b\n"},
		{"brackets", "a: [lena@example.com, {b: lena@example.com}]\n", "a: [<PRIVATE_EMAIL>, {b: <PRIVATE_EMAIL>}]\n"},
		{"brackets that do not close", "a: [lena@example.com\nb: c\n", "a: [<PRIVATE_EMAIL>\nb: c\n"},
		{"quotes that do not close", "a: \"\\x6cena@example.com\nb: c\n", "a: \"<PRIVATE_EMAIL>\nb: c\n"},
		{"what stands behind", "a: \"b\" lena@example.com\n", "a: \"b\" <PRIVATE_EMAIL>\n"},
		{"a second document", "--- lena@example.com\n...\n--- |\n lena@example.com\n", "--- <PRIVATE_EMAIL>\n...\n--- |\n <PRIVATE_EMAIL>\n"},
		{"base64", "a: !!binary |\n  bGVuYUBleGFtcGxlLmNvbSwgYnll\n", "a: !!binary |\n  PFBSSVZBVEVfRU1BSUw+LCBieWU=\n"},
		{"percent-encoding", "a: q=lena%40example.com\n", "a: q=%3CPRIVATE_EMAIL%3E\n"},
		{"tabs", "a:\n\tlena@example.com\n", "a:\n\t<PRIVATE_EMAIL>\n"},
		{"carriage returns", "a: b\rc: lena@example.com\r", "a: b\rc: <PRIVATE_EMAIL>\r"},
		{"no YAML", "Dear lena@example.com: hi: x\n", "Dear <PRIVATE_EMAIL>: hi: x\n"},
		{"JSON", "{\"a\":\"len\\u0061@example.com\"}", "{\"a\":\"<PRIVATE_EMAIL>\"}"},
		{"brackets deep", strings.Repeat("[", 400) + "lena@example.com" + strings.Repeat("]", 400), strings.Repeat("[", 400) + "<PRIVATE_EMAIL>" + strings.Repeat("]", 400)},
	} {
		for _, contentType := range []string{"application/yaml", "text/x-yaml; charset=utf-8", "application/vnd.oai.openapi+yaml"} {
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(tt.in), ContentType: []string{contentType}})
			if err != nil || string(r.Body) != tt.want {
				t.Errorf("%s:\ngot  %q\nwant %q (%v)", tt.name, r.Body, tt.want, err)
			}
		}
	}
}

// Placeholders that would mean something else get quotes.
func TestPlaceholdersInYAML(t *testing.T) {
	in := "a: lena@example.com\nb: [x, lena@example.com]\nc: see lena@example.com\n"
	for _, tt := range []struct {
		policy Policy
		want   string
	}{
		{Policy{Format: "[{category}]"}, "a: '[PRIVATE_EMAIL]'\nb: [x, '[PRIVATE_EMAIL]']\nc: see [PRIVATE_EMAIL]\n"},
		{Policy{Format: "@{category}"}, "a: '@PRIVATE_EMAIL'\nb: [x, '@PRIVATE_EMAIL']\nc: see @PRIVATE_EMAIL\n"},
		{Policy{Format: "x: {category}"}, "a: 'x: PRIVATE_EMAIL'\nb: [x, 'x: PRIVATE_EMAIL']\nc: 'see x: PRIVATE_EMAIL'\n"},
		{Policy{Default: mask.Action{Kind: mask.Redact}}, "a: ''\nb: [x, '']\nc: 'see '\n"},
		{Policy{Default: mask.Action{Kind: mask.Partial, KeepLast: 3}}, "a: '****@*******.com'\nb: [x, '****@*******.com']\nc: see ****@*******.com\n"},
	} {
		r, err := hardened(t, tt.policy).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/yaml"}})
		if err != nil || string(r.Body) != tt.want {
			t.Errorf("got %q, want %q (%v)", r.Body, tt.want, err)
		}
	}
}

func TestAttackQuadraticYAML(t *testing.T) {
	const size = 256 << 10
	for _, unit := range []string{
		"[", "\"\n", "'\n", "[\n", "{a: [\n", "a: \"b\n", "- ", "? ", "a:\n", " \n", "x\n", "&a ", "a: |\n", "#", "a: b\n ", "- - a\n", "''", "\\", "a: >\n  b\n\n\n", "[]\n", "{}", ": ", "---\n", "\t\n", "  \n",
	} {
		in := strings.Repeat(unit, size/len(unit)) + "\nlena@example.com"
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"application/yaml"}})
		if err != nil || strings.Contains(string(r.Body), "lena@") {
			t.Errorf("%q: %v", unit, err)
		}
	}
	var deep strings.Builder
	for i := range 700 {
		deep.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	if r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(deep.String() + "b: lena@example.com"), ContentType: []string{"application/yaml"}}); err != nil || !r.Changed {
		t.Errorf("deep: %v", err)
	}
}
