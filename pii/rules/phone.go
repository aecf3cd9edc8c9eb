package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const (
	minPhone = 7  // digits of the shortest local number taken
	maxPhone = 15 // digits, ITU-T E.164 §6.2.1
	maxTries = 3  // ends at which one number is tried
)

var (
	phoneWords = newWords(phoneList)

	// callWords speak of phones and of much else: they announce only what is
	// as long as a whole number.
	callWords = newWords(callList)

	// spokenWords are such words, too, and announce only what is parted as
	// numbers are spoken.
	spokenWords = newWords(spokenList)

	// anyPhoneWords are all of these, for one question instead of three.
	anyPhoneWords = newWords(phoneList + " " + callList + " " + spokenList)

	// countWords make a bare number behind a phone word a quantity.
	countWords = newWords(`count counts total totals users duration ms seconds size rate price cost costs model
		sessions views visits clicks requests code codes bytes version width height percent type types kind`)

	// otherWords say that a number without '+' is something else.
	otherWords = newWords(`order* invoice* tracking* isbn* issn* sku* part_no* part_number* serial* ticket* batch*
		po po_number* ref refno* reference* case build* version* id ids uuid* doi* rfc* commit* lot upc ean asin
		account* acct* iban* ssn* passport* epoch* timestamp* time ts offset* size bytes port* pid row rows line lines
		bestellnummer* rechnung* commande* pedido* factura*`)
)

// The words of phoneWords, callWords and spokenWords.
const (
	phoneList = `phone* telephone* tel tels telno* telnum* mobile* mob cell cellphone* cells
		fax* whatsapp* sms contact_number* contact_no* call_me* text_me* handy* telefon* telefono* telefone* tlf tfno teleph* portable* movil* celular*
		cellulare* gsm msisdn* hotline* landline* voicemail* rufnummer* mobil mobilnummer*
		caller* callee* recipient_number* number_is numero_de_tel* imessage* ph phn
		tlf telefonnr* telefonnummer* puhelin* puh puhelinnumero* mobiltelefon* numer_telefonu komorka komorke komorki kom gsm_no cep_tel* cep_telefon* telefonszam* telefonom mobilszam* nr_tel* br_tel* telefonul
		tel_no telno nohp no_hp nomor_hp sodienthoai dien_thoai sdt
		звън звонит позвон дзвон зателефон κινητό Κινητό κιν Τηλ Τηλέφωνο τηλέφωνο पर_कॉल मोबाइल फ़ोन मोब موبايل جوال تليفون נייד טל 연락처 휴대폰 휴대전화 โทร เบอร์
		電話 电话 手机 手機 携帯 전화 тел Тел ТЕЛ моб Телефон телефон τηλ هاتف फोन טלפון tél Tél téléphone Téléphone móvil Móvil`

	callList = `call calls called calling callback dial dialed ring reach contact contacts`

	spokenList = `rang reached text texted number numbers message
		ruf rufen anrufen ruft rufe erreichbar erreichen melden nummer meldet appeler appelle appelez appelle rappeler rappelez rappelle joindre joignable numero
		llama llame llamar llamame llamen contacto contactar ligar liga ligue contato contatar chiamare chiama chiami chiamami chiamate contatto contattare
		bel bellen belt bereikbaar contacteren zadzwon zadzwonic dzwon dzwonic kontakt kontaktu numerem numer zavolat zavolej volat volejte cislo hivj hivjon szam suna sunati numarul zovi nazovi broj pozovite
		ring ringa ringe kontakta kontakte nummer nummeret soita soittaa numero ara arayin numara hubungi telepon
		номер звони набери κάλεσε πάρε αριθμό नंबर رقم اتصل מספר להתקשר`
)

