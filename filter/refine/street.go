package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// streets lets an address take in what belongs to it: the name of a house or a
// farm before it, the rest of the name of a place behind it.
func (r *refinement) streets() {
	for i, s := range r.model {
		if s.Category == pii.PrivatePerson && r.isHouse(r.value(s)) {
			s.Category = pii.PrivateAddress
		}
		if s.Category == pii.PrivateAddress {
			low, high := 0, len(r.text)
			if n := len(r.spare); n > 0 {
				if last := r.spare[n-1]; last.Category == pii.PrivatePerson && r.houseName(last.End, s.Start) {
					s.Start = last.Start
					r.spare = r.spare[:n-1]
				}
			}
			if n := len(r.spare); n > 0 {
				low = r.spare[n-1].End
			}
			if i+1 < len(r.model) {
				high = r.model[i+1].Start
			}
			s.Start = r.streetBefore(s.Start, low)
			for range 2 { // the street, and the house in it
				s.Start = r.houseBefore(s.Start, low)
			}
			s.End = r.placeBehind(s.End, high)
		}
		r.keep(s)
	}
	r.swap()
}

// isHouse recognises "Rose Cottage". Of the words for houses, those that are
// surnames, too, make no house.
func (r *refinement) isHouse(value string) bool {
	word := lastWord(value)
	return len(word) < len(value) && upperFirst(word) && houses[bare(word)] && !homonyms[bare(word)]
}

// houseName reports whether " House, " or the like stands between the name of
// a house and an address.
func (r *refinement) houseName(end, start int) bool {
	word, ok := strings.CutSuffix(r.text[end:start], ", ")
	return ok && strings.HasPrefix(word, " ") && houses[bare(word[1:])]
}

// streetBefore takes "Corso Sidney " before the last word of a street.
func (r *refinement) streetBefore(start, low int) int {
	for at, n := start, 0; n < 3; n++ {
		head, ok := strings.CutSuffix(r.text[max(low, at-32):at], " ")
		word := lastWord(head)
		switch {
		case !ok || word == "":
			return start
		case streetsBefore[bare(word)], bare(word) == "via":
			return at - len(word) - 1
		case !upperFirst(word):
			return start
		}
		at -= len(word) + 1
	}
	return start
}

// houseBefore takes "Thistle Cottage, " and "The " before an address.
func (r *refinement) houseBefore(start, low int) int {
	if strings.HasSuffix(r.text[low:start], "The ") {
		return start - len("The ")
	}
	head, ok := strings.CutSuffix(r.text[max(low, start-48):start], ", ")
	if !ok {
		return start
	}
	head = head[strings.LastIndexByte(head, '\n')+1:]
	from, words := len(head), 0
	for from > 0 {
		word := lastWord(head[:from])
		if !upperFirst(word) && !particles[word] && !allDigits(word) && word != "na" || strings.ContainsAny(word, ",;:().\"") {
			break
		}
		if words++; words > 4 || firms[bare(word)] {
			return start
		}
		from = max(0, from-len(word)-1)
	}
	chunk := strings.TrimLeft(head[from:], " ")
	if words < 2 || !upperFirst(chunk) {
		return start
	}
	return start - len(", ") - len(chunk)
}

// placeBehind takes " bei Kitzbühel" behind an address.
func (r *refinement) placeBehind(end, high int) int {
	rest := r.text[end:min(high, end+40)]
	if c, _ := utf8.DecodeLastRuneInString(r.text[:end]); !unicode.IsLetter(c) {
		return end
	}
	for _, link := range []string{" bei ", " am ", " an der ", " im ", " upon ", " on ", " sur ", " sous ", " a. d. "} {
		if after, ok := strings.CutPrefix(rest, link); ok && upperFirst(after) {
			return end + len(link) + wordEnd(after, 0)
		}
	}
	return end
}
