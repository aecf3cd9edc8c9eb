package rules

import "strings"

// How far the value of a field goes.

// fieldText reads a field's value: in quotes, or as far as the line goes on
// with nothing else.
func (s *scan) fieldText(kind fieldKind, from int, assigned bool) value {
	if mark := from; quote.has(s.at(mark)) || s.at(mark) == '\\' {
		v := s.value(from)
		if v.quoted {
			return v
		}
		return value{}
	}
	line := min(s.endUntil(runValue, lineEnd, from), from+maxLine)
	end := from
	for end < line {
		c := s.text[end]
		if c == '|' || c == ';' || c == '\t' || c == '<' || c == '>' || c == '{' || c == '}' || c == '[' || c == '(' || c == '"' || c == '&' && assigned {
			if (c == '(' || c == '[' || c == '<' || c == '{') && end > from && s.text[end-1] != ' ' {
				return value{} // code
			}
			break
		}
		if c == ' ' && s.at(end+1) == ' ' {
			break
		}
		if (c == ':' || c == '=') && end > from { // another pair
			if end = s.beforeKey(from, end); end == from {
				return value{}
			}
			break
		}
		if c == ',' && kind < streetLine && !s.surnameFirst(from, end, line) {
			break
		}
		end++
	}
	s.work += end - from + 1
	end = s.runeBefore(end)
	whole := s.trimValue(end, line) == end // nothing follows
	v := value{from: from, end: s.trimValue(from, end), line: line}
	if !whole {
		v.line = v.end
	}
	return v
}

// beforeKey returns where the name of the field begins whose mark stands at
// end: behind the last comma, or at the longest words there that name one, or
// at the last word.
func (s *scan) beforeKey(from, end int) int {
	start := from
	for k := end; k > from; k-- {
		if s.text[k-1] == ',' {
			return k - 1
		}
	}
	s.work += end - from
	for k := from + 1; k < end; k++ {
		if s.text[k-1] != ' ' || s.text[k] == ' ' {
			continue
		}
		start = k
		var key fieldKey
		key.fill(s.text[k:end])
		if _, ok := fieldTable[string(key.at[:key.n])]; ok {
			break
		}
	}
	return start
}

// surnameFirst reports whether the comma at i parts a surname from given
// names and nothing else stands in the line: "LEE, ANN MARIE".
func (s *scan) surnameFirst(from, i, line int) bool {
	surname := s.text[from:i]
	if s.at(i+1) != ' ' || !nameLike(surname).ok || strings.IndexByte(surname, ' ') >= 0 && surname != strings.ToUpper(surname) {
		return false
	}
	rest := s.text[i+2 : line]
	shape := nameLike(rest)
	return shape.ok && shape.capitals > 0 && shape.capitals <= 3
}

// addressEnd returns the end of an address that a form may go on with in the
// next line: the postcode and the city.
func (s *scan) addressEnd(v value) int {
	if v.quoted {
		return v.end
	}
	from := s.afterLine(v.end)
	if from == v.end {
		return v.end
	}
	line := min(s.endUntil(runValue, lineEnd, from), from+64)
	text := s.text[from:line]
	digits := 0
	for k := 0; k < len(text); k++ {
		if isDigit(text[k]) {
			digits++
		} else if !(alpha | high | dash | dot).has(text[k]) && text[k] != ' ' && text[k] != ',' && text[k] != '\'' {
			return v.end
		}
	}
	if digits < 4 || digits > 10 || len(text) > 48 || len(text) < 7 || digits == len(text) {
		return v.end
	}
	return s.trimValue(from, line)
}
