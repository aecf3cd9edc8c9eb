package filter

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"mime/quotedprintable"
	"net/url"
	"strings"
)

// innerCarriers send a text in a value that is itself encoded.
var innerCarriers = []carrier{
	innerCarrier("base64", "application/json", base64.StdEncoding, ""),
	innerCarrier("base64 without padding", "application/json", base64.RawStdEncoding, ""),
	innerCarrier("base64url", "application/json", base64.URLEncoding, ""),
	innerCarrier("a data URI", "application/json", base64.StdEncoding, "data:text/plain;charset=utf-8;base64,"),
	{
		"base64 in a form", "application/x-www-form-urlencoded",
		func(s string) []byte {
			return []byte(url.Values{"s": {base64.StdEncoding.EncodeToString([]byte(s))}}.Encode())
		},
		func(b []byte) string {
			v, _ := url.ParseQuery(string(b))
			s, _ := base64.StdEncoding.DecodeString(v.Get("s"))
			return string(s)
		},
	},
	{
		"JSON in base64", "application/json",
		func(s string) []byte {
			return []byte(nested(base64.StdEncoding.EncodeToString([]byte(nested(s, 1))), 1))
		},
		func(b []byte) string {
			s, _ := base64.StdEncoding.DecodeString(unnested(string(b), 1))
			return unnested(string(s), 1)
		},
	},
	{
		"quoted-printable in JSON", "application/json",
		func(s string) []byte {
			var b strings.Builder
			w := quotedprintable.NewWriter(&b)
			w.Binary = true
			io.WriteString(w, "=é "+s)
			w.Close()
			return []byte(nested(b.String(), 1))
		},
		func(b []byte) string {
			s, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(unnested(string(b), 1))))
			return strings.TrimPrefix(string(s), "=é ")
		},
	},
}

func innerCarrier(name, contentType string, enc *base64.Encoding, prefix string) carrier {
	return carrier{
		name + " in JSON", contentType,
		func(s string) []byte {
			b, _ := json.Marshal(map[string]string{"s": prefix + enc.EncodeToString([]byte(s))})
			return b
		},
		func(b []byte) string {
			// Of a value without '+', '/', '-' and '_' nobody knows the alphabet.
			alphabet := strings.NewReplacer("-", "+", "_", "/", "=", "")
			s, _ := base64.RawStdEncoding.DecodeString(alphabet.Replace(strings.TrimPrefix(unnested(string(b), 1), prefix)))
			return string(s)
		},
	}
}
