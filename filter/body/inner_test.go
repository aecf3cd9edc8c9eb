package body

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func code64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func wrap64(s string, width int, newline string) string {
	var b strings.Builder
	for code := code64(s); code != ""; code = code[min(width, len(code)):] {
		if b.Len() > 0 {
			b.WriteString(newline)
		}
		b.WriteString(code[:min(width, len(code))])
	}
	return b.String()
}

func TestEncodedValues(t *testing.T) {
	long := strings.Repeat("a letter to ", 12) + canary
	for _, tt := range []struct {
		name, contentType, in string
		want                  []string
	}{
		{"base64", "", `{"a":"` + code64("write to lena") + `"}`, []string{"k:a", "v:a=write to lena"}},
		{"base64 without padding", "", `["` + strings.TrimRight(code64("write to lena"), "=") + `"]`, []string{"v:write to lena"}},
		{"base64url", "", `["` + base64.URLEncoding.EncodeToString([]byte("Zoë?>~~ says so")) + `"]`, []string{"v:Zoë?>~~ says so"}},
		{"another script", "", `["` + code64("李小龍住在北京市朝陽區") + `"]`, []string{"v:李小龍住在北京市朝陽區"}},
		{"JSON in base64", "", `["` + code64(`{"a":"x","b":[]}`) + `"]`, []string{"k:a", "v:a=x", "k:b"}},
		{"base64 in base64", "", `["` + code64(code64("write to lena")) + `"]`, []string{"v:write to lena"}},
		{"escaped slashes", "", `["` + strings.ReplaceAll(code64("so?? so?? so??"), "/", `\/`) + `"]`, []string{"v:so?? so?? so??"}},
		{"data URI", "", `["data:text/plain;base64,` + code64("write to lena") + `"]`, []string{"v:data:text/plain;base64,", "v:write to lena"}},
		{"a form", "application/x-www-form-urlencoded", "a=" + strings.ReplaceAll(code64("write to lena"), "=", "%3D"), []string{"k:a", "v:a=write to lena"}},
		{"within a text", "text/plain", "payload=" + code64(canary) + " ok", []string{"v:payload=", "v:" + canary, "v: ok"}},
		{"within a path", "text/plain", "GET /users/id/" + code64(canary+"xy") + " ok", []string{"v:GET /users/id/", "v:" + canary + "xy", "v: ok"}},
		{"lines", "text/plain", wrap64(long, 64, "\r\n") + "\r\n", []string{"v:" + long, "v:\r\n"}},
		{"quoted-printable", "", `["Zo=C3=AB=2C lena=40example.com"]`, []string{"v:Zoë, lena@example.com"}},
		{"a line that goes on", "text/plain", "lena@exam=\r\nple.com", []string{"v:lena@example.com"}},
		// What only looks encoded.
		{"a word", "", `["Donaudampfschifffahrtsgesellschaft"]`, []string{"v:Donaudampfschifffahrtsgesellschaft"}},
		{"digits", "", `["4111111111111111"]`, []string{"v:4111111111111111"}},
		{"UUID", "", `["0b5fb9b3-5e8f-4a53-8f2c-2f6a0d6a9b8e"]`, []string{"v:0b5fb9b3-5e8f-4a53-8f2c-2f6a0d6a9b8e"}},
		{"digest", "", `["d41d8cd98f00b204e9800998ecf8427e"]`, []string{"v:d41d8cd98f00b204e9800998ecf8427e"}},
		{"credentials in a text", "text/plain", "Authorization: Basic " + code64("lena:hunter22"), []string{"v:Authorization: Basic " + code64("lena:hunter22")}},
		{"two equal signs", "text/plain", "a==b; x=4000056655665556 y=20z", []string{"v:a==b; x=4000056655665556 y=20z"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), tt.contentType)
			if got := texts(doc); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
}

// A value is written again the way it was: alphabet, padding, lines.
func TestEncodedValuesAreEncodedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "to: " + strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "?", ">", "~", "and so on"}), 3, 20).Draw(t, "text"), "")
		enc := rapid.SampledFrom([]*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding}).Draw(t, "encoding")
		code := enc.EncodeToString([]byte(text))
		depth := rapid.IntRange(0, 2).Draw(t, "depth")
		for range depth {
			code = enc.EncodeToString([]byte(code))
		}
		in, err := json.Marshal(map[string]any{"a": code, "b": 1.5})
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Parse(in, Hint{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if out := doc.Splice(nil); !bytes.Equal(in, out) {
			t.Fatalf("%s became %s without an edit", in, out)
		}
		var read struct{ A string }
		out := maskAll(doc)
		if err := json.Unmarshal(out, &read); err != nil {
			t.Fatalf("%s became %s", in, out)
		}
		got := []byte(read.A)
		for range depth + 1 {
			// Of a value without '+', '/', '-' and '_' nobody knows the
			// alphabet, and of one that needs no padding not whether it had some.
			alphabet := strings.NewReplacer("-", "+", "_", "/", "=", "")
			if got, err = base64.RawStdEncoding.DecodeString(alphabet.Replace(string(got))); err != nil {
				t.Fatalf("%s became %s: %v", in, out, err)
			}
		}
		if want := strings.ReplaceAll(text, canary, masked); string(got) != want {
			t.Fatalf("%s became %s: %q, want %q", in, out, got, want)
		}
	})
}

func FuzzEncodedValues(f *testing.F) {
	for _, in := range []string{
		code64("write to " + canary), `{"a":"` + code64(code64(canary)) + `"}`, "data:text/plain;base64," + code64("<p>"+canary), "x " + code64(`{"a":"`+canary+`"}`) + "==",
		"lena=40example.com", "lena@exam=\nple.com", wrap64(strings.Repeat("x ", 50)+canary, 76, "\n"), "a/b/" + code64(canary) + "/c", "=C3=A9=3D" + canary,
	} {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, NewHint([]string{"text/plain"}, ""), Options{})
		if err != nil || !doc.Inspected() {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		if out := maskAll(doc); bytes.Contains(raw, []byte(canary)) && doc.Format == Text && bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw, out)
		}
	})
}
