package filter

import (
	"encoding/json"
	"mime"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// carrier is a way of sending one text. wrap and unwrap use libraries that
// know nothing of ours.
type carrier struct {
	name, contentType string
	wrap              func(string) []byte
	unwrap            func([]byte) string
}

func jsonCarrier(name string, wrap func(string) any, unwrap func(any) string) carrier {
	return carrier{
		name, "application/json",
		func(s string) []byte { b, _ := json.Marshal(wrap(s)); return b },
		func(b []byte) string {
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				return "not JSON: " + err.Error()
			}
			return unwrap(v)
		},
	}
}

func charsetCarrier(name string, enc encoding.Encoding) carrier {
	return carrier{
		name, mime.FormatMediaType("text/plain", map[string]string{"charset": name}),
		func(s string) []byte { b, _ := enc.NewEncoder().Bytes([]byte(s)); return b },
		func(b []byte) string { s, _ := enc.NewDecoder().Bytes(b); return string(s) },
	}
}

func nested(s string, depth int) string {
	for range depth {
		b, _ := json.Marshal(map[string]string{"s": s})
		s = string(b)
	}
	return s
}

func unnested(s string, depth int) string {
	for range depth {
		var v map[string]string
		if err := json.Unmarshal([]byte(s), &v); err != nil {
			return "not JSON: " + err.Error()
		}
		s = v["s"]
	}
	return s
}

var carriers = []carrier{
	{"text", "text/plain", func(s string) []byte { return []byte(s) }, func(b []byte) string { return string(b) }},
	{"text without label", "", func(s string) []byte { return []byte(s) }, func(b []byte) string { return string(b) }},
	jsonCarrier("JSON string", func(s string) any { return s }, func(v any) string { return v.(string) }),
	jsonCarrier("JSON object", func(s string) any { return map[string]any{"note": s, "n": 1.5} },
		func(v any) string { return v.(map[string]any)["note"].(string) }),
	jsonCarrier("chat message", func(s string) any {
		return map[string]any{"messages": []any{map[string]any{"role": "user", "content": []any{map[string]any{"type": "text", "text": s}}}}}
	}, func(v any) string {
		message := v.(map[string]any)["messages"].([]any)[0].(map[string]any)
		return message["content"].([]any)[0].(map[string]any)["text"].(string)
	}),
	{"JSON in JSON", "application/json", func(s string) []byte { return []byte(nested(s, 2)) }, func(b []byte) string { return unnested(string(b), 2) }},
	{"JSON at depth 4", "application/json", func(s string) []byte { return []byte(nested(s, 5)) }, func(b []byte) string { return unnested(string(b), 5) }},
	{
		"JSON in escapes only", "application/json", func(s string) []byte { return []byte(`{"s":"` + escapeAll(s) + `"}`) },
		func(b []byte) string { return unnested(string(b), 1) },
	},
	{
		"NDJSON", "application/x-ndjson", func(s string) []byte { return []byte(nested(s, 1) + "\r\n" + nested("x", 1) + "\r\n") },
		func(b []byte) string { return unnested(strings.SplitN(string(b), "\r\n", 2)[0], 1) },
	},
	{
		"form", "application/x-www-form-urlencoded", func(s string) []byte { return []byte("a=1&" + url.Values{"s": {s}}.Encode()) },
		func(b []byte) string { v, _ := url.ParseQuery(string(b)); return v.Get("s") },
	},
	{
		"JSON in form", "application/x-www-form-urlencoded", func(s string) []byte { return []byte(url.Values{"s": {nested(s, 1)}}.Encode()) },
		func(b []byte) string { v, _ := url.ParseQuery(string(b)); return unnested(v.Get("s"), 1) },
	},
	charsetCarrier("utf-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
	charsetCarrier("utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)),
	charsetCarrier("iso-8859-1", charmap.ISO8859_1),
	{"JSON in UTF-16", "application/json", func(s string) []byte {
		b, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(nested(s, 2)))
		return b
	}, func(b []byte) string {
		s, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		return unnested(string(s), 2)
	}},
}

// escapeAll writes every UTF-16 code unit as \uXXXX.
func escapeAll(s string) string {
	var b strings.Builder
	units, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(s))
	const hex = "0123456789abcdef"
	for i := 0; i < len(units); i += 2 {
		b.WriteString(`\u`)
		for _, c := range units[i : i+2] {
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// parityTexts are what the carriers carry, and what is to become of it.
var parityTexts = []struct{ in, want string }{
	{"Hi, this is Elena Markovic, write to lena@example.com & bob+x@example.org.", "Hi, this is <PRIVATE_PERSON>, write to <PRIVATE_EMAIL> & <PRIVATE_EMAIL>."},
	{"Dear Zoë Müller,\n\n\"your\" card \\ 4111 1111 1111 1111 is 100% fine\tnow.\n", "Dear <PRIVATE_PERSON>,\n\n\"your\" card \\ <ACCOUNT_NUMBER> is 100% fine\tnow.\n"},
	{"lena@example.com", "<PRIVATE_EMAIL>"},
	{"nothing to see here, é and ü stay", "nothing to see here, é and ü stay"},
}

// The same text is masked the same way whatever carries it, and the carrier
// stays readable.
func TestCarrierParity(t *testing.T) {
	for _, c := range slices.Concat(carriers, multipartCarriers, markupCarriers, csvCarriers, innerCarriers, yamlCarriers, tomlCarriers, graphqlCarriers, logfmtCarriers) {
		c.check(t, Message{})
	}
	for _, c := range logCarriers {
		c.check(t, Message{Path: carrierPaths[c.name]})
	}
	for _, c := range binaryCarriers {
		c.check(t, Message{Path: c.path, MessageEncoding: c.encoding, Answer: c.answer})
	}
}

// check sends the texts, in a message that says where it is sent to, through
// every content coding.
func (c carrier) check(t *testing.T, m Message) {
	f := newFilter(t, Policy{})
	for _, codings := range [][]string{nil, {"gzip"}, {"br"}, {"zstd"}, {"deflate"}, {"gzip", "br"}} {
		t.Run(c.name+" "+strings.Join(codings, "+"), func(t *testing.T) {
			for _, text := range parityTexts {
				raw, err := coding.Encode(c.wrap(text.in), codings)
				if err != nil {
					t.Fatal(err)
				}
				m.Body, m.ContentType, m.ContentEncoding = raw, []string{c.contentType}, codings
				r := process(t, f, m)
				out, _, err := coding.Decode(r.Body, codings, coding.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				if got := c.unwrap(out); got != text.want {
					t.Errorf("%q:\ngot  %q\nwant %q", raw, got, text.want)
				}
				if r.Changed != (text.in != text.want) {
					t.Errorf("changed is %v", r.Changed)
				}
				if !r.Changed && &r.Body[0] != &raw[0] {
					t.Error("an unchanged body was copied")
				}
			}
		})
	}
}
