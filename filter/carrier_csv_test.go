package filter

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// csvCarriers send a text in a cell of a table.
var csvCarriers = []carrier{
	csvCarrier("CSV", "text/csv; charset=utf-8", ','),
	csvCarrier("CSV with semicolons", "text/csv", ';'),
	csvCarrier("TSV", "text/tab-separated-values", '\t'),
}

func csvCarrier(name, contentType string, comma rune) carrier {
	return carrier{
		name, contentType, func(s string) []byte {
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			w.Comma = comma
			w.WriteAll([][]string{{"id", "note", "n"}, {"1", "x", "2"}, {"3", s, "4"}})
			return b.Bytes()
		}, func(b []byte) string {
			r := csv.NewReader(bytes.NewReader(b))
			r.Comma = comma
			rows, err := r.ReadAll()
			if err != nil || len(rows) != 3 || strings.Join(rows[1], " ") != "1 x 2" {
				return "not the table"
			}
			return rows[2][1]
		},
	}
}
