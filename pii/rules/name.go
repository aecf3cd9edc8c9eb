package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameShape is what a text looks like as a person's name.
type nameShape struct {
	ok       bool // letters, and marks that names have, and nothing else
	words    int
	capitals int // words that begin with a capital, or of a script without case
	initials int // single letters
	foreign  bool
}

// particles are the words in lower case in names.
var particles = newSet(`van von der den de del della di da do dos das du la le les los el al bin binti ibn ben bat ter ten te zu zum zur af av y e i und and och og abu ould mc o d l st san santa`)

// nameTitles stand before names and are no part of them.
var nameTitles = newSet(`mr mrs ms miss mx dr prof professor sir dame rev fr herr frau hr fru m mme mlle monsieur madame sr sra srta dott dottor sig sigra ing mag dipl med dent phil hc mevr dhr pan pani doc judr mudr`)

// noNames are words that no person's name has: firms, places, programs, and
// what stands in a field that nobody has filled in.
var noNames = newSet(`ltd limited inc llc llp gmbh ag kg ohg ug se sa sas sarl srl spa bv nv oy oyj ab aps plc corp corporation company co bank university school college hospital clinic
	institute department dept team group holding holdings capital partners trading ventures investment investments properties estates trustees finance insurance logistics consulting industries international media energy pharma motors airlines foods mills airways express service services center centre office support shop store hotel restaurant cafe club association foundation trust council ministry agency committee studio labs
	systems solutions technologies software project server cluster database default test admin administrator example user users unknown null none nil undefined na various misc untitled new main section page home
	settings profile dashboard the verein stiftung klinik praxis amt schule stadt societe mairie hopital empresa fundacion azienda comune
	string str text varchar char int integer boolean bool object array list required optional true false yes no field column value values input label placeholder type types any number date
	first last given family middle name names firstname lastname surname fullname forename vorname nachname prenom nom nombre nombres apellido apellidos cognome nome sobrenome imie nazwisko
	please enter anonymous anonym hidden missing invalid empty redacted masked deleted tbd tba todo nobody self myself events tickets news newsletter digest billing bookings reservations helpdesk security notifications alerts noreply order orders item product invoice account accounts error warning info debug root system guest sample demo
	public private static final const var let return function class struct enum faker maybe option schema this your my his her their password email phone address`)

// nameLike reads the shape of text as a name.
func nameLike(text string) (n nameShape) {
	if len(text) == 0 || len(text) > 80 {
		return n
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '+' || r == ',' }) {
		if n.words++; n.words > 6 || !n.word(word) {
			return n
		}
	}
	n.ok = n.words > 0
	return n
}

// word adds a word; it reports false for one that no name has.
func (n *nameShape) word(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	letters := 0
	for i, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
			if r >= 0x2E80 {
				n.foreign = true
			}
		case unicode.Is(unicode.M, r):
		case (r == '-' || r == '\'' || r == '’' || r == '.' || r == '·') && i > 0:
			if r == '.' && i < len(word)-1 && letters > 2 {
				return false // a member, a host
			}
		default:
			return false
		}
	}
	bare := strings.TrimRight(word, ".")
	if letters == 0 || letters > 24 || noNames.has(bare) {
		return false
	}
	switch {
	case letters == 1 && size == len(bare) && unicode.IsUpper(first):
		n.initials++
	case unicode.IsUpper(first) && !camel(word), !unicode.IsLower(first):
		n.capitals++
	case particles.has(bare):
	default:
		return true // a word in lower case
	}
	return true
}

// camel reports whether a word is one of a program: "firstName", "HTTPServer".
func camel(word string) bool {
	humps := 0
	for i := 2; i < len(word); i++ {
		if upper.has(word[i]) && lower.has(word[i-1]) {
			humps++
		}
	}
	return humps > 1
}