// phone looks for a telephone number at the beginning of num. What is a
// number of a country is libphonenumber's knowledge; here stands only what
// makes a run of digits a candidate worth the question.
func (s *scan) phone(num *number) {
	// Behind a '+' the digits after a line end may belong to it, see wrappedPhone.
	if num.start < s.taken || num.inLine() < minPhone && (num.n < minPhone || s.at(num.start-1) != '+') {
		return
	}
	from, plus := s.phoneStart(num)
	switch {
	case plus:
		s.international(num, from, num.digits[:])
		if num.start >= s.taken {
			s.wrappedPhone(num, from)
		}
	case num.digits[0] == '0' && num.digits[1] == '0':
		if num.sizes[0] > 1 && !num.joined && (num.groups > 2 && num.callingCode() || s.near(from, phoneWords)) {
			s.international(num, from, num.digits[2:])
		}
	default:
		s.national(num, from)
	}
}

// wrappedPhone judges a number with its country code that one line end breaks.
func (s *scan) wrappedPhone(num *number, from int) {
	total, breaks := 0, 0
	for g := range num.groups {
		if total += num.sizes[g]; g == 0 {
			continue
		}
		if num.seps[g-1] == '\n' {
			breaks++
		}
		if breaks > 1 || total > maxPhone {
			return
		}
		if breaks == 1 && !s.wordAt(num.ends[g]) && (g+1 == num.groups && !num.more || num.seps[g] == '\n') {
			valid, possible := s.judgeE164(num.digits[:total])
			if valid || possible && (s.near(from, phoneWords) || s.near(from, callWords)) {
				s.emitPhone(num, from, g, 0.8)
			}
			return
		}
	}
}

// phoneStart returns where the number begins, taking in "(", "+" and "(+".
func (s *scan) phoneStart(num *number) (from int, plus bool) {
	from = num.start
	if s.at(from-1) == ' ' && s.at(from-2) == '+' {
		from--
	}
	if from < num.start && num.groups == 1 && !s.near(from, phoneWords) {
		return num.start, false // a sum
	}
	if s.at(from-1) == '(' {
		from--
	}
	if s.at(from-1) == '+' && !s.wordBefore(from-1) && s.at(from-2) != '+' {
		from, plus = from-1, true
		if s.at(from-1) == '(' {
			from--
		}
	}
	return from, plus
}

// inLine counts the digits up to where phoneEnds sees a line end.
func (num *number) inLine() (n int) {
	for g := range num.groups {
		n += num.sizes[g]
		if num.seps[g] == '\n' || num.seps[g] == '_' {
			break
		}
	}
	return n
}

// phoneEnds calls try with the groups with which a phone number could end,
// longest first, until it returns true.
func (s *scan) phoneEnds(num *number, try func(last, digits int) bool) {
	total, tries := num.n, 0
	line := num.groups
	for g := 0; g < num.groups-1; g++ {
		if num.seps[g] == '\n' || num.seps[g] == '_' {
			line = g + 1
			break
		}
	}
	for g := num.groups - 1; g >= 0 && total >= minPhone && tries < maxTries; g-- {
		if g < line && total <= maxPhone+2 && (!s.wordAt(num.ends[g]) || s.extension(num.ends[g]) > num.ends[g]) {
			tries++
			if try(g, total) {
				return
			}
		}
		total -= num.sizes[g]
	}
}

// international judges a number with its country code; digits are num's
// without a "00" prefix.
func (s *scan) international(num *number, from int, digits []byte) {
	if digits[0] == '0' {
		return
	}
	skipped := maxDigits - len(digits)
	s.phoneEnds(num, func(last, total int) bool {
		total -= skipped
		if total < minPhone || total > maxPhone+1 {
			return false
		}
		valid, possible := s.judgeE164(digits[:total])
		// Invented numbers and new ranges: '+', a known country code, a
		// possible length, and written or announced like a number.
		if !valid && (!possible || (skipped > 0 || last < 2) && !s.near(from, phoneWords)) {
			return false
		}
		score := float32(0.95)
		if !valid {
			score = 0.7
		}
		for skipped == 0 && last+1 < num.groups && total+num.sizes[last+1] <= maxPhone && num.sizes[last+1] <= 4 && num.seps[last] == num.seps[max(0, last-1)] && num.seps[last] != '\n' && !s.wordAt(num.ends[last+1]) {
			last++ // more digits than its country has belong to it all the same
			total += num.sizes[last]
		}
		s.emitPhone(num, from, last, score)
		return true
	})
}

