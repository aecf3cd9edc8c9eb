package rules

import (
	"slices"
	"strings"
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
	idsPoland, idsNordic, idsBaltic, idsEast, idsSouth, idsAsia, idsOceania, idsLatam, idsThings,
)

// entry is one compact form of a row.
type entry struct {
	*idKind
	form   string
	alone  []string
	own    topic
	topics topicSet
}

// maxLead is the most letters with which a form begins, maxRun the most digits
// that are counted behind them, shortest the length of the shortest form.
const (
	maxLead  = 9
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
