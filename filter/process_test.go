package filter

import "testing"

func TestProcess(t *testing.T) {
	for _, tt := range []struct {
		name, contentType, in, want, format string
	}{
		{
			"JSON", "application/json", `{"note": "Hi, this is Elena Markovic, mail lena@example.com", "n": 1.0}`,
			`{"note": "Hi, this is <PRIVATE_PERSON>, mail <PRIVATE_EMAIL>", "n": 1.0}`, "json",
		},
		{
			"short siblings", "application/json", `{"name":"Elena Markovic","mail":"lena@example.com","ok":true}`,
			`{"name":"<PRIVATE_PERSON>","mail":"<PRIVATE_EMAIL>","ok":true}`, "json",
		},
		{
			"escapes", "application/json", `{"a":"\u0065lena\u0040example.com \ud83d\ude00 \u0045lena Markovic\n"}`,
			`{"a":"<PRIVATE_EMAIL> \ud83d\ude00 <PRIVATE_PERSON>\n"}`, "json",
		},
		{
			"JSON in JSON", "application/json", `{"arguments":"{\"to\":\"lena@example.com\",\"name\":\"Elena \\u004darkovic\"}"}`,
			`{"arguments":"{\"to\":\"<PRIVATE_EMAIL>\",\"name\":\"<PRIVATE_PERSON>\"}"}`, "json",
		},
		{"key", "application/json", `{"lena@example.com":{"x":"y"}}`, `{"<PRIVATE_EMAIL>":{"x":"y"}}`, "json"},
		{
			"duplicate keys", "application/json", `{"a":"lena@example.com","a":"b","a":"bob@example.com"}`,
			`{"a":"<PRIVATE_EMAIL>","a":"b","a":"<PRIVATE_EMAIL>"}`, "json",
		},
		{"number", "application/json", `{"card":4111111111111111,"n":1e400}`, `{"card":1111111111111111,"n":1e400}`, "json"},
		{"scalar", "application/json", ` "lena@example.com" `, ` "<PRIVATE_EMAIL>" `, "json"},
		{"BOM", "application/json", "\xEF\xBB\xBF{\"a\":\"lena@example.com\"}\n", "\xEF\xBB\xBF{\"a\":\"<PRIVATE_EMAIL>\"}\n", "json"},
		{
			"NDJSON", "application/x-ndjson", "{\"a\":\"lena@example.com\"}\r\n\r\n{\"b\":\"Elena Markovic\"}\r\n",
			"{\"a\":\"<PRIVATE_EMAIL>\"}\r\n\r\n{\"b\":\"<PRIVATE_PERSON>\"}\r\n", "ndjson",
		},
		{"concatenated", "", `{"a":"lena@example.com"}{"a":"lena@example.com"}`, `{"a":"<PRIVATE_EMAIL>"}{"a":"<PRIVATE_EMAIL>"}`, "ndjson"},
		{
			"mixed lines", "application/json", "{\"a\":\"lena@example.com\"}\nplain bob@example.com {\n[1,2,\"eve@example.com\"]\n{\"bad\": \"\\u0065lena@example.com\",}\n",
			"{\"a\":\"<PRIVATE_EMAIL>\"}\nplain <PRIVATE_EMAIL> {\n[1,2,\"<PRIVATE_EMAIL>\"]\n{\"bad\": \"<PRIVATE_EMAIL>\",}\n", "ndjson",
		},
		{"invalid JSON", "application/json", `{"a":"\u0065lena@example.com","b":`, `{"a":"<PRIVATE_EMAIL>","b":`, "text"},
		{"text", "text/plain", "Hi, I am Elena Markovic.\nlena@example.com\n", "Hi, I am <PRIVATE_PERSON>.\n<PRIVATE_EMAIL>\n", "text"},
		{
			"form", "application/x-www-form-urlencoded", "a=1&mail=lena%40example.com&name=Elena+Markovic&z=%20x",
			"a=1&mail=%3CPRIVATE_EMAIL%3E&name=%3CPRIVATE_PERSON%3E&z=%20x", "form",
		},
		{
			"JSON in form", "application/x-www-form-urlencoded", "p=%7B%22a%22%3A%22lena%40example.com%22%7D&b=1",
			"p=%7B%22a%22%3A%22%3CPRIVATE_EMAIL%3E%22%7D&b=1", "form",
		},
		{"JSON sent as form", "application/x-www-form-urlencoded", `{"a":"lena@example.com"}`, `{"a":"<PRIVATE_EMAIL>"}`, "json"},
		{"unlabelled form", "", "a=b&c=d%40e.com", "a=b&c=%3CPRIVATE_EMAIL%3E", "form"},
		{"JSON as octets", "application/octet-stream", `["lena@example.com"]`, `["<PRIVATE_EMAIL>"]`, "json"},
		{"Latin-1", "text/plain; charset=iso-8859-1", "Zo\xeb M\xfcller \xe9\n", "<PRIVATE_PERSON> \xe9\n", "text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFilter(t, Policy{})
			m := Message{Body: []byte(tt.in)}
			if tt.contentType != "" {
				m.ContentType = []string{tt.contentType}
			}
			r := process(t, f, m)
			if string(r.Body) != tt.want {
				t.Errorf("got  %q\nwant %q", r.Body, tt.want)
			}
			if r.Report.Format != tt.format {
				t.Errorf("format %s, want %s", r.Report.Format, tt.format)
			}
		})
	}
}
