package rules

import "strings"

// fieldKind is what the name of a field promises of its value.
type fieldKind uint8

const (
	noField    fieldKind = iota
	namePart             // a part of a person's name, and nothing else
	fullName             // a person's name
	personRole           // somebody, or a firm: the value must look like a full name
	bareName             // "name": the fields beside it must be those of a person, too
	partOfName           // "first": only within a name
	coordinate           // of a place on Earth, in degrees
	bankCode             // the number of a bank or of its branch
	streetLine           // a street, with or without a number
	postal               // an address in one field, or a host's
	placeLine            // a city or a postcode: personal in the record of an address
	birthField           // a date of birth; read in tables, elsewhere date.go finds it
	phoneField           // likewise
	mailbox              // "From" of a mail: names before addresses
)

// fieldNames lists the ends of fields' names in lower case, without accents
// and separators. Values of form labels in the languages of lexicon.go.
var fieldNames = map[fieldKind]string{
	namePart: `firstname firstnames givenname givennames forename forenames lastname lastnames surname surnames familyname namefirst namelast namegiven namefamily namemiddle middlename middlenames maidenname birthname
		nickname preferredname secondname secondsurname fathername mothername fathersname mothersname
		vorname vornamen nachname nachnamen familienname zuname rufname geburtsname madchenname
		prenom prenoms nomdefamille nomdenaissance nomdejeunefille nomusage
		apellido apellidos primerapellido segundoapellido nombredepila primernombre
		sobrenome apelido primeironome ultimonome
		cognome
		voornaam voornamen achternaam tussenvoegsel roepnaam meisjesnaam familienaam
		imie imiona nazwisko nazwiskorodowe jmeno prijmeni krestnijmeno rodneprijmeni meno priezvisko krstnemeno
		keresztnev vezeteknev csaladnev utonev prenume numedefamilie
		prezime ime priimek
		fornamn efternamn tilltalsnamn fornavn etternavn efternavn mellomnavn etunimi sukunimi fornafn eftirnafn eesnimi perekonnanimi
		soyad soyadi soyisim namadepan namabelakang
		имя фамилия отчество ім'я прізвище побатькові име фамилно бащино презиме Имя Фамилия Отчество Ім'я Прізвище Име Фамилия
		όνομα επώνυμο επωνυμο Επώνυμο Όνομα ΕΠΩΝΥΜΟ ΟΝΟΜΑ
		姓 名 姓氏 名字 名前 セイ メイ 성 이름 שם_פרטי שם_משפחה الاسم_الأول اسم_العائلة ชื่อ นามสกุล`,
	fullName: `fullname fullnames realname legalname personname patientname clientname customername employeename membername guestname passengername drivername studentname teachername applicantname candidatename
		contactname contactperson cardholder cardholdername nameoncard accountholder accountholdername accountname holdername beneficiaryname sendername recipientname payeename payername debtorname creditorname ownername buyername sellername tenantname landlordname
		subscribername insuredname policyholder policyholdername spousename fathername mothername parentname guardianname childname emergencycontact nextofkin attentionof signatoryname
		billingname shippingname billtoname shiptoname firstandlastname nameandsurname namesurname yourname hername hisname doctorname physicianname attendingname
		vorundnachname vornameundnachname vornamename namevorname kontoinhaber karteninhaber inhaber versicherter versicherungsnehmer ansprechpartner ansprechpartnerin patientenname kundenname empfangername absendername auftraggebername
		nometprenom nometprenoms nomprenom nomcomplet nomdupatient nomduclient titulaire prenometnom
		nombrecompleto nombreyapellidos nombreyapellido nombresyapellidos nombredelpaciente nombredelcliente titular
		nomecompleto nomedopaciente nomedocliente nomedopai nomedamae nomedamaebiologica titulardaconta
		nomeecognome cognomeenome nominativo intestatario
		volledigenaam naampatient naamklant rekeninghouder kaarthouder
		imieinazwisko nazwiskoiimie jmenoaprijmeni prijmeniajmeno menoapriezvisko teljesnev numesiprenume numeleprenumele imeiprezime prezimeiime
		fullstendignavn fulltnavn fullstandigtnamn koko_nimi kokonimi adsoyad adisoyadi adsoyadi adivesoyadi isimsoyisim namalengkap hoten hovaten
		фио ФИО Фио піб ПІБ трите_имена ονοματεπώνυμο Ονοματεπώνυμο ΟΝΟΜΑΤΕΠΩΝΥΜΟ
		姓名 氏名 お名前 お名前(漢字) フリガナ ふりがな 患者名 契約者名 患者姓名 客户姓名 联系人 聯絡人 收件人 성명 성함 환자명 고객명 שם_מלא الاسم_الكامل الاسم ชื่อ-นามสกุล ชื่อนามสกุล नाम`,
	personRole: `fname lname patient patientdisplay practitionerdisplay subjectdisplay manager approved approver signed requester caller callerid attending attendingphysician dictatedby createdby authoredby writtenby guestof injuredperson witnesses sellers buyers tenants attendees participants present apologies solicitor transferor transferee lessor lessee testator executor bookedby
		patient customer employee beneficiary recipient sender cardowner holder applicant candidate passenger guest driver attendee participant claimant insured tenant landlord borrower lender witness victim suspect defendant plaintiff petitioner respondent
		payee payer debtor creditor buyer seller guarantor donor practitioner physician doctor nurse surgeon therapist lawyer attorney teacher student pupil parent guardian mother father spouse husband wife child son daughter sibling partner
		referrer assignee interviewer interviewee signatory signedby approvedby requestedby reportedby preparedby attn deliverto billto shipto soldto paidby receivedby soldby reviewedby emergencycontact contact username customercontact
		patientin kunde kundin klient klientin mitarbeiter mitarbeiterin mieter vermieter empfanger absender begunstigter zahler auftraggeber versicherte arzt arztin sachbearbeiter sachbearbeiterin bearbeiter teilnehmer schuler antragsteller antragstellerin
		patiente client cliente paciente empleado beneficiario beneficiaria destinatario remitente solicitante paziente dipendente mittente utente beneficiaire destinataire expediteur salarie locataire bailleur demandeur
		cedente cessionario locataria locatore conduttore anwesend anwesende entschuldigt teilnehmende angemeldet presents asisten asistentes narvarande hyresgast hyresvard verloskundige aanwezig przytomni obecni injured
		funcionario remetente inquilino klant medewerker huurder pacjent pacjentka klientka pracownik odbiorca nadawca pacientka pacjenci zakaznik kontaktperson hasta musteri alici gonderen
		пациент клиент сотрудник получатель отправитель заявитель Пациент Клиент Сотрудник Получатель Отправитель Заявитель Пацієнт Клієнт ασθενής πελάτης Ασθενής Πελάτης Παρόντες παρόντες
		患者 顧客 客户 病人 收件 寄件人 환자 고객 수신 มผู้ป่วย ผู้ป่วย מטופל לקוח المريض العميل`,
	bareName:   `name names nom nombre nombres nome naam nazwa nazwisko_i_imie nev nume namn navn nimi nafn nimi isim ad adi ten hoten displayname personal_name имя_пользователя ім'я Имя_пользователя όνοματεπωνυμο 名称 이름_전체 שם`,
	partOfName: `first last middle given family initial`,
	coordinate: `lat latitude lng lon longitude latlng latlon gps coordinates geolat geolng geolon breitengrad laengengrad langengrad latitud longitud latitudine longitudine szerokosc dlugosc szelesseg hosszusag`,
	bankCode:   `bic swift swiftcode swiftbic bicswift biccode routing routingnumber routingno routingcode aba abanumber abarouting rtn transitnumber sortcode bankcode blz bankleitzahl ifsc ifsccode bsb`,
	streetLine: `street streetname streetaddress streetline street_line addressline addressline1 addressline2 line1 addr1 address1 houseaddress homeaddress residentialaddress mailingaddress postaladdress billingaddress shippingaddress deliveryaddress currentaddress permanentaddress previousaddress prioraddress address_street
		strasse strassehausnummer strasseundhausnummer strassenr anschrift wohnanschrift postanschrift lieferanschrift rechnungsanschrift wohnadresse heimatadresse lieferadresse rechnungsadresse privatadresse postadresse
		rue adressepostale adressedomicile adressedelivraison adressedefacturation domicile
		calle domicilio direccionpostal direcciondeenvio direccionparticular
		logradouro rua endereco morada enderecoresidencial residencia
		indirizzo indirizzodiresidenza residenza
		straat straatnaam woonadres postadres bezorgadres huisadres
		ulica ulice ulic adreszamieszkania adreszameldowania adreskorespondencyjny adresbydliste bydliste adresatrvalehopobytu trvalybydlisko lakcim utca strada domiciliul
		gatuadress gata gateadresse gadenavn katuosoite lahiosoite osoite heimilisfang
		sokak cadde acikadres evadresi alamat alamatrumah diachi
		улица адрес_проживания адрес_регистрации место_жительства адрес_доставки домашний_адрес Улица Адрес_проживания вулиця адреса_проживання οδός διεύθυνση Διεύθυνση Οδός
		住所 現住所 送付先住所 地址 住址 家庭住址 通讯地址 收货地址 주소 집주소 도로명주소 כתובת العنوان ที่อยู่ पता`,
	postal:     `address addr adresse adresse1 adress adres adresa direccion endereço alamat адрес Адрес Адреса адреса`,
	placeLine:  `city town cityname postcode postalcode zip zipcode plz postleitzahl ort wohnort stadt ortschaft codepostal ville commune ciudad localidad codigopostal municipio cidade bairro cep municipio localidade citta cap comune woonplaats plaats miasto miejscowosc kodpocztowy mesto obec psc varos iranyitoszam telepules oras localitate grad postnummer postort poststed postnr postinumero kaupunki sehir ilce postakodu kota kodepos почтовый_индекс индекс город Город місто індекс град πόλη Πόλη ΤΚ 郵便番号 邮编 邮政编码 市区町村 都道府県 城市 우편번호 רחוב עיר מיקוד المدينة`,
	birthField: `dob dateofbirth birthdate birthday bday born geburtsdatum geburtstag geborenam gebdatum gebdat datenaissance datedenaissance ddn fechanacimiento fechadenacimiento fechanac nascimento datanascimento datadenascimento datanasc dtnascimento dtnasc nascita datadinascita datanascita geboortedatum dataurodzenia narozeni datumnarozeni datumnarodenia narozen szuletesiido szuldatum szuletesidatum datanasterii datumrodenja fodelsedatum fodselsdato syntymaaika faedingardagur dogumtarihi tanggallahir tgllahir ngaysinh дата_рождения Дата_рождения датарождения дата_народження ημερομηνία_γέννησης 生年月日 出生日期 生日 생년월일 생일 תאריך_לידה تاريخ_الميلاد วันเกิด`,
	mailbox:    `from to cc bcc replyto sender von an kopie de a para pour objet_a cc do od van aan fra til fran till од для от кому копия από προς จาก ถึง מאת אל من إلى 差出人 宛先 发件人 收件人 寄件者 보낸사람 받는사람`,
	phoneField: `phone phones phonenumber phoneno telephone tel telno mobile mobileno mobilenumber mobilephone homephone workphone cellphone cell handy handynummer telefon telefonnummer telefonnr mobil mobilnummer festnetz rufnummer telefono telefonos movil celular cellulare telefone telemovel telefoon telefoonnummer mobiel telefonu numertelefonu nrtelefonu komorka telefonszam telefoni puhelin puhelinnumero matkapuhelin simi mobiltelefon cep_telefonu ceptelefonu nohp nohandphone sodienthoai dienthoai fax faxnummer whatsapp contactnumber contactno msisdn телефон Телефон моб τηλέφωνο κινητό 電話 電話番号 携帯 电话 手机 手机号 联系电话 전화 전화번호 휴대폰 연락처 טלפון נייד الهاتف هاتف جوال โทรศัพท์ เบอร์โทร`,
}

