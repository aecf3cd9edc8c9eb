package rules

import (
	"strings"
	"testing"
)

// floods are texts that would make a careless matcher look at everything
// again from every offset.
var floods = map[string]string{
	"at signs":               "@",
	"names and at signs":     "a@",
	"dots":                   "a.a.a.",
	"mail in mail":           "a.a@a.a@",
	"percent at signs":       "%40",
	"domains of long labels": "a@" + strings.Repeat("a.", 100),
	"spelled at signs":       "a (at) b dot ",
	"digits":                 "4",
	"spaced digits":          "4 ",
	"dashed digits":          "411-",
	"card-like groups":       "4111 1111 ",
	"plus signs":             "+1",
	"announced phones":       "tel 0123456 ",
	"phones":                 "+1 628 219 4407 ",
	"international zeros":    "tel 0012345678 ",
	"octets":                 "1.2.3.4.",
	"colons":                 ":",
	"groups of IPv6":         "2001:",
	"double colons":          "2001::",
	"schemes":                "a://",
	"schemes, bare":          "://",
	"URLs with users":        "http://a:b@c/",
	"URLs with queries":      "x://y?a=b&",
	"slashes":                "t.me/a/",
	"JWT beginnings":         "eyJ",
	"JWT headers":            "eyJhbGciOiJIUzI1NiJ9.",
	"JWT headers, hidden":    "eyJhbGciOiJIUzI1NiJ9\u200b",
	"JWT dots, hidden":       "eyJ\u200b.",
	"provider prefixes":      "sk-",
	"providers, hidden":      "sk-proj-\u200b",
	"key ids":                "AKIA",
	"fences":                 "-----",
	"key beginnings":         "-----BEGIN PRIVATE KEY-----",
	"key beginnings, lines":  "-----BEGIN PRIVATE KEY-----\nMIIsynthetic0123456789\n",
	"passwords":              "password=",
	"quoted passwords":       `password="`,
	"escaped passwords":      `password\":\"`,
	"password words":         "password is ",
	"pairs in values":        "password=a;b&c,",
	"bearers":                "bearer ",
	"quotes":                 `"`,
	"local parts in quotes":  `"a"@`,
	"zero-width spaces":      "4\u200b",
	"only zero-width spaces": "\u200b",
	"combining marks":        "4\u0336",
	"escapes":                "\x1b[",
	"broken UTF-8":           "\xff4",
	"ligatures":              "㏂㏂⑴",
	"IBAN beginnings":        "DE89 ",
	"telegram":               "123456789:",
	"options":                "--api-key ",
	"users":                  " -u a1:",
	"elements":               "<a:password>",
	"namespaces":             "a1:",
	"letters and digits":     "A1 ",
	"letter, six digits":     "AB123456 ",
	"six digits, letter":     "123456-A",
	"names of identifiers":   "pesel nif ",
	"announced identifiers":  "nif 12345678",
	"eight digits":           "12345678 ",
	"spaced codes":           "A 1 2 3 4 ",
	"dotted codes":           "A.12.",
	"data of manifests":      "data:\n ",
	"manifests":              "kind: Secret\ndata:\n a: b\n",
	"nouns":                  "contraseña ",
	"nouns and codes":        "123456 is your pin code ",
	"nouns and copulas":      "wachtwoord is \"",
	"settings":               "setx TOKEN ",
	"pipes":                  "a:b|chpasswd",
	"DSNs":                   "a:b@tcp(",
	"thin URLs":              "oracle:thin:a/b",
	"short options":          " -p a -P",
	"tools and options":      " curl -u a:b",
	"headers of tools":       " -H 'key: abcdefgh",
	"named values":           `"name": "token", "value": "`,
	"words of phrases":       "legal winner thank ",
	"words alone":            "abandon\n",
	"assigned keys":          "key=aB3dE5fG7hJ9kL1mN3pQ5 ",
	"names of keys":          "access_token_api_key",
	"names, values between":  "key=aB3dE5fG7h,token=",
	"commas":                 "key,aB3dE5fG7hJ9,",
	"known prefixes":         "glpat-abcdefghij0123456789",
	"known prefixes, bare":   "glpat-dapiAKCpsk_live_",
	"tokens that begin":      "eyabcdefghijklmnopqrstuvwxyz0123",
	"anchors amid":           ".atlasv1.",
	"anchors amid, two":      "3Q~",
	"keywords near":          "facebook sourcegraph airtable ",
	"hashes near keywords":   "sourcegraph 0123456789abcdef0123456789abcdef01234567 ",
	"names":                  "name: Ann Lee ",
	"names of fields":        "first_name=",
	"roles and lists":        "patient: Ann Lee, Bo Yu, ",
	"cities":                 `"city":"Leeds",`,
	"mailboxes":              "from: A B <a@b.co>, C D <c@d.co>, ",
	"field elements":         "<surname>A</surname>",
	"dates":                  "1971-03-04 ",
	"births":                 "born 4 March 1971 ",
	"words about birth":      "born geb né ",
	"months":                 "4 March ",
	"eastern dates":          "昭和46年3月4日",
	"names of columns":       "first_name,last_name\n",
	"rows":                   "name,dob\nAnn Lee,1971-03-04\n",
	"cells":                  "a,\"",
	"columns":                "a,",
	"bars":                   "| ",
	"statements":             "insert into t (name) values ('Ann Lee'),",
	"brackets":               "into t (",
	"digits in words":        "five five six ",
	"repeated words":         "double five double ",
	"words for dots":         "a at b dot c dot ",
	"only dots":              "a dot ",
	"letters apart":          "a b @ ",
	"wrapped mail":           "a.b@\nc.d@\n",
	"entities":               "&#64;",
	"entities that begin":    "&#x",
	"percents":               "%2B4",
	"escapes of JSON":        `\u0040`,
	"soft breaks":            "4=\n",
	"homoglyphs":             "аа",
	"homoglyphs, mixed":      "аaоо",
	"words of a coin":        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb ",
	"letters and digits, on": "a1B2",
	"octets of cards":        "3c:52:",
	"payment addresses":      "abc@okaxi ",
	"overlong characters":    "\xc1\x80",
}

// Work grows with the text and not faster: four times the text costs at most
// four times the looks, and never more than a fixed number for each byte.
func TestWorkIsLinear(t *testing.T) {
	t.Parallel()
	const small, perByte = 1 << 14, 600
	for name, unit := range floods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			work := func(size int) int {
				s := scan{shadow: newShadow(strings.Repeat(unit, size/len(unit)))}
				s.run()
				return s.work
			}
			one, four := work(small), work(4*small)
			if float64(four) > 4.3*float64(one)+1000 {
				t.Errorf("%d looks for %d bytes, %d for four times as many", one, small, four)
			}
			if four > perByte*4*small {
				t.Errorf("%d looks for each byte", four/(4*small))
			}
		})
	}
}

// A million of each comes to an end: the time limit of the test run is the
// only clock here.
func TestMegabyteFloods(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long texts")
	}
	for name, unit := range floods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			New().AppendSpans(nil, strings.Repeat(unit, (1<<20)/len(unit)))
		})
	}
}
