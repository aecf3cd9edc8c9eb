package rules

import (
	"crypto/sha256"
	"strings"

	"golang.org/x/crypto/sha3"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// coinWords speak of money of that kind; addresses without a check need one.
var coinWords = newWords(`wallet* eth ether* ethereum erc20* crypto* metamask bitcoin btc coin* token_address deposit_address withdraw* payout* donat* send_to pay_to binance bsc polygon`)

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// Lengths of what is looked at, in bytes.
const (
	minCoin  = 26 // the shortest address of Bitcoin
	maxCoin  = 112
	coinLead = 16 // letters before the first digit
)

// mayBeCoin is the cheap question first: is the group of size digits at i part
// of a word with letters?
func (s *scan) mayBeCoin(i, size int) bool {
	return size < 8 && i >= s.coinEnd && alpha.has(s.at(i+size))
}

// coin looks for an address or a key of a crypto currency in the word whose
// first digit stands at i. It reports whether it found one.
func (s *scan) coin(i int) bool {
	if i < s.coinEnd {
		return false
	}
	start := i
	for start > 0 && i-start < coinLead && alpha.has(s.text[start-1]) {
		start--
	}
	end := i
	for end < len(s.text) && end-start <= maxCoin && alnum.has(s.text[end]) {
		end++
	}
	s.work += end - start
	s.coinEnd = end
	word := s.text[start:end]
	if len(word) < minCoin || len(word) > maxCoin || s.wordBefore(start) || (wordMark|plusSlash|equals).has(s.at(end)) && s.at(end) != '/' {
		return false
	}
	s.work += 4 * len(word)
	category := pii.AccountNumber
	switch {
	case len(word) == 42 && word[0] == '0' && word[1]|0x20 == 'x':
		if !hexWord(word[2:]) || !eip55(word[2:]) && !s.near(start, coinWords) {
			return false
		}
	case bech32(word):
	default:
		payload, ok := base58check(word)
		if !ok {
			return false
		}
		if len(payload) >= 33 && payload[0] == 0x80 || strings.HasPrefix(word, "xprv") { // a private key
			category = pii.Secret
		}
	}
	s.emitNumber(start, end, category, 1)
	return true
}

func hexWord(word string) bool {
	for i := 0; i < len(word); i++ {
		if !hexDigit.has(word[i]) {
			return false
		}
	}
	return true
}

// eip55 reports whether the case of the hexadecimal digits of an address is
// its check (EIP-55).
func eip55(address string) bool {
	low := strings.ToLower(address)
	if low == address || strings.ToUpper(address) == address {
		return false
	}
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(low))
	sum := h.Sum(nil)
	for i := 0; i < len(address); i++ {
		nibble := sum[i/2] >> 4
		if i%2 == 1 {
			nibble = sum[i/2] & 15
		}
		if alpha.has(address[i]) && upper.has(address[i]) != (nibble >= 8) {
			return false
		}
	}
	return true
}

// base58check decodes word and reports whether its last four bytes are the
// check of the others (Bitcoin's developer reference, "Base58Check").
func base58check(word string) (payload []byte, ok bool) {
	switch n := len(word); {
	case n >= 26 && n <= 36, n == 51, n == 52, n == 111: // addresses, private keys, extended keys
	default:
		return nil, false
	}
	var buf [96]byte
	n := 0 // bytes of the number, the lowest first
	for i := 0; i < len(word); i++ {
		carry := strings.IndexByte(base58, word[i])
		if carry < 0 {
			return nil, false
		}
		for k := 0; k < n || carry > 0; k++ {
			if k == len(buf) {
				return nil, false
			}
			carry += 58 * int(buf[k])
			buf[k] = byte(carry)
			carry >>= 8
			n = max(n, k+1)
		}
	}
	for i := 0; i < len(word) && word[i] == '1'; i++ {
		if n == len(buf) {
			return nil, false
		}
		n++
	}
	if n < 25 {
		return nil, false
	}
	out := make([]byte, n)
	for k := range n {
		out[k] = buf[n-1-k]
	}
	once := sha256.Sum256(out[:n-4])
	twice := sha256.Sum256(once[:])
	return out[:n-4], string(twice[:4]) == string(out[n-4:])
}

const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 reports whether word is an address of BIP 173 or BIP 350.
func bech32(word string) bool {
	low := strings.ToLower(word)
	if low != word && strings.ToUpper(word) != word {
		return false
	}
	mark := strings.LastIndexByte(low, '1')
	if mark < 2 || mark > 4 || len(low)-mark < 7 {
		return false
	}
	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = (sum&0x1ffffff)<<5 ^ uint32(v)
		for k, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>k&1 == 1 {
				sum ^= g
			}
		}
	}
	for i := range mark {
		step(low[i] >> 5)
	}
	step(0)
	for i := range mark {
		step(low[i] & 31)
	}
	for i := mark + 1; i < len(low); i++ {
		v := strings.IndexByte(bech32Letters, low[i])
		if v < 0 {
			return false
		}
		step(byte(v))
	}
	return sum == 1 || sum == 0x2bc830a3
}