// national judges a number without country code.
func (s *scan) national(num *number, from int) {
	bare := num.groups == 1
	usual := !bare && s.usualShape(num, from)
	if !usual && num.n > maxPhone+3 && bare {
		return
	}
	if num.joined && !usual {
		return
	}
	// Status and size behind the quoted request: most of what an access log
	// asks.
	if !usual && num.n < 9 && s.at(from-1) == ' ' && s.at(from-2) == '"' {
		return
	}
	context := s.context(from)
	if !usual && !anyPhoneWords.in(context) { // as nearly always
		return
	}
	called := callWords.in(context)
	named := phoneWords.in(context) || num.n >= 10 && called
	if named && bare && (countWords.in(context) || otherWords.in(context) && !phoneKey(context)) {
		return
	}
	if !named && (called || spokenWords.in(context)) && !otherWords.in(context) && num.spokenGroups(num.groups) && (space | quote | colon).has(s.at(from-1)) {
		named = true
	}
	if !named && (!usual || num.joined || otherWords.in(context)) || named && idKey(context) || num.dated() {
		return
	}
	s.phoneEnds(num, func(last, total int) bool {
		if bare && s.fraction(num.start, num.ends[0]) {
			return false
		}
		if !named && (s.followed(num, last) || !num.phoneGroups(last+1, total)) {
			return false
		}
		if !s.validNational(num, last, total, named) && !(named && s.msisdn(num.digits[:total])) {
			return false
		}
		s.emitPhone(num, from, last, 0.85)
		return true
	})
}

// msisdn reports whether digits are a whole international number written
// without its '+', as phone systems and chat programs store it.
func (s *scan) msisdn(digits []byte) bool {
	if len(digits) < 11 || len(digits) > maxPhone || digits[0] == '0' {
		return false
	}
	valid, _ := s.judgeE164(digits)
	return valid
}

// phoneKey reports whether the context ends in a key of its own whose words
// are all about phones: "ref 12, phone: ".
func phoneKey(context string) bool {
	end := strings.LastIndexAny(context, ":=")
	if end < 0 {
		return false
	}
	key := context[strings.LastIndexAny(context[:end], ",;&{|?\n")+1 : end]
	return phoneWords.in(key) && !otherWords.in(key)
}

// idKey reports whether the context is a key such as "contact_id" or
// "phone order no", which names the record and not the number.
func idKey(context string) bool {
	for k := len(context) - 1; k >= 0 && len(context)-k < 8; k-- {
		if c := context[k]; c == ':' || c == '=' {
			return k >= 3 && foldEqual(context, k-2, "id") && !alpha.has(context[k-3]) ||
				k >= 4 && foldEqual(context, k-3, "id\"") && !alpha.has(context[k-4])
		}
	}
	return false
}

// usualShape is the cheap question: do the groups, the marks and what stands
// before look like a national phone number at all?
func (s *scan) usualShape(num *number, from int) bool {
	switch before := s.at(from - 1); before {
	case '-', '_', '.', '/', '#', '$', '+', ',', '*', '%':
		return false
	case ':': // a time, a MAC address, a device number
		if hexDigit.has(s.at(from - 2)) {
			return false
		}
	case ' ':
		if s.hexByte(from - 3) {
			return false
		}
	}
	if num.digits[0] == '0' {
		return num.n >= 9 && num.sizes[0] >= 2 && num.sizes[0] <= 5
	}
	return num.nanp(num.groups) || num.russian() || s.at(from) == '(' && num.brazilian()
}

// russian reports whether the number is written with Russia's trunk prefix:
// 8 (495) 123-45-67.
func (num *number) russian() bool {
	return num.digits[0] == '8' && num.sizes[0] == 1 && num.groups == 5 && num.shape(1, 3, 3, 2, 2)
}

