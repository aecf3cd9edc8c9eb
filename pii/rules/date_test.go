package rules_test

import (
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

func TestDatesOfBirth(t *testing.T) {
	for _, tc := range []struct{ text, date string }{
		{"Born 4 March 1971 in Leeds.", "4 March 1971"},
		{"born on the 4th of March, 1971", "4th of March, 1971"},
		{"She was born in Leeds on March 4th, 1971.", "March 4th, 1971"},
		{"b. 4 Mar 1971, d. 2 May 2020", "4 Mar 1971"},
		{"born: Mar 4th 71", "Mar 4th 71"},
		{"DOB: 03/04/1971", "03/04/1971"},
		{"DOB 03-04-71", "03-04-71"},
		{"D.O.B. 4.3.1971", "4.3.1971"},
		{"d/o/b 1971-03-04", "1971-03-04"},
		{"dob=19710304", "19710304"},
		{"Date of birth (dd/mm/yyyy): 04/03/1971", "04/03/1971"},
		{"Date of birth\n04/03/1971", "04/03/1971"},
		{`{"birthDate":"1971-03-04T00:00:00Z"}`, "1971-03-04"},
		{`{"dateOfBirth": "1971/03/04"}`, "1971/03/04"},
		{`{"user":{"birth_date":"1971-03-04","created_at":"2026-11-24"}}`, "1971-03-04"},
		{"?name=x&dob=1971-03-04&page=2", "1971-03-04"},
		{"my birthday is 4 March", "4 March"},
		{"4 March 1971 is my birthday", "4 March 1971"},
		{"03/04/1971 (DOB)", "03/04/1971"},
		{"geb. 04.03.1971", "04.03.1971"},
		{"geboren am 4. März 1971 in Köln", "4. März 1971"},
		{"Geburtsdatum: 4.3.71", "4.3.71"},
		{"Hans Müller (* 04.03.1971)", "04.03.1971"},
		{"née le 4 mars 1971", "4 mars 1971"},
		{"né(e) à Saint-Denis le 1er mai 1971", "1er mai 1971"},
		{"Date de naissance : 04/03/1971", "04/03/1971"},
		{"nacido el 4 de marzo de 1971 en Quito", "4 de marzo de 1971"},
		{"F. nac.: 04/03/1971", "04/03/1971"},
		{"nata a Chioggia il 4 marzo 1971", "4 marzo 1971"},
		{"n. 04/03/1971", "04/03/1971"},
		{"nascido a 4 de março de 1971", "4 de março de 1971"},
		{"DN 04/03/1971", "04/03/1971"},
		{"geboren te Breda op 4 maart 1971", "4 maart 1971"},
		{"ur. 4 marca 1971 r.", "4 marca 1971 r."},
		{"nar. 4. 3. 1971", "4. 3. 1971"},
		{"narozena 4. března 1971", "4. března 1971"},
		{"szül. 1971. március 4.", "1971. március 4."},
		{"születési idő: 1971.03.04", "1971.03.04"},
		{"1971. március 4-én született", "1971. március 4"},
		{"născut la 4 martie 1971", "4 martie 1971"},
		{"rođena 4. ožujka 1971", "4. ožujka 1971"},
		{"doğum tarihi: 04.03.1971", "04.03.1971"},
		{"04.03.1971 doğumlu", "04.03.1971"},
		{"född den 4 mars 1971", "4 mars 1971"},
		{"født 4. marts 1971", "4. marts 1971"},
		{"syntynyt 4. maaliskuuta 1971", "4. maaliskuuta 1971"},
		{"fæddur 4. mars 1971", "4. mars 1971"},
		{"родился 4 марта 1971 года", "4 марта 1971"},
		{"родилась в городе Пензе 4 марта 1971", "4 марта 1971"},
		{"Дата рождения: 04.03.1971", "04.03.1971"},
		{"Иванов И. И., 04.03.1971 г.р.", "04.03.1971"},
		{"Иванов И. И., 4 марта 1971 года рождения", "4 марта 1971"},
		{"04.03.1971 р.н.", "04.03.1971"},
		{"γεννημένος στις 4 Μαρτίου 1971", "4 Μαρτίου 1971"},
		{"Ημ. γέννησης: 4/3/1971", "4/3/1971"},
		{"תאריך לידה: 4.3.1971", "4.3.1971"},
		{"تاريخ الميلاد: 1971/03/04", "1971/03/04"},
		{"जन्म 4 मार्च 1971", "4 मार्च 1971"},
		{"เกิดวันที่ 4 มีนาคม 2514", "4 มีนาคม 2514"},
		{"生年月日：1971年3月4日", "1971年3月4日"},
		{"昭和46年3月4日生", "昭和46年3月4日"},
		{"生年月日 平成元年6月2日", "平成元年6月2日"},
		{"出生日期：1971年03月04日", "1971年03月04日"},
		{"生于1971年3月4日", "1971年3月4日"},
		{"생년월일: 1971년 3월 4일", "1971년 3월 4일"},
		{"1971년 3월 4일생", "1971년 3월 4일"},
		{"ngày sinh: 04/03/1971", "04/03/1971"},
		{"Tempat/tgl lahir: Bandung, 4 Maret 1971", "4 Maret 1971"},
		{"ＤＯＢ： ０４/０３/１９７１", "０４/０３/１９７１"},
	} {
		if got := found(tc.text); len(got) != 1 || got[0] != "date "+tc.date {
			t.Errorf("in %q: %q", tc.text, got)
		}
		checkInvariants(t, tc.text)
	}
}

// Days on which something else happened.
func TestOtherDatesAreNobodys(t *testing.T) {
	clean(t,
		"Meeting on 4 March 2026", "2026-11-24", "due 04/03/2026", "invoice date: 04.03.2026", "Stand: 4. März 2026", "le 4 mars 2026", "Rechnung vom 04.03.2026",
		"* 2026-11-24 first release", "* 24.11.2026 fixed", "**24.11.2026**", "[24/Nov/2026:10:11:12 +0000]", "version 1.2.1971", "1.2.1971.4", "path/2026/11/24/x",
		"born in Leeds, he joined the company on 3 March 2001", "a star is born: opening night 4 March 2026", "persons born before 1 January 2007", "born after 1 January 2007",
		"birth certificate issued 4 March 2026", "Geburtsurkunde ausgestellt am 04.03.2026", "birthday party on 4 March 2026", "His birthday was great. See you on 4 March 2026",
		`{"birthDate":null,"updated":"2026-03-04"}`, `{"birth_place":"Rome","created":"2026-03-04"}`, "date_of_birth date, created_at timestamp DEFAULT '2026-03-04'",
		"né pour gagner, le 4 mars 2026", "il ne vient pas le 4 mars 2026", "fait à Lyon, le 4 mars 2026", "nato summit on 4 March 2026", "NATO-Gipfel am 04.03.2026",
		"生産日 2026年3月4日", "2026年3月4日発売", "release of 2026-03-04 was born of need",
		"on 4 March 1643 he was born again", "born 4 March 1643", "dob: 99/99/1971", "dob: 1971-13-40", "DOB", "born", "昭和", "4 March",
	)
}

// A policy may ask for every date.
func TestAllDates(t *testing.T) {
	d := rules.NewWith(rules.Options{Dates: rules.AllDates})
	for text, want := range map[string]string{
		"Meeting on 4 March 2026":    "4 March 2026",
		"due 04/03/2026, please":     "04/03/2026",
		"at 2026-11-24T10:11:12Z":    "2026-11-24",
		"bis 4. März 2026":           "4. März 2026",
		"2026年3月4日発売":                "2026年3月4日",
		"version 1.2.1971.4, 4 May":  "",
		"[24/Nov/2026:10:11:12 +00]": "24/Nov/2026",
	} {
		var got []string
		for _, s := range d.AppendSpans(nil, text) {
			if s.Category == pii.PrivateDate {
				got = append(got, text[s.Start:s.End])
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("in %q: %q", text, got)
		}
	}
}
