package filter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// tortureJSON are shapes of JSON, with "@" for a string that holds an address:
// valid ones ("y"), broken ones ("n"), and those about which RFC 8259 leaves
// readers to themselves ("i").
var tortureJSON = map[byte][]string{
	'y': {
		`@`, `[@]`, `{"a":@}`, ` [ @ ] `, "\t\r\n[@]\n", `[[],[{}],@]`, `{"":@}`, `{"a":@,"a":@}`, `[1,-0,0.1e-7,1E+2,@]`, `[true,false,null,@]`,
		`["\u0000",@]`, `["\ud83d\ude00",@]`, `["\"\\\/\b\f\n\r\t",@]`, `{"\u0061\"":@}`, `[123456789012345678901234567890,@]`, `["\u2028\u2029",@]`, "[\"\u007f\uffff\U0010ffff\",@]",
		`[[[[[[[[[[[[[[[[[[[[@]]]]]]]]]]]]]]]]]]]]`, `{"a":{"b":{"c":[@]}}}`, `[1e308,5e-324,@]`, `[" ",@,""]`, `[-1.5e3,@]`,
	},
	'n': {
		`[@`, `@]`, `{"a":@`, `{"a" @}`, `{a:@}`, `{'a':@}`, `['x',@]`, `[@,]`, `[,@]`, `[@ @]`, `[@,,@]`, `{"a":@,}`, `{"a":@ "b":1}`, `{"a",@}`, `{"a"::@}`, `{@}`, `{[]:@}`, `[1 @]`,
		`[01,@]`, `[+1,@]`, `[.5,@]`, `[5.,@]`, `[1e,@]`, `[-,@]`, `[--1,@]`, `[0x1F,@]`, `[NaN,@]`, `[Infinity,@]`, `[-Infinity,@]`, `[1e+,@]`, `[1_000,@]`, `[１,@]`,
		`[tru,@]`, `[True,@]`, `[nul,@]`, `[undefined,@]`, `["\x41",@]`, `["\u12",@]`, `["\u{41}",@]`, `["\q",@]`, `["\`, "[\"a\nb\",@", "[\"a\tb\" @", "// x\n[@]", "/* x */[@]", "[@] // x", "[@]#", "#!\n[@]",
		`[@]]`, `[@}`, `{"a":@]`, `[@]x`, `{"a":@}}`, `[[@]`, `<@>`, `[@"`, `"@`, `["@]`, `{"a":"@`, "\x00[@]", "[\x00@]", "[@]\x00", "\xff[@]", "[\xc3@]", "[@]\xfe", "\u00a0[@]", "[\u2003@]", "[\ufeff@]", "callback(@);", "for(;;);[@]",
		`{"a":@/**/}`, `[@;@]`, `[@:@]`, `[u"x",@]`, `[b'x',@]`, "[`x`,@]", `("a",@)`, `{"a":=@}`, `[1.2.3,@]`, `[0e,@]`, `[@..]`, `*`, `&@`, `[*@]`,
	},
	'i': {
		"\ufeff[@]", `["\ud800",@]`, `["\udc00\ud800",@]`, "[\"\xed\xa0\x80\",@]", "[\"\xff\",@]", "[\"\xc0\xaf\",@]", "[\"a\x01b\",@]", "[\"a\x00b\",@]", `[1e999,@]`, `[-1e-999,@]`, `[100000000000000000000,@]`,
		`{"a":1,"a":@}`, `{"a":@,"A":1}`, `{"__proto__":@}`, `[@][@]`, "[@]\n[@]", "\x1e[@]\n\x1e[@]\n", `1@`, ``, ` `, `null`, `0`, `{"a":@}{"b":`,
	},
}

// An address in JSON of any shape is masked or the body is stopped; what was
// JSON still is, and nothing panics.
func TestTortureJSON(t *testing.T) {
	values := []string{`"lena@example.com"`, `"\u006cena\u0040example.com"`, `"see: lena@example.com\n"`, `"{\"b\":\"lena@example.com\"}"`, `"lena%40example.com"`}
	for kind, shapes := range tortureJSON {
		for _, shape := range shapes {
			for _, s := range values {
				in := strings.ReplaceAll(shape, "@", s)
				for _, contentType := range []string{"application/json", "", "text/plain", "application/x-ndjson", "application/xml", "text/csv", "application/yaml", "application/toml", "application/graphql"} {
					m := Message{Body: []byte(in), ContentType: []string{contentType}}
					r, err := hardened(t, Policy{}).Process(t.Context(), nil, m)
					if err != nil {
						var e *Error
						if !errors.As(err, &e) || e.Reason == ReasonDetector || kind == 'y' && contentType == "application/json" {
							t.Errorf("%q as %q: %v", in, contentType, err)
						}
						continue
					}
					for _, leak := range []string{"lena@", "u006cena", "lena%40"} {
						if bytes.Contains(r.Body, []byte(leak)) {
							t.Errorf("%q as %q became %q", in, contentType, r.Body)
						}
					}
					if json.Valid([]byte(in)) && strings.HasPrefix(contentType, "application/json") && !json.Valid(r.Body) {
						t.Errorf("%q became %q, which is no JSON", in, r.Body)
					}
				}
			}
		}
	}
}

// naughty are strings that programs stumble over.
var naughty = []string{
	"", "undefined", "null", "NaN", "-1", "0x0", "1e1000", "1/0", "--", "'", `"`, `\`, `\\`, "`", "''''", `"''''"'"`, "$(x)", "${x}", "{{x}}", "<%= x %>", "%s%n%d", "%", "%%", "%2", "%u", "%zz", "&", "&#", "&#x", "&#x;", "&amp", "&;", "=", "==", "=\r\n", "=3", "=?", "=?utf-8?q?x?=",
	"../../x", "C:\\x\\new", "\\\\x\\y", "file:///x", "data:", "data:,", "data:;base64,", "data:;base64,=", "javascript:x", "-----BEGIN", "--", "--b--", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!DOCTYPE", "&x;", "<script>", "</script>", "<a b='", "[", "]", "{", "}", "[[[", "{\"", "{\"a\":", "[{\"", "\"\\u", "\\u", "\\ud800", "\\x", "\\u{", "\\U0011",
	"\t", "\v", "\f", "\r", "\r\n", "\n\n", "\u0085", "\u2028", "\u00a0", "\u200b", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\u202e", "\u2066x\u2069", "e\u0301", strings.Repeat("\u0301", 300), "Z\u0310\u0311\u0312", "👩‍👩‍👧‍👦", "🇨🇭", "𝕳𝖊𝖑𝖑𝖔", "ﷺ", "ﬀ", "ﬃ", "İ", "ı", "ẞ", "ǅ", "田中さん", "사회", "パーティー", "הָיְתָה", "مُنَاقَشَة", "ऄऽ", "กำ", "\U000e0041", "\U0010ffff",
	"\x00", "\x01", "\x1b[31m", "\x7f", "\x80", "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x28\xa1", strings.Repeat("=", 100), strings.Repeat("A", 100), strings.Repeat("%41", 50), strings.Repeat("&#65;", 50), strings.Repeat("YWFh", 40), "H4sI", "H4sIAAAAAAAA", "KLUv/QQA", "eyJhIjox", "ey.ey.", "#", "# x", "- ", "? ", ": ", "a: b", "| x", "> y", "&a", "*a", "!t", "@", "---", "...", "%YAML", "a = b", "[a]", "\"\"\"", "'''", "query {", "{ a(b: \"", "1;DROP", "=cmd|x", "+1", "@x", "\\N{x}", "\\0", "\\c",
}

// Such a string leaves as it came wherever it stands, and hides nothing that
// stands behind it.
func TestTortureStrings(t *testing.T) {
	f := hardened(t, Policy{})
	for _, s := range naughty {
		quoted, err := json.Marshal(strings.ToValidUTF8(s, "?"))
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []struct{ contentType, in string }{
			{"text/plain", s + "%s"},
			{"", s + "%s"},
			{"application/json", `{"a":` + string(quoted) + `%s}`},
			{"text/csv", "a,b\n" + s + ",x%s\n"},
			{"application/yaml", "a: " + s + "\n%s"},
			{"application/toml", "a = " + string(quoted) + "\n%s"},
			{"application/graphql", "{ a(b: " + string(quoted) + ") }%s"},
			{"text/html", "<p>" + s + "</p>%s"},
			{"application/x-www-form-urlencoded", "a=" + s + "%s"},
			{"application/xml", "<a>" + s + "</a>%s"},
			{"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + s + "%s\r\n--b--"},
		} {
			clean := strings.Replace(form.in, "%s", "", 1)
			if i := strings.LastIndex(form.in, "%s"); i >= 0 {
				clean = form.in[:i] + form.in[i+2:]
			}
			r, err := f.Process(t.Context(), nil, Message{Body: []byte(clean), ContentType: []string{form.contentType}})
			if err == nil && string(r.Body) != clean {
				t.Errorf("%q as %q became %q", clean, form.contentType, r.Body)
			}
			with := map[bool]string{true: `,"b":"lena@example.com"`, false: " # lena@example.com "}[form.contentType == "application/json"]
			i := strings.LastIndex(form.in, "%s")
			in := form.in[:i] + with + form.in[i+2:]
			r, err = f.Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{form.contentType}, ReadCode: true})
			var e *Error
			if err != nil && (!errors.As(err, &e) || e.Reason == ReasonDetector) || err == nil && bytes.Contains(r.Body, []byte("lena@")) {
				t.Errorf("%q as %q became %q: %v", in, form.contentType, r.Body, err)
			}
		}
	}
}

// A hundred thousand brackets, in every format that has some.
func TestTortureNesting(t *testing.T) {
	const depth = 100_000
	for _, tt := range []struct{ contentType, open, close string }{
		{"application/json", "[", "]"},
		{"application/json", `{"a":`, "}"},
		{"application/json", `[{"a":`, "}]"},
		{"application/json", "[", ""},
		{"application/yaml", "[", "]"},
		{"application/yaml", "{a: ", "}"},
		{"application/yaml", "- ", ""},
		{"application/toml", "a = [", "]"},
		{"application/graphql", "{a", "}"},
		{"application/graphql", "(a:", ")"},
		{"application/xml", "<a>", "</a>"},
		{"text/html", "<div>", "</div>"},
		{"text/html", "<b>", ""},
		{"application/json", `"{\"a\":`, ""},
		{"text/plain", "((", "))"},
		{"application/x-www-form-urlencoded", "a[", "]"},
	} {
		in := strings.Repeat(tt.open, depth) + ` "lena@example.com" ` + strings.Repeat(tt.close, depth)
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{tt.contentType}})
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Reason == ReasonDetector) || err == nil && bytes.Contains(r.Body, []byte("lena@")) {
			t.Errorf("%q as %s: %v", tt.open, tt.contentType, err)
		}
	}
}

// A bomb of every coding, alone and on each other, takes bounded memory and
// stops.
func TestTortureBombs(t *testing.T) {
	const size = 48 << 20
	zeros := bytes.Repeat([]byte(`{"a":"b"}`), size/9)
	names := []string{"gzip", "deflate", "br", "zstd"}
	f := hardened(t, Policy{})
	for _, outer := range append([]string{""}, names...) {
		for _, inner := range names {
			codings := []string{inner}
			if outer != "" {
				codings = append(codings, outer)
			}
			bomb, err := coding.Encode(zeros, codings)
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err = f.Process(t.Context(), nil, Message{Body: bomb, ContentEncoding: codings, ContentType: []string{"application/json"}})
			runtime.ReadMemStats(&after)
			var e *Error
			if !errors.As(err, &e) || e.Reason != ReasonCoding && e.Reason != ReasonTooLarge {
				t.Errorf("%v, %d bytes: %v", codings, len(bomb), err)
			}
			// The limit on bodies is 10 MiB, and a buffer grows by doubling.
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 8*DefaultMaxBody {
				t.Errorf("%v: %s allocated", codings, fmt.Sprint(grown>>20, " MiB"))
			}
		}
	}
}
