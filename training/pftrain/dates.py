"""Dates: of birth (personal), of administration and of logs (not)."""

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "sw": "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "sr": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
}  # fmt: skip

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo", "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica", "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo", "pl": "poniedziałek wtorek środę czwartek piątek sobotę niedzielę", "cs": "pondělí úterý středu čtvrtek pátek sobotu neděli",
    "sk": "pondelok utorok stredu štvrtok piatok sobotu nedeľu", "hr": "ponedjeljak utorak srijedu četvrtak petak subotu nedjelju", "sl": "ponedeljek torek sredo četrtek petek soboto nedeljo",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap", "ro": "luni marți miercuri joi vineri sâmbătă duminică", "sv": "måndag tisdag onsdag torsdag fredag lördag söndag", "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag", "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag", "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev", "lt": "pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį", "lv": "pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar", "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu", "ru": "понедельник вторник среду четверг пятницу субботу воскресенье", "uk": "понеділок вівторок середу четвер пʼятницю суботу неділю",
    "bg": "понеделник вторник сряда четвъртък петък събота неделя", "sr": "понедељак уторак среду четвртак петак суботу недељу", "el": "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή", "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه", "he": "שני שלישי רביעי חמישי שישי שבת ראשון", "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार", "th": "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์",
    "zht": "星期一 星期二 星期三 週四 週五 週六 週日", "zh": "星期一 星期二 星期三 周四 周五 周六 周日", "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日", "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일", "vi": "thứ hai,thứ ba,thứ tư,thứ năm,thứ sáu",
}  # fmt: skip
_DOTTED = frozenset("de cs sk hr sl sr no nb da fi et lv pl ru uk bg tr ro mk hu".split())


def month(s) -> str:
    """A month's name."""
    if s.language in ("zh", "zht", "ja", "ko"):
        return f"{s.rng.randint(1, 12)}{'월' if s.language == 'ko' else '月'}"
    return s.pick(_MONTHS.get(s.language, _MONTHS["en"]).split())


def weekday(s) -> str:
    """A day of the week."""
    return s.pick(WEEKDAYS.get(s.language, WEEKDAYS["en"]).replace(",", " ").split(" ") if s.language != "vi" else WEEKDAYS["vi"].split(","))


def year(s) -> str:
    """A year."""
    return str(s.rng.randint(1990, 2027))


