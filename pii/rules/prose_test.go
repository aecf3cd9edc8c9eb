package rules_test

import "testing"

func TestPasswordsInProse(t *testing.T) {
	const p = "zonne2024"
	want := []string{"secret " + p}
	var rows []row
	for _, text := range []string{
		"My password is: %", "The password for the VPN is %.", "password for the router: %", "Use the password % to log in", "Das WLAN-Passwort ist %",
		"Mein Kennwort: %", "Le mot de passe est %", "Votre mot de passe pour le site : %", "La contraseña es %", "Mi clave es %", "La password è %", "A senha é %",
		"senha: %", "Het wachtwoord is %", "Hasło to %", "Lösenordet är %", "Adgangskoden er %", "Passordet er %", "Mitt passord er %", "heslo je %", "Jelszó: %",
		"Parola este %", "Şifreniz %", "Пароль %", "Мой пароль - %", "пароль для входа: %", "парола: %", "лозинка: %", "ο κωδικός είναι: %",
		"パスワードは % です", "パスワード：%", "密码是%", "密码为 %", "您的密碼：%", "비밀번호는 % 입니다", "암호: %", "סיסמה: %", "كلمة المرور: %", "รหัสผ่าน: %", "mật khẩu là: %", "kata sandi: %",
	} {
		rows = append(rows, row{text, replace(text, p), want})
	}
	check(t, rows)
	check(t, []row{
		{"digits alone, announced", "La contraseña es 884213.", []string{"secret 884213"}},
		{"in quotes", "Hasło to \"wiosna\"", []string{"secret wiosna"}},
		{"marks", "Il mot de passe est soleil!vert", []string{"secret soleil!vert"}},
	})
	clean(t,
		"La contraseña es obligatoria", "Le mot de passe est incorrect.", "Пароль неверный", "Hasło jest wymagane", "wachtwoord vergeten?", "Das Passwort ist falsch", "A senha é obrigatória",
		"password policy: 12 characters minimum", "hash-password command", "the plaintext password matches the given Argon2id hash", "invalid password or PKCS12 data", "the password log into 1password",
		"Password *uint16\n\tPasswordLength uint32", "The Debian base-passwd package", "--username and --password options instead", "contraseña de 8 caracteres", "mot de passe (8 à 64)",
	)
}

func replace(text, p string) string {
	for i := range text {
		if text[i] == '%' {
			return text[:i] + p + text[i+1:]
		}
	}
	return text
}

func TestCodes(t *testing.T) {
	var rows []row
	for _, text := range []string{
		"Your verification code is %", "Your verification code for the bank is: %.", "% is your verification code", "% is your Example verification code", "Your code is %. Do not share it.",
		"OTP: %", "Your one-time password is %", "one-time code %", "2FA code: %", "passcode %", "mTAN %", "TAN: %", "PUK %", "Ihr Bestätigungscode lautet %", "Ihr Sicherheitscode: %",
		"Votre code de vérification est %", "Su código de verificación es %", "Il tuo codice di verifica è %", "Seu código de verificação é %", "Uw verificatiecode is %", "Twój kod weryfikacyjny to %",
		"Ваш код подтверждения: %", "验证码：%", "您的验证码是%", "認証コード: %", "인증번호 %",
	} {
		rows = append(rows, row{text, replace(text, "482913"), []string{"secret 482913"}})
	}
	check(t, rows)
	check(t, []row{
		{"in halves", "SMS code 482-913", []string{"secret 482-913"}},
		{"in halves, blank", "Your security code is 482 913", []string{"secret 482 913"}},
		{"with its sender", "G-482913 is your Google verification code", []string{"secret G-482913"}},
		{"PIN", "my PIN is 4821", []string{"secret 4821"}},
		{"PIN, no verb", "card PIN 4821, thanks", []string{"secret 4821"}},
		{"PIN, small", "the pin code for the door is 4821", []string{"secret 4821"}},
		{"CVV", "exp 12/27 CVV 123", []string{"secret 123"}},
		{"CVC of four digits", "cvc: 1234", []string{"secret 1234"}},
		{"security code", "Security code 4821", []string{"secret 4821"}},
	})
	clean(t,
		"error code is 482913", "status code: 404", "zip code is 94105", "country code: 49", "source code 12345", "exit code 139", "area code 415", "promo code SAVE20", "GPIO pin: 17", "pin 13 of the connector",
		"your code is 12000 lines long", "the verification code in auth.go:1234", "PINs 1234", "verification code 1.2345", "security code reviews 2024", "the access code path 404", "CVV is missing", "see the login code, line 12",
	)
}

