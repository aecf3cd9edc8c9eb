package filter

import (
	"context"

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
