package rules_test

import "testing"

func TestEmail(t *testing.T) {
	check(t, []row{
		{"plain", "write to jane.doe@example.com today", []string{"email jane.doe@example.com"}},
		{"end of sentence", "It is jane@example.com.", []string{"email jane@example.com"}},
		{"next sentence without a space", "It is jane@example.com.Then go", []string{"email jane@example.com"}},
		{"angle brackets", "Jane Doe <jane@example.com>, Bob <bob@example.org>", []string{"email jane@example.com", "email bob@example.org"}},
		{"plus tag and apostrophe", "j.o'neil+news@mail.example.co.uk", []string{"email j.o'neil+news@mail.example.co.uk"}},
		{"quoted by apostrophes", "'jane@example.com'", []string{"email jane@example.com"}},
		{"mailto", `<a href="mailto:jane@example.com?subject=x">`, []string{"email jane@example.com"}},
		{"capitals", "JANE.DOE@EXAMPLE.COM", []string{"email JANE.DOE@EXAMPLE.COM"}},
		{"key and value", "email=jane@example.com&x=1", []string{"email jane@example.com"}},
		{"percent-encoded", "GET /find?mail=jane%40example.com HTTP/1.1", []string{"email jane%40example.com"}},
		{"internationalised", "schreib an jürgen@müller.de bitte", []string{"email jürgen@müller.de"}},
		{"punycode", "a@xn--mller-kva.de", []string{"email a@xn--mller-kva.de"}},
		{"quoted local part", `"jane doe"@example.com`, []string{`email "jane doe"@example.com`}},
		{"address literal", "root@[192.0.2.1]", []string{"email root@[192.0.2.1]"}},
		{"private top-level names", "jane@corp.internal jane@box.local jane@example.test", []string{"email jane@corp.internal", "email jane@box.local", "email jane@example.test"}},
		{"digits only", "12345@qq.com", []string{"email 12345@qq.com"}},
		{"underscore first", "_jane_@example.com", []string{"email _jane_@example.com"}},
		{"at and dot in words", "jane (at) example dot com, bob[at]example[dot]org", []string{"email jane (at) example dot com", "email bob[at]example[dot]org"}},
		{"defanged", "jane@example[.]com and jane[@]example.com", []string{"email jane@example[.]com", "email jane[@]example.com"}},
		{"spaces around the sign", "email: jane @ example.com", []string{"email jane @ example.com"}},
		{"full-width", "ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", []string{"email ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ"}},
		{"zero-width inside", "ja\u200bne@exam\u200dple.c\u2060om", []string{"email ja\u200bne@exam\u200dple.c\u2060om"}},
		{"soft hyphen", "jane@exam\u00adple.com", []string{"email jane@exam\u00adple.com"}},
		{"Cyrillic look-alike", "jаne@exаmple.com", []string{"email jаne@exаmple.com"}},
		{"long local part is covered in whole", "x" + repeat("ab", 60) + "@example.com", []string{"email x" + repeat("ab", 60) + "@example.com"}},
		{"Japanese around", "連絡先はjane@example.comです", []string{"email jane@example.com"}},
		{"bot in the log", "sender=jane@example.com,rcpt=bob@example.com", []string{"email jane@example.com", "email bob@example.com"}},
	})
	clean(t,
		"logo@2x.png hero@3x.jpg icon@1.5x.svg", "git@github.com:org/repo.git", "react@18.2.0 @types/node@20.1.0 lodash@^4",
		"@media (max-width: 3px)", "return@forEach this@Foo.name super@Bar.run", "a @ b", "@", "@@@@", "foo@", "@bar.com",
		"user@host", "x@y.z", "lunch @ example.com", "docker.io/app@sha256:0123abcd", "price @ 3.50", "f(at)x", "[at]", "deploy@v1.2.3",
		"@Override public @interface Foo.class", "ssh root@localhost", "name@example.notatld",
	)
}

func TestAddressesInHeaders(t *testing.T) {
	check(t, []row{
		{"return path", "Return-Path: <bounce+jane.doe=saltmarsh.org@lists.net>", []string{"email bounce+jane.doe=saltmarsh.org@lists.net"}},
		{"query", "?mail=jane.doe@saltmarsh.org", []string{"email jane.doe@saltmarsh.org"}},
	})
	clean(t, "Message-ID: <20261112T091155.77a1c2@mailer.net>", "In-Reply-To: <a.b.c@mailer.net>")
}
