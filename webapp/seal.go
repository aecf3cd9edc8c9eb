package webapp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"strconv"
)

// record is a paste as it is kept. Nobody reads it without its links: the
// masked text is sealed under a key from the paste's id, the original under one
// from the token, and of the token only a hash is here.
//
// Each key seals one text, so nonces cannot repeat (SP 800-38D).
type record struct {
	Version  int    `json:"v"`
	Expires  int64  `json:"expires"` // Unix time, in seconds
	Burn     bool   `json:"burn"`    // gone when it has been revealed
	Hash     []byte `json:"hash"`    // of the token
	Masked   []byte `json:"masked"`
	Original []byte `json:"original"`
}

var errSealed = errors.New("a paste cannot be opened")

// hashOf is what is kept of a token. Tokens are random, 176 bits: there is
// nothing to guess, and no need for a slow hash.
func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte("privacy filter paste token\x00" + token))
	return sum[:]
}

func (r *record) takes(token string) bool {
	return subtle.ConstantTimeCompare(r.Hash, hashOf(token)) == 1
}

// keyOf is where a paste lies: a name that does not tell its id.
func keyOf(pid string) string {
	sum := sha256.Sum256([]byte("privacy filter paste id\x00" + pid))
	return recordPrefix + "/" + hexOf(sum[:])
}

// bound is what a sealed text belongs to: moved to another record, or with
// another end of life, it does not open.
func (r *record) bound(pid, part string) []byte {
	return []byte(pid + "\x00" + part + "\x00" + strconv.FormatInt(r.Expires, 10) + "\x00" + strconv.FormatBool(r.Burn))
}

func aead(secret, part string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "privacy filter paste: "+part, 32)
	if err != nil {
		return nil, errSealed
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errSealed
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// What the parts of a record are called.
const (
	partMasked   = "masked"
	partOriginal = "original"
)

func (r *record) seal(pid, secret, part string, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, errSealed
	}
	c, err := aead(secret, part)
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, plain, r.bound(pid, part)), nil
}

func (r *record) open(pid, secret, part string, sealed []byte, to any) error {
	c, err := aead(secret, part)
	if err != nil {
		return err
	}
	plain, err := c.Open(nil, nil, sealed, r.bound(pid, part))
	if err != nil || json.Unmarshal(plain, to) != nil {
		return errSealed
	}
	return nil
}
