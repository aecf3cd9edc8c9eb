package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/fxamacker/cbor/v2"
	"github.com/vmihailenco/msgpack/v5"
	logscall "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	"go.yaml.in/yaml/v3"
	xhtml "golang.org/x/net/html"
	"google.golang.org/protobuf/proto"
)

// family is a format that carries many texts in one body, written and read by
// libraries that know nothing of ours.
type family struct {
	name, contentType string
	path              string // the end of the URL's, where that tells the format
	write             func([]string) []byte
	read              func([]byte) ([]string, error)
}

// item is a record with a text.
type item struct {
	Note string  `json:"note" yaml:"note" toml:"note" msgpack:"note" cbor:"note" xml:"note"`
	N    float64 `json:"n" yaml:"n" toml:"n" msgpack:"n" cbor:"n" xml:"n"`
}

func items(texts []string) (out []item) {
	for _, s := range texts {
		out = append(out, item{s, 1.5})
	}
	return out
}

var errRecord = errors.New("another record than was sent")

func texts(list []item, err error) (out []string, _ error) {
	for _, i := range list {
		if i.N != 1.5 {
			return nil, errRecord
		}
		out = append(out, i.Note)
	}
	return out, err
}

// records is a family of one list of records.
func records(name, contentType string, write func(any) ([]byte, error), read func([]byte, any) error) family {
	return family{name, contentType, "", func(all []string) []byte {
		b, err := write(items(all))
		if err != nil {
			panic(err)
		}
		return b
	}, func(b []byte) ([]string, error) {
		var list []item
		err := read(b, &list)
		return texts(list, err)
	}}
}

// lines is a family of a line for each text.
func lines(name, contentType, path string, write func(string) string, read func(string) (string, error)) family {
	return family{name, contentType, path, func(all []string) []byte {
		var b strings.Builder
		for _, s := range all {
			b.WriteString(write(s))
		}
		return []byte(b.String())
	}, func(b []byte) (out []string, err error) {
		for line := range strings.Lines(string(b)) {
			if s, err := read(line); err != nil {
				return nil, err
			} else if s != "" {
				out = append(out, s)
			}
		}
		return out, nil
	}}
}

func jsonLine(s string) string { b, _ := json.Marshal(item{s, 1.5}); return string(b) }

func ofJSONLine(line string) (string, error) {
	var i item
	err := json.Unmarshal([]byte(line), &i)
	return i.Note, err
}

const familyBoundary = "----------------------------3f1"

func families() []family {
	return []family{
		records("JSON", "application/json", json.Marshal, json.Unmarshal),
		records("YAML", "application/yaml", yaml.Marshal, yaml.Unmarshal),
		records("MessagePack", "application/msgpack", msgpack.Marshal, msgpack.Unmarshal),
		records("CBOR", "application/cbor", cbor.Marshal, cbor.Unmarshal),
		records("TOML", "application/toml", func(v any) ([]byte, error) { return toml.Marshal(map[string]any{"items": v}) }, func(b []byte, v any) error {
			into := map[string]any{}
			if err := toml.Unmarshal(b, &into); err != nil {
				return err
			}
			again, err := json.Marshal(into["items"])
			if err != nil {
				return err
			}
			return json.Unmarshal(again, v)
		}),
		records("XML", "application/xml", func(v any) ([]byte, error) {
			return xml.Marshal(struct {
				XMLName xml.Name `xml:"r"`
				I       any      `xml:"i"`
			}{I: v})
		}, func(b []byte, v any) error {
			var r struct {
				I []item `xml:"i"`
			}
			err := xml.Unmarshal(b, &r)
			*v.(*[]item) = r.I
			return err
		}),
		records("UTF-16", "application/json", func(v any) ([]byte, error) {
			b, err := json.Marshal(v)
			return []byte(utf16le("\ufeff" + string(b))), err
		}, func(b []byte, v any) error { return json.Unmarshal(ofUTF16(b), v) }),
		lines("NDJSON", "application/x-ndjson", "", func(s string) string { return jsonLine(s) + "\n" }, ofJSONLine),
		lines("events", "text/event-stream", "", func(s string) string { return "data: " + jsonLine(s) + "\n\n" }, func(line string) (string, error) {
			data, ok := strings.CutPrefix(line, "data: ")
			if !ok {
				return "", nil
			}
			return ofJSONLine(data)
		}),
		lines("bulk", "application/x-ndjson", "/_bulk", func(s string) string { return `{"index":{"_id":"7"}}` + "\n" + jsonLine(s) + "\n" }, ofJSONLine),
		lines("base64", "application/x-ndjson", "", func(s string) string {
			return jsonLine(base64.StdEncoding.EncodeToString([]byte(s))) + "\n"
		}, func(line string) (string, error) {
			s, err := ofJSONLine(line)
			if err != nil {
				return "", err
			}
			b, err := base64.StdEncoding.DecodeString(s)
			return string(b), err
		}),
		lines("logfmt", "text/plain", "", func(s string) string { return "level=info note=" + strconv.Quote(s) + "\n" }, func(line string) (string, error) {
			return strconv.Unquote(strings.TrimSpace(strings.TrimPrefix(line, "level=info note=")))
		}),
		lines("HTML", "text/html; charset=utf-8", "", func(s string) string { return "<p title=x>" + html.EscapeString(s) + "</p>\n" }, func(line string) (string, error) {
			z := xhtml.NewTokenizer(strings.NewReader(line))
			for z.Next() != xhtml.ErrorToken {
				if token := z.Token(); token.Type == xhtml.TextToken {
					return token.Data, nil
				}
			}
			return "", errRecord
		}),
		{"form", "application/x-www-form-urlencoded", "", func(all []string) []byte { return []byte(url.Values{"s": all}.Encode()) },
			func(b []byte) ([]string, error) { v, err := url.ParseQuery(string(b)); return v["s"], err }},
		{"multipart", "multipart/form-data; boundary=" + familyBoundary, "", writeParts, readParts},
		{"CSV", "text/csv", "", writeTable, readTable},
		{"OpenTelemetry", "application/x-protobuf", "/v1/logs", writeOTLP, readOTLP},
		{"envelope", "application/x-sentry-envelope", "", writeEnvelope, readEnvelope},
	}
}