// nanp reports whether the first groups are written as in North America:
// AAA EEE NNNN, with or without the trunk prefix 1.
func (num *number) nanp(groups int) bool {
	k, d := 0, 0
	if num.sizes[0] == 1 && num.digits[0] == '1' {
		k, d = 1, 1
	}
	if groups < k+3 || num.seps[k+1] == '(' || num.seps[k] == '-' && num.seps[k+1] == '.' { // pages and a year
		return false
	}
	return num.sizes[k] == 3 && num.sizes[k+1] == 3 && num.sizes[k+2] == 4 &&
		num.digits[d] >= '2' && num.digits[d+3] >= '2'
}

// brazilian reports whether the groups are written as in Brazil, where the
// area code stands in brackets: (11) 91234-5678.
func (num *number) brazilian() bool {
	return (num.shape(2, 5, 4) && num.digits[2] == '9' || num.shape(2, 4, 4)) && num.seps[0] == ')' && num.seps[1] == '-'
}

// phoneGroups judges how groups are parted where no word announces a number:
// dates, decimal numbers and columns are not phone numbers.
func (num *number) phoneGroups(groups, total int) bool {
	if num.digits[0] != '0' {
		return num.nanp(groups) && (total == 10 || total == 11) || num.russian() && groups == 5 || num.brazilian() && groups == 3
	}
	if groups < 2 || total < 9 || total > 12 || num.seps[0] == '.' && groups == 2 {
		return false
	}
	if groups == 2 && num.shape(5, 4) && num.seps[0] == '-' { // a ZIP code of nine digits
		return false
	}
	dateMark := num.seps[0] == '-' || num.seps[0] == '.' || num.seps[0] == '/'
	return !(dateMark && groups >= 3 && num.sizes[0] == 2 && num.sizes[1] == 2 &&
		(num.sizes[2] == 4 || num.sizes[2] == 2 && num.seps[2] != num.seps[0]))
}

// spokenGroups reports whether groups are parted as numbers are spoken: blanks
// or dashes, two to four digits each but the first.
func (num *number) spokenGroups(groups int) bool {
	if groups < 2 || groups > 6 || num.n < 8 || num.n > 12 || num.sizes[0] > 7 || groups == 2 && num.digits[0] != '0' && (num.n < 9 || num.seps[0] != ' ') {
		return false
	}
	for g := range groups {
		if g > 0 && (num.sizes[g] < 2 || num.sizes[g] > 6) || g < groups-1 && num.seps[g] != ' ' && num.seps[g] != '-' && num.seps[g] != '/' {
			return false
		}
	}
	return num.uniform(groups-1) || num.seps[0] == '/'
}

// followed reports whether digits go on after groups [0, last].
func (s *scan) followed(num *number, last int) bool {
	return (last+1 < num.groups || num.more) && num.seps[last] != '\n' ||
		fractionMark(s.at(num.ends[last])) && isDigit(s.at(num.ends[last]+1))
}

func fractionMark(c byte) bool { return c == '.' || c == ',' || c == ':' }

// emitPhone emits the number with its extension.
func (s *scan) emitPhone(num *number, from, last int, score float32) {
	end := num.ends[last]
	if !s.insideUUID(num.start, end) {
		s.emitNumber(from, s.extension(end), pii.PrivatePhone, score)
	}
}

// extension returns the end of an extension such as "ext. 12" after i, or i.
func (s *scan) extension(i int) int {
	j := i
	for j < i+2 && (s.at(j) == ' ' || s.at(j) == ',') {
		j++
	}
	for _, mark := range []string{"extension", "ext.", "ext", "x", "durchwahl", "poste"} {
		if !foldEqual(s.text, j, mark) {
			continue
		}
		j += len(mark)
		for k := 0; k < 2 && (s.at(j) == ' ' || s.at(j) == ':'); k++ {
			j++
		}
		end := j
		for end < len(s.text) && end-j < 7 && isDigit(s.text[end]) {
			end++
		}
		if end > j && end-j < 7 && !s.wordAt(end) {
			return end
		}
		return i
	}
	return i
}
