package rules_test

import "testing"

func TestFieldsOfPeople(t *testing.T) {
	check(t, []row{
		{"snake", `{"first_name": "Xanthe", "last_name": "Mulgrew"}`, []string{"person Xanthe", "person Mulgrew"}},
		{"camel", `{"firstName":"Ann-Marie","lastName":"O'Neill"}`, []string{"person Ann-Marie", "person O'Neill"}},
		{"kebab", "first-name: Xanthe\nlast-name: Mulgrew", []string{"person Xanthe", "person Mulgrew"}},
		{"dotted", "user.name: Jane Doe", []string{"person Jane Doe"}},
		{"nested", `{"name":{"first":"Wilhelmina","middle":"J","last":"Prudhomme"}}`, []string{"person Wilhelmina", "person J", "person Prudhomme"}},
		{"array", `{"family":"Chalmers","given":["Peter","James"]}`, []string{"person Chalmers", "person Peter", "person James"}},
		{"lower case", `{"surname":"elhassan"}`, []string{"person elhassan"}},
		{"upper case", "SURNAME: VANDERMEER", []string{"person VANDERMEER"}},
		{"surname first", "Patient: STEWART, LORETTA MAE\n", []string{"person STEWART, LORETTA MAE"}},
		{"title stays", "Patient: Mr Samir Haddad, 44\nx", []string{"person Samir Haddad"}},
		{"form", "1. Surname (as in passport): Elhassan\n2. First names: Tariq Yahya", []string{"person Elhassan", "person Tariq Yahya"}},
		{"leaders", "Vorname ........: Traudl\nNachname .......: Moosbauer", []string{"person Traudl", "person Moosbauer"}},
		{"German", "Vor- und Nachname: Johanna Steinbrecher", []string{"person Johanna Steinbrecher"}},
		{"French", "Nom et prénom : Lavergne Thi Mai", []string{"person Lavergne Thi Mai"}},
		{"Polish", "Imię i nazwisko: Genowefa Sroka", []string{"person Genowefa Sroka"}},
		{"Spanish", "Apellidos: Quiroga Vidal", []string{"person Quiroga Vidal"}},
		{"Japanese", "氏名：蛭田 修造", []string{"person 蛭田 修造"}},
		{"Chinese", "姓名: 欧阳建业", []string{"person 欧阳建业"}},
		{"Korean", "성명: 탁서진", []string{"person 탁서진"}},
		{"Russian", "ФИО: Сухоруков Пётр Ильич", []string{"person Сухоруков Пётр Ильич"}},
		{"Greek", "Ονοματεπώνυμο: Όλγα Πετρίδου", []string{"person Όλγα Πετρίδου"}},
		{"query", "GET /s?first_name=Marta&last_name=Wielgosz&page=2", []string{"person Marta", "person Wielgosz"}},
		{"XML", "<person><firstName>Xanthe</firstName><surname>Mulgrew</surname></person>", []string{"person Xanthe", "person Mulgrew"}},
		{
			"mail", "From: Rosalind Achterberg <r@thornfield.co.uk>\nTo: \"Pell, Dominic\" <d@x.co>, Bo Yu <b@x.co>",
			[]string{"person Rosalind Achterberg", "email r@thornfield.co.uk", "person Pell, Dominic", "email d@x.co", "person Bo Yu", "email b@x.co"},
		},
		{"list", "Present: Ann Lee, Bo Yu", []string{"person Ann Lee", "person Bo Yu"}},
		{"name beside e-mail", "name: Jane Doe\nemail: jane@doe.org", []string{"person Jane Doe", "email jane@doe.org"}},
		{"labels in one line", "Name: John Smith Date of Birth: 3/4/58 Surname: Lee", []string{"person John Smith", "date 3/4/58", "person Lee"}},
		{"attributes", "<ns:FirstName xml:lang=\"en\">Ann</ns:FirstName>", []string{"person Ann"}},
		{"escaped", `{\"first_name\":\"Xanthe\"}`, []string{"person Xanthe"}},
		{"single quotes", "{'lastName': 'Mulgrew'}", []string{"person Mulgrew"}},
	})
}

