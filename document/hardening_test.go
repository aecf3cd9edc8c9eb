package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// TestAttackContainer hands over archives that two readers may understand in
// two ways, or that ask for more than there is.
func TestAttackContainer(t *testing.T) {
	plain := body(`<w:p><w:r><w:t>Harriet Blackwood</w:t></w:r></w:p>`)
	encrypted := docx(t, plain)
	at := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[at+8] |= 1
	nested := docx(t, plain)
	for range 4 {
		nested = docx(t, plain, file{"word/embeddings/a.docx", string(nested)})
	}
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
	}{
		{name: "nothing", data: nil, want: ErrFormat},
		{name: "no archive", data: []byte("Harriet Blackwood"), want: ErrFormat},
		{name: "cut off", data: docx(t, plain)[:200], want: ErrFormat},
		{name: "something before it", data: append([]byte("MZ"), docx(t, plain)...), want: ErrFormat},
		{name: "another kind of document", data: workbook(t), want: ErrFormat},
		{name: "a part twice", data: docx(t, plain, plain), want: ErrFormat},
		{name: "a part twice, by case", data: docx(t, plain, file{"Word/Document.xml", plain.content}), want: ErrFormat},
		{name: "a way out", data: docx(t, plain, file{"../evil.xml", "<a/>"}), want: ErrFormat},
		{name: "a way out within", data: docx(t, plain, file{"word/../../evil.xml", "<a/>"}), want: ErrFormat},
		{name: "a root", data: docx(t, plain, file{"/evil.xml", "<a/>"}), want: ErrFormat},
		{name: "a drive", data: docx(t, plain, file{`c:\evil.xml`, "<a/>"}), want: ErrFormat},
		{name: "encrypted", data: encrypted, want: ErrFormat},
		{name: "macros", data: docx(t, plain, file{"word/vbaProject.bin", "\xd0\xcf\x11\xe0"}), want: ErrPart},
		{name: "a page in it", data: docx(t, plain, file{"word/afchunk.html", "<html>Harriet</html>"}), want: ErrPart},
		{name: "a drawing in it", data: docx(t, plain, file{"word/media/a.svg", "<svg/>"}), want: ErrPart},
		{name: "text in it", data: docx(t, plain, file{"word/note.txt", "Harriet Blackwood"}), want: ErrPart},
		{name: "bomb", data: docx(t, plain, file{"word/a.xml", "<a>" + strings.Repeat(" ", 8<<20) + "</a>"}), want: ErrTooLarge},
		{name: "too much in all", data: docx(t, plain, file{"word/a.xml", "<a>" + strings.Repeat("ab ", 1000) + "</a>"}), limits: Limits{Total: 2000}, want: ErrTooLarge},
		{name: "too large a file", data: docx(t, plain), limits: Limits{Bytes: 100}, want: ErrTooLarge},
		{name: "too many parts", data: docx(t, plain, file{"a.xml", "<a/>"}), limits: Limits{Entries: 2}, want: ErrTooLarge},
		{name: "too deep", data: docx(t, body(strings.Repeat("<a>", 600)+strings.Repeat("</a>", 600))), want: ErrTooLarge},
		{name: "documents in documents", data: nested, want: ErrTooLarge},
		{name: "entities", data: docx(t, file{"word/document.xml", `<!DOCTYPE a [<!ENTITY b "Harriet Blackwood">]><a>&b;</a>`}), want: ErrFormat},
		{name: "unknown entity", data: docx(t, body(`<w:t>&eacute;</w:t>`)), want: ErrFormat},
		{name: "not closed", data: docx(t, body(`<w:p>`)), want: ErrFormat},
		{name: "closed crosswise", data: docx(t, body(`<a><b></a></b>`)), want: ErrFormat},
		{name: "two roots", data: docx(t, file{"word/document.xml", `<a/><b>Harriet Blackwood</b>`}), want: ErrFormat},
		{name: "text behind the root", data: docx(t, file{"word/document.xml", `<a/>Harriet Blackwood`}), want: ErrFormat},
		{name: "UTF-16", data: docx(t, file{"word/document.xml", wide(plain.content)}), want: ErrPart},
		{name: "another charset", data: docx(t, file{"word/document.xml", `<?xml version="1.0" encoding="UTF-7"?><a>+AEg-arriet</a>`}), want: ErrFormat},
		{name: "a part named like a value", data: docx(t, plain, file{"word/Harriet Blackwood.xml", "<a/>"}), want: ErrResidue},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, report, err := (&Redactor{Limits: c.limits}).RedactDOCX(t.Context(), c.data, find)
			if !errors.Is(err, c.want) || out != nil || report != nil {
				t.Errorf("%d bytes, %v; want %v", len(out), err, c.want)
			}
		})
	}
}

