package filter

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// multipartCarriers send a text in a part, among parts that stay as they are.
var multipartCarriers = []carrier{
	partCarrier("a field of a form", "multipart/form-data", nil, same, same),
	partCarrier("a file of text", "multipart/form-data", textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="upload"; filename="notes.txt"`}, "Content-Type": {"text/plain; charset=utf-8"},
	}, same, same),
	partCarrier("a part of JSON", "multipart/form-data", textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="s"`}, "Content-Type": {"application/json"},
	}, func(s string) string { return nested(s, 2) }, func(s string) string { return unnested(s, 2) }),
	partCarrier("a part in base64", "multipart/mixed", textproto.MIMEHeader{
		"Content-Type": {"text/plain"}, "Content-Transfer-Encoding": {"base64"},
	}, func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }, func(s string) string {
		b, _ := base64.StdEncoding.DecodeString(s)
		return string(b)
	}),
	partCarrier("a quoted-printable part", "multipart/related", textproto.MIMEHeader{
		"Content-Type": {"text/plain"}, "Content-Transfer-Encoding": {"quoted-printable"},
	}, func(s string) string {
		var b strings.Builder
		w := quotedprintable.NewWriter(&b)
		w.Binary = true
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}, func(s string) string {
		b, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		return string(b)
	}),
	partCarrier("a part in a part", "multipart/mixed", textproto.MIMEHeader{"Content-Type": {"multipart/alternative; boundary=inner"}},
		func(s string) string { return string(writePart("inner", nil, s)) },
		func(s string) string { return readPart("inner", []byte(s)) }),
}

func same(s string) string { return s }

func partCarrier(name, kind string, header textproto.MIMEHeader, wrap, unwrap func(string) string) carrier {
	const boundary = "------------------------7f1c9b0e"
	return carrier{
		name, mime.FormatMediaType(kind, map[string]string{"boundary": boundary}),
		func(s string) []byte { return writePart(boundary, header, wrap(s)) },
		func(b []byte) string { return unwrap(readPart(boundary, b)) },
	}
}

func writePart(boundary string, header textproto.MIMEHeader, text string) []byte {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary(boundary)
	w.WriteField("first", "1")
	if header == nil {
		header = textproto.MIMEHeader{"Content-Disposition": {`form-data; name="comment"`}}
	}
	p, _ := w.CreatePart(header)
	io.WriteString(p, text)
	w.WriteField("last", "9")
	w.Close()
	return b.Bytes()
}

// readPart returns the middle part of three.
func readPart(boundary string, raw []byte) string {
	r := multipart.NewReader(bytes.NewReader(raw), boundary)
	var parts []string
	for {
		p, err := r.NextRawPart()
		if err != nil {
			break
		}
		b, _ := io.ReadAll(p)
		parts = append(parts, string(b))
	}
	if len(parts) != 3 || parts[0] != "1" || parts[2] != "9" {
		return "not three parts: " + strings.Join(parts, ", ")
	}
	return parts[1]
}
