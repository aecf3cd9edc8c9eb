package rules_test

import (
	"encoding/base64"
	"testing"
)

const (
	header  = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"         // {"alg":"HS256","typ":"JWT"}
	claims  = "eyJzdWIiOiJzeW50aGV0aWMiLCJpYXQiOjE1MTYyMzl9" // {"sub":"synthetic","iat":1516239}
	mac     = "c3ludGhldGljLXN5bnRoZXRpYy1zeW50aGV0aWMx"
	keyBody = "MIIsynthetic0000syntheticKEYsynthetic0000syntheticKEYsynthetic00"
)

func TestJWT(t *testing.T) {
	token := header + "." + claims + "." + mac
	check(t, []row{
		{"plain", "token " + token + " ok", []string{"secret " + token}},
		{"end of sentence", "It is " + token + ".", []string{"secret " + token}},
		{"in a cookie", "jwt=" + token + "; Path=/", []string{"secret " + token}},
		{"without signature", header + "." + claims + ". next", []string{"secret " + header + "." + claims}},
		{"encrypted, five parts", header + ".a1b2.c3d4.e5f6.a7b8", []string{"secret " + header + ".a1b2.c3d4.e5f6.a7b8"}},
		{"direct encryption has an empty part", header + "..c3d4.e5f6.a7b8", []string{"secret " + header + "..c3d4.e5f6.a7b8"}},
		{"zero-width inside", header[:9] + "\u200b" + header[9:] + "." + claims + "." + mac, []string{"secret " + header[:9] + "\u200b" + header[9:] + "." + claims + "." + mac}},
	})
	clean(t, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJ.eyJ.eyJ", "eyJub3QiOiJhIGhlYWRlciJ9.eyJ9.x1",
		"xeyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ9.x1", "eyJeyJeyJ", "eyJ!.x.y")
}

func TestPrivateKey(t *testing.T) {
	block := "-----BEGIN RSA PRIVATE KEY-----\n" + keyBody + "\n" + keyBody + "\nc2hvcnQ=\n-----END RSA PRIVATE KEY-----"
	escaped := `-----BEGIN PRIVATE KEY-----\n` + keyBody + `\nc2hvcnQ=\n-----END PRIVATE KEY-----\n`
	cut := "-----BEGIN EC PRIVATE KEY-----\n" + keyBody + "\n" + keyBody[:40]
	encrypted := "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00AA\n\n" + keyBody
	pgp := "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: X\n\n" + keyBody + "\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----"
	check(t, []row{
		{"block", "key:\n" + block + "\nend", []string{"secret " + block}},
		{"OpenSSH", "-----BEGIN OPENSSH PRIVATE KEY-----\n" + keyBody + "\n-----END OPENSSH PRIVATE KEY-----", []string{"secret -----BEGIN OPENSSH PRIVATE KEY-----\n" + keyBody + "\n-----END OPENSSH PRIVATE KEY-----"}},
		{"escaped line ends", `{"private_key":"` + escaped + `","x":1}`, []string{"secret " + escaped[:len(escaped)-2]}},
		{"on one line", "-----BEGIN PRIVATE KEY----- " + keyBody + " -----END PRIVATE KEY-----", []string{"secret -----BEGIN PRIVATE KEY----- " + keyBody + " -----END PRIVATE KEY-----"}},
		{"cut off", cut, []string{"secret " + cut}},
		{"cut off, prose follows", cut + "\n\nThat was my key.", []string{"secret " + cut}},
		{"cut off, in a string", `"` + cut + `", "x": 1`, []string{"secret " + cut}},
		{"encrypted and cut off", encrypted, []string{"secret " + encrypted}},
		{"OpenPGP", pgp + "\n", []string{"secret " + pgp}},
		{"two blocks", block + "\n" + block, []string{"secret " + block, "secret " + block}},
		{"cut off, another after it", cut + "\n" + block, []string{"secret " + cut, "secret " + block}},
		{"zero-width inside the header", "-----BEGIN\u200b RSA PRIVATE KEY-----\n" + keyBody + "\n-----END RSA PRIVATE KEY-----", []string{"secret -----BEGIN\u200b RSA PRIVATE KEY-----\n" + keyBody + "\n-----END RSA PRIVATE KEY-----"}},
	})
	clean(t,
		"-----BEGIN CERTIFICATE-----\n"+keyBody+"\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\n"+keyBody+"\n-----END PUBLIC KEY-----",
		"-----", "------------------", "-----BEGIN ", "-----BEGIN CERTIFICATE REQUEST-----",
	)
}

