package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Topics of the words about birth.
const (
	aboutBirth   topic = iota // "born", "Geburtsdatum": a date near them is that of a birth
	aboutInitial              // "b.", "n.", "ur": only a date right behind them
)

// birthWords are written as lexicon says, in the order of European languages,
// those of the Near East and of Asia.
var birthWords = func() (l lexicon) {
	l.add(`born birth birthdate* birthday* birth_date* birth_day* b_day bdate dob dobs d_o_b birthdt dateofbirth* birth_dt
		geboren* geborene* geburtsdatum* geburtstag* geburtsdat* geb_dat* gebdat* geb geburt
		ne_le nee_le ne nee nes nees naissance* date_naiss* d_naiss* ddn d_d_n anniversaire
		nacido nacida nacidos nacidas nacio nacimiento* fecha_nac* f_nac f_nacimiento* fec_nac* fecnac* fnac cumpleanos
		nascido nascida nascidos nasceu nascimento* data_nasc* dt_nasc* dtnasc* d_nasc nasc d_n dn
		nato nata nati nascita* data_di_nascita* datanascita* data_nasc*
		geboortedatum* gebdatum* geboorte geb_datum* verjaardag
		urodzony urodzona urodzonej urodzonego urodzeni urodzenia* urodzil urodzila data_ur* dataurodzenia* ur urodziny urodzin
		narozen narozena narozeni narozeny narozenin* datum_nar* dat_nar* narodeny narodena narodenia narodeni* datumnarozeni* nar
		szuletett szuletes* szul_ido* szul szuldatum*
		nascut nascuta nasterii nastere data_nast*
		roden rodena rodjen* rodenja rodjenja rojen rojena rojstva rojstni* datum_rod*
		dogum dogumlu dogumtarihi* dogum_tarihi* d_t d_tarihi* dog
		fodd fodda fodelsedatum* fodelsedag* fodt fodselsdato* fodselsdag* foedt fodelse fodsel foedselsdato* foedselsdag*
		syntynyt syntyi syntyma* synt syntymaaika* syntymapaiva* faddur fadd fadingar*
		sundinud sunniaeg* sunnikuupaev* gimes gimusi gime gimimo* dzimis dzimusi dzimsanas* lindur datelindja*
		lahir tanggal_lahir* tgl_lahir* ttl tarikh_lahir* kelahiran sinh_ngay ngay_sinh* ngaysinh* kapanganakan ipinanganak kuzaliwa
		рожд родил рожден род роден родена народив народил народж д_р г_р народження дата_рождения дата_народження датарождения
		рођен рођењ роден
		γέννησ γεννησ γεννήθ γεννηθ γεννημ γεν ημ_γεν γενν
		ת_לידה לידה נולד יליד ילידת תאריך_לידה مواليد ولد ولدت الميلاد ميلاد متولد تولد जन्म জন্ম เกิด วันเกิด
		出生 生日 生于 生於 生年月日 誕生日 生まれ 생년월일 생일 출생 태어`, setOf(aboutBirth))
	l.add(`b n f s`, setOf(aboutInitial))
	return l
}()

// birthFillers are the words in lower case that may stand between a word about
// birth and the date. Names of places and people begin with a capital.
var birthFillers = newSet(`on in at the of is was as to and my his her their by day date form format year
	am im um den der die das dem tag vom ist war und zu
	le la les a au aux en e est es et du de des d l
	el los il lo i gli nel nella del della dello di da dal e ed in on
	dia data o os no na nos nas ao em y
	op te het een w we dnia dn r v ve ve dne den na dna u je jest byl
	den d i i den paa pa og
	dd mm yyyy yy dia mes ano jj aaaa tt mm jjjj gg rrrr hh aa dato datum datem dated fecha
	tarihi tarihinde ngay tanggal tgl pada di
	ido ideje datuma local time s st`)

// bornBefore reports whether the words before a date say that it is one of
// birth: near, and with nothing between but names and fillers.
func (s *scan) bornBefore(d day) bool {
	const reach = 72
	if !s.mayBeNamedBirth(d.start) {
		return false
	}
	from := max(0, d.start-reach)
	if s.starred(d) {
		return true
	}
	from = max(s.lineFrom(from, d.start), s.keyFrom(from, d.start))
	s.work += d.start - from
	window := s.text[from:d.start]
	h := birthWords.hear(window)
	if h.end < 0 {
		return false
	}
	gap := window[h.end:]
	if h.last.has(aboutBirth) {
		return bridged(gap) && !strings.HasSuffix(window[:h.end], "NATO")
	}
	return d.whole && (gap == ". " || gap == "." || gap == " ") && h.end > 0 && !s.inSentenceWord(from+h.end)
}

// mayBeNamedBirth is the cheap question first: can what stands before i speak
// about it? Most dates begin a line of a log or stand in brackets.
func (s *scan) mayBeNamedBirth(i int) bool {
	for n := 0; n < 3 && i > 0 && s.text[i-1] == ' '; n++ {
		i--
	}
	if i == 0 {
		return false
	}
	switch c := s.text[i-1]; {
	case c == '\n':
		before := s.at(i - 2)
		return (alpha | high | colon).has(before) || before == ',' || before == '\r' || before == ')'
	case c == '[' || c == '{' || isDigit(c):
		return false
	case c == '/':
		return s.at(i-2) != '/'
	}
	return true
}

