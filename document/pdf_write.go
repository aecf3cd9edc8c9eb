package document

import (
	"bytes"
	"fmt"
	"image"
	"strings"
	"unicode/utf16"
)

// pdfWriter writes a document of pictures with invisible text (ISO 32000-1),
// and nothing that is not needed for that: no dates, no producer, no id.
type pdfWriter struct {
	out     bytes.Buffer
	offsets []int // of the objects, from number 1 on
	pages   []int // numbers of the pages' objects
}

// Numbers of the objects that all pages share.
const (
	catalogObject = iota + 1
	pagesObject
	fontObject
	descendantObject
	unicodeObject
	firstFree
)

// object writes one; the numbers must be those that begin was called with.
func (w *pdfWriter) object(number int, content string) {
	if len(w.offsets) == 0 {
		w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
		w.offsets = make([]int, firstFree-1)
	}
	for len(w.offsets) < number {
		w.offsets = append(w.offsets, 0)
	}
	w.offsets[number-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", number, content)
}

func stream(dictionary string, content []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dictionary, len(content), content)
}

// next is the number of the object that is written next.
func (w *pdfWriter) next() int { return max(len(w.offsets)+1, firstFree) }

// page adds a page of a size in points.
func (w *pdfWriter) page(width, height float64, size image.Point, picture []byte, lines []pdfLine) {
	n := w.next()
	w.object(n, stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", size.X, size.Y), picture))
	var b strings.Builder
	fmt.Fprintf(&b, "q %.3f 0 0 %.3f 0 0 cm /I Do Q\nBT 3 Tr\n", width, height)
	for _, l := range lines {
		points := max((l.box.Bottom-l.box.Top)*height, 1)
		fmt.Fprintf(&b, "/F %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj\n", points, l.box.Left*width, (1-l.box.Bottom)*height, codes(l.text))
	}
	b.WriteString("ET")
	w.object(n+1, stream("", []byte(b.String())))
	w.object(n+2, fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>/Font<</F %d 0 R>>>>>>",
		pagesObject, width, height, n+1, n, fontObject))
	w.pages = append(w.pages, n+2)
}

// codes are a text as the font has it: units of UTF-16.
func codes(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// finish writes what all pages share and the table of objects.
func (w *pdfWriter) finish() []byte {
	w.object(catalogObject, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", pagesObject))
	var kids strings.Builder
	for _, p := range w.pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	w.object(pagesObject, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(w.pages), kids.String()))
	// Nobody sees the text, so the font needs no glyphs, only meanings.
	w.object(fontObject, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Text/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", descendantObject, unicodeObject))
	w.object(descendantObject, "<</Type/Font/Subtype/CIDFontType2/BaseFont/Text/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500"+
		"/FontDescriptor<</Type/FontDescriptor/FontName/Text/Flags 4/FontBBox[0 0 500 1000]/ItalicAngle 0/Ascent 800/Descent 0/CapHeight 700/StemV 80>>>>")
	w.object(unicodeObject, stream("", []byte(meanings())))
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, at := range w.offsets {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, catalogObject, start)
	return w.out.Bytes()
}

// meanings is the CMap by which every code means itself. A range may not go
// over the first byte, and a block has at most 100 ranges (ISO 32000-1 §9.10.3).
func meanings() string {
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n/CMapName/Text def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for from := 0; from < 256; from += 64 {
		b.WriteString("64 beginbfrange\n")
		for high := from; high < from+64; high++ {
			fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", high, high, high)
		}
		b.WriteString("endbfrange\n")
	}
	b.WriteString("endcmap end end")
	return b.String()
}
