package filter

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
)

// planted are the values of people in the recorded requests.
var planted = regexp.MustCompile(`lena@example\.com|Elena Markovic|4111 1111 1111 1111|4111111111111111`)

// untouched are values that must arrive as they were sent: ids, times, levels,
// and the ids of documents even where they look like a card.
var untouched = regexp.MustCompile(`"(?:_id|_index|routing|trace_id|span_id|parent_span_id|traceId|spanId|parentSpanId|event_id|sid|replay_id|` +
	`timestamp|start_timestamp|sent_at|started|@timestamp|time|timeUnixNano|observedTimeUnixNano|startTimeUnixNano|endTimeUnixNano|` +
	`level|severityText|severityNumber|kind|status|dsn|public_key|bucketCounts|explicitBounds)": ?(?:"[^"@ <]*"|[\d.]+|\[[\d,.]*\])|\["\d{19}"`)

// Every value of a person in what real clients send is masked, nothing that
// runs the machines is touched, and the receiver's own parser reads the rest.
func TestRealClients(t *testing.T) {
	files, err := filepath.Glob("testdata/clients/*.http")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	f := newFilter(t, Policy{Protect: protect.Logs, Unsupported: UnsupportedPass})
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			m, plain := recorded(t, file)
			result := process(t, f, m)
			out, _, err := coding.Decode(result.Body, m.ContentEncoding, coding.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			expect := planted.MatchString(idDigits.ReplaceAllString(string(plain), ""))
			if result.Changed != expect {
				t.Errorf("changed is %v", result.Changed)
			}
			if left := planted.FindString(idDigits.ReplaceAllString(string(out), "")); left != "" {
				t.Errorf("%q is still there:\n%s", left, out)
			}
			before, after := untouched.FindAllString(string(plain), -1), untouched.FindAllString(string(out), -1)
			if !slices.Equal(before, after) {
				t.Errorf("of the machines' values\n%q\nthere is left\n%q", before, after)
			}
			if err := receive(m.Path, out, len(items(t, m.Path, plain))); err != "" {
				t.Errorf("the receiver says: %s\n%s", err, out)
			}
		})
	}
}

// idDigits are ids of documents that are a number.
var idDigits = regexp.MustCompile(`"_id": ?"\d+"`)

// recorded reads a request as the handler would describe it, and its body.
func recorded(t testing.TB, file string) (Message, []byte) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := Message{Body: body, ContentType: r.Header["Content-Type"], ContentEncoding: r.Header["Content-Encoding"], Path: r.URL.Path}
	plain, _, err := coding.Decode(body, m.ContentEncoding, coding.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m, plain
}

// receive reads a body as the receiver would and complains as it would. want is
// how many items there were.
func receive(path string, body []byte, want int) string {
	got, err := parseItems(path, body)
	switch {
	case err != "":
		return err
	case len(got) != want:
		return "not as many items as there were"
	}
	return ""
}

func items(t testing.TB, path string, body []byte) []string {
	t.Helper()
	got, err := parseItems(path, body)
	if err != "" {
		t.Fatal(err)
	}
	return got
}

// parseItems takes a body apart by the documentation of its receiver, with
// nothing of ours.
func parseItems(path string, body []byte) (out []string, err string) {
	switch {
	case strings.HasSuffix(path, "/_bulk"):
		return parseBulk(body)
	case strings.HasSuffix(path, "/envelope/"):
		return parseEnvelope(body)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	for d.More() {
		var v json.RawMessage
		if d.Decode(&v) != nil {
			return nil, "no JSON"
		}
		out = append(out, string(v))
	}
	return out, ""
}

func parseBulk(body []byte) (out []string, err string) {
	text, ok := strings.CutSuffix(string(body), "\n")
	if !ok {
		return nil, "the last line does not end"
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		var action map[string]struct{ Index string }
		if json.Unmarshal([]byte(lines[i]), &action) != nil || len(action) != 1 {
			return nil, "no action in a line"
		}
		out = append(out, lines[i])
		if _, deletes := action["delete"]; deletes {
			continue
		}
		if i++; i == len(lines) || !json.Valid([]byte(lines[i])) {
			return nil, "no document behind an action"
		}
	}
	return out, ""
}

func parseEnvelope(body []byte) (out []string, err string) {
	line := func() (l []byte) {
		l, body, _ = bytes.Cut(body, []byte("\n"))
		return l
	}
	if !json.Valid(line()) {
		return nil, "no header"
	}
	for len(body) > 0 {
		head := line()
		var item struct {
			Type   string
			Length *int
		}
		if json.Unmarshal(head, &item) != nil || item.Type == "" {
			return nil, "no header of an item"
		}
		if item.Length == nil {
			out = append(out, item.Type+string(line()))
			continue
		}
		if *item.Length > len(body) || *item.Length < len(body) && body[*item.Length] != '\n' {
			return nil, "a length that is not that of its item"
		}
		out = append(out, item.Type+string(body[:*item.Length]))
		body = body[min(*item.Length+1, len(body)):]
	}
	return out, ""
}