def _date(s, low: int, high: int) -> str:
    y, m, d = s.rng.randint(low, high), s.rng.randint(1, 12), s.rng.randint(1, 28)
    lang = s.language
    if s.chance(0.1):
        return f"{y}-{m:02}-{d:02}"
    if lang in ("zh", "zht", "ja", "ko"):
        a, b, c = "년 ,월 ,일".split(",") if lang == "ko" else ("年", "月", "日")
        forms = [f"{y}{a}{m}{b}{d}{c}"] * 3 + [f"{y}/{m:02}/{d:02}", f"{y}.{m}.{d}", f"{y}-{m:02}-{d:02}"]
        if lang == "ja" and low < 1990:
            forms.append(f"昭和{s.rng.randint(20, 63)}年{m}月{d}日")
        return s.pick(forms)
    if lang == "fa":
        y -= 621
    elif lang == "th" and s.chance(0.8):
        y += 543
    month = _MONTHS.get(lang, "").split()
    name = month[m - 1] if month else ""
    if lang == "en":
        th = "th" if 10 < d < 20 else {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
        return s.pick([
            f"{d} {name} {y}", f"{name} {d}, {y}", f"{name} {d}{th}, {y}", f"{d}{th} of {name} {y}", f"{name[:3]} {d}, {y}", f"{d} {name[:3]} {y}", f"{m:02}/{d:02}/{y}", f"{d:02}/{m:02}/{y}",
            f"{m}/{d}/{y % 100:02}", f"{d:02}.{m:02}.{y}", f"{d}-{name[:3]}-{y}", f"{name} {d} {y}", f"{y}/{m:02}/{d:02}", f"{d:02}-{m:02}-{y}", f"{d:02}{name[:3].upper()}{y}", f"{d}{th} {name} {y}",
        ])  # fmt: skip
    sep = "." if lang in _DOTTED else s.pick("//-.")
    forms = [f"{d:02}{sep}{m:02}{sep}{y}"] * 2 + [f"{d}{sep}{m}{sep}{y}", f"{d:02}{sep}{m:02}{sep}{y % 100:02}"]
    if sep == "." and lang in ("de", "cs", "sk", "fi", "hr", "sl"):
        forms.append(f"{d}. {m}. {y}")
    if lang == "hu":
        forms = [f"{y}.{m:02}.{d:02}.", f"{y}. {name} {d}.", f"{y}. {m:02}. {d:02}."]
    elif lang in ("sv", "lt"):
        forms += [f"{y}-{m:02}-{d:02}"] * 3
    if name and lang == "lt":
        forms.append(f"{y} m. {name} {d} d.")
    elif name and lang != "hu":
        dot = "." if lang in ("de", "cs", "sk", "hr", "sl", "no", "nb", "da", "fi", "et", "lv", "sr") else ""
        of = " de " if lang in ("es", "pt") else " "
        forms += [f"{d}{dot}{of}{name}{of}{y}"] * 2
        if lang in ("ru", "uk", "bg"):
            forms.append(f"{d} {name} {y} {'р.' if lang == 'uk' else 'г.'}")
        if lang == "fr" and d == 1:
            forms = [f"1er {name} {y}"]
    return s.pick(forms)


def birth_date(s) -> str:
    """A date on which a living person may have been born."""
    return _date(s, 1931, 2019)


def date(s) -> str:
    """An administrative date: not personal."""
    return _date(s, 2008, 2027)


def stamp(s) -> str:
    """A log's time stamp."""
    y, mo, d = s.rng.randint(2019, 2027), s.rng.randint(1, 12), s.rng.randint(1, 28)
    h, mi, sec = s.rng.randint(0, 23), s.rng.randint(0, 59), s.rng.randint(0, 59)
    mon = _MONTHS["en"].split()[mo - 1][:3]
    day = s.pick("Mon Tue Wed Thu Fri Sat Sun".split())
    return s.pick([
        f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{sec:02}Z", f"{y}-{mo:02}-{d:02} {h:02}:{mi:02}:{sec:02},{s.digits(3)}", f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{sec:02}.{s.digits(3)}+02:00",
        f"{d:02}/{mon}/{y}:{h:02}:{mi:02}:{sec:02} +0000", f"{mon} {d:2} {h:02}:{mi:02}:{sec:02}", f"{y}/{mo:02}/{d:02} {h:02}:{mi:02}:{sec:02}", f"{h:02}:{mi:02}:{sec:02}.{s.digits(3)}",
        f"1{s.digits(9)}", f"1{s.digits(9)}.{s.digits(4)}", f"{day} {mon} {d:2} {h:02}:{mi:02}:{sec:02} {y}", f"{day}, {d:02} {mon} {y} {h:02}:{mi:02}:{sec:02} GMT", f"1{s.digits(12)}",
        f"{mo:02}{d:02} {h:02}:{mi:02}:{sec:02}.{s.digits(6)}", f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{sec:02}.{s.digits(9)}Z",
    ])  # fmt: skip


def clock(s) -> str:
    """A time of day."""
    h, m = s.rng.randint(0, 23), s.pick(["00", "15", "30", "45", s.digits(2) if s.chance(0.5) else "20"])
    if int(m) > 59:
        m = "05"
    if s.language == "en":
        return s.pick([f"{h % 12 + 1} pm", f"{h}:{m}", f"{h % 12 + 1}:{m} am", f"{h % 12 + 1}pm", f"{h % 12 + 1}:{m} p.m."])
    if s.language in ("zh", "zht", "ja"):
        return s.pick([f"{h}:{m}", f"{h}时{m}分" if s.language == "zh" else f"{h}時{m}分", f"{h}点" if s.language == "zh" else f"{h}時"])
    if s.language == "ko":
        return s.pick([f"{h}:{m}", f"{h % 12 + 1}시", f"오후 {h % 12 + 1}시 {m}분"])
    if s.language == "fr":
        return s.pick([f"{h}h{m}", f"{h} h {m}", f"{h}:{m}"])
    return s.pick([f"{h}:{m}", f"{h}.{m}", f"{h:02}:{m}"])
