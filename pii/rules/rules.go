// Package rules finds personal data that can be told by its form, or by the
// words that name it: checksummed identifiers, e-mail addresses, phone numbers,
// IP addresses, URLs that carry a person or a credential, secrets, dates of
// birth, and what stands in the fields of a record.
//
// What may come in: a family of values with a strict form or a checksum, one
// family a file, facts as data tables with their source cited; words that name
// a value in so many words ("geb.", "first_name", the top of a column). What
// must never: guesses from meaning (names and addresses in prose: the model's
// work), regular expressions over the whole text, I/O, and state between two
// texts.
//
// # One shadow, one pass
//
// Evasion is undone once, before any family looks (shadow.go): full-width and
// other decimal digits become ASCII, invisible characters vanish, Unicode
// dashes and spaces become '-' and ' ', entities and escapes the characters
// they are written for, letters of other alphabets in Latin words the Latin
// ones. The families see only that shadow
// text; an offset map takes their findings back to the raw bytes. ASCII text
// is its own shadow.
//
// The pass (scan.go) looks up each byte in a table and wakes only those
// families whose anchor that byte can be ('@', ':', the first digit of a
// number …). A family looks around its anchor within a fixed distance, or
// through memoised runs, so the whole is linear in the text.
//
// # Identifiers
//
// The numbers of states, insurers and banks are rows of tables (id_us.go,
// id_dach.go …): a form, the layouts in which it stands alone, a check, and
// the words that name it. A row stands alone only where chance is about one
// in a thousand; else a word must be near (identity.go). Numbers without a
// form of their own are taken where a word names them (id_free.go). To add a
// country, add rows to its file and vectors to testdata/identifiers.tsv.
package rules

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Options say what is personal where that is a matter of opinion. The zero
// value is the default.
type Options struct {
	Dates     Dates    // which dates are personal
	Networks  Networks // which addresses of machines are
	BankCodes bool     // BICs, routing numbers and sort codes are: they name a bank, and somebody's
}

// Detector finds spans with rules. It has no state and is safe for
// concurrent use; the zero value is ready.
type Detector struct{ options Options }

var _ pii.Detector = (*Detector)(nil)

// New returns a detector with all rules and the default options.
func New() *Detector { return &Detector{} }

// NewWith returns a detector with all rules and these options.
func NewWith(o Options) *Detector { return &Detector{o} }

// Detect implements pii.Detector. Its only error is that of ctx, which is
// looked at before each segment.
func (d *Detector) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	found := make([][]pii.Span, len(segments))
	for i := range segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found[i] = d.AppendSpans(nil, segments[i].Text)
	}
	return found, nil
}

// AppendSpans appends the spans of text to dst: byte offsets into text, at
// rune boundaries, sorted, not overlapping, Source pii.SourceRules. Clean
// ASCII text costs no allocation.
func (d *Detector) AppendSpans(dst []pii.Span, text string) []pii.Span {
	s := scan{shadow: newShadow(text), Options: d.options, spans: dst, base: len(dst)}
	s.run()
	return s.finish(text)
}