// nameValue judges whether v is a person's name and returns where it begins,
// behind titles.
func (s *scan) nameValue(kind fieldKind, key int, v value) (from int, ok bool) {
	from = s.skipTitles(v.from, v.end)
	text := s.text[from:v.end]
	n := nameLike(text)
	if !n.ok {
		return 0, false
	}
	plain := n.words - n.capitals - n.initials // words in lower case
	quotedOrWhole := v.quoted || v.line > v.end || s.at(v.end) == 0 || lineEnd.has(s.at(v.end))
	switch kind {
	case namePart:
		if n.capitals+n.initials > 0 {
			return from, plain < n.words && (plain == 0 || n.capitals >= 1 && lowersAreParticles(text))
		}
		return from, quotedOrWhole && n.words <= 3 && len(text) >= 3
	case fullName:
		return from, n.capitals > 0 && lowersAreParticles(text) || v.quoted && n.words >= 2 && n.words <= 4
	case personRole:
		return from, fullNameShape(n) && lowersAreParticles(text)
	case bareName:
		return from, fullNameShape(n) && lowersAreParticles(text) && s.beside(key, v.end, recordWords) && !s.beside(key, v.end, machineWords)
	case partOfName:
		return from, v.quoted && n.words <= 2 && n.capitals+n.initials > 0 && s.withinName(key, v)
	}
	return 0, false
}

// fullNameShape asks for two words, one of which may be an initial.
func fullNameShape(n nameShape) bool {
	return n.capitals >= 2 && n.words <= 5 || n.capitals == 1 && n.initials >= 1 || n.foreign && n.capitals == 1
}

// lowersAreParticles reports whether all words in lower case are such as
// names have.
func lowersAreParticles(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '+' || r == ',' }) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLower(r) && !particles.has(strings.TrimRight(word, ".'")) && !strings.Contains(word, "'") {
			return false
		}
	}
	return true
}

// skipTitles returns the offset after the titles at from.
func (s *scan) skipTitles(from, end int) int {
	for range 4 {
		word := from
		for word < end && alpha.has(s.text[word]) {
			word++
		}
		if word == from || !nameTitles.has(s.text[from:word]) || !(s.at(word) == '.' || s.at(word) == ' ') || upper.has(s.at(from+1)) && word-from > 2 {
			return from
		}
		for word < end && (s.text[word] == '.' || s.text[word] == ' ') {
			word++
		}
		if word >= end {
			return from
		}
		from = word
	}
	return from
}

// withinName reports whether "first", "last" and the like name parts of a
// person's name: the object is one, or the other part stands beside it.
func (s *scan) withinName(key int, v value) bool {
	const reach = 96
	before := s.text[max(0, key-reach):key]
	return nameObject.in(before) || nameObject.in(s.text[v.end:min(len(s.text), v.end+reach)])
}

var nameObject = newWords(`name names first last given family surname middle`)

// addressLike reports whether text can be a street or an address: words and,
// unless the field says street, a number; nothing of the net or of machines.
func addressLike(text string, street bool) bool {
	letters, digits, spaces, foreign := 0, 0, 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case alpha.has(c):
			letters++
		case isDigit(c):
			digits++
		case c == ' ' || c == '+':
			spaces++
		case c >= 0xE3:
			foreign++
		case c >= 0x80:
			letters++
		case c == '@' || c == '=' || c == '{' || c == '<' || c == '$' || c == '_' || c == '[':
			return false
		}
	}
	if strings.Contains(text, "://") || noAddress.in(text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case foreign >= 9:
		return true
	case letters < 3 || spaces == 0 || unicode.IsLower(first) && digits == 0:
		return street && digits > 0 && letters >= 4 && !strings.ContainsAny(text, ":\\") && !unicode.IsLower(first)
	case digits > 0:
		return true
	}
	return street && lowersAreParticles(text)
}

// noAddress are words of values that are no addresses.
var noAddress = newWords(`ipv4 ipv6 null none unknown required optional string varchar invalid enter your localhost http https not is are line field example`)

// placeLike reports whether text can be a postcode or a city.
func placeLike(text string) bool {
	if len(text) < 2 || len(text) > 48 {
		return false
	}
	digits := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isDigit(c) {
			digits++
		} else if !(alpha | high | dash).has(c) && c != ' ' && c != '\'' && c != '.' && c != '/' {
			return false
		}
	}
	if digits > 0 {
		return digits >= 2 && digits <= 9 && len(text) <= 10 || digits >= 4 && len(text) <= 40 // "NE1 6EE", "83671 Ort"
	}
	n := nameLike(text)
	return n.ok && n.capitals > 0
}