// inSentenceWord reports whether the initial that ends at i is not one: a
// letter behind an apostrophe, or in a word.
func (s *scan) inSentenceWord(i int) bool { return (alnum | quote).has(s.at(i - 2)) }

// lineFrom moves from behind the last but one line end before i: a date may
// stand on the line after its label.
func (s *scan) lineFrom(from, i int) int {
	ends := 0
	for k := i - 1; k >= from; k-- {
		if s.text[k] == '\n' {
			if ends++; ends == 2 {
				return k + 1
			}
		}
	}
	return from
}

// keyFrom returns where the key begins whose value stands at i, or from where
// no mark of assignment stands between.
func (s *scan) keyFrom(from, i int) int {
	k, keyed := i, false
	for k > from && (quote | space | colon | equals).has(s.text[k-1]) {
		k--
		keyed = keyed || s.text[k] == ':' || s.text[k] == '='
	}
	if !keyed {
		return from
	}
	const key = alnum | high | wordMark | dash | dot | space
	for k > from && (key.has(s.text[k-1]) || strings.IndexByte("()/'", s.text[k-1]) >= 0) {
		k--
	}
	return k
}

// starred reports whether an asterisk stands for "born": "(* 12.03.1951)".
func (s *scan) starred(d day) bool {
	i := d.start
	if s.at(i-1) == ' ' {
		i--
	}
	if s.at(i-1) != '*' || !d.whole || s.at(d.end) == '*' {
		return false
	}
	before := s.at(i - 2)
	if before == ' ' {
		before = s.at(i - 3)
	}
	return before == '(' || before == ',' || alpha.has(before)
}

// bridged reports whether gap, which stands between a word about birth and a
// date, leaves the two together.
func bridged(gap string) bool {
	if len(gap) > 1 && gap[0] == '-' && alpha.has(gap[1]) { // "born-again"
		return false
	}
	capitals, other, lines := 0, 0, 0
	for i := 0; i < len(gap); {
		c, size := latinAt(gap, i)
		switch b := gap[i]; {
		case c != 0:
			word := i
			for c != 0 {
				i += size
				c, size = latinAt(gap, i)
			}
			if isCapital(gap[word:i]) {
				if capitals++; capitals > 6 {
					return false
				}
			} else if !birthFillers.has(foldWord(gap[word:i])) {
				return false
			}
			continue
		case isDigit(b), b == ';', b == '{', b == '}', b == '!', b == '?', b == '&', b == '<':
			return false
		case b == '\n':
			if lines++; lines > 1 {
				return false
			}
		case b == '.' && i > 0 && i+2 < len(gap) && gap[i+1] == ' ' && capitals > 0 && i > 3:
			return false // a sentence ends
		case b >= 0x80:
			r, n := utf8.DecodeRuneInString(gap[i:])
			if r >= 0x2E80 { // Han, Kana, Hangul: a word is a letter or two
				other += 6
			} else {
				other++
			}
			if other > 26 {
				return false
			}
			i += n
			continue
		}
		i++
	}
	return strings.Count(gap, "\",") == 0
}

// isCapital reports whether a Latin word begins with a capital.
func isCapital(word string) bool {
	if word[0] < utf8.RuneSelf {
		return upper.has(word[0])
	}
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// foldWord is word without accents where that changes nothing else.
func foldWord(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			var buf [16]byte
			n := 0
			for k := 0; k < len(word) && n < len(buf); {
				c, size := latinAt(word, k)
				buf[n] = c
				n++
				k += size
			}
			return string(buf[:n])
		}
	}
	return word
}

// afterBirth stand behind a date of birth.
var afterBirth = func() (l lexicon) {
	l.add(`dob d_o_b birth birthday born is_my_birthday is_his_birthday is_her_birthday date_of_birth
		dogumlu dogumludur szuletett szul szuletesu syntynyt fodd fodt geboren geb
		г_р г_рожд года_рождения год_рождения рождения р_н року_народження народження рођен
		生 出生 生まれ 생 출생 에_태어 태어`, setOf(aboutBirth))
	return l
}()

// bornAfter reports whether the words right behind a date say that it is one
// of birth: "12.04.1951 г.р.", "昭和24年3月8日生", "3.5.1980 (DOB)".
func (s *scan) bornAfter(d day) bool {
	const reach = 40
	i := d.end
	for n := 0; n < 4 && i < len(s.text) && strings.IndexByte(" ,(.[-", s.text[i]) >= 0; n++ {
		i++
	}
	if i >= len(s.text) || !(alpha | high).has(s.text[i]) {
		return false
	}
	for _, suffix := range []string{"án ", "én "} { // Hungarian: "4-én született"
		if strings.HasPrefix(s.text[i:], suffix) {
			i += len(suffix)
		}
	}
	for _, year := range []string{"г. ", "г.", "р. "} { // "12 апреля 1951 г. рождения"
		if strings.HasPrefix(s.text[i:], year) && birthAt(s.text[i+len(year):min(len(s.text), i+reach)]) {
			return true
		}
	}
	return birthAt(s.text[i:min(len(s.text), i+reach)])
}

// birthAt reports whether text begins with a word of afterBirth.
func birthAt(text string) bool {
	if text == "" {
		return false
	}
	for _, word := range afterBirth.at(text, 0) {
		if matchLexeme(text, 0, word.word) >= 0 {
			return true
		}
	}
	return false
}
