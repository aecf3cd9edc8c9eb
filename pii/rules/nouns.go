package rules

// noun says what a word of prose announces.
type noun uint8

const (
	passwordNoun noun = iota
	codeNoun          // a one-time code: four to eight digits
	codeWordNoun      // "your code", which may also be source code
	pinNoun           // the same digits behind a word of its own
	cvvNoun           // three or four digits

	// Phrases of command lines and connection strings (commands.go).
	settingPhrase
	chpasswdPhrase
	sudoPhrase
	dsnPhrase
	thinPhrase
	lastNoun = thinPhrase
)

// nounList lists how passwords and codes are called, in lower case; '_' stands
// for a blank, also before a word none of whose other letters is rare. Capital
// letters ask for capitals. Letters outside ASCII have no case here, so that
// words which begin with one are listed without it.
var nounList = map[noun]string{
	passwordNoun: `password passwort passphrase wifi_key
		kennwort mot_de_passe mdp contraseña clave _senha_é palavra-passe
		wachtwoord lösenord _passord adgangskode heslo_je hasło jelszó jelszo _parola
		ifreniz parolanız şifre Şifre арол озинка ωδικός mật_khẩu _kata_sandi
		パスワード 密码 密碼 口令 비밀번호 암호 סיסמ รหัสผ่าน كلمة_المرور كلمة_السر`,
	codeNoun: `verification_code confirmation_code security_code authentication_code login_code sign-in_code access_code
		2fa_code mfa_code sms_code one-time_code one-time_password one-time_passcode one_time_password passcode otp two-factor_code
		einmalcode bestätigungscode sicherheitscode verifizierungscode anmeldecode einmalpasswort mTAN pushTAN
		code_de_vérification code_de_confirmation code_de_sécurité code_d'accès
		código_de_verificación código_de_seguridad codigo_de_verificacion código_de_confirmación
		codice_di_verifica codice_di_sicurezza codice_otp código_de_verificação código_de_segurança
		verificatiecode beveiligingscode kod_weryfikacyjny kod_autoryzacyjny verifieringskod engångskod bekreftelseskode
		bekræftelseskode vahvistuskoodi ověřovací_kód doğrulama_kodu onay_kodu
		код_подтверждения код_безопасности код_для_входа код_доступа 验证码 驗證碼 校验码 認証コード 確認コード 인증번호 인증_코드 รหัส_otp`,
	codeWordNoun: `_your_code your_new_code dein_code ihr_code votre_code ton_code tu_código su_código tuo_codice seu_código uw_code je_code
		twój_kod din_kod аш_код`,
	pinNoun:        `PIN _pin_is pin_code pin_number pin-code PUK pin-nummer code_pin código_pin codice_pin`,
	cvvNoun:        `cvv cvv2 cvc cvc2 card_verification_code card_security_code code_cvv kartenprüfnummer prüfziffer`,
	settingPhrase:  `configure_set_ setx_ ENV_`,
	chpasswdPhrase: `chpasswd`,
	sudoPhrase:     `sudo_-S`,
	dsnPhrase:      `@tcp( @unix(`,
	thinPhrase:     `oracle:thin:`,
}

// copulas stand between a noun and what it is.
var copulas = newSet(`is was are be ist lautet lauten war est es era è é e' to är er on je este = это - – -> → eh`)
