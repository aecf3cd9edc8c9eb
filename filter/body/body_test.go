package body

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func parse(t testing.TB, raw []byte, contentType string, skip ...string) *Document {
	t.Helper()
	paths, err := CompilePaths(skip)
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	if contentType != "" {
		types = []string{contentType}
	}
	doc, err := Parse(raw, NewHint(types, ""), Options{Skip: paths})
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return doc
}

// texts lists the slots of a document as "kind:key=text".
func texts(doc *Document) []string {
	var out []string
	for i, s := range doc.Slots {
		line := map[Kind]string{Value: "v", Key: "k", Number: "n", Line: "l", Ident: "i", Integer: "d"}[s.Kind] + ":"
		if s.Key != None {
			line += string(doc.AppendText(nil, s.Key)) + "="
		}
		out = append(out, line+string(doc.AppendText(nil, int32(i))))
	}
	return out
}

func TestSlots(t *testing.T) {
	for _, tt := range []struct {
		name, contentType, in string
		format                Format
		want                  []string
	}{
		{
			"object", "", `{"a":"x","b":[1234,true,null,"y",{"c":-1.5e3}],"a":""}`, JSON,
			[]string{"k:a", "v:a=x", "k:b", "n:b=1234", "v:b=y", "k:c", "n:c=-1.5e3", "k:a"},
		},
		{"small numbers are no slots", "", `[1,12,123]`, JSON, []string{"n:123"}},
		{"escapes", "", `["\"\/\\\b\f\n\r\t\u00e9\ud83d\ude00\ud800x"]`, JSON, []string{"v:\"/\\\b\f\n\r\té😀\uFFFDx"}},
		{"control characters in strings", "", "[\"a\x00b\nc\"]", JSON, []string{"v:a\x00b\nc"}},
		{"broken UTF-8 in strings", "application/json", "[\"a\xffb\"]", JSON, []string{"v:a\xffb"}},
		{"JSON in JSON in JSON", "", `{"a":"{\"b\":\"[\\\"x\\\"]\"}"}`, JSON, []string{"k:a", "k:b", "v:b=x"}},
		{"JSON twice encoded", "", `["\"{\\\"a\\\":\\\"b\\\"}\""]`, JSON, []string{"k:a", "v:a=b"}},
		{"almost JSON in JSON", "", `["[sic] she said"]`, JSON, []string{"v:[sic] she said"}},
		{"escaped escapes in a string", "", `["see \\u0065lena"]`, JSON, []string{"v:see elena"}},
		{"percent in a string", "", `["q=%65lena"]`, JSON, []string{"v:q=elena"}},
		{"empty containers", "", `{"":{},"b":[]}`, JSON, []string{"k:b"}},
		{"a string alone", "", `"x"`, JSON, []string{"v:x"}},
		{"a number alone, labelled", "application/json", `1234`, JSON, []string{"n:1234"}},
		{"a number alone", "", `1234`, Text, []string{"v:1234"}},
		{"numbers that are a phone number", "application/json", `555 123 4567`, Text, []string{"v:555 123 4567"}},
		{"lines", "", "{\"a\":1234}\r\n\n[\"b\"]\n", NDJSON, []string{"k:a", "n:a=1234", "v:b"}},
		{"records without separators", "", `{"a":"b"}{"a":"c"}`, NDJSON, []string{"k:a", "v:a=b", "k:a", "v:a=c"}},
		{"record separators", "", "\x1e{\"a\":\"b\"}\n\x1e{\"a\":\"c\"}\n", NDJSON, []string{"k:a", "v:a=b", "k:a", "v:a=c"}},
		{"broken lines among good ones", "", "x\ny\n{\"a\":\"b\"}\nz\n", NDJSON, []string{"v:x\ny\n", "k:a", "v:a=b", "v:z\n"}},
		{"broken JSON", "", `{"a":"\u0065",`, Text, []string{`v:{"a":"e",`}},
		{"broken JSON in broken JSON", "", `{"a":"{\"b\":\"\\u0065`, Text, []string{`v:{"a":"{"b":"e`}},
		{"trailing comma", "application/json", `{"a":"b",}`, Text, []string{`v:{"a":"b",}`}},
		{"text", "", "hello", Text, []string{"v:hello"}},
		{"white space", "text/plain", " \n", Text, nil},
		{"nothing", "text/plain", "", Empty, nil},
		{"Windows path", "text/plain", `C:\users\new`, Text, []string{`v:C:\users\new`}},
		{
			"form", "application/x-www-form-urlencoded", "a=b+c&d=%C3%A9&e&=f&g=%zz%4\n", Form,
			[]string{"k:a", "v:a=b c", "k:d", "v:d=é", "v:e", "v:f", "k:g", "v:g=%zz%4"},
		},
		{"unlabelled form keeps the plus", "", "mail=a+b%40c.de&x=1", Form, []string{"k:mail", "v:mail=a+b@c.de", "k:x", "v:x=1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), tt.contentType)
			if doc.Format != tt.format {
				t.Errorf("format %q, want %q", doc.Format, tt.format)
			}
			if got := texts(doc); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
}

func TestFormatByContentThenLabel(t *testing.T) {
	const object = `{"a":"b"}`
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for _, tt := range []struct {
		name, contentType, in string
		want                  Format
	}{
		{"JSON as text", "text/plain", object, JSON},
		{"JSON as octets", "application/octet-stream", object, JSON},
		{"JSON as picture", "image/png", object, JSON},
		{"JSON as style", "text/css", object, JSON},
		{"JSON as sound", "audio/mpeg", object, JSON},
		{"JSON as protobuf", "application/x-protobuf", object, JSON},
		{"JSON as multipart", "multipart/form-data; boundary=x", object, JSON},
		{"JSON as XML", "application/xml", object, JSON},
		{"JSON without label", "", object, JSON},
		{"JSON under a broken label", ";;;", object, JSON},
		{"JSON with a suffix", "application/vnd.api+json", object, JSON},
		{"text as sound", "audio/mpeg", "hello", Text},
		{"text as picture", "image/png", "hello", Text},
		{"text as octets", "application/octet-stream", "hello", Text},
		{"CSV", "text/csv", "a,b\nc,d\n", CSV},
		{"YAML", "application/yaml", "a: b\n", YAML},
		{"style", "text/css", "a{}", Inert},
		{"script", "application/javascript", "var a", Inert},
		{"sound", "audio/mpeg", "ID3\x04\x00\x00\x00", Inert},
		{"font", "font/woff2", "wOF2\x00\x01\x00\x00", Inert},
		{"wasm", "application/wasm", "\x00asm\x01\x00\x00\x00", Inert},
		{"picture", "image/png", png, Unsupported},
		{"picture as text", "text/plain", png, Unsupported},
		{"picture without label", "", png, Unsupported},
		{"zip", "application/zip", "PK\x03\x04\x14\x00", Unsupported},
		{"gzip as text", "text/plain", "\x1f\x8b\x08\x00\x00\x00\x00\x00", Unsupported},
		{"protobuf", "application/x-protobuf", "\n\x05hello", Unsupported},
		{"protobuf of letters", "application/x-protobuf", "hello", Unsupported},
		{"gRPC", "application/grpc+proto", "\x00\x00\x00\x00\x07\n\x05hello", Unsupported},
		{"events", "text/event-stream", "data: x\n\n", Unsupported},
		{"multipart", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--", Multipart},
		{"multipart as text", "text/plain", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--", Multipart},
		{"multipart that is signed", "multipart/signed; boundary=x", "--x\r\n\r\nb\r\n--x--", Unsupported},
		{"XML", "application/xml", "<a>b</a>", XML},
		{"SOAP", "application/soap+xml", "<a>b</a>", XML},
		{"HTML as text", "text/plain", "<!DOCTYPE html><p>", HTML},
		{"markup without label", "", "<note>x</note>", XML},
		{"SVG", "image/svg+xml", "<svg/>", XML},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := parse(t, []byte(tt.in), tt.contentType).Format; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSeveralTypesCountAsTheHardest(t *testing.T) {
	for _, tt := range []struct {
		name  string
		types []string
		in    string
		want  Format
	}{
		{"inert twice", []string{"text/css", "text/css"}, "a{}", Inert},
		{"inert and text", []string{"text/css", "text/plain"}, "a{}", Text},
		{"inert and JSON in one line", []string{"text/css, application/json"}, "a{}", Text},
		{"text and events", []string{"text/plain", "text/event-stream"}, "data: x\n\n", Unsupported},
	} {
		doc, err := Parse([]byte(tt.in), NewHint(tt.types, ""), Options{})
		if err != nil || doc.Format != tt.want {
			t.Errorf("%s: got %q, error %v", tt.name, doc.Format, err)
		}
	}
}

func TestNestedSlotsAreSplicedThroughEveryLayer(t *testing.T) {
	quote := func(s string) string { b, _ := json.Marshal(map[string]string{"a": s}); return string(b) }
	for depth := 1; depth <= 4; depth++ {
		body, want := `{"x":"Hi lena@example.com"}`, `{"x":"Hi \"<\\MASK>\""}`
		for range depth {
			body, want = quote(body), quote(want)
		}
		doc := parse(t, []byte(body), "application/json")
		last := int32(len(doc.Slots) - 1)
		if got := string(doc.AppendText(nil, last)); got != "Hi lena@example.com" {
			t.Fatalf("depth %d: slot %q", depth, got)
		}
		got := string(doc.Splice([]Edit{{Slot: last, Start: 3, End: 19, Text: []byte(`"<\MASK>"`)}}))
		var a, b any
		for range depth {
			if json.Unmarshal([]byte(got), &a) != nil || json.Unmarshal([]byte(want), &b) != nil {
				t.Fatalf("depth %d: not JSON: %s", depth, got)
			}
			got, want = a.(map[string]any)["a"].(string), b.(map[string]any)["a"].(string)
		}
		if got != want {
			t.Errorf("depth %d: got %s, want %s", depth, got, want)
		}
	}
}

func TestSkip(t *testing.T) {
	const in = `{"tools":[{"name":"x"}],"items":[{"id":"i1","n":"a"},{"id":"i2","n":"b"}],"m":{"trace_id":"t","k":{"trace_id":"u"}},"s":"{\"trace_id\":\"v\",\"w\":\"w\"}","a.b":"c"}`
	for _, tt := range []struct {
		skip []string
		gone string
	}{
		{[]string{"$"}, "x i1 i2 a b t u v w c"},
		{[]string{"$.tools"}, "x"},
		{[]string{"$.items[*].id"}, "i1 i2"},
		{[]string{"$.items[1]"}, "i2 b"},
		{[]string{"$.items.*.n"}, "a b"},
		{[]string{"$..trace_id"}, "t u v"},
		{[]string{"$.m..trace_id"}, "t u"},
		{[]string{"$.s.trace_id"}, "v"},
		{[]string{"$['a.b']"}, "c"},
		{[]string{"$.tools", "$..w"}, "x w"},
		{[]string{"$.nothing"}, ""},
	} {
		doc := parse(t, []byte(in), "", tt.skip...)
		seen := " "
		for i, s := range doc.Slots {
			if s.Kind == Value {
				seen += string(doc.AppendText(nil, int32(i))) + " "
			}
		}
		for v := range strings.FieldsSeq("x i1 i2 a b t u v w c") {
			skipped := slices.Contains(strings.Fields(tt.gone), v)
			if strings.Contains(seen, " "+v+" ") == skipped {
				t.Errorf("%v: %s: skipped should be %v", tt.skip, v, skipped)
			}
		}
	}
}

func TestSkipRefusesWhatIsNoPath(t *testing.T) {
	for _, path := range []string{"", "tools", "$.", "$..", "$a", "$[", "$[-1]", "$[x]", "$.a..", "$['a]"} {
		if _, err := CompilePaths([]string{path}); err == nil {
			t.Errorf("%q was taken", path)
		}
	}
	if _, err := CompilePaths([]string{"$" + strings.Repeat(".a", maxSteps+1)}); err == nil {
		t.Error("a path of any length was taken")
	}
}

// anyJSON draws JSON text with all the freedom that the grammar leaves.
func anyJSON(t *rapid.T, depth int) string {
	gap := func() string { return rapid.SampledFrom([]string{"", "", " ", "\r\n\t"}).Draw(t, "gap") }
	str := func() string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"lena@example.com", "a", "é", "😀", `\n`, `\"`, `\\`, `\/`, `\u0041`, `\ud83d\ude00`, `\ud800`, `\u0000`,
			"{", "[1]", `\\u0065`, `\"a\"`, "%41", "%", "{}", " ",
		}), 0, 6).Draw(t, "parts")
		return `"` + strings.Join(parts, "") + `"`
	}
	kind := rapid.IntRange(0, 4).Draw(t, "kind")
	if depth == 0 {
		kind %= 3
	}
	switch kind {
	case 0:
		return str()
	case 1:
		return rapid.SampledFrom([]string{"0", "-0.0", "1.0", "1e400", "12345678901234567890", "-1.5E+3", "4111111111111111"}).Draw(t, "number")
	case 2:
		return rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "literal")
	}
	n := rapid.IntRange(0, 4).Draw(t, "n")
	var parts []string
	for range n {
		v := gap() + anyJSON(t, depth-1) + gap()
		if kind == 3 {
			v = gap() + str() + gap() + ":" + v
		}
		parts = append(parts, v)
	}
	if kind == 3 {
		return "{" + strings.Join(parts, ",") + gap() + "}"
	}
	return "[" + strings.Join(parts, ",") + gap() + "]"
}

// Whatever is replaced, the body stays JSON, and everything but the slot
// decodes to what it was before.
func TestSplicedJSONIsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := "[" + anyJSON(t, 3) + "]"
		if !json.Valid([]byte(in)) {
			t.Fatalf("the generator is wrong: %s", in)
		}
		doc, err := Parse([]byte(in), NewHint([]string{"application/json"}, ""), Options{})
		if err != nil || doc.Format != JSON {
			t.Fatalf("%s read as %v, error %v", in, doc.Format, err)
		}
		if len(doc.Slots) == 0 {
			return
		}
		slot := rapid.Int32Range(0, int32(len(doc.Slots)-1)).Draw(t, "slot")
		text := doc.AppendText(nil, slot)
		replacement := "<\"\\MASK\">"
		if doc.Slots[slot].Kind == Number {
			replacement = "11"
		}
		out := doc.Splice([]Edit{{Slot: slot, Start: 0, End: len(text), Text: []byte(replacement)}})
		if !json.Valid(out) {
			t.Fatalf("%s became %s", in, out)
		}
		if err := onlyOneDiffers(doc, out, slot, replacement); err != "" {
			t.Fatalf("%s became %s: %s", in, out, err)
		}
	})
}

// onlyOneDiffers reads a spliced body again and compares its slots.
func onlyOneDiffers(doc *Document, out []byte, slot int32, replacement string) string {
	again, err := Parse(out, NewHint([]string{"application/json"}, ""), Options{})
	if err != nil {
		return err.Error()
	}
	// A number so small is no slot any more.
	if doc.Slots[slot].Kind == Number {
		return ""
	}
	if len(again.Slots) != len(doc.Slots) {
		return "" // the replacement itself nests or no longer does; validity was checked
	}
	for i := range doc.Slots {
		was, is := doc.AppendText(nil, int32(i)), again.AppendText(nil, int32(i))
		if int32(i) == slot {
			was = []byte(replacement)
		}
		if !bytes.Equal(was, is) {
			return "another slot changed"
		}
	}
	return ""
}
