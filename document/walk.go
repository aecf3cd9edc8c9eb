package document

import (
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// walker puts the text of all parts into one reading, and what is no text but
// could hold some into another, which is only searched.
type walker struct {
	text, rest reading
	persons    []piece // of text: who wrote something, which is no question

	paragraphs []paragraph // that are open: a text box lies in a paragraph
	line       int         // token whose text stands at the end of the reading
	lineEnd    int
	parts      int
	pictures   []*part
}

// paragraph gathers the runs of one, apart from its fields' instructions.
type paragraph struct{ runs, fields []fragment }

// fragment is a slot, or a blank that the document has as an element.
type fragment struct {
	slot    *slot
	literal string
}

// archive walks the parts of an archive in the order in which one reads them.
func (w *walker) archive(a *archive) {
	parts := slices.Clone(a.parts)
	slices.SortStableFunc(parts, func(a, b *part) int { return cmp.Compare(rank(a.name), rank(b.name)) })
	for _, p := range parts {
		switch {
		case p.dropped:
		case p.xml != nil:
			w.part(p)
		case p.nested != nil:
			w.archive(p.nested)
		case p.picture:
			w.pictures = append(w.pictures, p)
		}
	}
}

// rank orders parts: what is written, what stands around it, what is about it.
func rank(name string) int {
	for i, prefix := range []string{"word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments", "word/"} {
		if strings.HasPrefix(name, prefix) {
			return i
		}
	}
	return 100
}

// inline reports whether an element's text is part of a paragraph's.
func inline(local string) bool { return local == "t" || local == "delText" || instruction(local) }

func instruction(local string) bool { return local == "instrText" || local == "delInstrText" }

// blanks are elements that stand for text.
var blanks = map[string]string{"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

// breaks are the elements whose text belongs together.
var breaks = map[string]bool{"p": true, "si": true, "is": true}

func (w *walker) part(p *part) {
	w.parts++
	w.line = -1
	for i := range p.xml.tokens {
		t := &p.xml.tokens[i]
		switch {
		case t.dropped:
		case t.kind == startToken:
			w.attributes(p, i)
			if breaks[t.name.Local] {
				w.paragraphs = append(w.paragraphs, paragraph{})
			} else if blank := blanks[t.name.Local]; blank != "" && len(w.paragraphs) > 0 {
				top := &w.paragraphs[len(w.paragraphs)-1]
				top.runs = append(top.runs, fragment{literal: blank})
			}
		case t.kind == endToken && breaks[t.name.Local]:
			last := len(w.paragraphs) - 1
			w.flush(w.paragraphs[last].runs)
			w.flush(w.paragraphs[last].fields)
			w.paragraphs = w.paragraphs[:last]
		case t.kind == textToken:
			w.characters(p, i)
		}
	}
}

// flush writes the runs of a paragraph as a line.
func (w *walker) flush(runs []fragment) {
	if !slices.ContainsFunc(runs, func(f fragment) bool { return f.slot != nil }) {
		return
	}
	w.text.freshLine()
	for _, f := range runs {
		if f.slot != nil {
			w.text.add(f.slot)
		} else {
			w.text.literal(f.literal)
		}
	}
	w.text.literal("\n")
}

func (w *walker) characters(p *part, i int) {
	t := &p.xml.tokens[i]
	if t.parent < 0 || t.text == "" {
		return
	}
	parent := p.xml.tokens[t.parent].name.Local
	s := &slot{part: p, token: i, attr: -1}
	switch {
	case inline(parent) && len(w.paragraphs) > 0:
		top := &w.paragraphs[len(w.paragraphs)-1]
		if instruction(parent) {
			top.fields = append(top.fields, fragment{slot: s})
		} else {
			top.runs = append(top.runs, fragment{slot: s})
		}
	case strings.TrimSpace(t.text) == "" || measure[parent]:
	case w.line == t.parent && w.lineEnd == w.text.text.Len():
		// Parted by a comment only: take back nothing, go on in the line.
		w.text.add(s)
		w.lineEnd = w.text.text.Len()
	default:
		if _, err := strconv.ParseFloat(t.text, 64); err == nil && parent == "v" {
			s.whole = "0" // a cell that must stay a number
		}
		w.ownLine(parent, s, t.text, slices.Contains(authorElements, parent))
		w.line, w.lineEnd = t.parent, w.text.text.Len()
	}
}

// measure are elements whose text is a length.
var measure = map[string]bool{"posOffset": true, "pctWidth": true, "pctHeight": true, "pctPosHOffset": true, "pctPosVOffset": true}

// Who wrote something is a person, whatever the name looks like.
var (
	authorElements   = []string{"creator", "lastModifiedBy", "Manager"}
	authorAttributes = []string{"author", "initials", "userId"}
)

// ownLine writes a text with the name it has.
func (w *walker) ownLine(label string, s *slot, shown string, person bool) {
	w.text.freshLine()
	w.text.literal(label + ": ")
	w.text.addShown(s, shown)
	if person {
		w.persons = append(w.persons, w.text.pieces[len(w.text.pieces)-1])
	}
}

func (w *walker) attributes(p *part, i int) {
	t := &p.xml.tokens[i]
	for n, a := range t.attrs {
		s := &slot{part: p, token: i, attr: n}
		switch {
		case a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Value == "" || standard(a.Value):
		case t.name.Local == "Relationship" && a.Name.Local == "Target":
			if t.attr("TargetMode") == "External" {
				w.link(s, a.Value)
			}
		case t.name.Local == "Override" && a.Name.Local == "PartName":
		case slices.Contains(authorAttributes, a.Name.Local):
			w.ownLine(a.Name.Local, s, a.Value, true)
		case spoken(p, t, a):
			w.ownLine(a.Name.Local, s, a.Value, false)
		case !enumeration(a.Value):
			w.rest.add(s)
			w.rest.literal("\n")
		}
	}
}

// elsewhere is where a link leads that led to somebody. A placeholder would
// make it one that no program opens the document with.
const elsewhere = "https://redacted.invalid/"

// link writes down where a relationship leads, as one would read it.
func (w *walker) link(s *slot, target string) {
	s.whole = elsewhere
	shown := target
	if plain, err := url.PathUnescape(target); err == nil && !strings.ContainsAny(plain, "\r\n") {
		shown = strings.ToValidUTF8(plain, "\ufffd")
	}
	scheme, _, _ := strings.Cut(strings.ToLower(target), ":")
	w.ownLine("link", s, shown, false)
	if scheme == "file" {
		w.persons = append(w.persons, w.text.pieces[len(w.text.pieces)-1]) // somebody's folder
	}
}

// spokenAttributes are those that people write or read.
var spokenAttributes = map[string]bool{
	"title": true, "descr": true, "alt": true, "displayText": true, "instr": true, "tooltip": true, "string": true, "href": true,
}

// named are elements whose name, or value, people chose.
var named = map[string]bool{
	"docPr": true, "cNvPr": true, "docVar": true, "bookmarkStart": true, "alias": true, "tag": true, "statusText": true,
	"helpText": true, "listEntry": true, "default": true, "query": true, "connectString": true, "sheet": true, "property": true,
	"definedName": true,
}

func spoken(p *part, t *token, a xml.Attr) bool {
	switch {
	case spokenAttributes[a.Name.Local],
		named[t.name.Local] && (a.Name.Local == "name" || a.Name.Local == "val"):
		return true
	}
	return strings.ContainsAny(a.Value, "@\\") || strings.Contains(a.Value, "://")
}

// standard reports whether a value is the name of something in the standards.
func standard(v string) bool {
	for _, prefix := range []string{
		"http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/", "http://purl.oclc.org/ooxml/", "http://purl.org/dc/",
		"http://www.w3.org/", "application/vnd.openxmlformats-", "application/vnd.ms-",
	} {
		if strings.HasPrefix(v, prefix) && !strings.ContainsAny(v, "@ ") {
			return true
		}
	}
	return false
}

// enumeration reports whether a value looks like one that a schema lists
// (center, nextPage), or like a short number.
func enumeration(v string) bool {
	if len(v) < shortest || v[0] >= 'a' && v[0] <= 'z' {
		for i := range len(v) {
			if c := v[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
				return false
			}
		}
		return true
	}
	return false
}

func attribute(prefix, local, value string) xml.Attr {
	return xml.Attr{Name: xml.Name{Space: prefix, Local: local}, Value: value}
}