func TestCommands(t *testing.T) {
	check(t, []row{
		{"curl, a plain password", "curl -u elena:summer https://h.example/", []string{"secret summer"}},
		{"curl, long", "curl --user admin:letmein https://h.example/", []string{"secret letmein"}},
		{"curl over lines", "curl \\\n  -X POST \\\n  -u elena:summer h", []string{"secret summer"}},
		{"curl, a token for a user", "curl https://h -u sktestabcdef0123456789: ", []string{"secret sktestabcdef0123456789"}},
		{"curl, a header of one's own", "curl -H 'Acme-Key: synthetickey' h", []string{"secret synthetickey"}},
		{"httpie", "http -a elena:s3cret9 h.example", []string{"secret s3cret9"}},
		{"sshpass, attached", "sshpass -ps3cret9 ssh h", []string{"secret s3cret9"}},
		{"mysql, attached", "mysql -u root -ps3cret9 db", []string{"secret s3cret9"}},
		{"mysql, in quotes", "mysqldump -uroot -p's3cret 9' db", []string{"secret s3cret 9"}},
		{"docker login", "docker login -u elena -p s3cret9 registry.example", []string{"secret s3cret9"}},
		{"redis", "redis-cli -h x -a s3cret9 ping", []string{"secret s3cret9"}},
		{"LDAP", "ldapsearch -D cn=x -w s3cret9 -b dc=y", []string{"secret s3cret9"}},
		{"htpasswd", "htpasswd -bB /etc/x elena s3cret9", []string{"secret s3cret9"}},
		{"htpasswd, to the terminal", "htpasswd -nb elena s3cret9", []string{"secret s3cret9"}},
		{"openssl", "openssl rsa -passin pass:s3cret9 -in k", []string{"secret s3cret9"}},
		{"chpasswd", `echo "elena:s3cret9" | chpasswd`, []string{"secret s3cret9"}},
		{"sudo", "echo s3cret9 | sudo -S ls", []string{"secret s3cret9"}},
		{"aws", "aws configure set aws_secret_access_key abcdEFGH1234abcdEFGH", []string{"secret abcdEFGH1234abcdEFGH"}},
		{"Windows", "setx API_TOKEN abcdEFGH1234abcd", []string{"secret abcdEFGH1234abcd"}},
		{"Dockerfile", "ENV DB_PASSWORD s3cret9", []string{"secret s3cret9"}},
	})
	clean(t, "curl -u user:password https://x", "curl -u $USER:$PASS h", "curl -u elena h", "curl -H 'Accept: */*' h", "curl -H 'Api-Key: $KEY_VALUE' h", "curl -H 'X-Key: {{ key }}' h", "mkdir -p a0b1c2", "mysql -p db -u x",
		"docker run -p 8080:80 x", "ssh -p 2222 h", "cp -a s3cret9 x", "grep -w s3cret9 x", "ls | sudo -S x", "ENV PATH /usr/bin1", "cat f | chpasswd", "redis-cli -a $PASS")
}

func TestConnectionStrings(t *testing.T) {
	check(t, []row{
		{"SQL Server, JDBC", "jdbc:sqlserver://db:1433;databaseName=x;user=sa;password=Str0ng!Pass;encrypt=true", []string{"secret Str0ng!Pass"}},
		{"Oracle, thin", "jdbc:oracle:thin:scott/tigerX9@//db:1521/orcl", []string{"secret tigerX9"}},
		{"ADO.NET", "Server=tcp:db.example.net,1433;Database=x;Uid=app;Pwd=Abc123!xyz;Encrypt=yes", []string{"secret Abc123!xyz"}},
		{"ODBC", "Driver={ODBC Driver 18};Server=h;UID=sa;PWD=P9wdx;Trusted=no", []string{"secret P9wdx"}},
		{"ODBC, in braces", "Driver={ODBC Driver 18};Server=h;UID=sa;PWD={P;wd9x!};Trusted=no", []string{"secret P;wd9x!"}},
		{"libpq", "host=db user=app password='s3 cret' dbname=x", []string{"secret s3 cret"}},
		{"Go and MySQL", "app:s3cr3tPw@tcp(127.0.0.1:3306)/db?parseTime=true", []string{"secret s3cr3tPw"}},
		{"service bus", "Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey=abcDEF123ghi456JKL789mno0123456789ABCDEFGH=", []string{"secret abcDEF123ghi456JKL789mno0123456789ABCDEFGH="}},
		{"shared access signature", "SharedAccessSignature sr=https%3a%2f%2fx&sig=abcDEF123ghi456%3d&se=1700000000&skn=Root", []string{"secret abcDEF123ghi456%3d"}},
		{"shared access signature in a URL", "https://a.example/c/f.txt?sv=2022-11-02&sp=r&sig=abcDEF123%2Fghi456JKL789mno%3D", []string{"url https://a.example/c/f.txt?sv=2022-11-02&sp=r&sig=abcDEF123%2Fghi456JKL789mno%3D"}},
	})
	clean(t, "postgres://user:password@localhost/db", "PWD=/home/x1", "app@tcp(127.0.0.1:3306)/db", "${USER}:${PASS}@tcp(h)/db", "jdbc:oracle:thin:@//db:1521/orcl", "UID=sa;PWD={password};x=1", "sig = abcdef012345")
}

