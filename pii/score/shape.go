package score

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a shape spells out. Longer values are only measured.
const (
	maxShapeWords = 8  // words
	maxShapeRuns  = 4  // runs of letters or digits in one word
	maxShapeRunes = 96 // code points
)

// Shape describes a value without telling it. Words of letters become Aa, AA,
// aa or aA, one capital A, words of scripts without case the name of the
// script; digits become 9{3} with their number; words of letters and digits
// are like A{2}9{6}. Separators that many values share stay, everything else
// is *. What is too long or too mixed is only measured:
//
//	Ann Lee → "Aa Aa"    555-0192 → "9{3}-9{4}"    GB29NWBK6016 → "A{2}9{2}A{4}9{4}"
//
// Two values of which one comes from the other by replacing letters by letters
// of the same case and script, and digits by digits, have the same shape.
func Shape(value string) string {
	words := split(value)
	var out strings.Builder
	var notes []string
	note := func(s string) {
		if !slices.Contains(notes, s) {
			notes = append(notes, s)
		}
	}
	n := 0
	for _, w := range words {
		if w.kind == wordRun {
			n++
		}
		out.WriteString(w.shape(note))
	}
	shape := out.String()
	if n > maxShapeWords || n == 0 || utf8.RuneCountInString(value) > maxShapeRunes {
		shape = measure(value, n)
	}
	if len(notes) > 0 {
		slices.Sort(notes)
		shape += " (" + strings.Join(notes, ", ") + ")"
	}
	return shape
}

// measure is the shape of a value that is not spelled out.
func measure(value string, words int) string {
	class := lengthClass(utf8.RuneCountInString(value)) + " characters"
	switch lines := strings.Count(strings.TrimSpace(value), "\n") + 1; {
	case words == 0:
		return "symbols, " + class
	case lines > 1:
		return fmt.Sprintf("%s lines, %s", lengthClass(lines), class)
	case words == 1:
		return "one word, " + class
	default:
		return fmt.Sprintf("%s words, %s", lengthClass(words), class)
	}
}

// lengthClass rounds a length to a range between powers of two.
func lengthClass(n int) string {
	if n <= 4 {
		return strconv.Itoa(n)
	}
	low := 4
	for n > 2*low {
		low *= 2
	}
	return fmt.Sprintf("%d–%d", low+1, 2*low)
}

// What a part of a value is.
type runKind int

const (
	wordRun  runKind = iota // letters, marks and digits
	spaceRun                // spaces
	lineRun                 // spaces with a line end among them
	otherRun                // the same sign, once or more
)

// run is a part of a value.
type run struct {
	kind runKind
	text string
}

// split cuts a value into words, spaces and signs.
func split(value string) (runs []run) {
	kindOf := func(r rune) runKind {
		switch {
		case unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number):
			return wordRun
		case unicode.IsSpace(r):
			return spaceRun
		}
		return otherRun
	}
	start, last := 0, rune(-1)
	for i, r := range value {
		if i > 0 && (kindOf(r) != kindOf(last) || kindOf(r) == otherRun && sign(r) != sign(last)) {
			runs = append(runs, run{kindOf(last), value[start:i]})
			start = i
		}
		last = r
	}
	if value != "" {
		runs = append(runs, run{kindOf(last), value[start:]})
	}
	for i := range runs {
		if runs[i].kind == spaceRun && strings.ContainsAny(runs[i].text, "\r\n") {
			runs[i].kind = lineRun
		}
	}
	return runs
}

// sign is what stands for a sign in a shape.
func sign(r rune) string {
	switch {
	case strings.ContainsRune("-._/@:,+()#'&=%", r):
		return string(r)
	case r == '’':
		return "'"
	default:
		return "*"
	}
}

func (r run) shape(note func(string)) string {
	switch r.kind {
	case spaceRun:
		return " "
	case lineRun:
		return "⏎"
	case wordRun:
		return wordShape(r.text, note)
	default:
		if strings.ContainsFunc(r.text, func(c rune) bool { return unicode.Is(unicode.Cf, c) }) {
			note("invisible characters")
		}
		c, _ := utf8.DecodeRuneInString(r.text)
		return sign(c)
	}
}

// wordShape is the shape of a run of letters and digits.
func wordShape(word string, note func(string)) string {
	type part struct {
		digits, unspaced bool
		name             string // of letters: the case, or the script
		n                int
	}
	var parts []part
	for _, r := range word {
		p := part{digits: unicode.Is(unicode.Number, r), n: 1}
		switch {
		case p.digits:
			if r > unicode.MaxASCII {
				note("other digits")
			}
		case unicode.Is(unicode.Mark, r) && len(parts) > 0:
			continue // part of the letter before
		default:
			script := scriptOf(r)
			p.unspaced = unspaced(r)
			if p.name = caseOf(r); p.name == "" {
				p.name = script
			} else if script != "Latin" {
				note(script)
			}
		}
		last := len(parts) - 1
		if last >= 0 && parts[last].digits == p.digits && (p.digits || joins(parts[last].name, p.name)) {
			parts[last].name = joinCase(parts[last].name, p.name)
			parts[last].n++
		} else {
			parts = append(parts, p)
		}
	}
	if len(parts) > maxShapeRuns {
		return "mixed{" + lengthClass(utf8.RuneCountInString(word)) + "}"
	}
	var out strings.Builder
	for _, p := range parts {
		switch {
		case p.digits:
			p.name = "9"
		case len(parts) > 1 && (p.name == "AA" || p.name == "aa"):
			p.name = p.name[:1]
		}
		out.WriteString(p.name)
		if p.digits || p.unspaced || len(parts) > 1 {
			out.WriteString("{" + strconv.Itoa(p.n) + "}")
		}
	}
	return out.String()
}

// caseOf is the case of a letter, or "".
func caseOf(r rune) string {
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return "A"
	case unicode.IsLower(r):
		return "a"
	}
	return ""
}

func cased(name string) bool { return strings.Trim(name, "Aa") == "" }

// joins reports whether letters of these names make one part.
func joins(a, b string) bool { return a == b || cased(a) && cased(b) }

// joinCase is the case of a part with one letter more: A and a make Aa, A and
// A make AA, and so on; every other mixture is aA.
func joinCase(part, letter string) string {
	switch part + letter {
	case "AA", "AAA":
		return "AA"
	case "Aa", "Aaa":
		return "Aa"
	case "aa", "aaa":
		return "aa"
	}
	if !cased(part) {
		return part
	}
	return "aA"
}

// scripts are those told apart in shapes, the frequent ones first.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin},
	{"Cyrillic", unicode.Cyrillic},
	{"Greek", unicode.Greek},
	{"Han", unicode.Han},
	{"Kana", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Hangul", unicode.Hangul},
	{"Arabic", unicode.Arabic},
	{"Hebrew", unicode.Hebrew},
	{"Thai", unicode.Thai},
	{"Devanagari", unicode.Devanagari},
	{"Armenian", unicode.Armenian},
	{"Georgian", unicode.Georgian},
}

func scriptOf(r rune) string {
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	return "other"
}
