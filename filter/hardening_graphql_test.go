package filter

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/graphql-go/graphql/language/parser"
)

// Somebody sends an address in whatever a query has for it.
func TestAttacksInGraphQL(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"an argument", `{ f(mail: "lena@example.com") }`, `{ f(mail: "<PRIVATE_EMAIL>") }`},
		{"an argument that its name explains", `mutation { f(in: {password: "hunter22"}) }`, `mutation { f(in: {password: "<SECRET>"}) }`},
		{"values of a list that its name explains", `{ f(passwords: ["hunter22", "letmein99"]) }`, `{ f(passwords: ["<SECRET>", "<SECRET>"]) }`},
		{"escapes", `{ f(a: "\u006cena\u0040example.com") }`, `{ f(a: "<PRIVATE_EMAIL>") }`},
		{"escapes of the draft", `{ f(a: "lena\u{40}example.com") }`, `{ f(a: "<PRIVATE_EMAIL>") }`},
		{"a block string", `{ f(a: """lena@example.com""") }`, `{ f(a: """<PRIVATE_EMAIL>""") }`},
		{"a block string with quotes", `{ f(a: """ \""" lena@example.com\"""""") }`, `{ f(a: """ \""" <PRIVATE_EMAIL>\"""""") }`},
		{"a comment", "{ f # lena@example.com\n}", "{ f # <PRIVATE_EMAIL>\n}"},
		{"a default", `query Q($mail: String = "lena@example.com") { f(mail: $mail) }`, `query Q($mail: String = "<PRIVATE_EMAIL>") { f(mail: $mail) }`},
		{"a number", `{ f(card: 4111111111111111) }`, `{ f(card: 1111111111111111) }`},
		{"an alias", `{ n_4111111111111111: f }`, `{ n__ACCOUNT_NUMBER_: f }`},
		{"JSON in a string", `{ f(a: "{\"b\":\"len\\u0061@example.com\"}") }`, `{ f(a: "{\"b\":\"<PRIVATE_EMAIL>\"}") }`},
		{"percent-encoding", `{ f(a: "q=lena%40example.com") }`, `{ f(a: "q=%3CPRIVATE_EMAIL%3E") }`},
	} {
		if _, err := parser.Parse(parser.ParseParams{Source: tt.want}); err != nil && !strings.Contains(tt.in, "u{") {
			t.Errorf("%s: what is wanted is no GraphQL: %v", tt.name, err)
		}
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(tt.in), ContentType: []string{"application/graphql"}})
		if err != nil || string(r.Body) != tt.want {
			t.Errorf("%s:\ngot  %q\nwant %q (%v)", tt.name, r.Body, tt.want, err)
		}
		in, _ := json.Marshal(map[string]string{"query": tt.in})
		r, err = hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: in, ContentType: []string{"application/json"}})
		var read struct{ Query string }
		if err != nil || json.Unmarshal(r.Body, &read) != nil || read.Query != tt.want {
			t.Errorf("%s in JSON:\ngot  %q\nwant %q (%v)", tt.name, read.Query, tt.want, err)
		}
	}
	// What is no GraphQL, and words in braces, are text.
	for in, want := range map[string]string{
		`{ f(mail: "lena@example.com }`:    `{ f(mail: "<PRIVATE_EMAIL> }`,
		`query for lena@example.com`:       `query for <PRIVATE_EMAIL>`,
		`{ Elena Markovic }`:               `{ _PRIVATE_PERSON_ }`,
		`query { ask } # Elena Markovic`:   `query { ask } # <PRIVATE_PERSON>`,
		`{"a":"len\u0061@example.com"}`:    `{"a":"<PRIVATE_EMAIL>"}`,
		`{ f(a: "x" b: "Elena Markovic")}`: `{ f(a: "x" b: "<PRIVATE_PERSON>")}`,
	} {
		r := process(t, newFilter(t, Policy{}), Message{Body: []byte(in), ContentType: []string{"application/graphql"}})
		if string(r.Body) != want {
			t.Errorf("%q became %q, want %q", in, r.Body, want)
		}
	}
	const size = 256 << 10
	for _, unit := range []string{"{", "(", "[", "a:", "\"\"", "\"", `"""`, `\"""`, "#", "#\n", "a ", "1 ", "$", "...", "{}", "{a(b:\"\")}"} {
		in := "query {" + strings.Repeat(unit, size/len(unit)) + " lena@example.com"
		for _, contentType := range []string{"application/graphql", "application/json"} {
			body := []byte(in)
			if contentType == "application/json" {
				body, _ = json.Marshal(map[string]string{"query": in})
			}
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: body, ContentType: []string{contentType}})
			if err != nil || strings.Contains(string(r.Body), "lena@") {
				t.Errorf("%q: %v", unit, err)
			}
		}
	}
}
