"""Where a name or a field begins and ends: titles outside, one span a field."""

import datetime

from . import dates, people, places, pools, text

PERSON, ADDRESS, BIRTH = people.PERSON, "private_address", "private_date"

# What stands before a name and does not belong to it, and what stands behind one.
_BEFORE = {
    "en": "fiancée |my fiancé |Chief |Sister |Reverend |Rev. |Father |Brother |Mother Superior |Pastor |Rabbi |Imam |Sgt. |Constable |PC |Lt. Col. |Nurse |Matron |Lady |Sir |Dame |Lord |Alhaji |Alhaja |Mzee |Mama |Baba |Uncle |Auntie |Don |Doña |Mstr. |Master |Miss |witness |the patient, |Cllr |Justice |Prof. |Dr |Mr & Mrs |Messrs |Capt. |Coach |Señor |Signora |Shri |Smt. |Kumari |Ustad |Haji |Datuk |Tan Sri |Ato |Oga |Engr. |Barr. |Nana |Sheikh |Mullah |Pandit |daughter |stepson |n° 4: |No. 7 |Nr. 12 |Sr. |Sra. |nephew |my late husband |the late ",
    "de": "Zeugin |Patientin |Patient |Zeuge |i. A. |i. V. |gez. |Verlobte |meine Verlobte |Tochter |Sohn |Schwester |Bruder |Pfarrer |Pater |Schwester Oberin |Frau Dr. |Herrn |Familie |Eheleute |Mandantin |Klägerin |Beschuldigter |Onkel |Tante |Oma |Opa |Nr. 3 |Fräulein |Frl. |Kollege |Bgm. |Dipl.-Ing. |Prof. Dr. med. |Witwe |geb. |Lehrling |StR |RA |RAin ",
    "fr": "mon fils |ma fille |sa fiancée |la patiente |le témoin |Me |Maître |M. |Mme |Mlle |Père |Sœur |Frère |Abbé |n° 3 |la veuve |le docteur |Pr |tonton |tata |mon mari |née |feu |son neveu |Sieur |Dame ",
    "es": "hija |mi hija |su hijo |doña |don |D. |Dª |Sr. |Sra. |Srta. |el padre |sor |fray |la paciente |el testigo |mi marido |tía |tío |abuela |n.º 5 |Lic. |Ing. |viuda de |su prometida |mi hermana |comadre ",
    "it": "mia figlia |suo figlio |la paziente |il teste |Don |Suor |Padre |Sig. |Sig.ra |Dott. |Dott.ssa |Avv. |Ing. |zia |zio |nonno |la vedova |n. 4 |sua fidanzata |mio marito |Geom. |Rag. ",
    "pl": "syna |córki |siostra |brat |ks. |ojciec |świadek |pacjentka |p. |pan |pani |narzeczona |mąż |żona |dr |mgr |mec. |nr 3 |ciocia |wujek |babcia |inż. |wdowa |sędzia ", "nl": "zus |mijn zoon |dochter |patiënte |getuige |dhr. |mevr. |mw. |oom |tante |opa |oma |pastoor |zuster |nr. 3 |verloofde |weduwe |de heer |i.o. ",
    "pt": "minha filha |seu filho |dona |D. |Sr. |Sra. |padre |irmã |tia |tio |avó |a paciente |a testemunha |n.º 2 |noivo |viúva |Eng. |Dra. |seu |mestre ", "cs": "paní |pan |svědkyně |pacientka |syn |dcera |sestra |otec |teta |MUDr. |Ing. |JUDr. |č. 3 |snoubenka |vdova ", "sv": "syster |bror |patienten |vittnet |fru |herr |moster |farbror |dotter |nr 3 |sonen |kyrkoherde ",
    "da": "søster |bror |patienten |vidnet |fru |hr. |faster |onkel |datter |nr. 3 |pastor ", "no": "søster |bror |pasienten |vitnet |fru |tante |onkel |datter |nr. 3 |sokneprest ", "fi": "sisar |veli |potilas |todistaja |rouva |herra |täti |setä |tytär |nro 3 |pastori ", "hu": "özv. |dr. |ifj. |id. |néhai |tanú: |a beteg, |testvérem, ", "ro": "doamna |domnul |martora |pacienta |fiul |fiica |sora |părintele |mătușa |nr. 3 |nea |tanti ",
    "tr": "Sayın |hasta |tanık |kızı |oğlu |kardeşi |eşi |Dr. |Av. |Hacı |Hoca |no 3 ", "ru": "сына |дочери |сестра |свидетель |пациентка |господин |госпожа |гр. |тётя |дядя |отец |о. |№ 3 |жена |муж |инж. |д-р |вдова ", "uk": "сина |доньки |сестра |свідок |пацієнтка |пан |пані |отець |тітка |№ 3 |дружина ", "bg": "сина |дъщеря |сестра |свидетел |пациентка |г-н |г-жа |д-р |леля |чичо |отец ", "el": "κ. |κα |ο μάρτυρας |η ασθενής |η κόρη |ο γιος |θεία |πατέρας |π. |δρ. |η χήρα ",
    "id": "Bapak |Ibu |Pak |Bu |Mas |Mbak |Haji |Hj. |Ust. |saksi |pasien |anak saya |adik |dr. ", "vi": "anh |chị |ông |bà |cô |chú |bệnh nhân |con gái |em |bác |thầy |BS. ", "ar": "السيد |السيدة |الحاج |الشيخ |الدكتور |د. |أم |الأستاذ |المريضة |ابنتي |ابني |زوجتي |الشاهد |الأخ |عمي |خالتي ", "he": "מר |גב' |ד\"ר |הרב |העד |המטופלת |בתי |בני |דוד |סבתא |אחותי |עו\"ד |פרופ' ", "fa": "آقای |خانم |حاج |دکتر |مهندس |بیمار |دخترم |پسرم |شاهد |استاد ",
    "hi": "श्री |श्रीमती |डॉ. |कुमारी |पंडित |मरीज़ |गवाह |बेटी |बेटा |भाई |चाचा |सुश्री ", "th": "คุณ|นาย|นางสาว|นาง|ด.ช. |ด.ญ. |หมอ|ครู|พี่|น้อง|ป้า|ลุง|พยาน |ผู้ป่วย ", "zh": "小|老|阿姨|证人|患者|爱人|儿子|女儿|同学|我姐|原告|被告", "zht": "證人|患者|太太|兒子|女兒|我姐|原告|被告|同學", "ja": "証人の|患者の|妻・|長女・|息子の|原告|被告|店主の|同僚の|担当・", "ko": "증인 |환자 |남편 |딸 |아들 |피고 |원고 |동료 |담당 |배우 ",
}  # fmt: skip
_BEHIND = {
    "hi": [" जी", " भाई", " साहब", " दीदी"], "tr": [" Bey", " Hanım", " Hoca", " abi", " abla", " Efendi", " Usta"], "ja": ["さん", "様", "氏", "先生", "くん", "ちゃん", "部長", "課長", "殿", "ママ", "選手", "容疑者", "教授", "女史"], "ko": [" 씨", "씨", " 님", "님", " 선생님", " 과장", " 대리님", " 어르신", " 교수", " 군", " 양", " 여사"], "zh": ["先生", "女士", "医生", "经理", "老师", "主任", "同学", "总", "师傅", "阿姨", "律师", "处长", "教授"], "zht": ["先生", "小姐", "女士", "醫生", "醫師", "經理", "老師", "太太", "律師", "主任", "教授"],
    "en": ["-san", " ji", " bhai", " Sahib", " Bey", " Hanım", "-sensei", " Begum", " Esq.", ", MD", ", PhD", ", RN", " (she/her)", " Singhji", " Saheb", "ji", " didi", " aunty", "’s", "-ssi", " Khanum", " Agha"], "th": [" ค่ะ", " ครับ"], "fa": [" جان", " خان", " خانم"], "ar": [" حفظه الله", " بك"], "de": [" (w)", ", M. A.", " (Zeugin)", ", Dipl.-Kffr."], "ru": [" (свидетель)", ", к. м. н."], "hu": [" úr", " asszony", " néni", " bácsi"], "vi": [" ơi"], "ka": [" ბატონო"],
}  # fmt: skip
_GAPLESS = ("zh", "zht", "ja", "th")

