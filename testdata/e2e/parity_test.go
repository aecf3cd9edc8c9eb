package e2e

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// sentences are those of testdata/parity, without the marks of their values.
func sentences(t testing.TB) (out []string) {
	t.Helper()
	corpus, err := os.ReadFile("../parity/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	mark := regexp.MustCompile(`⟦[^|]*\|([^⟧]*)⟧`)
	for line := range strings.Lines(string(corpus)) {
		_, sentence, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		out = append(out, mark.ReplaceAllString(sentence, "$1"))
	}
	return out
}

// Known deviations, as in TestPackedParity of the filter: the model reads a
// value of up to this many characters with the name of its field, and decides
// a few of them otherwise. Rules never do.
const (
	keyedRunes     = 64
	keyedSentences = 12
)

// TestParityThroughCaddy: all sentences in one body of every family of formats
// become what each becomes as flat text: in both directions, with every
// protocol, content coding and delivery, and the body is still one.
func TestParityThroughCaddy(t *testing.T) {
	w := shared(t)
	texts := sentences(t)
	for _, s := range []struct {
		name string
		site site
		most int
	}{{"rules", w.filtered, 0}, {"the embedded model", w.withModel, keyedSentences}} {
		want := make([]string, len(texts))
		client, masked := clientFor(t, "h1"), 0
		path := w.up.handle(nil)
		for i, text := range texts {
			send(t, client, http.MethodPost, s.site.url(path), http.Header{"Content-Type": {"text/plain"}}, []byte(text), whole)
			arrivals := w.up.arrivals(path)
			if want[i] = string(arrivals[len(arrivals)-1].Body); want[i] != text {
				masked++
			}
		}
		if masked < len(texts)/3 {
			t.Fatalf("only %d sentences are masked", masked)
		}
		for n, f := range families() {
			for i, protocol := range protocols {
				coding, d := codings[(n+i)%len(codings)], deliveries[(n+i)%2]
				if f.contentType == "text/plain" {
					d = whole // an answer of unknown length is a stream of text, and read as one text
				}
				t.Run(strings.Join([]string{s.name, f.name, protocol, named(coding), string(d)}, "/"), func(t *testing.T) {
					raw := f.write(texts)
					if got, err := f.read(raw); err != nil || !slices.Equal(got, texts) {
						t.Fatalf("the carrier itself changes the sentences: %v", err)
					}
					header := bodyHeader(format{contentType: f.contentType}, coding)
					path := w.up.handleBelow(f.path, func(rw http.ResponseWriter, r *http.Request) {
						w.up.record(r)
						if f.path != "" { // logs are only received
							rw.WriteHeader(http.StatusNoContent)
							return
						}
						for name, values := range header {
							rw.Header()[name] = values
						}
						d.serve(rw, http.StatusOK, encode(t, raw, coding))
					})
					resp := send(t, clientFor(t, protocol), http.MethodPost, s.site.url(path), with(header, "Accept-Encoding", "gzip, deflate, br, zstd"), encode(t, raw, coding), d)
					check := func(side string, h http.Header, body []byte) {
						got, err := f.read(decode(t, body, h.Get("Content-Encoding")))
						if err != nil || len(got) != len(texts) {
							t.Fatalf("%s: %d texts, %v", side, len(got), err)
						}
						compareParity(t, side, texts, got, want, s.most)
					}
					a := w.up.only(t, path)
					check("request", a.Header, a.Body)
					if f.path != "" {
						return
					}
					if resp.Status != http.StatusOK || resp.BodyErr != nil {
						t.Fatalf("status %d, %v: %s", resp.Status, resp.BodyErr, clip(resp.Body))
					}
					check("response", resp.Header, resp.Body)
				})
			}
		}
	}
}

func with(h http.Header, name, value string) http.Header {
	h = h.Clone()
	h.Set(name, value)
	return h
}

func compareParity(t *testing.T, side string, texts, got, want []string, most int) {
	t.Helper()
	for i := range want {
		if got[i] == want[i] {
			continue
		}
		if most--; most < 0 || utf8.RuneCountInString(texts[i]) > keyedRunes {
			t.Errorf("%s, decided otherwise:\n got %s\nwant %s", side, got[i], want[i])
		}
	}
}
