package filter

import (
	"strings"
	"testing"
)

// Somebody sends an address in whatever a document of TOML has for it.
func TestAttacksInTOML(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a value", "mail = \"lena@example.com\"\n", "mail = \"<PRIVATE_EMAIL>\"\n"},
		{"a value that its key explains", "[db]\npassword = 'hunter22'\n", "[db]\npassword = '<SECRET>'\n"},
		{"a value that its table explains", "[password]\nvalue = 'hunter22'\n", "[password]\nvalue = '<SECRET>'\n"},
		{"values of a list that its key explains", "passwords = [\"hunter22\", \"letmein99\"]\n", "passwords = [\"<SECRET>\", \"<SECRET>\"]\n"},
		{"a dotted key", "db.password = \"hunter22\"\n", "db.password = \"<SECRET>\"\n"},
		{"a key in quotes", "\"lena@example.com\" = 1\n", "\"<PRIVATE_EMAIL>\" = 1\n"},
		{"a key without quotes", "a.4111111111111111 = 1\n", "a.\"<ACCOUNT_NUMBER>\" = 1\n"},
		{"the name of a table", "[a.'lena@example.com']\n", "[a.'<PRIVATE_EMAIL>']\n"},
		{"escapes", "a = \"\\x6cena\\u0040example\\U0000002ecom\"\n", "a = \"<PRIVATE_EMAIL>\"\n"},
		{"a string that goes on", "a = \"\"\"lena@\\\n    \n  example.com\"\"\"\n", "a = \"\"\"<PRIVATE_EMAIL>\"\"\"\n"},
		{"escapes that are none", "a = '\\x6cena@example.com'\n", "a = '<PRIVATE_EMAIL>'\n"},
		{"a number", "a = 4111111111111111\n", "a = 1111111111111111\n"},
		{"a number in groups", "a = 4111_1111_1111_1111\n", ""},
		{"a date", "date_of_birth = 1979-05-27\n", "date_of_birth = \"<PRIVATE_DATE>\"\n"},
		{"a comment", "# lena@example.com\na = 1 # lena@example.com\n", "# <PRIVATE_EMAIL>\na = 1 # <PRIVATE_EMAIL>\n"},
		{"an inline table", "a = { b = \"lena@example.com\" }\n", "a = { b = \"<PRIVATE_EMAIL>\" }\n"},
		{"brackets that do not close", "a = [\"lena@example.com\"\nb = 1\n", "a = [\"<PRIVATE_EMAIL>\"\nb = 1\n"},
		{"quotes that do not close", "a = \"\\x6cena@example.com\nb = 1\n", "a = \"<PRIVATE_EMAIL>\nb = 1\n"},
		{"what stands behind", "a = \"b\" lena@example.com\n", "a = \"b\" <PRIVATE_EMAIL>\n"},
		{"JSON in a string", "a = '{\"b\":\"len\\u0061@example.com\"}'\n", "a = '{\"b\":\"<PRIVATE_EMAIL>\"}'\n"},
		{"percent-encoding", "a = \"q=lena%40example.com\"\n", "a = \"q=%3CPRIVATE_EMAIL%3E\"\n"},
		{"a key that is none", "lena@example.com = 1\n", "<PRIVATE_EMAIL> = 1\n"},
		{"carriage returns", "a = 'b'\rc = 'lena@example.com'\r", "a = 'b'\rc = '<PRIVATE_EMAIL>'\r"},
		{"JSON", "{\"a\":\"len\\u0061@example.com\"}", "{\"a\":\"<PRIVATE_EMAIL>\"}"},
	} {
		for _, contentType := range []string{"application/toml", "text/x-toml; charset=utf-8"} {
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(tt.in), ContentType: []string{contentType}})
			if err != nil || tt.want == "" && strings.Contains(string(r.Body), "1111_1111") || tt.want != "" && string(r.Body) != tt.want {
				t.Errorf("%s:\ngot  %q\nwant %q (%v)", tt.name, r.Body, tt.want, err)
			}
		}
	}
	// Four keys to TOML, a number to everybody else.
	for _, in := range []string{"[4111.1111.1111.1111]\n", "'lena@example'.com = 1\n"} {
		_, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"application/toml"}})
		if in[0] == '[' {
			wantReason(t, err, ReasonUnsupported)
		} else if err != nil {
			t.Errorf("%q: %v", in, err)
		}
	}
	const size = 256 << 10
	for _, unit := range []string{"[", "a = [\n", "a = \"\"\"\n", "a = '''", "a.", "a = {", "[[a]]\n", "#", "a\n", "\"", "\\", "a = \"\\\"\n", "{a=", "a = 1\n", "''"} {
		in := strings.Repeat(unit, size/len(unit)) + "\nlena@example.com"
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"application/toml"}})
		if err != nil || strings.Contains(string(r.Body), "lena@") {
			t.Errorf("%q: %v", unit, err)
		}
	}
}
