package filter

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// parity is the corpus with what becomes of each sentence as flat text: what
// every carrier is compared with.
type parity struct {
	sentences []string
	full      verdicts // by rules and the embedded fast model
	rules     verdicts // by rules alone
	starred   verdicts // by rules alone, values replaced by as many asterisks
}

// verdicts are what one filter makes of the sentences.
type verdicts struct {
	f      *Filter
	model  pii.Detector
	want   []string   // masked
	values [][]string // what was masked
}

// newParity reads the corpus. The placeholder is one that no format has to
// escape, so that a library which writes the masked text writes the very bytes
// that the filter has to.
func newParity(t *testing.T) *parity {
	t.Helper()
	p := &parity{sentences: paritySentences(t)}
	model, known := fastModel(t), rules.New()
	p.full = p.verdicts(t, model, Options{Rules: known, Policy: Policy{Format: "_{category}_", RulesOnly: model == nil}})
	p.rules = p.verdicts(t, nil, Options{Rules: known, Policy: Policy{Format: "_{category}_", RulesOnly: true}})
	p.starred = p.verdicts(t, nil, Options{Rules: known, Policy: Policy{Default: mask.Action{Kind: mask.Partial}, RulesOnly: true}})
	return p
}

func (p *parity) verdicts(t *testing.T, model pii.Detector, o Options) verdicts {
	t.Helper()
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	v, masked := verdicts{f: f, model: model}, 0
	for _, s := range p.sentences {
		want, values := v.flat(t, s)
		v.want, v.values = append(v.want, want), append(v.values, values)
		masked += len(values)
	}
	// Were nothing found, every carrier would agree.
	if len(p.sentences) < 300 || masked < len(p.sentences)/2 {
		t.Fatalf("%d values in %d sentences", masked, len(p.sentences))
	}
	return v
}

// flat is what becomes of a text as such, and what of it is masked.
func (v *verdicts) flat(t *testing.T, s string) (masked string, values []string) {
	t.Helper()
	r := v.process(t, Message{Body: []byte(s), ContentType: []string{"text/plain"}})
	for _, span := range r.Spans {
		values = append(values, s[span.Start:span.End])
	}
	return string(r.Body), values
}

func (v *verdicts) process(t *testing.T, m Message) Result {
	t.Helper()
	m.Locate = true
	r, err := v.f.Process(t.Context(), v.model, m)
	if err != nil {
		t.Fatalf("%.300q: %v", m.Body, err)
	}
	return r
}

// fastModel is nil in builds without native parts: then the rules alone decide.
func fastModel(t *testing.T) pii.Detector {
	t.Helper()
	if !embedded.Present(local.EmbeddedFast) || onnxtest.SetLibrary() != nil {
		t.Log("no model in this build: rules only")
		return nil
	}
	s, err := local.Open(t.Context(), local.Options{Model: local.EmbeddedFast})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// paritySentences are the sentences without the marks of their values.
func paritySentences(t *testing.T) (out []string) {
	t.Helper()
	corpus, err := os.ReadFile("../testdata/parity/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(corpus)) {
		_, sentence, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		out = append(out, parityMark.ReplaceAllString(sentence, "$1"))
	}
	return out
}

var parityMark = regexp.MustCompile(`⟦[^|]*\|([^⟧]*)⟧`)

// onlySpans reports whether out is in with other bytes in the places of spans
// only. With asterisks, lengths and checksums stay the same, too.
func onlySpans(in, out []byte, spans []pii.Span) bool {
	from := 0
	for i, span := range spans {
		if span.Start < from || span.Start > len(in) {
			return false // where a compressed text lies, offsets do not say
		}
		gap := in[from:span.Start]
		at := bytes.Index(out, gap)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		out, from = out[at+len(gap):], span.End
	}
	return from <= len(in) && bytes.HasSuffix(out, in[from:]) && (len(spans) > 0 || len(out) == len(in))
}

// spellings are the ways in which a value could have passed.
func spellings(value string) (out []string) {
	quoted, _ := json.Marshal(value)
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(value)
	lower, upper := percentAll(value), strings.ToUpper(percentAll(value))
	out = []string{value, string(quoted[1 : len(quoted)-1]), escapeAll(value), url.QueryEscape(value), url.PathEscape(value), lower, upper, wide}
	for shift := range 3 {
		for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			// The letters at both ends are shared with the neighbours.
			s := enc.EncodeToString(append(make([]byte, shift), value...))
			if s = s[(shift*8+5)/6 : len(s)-1]; len(s) >= 10 {
				out = append(out, s)
			}
		}
	}
	return out
}

// leak is a value of some sentences that is masked in flat text and still
// stands in a body, raw or in an encoding; "" if there is none.
func (v *verdicts) leak(body []byte, sentences ...int) string {
	var said strings.Builder
	for _, i := range sentences {
		said.WriteString(v.want[i] + "\n")
	}
	for _, i := range sentences {
		for _, value := range v.values[i] {
			// A short word may stand elsewhere with another meaning.
			if len(value) < 4 || strings.Contains(said.String(), value) {
				continue
			}
			for _, s := range spellings(value) {
				if bytes.Contains(body, []byte(s)) {
					return s
				}
			}
		}
	}
	return ""
}
