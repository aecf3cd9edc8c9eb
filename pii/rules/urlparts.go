package rules

import "strings"

// personSegments are path segments after which a person's name stands.
var personSegments = newSet(`users u profile profiles people person member members customer customers
	patient patients employee employees student students`)

// notNames are what else stands there.
var notNames = newSet(`me self new login logout signin signup register list search all settings edit create
	delete update index home profile profiles profile.html index.html current count export import admin
	users user online active inactive stats status bulk batch password reset verify invite invites roles
	null undefined none test api v1 v2 v3 docs help about public static assets images css js
	username user_name userid user_id name example id uuid avatar avatars photo picture preferences
	sessions session groups permissions info details data json xml root
	messages get post put guide list.html manual documentation talks software`)

// personalPath reports whether the path names a person.
func personalPath(host, path string) bool {
	if !strings.HasPrefix(path, "/") {
		return false
	}
	if cut := strings.IndexAny(path, "?#"); cut >= 0 {
		path = path[:cut]
	}
	if p, ok := socialPattern(host); ok && socialHandle(p, path) {
		return true
	}
	previous := ""
	for rest := path[1:]; rest != ""; {
		segment, tail, _ := strings.Cut(rest, "/")
		switch {
		case len(segment) > 2 && segment[0] == '~' && personName(segment[1:]):
			return true
		case personSegments.has(previous) && personName(segment):
			return true
		}
		previous, rest = segment, tail
	}
	return false
}

// personName reports whether a path segment can be a name or a handle, and
// not a number, an identifier, a template or a word of the API.
func personName(segment string) bool {
	if len(segment) < 2 || len(segment) > 64 || notNames.has(segment) || template(segment) {
		return false
	}
	letters, digits := 0, 0
	for i := 0; i < len(segment); i++ {
		switch c := segment[i]; {
		case alpha.has(c) || c >= 0x80:
			letters++
		case isDigit(c):
			digits++
		case strings.IndexByte("._-%+'@", c) < 0:
			return false
		}
	}
	return letters >= 2 && digits <= letters && !isDigit(segment[0]) && !isUUID(segment) && !hexID(segment)
}

// hexID reports whether t is a hexadecimal identifier.
func hexID(t string) bool {
	if len(t) < 8 {
		return false
	}
	digits := 0
	for i := 0; i < len(t); i++ {
		if !hexDigit.has(t[i]) && t[i] != '-' {
			return false
		}
		if isDigit(t[i]) {
			digits++
		}
	}
	return digits > 0
}

// secretParams are query parameters whose value is a credential or names a
// person, by themselves or as the end of a longer name.
var secretParams = newSet(`token access_token id_token refresh_token auth_token authtoken apitoken api_token
	api_key apikey api-key appkey app_key key secret client_secret password passwd pwd pass sig signature
	x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential sas jwt session
	sessionid session_id sid phpsessid jsessionid auth authorization code otp ticket invite reset_token
	confirmation_token csrf_token xsrf magic credential credentials share_token login_token oauth_token
	oauth_verifier assertion samlresponse state_token hash_token access_key accesskey private_key
	subscription-key subscription_key code_verifier`)

// secretQuery reports whether the query or fragment carries a credential.
func secretQuery(tail string) bool {
	q := strings.IndexAny(tail, "?#")
	if q < 0 {
		return false
	}
	for rest := tail[q+1:]; rest != ""; {
		end := strings.IndexAny(rest, "&;#?")
		pair := rest
		if end >= 0 {
			pair, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		key, value, ok := strings.Cut(pair, "=")
		if ok && len(value) >= 8 && secretParams.has(key) && mixed(value) && !template(value) {
			return true
		}
	}
	return false
}
