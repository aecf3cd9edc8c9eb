package caddymodule

import (
	"strings"

	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
)

// repeatable are the options of a policy that add up.
var repeatable = []string{"category", "allow", "skip", "own_hosts"}

// unmarshalOption reads the option that the dispenser stands on, if it is one
// of a policy.
func (p *Policy) unmarshalOption(d *caddyfile.Dispenser) (known bool, err error) {
	switch d.Val() {
	case "category":
		err = p.unmarshalCategory(d)
	case "default":
		p.Default, err = action(d, d.RemainingArgs())
	case "format":
		err = p.unmarshalFormat(d)
	case "allow":
		err = appendArgs(d, &p.Allow)
	case "skip":
		if err = appendArgs(d, &p.Skip); err == nil {
			_, err = body.CompilePaths(p.Skip)
			err = located(d, err)
		}
	case "protect":
		err = choose(d, &p.Protect, protect.Code, protect.Logs, protect.Off)
	case "own_hosts":
		if err = appendArgs(d, &p.OwnHosts); err == nil {
			_, err = protect.ParseHosts(p.OwnHosts)
			err = located(d, err)
		}
	case "dates":
		err = choose(d, &p.Dates, datesBirth, datesAll)
	case "named":
		err = onOff(d, &p.Named)
	case "keys":
		err = onOff(d, &p.Keys)
	case "numbers":
		err = choose(d, &p.Numbers, "digits", "string")
	case "operating_point":
		err = choose(d, &p.OperatingPoint, pointBalanced, pointRecall)
	default:
		return false, nil
	}
	return true, err
}

// located says where an error is, if there is one.
func located(d *caddyfile.Dispenser, err error) error {
	if err == nil {
		return nil
	}
	return d.WrapErr(err)
}

func (p *Policy) unmarshalCategory(d *caddyfile.Dispenser) error {
	args := d.RemainingArgs()
	if len(args) < 2 {
		return d.ArgErr()
	}
	name := args[0]
	if !categoryName.MatchString(name) {
		return d.Errf("category '%s': want lower-case letters, digits and underscores", name)
	}
	if _, ok := p.Categories[name]; ok {
		return d.Errf("category '%s' already has an action", name)
	}
	words, err := action(d, args[1:])
	if err != nil {
		return err
	}
	if p.Categories == nil {
		p.Categories = make(map[string]string)
	}
	p.Categories[name] = words
	return nil
}

func (p *Policy) unmarshalFormat(d *caddyfile.Dispenser) error {
	if err := value(d, &p.Format); err != nil {
		return err
	}
	if _, err := mask.New(p.Format, nil); err != nil {
		return d.WrapErr(err)
	}
	return nil
}

// action checks the words of an action and returns them as JSON has them.
func action(d *caddyfile.Dispenser, words []string) (string, error) {
	if _, err := mask.ParseAction(words); err != nil {
		return "", d.WrapErr(err)
	}
	return strings.Join(words, " "), nil
}
