package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"image"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// planted are the values in the documents, and what find looks for.
var planted = map[string]pii.Category{
	"Harriet Blackwood": pii.PrivatePerson, "harriet.blackwood@example.com": pii.PrivateEmail, "+44 20 7946 0318": pii.PrivatePhone,
}

// find knows the planted values and nothing else. It finds each where it
// stands first: the others are the package's to find.
func find(_ context.Context, texts []string) ([][]pii.Span, error) {
	out := make([][]pii.Span, len(texts))
	for i, text := range texts {
		for value, category := range planted {
			if at := strings.Index(text, value); at >= 0 {
				out[i] = append(out[i], pii.Span{Start: at, End: at + len(value), Category: category, Score: 1})
			}
		}
	}
	return out, nil
}

// file is an entry of a document in the making.
type file struct{ name, content string }

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/thumbnail.jpeg" ContentType="image/jpeg"/></Types>`

// body is a document part around paragraphs.
func body(paragraphs string) file {
	return file{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + paragraphs + `</w:body></w:document>`}
}

// docx zips files to a document.
func docx(t testing.TB, files ...file) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range append([]file{{"[Content_Types].xml", contentTypes}}, files...) {
		e, err := w.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpacked is the parts of a document by name.
func unpacked(t testing.TB, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]string)
	for _, f := range r.File {
		content, err := contentOf(f)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
	}
	return parts
}

var tags = regexp.MustCompile(`<[^>]*>`)

// shown is the text of a part as one reads it.
func shown(part string) string { return html.UnescapeString(tags.ReplaceAllString(part, "")) }

