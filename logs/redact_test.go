package logs

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	for _, c := range [][2]string{
		{`{"level":"INFO","ts":"2026-11-24T16:00:00.000Z","logger":"a.b","msg":"m"}`, `{"level":"INFO","ts":"2026-11-24T16:00:00.000Z","logger":"a.b","msg":"<REDACTED>"}`},
		{`{"level":"Elena","ts":"Elena","logger":"Elena M"}`, `{"level":"<REDACTED>","ts":"<REDACTED>","logger":"<REDACTED>"}`},
		{`{"a":{"level":"info","ts":16282194407}}`, `{"a":{"level":"<REDACTED>","ts":0}}`},
		{`{"ts":1769000000.123,"size":1234567890,"n":16282194407,"k":12}`, `{"ts":1769000000.123,"size":1234567890,"n":0,"k":12}`},
		{`{"Elena":1,"El:ena":2,"a\"b":["x",{"y":"z"}],"t":true,"z":null}`, `{"<REDACTED>1":1,"<REDACTED>2":2,"<REDACTED>3":["<REDACTED>",{"y":"<REDACTED>"}],"t":true,"z":null}`},
		{`{"\u006dsg" : "\u0041\"\\"}`, `{"<REDACTED>1" : "<REDACTED>"}`},
		{`{}`, `{}`},
		{`["a"]`, `<REDACTED>`},
		{`{"a":`, `<REDACTED>`},
		{"x\ny", "<REDACTED>"},
		{"", ""},
	} {
		for _, end := range []string{"", "\n", "\r\n"} {
			if got := string(redact([]byte(c[0] + end))); got != c[1]+end {
				t.Errorf("%q\ngot  %q\nwant %q", c[0], got, c[1]+end)
			}
		}
	}
}

// FuzzRedact: the structure stays, and no string does but those of the head.
func FuzzRedact(f *testing.F) {
	f.Add(`{"level":"info","ts":1,"request":{"headers":{"X-User":["a\"b","c"]},"n":[1,2e9,-3.5]}}`)
	f.Add(`{"a":{"b":[[],{},"x"]},"c":"\u0041\\"}`)
	f.Add("no JSON")
	f.Fuzz(func(t *testing.T, entry string) {
		out := redact([]byte(entry))
		if !isRecord([]byte(entry)) {
			if s := strings.TrimRight(string(out), "\r\n"); s != "" && s != redacted {
				t.Fatalf("%q", out)
			}
			return
		}
		var before, after any
		if err := json.Unmarshal([]byte(entry), &before); err != nil {
			t.Skip(err) // numbers out of range
		}
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		strs(t, after, 0)
		if a, b := shape(before), shape(after); !strings.Contains(entry, `\`) && !hasTwice(entry) && !reflect.DeepEqual(a, b) {
			t.Fatalf("%v became %v", a, b)
		}
	})
}

// strs fails for any string that is not redacted.
func strs(t *testing.T, v any, depth int) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if !strings.HasPrefix(key, redacted) && !isFieldName(key) && !wellKnown[key] {
				t.Fatalf("name %q", key)
			}
			if s, ok := value.(string); ok && depth == 0 && isHead(key, s) {
				continue
			}
			strs(t, value, depth+1)
		}
	case []any:
		for _, value := range v {
			strs(t, value, depth+1)
		}
	case string:
		if v != redacted {
			t.Fatalf("string %q", v)
		}
	}
}

// shape counts the values of a tree by kind.
func shape(v any) map[string]int {
	out := map[string]int{}
	var walk func(any)
	walk = func(v any) {
		out[reflect.TypeOf(&v).Elem().Name()+kind(v)]++
		switch v := v.(type) {
		case map[string]any:
			for _, value := range v {
				walk(value)
			}
		case []any:
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(v)
	return out
}

func kind(v any) string {
	if v == nil {
		return "null"
	}
	return reflect.TypeOf(v).String()
}

// hasTwice says whether some name may stand twice in an object, of which a
// decoder keeps one value.
func hasTwice(entry string) bool {
	seen := map[string]bool{}
	for name := range strings.SplitSeq(entry, `"`) {
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}