// personWords may stand before "name": the name is that of a person.
var personWords = newSet(`customer client patient employee contact holder cardholder owner sender recipient beneficiary guest passenger driver student teacher doctor physician nurse
	guardian parent mother father spouse child applicant candidate billing shipping legal member subscriber payer payee debtor creditor buyer seller tenant landlord witness signatory insured person user my your his her full real
	account attendee participant emergency claimant caller patienten kunden cliente paciente del do da du kunde klant pacjenta klienta husband wife son daughter lead profile invitee s`)

// fieldTable finds them by their end; fieldTails holds their last three letters.
var fieldTable, fieldTails = func() (t map[string]fieldKind, tails threeLetters) {
	t = make(map[string]fieldKind)
	for kind, list := range fieldNames {
		for name := range strings.FieldsSeq(list) {
			name = foldKey(name)
			for _, name := range []string{name, strings.ReplaceAll(name, "strasse", "strase")} { // as latinAt reads ß
				if old, ok := t[name]; !ok || kind < old {
					t[name] = kind
				}
				if n := len(name); n >= 2 {
					tails.add(0, name[n-2], name[n-1]) // the last word may have two letters
					if n >= 3 {
						tails.add(name[n-3], name[n-2], name[n-1])
					}
				}
			}
		}
	}
	return t, tails
}()

// foldKey is a name of a field as the table has it.
func foldKey(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); {
		c, size := latinAt(name, i)
		switch {
		case c != 0:
			b.WriteByte(c)
		case name[i] != '_' && name[i] != '-' && name[i] != '\'':
			b.WriteString(name[i : i+1])
			size = 1
		default:
			size = 1
		}
		i += size
	}
	return b.String()
}
