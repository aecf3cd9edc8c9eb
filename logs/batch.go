package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// mask masks the entries of a batch. What cannot be inspected comes back with
// every string redacted. It never fails.
func (w *Writer) mask(ctx context.Context, batch [][]byte) (out [][]byte, outcomes []Outcome) {
	b := &masking{w: w, in: batch, out: make([][]byte, len(batch)), outcomes: make([]Outcome, len(batch))}
	defer func() {
		// What is not masked by now is redacted, whatever went wrong, and
		// whatever was recovered stays unseen (I7).
		_ = recover()
		for i := range b.out {
			if b.out[i] == nil {
				b.out[i], b.outcomes[i] = redact(batch[i]), Redacted
			}
		}
		out, outcomes = b.out, b.outcomes
	}()
	if w.o.Model != nil {
		model, release, err := w.o.Model.Acquire(ctx)
		if err != nil {
			return nil, nil // set by the deferred function
		}
		defer release()
		b.model = model
	}
	ctx, cancel := context.WithTimeout(ctx, w.o.Deadline)
	defer cancel()
	b.run(ctx)
	return nil, nil
}

// masking is a batch on its way.
type masking struct {
	w        *Writer
	model    pii.Detector
	in, out  [][]byte // out[i] is nil until in[i] is masked
	outcomes []Outcome
}

// run masks entries in JSON as one body, so that their parts go to the model
// together. Others are texts, each a body of its own: what is found in one must
// not reach into the next. They meet in the model's queue.
func (b *masking) run(ctx context.Context) {
	var records []int
	var texts sync.WaitGroup
	slots := make(chan struct{}, 16)
	for i, entry := range b.in {
		if isRecord(entry) {
			records = append(records, i)
			continue
		}
		slots <- struct{}{}
		texts.Go(func() {
			defer func() { _ = recover(); <-slots }()
			_ = b.text(ctx, i)
		})
	}
	defer texts.Wait()
	if err := b.together(ctx, records); err != nil && len(records) > 1 && aboutOneEntry(err) {
		for _, i := range records {
			_ = b.together(ctx, []int{i}) // what fails stays unmasked, to be redacted
		}
	}
}

// isRecord reports whether an entry is one JSON object.
func isRecord(entry []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(entry, " \t\r\n"), []byte("{")) && json.Valid(entry)
}

// aboutOneEntry tells what is wrong with some entry of a body from what is
// wrong with the detector or with the time, which the others would meet too.
func aboutOneEntry(err error) bool {
	var stopped *filter.Error
	if !errors.As(err, &stopped) {
		return false
	}
	switch stopped.Reason {
	case filter.ReasonDetector, filter.ReasonOverload, filter.ReasonTimeout:
		return false
	}
	return true
}

// together masks records as the lines of one body.
func (b *masking) together(ctx context.Context, records []int) error {
	if len(records) == 0 {
		return nil
	}
	var body []byte
	for _, i := range records {
		body = append(body, bytes.TrimRight(b.in[i], "\r\n")...)
		body = append(body, '\n')
	}
	result, err := b.process(ctx, body, "application/x-ndjson")
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(result.Body, []byte("\n"))
	// A string of JSON has no line end in it, so masking makes and takes none.
	for _, i := range records {
		core := bytes.TrimRight(b.in[i], "\r\n")
		n := bytes.Count(core, []byte("\n")) + 1
		if len(lines) < n {
			return errors.New("logs: entries were joined")
		}
		line := bytes.TrimSuffix(bytes.Join(lines[:n], nil), []byte("\n"))
		lines = lines[n:]
		b.set(i, append(line[:len(line):len(line)], b.in[i][len(core):]...))
	}
	return nil
}

// text masks an entry of another format.
func (b *masking) text(ctx context.Context, i int) error {
	result, err := b.process(ctx, b.in[i], "text/plain; charset=utf-8")
	if err == nil {
		b.set(i, result.Body)
	}
	return err
}

func (b *masking) process(ctx context.Context, body []byte, contentType string) (filter.Result, error) {
	result, err := b.w.o.Filter.Process(ctx, b.model, filter.Message{
		Body: body, ContentType: []string{contentType},
	})
	if err != nil {
		return filter.Result{}, err
	}
	if result.Report.Outcome == filter.OutcomeUninspected {
		return filter.Result{}, errUninspected
	}
	b.w.o.Counter.Inspected(result.Report)
	return result, nil
}

var errUninspected = &filter.Error{Reason: filter.ReasonUnsupported}

func (b *masking) set(i int, entry []byte) {
	b.outcomes[i] = Unchanged
	if !bytes.Equal(entry, b.in[i]) {
		b.outcomes[i] = Masked
	}
	b.out[i] = entry
}