// picture is a small PNG.
func picture(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestValuesLeaveEveryPlace plants values wherever a document may hold one.
func TestValuesLeaveEveryPlace(t *testing.T) {
	const name, mail = "Harriet Blackwood", "harriet.blackwood@example.com"
	run := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	rels := func(inner string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + inner + `</Relationships>`
	}
	base := body(`<w:p>` + run("Customer: "+name) + run(", "+mail) + `</w:p>`)
	for _, c := range []struct {
		place string
		files []file
		gone  []string // beside the values
		kept  []string // text or markup that must still be there
	}{
		{place: "one run", files: []file{base}, kept: []string{"Customer: &lt;private_person&gt;", ", &lt;private_email&gt;"}},
		{place: "runs", files: []file{body(`<w:p>` + run("Dear Har") + `<w:r><w:rPr><w:b/></w:rPr><w:t>riet Black</w:t></w:r>` + run("wood hello") + `</w:p>`)}, kept: []string{"Dear &lt;private_person&gt;", "<w:b/>", `xml:space="preserve"`}},
		{place: "comment inside of a text", files: []file{body(`<w:p><w:r><w:t>Har<!-- Blackwood -->riet Blackwood</w:t></w:r></w:p>`)}},
		{place: "CDATA", files: []file{body(`<w:p><w:r><w:t><![CDATA[Harriet ]]>Blackwood</w:t></w:r></w:p>`)}},
		{place: "character references", files: []file{body(`<w:p>` + run("&#72;arriet&#x20;Blackwood") + `</w:p>`)}},
		{place: "soft hyphens elsewhere", files: []file{base, {"word/footnotes.xml", `<w:footnotes><w:p>` + run("Harr\u00adiet Black\u200dwood") + `</w:p></w:footnotes>`}}, gone: []string{"Harr", "wood"}},
		{place: "capitals elsewhere", files: []file{base, {"word/endnotes.xml", `<w:endnotes><w:p>` + run("HARRIET BLACKWOOD") + `</w:p></w:endnotes>`}}},
		{place: "a blank as a tab", files: []file{base, {"word/header1.xml", `<w:hdr><w:p><w:r><w:t>Harriet</w:t><w:tab/><w:t>Blackwood</w:t></w:r></w:p></w:hdr>`}}},
		{place: "header, footer", files: []file{base, {"word/header1.xml", `<w:hdr><w:p>` + run(name) + `</w:p></w:hdr>`}, {"word/footer1.xml", `<w:ftr><w:p>` + run(mail) + `</w:p></w:ftr>`}}},
		{place: "comments", files: []file{base, {"word/comments.xml", `<w:comments><w:comment w:id="0" w:author="Jo Doe" w:initials="JD"><w:p>` + run("ask "+name) + `</w:p></w:comment></w:comments>`}}, gone: []string{"Jo Doe", "JD"}, kept: []string{"ask "}},
		{place: "people", files: []file{base, {"word/people.xml", `<w15:people><w15:person w15:author="Jo Doe"><w15:presenceInfo w15:providerId="AD" w15:userId="S::jo@x.example::1"/></w15:person></w15:people>`}}, gone: []string{"Jo Doe", "jo@x"}},
		{place: "tracked deletion", files: []file{body(`<w:p>` + run("Paid by ") + `<w:del w:id="1" w:author="Jo Doe"><w:r><w:delText>Max Gone </w:delText></w:r></w:del><w:ins w:id="2" w:author="Jo Doe">` + run(name) + `</w:ins>` + run(" today") + `</w:p>`)}, gone: []string{"Max", "Jo Doe", "delText"}, kept: []string{"w:ins", " today"}},
		{place: "a deletion within a name", files: []file{body(`<w:p>` + run("Har") + `<w:del w:author="A"><w:r><w:delText>xx</w:delText></w:r></w:del>` + run("riet Blackwood") + `</w:p>`)}, gone: []string{"xx"}},
		{place: "fields", files: []file{body(`<w:p>` + run("Har") + `<w:r><w:instrText> HYPERLINK "mailto:` + mail + `" </w:instrText></w:r>` + run("riet Blackwood") + `</w:p><w:p><w:fldSimple w:instr=" AUTHOR &quot;` + name + `&quot;">` + run("x") + `</w:fldSimple></w:p>`)}, kept: []string{"HYPERLINK"}},
		{place: "links", files: []file{base, {"word/_rels/document.xml.rels", rels(`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="mailto:harriet%2Eblackwood%40example.com" TargetMode="External"/><Relationship Id="rId2" Type="t" Target="https://example.org/plain" TargetMode="External"/><Relationship Id="rId3" Type="t" Target="file:///C:/Users/hblack/x.dotx" TargetMode="External"/>`)}}, gone: []string{"%40", "hblack"}, kept: []string{`Target="https://redacted.invalid/"`, "https://example.org/plain"}},
		{place: "alt text", files: []file{base, {"word/footer2.xml", `<w:ftr><wp:docPr id="1" name="` + name + `" descr="Photo of ` + name + `" title="x"/></w:ftr>`}}, kept: []string{"Photo of "}},
		{place: "text box, twice", files: []file{body(`<w:p>` + run("Harriet ") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p>` + run(name) + `</w:p></w:txbxContent></mc:Choice><mc:Fallback><v:textbox><w:txbxContent><w:p>` + run(name) + `</w:p></w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>` + run("Blackwood") + `</w:p>`)}},
		{place: "a drawn word", files: []file{base, {"word/header3.xml", `<w:hdr><v:textpath string="` + name + `"/></w:hdr>`}}},
		{place: "chart", files: []file{base, {"word/charts/chart1.xml", `<c:chart><c:pt idx="0"><c:v>` + name + `</c:v></c:pt></c:chart>`}}},
		{place: "properties", files: []file{base, {"docProps/core.xml", `<cp:coreProperties><dc:creator>jdoe</dc:creator><cp:lastModifiedBy>Jo Doe</cp:lastModifiedBy><dc:title>About ` + name + `</dc:title></cp:coreProperties>`}, {"docProps/app.xml", `<Properties><Manager>Jo Doe</Manager><Company>` + name + `</Company></Properties>`}, {"docProps/custom.xml", `<Properties><property name="` + name + `"><vt:lpwstr>` + mail + `</vt:lpwstr></property></Properties>`}}, gone: []string{"jdoe", "Jo Doe"}, kept: []string{"About "}},
		{place: "names of things", files: []file{body(`<w:p><w:bookmarkStart w:id="0" w:name="Harriet Blackwood"/>` + run(name) + `</w:p>`), {"word/styles.xml", `<w:styles><w:style w:styleId="X"><w:name w:val="Style of Harriet Blackwood"/></w:style></w:styles>`}}},
		{place: "data behind it", files: []file{base, {"customXml/item1.xml", `<data><person id="Harriet Blackwood">` + name + `</person></data>`}}},
		{place: "thumbnail", files: []file{base, {"docProps/thumbnail.jpeg", "\xff\xd8\xff thumb"}, {"_rels/.rels", rels(`<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>`)}}, gone: []string{"thumb"}},
		{place: "signature", files: []file{base, {"_xmlsignatures/sig1.xml", `<Signature>Jo Doe</Signature>`}}, gone: []string{"Jo Doe"}},
		{place: "a workbook in it", files: []file{base, {"word/embeddings/book.xlsx", string(docx(t, file{"xl/sharedStrings.xml", `<sst><si><r><t>Harriet </t></r><r><t>Blackwood</t></r></si></sst>`}))}}},
	} {
		t.Run(c.place, func(t *testing.T) {
			out, report, err := new(Redactor).RedactDOCX(t.Context(), docx(t, c.files...), find)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Findings) == 0 {
				t.Fatal("nothing found")
			}
			all := everything(t, out)
			for _, s := range append(c.gone, "Harriet", "HARRIET", "Blackwood", "blackwood@") {
				if strings.Contains(all, s) {
					t.Errorf("%q is left in %s", s, all)
				}
			}
			for _, s := range c.kept {
				if !strings.Contains(all, s) {
					t.Errorf("%q is gone from %s", s, all)
				}
			}
		})
	}
}

// everything is all parts of a document, as markup and as text.
func everything(t testing.TB, data []byte) string {
	t.Helper()
	var all strings.Builder
	for name, part := range unpacked(t, data) {
		if strings.HasPrefix(part, "PK") {
			part = everything(t, []byte(part))
		}
		fmt.Fprintln(&all, name, part, shown(part))
	}
	return all.String()
}

// TestOtherBytesStay leaves parts without findings as they are.
func TestOtherBytesStay(t *testing.T) {
	doc := body(`<w:p  w:rsidR='00A1' ><w:r><w:t xml:space="preserve"> a &gt; b &#x26; "c" </w:t></w:r><w:r/></w:p>`)
	styles := file{"word/styles.xml", "<w:styles>\r\n<w:style w:val=\"Heading 1\"/>\r\n</w:styles>"}
	mentioned := file{"word/header1.xml", `<w:hdr><w:p a='1'><w:r><w:t>Harriet Blackwood</w:t></w:r></w:p><w:x y = '&quot;'/></w:hdr>`}
	out, _, err := new(Redactor).RedactDOCX(t.Context(), docx(t, doc, styles, mentioned), find)
	if err != nil {
		t.Fatal(err)
	}
	parts := unpacked(t, out)
	for _, f := range []file{doc, styles} {
		if parts[f.name] != f.content {
			t.Errorf("%s: %s", f.name, parts[f.name])
		}
	}
	if want := strings.Replace(mentioned.content, "Harriet Blackwood", "&lt;private_person&gt;", 1); parts[mentioned.name] != want {
		t.Errorf("got %s", parts[mentioned.name])
	}
}

// TestRunsAreCrossed cuts a paragraph anywhere: what one reads is the same.
func TestRunsAreCrossed(t *testing.T) {
	const text = "To Harriet Blackwood (harriet.blackwood@example.com), Zürich & <more>: Harriet Blackwood."
	const want = "To <private_person> (<private_email>), Zürich & <more>: <private_person>."
	rapid.Check(t, func(t *rapid.T) {
		runes := []rune(text)
		var b strings.Builder
		b.WriteString("<w:p>")
		for len(runes) > 0 {
			n := rapid.IntRange(1, len(runes)).Draw(t, "run")
			b.WriteString(`<w:r><w:t xml:space="preserve">` + html.EscapeString(string(runes[:n])) + "</w:t></w:r>")
			runes = runes[n:]
		}
		f := body(b.String() + "</w:p>")
		out, report, err := new(Redactor).RedactDOCX(context.Background(), docxOf(f), find)
		if err != nil {
			t.Fatal(err)
		}
		again, err := new(Redactor).AnalyseDOCX(context.Background(), out, find)
		if err != nil {
			t.Fatal(err)
		}
		if again.Text != want+"\n" || len(again.Findings) != 0 {
			t.Fatalf("%q", again.Text)
		}
		for _, found := range report.Findings {
			if planted[string([]rune(report.Text)[found.Start:found.End])] != found.Category || found.Part != f.name {
				t.Fatalf("%+v is not in code points of the text", found)
			}
		}
	})
}

// docxOf is docx where there is no testing.TB; writing to memory does not fail.
func docxOf(files ...file) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range append([]file{{"[Content_Types].xml", contentTypes}}, files...) {
		e, _ := w.Create(f.name)
		_, _ = io.WriteString(e, f.content)
	}
	_ = w.Close()
	return out.Bytes()
}

// TestPicturesAreRedacted hands pictures over and puts the answers in.
func TestPicturesAreRedacted(t *testing.T) {
	old, answer := picture(t), picture(t)+"new"
	data := docx(t, body(`<w:p/>`), file{"word/media/image1.png", old})
	failed := errors.New("no")
	for _, c := range []struct {
		name   string
		image  func(context.Context, []byte) ([]byte, error)
		failed error
	}{
		{"redacted", func(_ context.Context, data []byte) ([]byte, error) {
			if string(data) != old {
				t.Error("another picture was handed over")
			}
			return []byte(answer), nil
		}, nil},
		{"nobody reads it", nil, ErrPart},
		{"it failed", func(context.Context, []byte) ([]byte, error) { return nil, failed }, failed},
		{"another format", func(context.Context, []byte) ([]byte, error) { return []byte("GIF89a.."), nil }, ErrPart},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, report, err := (&Redactor{Image: c.image}).RedactDOCX(t.Context(), data, find)
			if !errors.Is(err, c.failed) {
				t.Fatal(err)
			}
			if err == nil && (report.Pictures != 1 || unpacked(t, out)["word/media/image1.png"] != answer) {
				t.Error("the picture was not replaced")
			}
		})
	}
}
