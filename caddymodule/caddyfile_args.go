package caddymodule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/dustin/go-humanize"
)

// The functions below read the arguments of one option, all of them: too many
// are as wrong as too few.

// value reads exactly one argument.
func value[T ~string](d *caddyfile.Dispenser, to *T) error {
	var s string
	if !d.AllArgs(&s) {
		return d.ArgErr()
	}
	if s == "" {
		return d.Err("want a value, not an empty text")
	}
	*to = T(s)
	return nil
}

// choose reads one of several words.
func choose[T ~string](d *caddyfile.Dispenser, to *T, words ...T) error {
	option := d.Val()
	if err := value(d, to); err != nil {
		return err
	}
	if slices.Contains(words, *to) {
		return nil
	}
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = string(word)
	}
	return d.Errf("%s: want %s, not '%s'", option, strings.Join(quoted, " or "), string(*to))
}

// flag reads an option that has no arguments.
func flag(d *caddyfile.Dispenser, to *bool) error {
	if d.NextArg() {
		return d.ArgErr()
	}
	*to = true
	return nil
}

// onOff reads an option that may be said to be off.
func onOff(d *caddyfile.Dispenser, to **bool) error {
	on := true
	if d.NextArg() {
		if d.Val() != "off" {
			return d.Errf("want nothing or off, not '%s'", d.Val())
		}
		on = false
	}
	if d.NextArg() {
		return d.ArgErr()
	}
	*to = &on
	return nil
}

// appendArgs reads one argument or more.
func appendArgs(d *caddyfile.Dispenser, to *[]string) error {
	args := d.RemainingArgs()
	if len(args) == 0 {
		return d.ArgErr()
	}
	*to = append(*to, args...)
	return nil
}

// size reads a number of bytes, such as 10MiB.
func size(d *caddyfile.Dispenser, to *int64) error {
	var s string
	if err := value(d, &s); err != nil {
		return err
	}
	n, err := humanize.ParseBytes(s)
	if err != nil || n == 0 || n > 1<<50 {
		return d.Errf("want a size such as 10MiB, not '%s'", s)
	}
	*to = int64(n)
	return nil
}

// count reads a number of things.
func count(d *caddyfile.Dispenser, to *int) error {
	var s string
	if err := value(d, &s); err != nil {
		return err
	}
	return parseCount(d, s, to)
}

func parseCount(d *caddyfile.Dispenser, s string, to *int) error {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil || n == 0 {
		return d.Errf("want a positive number, not '%s'", s)
	}
	*to = int(n)
	return nil
}

// duration reads a length of time, such as 10s.
func duration(d *caddyfile.Dispenser, to *caddy.Duration) error {
	var s string
	if err := value(d, &s); err != nil {
		return err
	}
	length, err := caddy.ParseDuration(s)
	if err != nil || length <= 0 {
		return d.Errf("want a duration such as 10s, not '%s'", s)
	}
	*to = caddy.Duration(length)
	return nil
}
