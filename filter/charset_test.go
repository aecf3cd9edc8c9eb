package filter

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// charsets in the wild, by their labels, with words that they can write.
var charsets = []struct{ labels, words string }{
	{"utf-8 utf8 unicode-1-1-utf-8 UTF-8 x-unicode20utf8", "Zoë Ωμέγα Пётр 李小龍 😀"},
	{"us-ascii ascii ansi_x3.4-1968 iso-ir-100", "Zoe"},
	{"iso-8859-1 latin1 l1 iso8859-1 iso_8859-1 cp819 windows-1252 cp1252 x-cp1252", "Zoë Ångström ñ"},
	{"iso-8859-2 latin2 windows-1250 cp1250 iso-8859-16", "Łódź"},
	{"iso-8859-3 latin3", "Ĉu Ħal"},
	{"iso-8859-4 latin4 windows-1257 iso-8859-13 cp1257", "Šķ"},
	{"iso-8859-5 windows-1251 cp1251 koi8-r koi8-u koi8 ibm866 cp866 x-mac-cyrillic", "Пётр Чехов"},
	{"iso-8859-6 windows-1256", "محمد"},
	{"iso-8859-7 greek windows-1253", "Ωμέγα"},
	{"iso-8859-8 iso-8859-8-i windows-1255 hebrew", "שלום"},
	{"iso-8859-9 latin5 windows-1254 iso-8859-10 iso-8859-14 iso-8859-15 latin-9 macintosh windows-1258", "Ôö"},
	{"tis-620 windows-874 iso-8859-11", "สวัสดี"},
	{"shift_jis sjis ms_kanji windows-31j x-sjis euc-jp x-euc-jp", "表 山田太郎 ソ十"},
	{"gbk gb2312 chinese gb18030 x-gbk gb_2312-80", "李小龙 北京"},
	{"big5 big5-hkscs cn-big5", "李小龍 許功蓋"},
	{"euc-kr ks_c_5601-1987 korean windows-949", "김철수 서울"},
	{"ibm437 cp437 ibm850 cp850 ibm852 ibm865 cp037 ibm037", "Zoë"},
}

func encodingOf(t *testing.T, label string) encoding.Encoding {
	t.Helper()
	if enc, err := htmlindex.Get(label); err == nil {
		return enc
	}
	enc, err := ianaindex.IANA.Encoding(label)
	if err != nil || enc == nil {
		t.Fatalf("%s: %v", label, err)
	}
	return enc
}

// A text in any charset is masked, in that charset, as text, in JSON, in a form's part and in markup.
func TestEveryCharset(t *testing.T) {
	f := hardened(t, Policy{})
	for _, c := range charsets {
		for label := range strings.FieldsSeq(c.labels) {
			enc := encodingOf(t, label)
			for _, form := range []struct{ contentType, text string }{
				{"text/plain; charset=%s", "%s, lena@example.com, %s\n"},
				{"application/json; charset=\"%s\"", `{"a":"%s lena@example.com","%s":"x"}`},
				{"text/html; charset=%s", "<p title='%s'>lena@example.com %s</p>"},
				{"text/csv; charset=%s", "a,%s\nlena@example.com,%s\n"},
				{"application/yaml; charset=%s", "%s: lena@example.com # %s\n"},
			} {
				text := fmt.Sprintf(form.text, c.words, c.words)
				raw, err := enc.NewEncoder().Bytes([]byte(text))
				if err != nil {
					t.Fatalf("%s: %v", label, err)
				}
				r, err := f.Process(t.Context(), nil, Message{Body: raw, ContentType: []string{fmt.Sprintf(form.contentType, label)}})
				if err != nil {
					t.Errorf("%s, %q: %v", label, form.text, err)
					continue
				}
				placeholder := "<PRIVATE_EMAIL>"
				if strings.Contains(form.contentType, "html") {
					placeholder = "&lt;PRIVATE_EMAIL&gt;"
				}
				out, err := enc.NewDecoder().Bytes(r.Body)
				if want := strings.ReplaceAll(text, "lena@example.com", placeholder); err != nil || string(out) != want {
					t.Errorf("%s: %q became %q, want %q (%v)", label, text, out, want, err)
				}
			}
		}
	}
}

