package rules

import (
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// idKind is one row of the tables in id_*.go: a number that a state, an
// insurer or a bank gave to a person or a firm.
//
// The rule of need: a row stands alone, without a word about it, only in a
// written shape that hardly anything else has and where that shape, the check
// digits and the date inside make chance about one in a thousand. All else
// needs words near it (lexicon.go).
type idKind struct {
	name string // country code and usual name

	// forms holds the compact forms, parted by '|', in the letters of
	// places.
	forms string

	// alone holds the layouts that need no context, parted by '|': forms with
	// their separators, the letters in upper case.
	alone string

	// check tells valid codes; nil if there is nothing to check.
	check func(code) bool

	// weak: check holds for many a number, or for any. A word must name it.
	weak bool

	// names are the number's own words. Right behind one of them a number of
	// the right form is taken even if its check fails: it was mistyped or
	// made up, and meant as one all the same.
	names string

	// about are the groups whose words speak about it, too.
	about topicSet
}

// Groups of topics; the topics of the rows follow.
const (
	aboutOther    topic = iota // orders, telephones, times: no identifier
	aboutNational              // identity numbers and identity cards
	aboutTax
	aboutSocial // insurance of the state
	aboutHealth
	aboutPassport
	aboutLicence
	aboutAccount
	firstRow
)

// identifiers is the whole table.
var identifiers = slices.Concat(
	idsUS, idsUK, idsDACH, idsFrance, idsIberia, idsItaly, idsBenelux,
	idsPoland, idsNordic, idsBaltic, idsEast, idsSouth, idsAsia, idsOceania, idsLatam,
)

// entry is one compact form of a row.
type entry struct {
	*idKind
	form   string
	alone  []string
	own    topic
	topics topicSet
}

// places are the letters of forms and what may stand there.
var places = map[byte]string{
	'0': "0123456789",
	'A': "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	'X': "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	// Letters that look like no digit and make no word, as on the cards of
	// Germany (BSI TR-03127) and of Medicare (CMS), and those or a digit.
	'C': "CFGHJKLMNPRTVWXYZ",
	'K': "0123456789CFGHJKLMNPRTVWXYZ",
	'M': "ACDEFGHJKMNPQRTUVWXY",
	'N': "0123456789ACDEFGHJKMNPQRTUVWXY",
	// Check digits modulo 11, whose tenth value is a letter.
	'R': "0123456789KX",
}

// fitting holds a bit for each place of 'A' to 'Z', and the last for '0'.
var fitting = func() (t [256]uint32) {
	for place, set := range places {
		for i := 0; i < len(set); i++ {
			t[set[i]] |= placeBit(place)
			t[lowerByte(set[i])] |= placeBit(place)
		}
	}
	return t
}()

func placeBit(place byte) uint32 {
	if place == '0' {
		return 1 << 31
	}
	return 1 << (place & 31)
}

// fits reports whether c, in either case, may stand in a place.
func fits(c, place byte) bool { return fitting[c]&placeBit(place) != 0 }

// digitOnly and letterOnly tell places where only those may stand.
func digitOnly(place byte) bool  { return place == '0' }
func letterOnly(place byte) bool { return place == 'A' || place == 'C' || place == 'M' }

// maxLead is the most letters with which a form begins, maxRun the most digits
// that are counted behind them, shortest the length of the shortest form.
const (
	maxLead  = 6
	maxRun   = maxCode
	shortest = 7
)

var (
	// ofDigits holds the forms of digits only, by their number, aloneDigits
	// those of them that stand alone.
	ofDigits, aloneDigits [maxCode + 1][]entry
	// ofLetters holds the others, by the letters before the first digit, the
	// digits behind them, and what comes then: 1 for a letter, 0 for none.
	ofLetters [maxLead + 1][maxRun + 1][2][]entry
	// idWords is the lexicon of all rows and groups.
	idWords lexicon
)

func init() {
	for group, words := range groupWords {
		idWords.add(words, setOf(group))
	}
	for k := range identifiers {
		id := &identifiers[k]
		own := firstRow + topic(k)
		idWords.add(id.names, setOf(own))
		for form := range strings.SplitSeq(id.forms, "|") {
			e := entry{idKind: id, form: form, own: own, topics: id.about.with(setOf(own))}
			if id.alone != "" {
				for layout := range strings.SplitSeq(id.alone, "|") {
					if codeLen(layout) == len(form) {
						e.alone = append(e.alone, layout)
					}
				}
			}
			e.index()
		}
	}
}

// index files the entry where a first digit finds it.
func (e entry) index() {
	if e.digits() {
		ofDigits[len(e.form)] = append(ofDigits[len(e.form)], e)
		if e.alone != nil {
			aloneDigits[len(e.form)] = append(aloneDigits[len(e.form)], e)
		}
		if strings.Trim(e.form, "0") == "" {
			return
		}
	}
	lead := 0
	for lead < len(e.form) && letterOnly(e.form[lead]) {
		lead++
	}
	for ; lead <= maxLead && lead < len(e.form); lead++ {
		e.indexRuns(lead)
		if digitOnly(e.form[lead]) {
			return
		}
	}
}

// digits reports whether a code of this form may be digits only.
func (e *entry) digits() bool {
	for i := range len(e.form) {
		if letterOnly(e.form[i]) {
			return false
		}
	}
	return true
}

// indexRuns files the entry under the runs of digits it may have behind lead
// letters. Where the form ends in the run, a text may go on with digits.
func (e entry) indexRuns(lead int) {
	for run := 1; run <= maxRun; run++ {
		at := lead + run // the first place after the run
		if at <= len(e.form) && letterOnly(e.form[at-1]) {
			return
		}
		row := &ofLetters[lead][run]
		switch {
		case at < len(e.form):
			if !digitOnly(e.form[at]) {
				row[1] = append(row[1], e)
			}
		case !e.digits():
			row[0], row[1] = append(row[0], e), append(row[1], e)
		}
	}
}

// codeLen counts the digits and letters of a layout.
func codeLen(layout string) (n int) {
	for i := 0; i < len(layout); i++ {
		if alnum.has(layout[i]) {
			n++
		}
	}
	return n
}

// standsAlone reports whether text is written in one of the layouts that need
// no context.
func (e *entry) standsAlone(text string) bool {
	for _, layout := range e.alone {
		if inLayout(text, layout) {
			return true
		}
	}
	return false
}

func inLayout(text, layout string) bool {
	if len(text) != len(layout) {
		return false
	}
	for i := 0; i < len(text); i++ {
		if c, want := text[i], layout[i]; !alnum.has(want) {
			if c != want {
				return false
			}
		} else if !fits(c, want) || lower.has(c) {
			return false
		}
	}
	return true
}

// digitID looks for an identifier of digits only at the beginning of num,
// the longest first. It reports whether it found one.
func (s *scan) digitID(num *number) bool {
	if s.statusAndSize(num) || num.decimal() || num.dated() || num.joined && s.text[num.start-1] == '.' {
		return false
	}
	total := num.n
	for g := num.groups - 1; g >= 0 && total >= minPhone; g-- {
		if total <= maxCode && len(ofDigits[total]) > 0 && s.digitsAs(num, g, total) {
			return true
		}
		total -= num.sizes[g]
	}
	return false
}

// digitsAs tries the rows of total digits on groups [0, last].
func (s *scan) digitsAs(num *number, last, total int) bool {
	near := s.tight(num, last)
	if !near && len(aloneDigits[total]) == 0 {
		return false
	}
	end := num.ends[last]
	if s.wordAt(end) {
		return false
	}
	rows, said := aloneDigits[total], topicSet{}
	if near {
		if said = s.told(num.start, end); said != (topicSet{}) {
			rows = ofDigits[total]
		}
	}
	if len(rows) == 0 {
		return false
	}
	var c code
	c.n = copy(c.at[:], num.digits[:total])
	apart := near || !s.continued(num, last)
	for k := range rows {
		e := &rows[k]
		about := said.meets(e.topics)
		if e.alone == nil && !about {
			continue
		}
		score := s.judgeID(e, c, num.start, end, about, apart)
		if score == 0 {
			continue
		}
		if s.fraction(num.start, end) && num.groups == 1 || s.insideUUID(num.start, end) {
			return false
		}
		s.emitNumber(num.start, end, pii.AccountNumber, score)
		return true
	}
	return false
}

// tight reports whether groups [0, last] are parted from other numbers, so
// that what words say is said of them.
func (s *scan) tight(num *number, last int) bool {
	return !num.joined && !num.hasMark(last, '\n') &&
		(last == num.groups-1 && !num.more || num.seps[last] == '\n' || last == 0 && num.seps[0] == ' ')
}

// statusAndSize knows the numbers behind the quoted request in an access log.
func (s *scan) statusAndSize(num *number) bool {
	return num.sizes[0] == 3 && num.groups > 1 && s.at(num.start-1) == ' ' && s.at(num.start-2) == '"'
}

// decimal reports whether num is a number with a fraction: 0.123456789.
func (num *number) decimal() bool {
	return num.groups > 1 && num.seps[0] == '.' && (num.groups == 2 && num.sizes[0] < 4 && num.sizes[1] > 4 || num.sizes[0] == 1 && num.digits[0] == '0')
}

// dated reports whether num begins with a date: 2026-11-24.
func (num *number) dated() bool {
	return num.groups >= 3 && num.shape(4, 2, 2) && (num.digits[0] == '1' || num.digits[0] == '2')
}

// judgeID returns how sure it is that c, which stands at [start, end), is e,
// or 0. near says whether words about it may count, apart whether it is
// parted from other numbers well enough to stand alone.
func (s *scan) judgeID(e *entry, c code, start, end int, near, apart bool) float32 {
	apart = apart && e.alone != nil && e.standsAlone(s.text[start:end])
	if !apart && !near {
		return 0
	}
	holds := e.check == nil || e.check(c)
	if holds && apart {
		return 0.95
	}
	if !near || !holds && e.weak {
		return 0
	}
	h := s.hear(start)
	if holds && !e.weak {
		if h.near.meets(e.topics) && !h.last.has(aboutOther) {
			return 1
		}
		if h.end < 0 && s.hearAfter(start, end).meets(e.topics) {
			return 0.9
		}
	}
	switch {
	case !h.name.has(e.own):
		return 0
	case holds && s.directly(h.end, start):
		return 0.85
	case s.connected(h.end, start):
		return 0.7
	}
	return 0
}

// told returns what words say about the value at [start, end), before or
// after it.
func (s *scan) told(start, end int) topicSet {
	h := s.hear(start)
	if h.end < 0 {
		return s.hearAfter(start, end)
	}
	if h.last.has(aboutOther) {
		return topicSet{}
	}
	return h.near
}

// hear listens to the words before i, memoised for the value looked at; the
// end it returns is an offset into the text.
func (s *scan) hear(i int) *heard {
	if s.heardAt != i+1 {
		context := s.context(i)
		s.heard = idWords.hear(context)
		if s.heard.end >= 0 {
			s.heard.end += i - len(context)
		}
		s.heardAt = i + 1
	}
	return &s.heard
}

// hearAfter listens to the words behind a value in prose: "… is my tax id".
// Behind "key: value" stands the next key.
func (s *scan) hearAfter(start, end int) topicSet {
	const reach = 40
	if strings.ContainsAny(s.context(start), ":=") {
		return topicSet{}
	}
	to := end
	for to < len(s.text) && to-end < reach && !clause.has(s.text[to]) && !(s.text[to] == '.' && s.at(to+1) == ' ') {
		to++
	}
	s.work += to - end
	h := idWords.hear(s.text[end:to])
	if h.near.has(aboutOther) {
		return topicSet{}
	}
	return h.near
}

// directly reports whether a value at start stands right behind a word that
// ends at end: no other number, and few words, between them.
func (s *scan) directly(end, start int) bool {
	const reach = 48 // bytes; a word of Cyrillic takes twice its letters
	if start-end > reach {
		return false
	}
	for i := end; i < start; i++ {
		if isDigit(s.text[i]) {
			return false
		}
	}
	return true
}

// letterID looks for an identifier with letters in it whose first digit
// stands at i.
func (s *scan) letterID(i int) bool {
	start, lead, run, letter := i, 0, 0, 0
	whole := s.wholeWord(i)
	for groups := 0; ; groups++ {
		for start > 0 && alpha.has(s.text[start-1]) {
			start--
			if lead++; lead > maxLead {
				return false
			}
		}
		s.work += lead + 1
		if s.wordBefore(start) || s.at(start-1) == '-' && isDigit(s.at(start-2)) { // i is not the first
			return false
		}
		if whole < 0 || whole-start >= shortest {
			if run == 0 {
				run, letter = s.digitRun(i)
			}
			if s.letteredAt(start, whole, ofLetters[lead][run][letter]) {
				return true
			}
		}
		if groups == 2 || start < 2 || s.text[start-1] != ' ' && s.text[start-1] != '-' || !alpha.has(s.text[start-2]) {
			return false
		}
		start--
	}
}

// letteredAt tries the rows at start. whole is the end of the word there, or
// -1 if the code may go on.
func (s *scan) letteredAt(start, whole int, rows []entry) bool {
	for k := range rows {
		e := &rows[k]
		switch {
		case whole >= 0 && whole-start != len(e.form):
		case whole < 0 && e.form[0] == 'X': // anything would do
			if s.writtenAs(e, start) {
				return true
			}
		case s.letteredAs(e, start):
			return true
		}
	}
	return false
}

// wholeWord returns the end of the word at i if nothing follows it over a
// separator, so that a code that begins in it ends with it; else -1.
func (s *scan) wholeWord(i int) int {
	const longest = maxCode + 2
	end := i
	for end < len(s.text) && end-i < longest && alnum.has(s.text[end]) {
		end++
	}
	s.work += end - i
	if end+1 < len(s.text) && codeSep(s.text[end]) && alnum.has(s.text[end+1]) {
		return -1
	}
	return end
}

// digitRun counts the digits from i on, over separators; letter is 1 where a
// letter follows them.
func (s *scan) digitRun(i int) (run, letter int) {
	j := i
	for blank := 0; j < len(s.text) && run < maxRun; j++ {
		switch c := s.text[j]; {
		case isDigit(c):
			run++
			blank = 0
			continue
		case codeSep(c) && blank < 2:
			blank++
			continue
		case alpha.has(c):
			letter = 1
		}
		break
	}
	s.work += j - i
	return run, letter
}

// writtenAs tries only the layouts of a form at start.
func (s *scan) writtenAs(e *entry, start int) bool {
	for _, layout := range e.alone {
		end := start + len(layout)
		if end > len(s.text) || !inLayout(s.text[start:end], layout) || s.wordAt(end) {
			continue
		}
		var c code
		for i := start; i < end; i++ {
			if alnum.has(s.text[i]) {
				c.at[c.n] = s.text[i]
				c.n++
			}
		}
		return s.letteredID(e, c, start, end)
	}
	return false
}

// letteredAs tries a form at start.
func (s *scan) letteredAs(e *entry, start int) bool {
	c, end := s.read(e.form, start)
	return c.n > 0 && s.letteredID(e, c, start, end)
}

// letteredID emits c, which stands at [start, end), if it is e.
func (s *scan) letteredID(e *entry, c code, start, end int) bool {
	if end-start > c.n && codeSep(s.at(end)) && isDigit(s.at(end+1)) { // it goes on
		return false
	}
	score := s.judgeID(e, c, start, end, true, !s.amid(start, end))
	if score == 0 || s.insideUUID(start, end) {
		return false
	}
	s.emitNumber(start, end, pii.AccountNumber, score)
	return true
}

// read reads a code of the form at start, over separators between groups, and
// returns it with the offset after it. Its n is 0 where there is none.
func (s *scan) read(form string, start int) (c code, end int) {
	const most = 6 // separators
	i, marks, open := start, 0, false
	for c.n < len(form) {
		if c.n > 0 && i < len(s.text) && codeSep(s.text[i]) {
			open = open || s.text[i] == '('
			if i++; i < len(s.text) && codeSep(s.text[i]) {
				i++
			}
			if marks++; marks > most {
				return code{}, 0
			}
		}
		if i >= len(s.text) {
			return code{}, 0
		}
		b := s.text[i]
		if !fits(b, form[c.n]) {
			return code{}, 0
		}
		if lower.has(b) {
			b &^= 0x20
		}
		c.at[c.n] = b
		c.n++
		i++
	}
	s.work += i - start
	if s.wordAt(i) {
		return code{}, 0
	}
	if open && s.at(i) == ')' {
		i++
	}
	return c, i
}

// codeSep knows the separators inside a code with letters: those of digits
// less the ones that part the pieces of paths and names.
func codeSep(b byte) bool { return b == ' ' || b == '-' || b == '.' || b == '(' }

// amid reports whether [start, end) goes on over a mark, as in file names,
// addresses and serial numbers.
func (s *scan) amid(start, end int) bool {
	const marks = dash | wordMark | dot | plusSlash | equals
	before := marks.has(s.at(start-1)) && s.at(start-1) != '=' && s.at(start-1) != '/'
	return before || marks.has(s.at(end)) && alnum.has(s.at(end+1))
}
