package filter

import (
	"bytes"
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// frame decides what stands around the payload of a frame.
func (s *Stream) frame(ctx context.Context, h *held) (err error) {
	u := h.unit
	switch {
	case u.Broken:
		return &Error{Reason: ReasonUnsupported, Detail: "a frame is not what its lengths and checksums say"}
	case u.Frame == nil:
		return nil
	case u.Unread && s.f.opts.Policy.Unsupported != UnsupportedPass:
		return &Error{Reason: ReasonUnsupported, Detail: "nobody here can read a part of it"}
	case u.Unread:
		s.report.Unread++
	}
	h.around, err = s.judge(ctx, u.Frame.Doc, []int32{u.Frame.Payload})
	return err
}

// framed appends a unit with its payload as it leaves, in its frame if it has
// one.
func (h *held) framed(out [][]byte, payload []byte, changed bool) ([][]byte, error) {
	f := h.unit.Frame
	switch {
	case f == nil:
		return append(out, payload), nil
	case !changed && len(h.around) == 0:
		return append(out, f.Raw()), nil
	}
	raw := f.Write(payload, changed, h.around)
	if raw == nil {
		return nil, errUnwritable()
	}
	return append(out, raw), nil
}

// whole masks a body of frames or events that is all there as the stream that it
// is: what is said goes on from one to the next.
func (f *Filter) whole(ctx context.Context, model pii.Detector, m StreamMessage, raw, plain []byte, chain []string) (Result, error) {
	s, err := f.NewStream(model, m)
	if err != nil {
		return Result{}, err
	}
	out, err := s.Write(ctx, plain)
	if err != nil {
		return Result{}, err
	}
	tail, err := s.Close(ctx)
	if err != nil {
		return Result{}, err
	}
	result := Result{Body: raw, Report: s.Report()}
	masked := bytes.Join(append(out, tail...), nil)
	if bytes.Equal(masked, plain) {
		return result, nil
	}
	if result.Body, err = coding.Encode(masked, chain); err != nil {
		return Result{}, codingError(err)
	}
	result.Changed = true
	return result, nil
}
