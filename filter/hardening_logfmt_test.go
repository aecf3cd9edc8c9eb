package filter

import (
	"strings"
	"testing"
)

func TestAttacksInLogfmt(t *testing.T) {
	for in, want := range map[string]string{
		"level=info mail=lena@example.com\n":                          "level=info mail=<PRIVATE_EMAIL>\n",
		"level=info password=hunter22\n":                              "level=info password=<SECRET>\n",
		"level=info password=\"hunter 22\" x=y\n":                     "level=info password=\"<SECRET>\" x=y\n",
		"level=info msg=\"mail \\u006cena@example.com\"\n":            "level=info msg=\"mail <PRIVATE_EMAIL>\"\n",
		"a=b body=\"{\\\"m\\\":\\\"len\\\\u0061@example.com\\\"}\"\n": "a=b body=\"{\\\"m\\\":\\\"<PRIVATE_EMAIL>\\\"}\"\n",
		"a=b url=/x?q=lena%40example.com\n":                           "a=b url=/x?q=%3CPRIVATE_EMAIL%3E\n",
		"a=b lena@example.com=c\n":                                    "a=b _PRIVATE_EMAIL_=c\n",
		"a=b c=d\n\tat lena@example.com\ne=f g=h\n":                   "a=b c=d\n\tat <PRIVATE_EMAIL>\ne=f g=h\n",
		"a=b c=\"lena@example.com\n":                                  "a=b c=\"<PRIVATE_EMAIL>\n",
		"a=b c=d\rlena@example.com\n":                                 "a=b c=d\r<PRIVATE_EMAIL>\n",
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/plain"}})
		if err != nil || string(r.Body) != want {
			t.Errorf("%q became %q, want %q (%v)", in, r.Body, want, err)
		}
	}
	const size = 256 << 10
	for _, unit := range []string{"a=b ", "a=\"\" ", "a=", "=", "a=\"", "a=b c=d\n", "a=b c=\"\\\"\n", "a=b\nc=d e=f\n"} {
		in := strings.Repeat(unit, size/len(unit)) + " x=lena@example.com y=z"
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/plain"}})
		if err != nil || strings.Contains(string(r.Body), "lena@") {
			t.Errorf("%q: %v", unit, err)
		}
	}
}
