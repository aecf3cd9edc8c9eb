package caddymodule

import (
	"mime"
	"net/http"
	"slices"
	"strings"
)

// signatureFields carry a signature or MAC over the body, so that a changed
// body is refused by whoever verifies it: HTTP message signatures (RFC 9421
// and its drafts), AWS, and the webhook senders that are common in the field.
var signatureFields = []string{
	"Linear-Signature",
	"Paypal-Transmission-Sig",
	"Signature",
	"Signature-Input",
	"Stripe-Signature",
	"Svix-Signature",
	"Webhook-Signature",
	"X-Amz-Content-Sha256",
	"X-Hub-Signature",
	"X-Hub-Signature-256",
	"X-Line-Signature",
	"X-Shopify-Hmac-Sha256",
	"X-Signature-Ed25519",
	"X-Slack-Signature",
	"X-Square-Hmacsha256-Signature",
	"X-Twilio-Signature",
	"X-Zm-Signature",
}

// signedTypes are bodies that are themselves a signature (RFC 7515, 7519).
var signedTypes = []string{"application/jose", "application/jose+json", "application/jwt", "application/secevent+jwt"}

// isSigned says whether the sender signed the body that h describes. Such a
// body is never changed silently: the receiver would refuse it and nobody
// would know why.
func isSigned(h http.Header) bool {
	for _, name := range signatureFields {
		if len(h[name]) > 0 {
			return true
		}
	}
	for _, credentials := range h["Authorization"] {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(credentials), " ")
		scheme = strings.ToLower(scheme)
		if strings.HasPrefix(scheme, "aws4-") || scheme == "signature" ||
			scheme == "digest" && strings.Contains(rest, "auth-int") {
			return true
		}
	}
	for _, value := range h["Content-Type"] {
		if kind, _, _ := mime.ParseMediaType(value); slices.Contains(signedTypes, kind) {
			return true
		}
	}
	return false
}
