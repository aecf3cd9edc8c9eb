package body

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	canary = "lena@example.com"
	masked = "MA/SK>"
)

// maskAll replaces the canary wherever a slot shows it.
func maskAll(doc *Document) []byte {
	var edits []Edit
	for i := range doc.Slots {
		text := string(doc.AppendText(nil, int32(i)))
		for at := 0; ; {
			n := strings.Index(text[at:], canary)
			if n < 0 {
				break
			}
			edits = append(edits, Edit{Slot: int32(i), Start: at + n, End: at + n + len(canary), Text: []byte(masked)})
			at += n + len(canary)
		}
	}
	return doc.Splice(edits)
}

// crlf writes the line ends of MIME.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func TestMultipartSlots(t *testing.T) {
	const form = "multipart/form-data; boundary=b"
	for _, tt := range []struct {
		name, contentType, in string
		want                  []string
	}{
		{
			"fields", form, crlf("--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b\nContent-Disposition: form-data; name=c\n\ny z\n--b--\n"),
			[]string{"k:a", "v:a=x", "k:c", "v:c=y z"},
		},
		{"no fields", form, crlf("--b--\n"), nil},
		{
			"preamble and epilogue", form, crlf("before\n--b\n\nx\n--b--\nbehind\n"),
			[]string{"v:before\r\n", "v:x", "v:behind\r\n"},
		},
		{"bare line feeds", form, "--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b--\n", []string{"k:a", "v:a=x"}},
		{
			"file", form, crlf("--b\nContent-Disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\" C:\\dir%22.txt\"\nContent-Type: text/plain\n\nhi\n--b--"),
			[]string{"k:f", "k:filename", `v:filename=a "b" C:\dir".txt`, "v:f=hi"},
		},
		{
			"file name in UTF-8", form, crlf("--b\nContent-Disposition: attachment; filename*=UTF-8''Zo%C3%AB%20M.txt; filename=x.txt; name=f\n\nhi\n--b--"),
			[]string{"k:filename*", "v:filename*=Zoë M.txt", "k:filename", "v:filename=x.txt", "k:f", "v:f=hi"},
		},
		{
			"file name in Latin-1", form, crlf("--b\nContent-Disposition: attachment; filename*=iso-8859-1'de'Zo%EB\n\nhi\n--b--"),
			[]string{"k:filename*", "v:filename*=Zoë", "v:hi"},
		},
		{
			"other headers", form, crlf("--b\nX-From: Lena\n M.\nContent-Type: text/plain; charset=utf-8; title=\"L\"\n\nhi\n--b--"),
			[]string{"k:X-From", "v:X-From=Lena M.", "k:charset", "v:charset=utf-8", "k:title", "v:title=L", "v:hi"},
		},
		{
			"JSON", form, crlf("--b\nContent-Disposition: form-data; name=\"j\"\nContent-Type: application/json\n\n{\"a\":\"x\"}\n--b--"),
			[]string{"k:j", "k:a", "v:a=x"},
		},
		{
			"JSON without label", form, crlf("--b\nContent-Disposition: form-data; name=\"j\"\n\n{\"a\":\"x\"}\n--b--"),
			[]string{"k:j", "k:a", "v:a=x"},
		},
		{
			"base64", form, crlf("--b\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte("Zoë says")) + "\n--b--"),
			[]string{"v:Zoë says"},
		},
		{
			"quoted-printable", form, crlf("--b\nContent-Transfer-Encoding: quoted-printable\n\nZo=C3=AB =\nsays\n--b--"),
			[]string{"v:Zoë says"},
		},
		{
			"charset of a part", form, crlf("--b\nContent-Type: text/plain; charset=iso-8859-1\n\nZo\xeb\n--b--"),
			[]string{"k:charset", "v:charset=iso-8859-1", "v:Zoë"},
		},
		{
			"charset of a form", form, crlf("--b\nContent-Disposition: form-data; name=\"_charset_\"\n\nkoi8-r\n--b\nContent-Disposition: form-data; name=\"a\"\n\n\xf0\n--b--"),
			[]string{"k:_charset_", "v:_charset_=koi8-r", "k:a", "v:a=П"},
		},
		{
			"nested", "multipart/mixed; boundary=b", crlf("--b\nContent-Type: multipart/alternative; boundary=\"c d\"\n\n--c d\n\nx\n--c d--\n--b\n\ny\n--b--"),
			[]string{"v:x", "v:y"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), tt.contentType)
			if got := texts(doc); doc.Format != Multipart || !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
}

// Readers take these apart in different ways, or nobody can.
func TestMultipartRefused(t *testing.T) {
	const form = "multipart/form-data; boundary=b"
	part := func(header string) string { return crlf("--b\n" + header + "\n\nx\n--b--\n") }
	for _, tt := range []struct{ name, contentType, in string }{
		{"no boundary", "multipart/form-data", part("")},
		{"an empty boundary", `multipart/form-data; boundary=""`, part("")},
		{"two boundaries", "multipart/form-data; boundary=b; boundary=c", part("A: b")},
		{"the same boundary twice", "multipart/form-data; boundary=b; boundary=b", part("A: b")},
		{"two boundaries in two cases", "multipart/form-data; Boundary=c; boundary=b", part("A: b")},
		{"a boundary in pieces", "multipart/form-data; boundary*0=b", part("A: b")},
		{"an encoded boundary", "multipart/form-data; boundary*=UTF-8''b", part("A: b")},
		{"a boundary that is too long", "multipart/form-data; boundary=" + strings.Repeat("b", 71), "--" + strings.Repeat("b", 71) + "\r\n\r\nx\r\n--" + strings.Repeat("b", 71) + "--"},
		{"a boundary with a quote in it", `multipart/form-data; boundary=a"b`, "--a\"b\r\n\r\nx\r\n--a\"b--"},
		{"two types in one line", "multipart/form-data; boundary=b, text/plain", part("A: b")},
		{"a boundary that some cut", "multipart/form-data; boundary=b=c", crlf("--b=c\n\n--b\nx\n--b=c--")},
		{"no end", form, crlf("--b\n\nx\n")},
		{"no end of the line", form, crlf("--b\n\nx\n--b")},
		{"two ends", form, crlf("--b\n\nx\n--b--\n--b--\n")},
		{"a part behind the end", form, crlf("--b\n\nx\n--b--\n--b\n\ny\n")},
		{"the boundary in a part", form, crlf("--b\n\nx --b y\n--b--\n")},
		{"a longer boundary in a part", form, crlf("--b\n\nx\n--bb\n--b--\n")},
		{"the boundary before the first part", form, crlf("a--b\n--b\n\nx\n--b--\n")},
		{"line ends of two kinds", form, "--b\r\n\r\nx\n--b--\r\n"},
		{"line ends of the other two kinds", form, "--b\n\nx\r\n--b--\n"},
		{"a carriage return alone", form, "--b\r\r x\r--b--\r"},
		{"header lines of two kinds", form, "--b\r\nA: b\n\nx\r\n\r\ny\r\n--b--\r\n"},
		{"a carriage return in a header", form, part("A: b\rContent-Transfer-Encoding: base64")},
		{"a header without an end", form, crlf("--b\nA: b\n--b--\n")},
		{"a header without a colon", form, part("A")},
		{"a header with a blank before its colon", form, part("Content-Type : text/plain")},
		{"a header that goes on from nowhere", form, part(" A: b")},
		{"a header with a NUL", form, part("A: b\x00c")},
		{"an encoded word", form, part("Subject: =?utf-8?Q?lena=40example.com?=")},
		{"two names", form, part(`Content-Disposition: form-data; name="a"; name="b"`)},
		{"two file names", form, part(`Content-Disposition: form-data; filename="a"; filename="b"`)},
		{"two dispositions", form, part("Content-Disposition: form-data; name=a\nContent-Disposition: form-data; name=b")},
		{"a file name in pieces", form, part(`Content-Disposition: form-data; filename*0="lena@exa"; filename*1="mple.com"`)},
		{"a file name in a strange charset", form, part(`Content-Disposition: form-data; filename*=utf-7''a`)},
		{"two transfer encodings", form, part("Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit")},
		{"an unknown transfer encoding", form, part("Content-Transfer-Encoding: x-uuencode")},
		{"text that is no base64", form, part("Content-Transfer-Encoding: base64")},
		{"base64 with padding in it", form, crlf("--b\nContent-Transfer-Encoding: base64\n\neA==eA==\n--b--")},
		{"base64 with something else in it", form, crlf("--b\nContent-Transfer-Encoding: base64\n\neHh4*eHh4\n--b--")},
		{"base64 with stray bits", form, crlf("--b\nContent-Transfer-Encoding: base64\n\neB==\n--b--")},
		{"broken quoted-printable", form, crlf("--b\nContent-Transfer-Encoding: quoted-printable\n\na=zz\n--b--")},
		{"quoted-printable that hides a number", form, crlf("--b\nContent-Transfer-Encoding: quoted-printable\n\n=4111111111111111\n--b--")},
		{"a coding of a part", form, part("Content-Encoding: gzip")},
		{"a wrong length of a part", form, part("Content-Length: 7")},
		{"two lengths of a part", form, part("Content-Length: 1\nContent-Length: 1")},
		{"a length that is no number", form, part("Content-Length: +1")},
		{"a nested one without boundary", form, part("Content-Type: multipart/mixed")},
		{"nested too deep", form, crlf("--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: multipart/mixed; boundary=d\n\n--d\nContent-Type: multipart/mixed; boundary=e\n\n--e\n\nx\n--e--\n--d--\n--c--\n--b--")},
		{"in UTF-16", form, string(wide(crlf("--b\n\nx\n--b--"), binary.LittleEndian, true))},
		{"JSON that is also parts", "multipart/form-data", "\"\r\n--b\r\n\r\nx\r\n--b--\""},
		{"text", form, "x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.in), NewHint([]string{tt.contentType}, ""), Options{})
			if !errors.Is(err, ErrAmbiguous) {
				t.Errorf("document %+v, error %v", doc, err)
			}
		})
	}
	doc, err := Parse([]byte(part("")), NewHint([]string{form, "multipart/form-data; boundary=c"}, ""), Options{})
	if !errors.Is(err, ErrAmbiguous) {
		t.Errorf("two types: document %+v, error %v", doc, err)
	}
}