_FRAMES = {
    "en": "I spoke with @. Police verification is pending.|By @\n|Story by @\n|@, {job}, said nothing.|@ ({n}) was there.|@'s form is missing|cc @; closed|Photo: @|@ — {clock}|Left a message for @.|“Thank you, @,” she said.|Assigned to @, due {date}|@ and @ shared a taxi.|According to @, it rained.|Seen by @ on {date}.|Our neighbour @ called.|{clock} @: no answer|Delivered to @. Signature on file.|@? Not here.|@!|Dear @,",
    "de": "Ich sprach mit @. Polizei ist informiert.|Von @\n|@ ({n}) war dabei.|@, {job}, schweigt.|Text: @|Foto: @|„Danke, @“, sagte sie.|Rücksprache mit @. Befund folgt.|@ und @ waren da.|Laut @ regnete es.|@ – {clock}|Hallo @,|Zugestellt an @. Unterschrift liegt vor.|@?|{clock} @: keine Antwort", "fr": "J’ai vu @. Police prévenue.|Par @\n|@ ({n} ans) était là.|@, {job}, se tait.|Photo : @|« Merci, @ », dit-elle.|@ et @ sont venus.|Selon @, il pleuvait.|Remis à @. Signature jointe.|Bonjour @,",
    "es": "Hablé con @. Policía avisada.|Por @\n|@ ({n}) estaba allí.|@, {job}, calla.|Foto: @|«Gracias, @», dijo.|@ y @ vinieron.|Según @, llovía.|Entregado a @. Firma adjunta.|Hola, @:", "it": "Ho parlato con @. Polizia avvisata.|Di @\n|@ ({n} anni) era lì.|@, {job}, tace.|Foto: @|«Grazie, @», disse.|@ e @ sono venuti.|Consegnato a @. Firma allegata.", "pl": "Obecni: @. Policja powiadomiona.|Tekst: @\n|@ ({n} l.) – obecność|Foto: @|@, {job}|Autor: @. Zdjęcia: @|Wezwano: @ i @.|Telefon: @, {clock}",
    "ja": "@から電話がありました。|@は{weekday}に休みます。|@と@が来ました。|昨日@に会った。|@が入院しました。|文・@\n|@、ありがとう。|@の荷物です。|@へ連絡済み。確認待ち。|@によると雨だった。|「@！」と叫んだ。|@宛に送った。", "zh": "@来电话了。|@{weekday}请假。|@和@都到了。|昨天见到@。|@住院了。|文/@\n|谢谢@！|这是@的包裹。|已联系@，待确认。|据@说下雨了。|“@！”她喊道。|请@签字。|我跟@说过了|@在{city}开会|让@来一趟|@问：怎么办？", "zht": "@來電了。|@{weekday}請假。|@和@都到了。|昨天見到@。|@住院了。|文/@\n|謝謝@！|這是@的包裹。|已聯絡@，待確認。|「@！」她喊道。|請@簽名。|我跟@講過了|@在{city}開會", "ko": "@ 전화 왔음.|@ {weekday} 휴가.|어제 @ 만남.|글 @\n|고마워요, @!|@ 입원.|@ 연락 완료. 확인 대기.|“@!” 하고 불렀다.|@ 앞 택배|@ 참석, @ 불참",
    "th": "@โทรมาแล้ว|พบ@เมื่อวาน|@และ@มาประชุม|ขอบคุณ@|@ลา{weekday}|ส่งของให้@แล้ว|@ป่วย เข้าโรงพยาบาล|ภาพ: @\n|แจ้ง@แล้ว รอคำตอบ|“@!” เธอตะโกน", "ar": "اتصل @ اليوم.|قابلت @ أمس.|وصل @ و @.|بقلم @\n|شكرا @!|تم إبلاغ @. بانتظار الرد.|@ في المستشفى|قال @ إن المطر هطل.|سُلّم إلى @. التوقيع مرفق.", "he": "@ התקשר היום.|פגשתי את @ אתמול.|@ ו@ הגיעו.|מאת @\n|תודה, @!|עודכן @. ממתין לתשובה.|@ בבית החולים|לפי @ ירד גשם.|נמסר אל @. חתימה מצורפת.", "hi": "@ का फ़ोन आया।|कल @ से मिले।|@ और @ आए।|लेखक: @\n|धन्यवाद @!|@ को बता दिया। जवाब बाकी।|@ अस्पताल में हैं|@ के अनुसार बारिश हुई।", "fa": "@ تماس گرفت.|دیروز @ را دیدم.|@ و @ آمدند.|نوشته @\n|ممنون @!|به @ گفته شد. منتظر پاسخ.|@ در بیمارستان است",
    "ru": "Позвонили: @. Полиция уведомлена.|Текст: @\n|Были @ и @.|Фото: @|@ ({n} лет), {job}|Спасибо, @!|Присутствует @.|{clock} — @, без ответа|«@!» — крикнула она.", "uk": "Дзвінок: @. Поліцію повідомлено.|Текст: @\n|Були @ і @.|Фото: @|@, {job}|Дякую, @!", "tr": "@ aradı. Polise bildirildi.|Yazan: @\n|@ ve @ geldi.|Fotoğraf: @|@, {job}|Teşekkürler @!|Dün @ geldi.|@ hastanede.|“@!” diye bağırdı.",
    "el": "Παρόντες: @. Ενημερώθηκε η αστυνομία.|Κείμενο: @\n|Ήρθαν @ και @.|@, {job}|Ευχαριστώ, @!", "nl": "Gesproken: @. Politie ingelicht.|Door @\n|@ ({n}) was erbij.|@, {job}|Foto: @|Dank je, @!|@ en @ waren er.", "pt": "Falei com @. Polícia avisada.|Por @\n|@ ({n}) estava lá.|@, {job}|Foto: @|Obrigada, @!|@ e @ vieram.",
}  # fmt: skip
_PLAIN = "@. OK|Foto: @|@ + @|@, {job}|@ ({n})|{clock} @\n|@!|@ / {city}|1. @\n2. @"


