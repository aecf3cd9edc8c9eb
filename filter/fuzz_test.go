package filter

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// The fuzz targets use a detector that knows one value, and a placeholder
// that no format has to escape.
const (
	fuzzValue = "le@a"
	fuzzMask  = "MASK"
)

func fuzzFilter(t testing.TB) *Filter {
	t.Helper()
	f, err := New(Options{
		Rules:  scripted{pii.PrivateEmail: regexp.MustCompile(regexp.QuoteMeta(fuzzValue))},
		Policy: Policy{Format: fuzzMask, RulesOnly: true, MaxBody: 1 << 20},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func seed(f *testing.F) {
	for _, in := range []string{
		``, `{}`, `{"a":"le@a"}`, `["le\u0040a",1,null]`, `{"le@a":"x"}`, `{"a":"{\"b\":\"le@a\"}"}`, `"le@a"`,
		"{\"a\":1}\n{\"b\":\"le@a\"}\n", `{"a":"le@a",`, `[[[[[[`, `a=le%40a&b=1`, "le@a", "\xff\xfel\x00e\x00@\x00a\x00",
		"\xef\xbb\xbf{\"a\":\"le@a\"}", `{"a":"\ud800le@a\udc00"}`, `{"a":"%6ce@a"}`, `\u006ce@a`, "--x\r\n", "<a>le@a</a>",
		`["\"{\\\"a\\\":\\\"le@a\\\"}\""]`, "\x1e[1]\n\x1e{}", `{"a":"\\u006ce@a \\"}`,
	} {
		for _, contentType := range []string{"", "application/json", "text/plain; charset=utf-16", "application/x-www-form-urlencoded"} {
			f.Add([]byte(in), contentType)
		}
	}
}

// FuzzProcess: whatever comes, the filter answers, the same each time, and
// says whether it changed anything.
func FuzzProcess(f *testing.F) {
	seed(f)
	filter := fuzzFilter(f)
	f.Fuzz(func(t *testing.T, in []byte, contentType string) {
		m := Message{Body: in, ContentType: []string{contentType}}
		r, err := filter.Process(t.Context(), nil, m)
		again, errAgain := filter.Process(t.Context(), nil, m)
		if (err == nil) != (errAgain == nil) || !bytes.Equal(r.Body, again.Body) {
			t.Fatalf("%q and then %q", r.Body, again.Body)
		}
		var e *Error
		switch {
		case err != nil && !errors.As(err, &e):
			t.Fatalf("an error of no reason: %v", err)
		case err != nil && e.Reason == ReasonDetector:
			t.Fatalf("a panic: %v", err)
		case err != nil:
			return
		case r.Changed == bytes.Equal(r.Body, in):
			t.Fatalf("changed is %v: %q became %q", r.Changed, in, r.Body)
		case r.Changed != (r.Report.Outcome == OutcomeMasked):
			t.Fatalf("changed is %v, outcome %s", r.Changed, r.Report.Outcome)
		}
	})
}

// FuzzBytesOutsideSpans: where nothing is escaped, masking is replacing, and
// not one other byte changes.
func FuzzBytesOutsideSpans(f *testing.F) {
	seed(f)
	filter := fuzzFilter(f)
	f.Fuzz(func(t *testing.T, in []byte, contentType string) {
		if bytes.ContainsAny(in, "\\%&<\x00") || bytes.Contains(in, []byte("\xff\xfe")) || bytes.Contains(in, []byte("\xfe\xff")) || strings.Contains(contentType, "charset") {
			return
		}
		r, err := filter.Process(t.Context(), nil, Message{Body: in, ContentType: []string{contentType}})
		if err != nil || r.Report.Outcome == OutcomeUninspected {
			return
		}
		if want := bytes.ReplaceAll(in, []byte(fuzzValue), []byte(fuzzMask)); !bytes.Equal(r.Body, want) {
			t.Fatalf("%q\ngot  %q\nwant %q", in, r.Body, want)
		}
	})
}

// FuzzJSON: what encoding/json reads in the output is what it read in the
// input, except in strings that hold the value, and those hold it no more.
func FuzzJSON(f *testing.F) {
	seed(f)
	filter := fuzzFilter(f)
	f.Fuzz(func(t *testing.T, in []byte, _ string) {
		if !json.Valid(in) {
			return
		}
		r, err := filter.Process(t.Context(), nil, Message{Body: in, ContentType: []string{"application/json"}})
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(r.Body) {
			t.Fatalf("%q became %q", in, r.Body)
		}
		before, after := tokens(in), tokens(r.Body)
		if len(before) != len(after) {
			t.Fatalf("%q became %q", in, r.Body)
		}
		for i := range before {
			was, isString := before[i].(string)
			is, stillString := after[i].(string)
			switch {
			case isString != stillString, !isString && before[i] != after[i]:
				t.Fatalf("token %d of %q: %v became %v", i, in, before[i], after[i])
			case !isString:
			case strings.Contains(is, fuzzValue):
				t.Fatalf("%q still holds the value: %q", in, r.Body)
			case !strings.ContainsAny(was, `\%`) && is != strings.ReplaceAll(was, fuzzValue, fuzzMask):
				t.Fatalf("token %d of %q: %q became %q", i, in, was, is)
			case was != is && !strings.Contains(is, fuzzMask):
				t.Fatalf("token %d of %q: %q became %q", i, in, was, is)
			}
		}
	})
}

func tokens(raw []byte) []json.Token {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var out []json.Token
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			return append(out, err.Error())
		}
		out = append(out, token)
	}
}
