package e2e

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
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
