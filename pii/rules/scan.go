package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// scan is one pass over one text. Spans are in shadow offsets until finish.
type scan struct {
	shadow
	Options
	spans []pii.Span
	base  int    // spans[:base] belong to the caller
	full  bool   // no shortcut is taken; tests hold the spans to be the same
	num   number // the number last gathered

	heard   heard // what the words before a number say,
	heardAt int   // and one more than the offset of that number

	// What families remember, so that no byte is looked at again and again.
	runs        [runKinds]run  // ends of character runs
	keys        [32]keyMemo    // keys of records, and what they tell
	nested      run            // the URL last seen,
	inNested    int            // and how many began inside it
	noFence     int            // from here on there is no further "-----"; 0: not known
	small       int            // up to here groups of digits are too few to be anything
	jwtHeader   int            // end of the last token's header; what ends there lies inside it
	asked       int            // questions put to libphonenumber
	manifests   run            // the object of Kubernetes last seen,
	isSecret    bool           // whether it is a Secret,
	manifestEnd int            // and up to where its data was looked at
	wordsEnd    int            // up to here words have been looked at for seed phrases
	blocks      [maxBlocks]int // up to where rules that are asked in blocks have been
	shown       int            // bytes shown to regular expressions
	work        int            // bytes looked at around anchors; tests hold it linear

	// What one family tells another.
	urlEnd     int // up to here a URL has been taken in whole
	userinfo   int // the '@' after the credentials of a URL; no e-mail's
	tableEnd   int // up to here a table's rows have been read
	dateEnd    int // up to here a date has been read
	stampEnd   int // up to here numbers are those of a machine's stamp,
	deafEnd    int // and up to here no other family finds anything either
	coinEnd    int // up to here words have been looked at for addresses of coins
	mailEnd    int // up to here an address in words has been found
	spelledEnd int // up to here a number in words has been read
	taken      int // up to here a number has been found; phones begin after it
}

// run is a stretch of the text whose bytes all belong to one charset.
type run struct{ start, end int }

// runKind names the charsets whose runs are memoised.
type runKind int

const (
	runURL runKind = iota
	runToken
	runBase64
	runValue
	runAssigned
	runKinds
)

// run goes over the text once.
func (s *scan) run() {
	text := s.text
	s.table(0)
	last := three(0, 0, '\n') // before the text, a line has ended
	for i := 0; i < len(text); i++ {
		c := text[i]
		if last = nextThree(last, c); allSigns.wakes.hasPlace(last) && i > 0 {
			s.sign(i-1, last)
		}
		switch w := anchors[c]; {
		case w == 0, i < s.deafEnd:
		case w == onAssigned:
			s.assigned(i)
		case w == onNumber:
			if i == 0 || !isDigit(text[i-1]) { // not amid the digits of a group
				s.number(i)
			}
		case c == ':' && s.dullKey(i):
			s.ipv6(i)
		default:
			s.visit(i, w)
		}
	}
	if len(text) > 0 {
		s.sign(len(text)-1, nextThree(last, 0))
	}
	s.seeds()
}

// visit lets the families in w look at offset i. Each checks its own anchor,
// so that waking a family in vain changes nothing but time: FuzzPrefilter
// holds the table of anchors to that.
func (s *scan) visit(i int, w wake) {
	if w&onNumber != 0 {
		s.number(i)
	}
	if w&onURL != 0 {
		s.url(i)
	}
	if w&onSocial != 0 {
		s.social(i)
	}
	if w&onEmail != 0 {
		s.email(i)
	}
	if w&onIPv6 != 0 {
		s.ipv6(i)
	}
	if w&onMAC != 0 {
		s.mac(i)
	}
	if w&onPair != 0 {
		s.pair(i)
		s.field(i)
	}
	if w&onOption != 0 {
		s.option(i)
	}
	if w&onElement != 0 {
		s.element(i)
		s.fieldElement(i)
	}
	if w&onLine != 0 {
		s.line(i)
	}
	if w&onBracket != 0 {
		s.insert(i)
	}
	if w&onAssigned != 0 {
		s.assigned(i)
	}
}

// emit records a finding in shadow offsets.
func (s *scan) emit(start, end int, category pii.Category, score float32) {
	if start < end {
		s.spans = append(s.spans, pii.Span{
			Start: start, End: end, Category: category, Score: score, Source: pii.SourceRules,
		})
	}
}

// emitNumber is emit for families that begin with digits.
func (s *scan) emitNumber(start, end int, category pii.Category, score float32) {
	s.emit(start, end, category, score)
	s.taken = max(s.taken, end)
}

// finish maps the findings to raw offsets, joins and returns them.
func (s *scan) finish(raw string) []pii.Span {
	found := s.spans[s.base:]
	if len(found) == 0 {
		return s.spans
	}
	for k := range found {
		found[k].Start, found[k].End = s.rawRange(raw, found[k].Start, found[k].End)
	}
	return s.spans[:s.base+len(pii.Join(found))]
}

// endOf returns the end of the run of set that begins at i, memoised: over a
// whole pass the runs of one kind cost at most one look at each byte.
func (s *scan) endOf(kind runKind, set charset, i int) int {
	r := &s.runs[kind]
	if i >= r.start && i < r.end {
		return r.end
	}
	j := i
	for j < len(s.text) && set.has(s.text[j]) {
		j++
	}
	s.work += j - i + 1
	*r = run{i, j}
	return j
}

// endUntil returns the offset of the first byte of stop at or after i,
// memoised likewise.
func (s *scan) endUntil(kind runKind, stop charset, i int) int {
	r := &s.runs[kind]
	if i >= r.start && i < r.end {
		return r.end
	}
	j := i
	for j < len(s.text) && !stop.has(s.text[j]) {
		j++
	}
	s.work += j - i + 1
	*r = run{i, j}
	return j
}

// wordBefore reports whether an ASCII letter or digit stands right before i,
// so that a value cannot begin there.
func (s *scan) wordBefore(i int) bool {
	return i > 0 && alnum.has(s.text[i-1]) && !s.gap(i)
}

// wordAt reports whether an ASCII letter or digit stands at i, so that a
// value cannot end there.
func (s *scan) wordAt(i int) bool {
	return i < len(s.text) && alnum.has(s.text[i]) && !s.gap(i)
}

// at returns the byte at i, or 0 outside the text.
func (s *scan) at(i int) byte {
	if i < 0 || i >= len(s.text) {
		return 0
	}
	return s.text[i]
}
