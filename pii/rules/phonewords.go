package rules

import "strings"

// The words that announce a telephone number, and those that say it is
// something else.

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
