package e2e

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// findCanary looks for every canary in every spelling that a log encoder, a
// URL or an error message may give it, and names the first that it meets.
func findCanary(text string) string {
	for _, c := range canaries {
		for spelling, s := range spellings(c) {
			if strings.Contains(text, s) {
				return spelling + " of " + c
			}
		}
	}
	return ""
}

func spellings(value string) map[string]string {
	quoted, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	out := map[string]string{
		"plain text":    value,
		"JSON string":   strings.Trim(string(quoted), `"`),
		"JSON with \\u": strings.ReplaceAll(strings.ReplaceAll(value, "@", `\u0040`), "+", `\u002b`),
		"query escape":  url.QueryEscape(value),
		"path escape":   url.PathEscape(value),
		"hex":           hex.EncodeToString([]byte(value)),
		"UTF-16LE":      utf16le(value),
		"Go byte slice": strings.Trim(fmt.Sprintf("%d", []byte(value)), "[]"),
	}
	// A value inside a longer base64 text starts at any of three phases, so
	// the middle of its encoding is looked for at each.
	for phase := range 3 {
		enc := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", phase) + value))
		out["base64 at phase "+string(rune('0'+phase))] = strings.TrimRight(enc, "=")[4 : len(strings.TrimRight(enc, "="))-2]
	}
	return out
}
