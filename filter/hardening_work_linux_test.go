package filter

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// work is how long this thread computes for f: other programs on the machine do
// not count.
func work(t *testing.T, f func()) time.Duration {
	t.Helper()
	now := func() time.Duration {
		var at unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
			t.Fatal(err)
		}
		return time.Duration(at.Nano())
	}
	start := now()
	f()
	return now() - start
}

// No body costs many times what ordinary JSON of the same size does: whoever
// sends the worst of them must send as many as of any others. The worst known
// takes 14 times as long.
func TestAttackExpensiveBodies(t *testing.T) {
	const size, most = 96 << 10, 50
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	f := hardened(t, Policy{})
	perByte := func(in, contentType string) float64 {
		return float64(work(t, func() {
			_, err := f.Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{contentType}})
			if err != nil {
				wantReason(t, err, ReasonCoding)
			}
		})) / float64(len(in))
	}
	const object = `{"id":12345,"name":"Lena Markovic","mail":"lena@example.com","tags":["a","b"],"text":"The quick brown fox jumps over the lazy dog."},`
	ordinary := "[" + strings.Repeat(object, 4*size/len(object)) + "1]"
	perByte(ordinary, "application/json") // warm
	unit := perByte(ordinary, "application/json")
	bodies := map[string]string{}
	for _, s := range []string{
		"=\n", "a=\n", "=\r\n", `"a",`, `'a',`, `k="v" `, "YWFhYWFhYWFhYWFhYWFh ", "YWFhYWFhYWFhYWFhYWFh/", "eyJhIjoiYWFhYWFhYSJ9 ", "6162636465666768696a6b6c ",
		"H4sIAAAAAAAA ", "%2541", "&amp;", "<b>a", "<", "1 ", "1-", "password=", "192.0.2.1 ", `{"a":1` + "\n",
	} {
		bodies[s] = strings.Repeat(s, size/len(s))
	}
	percent := strings.NewReplacer("%", "%25", `"`, "%22", "[", "%5B", " ", "%20")
	in := strings.Repeat("x y", size/96)
	for range 6 {
		in = `["` + percent.Replace(percent.Replace(in)) + `" x`
	}
	bodies["encodings"] = in
	for name, in := range bodies {
		for _, contentType := range []string{"application/json", "text/plain", "text/html", "application/yaml", "application/toml", "application/graphql", "text/csv"} {
			if times := perByte(in, contentType) / unit; times > most {
				t.Errorf("%q as %s takes %.0f times as long as JSON", name, contentType, times)
			}
		}
	}
}

// A unit that comes byte by byte is looked at once: four times as long takes
// about four times as much, not sixteen.
func TestAttackByteByByte(t *testing.T) {
	const size, most = 32 << 10, 9
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, tt := range []struct{ contentType, begin, unit string }{
		{"text/event-stream", "data: ", "x"},
		{"text/event-stream", "", "data: a\n"},
		{"text/event-stream", "", ":\r\n"},
		{"application/x-ndjson", `{"a":"`, "x"},
		{"application/json", `[{"a":"`, `\"`},
		{"application/json", `[{`, "["},
		{"application/grpc+json", "\x00\x00\x10\x00\x00", "x"},
		{"text/plain", "a ", "x"},
		{"text/plain", "a ", "1. "},
		{"text/plain", "a ", "ab@c.de, "},
		{"text/plain", "a ", "\n"},
	} {
		took := func(n int) time.Duration {
			in := []byte(tt.begin + strings.Repeat(tt.unit, n/len(tt.unit)))
			s, err := hardened(t, Policy{}).NewStream(nil, StreamMessage{ContentType: []string{tt.contentType}, Head: in})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Stop()
			return work(t, func() {
				for i := range in {
					if _, err = s.Write(t.Context(), in[i:i+1]); err != nil {
						return // stopped early, at a limit
					}
				}
			})
		}
		short, long := took(size), took(4*size)
		if long > most*max(short, time.Millisecond) {
			t.Errorf("%q in %s: %v, four times as much %v", tt.unit, tt.contentType, short, long)
		}
	}
}
