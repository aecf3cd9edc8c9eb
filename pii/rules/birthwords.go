package rules

// The words that tell a date of birth.

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

// afterBirth stand behind a date of birth.
var afterBirth = func() (l lexicon) {
	l.add(`dob d_o_b birth birthday born is_my_birthday is_his_birthday is_her_birthday date_of_birth
		dogumlu dogumludur szuletett szul szuletesu syntynyt fodd fodt geboren geb
		г_р г_рожд года_рождения год_рождения рождения р_н року_народження народження рођен
		生 出生 生まれ 생 출생 에_태어 태어`, setOf(aboutBirth))
	return l
}()
