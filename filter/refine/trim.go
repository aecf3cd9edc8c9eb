package refine

import (
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// trim puts the ends of spans behind what is no part of the value:
// punctuation, and of names titles, roles and the words of the sentence.
func (r *refinement) trim() {
	for _, s := range r.model {
		s = r.punctuation(s)
		if s.Category == pii.PrivatePerson {
			s = r.nameOnly(s)
		}
		r.keep(s)
	}
	r.swap()
}

const (
	leading  = " \t\r\n.,;:!?)]}>*=·•–—/\\|\"“”„«»‘"
	trailing = " \t\r\n,;:!?([{<*=·•–—/\\|\"“”„«»‘’'"
)

// punctuation takes marks off a value that is no secret, which may end in any.
func (r *refinement) punctuation(s pii.Span) pii.Span {
	if s.Category == pii.Secret || s.Category == pii.PrivateURL {
		return s
	}
	value := r.value(s)
	cut := strings.TrimLeft(value, leading)
	s.Start += len(value) - len(cut)
	value = strings.TrimRight(cut, trailing)
	for _, pair := range []string{"()", "[]", "（）", "<>"} {
		_, size := utf8.DecodeRuneInString(pair)
		open, shut := pair[:size], pair[size:]
		if strings.HasPrefix(value, open) && !strings.Contains(value, shut) {
			value = value[len(open):]
			s.Start += len(open)
		}
		if strings.HasSuffix(value, shut) && !strings.Contains(value, open) {
			value = value[:len(value)-len(shut)]
		}
	}
	if strings.HasSuffix(value, ".") && !(s.Category == pii.PrivatePerson && initial(lastWord(value))) {
		value = strings.TrimRight(value, ".")
	}
	s.End = s.Start + len(value)
	return s
}

// initial recognises "J." and "J.R.".
func initial(word string) bool {
	i := strings.IndexByte(word, '.')
	return i > 0 && utf8.RuneCountInString(word[:i]) == 1
}

// nameOnly takes titles off the beginning of a name, honorifics off its end,
// and where the name is written with capitals, the words around it that are
// not. A value of such words alone stays whole: better too much than nothing.
func (r *refinement) nameOnly(s pii.Span) pii.Span {
	value := r.value(s)
	if len(value) > maxName {
		return s
	}
	for _, possessive := range []string{"'s", "’s", "'S", "’S"} {
		value = strings.TrimSuffix(value, possessive)
	}
	begin, end := 0, len(value)
	for {
		word := firstWord(value[begin:end])
		rest := strings.TrimLeft(value[begin+len(word):end], " ")
		if rest == "" || !titles[bare(word)] && !(relations[bare(word)] && upperFirst(rest)) && !(lowerFirst(word) && !particles[bare(word)] && holdsUpper(rest)) {
			break
		}
		begin = end - len(rest)
	}
	for {
		word := lastWord(value[begin:end])
		rest := strings.TrimRight(value[begin:end-len(word)], " ")
		if rest == "" || !honorifics[bare(word)] && !(lowerFirst(word) && holdsUpper(rest)) {
			break
		}
		end = begin + len(rest)
	}
	s.End = s.Start + end
	s.Start += begin
	return s
}

// maxName is how long a name may be to be looked at word by word, in bytes.
const maxName = 256

// holdsUpper reports whether any word begins with a capital.
func holdsUpper(value string) bool {
	for value != "" {
		word := firstWord(value)
		if upperFirst(word) {
			return true
		}
		value = strings.TrimLeft(value[len(word):], " \t\n\u00a0")
	}
	return false
}
