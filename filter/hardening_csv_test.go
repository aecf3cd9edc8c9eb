package filter

import (
	"strings"
	"testing"
)

func TestAttacksInCSV(t *testing.T) {
	for in, want := range map[string]string{
		"id,mail\n1,lena@example.com\n":                           "id,mail\n1,<PRIVATE_EMAIL>\n",
		"id,password\n1,hunter22\n2,letmein99\n":                  "id,password\n1,<SECRET>\n2,<SECRET>\n",
		"lena@example.com,x\n":                                    "<PRIVATE_EMAIL>,x\n",
		"id;card\r\n1;\"4111 1111 1111 1111\"\r\n":                "id;card\r\n1;\"<ACCOUNT_NUMBER>\"\r\n",
		"a,b\n1,\"{\"\"a\"\":\"\"\\u006cena@example.com\"\"}\"\n": "a,b\n1,\"{\"\"a\"\":\"\"<PRIVATE_EMAIL>\"\"}\"\n",
		"a,b\n1,len%61@example.com\n":                             "a,b\n1,%3CPRIVATE_EMAIL%3E\n",
		"a,b\n1,\"lena@example.com\n":                             "a,b\n1,\"<PRIVATE_EMAIL>\n",
		"{\"a\":\"\\u006cena@example.com\"}":                      "{\"a\":\"<PRIVATE_EMAIL>\"}",
		"\"\\u006cena@example.com\"":                              "\"<PRIVATE_EMAIL>\"",
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/csv"}})
		if err != nil || string(r.Body) != want {
			t.Errorf("%q became %q, want %q (%v)", in, r.Body, want, err)
		}
	}
	for _, unit := range []string{",", "\n", "\"", "\"\"", "\",\"", "a,b\n"} {
		in := strings.Repeat(unit, 256<<10/len(unit)) + " lena@example.com"
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/csv"}})
		if err == nil && strings.Contains(string(r.Body), "lena@") {
			t.Errorf("%q: leaked", unit)
		}
	}
}
