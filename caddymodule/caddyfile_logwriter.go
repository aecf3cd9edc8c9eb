package caddymodule

import (
	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"

	"github.com/caddyprivacy/privacyfilter/logs"
)

// UnmarshalCaddyfile sets up the log writer from Caddyfile tokens. Syntax:
//
//	output privacy_filter {
//		output      <writer> ...
//		full        redact|block|drop
//		queue       <entries>
//		deadline    <duration>
//		drain       <duration>
//		model       embedded-fast|embedded|<directory>
//		rules_only
//		key         <text>
//		category    <name> replace|redact|partial [<n>]|hash|keep|block
//		default     replace|redact|partial [<n>]|hash|keep|block
//		format      <text with {category}>
//		allow       <value...>
//		skip        <path...>
//		protect     logs|code|off
//		own_hosts   <name or address...>
//		dates       birth|all
//		named       [off]
//		keys        [off]
//		numbers     digits|string
//		operating_point balanced|recall
//	}
//
// output is any log writer with its arguments and block, stderr if it is left
// out. An entry that holds what is of a block category is redacted. category,
// allow, skip and own_hosts may be repeated, every other option may not.
func (l *LogWriter) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next() // the writer's name
	if d.NextArg() {
		return d.ArgErr()
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d, repeatable...); err != nil {
			return err
		}
		if err := l.unmarshalOption(d); err != nil {
			return err
		}
	}
	return nil
}

func (l *LogWriter) unmarshalOption(d *caddyfile.Dispenser) error {
	if known, err := l.Policy.unmarshalOption(d); known {
		return err
	}
	switch d.Val() {
	case "output":
		return l.unmarshalOutput(d)
	case "full":
		return choose(d, &l.Full, logs.FullRedact, logs.FullBlock, logs.FullDrop)
	case "queue":
		return count(d, &l.Queue)
	case "deadline":
		return duration(d, &l.Deadline)
	case "drain":
		return duration(d, &l.Drain)
	case "model":
		return value(d, &l.Model)
	case "rules_only":
		return flag(d, &l.RulesOnly)
	case "key":
		return value(d, &l.Key)
	default:
		return d.Errf("unrecognized subdirective '%s'", d.Val())
	}
}

// unmarshalOutput reads the writer below, as the log directive does: the
// standard streams are no caddyfile.Unmarshaler.
func (l *LogWriter) unmarshalOutput(d *caddyfile.Dispenser) error {
	if !d.NextArg() {
		return d.ArgErr()
	}
	name := d.Val()
	var opener caddy.WriterOpener
	switch name {
	case "stdout":
		opener = caddy.StdoutWriter{}
	case "stderr":
		opener = caddy.StderrWriter{}
	case "discard":
		opener = caddy.DiscardWriter{}
	case logWriterName:
		return d.Errf("%s does not write to itself", name)
	default:
		id := "caddy.logging.writers." + name
		module, err := caddyfile.UnmarshalModule(d, id)
		if err != nil {
			return err
		}
		var ok bool
		if opener, ok = module.(caddy.WriterOpener); !ok {
			return d.Errf("module %s is no log writer", id)
		}
	}
	if d.NextArg() {
		return d.ArgErr()
	}
	l.WriterRaw = caddyconfig.JSONModuleObject(opener, "output", name, nil)
	return nil
}

// Interface guard
var _ caddyfile.Unmarshaler = (*LogWriter)(nil)
