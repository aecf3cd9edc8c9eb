package filter

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"testing"
)

// rung is one way of writing a text within another.
type rung struct {
	name   string
	encode func(string) string
	decode func(string) (string, error)
}

func base64Rung(name, prefix string, enc *base64.Encoding) rung {
	return rung{
		name, func(s string) string { return prefix + enc.EncodeToString([]byte(s)) },
		func(s string) (string, error) {
			// Of a value without '+', '/', '-' and '_' nobody knows the alphabet.
			alphabet := strings.NewReplacer("-", "+", "_", "/", "=", "")
			b, err := base64.RawStdEncoding.DecodeString(alphabet.Replace(strings.TrimPrefix(s, prefix)))
			return string(b), err
		},
	}
}

// ladder are the encodings that values come in, each on any other.
var ladder = []rung{
	base64Rung("base64", "", base64.StdEncoding),
	base64Rung("base64url", "", base64.RawURLEncoding),
	base64Rung("data URI of text", "data:text/plain;charset=utf-8;base64,", base64.StdEncoding),
	base64Rung("data URI of JSON", "data:application/json;base64,", base64.StdEncoding),
	{"percent", percentAll, url.PathUnescape},
	{"percent of a path", url.PathEscape, url.PathUnescape},
	{"data URI in percent", func(s string) string { return "data:text/plain," + url.PathEscape(s) }, func(s string) (string, error) {
		return url.PathUnescape(strings.TrimPrefix(s, "data:text/plain,"))
	}},
	{"references", func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "&#%d;", r)
		}
		return b.String()
	}, func(s string) (string, error) { return html.UnescapeString(s), nil }},
	{"markup", func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "@", "&commat;") }, func(s string) (string, error) { return html.UnescapeString(s), nil }},
	{"quoted-printable", func(s string) string {
		var b strings.Builder
		w := quotedprintable.NewWriter(&b)
		w.Binary = true
		io.WriteString(w, s)
		w.Close()
		return strings.ReplaceAll(b.String(), "@", "=40")
	}, func(s string) (string, error) {
		b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		return string(b), err
	}},
	{"JSON string", func(s string) string { b, _ := json.Marshal(s); return string(b) }, unjson},
	{"JSON object", func(s string) string { b, _ := json.Marshal(map[string]string{"a": s}); return string(b) }, func(s string) (string, error) {
		var v map[string]string
		err := json.Unmarshal([]byte(s), &v)
		return v["a"], err
	}},
	{"JSON escapes", func(s string) string { return `"` + escapeAll(s) + `"` }, unjson},
}

func unjson(s string) (string, error) {
	var v string
	err := json.Unmarshal([]byte(s), &v)
	return v, err
}

func percentAll(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02x", s[i])
	}
	return b.String()
}

// A text that is written in any encoding on any other, three deep, in any of
// the usual carriers is found, and its carrier still says the same.
func TestEncodingsOnEncodings(t *testing.T) {
	const text = "Please write to lena@example.com & say hello"
	f := hardened(t, Policy{})
	line := carrier{
		"a line of text", "text/plain", func(s string) []byte { return []byte("see: " + s) },
		func(b []byte) string { return strings.TrimPrefix(string(b), "see: ") },
	}
	for _, c := range append([]carrier{line}, carriers...) {
		switch c.name {
		case "a line of text", "JSON object", "form", "JSON in UTF-16":
		default:
			continue
		}
		for i := range len(ladder) * len(ladder) * len(ladder) {
			steps := []rung{ladder[i%len(ladder)], ladder[i/len(ladder)%len(ladder)], ladder[i/len(ladder)/len(ladder)]}
			in, name := text, c.name
			for _, s := range steps {
				in = s.encode(in)
			}
			for j := range steps {
				name += " > " + steps[len(steps)-1-j].name
			}
			r, err := f.Process(t.Context(), nil, Message{Body: c.wrap(in), ContentType: []string{c.contentType}})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			out := c.unwrap(r.Body)
			for j := range steps {
				if out, err = steps[len(steps)-1-j].decode(out); err != nil {
					t.Errorf("%s: %.200q became %.200q: %v", name, c.wrap(in), r.Body, err)
					break
				}
			}
			// A placeholder may be written in an encoding more than the value.
			if err == nil && (!strings.Contains(out, "PRIVATE_EMAIL") || strings.Contains(out, "lena@")) {
				t.Errorf("%s: got %.120q from %.300q", name, out, r.Body)
			}
		}
	}
}
