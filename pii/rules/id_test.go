package rules

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// vector is a line of testdata/identifiers.tsv.
type vector struct {
	name  string // of the row
	valid bool   // what python-stdnum says of the code
	code  string
}

func vectors(t *testing.T) (all []vector) {
	t.Helper()
	file, err := os.Open("testdata/identifiers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 3 {
			t.Fatalf("line %q", lines.Text())
		}
		all = append(all, vector{fields[0], fields[1] == "+", fields[2]})
	}
	return all
}

func asCode(text string) (c code) {
	c.n = copy(c.at[:], text)
	return c
}

func rowNamed(t rapid.TB, name string) *idKind {
	t.Helper()
	for k := range identifiers {
		if identifiers[k].name == name {
			return &identifiers[k]
		}
	}
	t.Fatalf("no row %q", name)
	return nil
}

// The checks agree with an implementation that is not ours.
func TestChecksAgreeWithTheOracle(t *testing.T) {
	for _, v := range vectors(t) {
		id := rowNamed(t, v.name)
		if got := id.check(asCode(v.code)); got != v.valid {
			t.Errorf("%s %s: %v", v.name, v.code, got)
		}
	}
}

// word returns the first of a row's names as a writer would spell it.
func (id *idKind) word() string {
	name, _, _ := strings.Cut(id.names, " ")
	name = strings.TrimRight(strings.TrimPrefix(name, "?"), "*_")
	return strings.ReplaceAll(name, "_", " ")
}

func only(text, value string) bool {
	spans := New().AppendSpans(nil, text)
	at := strings.Index(text, value)
	return len(spans) == 1 && spans[0].Start == at && spans[0].End == at+len(value) && spans[0].Category == pii.AccountNumber
}

// Valid codes are found behind their name, whatever carries them.
func TestIdentifiersBehindTheirNames(t *testing.T) {
	for _, v := range vectors(t) {
		if !v.valid {
			continue
		}
		word := rowNamed(t, v.name).word()
		key := strings.ReplaceAll(word, " ", "_")
		for _, text := range []string{
			`{"` + key + `":"` + v.code + `"}`,
			`{"n": 1, "` + key + `" : ` + v.code + `, "m": 2}`,
			key + "=" + v.code + "&x=1",
			"My " + word + " is " + v.code + ", thanks.",
			"<" + key + ">" + v.code + "</" + key + ">",
			strings.ToUpper(word) + ": " + strings.ToLower(v.code) + "\n",
			"name: x\n" + key + ": " + v.code + "\nnote: y",
		} {
			code := v.code
			if !strings.Contains(text, code) {
				code = strings.ToLower(code)
			}
			if !only(text, code) {
				t.Errorf("%s: in %q found %v", v.name, text, New().AppendSpans(nil, text))
			}
		}
	}
}

// Without a word about them only those codes are found whose form says
// enough; in hexadecimal, in paths and among other numbers none is.
func TestIdentifiersWithoutContext(t *testing.T) {
	for _, v := range vectors(t) {
		id := rowNamed(t, v.name)
		alone := false
		for layout := range strings.SplitSeq(id.alone, "|") {
			alone = alone || inLayout(v.code, layout)
		}
		for _, text := range []string{"received " + v.code, `{"value":"` + v.code + `"}`, "(" + v.code + ")"} {
			if got := only(text, v.code); got != (alone && v.valid) {
				t.Errorf("%s %v: in %q found %v", v.name, v.valid, text, New().AppendSpans(nil, text))
			}
		}
		for _, text := range []string{"order " + v.code + "x", "id=AAAAAAA" + v.code, "x/7" + v.code + "/y", v.code + "_1", "0." + v.code} {
			if spans := New().AppendSpans(nil, text); len(spans) > 0 && !alone {
				t.Errorf("%s: in %q found %v", v.name, text, spans)
			}
		}
	}
}

// Every word of the lexicon is heard, as it is written there and shouted.
func TestEveryWordIsHeard(t *testing.T) {
	lists := map[string]topic{}
	for group, words := range groupWords {
		lists[words] = group
	}
	for k := range identifiers {
		lists[identifiers[k].names] = firstRow + topic(k)
	}
	for list, topic := range lists {
		for word := range strings.FieldsSeq(list) {
			plain := strings.ReplaceAll(strings.Trim(word, "?*"), "_", " ")
			for _, text := range []string{plain, "x " + strings.ToUpper(plain) + ": ", "<" + strings.ReplaceAll(plain, " ", "_") + ">"} {
				if h := idWords.hear(text); !h.near.has(topic) {
					t.Errorf("%q is not heard in %q", word, text)
				}
			}
		}
	}
}

// Every row can be found: it has a word, and a form that fits.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for k := range identifiers {
		id := &identifiers[k]
		if seen[id.name] || id.names == "" || id.name == "" {
			t.Errorf("row %q", id.name)
		}
		seen[id.name] = true
		for form := range strings.SplitSeq(id.forms, "|") {
			if len(form) < shortest || len(form) > maxCode {
				t.Errorf("%s: form %s", id.name, form)
			}
		}
		for layout := range strings.SplitSeq(id.alone, "|") {
			fits := id.alone == ""
			for form := range strings.SplitSeq(id.forms, "|") {
				fits = fits || len(form) == codeLen(layout)
			}
			if !fits {
				t.Errorf("%s: layout %s", id.name, layout)
			}
		}
	}
}

// The cheap question about the word before a number loses no name.
func TestEveryNameAnnounces(t *testing.T) {
	const number = "482130775"
	for group := range freeForms {
		for word := range strings.FieldsSeq(groupWords[group]) {
			if strings.HasPrefix(word, "?") {
				continue
			}
			plain := strings.ReplaceAll(strings.Trim(word, "*"), "_", " ")
			for _, text := range []string{plain + ": " + number, "The " + strings.ToUpper(plain) + " IS " + number + ".", `{"` + strings.ReplaceAll(plain, " ", "_") + `":"` + number + `"}`} {
				if !only(text, number) {
					t.Errorf("in %q found %v", text, New().AppendSpans(nil, text))
				}
			}
		}
	}
}
