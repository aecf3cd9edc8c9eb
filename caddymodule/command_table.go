package caddymodule

import (
	"strings"
	"unicode/utf8"
)

// table is printed with columns of equal width: the first one to the left,
// numbers after it to the right.
type table struct {
	rows [][]string // the first one is the header
	left []bool     // by column
}

func newTable(header ...string) *table {
	t := &table{rows: [][]string{header}, left: make([]bool, len(header))}
	t.left[0] = true
	return t
}

func (t *table) alignLeft(columns ...int) {
	for _, c := range columns {
		t.left[c] = true
	}
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(out *strings.Builder) {
	widths := make([]int, len(t.left))
	for _, row := range t.rows {
		for c, cell := range row {
			widths[c] = max(widths[c], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range t.rows {
		for c, cell := range row {
			pad := strings.Repeat(" ", widths[c]-utf8.RuneCountInString(cell))
			switch {
			case !t.left[c]:
				out.WriteString(pad + cell)
			case c == len(row)-1:
				out.WriteString(cell)
			default:
				out.WriteString(cell + pad)
			}
			if c < len(row)-1 {
				out.WriteString("  ")
			}
		}
		out.WriteByte('\n')
	}
}
