package filter

import (
	"context"
	"errors"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Process masks one message. model may be nil only if the policy says
// RulesOnly. Any error means that the body must not be forwarded; it is a
// *Error with a Reason of the closed set, or wraps context.Canceled.
//
// The Body is only read, but not after Process has returned.
func (f *Filter) Process(ctx context.Context, model pii.Detector, m Message) (result Result, err error) {
	defer func() {
		// A panic value may hold text; its type does not (I7).
		if v := recover(); v != nil {
			result, err = Result{}, &Error{Reason: ReasonDetector, Detail: fmt.Sprintf("recovered from a panic: %T", v)}
		}
	}()
	if err := ctx.Err(); err != nil {
		return Result{}, failure(ctx, err)
	}
	if len(m.Body) == 0 {
		return Result{Body: m.Body, Report: Report{Outcome: OutcomeClean, Format: string(body.Empty)}}, nil
	}
	memory := f.opts.Budget.Reserve()
	defer memory.Release()
	hint := m.hint()
	encoding := m.ContentEncoding
	if names := coding.Split(encoding); hint.NamesSnappy() && len(names) == 1 && names[0] == "snappy" {
		encoding = nil
	}
	plain, chain, err := coding.Decode(m.Body, encoding, f.limits)
	if err != nil {
		return Result{}, codingError(err)
	}
	if int64(len(plain)) > f.opts.Policy.MaxBody {
		return Result{}, codingError(coding.ErrTooLarge)
	}
	if stream := (StreamMessage{ContentType: m.ContentType, Path: m.Path}); stream.kind() == frameStream && plain[0] == 0 {
		return f.whole(ctx, model, stream, m.Body, plain, chain)
	}
	doc, err := m.parse(plain, hint, body.Options{Skip: f.skip, Logs: f.logs(), Picture: f.IsPicture(), MaxDecoded: f.opts.Policy.MaxBody, Done: ctx.Done()})
	if err != nil {
		return Result{}, bodyError(ctx, err)
	}
	decoded := int64(0)
	if len(chain) > 0 {
		decoded = int64(len(plain))
	}
	if !memory.Grow(decoded + doc.Memory()) {
		return Result{}, errMemory()
	}
	result = Result{Body: m.Body, Report: Report{Format: string(doc.Format)}}
	if doc.Format == body.Unsupported && hint.NamesEvents() {
		// Whoever reads events reads them in UTF-8, whatever else is said.
		if !areUTF8(hint.Charsets) {
			return Result{}, errCharset()
		}
		if !memory.Grow(2 * int64(len(plain))) {
			return Result{}, errMemory()
		}
		stream := StreamMessage{ContentType: []string{body.EventStream}, Path: m.Path, ReadCode: m.ReadCode}
		return f.whole(ctx, model, stream, m.Body, plain, chain)
	}
	if !doc.Inspected() {
		if doc.Format == body.Unsupported && f.opts.Policy.Unsupported != UnsupportedPass {
			return Result{}, &Error{Reason: ReasonUnsupported, Detail: "nobody here can read this type"}
		}
		result.Report.Outcome = OutcomeUninspected
		return result, nil
	}
	if doc.Unread > 0 && f.opts.Policy.Unsupported != UnsupportedPass {
		return Result{}, &Error{Reason: ReasonUnsupported, Detail: "nobody here can read a part of it"}
	}
	result.Report.Unread = doc.Unread
	edits, err := f.inspect(ctx, model, doc, memory, m.Locate, &result)
	if err != nil {
		return Result{}, err
	}
	pictures, err := f.pictures(ctx, model, doc, memory, &result.Report)
	if err != nil {
		return Result{}, err
	}
	if edits = append(edits, pictures...); len(edits) == 0 {
		return result, nil
	}
	result.Report.Outcome = OutcomeMasked
	spliced, err := fit(doc, edits)
	if err != nil {
		return Result{}, err
	}
	if result.Body, err = coding.Encode(spliced, chain); err != nil {
		return Result{}, codingError(err)
	}
	result.Changed = true
	return result, nil
}

// parse reads the body.
func (m *Message) parse(plain []byte, hint body.Hint, o body.Options) (*body.Document, error) {
	if m.URL != 0 {
		return body.ParseURL(plain, m.URL, o)
	}
	return body.Parse(plain, hint, o)
}

// hint is what the message says of its body.
func (m *Message) hint() body.Hint {
	h := body.NewHint(m.ContentType, m.FileName)
	h.ReadCode, h.Path, h.Answer, h.MessageEncoding = m.ReadCode, m.Path, m.Answer, m.MessageEncoding
	return h
}

// inspect detects, decides and counts, and returns what to change.
func (f *Filter) inspect(ctx context.Context, model pii.Detector, doc *body.Document, memory *Reservation, locate bool, r *Result) ([]body.Edit, error) {
	if err := f.doubt(ctx, doc); err != nil {
		return nil, err
	}
	t := cut(doc, cutting{allKeys: f.opts.Policy.Keys, logs: f.logs()})
	if !memory.Grow(t.memory()) {
		return nil, errMemory()
	}
	r.Report.Segments = len(t.segments)
	spans, err := f.detect(ctx, model, t)
	if err != nil {
		return nil, failure(ctx, err)
	}
	if !memory.Grow(int64(count(spans)) * spanMemory) {
		return nil, errMemory()
	}
	found := t.slotSpans(spans)
	if locate {
		r.Spans = located(doc, found)
	}
	return f.decide(doc, found, &r.Report)
}

// bodyError makes an error of reading a body one of the closed set.
func bodyError(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, body.ErrStopped):
		return failure(ctx, err)
	case errors.Is(err, body.ErrExpands):
		return codingError(coding.ErrBomb)
	case errors.Is(err, body.ErrAmbiguous):
		return &Error{Reason: ReasonUnsupported, Detail: "readers disagree about the parts of the body"}
	}
	return errCharset()
}

func errCharset() *Error {
	return &Error{Reason: ReasonUnsupported, Detail: "text is in a charset that cannot be read"}
}

func errMemory() *Error {
	return &Error{Reason: ReasonOverload, Detail: "the memory for bodies is in use"}
}

func codingError(err error) *Error {
	switch {
	case errors.Is(err, coding.ErrTooLarge):
		return &Error{Reason: ReasonTooLarge, Detail: "decoded body is over the limit"}
	case errors.Is(err, coding.ErrUnknown):
		return &Error{Reason: ReasonCoding, Detail: "content coding is unknown"}
	case errors.Is(err, coding.ErrLayers):
		return &Error{Reason: ReasonCoding, Detail: "too many content codings"}
	case errors.Is(err, coding.ErrBomb):
		return &Error{Reason: ReasonCoding, Detail: "body expands too much"}
	}
	return &Error{Reason: ReasonCoding, Detail: "body is not what its content coding says"}
}

// failure turns a detector's error into one of the closed set. Cancellation
// stays recognisable: nobody waits for an answer then. The detector's own
// error is dropped, since it might quote.
func failure(ctx context.Context, err error) error {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return fmt.Errorf("filtering: %w", context.Canceled)
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded):
		return &Error{Reason: ReasonTimeout, Detail: "deadline passed before the body was read"}
	case errors.Is(err, pii.ErrOverload):
		return &Error{Reason: ReasonOverload, Detail: "the detector's queue is full"}
	case errors.Is(err, pii.ErrNotReady):
		return &Error{Reason: ReasonOverload, Detail: "the detector is not ready"}
	}
	return &Error{Reason: ReasonDetector, Detail: "the detector failed"}
}
