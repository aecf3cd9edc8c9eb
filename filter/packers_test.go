package filter

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/klauspost/compress/snappy"
	logscall "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	xhtml "golang.org/x/net/html"
	"golang.org/x/text/encoding/unicode"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// wrapEach writes each text in its own way between two ends.
func wrapEach(before string, all []string, one func(string) string, after string) []byte {
	var b strings.Builder
	b.WriteString(before)
	for _, s := range all {
		b.WriteString(one(s))
	}
	return []byte(b.String() + after)
}

// jsonPack is a list, in which texts may be wrapped once more.
func jsonPack(name, path, charset string, wrap func(string) any, key string, inner ...func(string) string) pack {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	return pack{name, "application/json", path, func(all []string) []byte {
		var list []any
		for _, s := range all {
			list = append(list, wrap(s))
		}
		b, _ := json.Marshal(list)
		if charset != "" {
			b, _ = utf16.NewEncoder().Bytes(b)
		}
		return b
	}, func(b []byte) (out []string) {
		if charset != "" {
			b, _ = utf16.NewDecoder().Bytes(b)
		}
		var list []map[string]any
		if json.Unmarshal(b, &list) != nil {
			return nil
		}
		for _, v := range list {
			s, _ := v[key].(string)
			for _, f := range inner {
				s = f(s)
			}
			out = append(out, s)
		}
		return out
	}}
}

// linePack is an object a line, behind a line that stays as it is.
func linePack(name, contentType, path, before string, wrap func(string) any, key string) pack {
	return pack{name, contentType, path, func(all []string) []byte {
		return wrapEach("", all, func(s string) string { b, _ := json.Marshal(wrap(s)); return before + string(b) + "\n" }, "")
	}, func(b []byte) (out []string) {
		for i, line := range strings.SplitAfter(string(b), "\n") {
			if before != "" && i%2 == 0 {
				if line != before && line != "" {
					return nil
				}
				continue
			}
			var v map[string]any
			if json.Unmarshal([]byte(line), &v) == nil {
				s, _ := v[key].(string)
				out = append(out, s)
			}
		}
		return out
	}}
}

const packBoundary = "------------------------7f1c9b0e"

func packParts(all []string) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary(packBoundary)
	for i, s := range all {
		p, _ := w.CreateFormFile("upload", "notes"+strconv.Itoa(i)+".txt")
		io.WriteString(p, s)
	}
	w.Close()
	return b.Bytes()
}

func unpackParts(b []byte) (out []string) {
	r := multipart.NewReader(bytes.NewReader(b), packBoundary)
	for i := 0; ; i++ {
		p, err := r.NextRawPart()
		if err != nil {
			return out
		}
		if p.FormName() != "upload" || p.FileName() != "notes"+strconv.Itoa(i)+".txt" {
			return nil
		}
		s, _ := io.ReadAll(p)
		out = append(out, string(s))
	}
}

func packTable(all []string, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.Write([]string{"n", "note"})
	for _, s := range all {
		w.Write([]string{"1.5", s})
	}
	w.Flush()
	return b.Bytes()
}

func unpackTable(b []byte, comma rune) (out []string) {
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma = comma
	rows, _ := r.ReadAll()
	for i, row := range rows {
		if i > 0 && row[0] == "1.5" {
			out = append(out, row[1])
		}
	}
	return out
}

func notes(b []byte, attributes bool) (out []string) {
	var v struct {
		I []struct {
			Attr string `xml:"note,attr"`
			Note string `xml:"note"`
		} `xml:"i"`
	}
	if xml.Unmarshal(b, &v) != nil {
		return nil
	}
	for _, i := range v.I {
		if attributes {
			i.Note = i.Attr
		}
		out = append(out, i.Note)
	}
	return out
}

func paragraphs(b []byte) (out []string) {
	root, err := xhtml.Parse(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == xhtml.ElementNode && n.Data == "p" {
			out = append(out, inner(n))
		}
	}
	return out
}

type packedNote struct {
	Note string  `yaml:"note" toml:"note" msgpack:"note" cbor:"note"`
	N    float64 `yaml:"n" toml:"n" msgpack:"n" cbor:"n"`
}

func packNotes(all []string) (out []packedNote) {
	for _, s := range all {
		out = append(out, packedNote{s, 1.5})
	}
	return out
}

func unpackNotes(b []byte, unmarshal func([]byte, any) error) []string {
	var v []packedNote
	if unmarshal(b, &v) != nil {
		return nil
	}
	return textsOf(v)
}

func textsOf(v []packedNote) (out []string) {
	for _, n := range v {
		if n.N == 1.5 {
			out = append(out, n.Note)
		}
	}
	return out
}

func literals(b []byte) (out []string) {
	doc, err := parser.Parse(parser.ParseParams{Source: string(b)})
	if err != nil {
		return nil
	}
	for _, s := range doc.Definitions[0].(*ast.OperationDefinition).SelectionSet.Selections {
		out = append(out, s.(*ast.Field).Arguments[0].Value.(*ast.ObjectValue).Fields[0].Value.(*ast.StringValue).Value)
	}
	return out
}

func records(all []string) *logscall.ExportLogsServiceRequest {
	m := logWith(&common.AnyValue{}, nil)
	var list []*logs.LogRecord
	for i, s := range all {
		list = append(list, &logs.LogRecord{TimeUnixNano: uint64(1732467600000000000 + i), SeverityNumber: 9, Body: stringValue(s)})
	}
	m.ResourceLogs[0].ScopeLogs[0].LogRecords = list
	return m
}

// aRecord has other strings beside the text: what is the only string of an
// event would go on in the next one.
func aRecord(s string) []byte {
	b, _ := json.Marshal(map[string]string{"kind": "k", "note": s})
	return b
}

func ofRecord(b []byte) string {
	var v map[string]string
	if json.Unmarshal(b, &v) != nil || v["kind"] != "k" {
		return "not the record"
	}
	return v["note"]
}

// unpackRecords checks besides that nothing but the texts has changed.
func unpackRecords(b []byte) (out []string) {
	var m logscall.ExportLogsServiceRequest
	if proto.Unmarshal(b, &m) != nil {
		return nil
	}
	for _, r := range m.ResourceLogs[0].ScopeLogs[0].LogRecords {
		out = append(out, r.Body.GetStringValue())
	}
	if !proto.Equal(&m, records(out)) {
		return nil
	}
	return out
}

func packPush(all []string) []byte {
	stream := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), `{app="shop"}`)
	for _, s := range all {
		entry := protowire.AppendString(protowire.AppendTag(nil, 2, protowire.BytesType), s)
		stream = protowire.AppendBytes(protowire.AppendTag(stream, 2, protowire.BytesType), entry)
	}
	return snappy.Encode(nil, protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), stream))
}

func unpackPush(b []byte) (out []string) {
	raw, err := snappy.Decode(nil, b)
	if err != nil {
		return nil
	}
	_, _, n := protowire.ConsumeTag(raw)
	stream, size := protowire.ConsumeBytes(raw[n:])
	if n+size != len(raw) {
		return nil
	}
	for len(stream) > 0 {
		number, _, n := protowire.ConsumeTag(stream)
		field, size := protowire.ConsumeBytes(stream[n:])
		if size < 0 {
			return nil
		}
		stream = stream[n+size:]
		if number == 2 {
			_, _, n := protowire.ConsumeTag(field)
			line, size := protowire.ConsumeString(field[n:])
			if n+size != len(field) {
				return nil
			}
			out = append(out, line)
		}
	}
	return out
}
