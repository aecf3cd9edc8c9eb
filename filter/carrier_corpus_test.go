package filter

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// parityCodings are the content codings, alone and stacked.
var parityCodings = [][]string{{"gzip"}, {"deflate"}, {"br"}, {"zstd"}, {"gzip", "br"}, {"zstd", "deflate", "gzip"}}

// Known deviations. Rules decide the same everywhere; the model may not:
//
//   - A short value is read behind its name, "note: …", because the name tells
//     a person from a word. That is what keyed allows, for a few sentences.
//   - These carriers write something before each sentence, as flat text would.
//   - Of base64 whose letters and length do not tell, nobody knows the alphabet
//     and whether it is padded: another value may come out in the usual ones.
const keyed = 12

var parityContext = map[string]string{"a text area of HTML": "x ", "quoted-printable in JSON": "=é "}

var base64Letters = strings.NewReplacer("-", "+", "_", "/", "=", "")

// parityStride is how many sentences of a carrier go through one with codings.
const parityStride = 29

// TestCarrierParityCorpus: every sentence of the corpus is decided in every
// carrier as it is in flat text, nothing of what is masked stands in the
// carrier any more, and nothing else in it has changed.
func TestCarrierParityCorpus(t *testing.T) {
	p := newParity(t)
	for _, c := range slices.Concat(carriers, multipartCarriers, markupCarriers, csvCarriers, innerCarriers, yamlCarriers, tomlCarriers, graphqlCarriers, logfmtCarriers) {
		t.Run(c.name, func(t *testing.T) { p.check(t, c, Message{}, false) })
	}
	for _, c := range logCarriers {
		t.Run(c.name, func(t *testing.T) { p.check(t, c, Message{Path: carrierPaths[c.name]}, false) })
	}
	for _, c := range binaryCarriers {
		t.Run(c.name, func(t *testing.T) {
			p.check(t, c.carrier, Message{Path: c.path, MessageEncoding: c.encoding, Answer: c.answer}, true)
		})
	}
}

// check sends each sentence in a body of its own, some of them through every
// content coding.
func (p *parity) check(t *testing.T, c carrier, m Message, lengths bool) {
	m.ContentType = []string{c.contentType}
	before, seen, otherwise := parityContext[c.name], 0, 0
	for i, s := range p.sentences {
		if m.Body = c.wrap(s); c.unwrap(m.Body) != s {
			continue // a charset without some of the letters
		}
		seen++
		r := p.rules.process(t, m)
		if got := c.unwrap(r.Body); got != p.rules.want[i] {
			t.Errorf("rules decide otherwise:\n got %s\nwant %s", got, p.rules.want[i])
		}
		if !lengths && !c.exact(m.Body, p.rules.want[i], r) {
			t.Errorf("something else has changed:\n in  %q\n out %q", m.Body, r.Body)
		}
		if raw := p.rules.leak(r.Body, i); raw != "" {
			t.Errorf("%q passed: %q", raw, r.Body)
		}
		if want := p.starred.want[i]; len(want) == len(s) {
			r := p.starred.process(t, m)
			if c.unwrap(r.Body) != want || !c.exact(m.Body, want, r) {
				t.Errorf("with asterisks, something else has changed:\n in  %q\n out %q", m.Body, r.Body)
			}
		}
		want := p.full.want[i]
		if before != "" {
			want, _ = p.full.flat(t, before+s)
			want = strings.TrimPrefix(want, before)
		}
		r = p.full.process(t, m)
		switch got := c.unwrap(r.Body); {
		case got != want && utf8.RuneCountInString(s) <= longRunes:
			otherwise++
		case got != want:
			t.Errorf("decided otherwise:\n got %s\nwant %s", got, want)
		case before == "" && p.full.leak(r.Body, i) != "":
			t.Errorf("a value passed: %q", r.Body)
		}
		if i%parityStride == 0 {
			p.checkCodings(t, m, r)
		}
	}
	if otherwise > keyed {
		t.Errorf("%d short sentences are decided otherwise", otherwise)
	}
	if seen < len(p.sentences) && !strings.Contains(c.name, "8859") && !strings.Contains(c.name, "Latin") {
		t.Errorf("only %d sentences came through", seen)
	}
}

// exact reports whether nothing but the text has changed: what came out is what
// a library writes, or what came in outside of spans.
func (c carrier) exact(in []byte, want string, r Result) bool {
	written := c.wrap(want)
	return bytes.Equal(r.Body, written) || onlySpans(in, r.Body, r.Spans) ||
		strings.HasPrefix(c.name, "base64") && base64Letters.Replace(string(r.Body)) == base64Letters.Replace(string(written))
}

// checkCodings wants the same of a body in every content coding.
func (p *parity) checkCodings(t *testing.T, m Message, plain Result) {
	t.Helper()
	body := m.Body
	for _, codings := range parityCodings {
		var err error
		if m.Body, err = coding.Encode(body, codings); err != nil {
			t.Fatal(err)
		}
		m.ContentEncoding = codings
		r := p.full.process(t, m)
		out, _, err := coding.Decode(r.Body, codings, coding.Limits{})
		if err != nil || !bytes.Equal(out, plain.Body) || r.Changed != plain.Changed {
			t.Errorf("%v: %v\n got %q\nwant %q", codings, err, out, plain.Body)
		}
	}
}