func TestAuthorization(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("synthetic:password"))
	check(t, []row{
		{"Bearer header", "Authorization: Bearer abc123.def-456\r\nAccept: */*", []string{"secret abc123.def-456"}},
		{"lower case, JSON", `{"authorization": "bearer abc123def456"}`, []string{"secret abc123def456"}},
		{"Basic header", "Authorization: Basic " + basic, []string{"secret " + basic}},
		{"Basic in prose", "send Basic " + basic + " with it", []string{"secret " + basic}},
		{"token scheme", "Authorization: token 0123456789abcdef", []string{"secret 0123456789abcdef"}},
		{"no scheme", "Authorization: 0123456789abcdef", []string{"secret 0123456789abcdef"}},
		{"curl", `curl -H "Authorization: Bearer abc123def456" https://example.com/`, []string{"secret abc123def456"}},
		{"Bearer in prose", "use Bearer abc123def456ghi789 please", []string{"secret abc123def456ghi789"}},
		{"Digest", `Authorization: Digest username="jane", nonce="1", response="0a1b"`, []string{`secret username="jane", nonce="1", response="0a1b"`}},
		{"proxy", "Proxy-Authorization: Basic " + basic, []string{"secret " + basic}},
		{"AWS signature", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20260101/x, Signature=0a1b2c", []string{"secret Credential=AK/20260101/x, Signature=0a1b2c"}},
		{"cookies", "Cookie: sid=abc123; theme=dark\r\n", []string{"secret abc123"}},
		{"cookies, several", "Cookie: lang=en-GB; sid=s%3A9kTz; consent=true; user=alice;raw\n", []string{"secret s%3A9kTz", "secret alice"}},
		{"cookies that only seem to be settings", "Cookie: theme=a8f3b2c19d77e0514; lang=xyzzyplughfrotzozmoonlight", []string{"secret a8f3b2c19d77e0514", "secret xyzzyplughfrotzozmoonlight"}},
		{"set-cookie", "Set-Cookie: sid=abc123; Path=/; HttpOnly", []string{"secret abc123"}},
		{"x-api-key", "X-Api-Key: 0123456789abcdef", []string{"secret 0123456789abcdef"}},
	})
	clean(t, "Authorization: Bearer <token>", "Authorization: Bearer $TOKEN", "Authorization: Bearer ${TOKEN}", "Bearer token", "bearer of bad news",
		"Basic example of things", "basic understanding1", "Authorization: none", "authorization is required", "Authorization: Bearer ****", "Authorization: Bearer {token}",
		"*Authorization: Bearer* is a header", "Cookie: []string{\"a=b\"}", "1) Authorization: Bearer 2) query")
}

