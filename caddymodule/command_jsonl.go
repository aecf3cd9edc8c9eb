package caddymodule

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Bounds of the lines that are in flight at once. More lines would not fill
// the model's batches better; more bytes would not fit its queue.
const (
	jsonlLines = 128
	jsonlBytes = 256 << 10
)

// errLines reports that some lines of a scan were answered with an error.
var errLines = errors.New("some lines could not be scanned; their answers say why")

// jsonlLine is one line of input on its way.
type jsonlLine struct {
	number int64 // from 1
	raw    []byte
	weight int64 // bytes of the budget it holds
}

// jsonlAnswer is one line of output.
type jsonlAnswer struct {
	line   []byte
	failed bool
	weight int64
}

// scanLines answers {"id","text"} lines with {"id","spans"} lines, in order.
// Lines are detected side by side, so that the model sees full batches; an
// answer is written as soon as it and all before it are there. A line that
// cannot be answered gets an error line in its place.
func (p *pipeline) scanLines(ctx context.Context, in io.Reader, out io.Writer, show bool) error {
	r := bufio.NewReaderSize(in, 64<<10)
	w := bufio.NewWriter(out)
	budget := semaphore.NewWeighted(jsonlBytes)
	var number int64
	failed := false

	next := func() (jsonlLine, bool, error) {
		for {
			raw, err := r.ReadBytes('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				return jsonlLine{}, false, fmt.Errorf("reading line %d: %w", number+1, err)
			}
			if len(raw) == 0 {
				return jsonlLine{}, false, nil
			}
			number++
			if number == 1 {
				raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
			}
			if raw = bytes.TrimSpace(raw); len(raw) == 0 {
				continue // blank lines ask for nothing
			}
			line := jsonlLine{number: number, raw: raw, weight: min(int64(len(raw)), jsonlBytes)}
			return line, true, budget.Acquire(ctx, line.weight)
		}
	}
	work := func(ctx context.Context, line jsonlLine) jsonlAnswer {
		answer, err := p.scanLine(ctx, line, show)
		if err != nil {
			answer = appendError(nil, answer, fmt.Sprintf("line %d: %v", line.number, err))
		}
		return jsonlAnswer{line: answer, failed: err != nil, weight: line.weight}
	}
	emit := func(a jsonlAnswer) error {
		budget.Release(a.weight)
		failed = failed || a.failed
		if _, err := w.Write(append(a.line, '\n')); err != nil {
			return fmt.Errorf("%w: %w", errOutput, withoutPath(err))
		}
		// A program that writes one line and waits for its answer must get
		// it, so nothing is kept back while there is nothing to wait for.
		if budget.TryAcquire(jsonlBytes) {
			budget.Release(jsonlBytes)
			return w.Flush()
		}
		return nil
	}
	err := ordered(ctx, jsonlLines, next, work, emit)
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	if failed {
		return errLines
	}
	return nil
}

// scanLine answers one line. With an error it returns the line's id, if it
// has one, so that the error can be told apart.
func (p *pipeline) scanLine(ctx context.Context, line jsonlLine, show bool) ([]byte, error) {
	id, text, err := parseLine(line.raw)
	if err != nil {
		return id, err
	}
	spans, err := p.spans(ctx, text)
	if err != nil {
		return id, err
	}
	out := append([]byte(`{"id":`), id...)
	out = append(out, `,"spans":`...)
	out = appendSpans(out, text, spans, show)
	return append(out, '}'), nil
}

// parseLine reads {"id": anything, "text": string}. Further fields are
// ignored. The errors of encoding/json quote the input and stay here (I7).
func parseLine(raw []byte) (id json.RawMessage, text string, err error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return nil, "", errors.New("not a JSON object")
	}
	id = fields["id"]
	if id == nil {
		id = json.RawMessage("null")
	}
	value, ok := fields["text"]
	if !ok || len(value) == 0 || value[0] != '"' {
		return id, "", errors.New(`no "text" that is a string`)
	}
	if err := json.Unmarshal(value, &text); err != nil {
		return id, "", errors.New(`"text" cannot be decoded`)
	}
	return id, text, nil
}

func appendError(dst []byte, id []byte, message string) []byte {
	dst = append(dst, '{')
	if id != nil {
		dst = append(append(append(dst, `"id":`...), id...), ',')
	}
	dst = append(dst, `"error":`...)
	return append(appendString(dst, message), '}')
}

// appendSpans writes spans as a JSON array, with offsets in Unicode code
// points. Spans are in order and do not overlap, so one pass over the text
// counts them all.
func appendSpans(dst []byte, text string, spans []pii.Span, show bool) []byte {
	dst = append(dst, '[')
	points, at := int64(0), 0
	count := func(to int) int64 {
		points += int64(utf8.RuneCountInString(text[at:to]))
		at = to
		return points
	}
	for i, s := range spans {
		if i > 0 {
			dst = append(dst, ',')
		}
		var value *string
		if show {
			v := text[s.Start:s.End]
			value = &v
		}
		start := count(s.Start)
		dst = appendSpan(dst, s, start, count(s.End), value)
	}
	return append(dst, ']')
}

// appendSpan writes one span with the given offsets, and its value if it is
// to be shown.
func appendSpan(dst []byte, s pii.Span, start, end int64, value *string) []byte {
	dst = strconv.AppendInt(append(dst, `{"start":`...), start, 10)
	dst = strconv.AppendInt(append(dst, `,"end":`...), end, 10)
	dst = appendString(append(dst, `,"label":`...), string(s.Category))
	dst = strconv.AppendFloat(append(dst, `,"score":`...), float64(s.Score), 'g', -1, 32)
	dst = appendString(append(dst, `,"source":`...), string(s.Source))
	if value != nil {
		dst = appendString(append(dst, `,"text":`...), *value)
	}
	return append(dst, '}')
}

// appendString writes a JSON string.
func appendString(dst []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		return append(dst, `""`...) // strings always marshal
	}
	return append(dst, quoted...)
}