def title(s) -> text.Text:
    """A name between a title or a word of kinship and what follows it."""
    out = text.Text()
    p = people.draw(s)
    before, behind = _BEFORE.get(s.language), _BEHIND.get(s.language)
    use_before = before and (not behind or s.chance(0.35 if s.language in ("ja", "ko", "zh", "zht", "tr") else 0.8))
    one = s.pick(before.split("|")) if use_before else ""
    kind = s.pick(["full", "full", "first", "last", "last"])
    if s.language in ("zh", "zht") and one in ("小", "老"):
        kind = "last"
    name = getattr(p, kind)()
    if kind == "full" and one in ("Mstr. ", "Father ", "Don ") and s.chance(0.5):
        name = p.first()
    out.add(one).add(name, PERSON)
    if behind and (not use_before or s.chance(0.15)) and one not in ("小", "老"):
        out.add(s.pick(behind))
    return out


def sentence(s) -> text.Text:
    """Names with their titles in sentences that go straight on behind them."""
    out = text.Text()
    forms = _FRAMES.get(s.language, _PLAIN).split("|")
    for i in range(s.pick([1, 1, 1, 2, 3])):
        out.add(("" if s.language in _GAPLESS and s.chance(0.7) else s.pick([" ", "\n"])) if i else "")
        for j, piece in enumerate(s.pick(forms).split("@")):
            if j:
                out.append(title(s) if s.chance(0.75) else text.Text().add(people.variant(s, people.draw(s)), PERSON))
            out.add(str(text.expand(s, piece.replace("{n}", str(s.rng.randint(4, 96))))))
    return out