func TestPartsThatCannotBeRead(t *testing.T) {
	in := crlf("--b\nContent-Disposition: form-data; name=\"f\"; filename=\"lena@example.com.png\"\nContent-Type: image/png\n\n\x89PNG\n\x1a\n\x00\x00lena@example.com\n" +
		"--b\nContent-Disposition: form-data; name=\"a\"\n\nlena@example.com\n--b--\n")
	doc := parse(t, []byte(in), "multipart/form-data; boundary=b")
	if doc.Unread != 1 {
		t.Errorf("%d unread parts", doc.Unread)
	}
	if got, want := string(maskAll(doc)), strings.Replace(strings.Replace(in, `"`+canary, `"`+masked, 1), "\r\n\r\n"+canary, "\r\n\r\n"+masked, 1); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLengthsOfPartsFollow(t *testing.T) {
	inner := crlf("--c\nContent-Length: 24\n\n" + canary + " " + "seventy" + "\n--c--")
	in := crlf("--b\nContent-Length: "+strconv.Itoa(len(inner))+"\nContent-Type: multipart/mixed; boundary=c\n\n") + inner + crlf("\n--b\nContent-Length: 1\n\nx\n--b--")
	got := string(maskAll(parse(t, []byte(in), "multipart/mixed; boundary=b")))
	inner = crlf("--c\nContent-Length: 14\n\n" + masked + " seventy" + "\n--c--")
	want := crlf("--b\nContent-Length: "+strconv.Itoa(len(inner))+"\nContent-Type: multipart/mixed; boundary=c\n\n") + inner + crlf("\n--b\nContent-Length: 1\n\nx\n--b--")
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// anyPart draws a part and writes it.
func anyPart(t *rapid.T, w *multipart.Writer) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "\n", "\r\n", `"`, `\`, "=", "--", "😀", "%41", "{"}), 0, 8)
	text := strings.Join(words.Draw(t, "text"), "")
	line := strings.NewReplacer("\r", "", "\n", "", "%", "").Replace(strings.Join(words.Draw(t, "name"), ""))
	head := textproto.MIMEHeader{}
	head.Set("Content-Disposition", `form-data; name="`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line)+`"`)
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 1:
		head.Set("Content-Disposition", mime.FormatMediaType("form-data", map[string]string{"name": "f", "filename": "a" + line}))
		head.Set("Content-Type", "text/plain")
	case 2:
		head.Set("X-Note", strings.TrimSpace(line))
		head.Set("Content-Transfer-Encoding", "base64")
		text = base64.StdEncoding.EncodeToString([]byte("a" + text))
	case 3:
		head.Set("Content-Transfer-Encoding", "quoted-printable")
		var b bytes.Buffer
		q := quotedprintable.NewWriter(&b)
		io.WriteString(q, strings.ReplaceAll(text, "\r\n", "\n"))
		q.Close()
		text = b.String()
	case 4:
		head.Set("Content-Length", strconv.Itoa(len(text)))
	}
	p, err := w.CreatePart(head)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(p, text)
}

// readParts is what Go's reader finds.
func readParts(t interface{ Fatalf(string, ...any) }, raw []byte, boundary string) (parts []string) {
	r := multipart.NewReader(bytes.NewReader(raw), boundary)
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		data, err := io.ReadAll(p)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		length := p.Header.Get("Content-Length")
		if length != "" && length != strconv.Itoa(len(data)) {
			t.Fatalf("%q: a length of %s for %d bytes", raw, length, len(data))
		}
		switch p.Header.Get("Content-Transfer-Encoding") {
		case "base64":
			if data, err = base64.StdEncoding.DecodeString(string(data)); err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
		case "quoted-printable":
			if data, err = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(data))); err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
		}
		_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		parts = append(parts, fmt.Sprintf("%q %q %q %q", params["name"], params["filename"], p.Header.Get("X-Note"), data))
	}
}

// What Go's reader finds in a masked body is what it found in the body, but
// for the value that was masked.
func TestSplicedMultipartIsMultipart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		w.SetBoundary("b=1")
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			anyPart(t, w)
		}
		w.Close()
		doc, err := Parse(b.Bytes(), NewHint([]string{w.FormDataContentType()}, ""), Options{})
		if err != nil {
			if strings.Contains(b.String(), "Content-Transfer-Encoding: quoted-printable") {
				t.Skip("it holds what only some read")
			}
			t.Fatalf("%q: %v", b.Bytes(), err)
		}
		if out := doc.Splice(nil); !bytes.Equal(out, b.Bytes()) {
			t.Fatalf("%q became %q without an edit", b.Bytes(), out)
		}
		out := maskAll(doc)
		before, after := readParts(t, b.Bytes(), "b=1"), readParts(t, out, "b=1")
		for i := range before {
			before[i] = strings.ReplaceAll(before[i], canary, masked)
		}
		if !slices.Equal(before, after) {
			t.Fatalf("%q became %q:\n%s\n%s", b.Bytes(), out, before, after)
		}
	})
}

func FuzzMultipart(f *testing.F) {
	for _, in := range []string{
		"--b\n\nlena@example.com\n--b--", "--b\nContent-Disposition: form-data; name=\"a\"; filename=lena@example.com\n\n\n--b\n\n{}\n--b--\nx",
		"--b\nContent-Transfer-Encoding: base64\nContent-Length: 24\n\nbGVuYUBleGFtcGxlLmNvbQ==\n--b--", "--b\nContent-Disposition: a; filename*=UTF-8''lena%40example.com\n\n--b--",
		"--b\nContent-Transfer-Encoding: quoted-printable\n\nlena=40exam=\nple.com\n--b--", "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nlena@example.com\n--c--\n--b--",
	} {
		f.Add([]byte(in))
		f.Add([]byte(crlf(in)))
	}
	h := NewHint([]string{"multipart/form-data; boundary=b"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != Multipart {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		out := maskAll(doc)
		again, err := Parse(out, h, Options{})
		if err != nil {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
		for i := range again.Slots {
			if text := again.AppendText(nil, int32(i)); bytes.Contains(text, []byte(canary)) && doc.Unread == again.Unread {
				t.Fatalf("%q became %q: slot %d is still %q", raw, out, i, text)
			}
		}
	})
}
