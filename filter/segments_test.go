package filter

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

func mustParse(t testing.TB, raw []byte) *body.Document {
	t.Helper()
	doc, err := body.Parse(raw, body.Hint{}, body.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestSegments(t *testing.T) {
	prose := strings.Repeat("All of this is one long message. ", 4)
	token := strings.Repeat("x", 100)
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"siblings", `{"name":"Elena","age":42,"card":4111111111111111,"ok":true,"city":"Split"}`, []string{"name: Elena\ncard: 4111111111111111\ncity: Split"}},
		{"a message alone", `{"role":"user","content":"` + prose + `"}`, []string{prose, "role: user"}},
		{"lines alone", `{"a":"` + strings.Repeat(`one\n`, 20) + `"}`, []string{strings.Repeat("one\n", 20)}},
		{"a token keeps its key", `{"key":"` + token + `"}`, []string{"key: " + token}},
		{"siblings around a nested object", `{"a":"1","b":{"c":"2","d":"3"},"e":"4"}`, []string{"a: 1\ne: 4", "b.c: 2\nb.d: 3"}},
		{"a record each", `[{"a":"1"},{"a":"2"}]`, []string{"a: 1", "a: 2"}},
		{"a record each in a list with a name", `{"l":[{"a":"1"},{"a":"2"}]}`, []string{"a: 1", "a: 2"}},
		{"a list", `{"tags":["x","y"]}`, []string{"tags: x\ntags: y"}},
		{"JSON in JSON", `{"args":"{\"to\":\"x\"}"}`, []string{"args.to: x"}},
		{"lines of JSON", "{\"a\":\"1\"}\n{\"a\":\"2\"}\n", []string{"a: 1", "a: 2"}},
		{"keys of letters are context only", `{"first_name":"x"}`, []string{"first_name: x"}},
		{"other keys are inspected", `{"a@b":"x","c@d":"y"}`, []string{"a@b: x\nc@d: y", "a@b\nc@d"}},
		{"text", "one\ntwo\n", []string{"one\ntwo\n"}},
		{"nothing", `{}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := cut(mustParse(t, []byte(tt.in)), cutting{})
			var got []string
			for i := range s.segments {
				got = append(got, s.textOf(&s.segments[i]))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Every byte of every value is in some segment, at the place that its piece
// says.
func TestNothingIsLostBetweenSegments(t *testing.T) {
	for name, in := range map[string]string{
		"lines":    strings.Repeat("some words in a line\n", 20_000),
		"one line": strings.Repeat("word ", 80_000),
		"one word": strings.Repeat("é", 200_000),
		"records":  string(cleanJSON(300_000)),
	} {
		doc := mustParse(t, []byte(in))
		s := cut(doc, cutting{allKeys: true})
		covered := make([]int, len(doc.Slots)) // bytes seen from the start
		for i := range s.segments {
			segment := &s.segments[i]
			if text := s.textOf(segment); len(text) > maxSegment+2*overlap || !utf8.ValidString(text) {
				t.Errorf("%s: segment of %d bytes", name, len(text))
			}
			for _, p := range s.pieces[segment.pieceStart:segment.pieceEnd] {
				value := string(doc.AppendText(nil, p.slot))
				if got := s.textOf(segment)[p.start:p.end]; got != value[p.offset:p.offset+p.end-p.start] {
					t.Fatalf("%s: piece is not where it says", name)
				}
				if int(p.offset) > covered[p.slot] {
					t.Fatalf("%s: bytes %d to %d are in no segment", name, covered[p.slot], p.offset)
				}
				covered[p.slot] = max(covered[p.slot], int(p.offset+p.end-p.start))
			}
		}
		for i := range doc.Slots {
			if covered[i] != len(doc.AppendText(nil, int32(i))) {
				t.Fatalf("%s: slot %d is not covered", name, i)
			}
		}
	}
}

func TestModelIsNotAskedAboutPictures(t *testing.T) {
	random := make([]byte, 48<<10)
	if _, err := rand.NewChaCha8([32]byte{1}).Read(random); err != nil {
		t.Fatal(err)
	}
	blob := base64.StdEncoding.EncodeToString(random)
	wrapped := func(width int, end string) string {
		var b strings.Builder
		for line := range slices.Chunk([]byte(blob), width) {
			b.Write(line)
			b.WriteString(end)
		}
		return b.String()
	}
	names := "Smith\nMarkovic\nOBrien\nvanDijk\nJones2\n"
	for text, want := range map[string]bool{
		blob: false, "data:image/png;base64," + blob: false, blob + " and words": true,
		wrapped(64, "\n"): false, wrapped(76, "\r\n"): false, hex.EncodeToString(random): false,
		strings.Repeat("A", 4096): false,
		// What only looks like base64 because it holds no space.
		strings.Repeat(names, 40): true, strings.Repeat("SMITH/JONES/", 60): true,
		strings.ReplaceAll(strings.Repeat(names, 40), "\n", "-"): true,
		strings.ReplaceAll(strings.Repeat(names, 40), "\n", ""):  true,
		"data:text/plain;base64," + strings.Repeat(names, 40):    true,
		"": false, " \n-- ": false, "é": true, "1": true, "short": true,
	} {
		if readable(text) != want {
			t.Errorf("%.40q: want %v", text, want)
		}
	}
}