func TestNamedValues(t *testing.T) {
	check(t, []row{
		{"HAR", `{"name":"Authorization","value":"Bearer abcdef123456"}`, []string{"secret abcdef123456"}},
		{"HAR, cookies", `{"name": "Cookie", "value": "sid=abcd1234; t=1"}`, []string{"secret abcd1234"}},
		{"HAR, a key", `{"name": "X-Api-Key", "value": "abcdEFGH1234"}`, []string{"secret abcdEFGH1234"}},
		{"environment of a container", "env:\n- name: DB_PASSWORD\n  value: hunter2x\n", []string{"secret hunter2x"}},
		{"key and value", `{"key":"DB_PASSWORD","value":"hunter2x"}`, []string{"secret hunter2x"}},
		{"property", `<property name="db.password" value="hunter2x"/>`, []string{"secret hunter2x"}},
		{"Go's map", "map[Authorization:[Bearer abcdef123456] Accept:[*/*]]", []string{"secret abcdef123456"}},
	})
	clean(t, `{"name":"color","value":"hunter2x"}`, `{"name":"password","type":"string"}`, `{"name":"password","value":""}`, "- name: DB_PASSWORD\n  value: $(PASS)\n", `{"label":"password","value":"hunter2x"}`)
}

func TestSecretManifests(t *testing.T) {
	check(t, []row{
		{"all of its data", "kind: Secret\nmetadata:\n  name: x\ndata:\n  username: YWRtaW4=\n  f.txt: czNj\ntype: Opaque\n", []string{"secret YWRtaW4=", "secret czNj"}},
		{"kind behind it", "data:\n  a: czNj\nkind: Secret\n", []string{"secret czNj"}},
		{"a block", "kind: Secret\nstringData:\n  c.yaml: |\n    user: x\n    any thing\n  z: \"q\"\n", []string{"secret user: x", "secret any thing", "secret q"}},
		{"the second of two", "kind: ConfigMap\ndata:\n  a: YWRtaW4=\n---\nkind: Secret\ndata:\n  a: czNj", []string{"secret czNj"}},
	})
	clean(t, "kind: ConfigMap\ndata:\n  a: YWRtaW4=\n", "kind: SecretStore\ndata:\n  a: czNj\n", "kind: Secret\ndata:\n  a: {{ .Values.a }}\n  b: \"\"\n", "kind: Secret\ndata:\nmetadata: x1\n")
}

func TestChoicesAreCode(t *testing.T) {
	clean(t, "const password = isProd ? prodPw : devPw;", "user.password = hunter2 if ok else other", "password: creds.password }", "Password: b64Pwd,", "self.passwd = password_mgr", "password: Optional[str]", "pw: Dict[str, int]",
		"user_pass = (self.username + x)", "noAuthorization = !req.headers.authorization;", "password: readPassword,", "--password=$$MYSQL_PASSWORD --silent")
}

func TestSampleKeysAreNone(t *testing.T) {
	clean(t, "AKIAIOSFODNN7EXAMPLE", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "password: changeme", "api_key = your_api_key_1234", "token = xxxxxxxxxxxxxxxxxxxx", "secret: ${SECRET_1}", "key: {{ .Values.key1234567 }}",
		"golang.org/x/oauth2 v0.37.0 h1:JUlcxA8oAtauLfiH8FX2/FkAWHAdi0QtGCGc+hofE98=", "Key ID: DmAtZt2EhmZr_iTJJ387fr4Md2NbzMXGdXQNW1UWPXk", `"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="`,
		`"integrity": "sha512-abcdEFGH1234abcdEFGH1234abcdEFGH1234abcdEFGH1234abcdEFGH1234abcdEFGH1234AA=="`, "api_key_sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
}
