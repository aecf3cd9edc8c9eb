package rules_test

import "testing"

func TestCommandLineSecrets(t *testing.T) {
	check(t, []row{
		{"a token behind a blank", "deploy --token abcdef0123456789abcdef --now", []string{"secret abcdef0123456789abcdef"}},
		{"an API key behind a blank", "tool --api-key 'AbCdEf0123456789AbCd'", []string{"secret AbCdEf0123456789AbCd"}},
		{"curl's user", "curl -u elena:hunter2!x https://example.com/a", []string{"secret hunter2!x"}},
		{"sshpass", "sshpass -p 'S3cr3t!' ssh host", []string{"secret S3cr3t!"}},
		{"Rails", "SECRET_KEY_BASE=0123456789abcdef0123456789abcdef", []string{"secret 0123456789abcdef0123456789abcdef"}},
	})
	clean(t, "tool --token <token> --key value", "--token-ttl 3600", "--secret my-secret-name", "--no-token 1", "docker run -u 1000:1000 -p 8080:80 x",
		"curl -u user:password https://x", "a --> b --- c -- d", "-- token abc", "--token $TOKEN", "mkdir -p a0b1c2d3e4")
}

func TestXMLSecrets(t *testing.T) {
	check(t, []row{
		{"password", "<user><password>hunter2</password></user>", []string{"secret hunter2"}},
		{"with marks", "<pwd>a;b!1x</pwd>", []string{"secret a;b!1x"}},
		{"in a namespace", "<ns2:Token>abcdef0123456789abcdef</ns2:Token>", []string{"secret abcdef0123456789abcdef"}},
	})
	clean(t, "<password></password>", "<password>${db.password}</password>", "<token>{{token}}</token>", "<tokens>1234</tokens>",
		"<pass>true</pass>", "if token>abc</b", "a.password>hunter2</x")
}

func TestNationalShapes(t *testing.T) {
	check(t, []row{
		{"Brazilian mobile", "fale: (11) 91234-5678", []string{"phone (11) 91234-5678"}},
		{"Brazilian landline", "(21) 3456-7890", []string{"phone (21) 3456-7890"}},
		{"Turkish mobile", "0532 123 45 67", []string{"phone 0532 123 45 67"}},
		{"stored without plus", `{"msisdn":"4917123456789"}`, []string{"phone 4917123456789"}},
		{"announced, without plus", "phone: 33612345678", []string{"phone 33612345678"}},
	})
	clean(t, "(12) 34567-8901", "id 4917123456789", "phone: 12 units", `"phone_type": 12345678901`)
}