func ofUTF16(b []byte) []byte {
	var out strings.Builder
	for i := 2; i+1 < len(b); i += 2 { // the sentences have no surrogates
		out.WriteRune(rune(b[i]) | rune(b[i+1])<<8)
	}
	return []byte(out.String())
}

func writeParts(all []string) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary(familyBoundary)
	for i, s := range all {
		p, _ := w.CreateFormFile("upload", "notes"+strconv.Itoa(i)+".txt")
		io.WriteString(p, s)
	}
	w.Close()
	return b.Bytes()
}

func readParts(b []byte) (out []string, err error) {
	r := multipart.NewReader(bytes.NewReader(b), familyBoundary)
	for i := 0; ; i++ {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil || p.FileName() != "notes"+strconv.Itoa(i)+".txt" {
			return nil, errors.Join(errRecord, err)
		}
		s, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		out = append(out, string(s))
	}
}

func writeTable(all []string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"n", "note"})
	for _, s := range all {
		w.Write([]string{"1.5", s})
	}
	w.Flush()
	return b.Bytes()
}

func readTable(b []byte) (out []string, err error) {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	for _, row := range rows[min(1, len(rows)):] {
		out = append(out, row[1])
	}
	return out, err
}

func otlp(all []string) *logscall.ExportLogsServiceRequest {
	var list []*logs.LogRecord
	for i, s := range all {
		list = append(list, &logs.LogRecord{TimeUnixNano: uint64(1732467600000000000 + i), Body: &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: s}}})
	}
	return &logscall.ExportLogsServiceRequest{ResourceLogs: []*logs.ResourceLogs{{ScopeLogs: []*logs.ScopeLogs{{LogRecords: list}}}}}
}

func writeOTLP(all []string) []byte {
	b, err := proto.Marshal(otlp(all))
	if err != nil {
		panic(err)
	}
	return b
}

func readOTLP(b []byte) (out []string, err error) {
	var m logscall.ExportLogsServiceRequest
	if err := proto.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	for _, r := range m.ResourceLogs[0].ScopeLogs[0].LogRecords {
		out = append(out, r.Body.GetStringValue())
	}
	if !proto.Equal(&m, otlp(out)) {
		return nil, errRecord
	}
	return out, nil
}

func writeEnvelope(all []string) []byte {
	b := []byte("{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}\n")
	for _, s := range all {
		b = fmt.Appendf(b, "{\"type\":\"attachment\",\"length\":%d}\n%s\n", len(s), s)
	}
	return b
}

func readEnvelope(b []byte) (out []string, err error) {
	_, b, _ = bytes.Cut(b, []byte("\n"))
	for len(b) > 0 {
		head, rest, _ := bytes.Cut(b, []byte("\n"))
		var h struct{ Length int }
		if err := json.Unmarshal(head, &h); err != nil || h.Length >= len(rest) || rest[h.Length] != '\n' {
			return nil, errors.Join(errRecord, err)
		}
		out, b = append(out, string(rest[:h.Length])), rest[h.Length+1:]
	}
	return out, nil
}
