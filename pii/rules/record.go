package rules

import "strings"

// What the fields beside a field tell about it.

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
