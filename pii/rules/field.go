package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// maxField bounds a field's name, and maxLine its value, in bytes.
const (
	maxField = 48
	maxLine  = 160
)

// field looks at the "key: value" or "key=value" pair whose mark stands at i:
// the name of a field tells whose value it is. People and places are the
// model's work; here stands what a record says in so many words.
func (s *scan) field(i int) {
	c, next := s.at(i), s.at(i+1)
	switch {
	case c != ':' && c != '=', i < 2, i < s.urlEnd:
		return
	case next == c, c == ':' && next == '/' && s.at(i+2) == '/', c == '=' && assignMark.has(s.text[i-1]) && s.text[i-1] != '?':
		return
	}
	kind, start := s.fieldBefore(i)
	if kind == noField {
		return
	}
	from := i + 1
	if c == '=' && next == '>' {
		from++
	}
	s.fieldValue(kind, start, s.skipSpace(from), c == '=')
}

// fieldElement looks at the text of an XML element whose start tag ends at i.
func (s *scan) fieldElement(i int) {
	if s.at(i) != '>' || i < 4 || i < s.urlEnd {
		return
	}
	name := s.elementName(i)
	if name < 3 || !(alpha | high | digit).has(s.text[name-1]) || !s.mayBeField(name) {
		return
	}
	kind, start := s.fieldKind(name)
	if before := s.at(start - 1); kind == noField || kind == mailbox || before != '<' && before != ':' {
		return
	}
	end := s.endUntil(runValue, lineEnd, i+1)
	if k := strings.IndexByte(s.text[i+1:min(end, i+1+maxLine)], '<'); k > 0 && s.at(i+2+k) == '/' {
		s.work += k
		s.judgeField(kind, start, value{from: i + 1, end: i + 1 + k, line: i + 1 + k, quoted: true})
	}
}

// fieldValue judges the value at from that a field of this kind announces.
func (s *scan) fieldValue(kind fieldKind, key, from int, assigned bool) {
	if kind == mailbox {
		s.mailboxes(from)
		return
	}
	for n := range 8 { // a list of values in brackets is one of the same kind
		list := s.at(from) == '['
		if list {
			from++
		}
		v := s.fieldText(kind, from, assigned)
		if v.from >= v.end {
			return
		}
		s.judgeField(kind, key, v)
		if kind == personRole && !v.quoted && s.at(v.end) == ',' && s.at(v.end+1) == ' ' && !assigned {
			from = v.end + 2 // "Present: Ann Lee, Bo Yu"
			continue
		}
		if !v.quoted || !list && n == 0 || s.at(v.line) == 0 {
			return
		}
		from = v.line + 1
		for (space | lineEnd).has(s.at(from)) || s.at(from) == ',' {
			from++
		}
		if !quote.has(s.at(from)) {
			return
		}
	}
}

// judgeField emits the value if it can be what its field promises.
func (s *scan) judgeField(kind fieldKind, key int, v value) {
	if v.end-v.from > maxLine {
		return
	}
	text := s.text[v.from:v.end]
	if template(text) {
		return
	}
	switch kind {
	case namePart, fullName, personRole, bareName, partOfName:
		if from, ok := s.nameValue(kind, key, v); ok {
			s.emit(from, v.end, pii.PrivatePerson, 0.8)
		}
	case coordinate:
		if placed(text) && s.beside(key, v.end, placeWords) {
			s.emitNumber(v.from, v.end, pii.PrivateAddress, 0.7)
		}
	case bankCode:
		if s.BankCodes && bankLike(text) {
			s.emitNumber(v.from, v.end, pii.AccountNumber, 0.8)
		}
	case streetLine, postal:
		if first := s.text[v.from]; (v.quoted || kind == streetLine || !lower.has(first)) && addressLike(text, kind == streetLine) {
			s.emit(v.from, s.addressEnd(v), pii.PrivateAddress, 0.75)
		}
	case placeLine:
		if placeLike(text) && s.beside(key, v.end, addressWords) {
			s.emit(v.from, v.end, pii.PrivateAddress, 0.7)
		}
	}
}
