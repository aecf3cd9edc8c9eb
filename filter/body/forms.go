package body

import (
	"bytes"
	"encoding/base64"
	"strconv"
)

// Seconds since 1970 between which the times of logs lie: 2001 to 2065. Ten
// digits, of which no card and no telephone number with its country has more
// than a few.
const (
	firstSecond = 1_000_000_000
	lastSecond  = 3_000_000_000
)

// isNanos recognises nanoseconds since 1970, as Loki and OTLP write them: 19
// digits that begin with 1 or 2, as no card does. 0 is no time at all.
func isNanos(text []byte) bool {
	return len(text) == 19 && isEpoch(text) || len(text) == 1 && text[0] == '0'
}

// isEpoch recognises seconds since 1970 with or without a fraction, and milli-,
// micro- and nanoseconds.
func isEpoch(text []byte) bool {
	whole, fraction, _ := bytes.Cut(text, []byte("."))
	switch len(whole) {
	case 10:
	case 13, 16, 19:
		if len(fraction) > 6 {
			return false
		}
	default:
		return false
	}
	if !allDigits(whole) || !allDigits(fraction) || len(fraction) > 9 {
		return false
	}
	seconds, _ := strconv.ParseInt(string(whole[:10]), 10, 64)
	return firstSecond <= seconds && seconds < lastSecond
}

// isTime recognises a moment: isEpoch, or a date with a time of day (RFC 3339
// with 'T' or a blank). A date alone may be somebody's birthday.
func isTime(text []byte) bool {
	const clock = "9999-99-99T99:99:99"
	if len(text) < len(clock) || !fits(text[:len(clock)], clock) {
		return isEpoch(text)
	}
	rest := text[len(clock):]
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
		rest = bytes.TrimLeft(rest[1:], "0123456789")
	}
	rest = bytes.TrimLeft(rest, " ")
	for _, zone := range []string{"", "Z", "z", "UTC", "+99:99", "-99:99", "+9999", "-9999", "+99:99 UTC", "+9999 UTC"} {
		if len(rest) == len(zone) && fits(rest, zone) {
			return true
		}
	}
	return false
}

// fits matches text against a pattern of its length, in which 9 is a digit and
// T a 'T' or blank.
func fits(text []byte, pattern string) bool {
	for i, c := range text {
		switch p := pattern[i]; {
		case p == '9' && c-'0' > 9,
			p == 'T' && c != 'T' && c != 't' && c != ' ',
			p != '9' && p != 'T' && p != c:
			return false
		}
	}
	return true
}

func allDigits(text []byte) bool {
	for _, c := range text {
		if c-'0' > 9 {
			return false
		}
	}
	return true
}

// isHexID recognises the ids of traces, spans and events: 16 or 32 hexadecimal
// digits, UUIDs, and nothing. Sixteen digits without a letter are a card as
// well as an id, and are read; so is what spells a text in hexadecimal.
func isHexID(text []byte) bool {
	digits := text
	switch len(text) {
	case 0:
		return true
	case 16, 32:
	case 36:
		for _, at := range []int{8, 13, 18, 23} {
			if text[at] != '-' {
				return false
			}
		}
		digits = bytes.ReplaceAll(text, []byte("-"), nil)
		if len(digits) != 32 {
			return false
		}
	default:
		return false
	}
	letters, printable := 0, 0
	for i, c := range digits {
		d := unhex(c)
		if d < 0 {
			return false
		}
		if d > 9 {
			letters++
		}
		if i%2 == 1 {
			if b := unhex(digits[i-1])<<4 | d; ' ' <= b && b < 0x7F {
				printable++
			}
		}
	}
	zeros := bytes.Trim(digits, "0")
	return len(zeros) == 0 || letters > 0 && printable < len(digits)/2
}

// isTraceID is isHexID, or the base64 in which strict protobuf JSON writes
// sixteen or eight bytes, unless they spell a text.
func isTraceID(text []byte) bool {
	if len(text) == 24 || len(text) == 12 {
		raw, err := base64.StdEncoding.DecodeString(string(text))
		return err == nil && (len(raw) == 16 || len(raw) == 8) && !isProse(raw)
	}
	return isHexID(text)
}

// levels are the names of severities, in lower case.
var levels = map[string]bool{
	"trace": true, "debug": true, "info": true, "information": true, "informational": true, "notice": true,
	"warn": true, "warning": true, "error": true, "err": true, "fatal": true, "crit": true, "critical": true,
	"alert": true, "emerg": true, "emergency": true, "panic": true, "dpanic": true, "severe": true, "verbose": true,
	"ok": true, "unknown": true, "unset": true, "unspecified": true, "default": true, "log": true, "sample": true,
}

// isLevel recognises a severity by name, with the number that OTLP puts behind
// it (INFO2), or by number.
func isLevel(text []byte) bool {
	if len(text) <= 3 && allDigits(text) {
		return true
	}
	if n := len(text); n > 1 && '1' <= text[n-1] && text[n-1] <= '4' {
		text = text[:n-1]
	}
	return len(text) <= 13 && levels[string(bytes.ToLower(text))]
}

// isEnum recognises the names that protobuf gives to numbers in OTLP, and
// small numbers.
func isEnum(text []byte) bool {
	for _, prefix := range []string{"SPAN_KIND_", "STATUS_CODE_", "SEVERITY_NUMBER_", "AGGREGATION_TEMPORALITY_"} {
		if bytes.HasPrefix(text, []byte(prefix)) {
			return len(bytes.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")) == 0 && len(text) < 48
		}
	}
	return len(text) <= 10 && allDigits(text)
}

// maxMeasure bounds the digits of what is measured or counted; longer ones may
// be numbers of cards.
const maxMeasure = 12

// isMeasure recognises what instruments count and measure.
func isMeasure(text []byte) bool {
	whole, fraction, hasFraction := bytes.Cut(bytes.TrimPrefix(text, []byte("-")), []byte("."))
	if len(whole) > maxMeasure || !allDigits(whole) {
		return false
	}
	return !hasFraction || len(bytes.Trim(fraction, "0123456789eE+-")) == 0
}

// isSchemaURL recognises where OpenTelemetry publishes its schemas.
func isSchemaURL(text []byte) bool {
	version, ok := bytes.CutPrefix(text, []byte("https://opentelemetry.io/schemas/"))
	return ok && len(version) <= 16 && len(bytes.Trim(version, "0123456789.")) == 0
}

// isFlag recognises numbers of at most five digits: versions, counts, flags.
func isFlag(text []byte) bool { return len(text) <= 5 && allDigits(text) }

func either(forms ...form) form {
	return func(text []byte) bool {
		for _, is := range forms {
			if is(text) {
				return true
			}
		}
		return false
	}
}