_TOWNS = "Paris London Israel Georgia Chelsea Brooks Jackson Sydney Florence Austin Dallas Madison Savannah Brooklyn Charlotte Lincoln Houston Jordan Chad Kenya India China Vienna Roma Milan Verona Siena Carolina Virginia Washington Cairo Kingston Preston Lancaster York Bristol Bath Wells Holland France Ireland England Berlin Hamburg Hessen Frankfurt Bremen Trier Essen Lisboa Braga Toledo Sevilla Navarro Aragon Valencia Cuba Troy Phoenix Memphis Orlando Denver Boston Devon Kent Afton Ashton Everest Asia Europa Alexandria".split()


def _townlike(s, mark: str) -> text.Text:
    return text.Text().add(s.pick([t for t in _TOWNS if pools.heldout(t) == s.held]), mark)


def _cells(s, kinds, townish: bool) -> list:
    p = s.last_person = people.draw(s)
    c = places.country_code(s)
    make = {
        "first": lambda: _townlike(s, PERSON) if townish and s.chance(0.4) else text.Text().add(p.first(), PERSON), "last": lambda: _townlike(s, PERSON) if townish and s.chance(0.4) else text.Text().add(p.last(), PERSON), "full": lambda: text.Text().add(p.full(), PERSON), "title": lambda: text.Text().add(s.pick(["Mr", "Ms", "Dr", "Herr", "Frau", "Mrs", "M.", "Sr."])),
        "street": lambda: text.Text().add(places.street(s, c).replace(",", "").replace(";", ""), ADDRESS), "zip": lambda: text.Text().add(places.postcode(s, c), ADDRESS), "town": lambda: text.Text().add(places.city_of(s, c), ADDRESS), "email": lambda: text.Text().add(s.email_of(p), "private_email"), "sum": lambda: text.Text().add(f"{s.rng.randint(1, 999)}.{s.digits(2)}"),
        "phone": lambda: text.slot(s, "phone"), "dob": lambda: text.Text().add(dates._date(s, 1931, 2019).replace(",", ""), BIRTH), "account": lambda: text.slot(s, "account"), "member": lambda: text.slot(s, "member"), "empty": text.Text, "id": lambda: text.Text().add(str(s.rng.randint(1, 9999))), "flag": lambda: text.Text().add(s.pick(["true", "false", "1", "0", "Y", "N", "active", "x"])), "iban": lambda: text.slot(s, "iban"), "org": lambda: text.slot(s, "job"),
    }  # fmt: skip
    return [make[k]() for k in kinds]


