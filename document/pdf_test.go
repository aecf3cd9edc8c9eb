package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// engineOf is one engine for all tests: it takes seconds to compile.
var engineOf PDF

// testPDF is a redactor with an answer for what the eye sees.
func testPDF(read func(context.Context, []byte, Find) ([]ocr.Box, error)) *PDF {
	if read == nil {
		read = func(context.Context, []byte, Find) ([]ocr.Box, error) { return nil, nil }
	}
	engineOf.Read = read
	return &engineOf
}

// paper writes a document by hand: a page for each list of lines, with entries
// of its page's dictionary and objects behind it.
func paper(page, more string, pages ...[]string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(content string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), content)
	}
	out.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R" + more + ">>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for _, lines := range pages {
		var text strings.Builder
		for i, line := range lines {
			fmt.Fprintf(&text, "BT /F 14 Tf 1 0 0 1 50 %d Tm (%s) Tj ET\n", 300-40*i, line)
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 350]%s/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", page, len(offsets)+2))
		object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", text.Len(), text.String()))
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R/Info<</Author(Harriet Blackwood)>>>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return out.Bytes()
}

var letter = []string{"Customer: Harriet Blackwood", "Mail: harriet.blackwood@example.com", "The parcel is complete."}

// TestPDFIsRebuilt covers values on pages as they lie, turned and cut.
func TestPDFIsRebuilt(t *testing.T) {
	for _, c := range []struct{ name, page string }{
		{"upright", ""}, {"turned", "/Rotate 90"}, {"on its head", "/Rotate 180"}, {"cut", "/CropBox[20 100 390 340]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := paper(c.page, "", letter, []string{"Page two: HARRIET BLACKWOOD"})
			var shown []image.Image
			p := testPDF(func(_ context.Context, data []byte, _ Find) ([]ocr.Box, error) {
				img, err := png.Decode(bytes.NewReader(data))
				shown = append(shown, img)
				return nil, err
			})
			out, report, err := p.RedactPDF(t.Context(), data, find)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Findings) != 3 || report.Findings[2].Page != 2 || len(report.Findings[0].Boxes) < 10 {
				t.Fatalf("%+v", report.Findings)
			}
			for _, f := range report.Findings {
				if s := string([]rune(report.Text)[f.Start:f.End]); !strings.EqualFold(s, "Harriet Blackwood") && planted[s] == "" {
					t.Errorf("%q is no value", s)
				}
			}
			again, err := p.AnalysePDF(t.Context(), out, find)
			if err != nil {
				t.Fatal(err)
			}
			if s := again.Text; !strings.Contains(s, "Customer: <private_person>") || !strings.Contains(s, "The parcel is complete.") || !strings.Contains(s, "Page two: <private_person>") {
				t.Errorf("the new text is %q", s)
			}
			if bytes.Contains(out, []byte("Harriet")) || bytes.Contains(out, []byte("Helvetica")) {
				t.Error("something of the old document is left")
			}
			// Draw the new document and look where the values stood.
			before := shown
			shown = nil
			if _, _, err := p.RedactPDF(t.Context(), out, find); err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Findings {
				for _, b := range f.Boxes {
					at := func(img image.Image) image.Point {
						s := img.Bounds().Size()
						return image.Pt(int((b.Left+b.Right)/2*float64(s.X)), int((b.Top+b.Bottom)/2*float64(s.Y)))
					}
					img := shown[f.Page-1]
					if y := color.GrayModel.Convert(img.At(at(img).X, at(img).Y)).(color.Gray).Y; y > 60 {
						t.Errorf("page %d is not black at %v", f.Page, at(img))
					}
				}
			}
			if old, now := dark(before[0]), dark(shown[0]); now < old+1000 || now > shown[0].Bounds().Dx()*shown[0].Bounds().Dy()/4 {
				t.Errorf("%d dark pixels became %d", old, now)
			}
		})
	}
}

func dark(img image.Image) (n int) {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 60 {
				n++
			}
		}
	}
	return n
}

// TestWhatOnlyTheEyeSees covers what reading the picture finds, and takes the
// text under it along.
func TestWhatOnlyTheEyeSees(t *testing.T) {
	data := paper("", "", letter)
	report, err := testPDF(nil).AnalysePDF(t.Context(), data, find)
	if err != nil {
		t.Fatal(err)
	}
	p := testPDF(func(_ context.Context, data []byte, _ Find) ([]ocr.Box, error) {
		size, err := png.DecodeConfig(bytes.NewReader(data))
		return []ocr.Box{{Rect: image.Rect(0, size.Height/3, size.Width, size.Height*2/5)}}, err // the third line
	})
	out, _, err := p.RedactPDF(t.Context(), data, find)
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.AnalysePDF(t.Context(), out, find)
	if err != nil || !strings.Contains(report.Text, "complete") || strings.Contains(again.Text, "complete") {
		t.Errorf("%v: %q", err, again.Text)
	}
}

// TestAttackPDF hands over what is none, and what must not pass.
func TestAttackPDF(t *testing.T) {
	plain := paper("", "", letter)
	failed := errors.New("failed")
	for _, c := range []struct {
		name string
		data []byte
		pdf  *PDF
		want error
	}{
		{"nothing", nil, nil, ErrFormat},
		{"another file", []byte("Harriet Blackwood"), nil, ErrFormat},
		{"something before it", append([]byte("GIF89a"), plain...), nil, ErrFormat},
		{"only a head", []byte("%PDF-1.7\n"), nil, ErrFormat},
		{"a locked one", bytes.Replace(plain, []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"+strings.Repeat("41", 32)+">/U<"+strings.Repeat("41", 32)+">>>/ID[<41><41>]"), 1), nil, ErrFormat},
		{"XFA", paper("", "/AcroForm<</Fields[]/XFA(<x/>)>>", letter), nil, ErrPart},
		{"too many pages", paper("", "", make([][]string, 501)...), nil, ErrTooLarge},
		{"too large a page", bytes.ReplaceAll(plain, []byte("[0 0 400 350]"), []byte("[0 0 90000 90]")), nil, ErrFormat},
		{"the eye failed", plain, testPDFFailing(failed), failed},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := c.pdf
			if p == nil {
				p = testPDF(nil)
			} else {
				engineOf.Read = c.pdf.Read
				p = &engineOf
			}
			out, _, err := p.RedactPDF(t.Context(), c.data, find)
			if !errors.Is(err, c.want) || out != nil {
				t.Errorf("%d bytes, %v; want %v", len(out), err, c.want)
			}
		})
	}
	t.Run("nobody waits", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p := testPDF(func(context.Context, []byte, Find) ([]ocr.Box, error) { cancel(); return nil, nil })
		if _, _, err := p.RedactPDF(ctx, plain, find); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Run("find failed", func(t *testing.T) {
		_, _, err := testPDF(nil).RedactPDF(t.Context(), plain, func(context.Context, []string) ([][]pii.Span, error) { return nil, failed })
		if !errors.Is(err, failed) {
			t.Error(err)
		}
	})
}

func testPDFFailing(err error) *PDF {
	return &PDF{Read: func(context.Context, []byte, Find) ([]ocr.Box, error) { return nil, err }}
}