func TestFieldsOfAddresses(t *testing.T) {
	check(t, []row{
		{"record", `{"street":"5 Grey Street","city":"Newcastle upon Tyne","postcode":"NE1 6EE"}`, []string{"address 5 Grey Street", "address Newcastle upon Tyne", "address NE1 6EE"}},
		{"German", "Straße: Am Anger 4\nPLZ: 83671\nOrt: Benediktbeuern", []string{"address Am Anger 4", "address 83671", "address Benediktbeuern"}},
		{"one line", "Home address: Block 12, House 7, Al-Riyadh, Khartoum", []string{"address Block 12, House 7, Al-Riyadh, Khartoum"}},
		{"camel", `{"priorAddress":"17 Magnolia Ct, Baton Rouge, LA 70806"}`, []string{"address 17 Magnolia Ct, Baton Rouge, LA 70806"}},
		{"Portuguese", `{"logradouro":"Rua Afonso Celso, 221","bairro":"Barra"}`, []string{"address Rua Afonso Celso, 221", "address Barra"}},
		{"Japanese", "住所：東京都千代田区千代田1-1", []string{"address 東京都千代田区千代田1-1"}},
		{"two lines", "Address: 12 Oak Street\nSpringfield, IL 62704\nnext 1234567", []string{"address 12 Oak Street\nSpringfield, IL 62704"}},
		{"next pair", "address=5 Grey Street, page=2", []string{"address 5 Grey Street"}},
	})
}

// Names of things, and fields that only sound like those of people.
func TestFieldsOfThings(t *testing.T) {
	clean(t,
		`{"user":{"email":null},"repo":{"name":"Hello World"}}`, `{"name": "left-pad", "version": "1.3.0"}`, "metadata:\n  name: my-app\n  namespace: default", "kind: Deployment\nname: Red Hat\nemail: x", "file name: Annual Report", "Company name: Ashby Roofing Ltd", "Host name: alpha beta",
		"project_name: Big Thunder", `{"full_name": "octocat/Hello-World"}`, "username: jane_doe", "first_name text NOT NULL", "first_name: string", "lastName: String,", "firstName: z.string(),", "first_name = models.CharField(max_length=30)",
		"firstName = user.firstName;", "last_name: Optional[str] = None", "const firstName = getName(x)", `"first_name": {"type": "string"}`, "first_name: First name", `"lastName": "Last Name"`, "surname: ${surname}", "surname: {{ surname }}", `"surname": null`,
		"last_name: required", "first: 1, last: 10", `{"first": "page", "last": "page"}`, "first: Step one", "Given: a list of names", "patient: none", "customer: Acme Widgets GmbH", "contact: our support team", "Name: please enter your name",
		"from: now on we close early", "to: the moon and back", "From: Support Team <x>", "From: Stripe <s@x>", "From: Acme Widgets <", "Reply-To: Corvid Arts <info@", "import X from: Y", "From here: left", "- name: Create GitHub Release\n  uses: x", "name: Build and Test\non: push", "attendees: 42", "address: 0x7ffd1234abcd", "address: localhost:8080", "address = &net.TCPAddr{}", "address: IPv4 or IPv6 for internet protocols",
		"remote address: unix socket 3", "city: London", `{"city":"Paris","temp":21.4}`, "zip: archive.zip", "ort: hier", "street: none", "state: running", "cap: 100", "via: proxy 3", "rue: the day", "adresse: inconnue", "imie: string",
		"Title: The First Name", "Error: First Name is required", "name: Foo Bar Baz", "class Person: Base", "if name == Jane Doe: pass", "owner: team-basket", "Ten: Fingers And Toes", "Ad: New Phone",
	)
}
