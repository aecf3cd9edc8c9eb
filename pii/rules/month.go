package rules

// monthNames are the names of the months in the languages of the countries
// whose traffic is filtered, as they stand in dates (the genitive where a
// language has one) and as they are shortened. Facts: Unicode CLDR, calendars,
// Gregorian, "format" and "stand-alone", wide and abbreviated.
var monthNames = [12]string{
	`jan january janv janvier januar enero ene janeiro jan gennaio gen januari styczen stycznia sty leden ledna led januara ianuarie ian sijecanj sijecnja januari jaanuar janvaris janvari sausio sausis tammikuuta tammikuun tammikuu ocak januarja janar
		январь января янв січня січень януари јануар јануара ιανουάριος ιανουαρίου ιαν γενάρη ינואר يناير كانون_الثاني जनवरी मकर มกราคม ม.ค.`,
	`feb february fevr fevrier februar febrero fevereiro fev febbraio februari luty lutego lut unor unora uno februara februarie veljaca veljace veebruar februaris februari vasario vasaris helmikuuta helmikuun helmikuu subat februarja shkurt
		февраль февраля фев лютого лютий февруари фебруар фебруара φεβρουάριος φεβρουαρίου φεβ פברואר فبراير شباط फ़रवरी फरवरी กุมภาพันธ์ ก.พ.`,
	`mar march mars marz maerz marzo marco maart mrt marzec marca marec brezen brezna bre marcius marc martie ozujak ozujka marts marts marta kovo kovas maaliskuuta maaliskuun maaliskuu mart maret mac
		март марта мар березня березень март марта μάρτιος μαρτίου μαρ מרץ مارس آذار मार्च มีนาคม มี.ค.`,
	`apr april avril avr abril abr aprile kwiecien kwietnia kwi duben dubna dub aprila aprilis aprilie travanj travnja aprill aprilis aprili balandzio balandis huhtikuuta huhtikuun huhtikuu nisan aprila prill
		апрель апреля апр квітня квітень април априла απρίλιος απριλίου απρ אפריל أبريل ابريل نيسان अप्रैल เมษายน เม.ย.`,
	`may mai mayo maio maggio mag mei maj maja kveten kvetna kve maja majus mai svibanj svibnja maijs maija geguzes geguze toukokuuta toukokuun toukokuu mayis maja
		май мая травня травень май мај маја μάιος μαΐου μαϊ μάη מאי مايو أيار मई พฤษภาคม พ.ค.`,
	`jun june juin juni junio junho giugno giu czerwiec czerwca cze cerven cervna cvn juna junius iunie lipanj lipnja juuni junijs junija birzelio birzelis kesakuuta kesakuun kesakuu haziran junija qershor juni
		июнь июня июн червня червень юни јун јуна ιούνιος ιουνίου ιουν יוני يونيو حزيران जून มิถุนายน มิ.ย.`,
	`jul july juil juillet juli julio julho luglio lug lipiec lipca lip cervenec cervence cvc jula julius iulie srpanj srpnja juuli julijs julija liepos liepa heinakuuta heinakuun heinakuu temmuz julija korrik
		июль июля июл липня липень юли јул јула ιούλιος ιουλίου ιουλ יולי يوليو تموز जुलाई กรกฎาคม ก.ค.`,
	`aug august aout agosto ago augustus sierpien sierpnia sie srpen srpna srp augusta augusztus aug kolovoz kolovoza augusts augusta rugpjucio rugpjutis elokuuta elokuun elokuu agustos avgusta avgust gusht agustus ogos
		август августа авг серпня серпень август αύγουστος αυγούστου αυγ אוגוסט أغسطس آب अगस्त สิงหาคม ส.ค.`,
	`sep sept september septembre septiembre setembro set settembre wrzesien wrzesnia wrz zari zar septembra szeptember szept septembrie rujan rujna septembris septembri rugsejo rugsejis syyskuuta syyskuun syyskuu eylul shtator
		сентябрь сентября сен сент вересня вересень септември септембар септембра σεπτέμβριος σεπτεμβρίου σεπ ספטמבר سبتمبر أيلول सितंबर सितम्बर กันยายน ก.ย.`,
	`oct october octobre octubre outubro out ottobre ott oktober okt pazdziernik pazdziernika paz rijen rijna rij oktobra octombrie listopad oktoober oktobris oktobri spalio spalis lokakuuta lokakuun lokakuu ekim tetor
		октябрь октября окт жовтня жовтень октомври октобар октобра οκτώβριος οκτωβρίου οκτ אוקטובר أكتوبر تشرين_الأول अक्टूबर ตุลาคม ต.ค.`,
	`nov november novembre noviembre novembro noiembrie noi listopad listopada lis studeni studenog studenoga novembra novembris novembri lapkricio lapkritis marraskuuta marraskuun marraskuu kasim nentor
		ноябрь ноября ноя листопада листопад ноември новембар новембра νοέμβριος νοεμβρίου νοε נובמבר نوفمبر تشرين_الثاني नवंबर नवम्बर พฤศจิกายน พ.ย.`,
	`dec december decembre dic diciembre dez dezembro dezember dicembre desember des grudzien grudnia gru prosinec prosince pro decembra decembrie prosinac prosinca detsember decembris decembri gruodzio gruodis joulukuuta joulukuun joulukuu aralik dhjetor
		декабрь декабря дек грудня грудень декември децембар децембра δεκέμβριος δεκεμβρίου δεκ דצמבר ديسمبر كانون_الأول दिसंबर दिसम्बर ธันวาคม ธ.ค.`,
}

// months finds them; a topic is the number of the month.
var months = func() (l lexicon) {
	for k, names := range monthNames {
		l.add(names, setOf(topic(k+1)))
	}
	return l
}()

// longestMonth bounds the name of a month, in bytes.
const longestMonth = 32

// monthAt returns the offset after the name of a month at i, or -1.
func (s *scan) monthAt(i int) int {
	if i >= len(s.text) {
		return -1
	}
	text, end := s.text[:min(len(s.text), i+longestMonth)], -1
	for _, word := range months.at(text, i) {
		end = max(end, matchLexeme(text, i, word.word))
	}
	s.work += 8
	return end
}

// monthBefore returns the offset of the name of a month that ends at i, or -1.
func (s *scan) monthBefore(i int) int {
	start := i
	for start > 0 && i-start < longestMonth && (alpha | high).has(s.text[start-1]) {
		start--
	}
	s.work += i - start
	if i-start < 3 || s.monthAt(start) != i {
		return -1
	}
	return start
}
