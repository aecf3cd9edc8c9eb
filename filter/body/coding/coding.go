// Package coding takes content codings off a body and puts them on again
// (RFC 9110, section 8.4).
//
// What may come in: codings of the IANA registry that clients and servers
// use. What must never: guessing. A body that is not exactly what its codings
// say is an error, because whoever reads it behind us may read it otherwise.
package coding

import (
	"errors"
	"strings"
)

// Why a body cannot be decoded. None of them quotes the body.
var (
	ErrUnknown  = errors.New("unknown content coding")
	ErrLayers   = errors.New("too many content codings")
	ErrCorrupt  = errors.New("body is not what its content coding says")
	ErrBomb     = errors.New("body expands too much")
	ErrTooLarge = errors.New("decoded body is too large")
)

// ratioFloor is the output, in bytes, up to which the ratio does not count:
// short repetitive bodies compress well and harm nobody.
const ratioFloor = 1 << 20

// Limits bound decoding. They hold for every layer, not only for the last.
type Limits struct {
	MaxOutput int64 // bytes after decoding; 0 = 10 MiB
	MaxRatio  int64 // output : input, beyond 1 MiB of output; 0 = 200
	MaxLayers int   // codings on top of each other; 0 = 3
}

func (l Limits) withDefaults() Limits {
	if l.MaxOutput <= 0 {
		l.MaxOutput = 10 << 20
	}
	if l.MaxRatio <= 0 {
		l.MaxRatio = 200
	}
	if l.MaxLayers <= 0 {
		l.MaxLayers = 3
	}
	return l
}

// Supported lists the codings that Decode and Encode know, as they stand in
// Accept-Encoding.
func Supported() []string { return []string{"gzip", "deflate", "br", "zstd"} }

// rawDeflate names deflate without the zlib wrapper, which some senders mean
// by "deflate". It appears only in chains that Decode returns.
const rawDeflate = "deflate-raw"

// Split reads Content-Encoding values into codings in the order of
// application, without identity.
func Split(values []string) []string {
	var codings []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			switch part = strings.ToLower(strings.Trim(part, " \t")); part {
			case "", "identity":
			default:
				codings = append(codings, part)
			}
		}
	}
	return codings
}

// Decode takes off the codings, which stand in the order of application. It
// returns the decoded body and the chain that Encode wants to put the same
// ones on again. Without codings it returns body itself.
func Decode(body []byte, codings []string, limits Limits) (decoded []byte, chain []string, err error) {
	limits = limits.withDefaults()
	codings = Split(codings)
	if len(codings) > limits.MaxLayers {
		return nil, nil, ErrLayers
	}
	for _, c := range codings {
		if !known(c) {
			return nil, nil, ErrUnknown
		}
	}
	chain = codings
	most := max(ratioFloor, limits.MaxRatio*int64(len(body)))
	for i := len(codings) - 1; i >= 0; i-- {
		if codings[i] == "deflate" && !isZlib(body) {
			chain[i] = rawDeflate
		}
		if body, err = decodeOne(body, chain[i], min(limits.MaxOutput, most), limits.MaxRatio); err != nil {
			return nil, nil, err
		}
	}
	return body, chain, nil
}

// Encode puts codings on, in the order given. It takes what Decode returned
// as chain, or plain names. Without codings it returns body itself.
func Encode(body []byte, chain []string) ([]byte, error) {
	for _, c := range chain {
		encoded, err := encodeOne(body, c)
		if err != nil {
			return nil, err
		}
		body = encoded
	}
	return body, nil
}

func known(c string) bool {
	switch c {
	case "gzip", "x-gzip", "deflate", "br", "zstd":
		return true
	}
	return false
}

// isZlib recognises the header of RFC 1950: method 8 and a check value.
func isZlib(body []byte) bool {
	return len(body) >= 2 && body[0]&0x0F == 8 && (int(body[0])<<8|int(body[1]))%31 == 0
}
