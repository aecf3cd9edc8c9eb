package filter

import (
	"strconv"
	"strings"
)

// logfmtCarriers send a text as a value of a line, quoted as Go quotes.
var logfmtCarriers = []carrier{{
	"logfmt", "text/plain", func(s string) []byte {
		return []byte("level=info note=" + strconv.Quote(s) + " n=1.5\nlevel=info msg=\"x y\" n=2\n")
	},
	func(b []byte) string {
		value := strings.TrimPrefix(strings.TrimSuffix(string(b), " n=1.5\nlevel=info msg=\"x y\" n=2\n"), "level=info note=")
		s, err := strconv.Unquote(value)
		if err != nil {
			return "not the line"
		}
		return s
	},
}}
