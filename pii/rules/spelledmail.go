package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// dotWords are said for the dot of a domain name, atWords for the '@'.
var (
	dotWords = strings.Fields(`dot punkt punto point ponto kropka tečka`)
	atWords  = newSet(`at arroba arobase chiocciola klammeraffe malpa apenstaartje snabela aet`)
)

// notLocal are words before "at example dot com" in sentences.
var notLocal = newSet(`us me look is are be it here there online store more site available found shop working meet me visit live now and or you find out at read everything stuff hello sales works work employed`)

// spelledMail looks at "jane doe at example dot com": the word for the dot
// stands in [i, end).
func (s *scan) spelledMail(i, end int) {
	if s.at(i-1) != ' ' || s.at(end) != ' ' || i < s.mailEnd {
		return
	}
	label := i - 1
	for label > 0 && i-label < 64 && (alnum | dash).has(s.text[label-1]) {
		label--
	}
	s.work += i - label
	if label == i-1 || s.at(label-1) != ' ' {
		return
	}
	at := label - 1
	for at > 0 && label-at < 14 && alpha.has(s.text[at-1]) {
		at--
	}
	word := s.text[at : label-1]
	if !atWords.has(word) || s.at(at-1) != ' ' {
		return
	}
	to := s.domain(label)
	if to < end {
		return
	}
	start, _ := s.local(at)
	if start < 0 || notLocal.has(s.text[start:at-1]) && word != "AT" {
		return
	}
	start = s.dottedLocal(start)
	s.emit(start, to, pii.PrivateEmail, 0.8)
	s.mailEnd = to
}

// dottedLocal takes in the words before start that are parted from it by a
// word for a dot: "jane dot doe".
func (s *scan) dottedLocal(start int) int {
	for range 4 {
		k := start
		found := false
		for _, dot := range dotWords {
			if from := start - len(dot) - 2; from > 0 && s.text[from] == ' ' && s.text[start-1] == ' ' && foldEqual(s.text, from+1, dot) {
				k, found = from, true
			}
		}
		if !found {
			return start
		}
		for k > 0 && start-k < 64 && (alnum | dash | wordMark).has(s.text[k-1]) {
			k--
		}
		if strings.IndexByte(s.text[k:start], ' ') == 0 {
			return start
		}
		start = k
	}
	return start
}
