package e2e

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// The canaries. Each is found by a rule with certainty, so that what becomes
// of it can be written down byte for byte. None may ever be seen on the far
// side of a filter, in a log, an error or a metric.
const (
	canaryEmail = "elena.markovic@canary-mailbox.net"
	canaryPhone = "+1 628 219 4407"
	canaryCard  = "4539 1488 0343 6467"
	canaryIBAN  = "DE89 3704 0044 0532 0130 00"
	canaryIP    = "81.2.69.142"
)

// canaries are the spellings that are searched for; the second half of the
// mailbox and the bare digits catch values that were masked only in part.
var canaries = []string{
	canaryEmail, "elena.markovic", "canary-mailbox",
	canaryPhone, "628 219", "6282194407",
	canaryCard, "4539148803436467", "1488 0343",
	canaryIBAN, "DE89370400440532013000", "0532 0130",
	canaryIP,
}

// format is one kind of body, with what must leave for what came.
type format struct {
	name        string
	contentType string
	body        string
	want        string
}

// formats holds one row for every format the pipeline reads. The bodies are
// full of what a careless implementation re-writes: numbers such as 1.0 and
// 1e400, duplicate keys, needless escapes, odd spaces, missing newlines.
func formats() []format {
	rows := []format{
		{
			name:        "JSON object",
			contentType: "application/json",
			body:        `{ "note" : "mail elena.markovic\u0040canary-mailbox.net now",` + "\t" + `"n": 1.0, "big":1e400, "n": -0, "html": "<b>&\/\u003c", "café": "☕"}`,
			want:        `{ "note" : "mail <PRIVATE_EMAIL> now",` + "\t" + `"n": 1.0, "big":1e400, "n": -0, "html": "<b>&\/\u003c", "café": "☕"}`,
		},
		{
			name:        "JSON array with nothing to find",
			contentType: "application/json",
			body:        " [1.0, 1E+2, {\"a\":\"\\u0061\", \"a\": null}, true]\r\n",
			want:        " [1.0, 1E+2, {\"a\":\"\\u0061\", \"a\": null}, true]\r\n",
		},
		{
			name:        "JSON in a JSON string",
			contentType: "application/vnd.api+json; charset=utf-8",
			body:        `{"arguments":"{\"call\": \"+1 628 219 4407\", \"n\": 1.0}","ok":true}`,
			want:        `{"arguments":"{\"call\": \"<PRIVATE_PHONE>\", \"n\": 1.0}","ok":true}`,
		},
		{
			name:        "JSON scalar",
			contentType: "application/json",
			body:        `"write to elena.markovic@canary-mailbox.net"`,
			want:        `"write to <PRIVATE_EMAIL>"`,
		},
		{
			name:        "JSON called text",
			contentType: "text/plain",
			body:        `{"mail":"elena.markovic\u0040canary-mailbox.net"}`,
			want:        `{"mail":"<PRIVATE_EMAIL>"}`,
		},
		{
			name:        "JSON without a type",
			contentType: "",
			body:        `{"ip":"81.2.69.142","n":1.0}`,
			want:        `{"ip":"<PRIVATE_IP>","n":1.0}`,
		},
		{
			name:        "broken JSON",
			contentType: "application/json",
			body:        `{"mail": "elena.markovic@canary-mailbox.net", "open": [`,
			want:        `{"mail": "<PRIVATE_EMAIL>", "open": [`,
		},
		{
			name:        "NDJSON",
			contentType: "application/x-ndjson",
			body:        "{\"ip\":\"81.2.69.142\",\"n\":1.0}\n{\"msg\":\"nothing\"}\n\n{\"mail\":\"elena.markovic@canary-mailbox.net\"}\n",
			want:        "{\"ip\":\"<PRIVATE_IP>\",\"n\":1.0}\n{\"msg\":\"nothing\"}\n\n{\"mail\":\"<PRIVATE_EMAIL>\"}\n",
		},
		{
			name:        "concatenated JSON",
			contentType: "application/json",
			body:        `{"ip":"81.2.69.142"}{"n":1.0} ["elena.markovic@canary-mailbox.net"]`,
			want:        `{"ip":"<PRIVATE_IP>"}{"n":1.0} ["<PRIVATE_EMAIL>"]`,
		},
		{
			name:        "text in UTF-8",
			contentType: "text/plain; charset=utf-8",
			body:        "Grüße!\r\nCard 4539 1488 0343 6467, IBAN DE89 3704 0044 0532 0130 00.\r\n\u00a0☕",
			want:        "Grüße!\r\nCard <ACCOUNT_NUMBER>, IBAN <ACCOUNT_NUMBER>.\r\n\u00a0☕",
		},
		{
			name:        "text in UTF-16 with a byte order mark",
			contentType: "text/plain",
			body:        utf16le("\ufeffGrüße an elena.markovic@canary-mailbox.net ☕\n"),
			want:        utf16le("\ufeffGrüße an <PRIVATE_EMAIL> ☕\n"),
		},
		{
			name:        "text in UTF-16BE by its label",
			contentType: "text/plain; charset=utf-16be",
			body:        utf16be("call +1 628 219 4407 today"),
			want:        utf16be("call <PRIVATE_PHONE> today"),
		},
		{
			name:        "text in Latin-1 by its label",
			contentType: "text/plain; charset=iso-8859-1",
			body:        "Stra\xdfe caf\xe9, mail elena.markovic@canary-mailbox.net, \xa35",
			want:        "Stra\xdfe caf\xe9, mail <PRIVATE_EMAIL>, \xa35",
		},
		{
			name:        "text in Latin-1 without a label",
			contentType: "text/plain",
			body:        "caf\xe9 from 81.2.69.142",
			want:        "caf\xe9 from <PRIVATE_IP>",
		},
		{
			name:        "form",
			contentType: "application/x-www-form-urlencoded",
			body:        "q=a+b%20c&mail=elena.markovic%40canary-mailbox.net&q=%e2%98%95&empty=&flag",
			want:        "q=a+b%20c&mail=%3CPRIVATE_EMAIL%3E&q=%e2%98%95&empty=&flag",
		},
	}
	rows = append(rows, format{
		name:        "JSON larger than one network buffer",
		contentType: "application/json",
		body:        `{"pad":"` + strings.Repeat("lorem ipsum ", 6000) + `","mail":"elena.markovic@canary-mailbox.net"}`,
		want:        `{"pad":"` + strings.Repeat("lorem ipsum ", 6000) + `","mail":"<PRIVATE_EMAIL>"}`,
	})
	return rows
}

func utf16le(s string) string { return encodeUTF16(s, binary.LittleEndian) }
func utf16be(s string) string { return encodeUTF16(s, binary.BigEndian) }

func encodeUTF16(s string, order binary.AppendByteOrder) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}