_HEADERS = {"first": "first_name|firstname|Vorname|prenom|nombre|given|imie|First Name", "last": "last_name|lastname|Nachname|nom|apellidos|surname|nazwisko|Last Name", "full": "name|Name|full_name|kunde", "title": "title|Anrede|salutation", "street": "street|Straße|address|adresse|calle", "zip": "zip|PLZ|postcode|cp", "town": "city|Ort|ville|town|ciudad", "email": "email|E-Mail|mail", "sum": "amount|total|Betrag", "phone": "phone|Telefon|tel", "dob": "dob|Geburtsdatum|birthdate|ne_le", "account": "account|Konto|account_no", "member": "member_id|Kundennr|mrn", "empty": "note|middle_name|fax|x", "id": "id|ID|nr", "flag": "active|flag|status", "iban": "iban|IBAN", "org": "job|role|Beruf"}


def rows(s) -> text.Text:
    """Rows of CSV in many orders, with empty fields: every field is a span of its own."""
    kinds = s.rng.sample(["street", "zip", "town", "email", "phone", "dob", "account", "member", "empty", "empty2", "id", "flag", "sum", "title", "iban", "org"], s.rng.randint(1, 6))
    kinds = [k.rstrip("2") for k in kinds]
    names = s.pick([["last", "first"], ["first", "last"], ["last", "first"], ["full"], ["last"], ["first", "empty", "last"]])
    at = s.pick([0, 0, s.rng.randint(0, len(kinds))])
    kinds[at:at] = names
    sep, quote = s.pick([",", ",", ",", ";", ";", "\t", "|"]), s.pick(["", "", '"'])
    townish = s.chance(0.5)
    out = text.Text()
    if s.chance(0.5):
        out.add(sep.join(s.pick(_HEADERS[k].split("|")) for k in kinds) + "\n")
    for n in range(s.pick([1, 1, 2, 3, 5, 8])):
        out.add("\n" if n else "")
        for i, cell in enumerate(_cells(s, kinds, townish)):
            cell = text.Text() if s.chance(0.06) else cell
            q = quote or ('"' if sep in str(cell) else "")
            out.add((sep if i else "") + q).append(cell.map(lambda v: v.replace("\n", " ").replace('"', ""))).add(q)
        out.add(s.pick(["", "", "", sep, sep * 2]))
    return out