// UTF-16 and UTF-32 in both orders, with and without mark, under labels that
// say so, say the other, or say nothing of it.
func TestWideCharsets(t *testing.T) {
	const text = `{"a":"lena@example.com","b":"Zoë 李小龍 😀"}`
	want := strings.ReplaceAll(text, "lena@example.com", "<PRIVATE_EMAIL>")
	for name, enc := range map[string]encoding.Encoding{
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"utf-16le with mark": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16be with mark": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"utf-32le": utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32be": utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM),
		"utf-32le with mark": utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "utf-32be with mark": utf32.UTF32(utf32.BigEndian, utf32.UseBOM),
	} {
		raw, err := enc.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "utf-8", "ucs-2", "iso-10646-ucs-2", "unicode", "iso-8859-1"} {
			for _, contentType := range []string{"application/json", "text/plain"} {
				if label != "" {
					contentType += "; charset=" + label
				}
				r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: raw, ContentType: []string{contentType}})
				honest := label != "" && strings.HasPrefix(name, label)
				if err != nil {
					if honest {
						t.Errorf("%s as %s: %v", name, contentType, err)
					}
					continue
				}
				if out, err := enc.NewDecoder().Bytes(r.Body); err != nil || string(out) != want {
					t.Errorf("%s as %s: %q, %v", name, contentType, out, err)
				}
			}
		}
	}
}

// Where bytes of text say something else than their letters, nobody here reads
// them, whatever the policy.
func TestShiftedCharsets(t *testing.T) {
	for label, in := range map[string]string{
		"utf-7": "lena+AEA-example.com", "unicode-1-1-utf-7": "lena+AEA-example.com", "utf-7-imap": "lena&AEA-example.com", "csUnicode11UTF7": "lena+AEA-example.com",
		"iso-2022-jp": "\x1b$B;3ED\x1b(B lena@example.com", "iso-2022-jp-2": "\x1b$B;3ED\x1b(B", "iso-2022-jp-3": "\x1b$B;3ED\x1b(B", "iso-2022-kr": "\x1b$)C\x0e<-\x0f", "iso-2022-cn": "\x1b$)A\x0eAn\x0f",
		"hz-gb-2312": "~{<:Ky~}", "utf-ebcdic": "lena", "bocu-1": "lena", "scsu": "lena", "x-imap4-modified-utf7": "lena&AEA-example.com",
	} {
		for _, form := range []string{"text/plain", "application/json", "text/html", "application/x-www-form-urlencoded"} {
			_, err := hardened(t, Policy{Unsupported: UnsupportedPass}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{form + "; charset=" + label}})
			if err == nil {
				t.Errorf("%s as %s passed", label, form)
				continue
			}
			wantReason(t, err, ReasonUnsupported)
		}
	}
}

// A placeholder that the charset cannot write is written as well as it can be,
// and leaves the body readable.
func TestPlaceholdersInCharsets(t *testing.T) {
	for _, label := range []string{"iso-8859-1", "windows-1251", "koi8-r", "shift_jis", "euc-jp", "gbk", "gb18030", "big5", "euc-kr", "utf-16le", "cp037"} {
		enc := encodingOf(t, label)
		raw, err := enc.NewEncoder().Bytes([]byte(`{"a":"lena@example.com"}`))
		if err != nil {
			t.Fatal(err)
		}
		r, err := hardened(t, Policy{Format: "«{category} ✓ é»"}).Process(t.Context(), nil, Message{Body: raw, ContentType: []string{"application/json; charset=" + label}})
		if err != nil {
			t.Errorf("%s: %v", label, err)
			continue
		}
		out, err := enc.NewDecoder().Bytes(r.Body)
		if err != nil || !strings.Contains(string(out), "PRIVATE_EMAIL") || strings.ContainsAny(string(out), "\x1a\ufffd") {
			t.Errorf("%s: %q, %v", label, out, err)
		}
	}
}
