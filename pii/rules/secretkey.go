package rules

import "strings"

// keyKind says what a key promises of its value.
type keyKind uint8

const (
	noKey         keyKind = iota
	passwordKey           // whatever stands there is secret
	phraseKey             // so are all words up to the line's end
	secretWordKey         // a password or a token
	tokenKey              // secret if it looks drawn, not spelled
	signatureKey          // of a signed query; elsewhere signatures are public
	pinKey                // three to eight digits
	authKey               // an Authorization header: a scheme, then credentials
	cookieKey             // a Cookie header: to the end of the line
	setCookieKey          // one cookie, then attributes
)

// secretKeys lists how keys end, in lower case without separators. A leading
// '^' asks for a word of its own ("db_pass", "dbPass", not "bypass").
var secretKeys = map[keyKind]string{
	passwordKey: `password passwords passwd ^pwd dbpwd userpwd mysqlpwd ^pass ^pw passwort kennwort contraseña contrasena ^clave motdepasse ^mdp
		senha wachtwoord lösenord passord adgangskode salasana heslo hasło haslo parola şifre sifre jelszó пароль
		パスワード 密码 密碼 口令 비밀번호 암호 סיסמה รหัสผ่าน`,
	phraseKey:     `passphrase seedphrase recoveryphrase mnemonicphrase secretphrase`,
	secretWordKey: `secret sharedsecret`,
	tokenKey: `token apikey apikeys secretkey secretkeybase accesskey accesskeyid privatekey signingkey encryptionkey masterkey sharedkey
		accountkey storagekey authkey servicekey deploykey licensekey sharedaccesskey sharedaccesssignature apisecret
		credential credentials sessionid sessid phpsessid jsessionid signingsecret ^auth connectionstring
		secretaccesskey subscriptionkey consumerkey clientkey appkey hmackey sessionkey cryptkey
		decryptionkey webhookkey bearer accesscode recoverycode backupcode activationcode`,
	signatureKey: `^sig`,
	pinKey:       `^pin ^pincode passcode ^otp ^cvv ^cvc ^cvv2 ^cvc2 ^mfacode ^tan verificationcode securitycode onetimecode`,
	authKey:      `^authorization proxyauthorization`,
	cookieKey:    `^cookie`,
	setCookieKey: `^setcookie`,
}

// notTokens are longer keys that end like a token and page through lists or
// vocabularies instead.
var notTokens = endings(strings.Fields(`pagetoken nexttoken continuationtoken synctoken cursortoken starttoken stoptoken eostoken
	bostoken padtoken unktoken masktoken septoken clstoken pertoken imagetoken`))

// endings is a list of how keys end, in lower case without separators.
type endings []string

// endsWith reports whether the key that ends before i in text, quotes and
// spaces between, has one of the endings.
func (e endings) endsWith(text string, i int) bool {
	var buf [maxKey]byte
	k := len(buf)
	for n := 0; i > 0 && k > 0 && n < 2*maxKey; n++ {
		i--
		if c := text[i]; alpha.has(c) {
			k--
			buf[k] = lowerByte(c)
		} else if !nameByte.has(c) {
			break
		}
	}
	for _, end := range e {
		if strings.HasSuffix(string(buf[k:]), end) {
			return true
		}
	}
	return false
}

type keyEnding struct {
	text  string
	whole bool
	kind  keyKind
}

// keyEndings indexes secretKeys by the last byte; keyTails holds the last two
// letters of each ASCII one, the prefilter.
var (
	keyEndings, keyTails = func() (t [256][]keyEnding, tails [26][26]bool) {
		for kind := passwordKey; kind <= setCookieKey; kind++ {
			for k := range strings.FieldsSeq(secretKeys[kind]) {
				e := keyEnding{kind: kind}
				e.text, e.whole = strings.CutPrefix(k, "^")
				c := strings.TrimRight(e.text, "0123456789")
				last := c[len(c)-1]
				e.text = c
				t[last] = append(t[last], e)
				if before := c[len(c)-2]; lower.has(last) && lower.has(before) {
					tails[before-'a'][last-'a'] = true
				}
			}
		}
		return t, tails
	}()
)

// maxKey is how much of a key is looked at, in letters.
const maxKey = 32

// secretKey classifies the key that ends before i, and returns where it
// begins. Quotes and spaces may stand between.
func (s *scan) secretKey(i int) (kind keyKind, start int) {
	end := i
	for end > 0 && i-end < 6 && afterKey.has(s.text[end-1]) {
		end--
	}
	for end > 0 && i-end < 9 && isDigit(s.text[end-1]) {
		end--
	}
	if end < 2 {
		return noKey, 0
	}
	last, before := lowerByte(s.text[end-1]), lowerByte(s.text[end-2])
	if last < 0x80 && (!lower.has(last) || lower.has(before) && !keyTails[before-'a'][last-'a']) {
		return noKey, 0
	}
	return s.keyKind(end)
}

// keyKind reads the key that ends at end backwards, separators taken out.
func (s *scan) keyKind(end int) (keyKind, int) {
	var (
		buf    [maxKey]byte
		begins [maxKey]bool // a word begins here
		k      = maxKey
		start  = end
		gapped = false // the byte after start is a separator
	)
	for start > 0 && end-start < 2*maxKey && k > 0 {
		c := s.text[start-1]
		switch {
		case alpha.has(c) || c >= 0x80:
			k--
			buf[k] = lowerByte(c)
			gapped = false
			prev := s.at(start - 2)
			begins[k] = !(alpha.has(prev) || prev >= 0x80) || upper.has(c) && lower.has(prev)
		case isDigit(c):
			gapped = false
		case !gapped && (c == '_' || c == '-' || c == '.' || c == ' '):
			gapped = true
		default:
			goto read
		}
		start--
	}
read:
	s.work += end - start + 1
	key := string(buf[k:])
	if key == "" {
		return noKey, 0
	}
	best := keyEnding{}
	for _, e := range keyEndings[key[len(key)-1]] {
		if len(e.text) > len(best.text) && strings.HasSuffix(key, e.text) &&
			(!e.whole || begins[maxKey-len(e.text)]) {
			best = e
		}
	}
	if best.kind == tokenKey {
		for _, not := range notTokens {
			if strings.HasSuffix(key, not) {
				return noKey, 0
			}
		}
	}
	return best.kind, start
}