func workbook(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	e, err := w.Create("[Content_Types].xml")
	if err == nil {
		_, err = io.WriteString(e, "<Types/>")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wide is a text in UTF-16, which programs read without being told.
func wide(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

// TestAttackBetweenEntries hides text where an archive has room for it.
func TestAttackBetweenEntries(t *testing.T) {
	var data bytes.Buffer
	w := zip.NewWriter(&data)
	for name, content := range map[string]string{"[Content_Types].xml": contentTypes, "word/document.xml": body("<w:p/>").content} {
		e, err := w.CreateHeader(&zip.FileHeader{Name: name, Comment: "Harriet Blackwood", Extra: []byte("\xfe\xca\x07\x00Harriet")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment("Harriet Blackwood"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	out, _, err := new(Redactor).RedactDOCX(t.Context(), data.Bytes(), find)
	if err != nil || bytes.Contains(out, []byte("Harriet")) {
		t.Errorf("%v, or it is left", err)
	}
}

// TestVerifyRefuses looks at documents that a rewrite could have left so.
func TestVerifyRefuses(t *testing.T) {
	gone := &residue{make(values), strings.NewReplacer("<private_person>", "\n")}
	gone.add("Harriet Blackwood", pii.PrivatePerson)
	gone.add("private", pii.Secret)
	for _, c := range []struct {
		name string
		file file
		left bool
	}{
		{"clean", file{"a.xml", "<a>&lt;private_person&gt;</a>"}, false},
		{"part of another word", file{"a.xml", "<a>harriet blackwoods</a>"}, false},
		{"text", file{"a.xml", "<a>a harriet  BLACKWOOD.</a>"}, true},
		{"elements", file{"a.xml", "<a><t>Harr</t><t>iet Blackwood</t></a>"}, true},
		{"attribute", file{"a.xml", `<a b="Harriet&#32;Blackwood"/>`}, true},
		{"link", file{"a.xml", `<a b="https://x/Harriet%20Blackwood"/>`}, true},
		{"name", file{"Harriet Blackwood.xml", "<a/>"}, true},
		{"comment", file{"a.xml", "<a><!-- x --></a>"}, true},
		{"broken", file{"a.xml", "<a>"}, true},
		{"archive", file{"a.docx", string(docxOf(file{"a.xml", "<a>Harriet Blackwood</a>"}))}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := gone.verify(docx(t, c.file)); (err != nil) != c.left {
				t.Error(err)
			}
		})
	}
}

// TestErrorsOfFind ends what cannot be known.
func TestErrorsOfFind(t *testing.T) {
	failed := errors.New("failed")
	for _, c := range []struct {
		name string
		find Find
		want error
	}{
		{"failed", func(context.Context, []string) ([][]pii.Span, error) { return nil, failed }, failed},
		{"no answer", func(context.Context, []string) ([][]pii.Span, error) { return nil, nil }, pii.ErrDetector},
		{"outside", func(context.Context, []string) ([][]pii.Span, error) {
			return [][]pii.Span{{{Start: 0, End: 1 << 20}}}, nil
		}, pii.ErrDetector},
		{"within a character", func(context.Context, []string) ([][]pii.Span, error) { return [][]pii.Span{{{Start: 0, End: 1}}}, nil }, pii.ErrDetector},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := new(Redactor).RedactDOCX(t.Context(), docx(t, body("<w:p><w:t>é</w:t></w:p>")), c.find)
			if !errors.Is(err, c.want) {
				t.Error(err)
			}
		})
	}
}

// FuzzDOCX reads any part: what it writes can be read, and holds no value.
func FuzzDOCX(f *testing.F) {
	f.Add(body(`<w:p><w:r><w:t>Harriet </w:t></w:r><w:r><w:t>Blackwood</w:t></w:r></w:p>`).content)
	f.Add(`<a b="Harriet Blackwood" w:author="Harriet Blackwood">x<![CDATA[Harriet Blackwood]]><!-- c --></a>`)
	f.Add(`<w:p><w:del><w:t>a</w:t></w:del><w:tab/><w:p><w:instrText>+44 20 7946 0318</w:instrText></w:p></w:p>`)
	f.Fuzz(func(t *testing.T, part string) {
		r := &Redactor{Image: func(_ context.Context, data []byte) ([]byte, error) { return data, nil }}
		out, report, err := r.RedactDOCX(t.Context(), docx(t, file{"word/document.xml", part}), find)
		if err != nil {
			return
		}
		again, err := r.AnalyseDOCX(t.Context(), out, find)
		if err != nil {
			t.Fatalf("what was written is no document: %v", err)
		}
		for _, found := range again.Findings {
			// Who wrote it is covered whatever it says.
			if s := string([]rune(again.Text)[found.Start:found.End]); planted[s] != "" {
				t.Fatalf("%q is left of %q", s, report.Text)
			}
		}
	})
}
