package main

import (
	"context"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// segments measures what it is worth that short values of one JSON object are
// understood together, as lines of "key: value": against each value alone, and
// against the body as one text.
func (m *measure) segments(ctx context.Context) error {
	f, err := filter.New(filter.Options{Rules: rules.New()})
	if err != nil {
		return err
	}
	ways := []struct {
		name string
		find func(row *score.Row) ([]pii.Span, error)
	}{
		{"as one text", func(row *score.Row) ([]pii.Span, error) {
			found, err := f.Spans(ctx, m.model, []string{row.Text})
			if err != nil {
				return nil, err
			}
			return found[0], nil
		}},
		{"each value alone", func(row *score.Row) ([]pii.Span, error) { return alone(ctx, f, m.model, row.Text) }},
		{"siblings under their keys", func(row *score.Row) ([]pii.Span, error) {
			res, err := f.Process(ctx, m.model, filter.Message{Body: []byte(row.Text), ContentType: jsonType, Locate: true})
			return res.Spans, err
		}},
	}
	rows := m.jsonRows()
	fmt.Printf("%d rows that are JSON\n\n| read | character recall | character precision | strict F1 | false spans |\n|---|---|---|---|---|\n", len(rows))
	for _, way := range ways {
		var all score.Result
		for _, row := range rows {
			found, err := way.find(row)
			if err != nil {
				return err
			}
			result, _ := score.Scorer{}.Row(row, found)
			all.Add(result)
		}
		recall, _ := all.CharacterRecall().Value()
		precision, _ := all.CharacterPrecision().Value()
		f1, _ := all.F1().Value()
		fmt.Printf("| %s | %.1f | %.1f | %.1f | %d |\n", way.name, 100*recall, 100*precision, 100*f1, all.False)
	}
	return nil
}

var jsonType = []string{"application/json"}

// jsonRows are the rows that are JSON as a whole.
func (m *measure) jsonRows() (rows []*score.Row) {
	for _, row := range m.rows {
		doc, err := body.Parse([]byte(row.Text), body.NewHint(jsonType, ""), body.Options{})
		if err == nil && (doc.Format == body.JSON || doc.Format == body.NDJSON) {
			rows = append(rows, row)
		}
	}
	return rows
}

// alone asks about every value by itself.
func alone(ctx context.Context, f *filter.Filter, model pii.Detector, text string) (spans []pii.Span, err error) {
	doc, err := body.Parse([]byte(text), body.NewHint(jsonType, ""), body.Options{})
	if err != nil {
		return nil, err
	}
	var texts []string
	var slots []int32
	for i := range doc.Slots {
		if k := doc.Slots[i].Kind; k == body.Value || k == body.Number {
			texts, slots = append(texts, string(doc.AppendText(nil, int32(i)))), append(slots, int32(i))
		}
	}
	found, err := f.Spans(ctx, model, texts)
	if err != nil {
		return nil, err
	}
	var edits []body.Edit
	var categories []pii.Span // by edit, in the order of the body
	for i, list := range found {
		for _, s := range list {
			edits = append(edits, body.Edit{Slot: slots[i], Start: s.Start, End: s.End})
			categories = append(categories, s)
		}
	}
	at := 0
	doc.Locate(edits, func(_ body.Edit, start, end int) {
		s := categories[at]
		s.Start, s.End = start, end
		spans, at = append(spans, s), at+1
	})
	return spans, nil
}
