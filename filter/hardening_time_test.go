package filter

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// late is a context whose deadline passes while the body is read: it had not
// when it was asked first.
type late struct {
	context.Context //nolint:containedctx // it is one
	asked           int
}

func (l *late) Err() error {
	if l.asked++; l.asked == 1 {
		return nil
	}
	return context.DeadlineExceeded
}

func (*late) Done() <-chan struct{} {
	closed := make(chan struct{})
	close(closed)
	return closed
}

// Whoever waits no longer has no work done for him, whatever the body is of.
func TestAttackReadingPastTheDeadline(t *testing.T) {
	for name, in := range map[string]string{
		"slots":     "[" + strings.Repeat(`"a",`, 4<<10) + `"lena@example.com"]`,
		"encodings": `["` + strings.Repeat("%2541", 1<<10) + `"]`,
		"text":      "lena%40example.com",
	} {
		_, err := hardened(t, Policy{}).Process(&late{Context: t.Context()}, nil, Message{Body: []byte(in)})
		if wantReason(t, err, ReasonTimeout); t.Failed() {
			t.Fatalf("%s: %v", name, err)
		}
		s, err := hardened(t, Policy{}).NewStream(nil, StreamMessage{ContentType: []string{"application/x-ndjson"}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.Write(&late{Context: t.Context()}, []byte(in+"\n"))
		if wantReason(t, err, ReasonTimeout); len(out) > 0 {
			t.Errorf("%s: %q left", name, out)
		}
		s.Stop()
	}
}

// Bytes of no known type that look like text are read as text. Where there was
// no room to do so, nobody knows what they say.
func TestAttackExplodingBytes(t *testing.T) {
	in := strings.Repeat("x y", 60<<10) + " lena%40example.com"
	for range 6 {
		in = strings.NewReplacer("%", "%25", `"`, "%22", "[", "%5B", " ", "%20").Replace(in)
		in = `["` + in + `" x`
	}
	n := len(in)
	msg := append([]byte{0xC6, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, in...)
	r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: msg, ContentType: []string{"application/msgpack"}})
	if err == nil && !r.Changed {
		t.Fatal("passed unread")
	}
	wantReason(t, err, ReasonCoding)
}

// A site of logs has lines of logs in its streams, too: the time of an entry is
// left alone, and a date in its message is not.
func TestStreamOfLogs(t *testing.T) {
	dates := scripted{pii.PrivateDate: regexp.MustCompile(`\d{4}-\d\d-\d\d`)}
	f, err := New(Options{Rules: dates, Policy: Policy{Protect: protect.Logs, RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	const line = `{"time":"2026-11-24T10:00:00Z","level":"info","msg":"born 1980-02-03"}`
	const want = `{"time":"2026-11-24T10:00:00Z","level":"info","msg":"born <PRIVATE_DATE>"}`
	for contentType, form := range map[string]string{"application/x-ndjson": "%s\n%s\n", "application/json": "[%s,%s]"} {
		in, want := strings.ReplaceAll(form, "%s", line), strings.ReplaceAll(form, "%s", want)
		whole := process(t, f, Message{Body: []byte(in), ContentType: []string{contentType}})
		streamed := bytes.Join(stream(t, f, StreamMessage{ContentType: []string{contentType}, Head: []byte(in)}, []byte(in)), nil)
		if string(whole.Body) != want || string(streamed) != want {
			t.Errorf("whole    %s\nstreamed %s\nwant     %s", whole.Body, streamed, want)
		}
	}
}

// Blank lines cost a byte each on their way in, and more while they wait.
func TestAttackManyUnitsWait(t *testing.T) {
	s, err := hardened(t, Policy{}).NewStream(nil, StreamMessage{ContentType: []string{"text/event-stream"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Write(t.Context(), []byte("data: {\"delta\":\"lena\"}\n\n")); err != nil {
		t.Fatal(err)
	}
	_, err = s.Write(t.Context(), bytes.Repeat([]byte("\n"), 1<<20))
	wantReason(t, err, ReasonTooLarge)
}
