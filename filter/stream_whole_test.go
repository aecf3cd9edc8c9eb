package filter

import (
	"errors"
	"testing"
)

// TestWholeEventStream: events that are all there are read as events, under
// any other label beside their own, and nothing of them passes unread.
func TestWholeEventStream(t *testing.T) {
	const (
		in = ": to lena@example.com\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"I am Elena Mark"}}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"ovic."}}]}` + "\n\ndata: lena\ndata: lena@example.com"
		want = ": to <PRIVATE_EMAIL>\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"I am <PRIVATE_PERSON>"}}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"."}}]}` + "\n\ndata: lena\ndata: <PRIVATE_EMAIL>"
	)
	for _, types := range [][]string{
		{"text/event-stream"},
		{"text/event-stream; charset=utf-8"},
		{"text/event-stream, application/json"},
		{"application/json", "text/event-stream"},
		{"text/plain", "text/event-stream"},
		{"text/event-stream", "image/png"},
		{"multipart/form-data; boundary=x", "text/event-stream"},
		{"text/event-stream, application/grpc"},
	} {
		for _, unsupported := range []Unsupported{UnsupportedBlock, UnsupportedPass} {
			r, err := newFilter(t, Policy{Unsupported: unsupported}).Process(t.Context(), testModel, Message{Body: []byte(in), ContentType: types})
			if err != nil || string(r.Body) != want || !r.Changed || r.Report.Outcome != OutcomeMasked {
				t.Errorf("%q, unsupported %s: %q, %v, %+v", types, unsupported, r.Body, err, r.Report)
			}
		}
	}
	for _, body := range []string{": ping\n\n", "data: {\"a\":1}\n\n", "\xEF\xBB\xBFdata: hello\r\n\r\n"} {
		r, err := newFilter(t, Policy{}).Process(t.Context(), testModel, Message{Body: []byte(body), ContentType: []string{"text/event-stream"}})
		if err != nil || r.Changed || string(r.Body) != body || r.Report.Outcome != OutcomeClean || r.Report.Format != formatSSE {
			t.Errorf("%q: %q, %v, %+v", body, r.Body, err, r.Report)
		}
	}
	for name, m := range map[string]Message{
		"another charset": {Body: []byte(in), ContentType: []string{"text/event-stream; charset=utf-7"}},
		"UTF-16":          {Body: []byte("d\x00a\x00t\x00a\x00:\x00x\x00\n\x00"), ContentType: []string{"text/event-stream"}},
		"no text":         {Body: []byte("\x89PNG\r\n\x1a\n\x00\xff"), ContentType: []string{"text/event-stream"}},
		"two readings":    {Body: []byte("data: {\"text\":\"lena\",\"text\":\"x\"}\n\n"), ContentType: []string{"text/event-stream, application/json"}},
	} {
		r, err := newFilter(t, Policy{Unsupported: UnsupportedPass}).Process(t.Context(), testModel, m)
		var stopped *Error
		if !errors.As(err, &stopped) || stopped.Reason != ReasonUnsupported || len(r.Body) > 0 {
			t.Errorf("%s: %q, %v", name, r.Body, err)
		}
	}
}
