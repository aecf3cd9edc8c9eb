package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestRedactDocument masks a Word document in place, whole or not at all.
func TestRedactDocument(t *testing.T) {
	text := `<w:document><w:body><w:p><w:r><w:t>write to ` + canaryEmail[:4] + `</w:t></w:r><w:r><w:t>` + canaryEmail[4:] + ` soon</w:t></w:r></w:p></w:body></w:document>`
	const types = `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	for _, c := range []struct {
		name  string
		parts [][2]string
		want  string // of the command's errors; "": it works
	}{
		{"text", [][2]string{{"word/document.xml", text}}, ""},
		{"macros", [][2]string{{"word/document.xml", text}, {"word/vbaProject.bin", "\xd0\xcf"}}, "a part of the document cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := writeFile(t, "Letter.DOCX", zipped(t, append([][2]string{{"[Content_Types].xml", types}}, c.parts...)))
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, errs, err := caddy(t, "", "redact", "--rules-only", "--write", file)
			after, failed := os.ReadFile(file)
			if failed != nil {
				t.Fatal(failed)
			}
			if c.want != "" {
				if err == nil || !strings.Contains(errs, c.want) || strings.Contains(errs, canaryEmail) || !bytes.Equal(before, after) {
					t.Errorf("%v: %s", err, errs)
				}
				return
			}
			if err != nil || errs != "" {
				t.Fatalf("%v: %s", err, errs)
			}
			r, err := zip.NewReader(bytes.NewReader(after), int64(len(after)))
			if err != nil {
				t.Fatal(err)
			}
			part, err := r.Open("word/document.xml")
			if err != nil {
				t.Fatal(err)
			}
			defer part.Close()
			got, err := io.ReadAll(part)
			if want := "<w:t>write to &lt;PRIVATE_EMAIL&gt;</w:t>"; err != nil || !strings.Contains(string(got), want) || strings.Contains(string(got), canaryEmail[4:]) {
				t.Errorf("%v: %s", err, got)
			}
		})
	}
}

func zipped(t *testing.T, parts [][2]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		e, err := w.Create(p[0])
		if err == nil {
			_, err = io.WriteString(e, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestRedactPDF rebuilds a page, or says why it cannot: a binary without
// Tesseract cannot see what a page shows.
func TestRedactPDF(t *testing.T) {
	content := "BT /F 12 Tf 1 0 0 1 40 100 Tm (write to " + canaryEmail + " soon) Tj ET"
	file := writeFile(t, "page.pdf", "%PDF-1.4\n"+
		"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n"+
		"4 0 obj\n<</Length "+strconv.Itoa(len(content))+">>\nstream\n"+content+"\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n")
	out, errs, err := caddy(t, "", "redact", "--rules-only", file)
	if err != nil {
		if out != "" || !strings.Contains(errs, "built with Tesseract") {
			t.Errorf("%v: %s", err, errs)
		}
		return
	}
	text := ""
	for _, r := range "<PRIVATE_EMAIL>" {
		text += fmt.Sprintf("%04X", r)
	}
	if errs != "" || !strings.HasPrefix(out, "%PDF-") || !strings.Contains(out, text) || !strings.Contains(out, "/DCTDecode") || strings.Contains(out, "Helvetica") {
		t.Errorf("%s: %q", errs, clip([]byte(out)))
	}
}
