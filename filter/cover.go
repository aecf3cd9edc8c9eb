package filter

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Cover finds what the policy covers in plain texts that belong together, such
// as those of a document, in byte offsets of each. It fails as Process does.
func (f *Filter) Cover(ctx context.Context, model pii.Detector, texts []string) ([][]pii.Span, error) {
	l := look{f: f, model: model, report: new(Report)}
	found, err := l.find(ctx, texts)
	if err == nil && l.blocked {
		err = errBlocked()
	}
	return found, err
}

// Placeholder is what stands for a value in plain text. What the policy would
// keep is for the caller to know, and gets one all the same.
func (f *Filter) Placeholder(c pii.Category, value string) string {
	return string(f.masker.AppendText(nil, value, c, f.action(c)))
}

// look finds what the policy covers in texts outside of a body: those of a
// document, or what is read in a picture.
type look struct {
	f       *Filter
	model   pii.Detector
	report  *Report
	blocked bool
}

// find looks at texts. Of a picture they are several readings; a value that is
// found in more than one counts once for each.
func (l *look) find(ctx context.Context, texts []string) ([][]pii.Span, error) {
	found, err := l.f.Spans(ctx, l.model, texts)
	if err != nil {
		return nil, err
	}
	for i, spans := range found {
		kept := make([]pii.Span, 0, len(spans))
		for _, s := range spans {
			l.report.count(&l.report.Found, s.Category)
			switch l.f.verdict([]byte(texts[i]), s.Start, s.End, s.Category).Kind {
			case mask.Keep:
			case mask.Block:
				l.blocked = true
			default:
				l.report.count(&l.report.Masked, s.Category)
				kept = append(kept, s)
			}
		}
		found[i] = kept
	}
	return found, nil
}

// count adds one to a category of a table, which it makes if there is none.
func (*Report) count(table *map[pii.Category]int, c pii.Category) {
	if *table == nil {
		*table = make(map[pii.Category]int)
	}
	(*table)[c]++
}
