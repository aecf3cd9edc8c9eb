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

// fieldBefore reads the name of a field before the mark at i.
func (s *scan) fieldBefore(i int) (kind fieldKind, start int) {
	end := s.fieldEnd(i)
	if end < 2 || !s.mayBeField(end) {
		return noField, 0
	}
	return s.fieldKind(end)
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

// elementName returns the end of the name in a start tag that ends at i.
func (s *scan) elementName(i int) int {
	const longest = 2 * maxField
	if !quote.has(s.text[i-1]) { // no attributes
		return i
	}
	for k := i - 1; k >= 0 && i-k < longest; k-- {
		if s.text[k] == '<' {
			s.work += i - k
			for k++; (alnum | colon | dash | wordMark | dot).has(s.at(k)); k++ {
			}
			return k
		}
	}
	s.work += longest
	return 0
}

// fieldEnd returns the end of the name before the mark at i: without quotes,
// leaders, a remark in brackets and a number.
func (s *scan) fieldEnd(i int) int {
	end := i
	for end > 0 && i-end < maxField && ((quote | space | dot).has(s.text[end-1]) || s.text[end-1] == '\\' || s.text[end-1] == '*') {
		end--
	}
	if end > 0 && s.text[end-1] == ')' {
		for k := end - 1; k > 0 && end-k < maxField; k-- {
			if s.text[k] == '(' {
				for end = k; end > 0 && s.text[end-1] == ' '; {
					end--
				}
				break
			}
		}
	}
	for n := 0; n < 2 && end > 0 && (isDigit(s.text[end-1]) || s.text[end-1] == '_'); n++ {
		end--
	}
	s.work += i - end
	return end
}

// mayBeField is the cheap question first: can a name in the table end at i?
func (s *scan) mayBeField(i int) bool {
	last, i := s.keyByteBefore(i)
	before, i := s.keyByteBefore(i)
	first, _ := s.keyByteBefore(i)
	if first < 0x80 && !lower.has(first) {
		first = 0
	}
	return fieldTails.has(first, before, last)
}

// keyByteBefore returns what foldKey makes of the byte or letter that ends at
// i, and where it begins.
func (s *scan) keyByteBefore(i int) (c byte, start int) {
	if i < 1 {
		return 0, 0
	}
	if b := s.text[i-1]; b < 0x80 || i < 2 {
		return lowerByte(b), i - 1
	}
	if c, size := latinAt(s.text, i-2); size == 2 && c != 0 {
		return c, i - 2
	}
	return s.text[i-1], i - 1
}

// fieldKey is a name of a field, folded.
type fieldKey struct {
	at     [maxField + 2]byte
	n      int
	begins uint64 // bit k: a word begins at k
}

// fieldKind reads the name that ends at end.
func (s *scan) fieldKind(end int) (fieldKind, int) {
	start := end
	for start > 0 && end-start < maxField {
		c := s.text[start-1]
		if c == ' ' && start > 1 && (s.text[start-2] == '.' || s.text[start-2] == ' ') {
			break
		}
		if !(alnum | high | wordMark | dash | dot).has(c) && c != ' ' && c != '\'' && c != '/' {
			break
		}
		start--
	}
	start = s.runeBefore(start)
	s.work += end - start
	var key fieldKey
	key.fill(s.text[start:end])
	return key.kind(), start
}

// kind finds the longest end of the name in the table.
func (k *fieldKey) kind() fieldKind {
	for p := 0; p < k.n; p++ {
		if k.begins&(1<<p) == 0 {
			continue
		}
		kind, ok := fieldTable[string(k.at[p:k.n])]
		switch {
		case !ok:
		case kind == bareName && p > 0:
			if personWords.has(k.wordBefore(p)) {
				return fullName
			}
			return noField
		case (kind == personRole && k.n-p < 5 || kind == mailbox) && p > 0:
			return noField
		default:
			return kind
		}
	}
	return noField
}

// fill folds a name and notes where its words begin.
func (k *fieldKey) fill(name string) {
	inWord, humped := false, false
	for i := 0; i < len(name) && k.n < maxField; {
		b := name[i]
		c, size := latinAt(name, i)
		letter := c != 0 || b >= 0x80
		if letter && (!inWord || humped && upper.has(b)) {
			k.begins |= 1 << k.n
		}
		inWord, humped = letter, lower.has(b)
		switch {
		case c != 0:
			k.at[k.n] = c
			k.n++
		case b >= 0x80:
			for size = 1; i+size < len(name) && name[i+size]&0xC0 == 0x80 && size < 4; size++ {
			}
			if k.n+size > maxField {
				return
			}
			k.n += copy(k.at[k.n:], name[i:i+size])
			humped = false
		}
		i += size
	}
}

// wordBefore is the word before the one that begins at p.
func (k *fieldKey) wordBefore(p int) string {
	from := p - 1
	for from > 0 && k.begins&(1<<from) == 0 {
		from--
	}
	return string(k.at[from:p])
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

// mailboxes emits the names of "Ann Lee <ann@example.org>, Bo Yu <…>" at from.
func (s *scan) mailboxes(from int) {
	line := min(s.endUntil(runValue, lineEnd, from), from+8*maxLine)
	for n := 0; n < 16 && from < line; n++ {
		name := s.text[from:min(line, from+maxLine)]
		open := strings.IndexByte(name, '<')
		if open < 2 {
			return
		}
		s.work += open
		v := value{from: from, end: s.trimValue(from, from+open), quoted: true}
		if c := s.text[v.from]; c == '"' || c == '\'' {
			v.from++
			v.end = max(v.from, v.end-1)
		}
		closing := strings.IndexByte(s.text[from+open:min(line, from+open+maxLine)], '>')
		if closing < 0 || strings.IndexByte(s.text[from+open:from+open+closing], '@') < 0 {
			return
		}
		if v.from < v.end && !s.roleBox(from+open+1) {
			s.judgeField(personRole, from, v)
		}
		from += open + closing + 1
		for from < line && (s.text[from] == ',' || s.text[from] == ';' || s.text[from] == ' ') {
			from++
		}
	}
}

// roleBoxes begin the addresses of departments and programs.
var roleBoxes = newSet(`info sales support noreply no reply donotreply hello team order orders billing invoice invoices news newsletter notification notifications notify accounts accounting office admin contact service services help helpdesk mailer receipt receipts events tickets bookings reservations marketing hr jobs careers press postmaster root daemon mail security alerts alert updates update digest customer kundenservice kontakt buero rechnung bestellung ventas compras contacto facturas vendite ordini commercial commandes`)

// roleBox reports whether the address at i is not that of one person.
func (s *scan) roleBox(i int) bool {
	end := i
	for end < len(s.text) && end-i < 24 && alpha.has(s.text[end]) {
		end++
	}
	s.work += end - i
	return roleBoxes.has(s.text[i:end])
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

// beside reports whether a field near [from, to) has one of the words in its
// name: the record is that of a person, or of an address.
func (s *scan) beside(from, to int, w *words) bool {
	const reach = 200
	start, end := from, to
	for depth := 0; start > 0 && from-start < reach && !(s.text[start-1] == '\n' && s.at(start) == '\n'); start-- {
		if s.text[start-1] == '}' {
			depth++
		} else if s.text[start-1] == '{' {
			if depth--; depth < 0 { // another object's fields; but this one's name
				start = s.objectName(start - 1)
				break
			}
		}
	}
	for depth := 0; end < len(s.text) && end-to < reach && !(s.text[end] == '\n' && s.at(end+1) == '\n'); end++ {
		if s.text[end] == '{' {
			depth++
		} else if s.text[end] == '}' {
			if depth--; depth < 0 {
				break
			}
		}
	}
	s.work += end - start
	return w.in(s.text[start:from]) || w.in(s.text[to:end])
}

// placed reports whether text is a number of degrees that tells one house from
// the next: five decimals are a metre.
func placed(text string) bool {
	point := strings.IndexByte(text, '.')
	digits := strings.TrimPrefix(text, "-")
	return point > 0 && point < 5 && len(text)-point > 5 && len(text)-point < 18 && allDigits(strings.Replace(digits, ".", "", 1))
}

// placeWords are beside the place of somebody.
var placeWords = newWords(`gps user* device* driver* rider* customer* home location* position* geolocation* address* pickup* dropoff* phone* email* client* person* standort*
	first_name* last_name*`)

// bankLike reports whether text is a number of a bank: a BIC (ISO 9362), a
// routing number of the United States (ABA: weights 3, 7, 1), a sort code, a
// Bankleitzahl, an IFSC.
func bankLike(text string) bool {
	code := strings.NewReplacer(" ", "", "-", "").Replace(text)
	if allDigits(code) {
		sum := 0
		for i := 0; i < len(code); i++ {
			sum += int(code[i]-'0') * [3]int{3, 7, 1}[i%3]
		}
		return len(code) == 6 || len(code) == 8 || len(code) == 9 && sum%10 == 0
	}
	for i := 0; i < len(code); i++ {
		if !alnum.has(code[i]) || i < 4 && !alpha.has(code[i]) {
			return false
		}
	}
	return len(code) == 8 || len(code) == 11
}

// machineWords are beside the names of steps, packages and parts of a page.
var machineWords = newWords(`run uses steps kind apiversion namespace image version path dependencies license lat lon html provider plugin module chart license licenses checksum`)

// objectName returns where the name begins of the object whose bracket stands
// at i.
func (s *scan) objectName(i int) int {
	k := i
	for k > 0 && i-k < 8 && strings.IndexByte(" \n\t:[{\"", s.text[k-1]) >= 0 {
		k--
	}
	for k > 0 && i-k < maxField && (alnum | wordMark).has(s.text[k-1]) {
		k--
	}
	s.work += i - k
	return k
}

// recordWords are in the names of fields beside a person's name, addressWords
// of those beside a city.
var (
	recordWords = newWords(`email* e_mail mail phone* tel telefon* telephone* mobile* mobil dob birth* geb geburt* geboren ssn passport* street* address* addr strasse* adresse* adress* zip plz postcode* postal* gender sex age
		firstname* first_name* lastname* last_name* surname* vorname* nachname* naissance* nacimiento* nascimento* nascita* cpf dni nif tax_id* patient* iban salary* insurance* blood* allerg* occupation* nationality* citizenship* marital* mrn`)
	addressWords = newWords(`street* address* addr strasse* stra strassse anschrift* adresse* adress* rue voie calle direccion* domicilio logradouro endereco* rua morada indirizzo via straat* adres* ulica ulice utca strada gata* gade* gate* osoite* katu* sokak cadde alamat*
		first_name* last_name* surname* vorname* nachname* nom prenom* apellido* cognome sobrenome achternaam* nazwisko prijmeni
		улица адрес вулиця 住所 地址 주소 番地 丁目`)
)
