package caddymodule

import (
	"slices"
	"strings"

	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
)

func init() {
	httpcaddyfile.RegisterHandlerDirective("privacy_filter", parseHandler)
	// Inside of encode, which then compresses what leaves here; outside of
	// everything that produces a response.
	httpcaddyfile.RegisterDirectiveOrder("privacy_filter", httpcaddyfile.After, "encode")
}

func parseHandler(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	handler := new(Handler)
	if err := handler.UnmarshalCaddyfile(h.Dispenser); err != nil {
		return nil, err
	}
	return handler, nil
}

// UnmarshalCaddyfile sets up the handler from Caddyfile tokens. Syntax:
//
//	privacy_filter [<matcher>] {
//		preset      llm|code|logs|strict
//		request     mask|off
//		response    mask|off
//		category    <name> replace|redact|partial [<n>]|hash|keep|block
//		default     replace|redact|partial [<n>]|hash|keep|block
//		format      <text with {category}>
//		allow       <value...>
//		skip        <path...>
//		protect     code|logs|off
//		own_hosts   <name or address...>
//		dates       birth|all
//		named       [off]
//		keys        [off]
//		numbers     digits|string
//		max_body    <size>
//		unsupported block|pass
//		signed      block|pass
//		on_error    close|open
//		deadline    <duration>
//		model       embedded|embedded-fast|<directory>
//		operating_point balanced|recall
//		monitor
//		rules_only
//	}
//
// Without a block, requests and responses are masked by rules and model, and
// what cannot be inspected is refused. category, allow, skip and own_hosts may
// be repeated, every other option may not.
func (h *Handler) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next() // the directive's name
	if d.NextArg() {
		return d.ArgErr()
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d, "category", "allow", "skip", "own_hosts"); err != nil {
			return err
		}
		if err := h.unmarshalOption(d); err != nil {
			return err
		}
	}
	return nil
}

func (h *Handler) unmarshalOption(d *caddyfile.Dispenser) error {
	switch d.Val() {
	case "preset":
		if err := value(d, &h.Preset); err != nil {
			return err
		}
		if _, err := presetOf(h.Preset); err != nil {
			return d.WrapErr(err)
		}
		return nil
	case "request":
		return choose(d, &h.Request, modeMask, modeOff)
	case "response":
		if err := choose(d, &h.Response, modeMask, modeOff, modeRestore); err != nil {
			return err
		}
		if h.Response == modeRestore {
			return d.WrapErr(errRestore)
		}
		return nil
	case "category":
		return h.unmarshalCategory(d)
	case "default":
		words, err := action(d, d.RemainingArgs())
		h.Default = words
		return err
	case "format":
		return h.unmarshalFormat(d)
	case "allow":
		return appendArgs(d, &h.Allow)
	case "skip":
		if err := appendArgs(d, &h.Skip); err != nil {
			return err
		}
		if _, err := body.CompilePaths(h.Skip); err != nil {
			return d.WrapErr(err)
		}
		return nil
	case "protect":
		return choose(d, &h.Protect, protect.Code, protect.Logs, protect.Off)
	case "own_hosts":
		if err := appendArgs(d, &h.OwnHosts); err != nil {
			return err
		}
		if _, err := protect.ParseHosts(h.OwnHosts); err != nil {
			return d.WrapErr(err)
		}
		return nil
	case "dates":
		return choose(d, &h.Dates, datesBirth, datesAll)
	case "named":
		return onOff(d, &h.Named)
	case "keys":
		return onOff(d, &h.Keys)
	case "numbers":
		return choose(d, &h.Numbers, "digits", "string")
	case "max_body":
		return size(d, &h.MaxBody)
	case "unsupported":
		return choose(d, &h.Unsupported, filter.UnsupportedBlock, filter.UnsupportedPass)
	case "signed":
		return choose(d, &h.Signed, filter.UnsupportedBlock, filter.UnsupportedPass)
	case "on_error":
		return choose(d, &h.OnError, onErrorClose, onErrorOpen)
	case "deadline":
		return duration(d, &h.Deadline)
	case "model":
		return value(d, &h.Model)
	case "operating_point":
		return choose(d, &h.OperatingPoint, pointBalanced, pointRecall)
	case "monitor":
		return flag(d, &h.Monitor)
	case "rules_only":
		return flag(d, &h.RulesOnly)
	case "images":
		return d.Errf("%s is not available yet", d.Val())
	default:
		return d.Errf("unrecognized subdirective '%s'", d.Val())
	}
}

func (h *Handler) unmarshalCategory(d *caddyfile.Dispenser) error {
	args := d.RemainingArgs()
	if len(args) < 2 {
		return d.ArgErr()
	}
	name := args[0]
	if !categoryName.MatchString(name) {
		return d.Errf("category '%s': want lower-case letters, digits and underscores", name)
	}
	if _, ok := h.Categories[name]; ok {
		return d.Errf("category '%s' already has an action", name)
	}
	words, err := action(d, args[1:])
	if err != nil {
		return err
	}
	if h.Categories == nil {
		h.Categories = make(map[string]string)
	}
	h.Categories[name] = words
	return nil
}

func (h *Handler) unmarshalFormat(d *caddyfile.Dispenser) error {
	if err := value(d, &h.Format); err != nil {
		return err
	}
	if _, err := mask.New(h.Format, nil); err != nil {
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

// options remembers which options a block has had.
type options []string

// once refuses an option that comes again, unless it is one of repeatable.
func (o *options) once(d *caddyfile.Dispenser, repeatable ...string) error {
	name := d.Val()
	if slices.Contains(*o, name) && !slices.Contains(repeatable, name) {
		return d.Errf("%s already specified", name)
	}
	*o = append(*o, name)
	return nil
}

// Interface guard
var _ caddyfile.Unmarshaler = (*Handler)(nil)