func TestPasswords(t *testing.T) {
	check(t, []row{
		{"prose with a colon", "password: hunter2", []string{"secret hunter2"}},
		{"prose with is", "my password is hunter2.", []string{"secret hunter2"}},
		{"was", "the old password was Tr0ub4dor&3, sorry", []string{"secret Tr0ub4dor&3"}},
		{"without a mark", "user jane password hunter22 host x", []string{"secret hunter22"}},
		{"assignment", "DB_PASSWORD=hunter2", []string{"secret hunter2"}},
		{"letters only", "password=swordfish", []string{"secret swordfish"}},
		{"letters only, end of line", "password: swordfish", []string{"secret swordfish"}},
		{"digits only", "passwd: 123456", []string{"secret 123456"}},
		{"JSON", `{"user": "jane", "password": "hunter2"}`, []string{"secret hunter2"}},
		{"JSON with spaces", `{"password": "correct horse battery"}`, []string{"secret correct horse battery"}},
		{"JSON in JSON", `"{\"password\": \"hunter2\"}"`, []string{"secret hunter2"}},
		{"escaped quote inside", `{"password": "hun\"ter2"}`, []string{`secret hun\"ter2`}},
		{"query", "a=1&password=hunter2&b=2", []string{"secret hunter2"}},
		{"connection string", "Server=db;User Id=sa;Password=P@ss,w0rd!;Timeout=3", []string{"secret P@ss,w0rd!"}},
		{"YAML", "db:\n  password: 'hunter2'\n  port: 1", []string{"secret hunter2"}},
		{"segment line with spaces", "user: jane\npassword: open sesame now\nport: 1", []string{"secret open sesame now"}},
		{"Ruby", ":password => 'hunter2'", []string{"secret hunter2"}},
		{"Go", `password := "hunter2"`, []string{"secret hunter2"}},
		{"shell option", "mysql --password hunter2 -u x", []string{"secret hunter2"}},
		{"shell option with equals", "mysql --password=hunter2 -u x", []string{"secret hunter2"}},
		{"camel case", `dbPassword = "hunter2"`, []string{"secret hunter2"}},
		{"short names", "pwd=hunter2 pass=hunter3 pw: hunter4", []string{"secret hunter2", "secret hunter3", "secret hunter4"}},
		{"passphrase takes the line", "passphrase: correct horse battery staple", []string{"secret correct horse battery staple"}},
		{"German", "Passwort: hunter2", []string{"secret hunter2"}},
		{"German, prose", "Das Passwort lautet hunter2", []string{"secret hunter2"}},
		{"French", "mot de passe : hunter2", []string{"secret hunter2"}},
		{"Spanish", "contraseña: hunter2", []string{"secret hunter2"}},
		{"Russian", "пароль: hunter2", []string{"secret hunter2"}},
		{"Japanese, full-width colon", "パスワード：hunter2", []string{"secret hunter2"}},
		{"curly quotes", "password: “hunter2”", []string{"secret hunter2"}},
		{"full-width", "ｐａｓｓｗｏｒｄ：ｈｕｎｔｅｒ２", []string{"secret ｈｕｎｔｅｒ２"}},
		{"zero-width in key and value", "pass\u200bword: hun\u200bter2", []string{"secret hun\u200bter2"}},
		{"PIN", "PIN: 4711", []string{"secret 4711"}},
		{"no-break space", "password:\u00a0hunter2", []string{"secret hunter2"}},
		{"environment before a command", "PGPASSWORD=abc123 psql -h db", []string{"secret abc123"}},
		{"weak but real", "DB_PASSWORD=supersecret", []string{"secret supersecret"}},
		{"dash", "Password - hunter2", []string{"secret hunter2"}},
		{"bcrypt", `password: $2b$12$abcdefghijklmnopqrstuv`, []string{`secret $2b$12$abcdefghijklmnopqrstuv`}},
	})
	clean(t,
		"password: <password>", "password: ****", "password: ${DB_PASSWORD}", "password: $PASSWORD", "password=%PASSWORD%", "password: {{ db_password }}", "password: null", "password: true",
		"password: xxxxxxxx", "password: [REDACTED]", "password: changeme", "password: your_password_here", "password: example", "password: <SECRET>", `password: ""`, "password=", "password:",
		"Password must be at least 8 characters", "Password: must be at least 8 characters", "password is required", "The password is stored in the vault", "password is incorrect.", "forgot password?",
		`{"password": "The password you entered is incorrect"}`, "password: string", "password: str = None", "password = os.environ['DB_PASSWORD']", "password = getPassword()", "password: config.password,",
		"password_length: 12", "passwords: 12", "password == other1", "password != other1", "if password: return 1", "reset password to continue", "--- PASS: TestFoo1 (0.00s)", "PWD=/home/app1", "bypass: x1y2z3",
		"password field", "password manager", "this.password = password;", "compass: north1", "pin: 13", `os.Setenv("PWD="+dir)`, `"password="+pw`, "pass: 3413", "unexpected PWD: want1", "password is detected",
		"passphrase: Optional[str] = None", "passphrase = ffi.NULL", "password = userPassword",
	)
}

