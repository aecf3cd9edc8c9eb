package document

import (
	"context"
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// opened is a document that the engine has opened.
type opened struct {
	*PDF
	pdfium.Pdfium
	document references.FPDF_DOCUMENT
	count    int
}

func openPDF(p *PDF, instance pdfium.Pdfium, data []byte) (*opened, error) {
	res, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, ErrFormat // broken, or nobody knows the password
	}
	o := &opened{PDF: p, Pdfium: instance, document: res.Document}
	form, err := instance.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: o.document})
	if err != nil || form.FormType > enums.FPDF_FORMTYPE_ACRO_FORM {
		return nil, ErrPart // XFA: the pages are not what a reader shows
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: o.document})
	if err != nil || count.PageCount < 1 {
		return nil, ErrFormat
	}
	most := p.Pages
	if most <= 0 {
		most = 500
	}
	if o.count = count.PageCount; o.count > most {
		return nil, ErrTooLarge
	}
	return o, nil
}

func (o *opened) page(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: o.document, Index: i}}
}

// read reads the text of all pages and asks about it.
func (o *opened) read(ctx context.Context, find Find) (*pdfDocument, error) {
	d, err := o.text(ctx)
	if err != nil {
		return nil, err
	}
	d.gone = make(values)
	text := d.text.String()
	if d.spans, err = spansOf(ctx, text, find); err != nil {
		return nil, err
	}
	for _, s := range d.spans {
		d.gone.add(text[s.Start:s.End], s.Category)
		for _, line := range strings.Split(text[s.Start:s.End], "\n") {
			d.gone.add(line, s.Category)
		}
	}
	d.gone.in(fold(text), func(from, to int, c pii.Category) {
		d.spans = append(d.spans, pii.Span{Start: from, End: to, Category: c, Score: 1, Source: pii.SourceRules})
	})
	d.spans = pii.Join(d.spans)
	return d, nil
}

// mostText is how many bytes of text a document may have.
const mostText = 32 << 20

// text reads what the pages say.
func (o *opened) text(ctx context.Context) (*pdfDocument, error) {
	d := &pdfDocument{PDF: o.PDF}
	for i := range o.count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		size, err := o.GetPageSize(&requests.GetPageSize{Page: o.page(i)})
		if err != nil || !(size.Width >= 1 && size.Height >= 1 && size.Width < 20000 && size.Height < 20000) {
			return nil, ErrFormat
		}
		place, err := o.place(i)
		if err != nil {
			return nil, ErrFormat
		}
		page := pdfPage{width: size.Width, height: size.Height}
		res, err := o.GetPageTextStructured(&requests.GetPageTextStructured{Page: o.page(i), Mode: requests.GetPageTextStructuredModeChars})
		if err != nil {
			return nil, ErrFormat
		}
		for _, c := range res.Chars {
			start := d.text.Len()
			d.text.WriteString(readable(c.Text))
			p := c.PointPosition
			page.chars = append(page.chars, pdfChar{start, d.text.Len(), place.rect(p.Left, p.Bottom, p.Right, p.Top)})
		}
		page.end = d.text.Len()
		d.text.WriteByte('\n')
		if d.pages = append(d.pages, page); d.text.Len() > mostText {
			return nil, ErrTooLarge
		}
	}
	return d, nil
}

// readable is a character of the engine as text. It marks a hyphen at the end
// of a line, behind which the word goes on, by signs that are none.
func readable(c string) string {
	switch c {
	case "\r", "\x00", "\x02", "\ufffe", "\uffff":
		return ""
	}
	return strings.ToValidUTF8(c, "\ufffd")
}

// Rect is a part of a page, in shares of its width and height from its upper
// left corner, as it is shown.
type Rect struct{ Left, Top, Right, Bottom float64 }

func (r Rect) empty() bool { return r.Left >= r.Right || r.Top >= r.Bottom }

func (r Rect) union(o Rect) Rect {
	return Rect{math.Min(r.Left, o.Left), math.Min(r.Top, o.Top), math.Max(r.Right, o.Right), math.Max(r.Bottom, o.Bottom)}
}

// placement leads from a page's own coordinates, which may be turned and cut,
// to shares of what is shown.
type placement struct{ ox, oy, xx, xy, yx, yy float64 }

// place asks the engine where three points are; the rest follows.
func (o *opened) place(i int) (placement, error) {
	const device, step = 1 << 24, 1000.0
	var points [3][2]float64
	for n, p := range [3][2]float64{{0, 0}, {step, 0}, {0, step}} {
		res, err := o.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: o.page(i), SizeX: device, SizeY: device, PageX: p[0], PageY: p[1]})
		if err != nil {
			return placement{}, err
		}
		points[n] = [2]float64{float64(res.DeviceX) / device, float64(res.DeviceY) / device}
	}
	a, b, c := points[0], points[1], points[2]
	return placement{a[0], a[1], (b[0] - a[0]) / step, (b[1] - a[1]) / step, (c[0] - a[0]) / step, (c[1] - a[1]) / step}, nil
}

func (p placement) rect(left, bottom, right, top float64) Rect {
	x := func(x, y float64) float64 { return p.ox + x*p.xx + y*p.yx }
	y := func(x, y float64) float64 { return p.oy + x*p.xy + y*p.yy }
	x0, x1, y0, y1 := x(left, bottom), x(right, top), y(left, bottom), y(right, top)
	return Rect{math.Min(x0, x1), math.Min(y0, y1), math.Max(x0, x1), math.Max(y0, y1)}
}
