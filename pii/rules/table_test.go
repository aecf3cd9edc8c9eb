package rules_test

import "testing"

func TestTables(t *testing.T) {
	check(t, []row{
		{
			"semicolons", "id;vorname;nachname;strasse;plz;ort;geburtstag\n1;Traudl;Moosbauer;Am Anger 4;83671;Benediktbeuern;12.03.1951\n2;Florentin;Ochs;Kapellenweg 19 a;82431;Kochel am See;30.11.1988\n",
			[]string{
				"person Traudl", "person Moosbauer", "address Am Anger 4", "address 83671", "address Benediktbeuern", "date 12.03.1951",
				"person Florentin", "person Ochs", "address Kapellenweg 19 a", "address 82431", "address Kochel am See", "date 30.11.1988",
			},
		},
		{"quoted cells", "name,dob,phone\r\n\"Mulgrew, Xanthe\",\"1991-04-03\",\"0191 496 0144\"\r\n", []string{"person Mulgrew, Xanthe", "date 1991-04-03", "phone 0191 496 0144"}},
		{"tabs", "first_name\tlast_name\tcity\nParis\tLondon\tHouston\n", []string{"person Paris", "person London", "address Houston"}},
		{"Markdown", "| Name | E-mail | Date of birth |\n|------|--------|---------------|\n| Xanthe Mulgrew | x@mulgrew.org | 1991-04-03 |\n", []string{"person Xanthe Mulgrew", "email x@mulgrew.org", "date 1991-04-03"}},
		{"behind prose", "Here is the list, please check:\n\nid,first_name,ssn\n1,Xanthe,485555882\n\nThanks", []string{"person Xanthe", "account_number 485555882"}},
		{"empty cells", "first_name,email,phone\nJoan,,01670 496 01\nLee,lee@wang.org,\n", []string{"person Joan", "phone 01670 496 01", "person Lee", "email lee@wang.org"}},
		{"passwords", "login,password\nxanthe,hunter2\n", []string{"secret hunter2"}},
		{"customer numbers", "Kundennummer;Betrag\n4471208;12,50\n", []string{"account_number 4471208"}},
		{
			"INSERT", "INSERT INTO patients (id, first_name, date_of_birth, note) VALUES (1, 'Oliver', '2011-06-07', NULL), (2, 'O''Neill', '2012-06-07', 'x');",
			[]string{"person Oliver", "date 2011-06-07", "person O''Neill", "date 2012-06-07"},
		},
		{"INSERT in a log", "insert into `users` (name, email) values (Inês Falcão, ines@caminho.pt))", []string{"person Inês Falcão", "email ines@caminho.pt"}},
		{"the table ends", "first_name,last_name\nXanthe,Mulgrew\nThe end, really, of it\nParis,London", []string{"person Xanthe", "person Mulgrew"}},
	})
}

func TestTablesOfThings(t *testing.T) {
	clean(t,
		"sku,description,qty\nHB-8812-04,\"Hex bolt, zinc\",5000\n", "timestamp,station,no2\n2026-11-18T10:00Z,Marylebone Road,41.2\n", "name,version,license\nLeft Pad,1.3.0,MIT\n", "city,temp\nParis,21\n", "date,city,zip\n2026-11-24,Paris,75001\n",
		"CREATE TABLE people (first_name text, last_name text)", "SELECT first_name, last_name FROM people", "INSERT INTO people (first_name, last_name) SELECT a, b FROM t", "INSERT INTO t (first_name) VALUES (?)", "INSERT INTO t (first_name, last_name) VALUES ($1, $2)", "insert into t (first_name) values (:first_name)",
		"first_name,last_name\n", "first_name, last_name,\n    email,\n", "def f(first_name, last_name):\n    return first_name, last_name\n", "name, err := f()\nok, done := g()\n", "phone, address, name\n\nnothing",
	)
}