func TestKeysAndTokens(t *testing.T) {
	check(t, []row{
		{"api key", "api_key=abcd1234efgh5678", []string{"secret abcd1234efgh5678"}},
		{"JSON", `{"clientSecret":"abcd1234efgh5678"}`, []string{"secret abcd1234efgh5678"}},
		{"AWS secret", "aws_secret_access_key = wJalrXUtnFEMIsyntheticbPxRfiCYzSynthetic1", []string{"secret wJalrXUtnFEMIsyntheticbPxRfiCYzSynthetic1"}},
		{"AWS secret with slashes", "AWS_SECRET_ACCESS_KEY=wJalr/XUtnFEMI/K7MDENG/bPxRfiCYzSyntheti", []string{"secret wJalr/XUtnFEMI/K7MDENG/bPxRfiCYzSyntheti"}},
		{"Azure connection string", "AccountName=x;AccountKey=abcd1234efgh5678abcd1234efgh5678==;EndpointSuffix=core.windows.net", []string{"secret abcd1234efgh5678abcd1234efgh5678=="}},
		{"access token", "access token: abcd1234efgh", []string{"secret abcd1234efgh"}},
		{"session", "PHPSESSID=abcd1234efgh5678", []string{"secret abcd1234efgh5678"}},
		{"UUID as an API key", "api-key: 550e8400-e29b-41d4-a716-446655440000", []string{"secret 550e8400-e29b-41d4-a716-446655440000"}},
		{"prose", "my API key is abcd1234efgh5678, ok?", []string{"secret abcd1234efgh5678"}},
		{"key alone, value drawn", "key: abcd1234efgh5678", []string{"secret abcd1234efgh5678"}},
		{"secret alone", "secret: hunter2", []string{"secret hunter2"}},
		{"sample of AWS", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", []string{"secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}},
		{"Telegram", "bot 123456789:AAEhBOsynthetic9rXQXMENQjcrGbqCr4K1 runs", []string{"secret 123456789:AAEhBOsynthetic9rXQXMENQjcrGbqCr4K1"}},
		{"Telegram in its URL", "https://api.telegram.org/bot123456789:AAEhBOsynthetic9rXQXMENQjcrGbqCr4K1/getMe", []string{"secret 123456789:AAEhBOsynthetic9rXQXMENQjcrGbqCr4K1"}},
	})
	clean(t,
		"token: the string", "max_tokens: 12345678", "next_page_token: abcd1234efgh", "token_type: bearer12", "secret: string", "api_key: YOUR_API_KEY", "api_key=<key>", "apiKey: process.env.API_KEY1",
		"token = get_token1(x)", "tokens=123456789012", "public_key: abcd1234efgh5678", "primaryKey: 12345678", "secretName: my-secret-1", "token: config.token1", "eos_token: </s>1234",
		"secret_key_base: ${SECRET1}", "token=foo", "secret=bar", "api_key: null", "credentials: same-origin", "cookie: yes", "cookie policy: accept", "token: https://example.com/t1",
		"sharedKey := dk.inner1Key", "PrivateKey: testRSA2048PrivateKey", "token = stmt.token1[1:]", "the secret is out", "token is invalid", "secret = generate",
	)
}
