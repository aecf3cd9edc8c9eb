package caddymodule

import (
	"slices"

	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"

	"github.com/caddyprivacy/privacyfilter/filter"
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
//		target      query|path...
//		target      header <name...>
//		target      cookie <name...>|*
//		max_body    <size>
//		max_stream  <size>
//		unsupported block|pass
//		signed      block|pass
//		images      redact|block|pass
//		on_error    close|open
//		deadline    <duration>
//		model       embedded|embedded-fast|embedded-full|<directory>
//		operating_point balanced|recall
//		monitor
//		rules_only
//	}
//
// Without a block, requests and responses are masked by rules and model, and
// what cannot be inspected is refused. category, allow, skip, own_hosts and
// target may be repeated, every other option may not.
func (h *Handler) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next() // the directive's name
	if d.NextArg() {
		return d.ArgErr()
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d, append(repeatable, "target")...); err != nil {
			return err
		}
		if err := h.unmarshalOption(d); err != nil {
			return err
		}
	}
	return nil
}

func (h *Handler) unmarshalOption(d *caddyfile.Dispenser) error {
	if known, err := h.Policy.unmarshalOption(d); known {
		return err
	}
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
	case "target":
		return h.unmarshalTarget(d)
	case "max_body":
		return size(d, &h.MaxBody)
	case "max_stream":
		return size(d, &h.MaxStream)
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
	case "monitor":
		return flag(d, &h.Monitor)
	case "rules_only":
		return flag(d, &h.RulesOnly)
	case "images":
		return choose(d, &h.Images, filter.ImagesRedact, filter.ImagesBlock, filter.ImagesPass)
	default:
		return d.Errf("unrecognized subdirective '%s'", d.Val())
	}
}

// unmarshalTarget reads what is inspected beside bodies.
func (h *Handler) unmarshalTarget(d *caddyfile.Dispenser) error {
	if h.Targets == nil {
		h.Targets = new(Targets)
	}
	t := h.Targets
	if !d.NextArg() {
		return d.ArgErr()
	}
	switch d.Val() {
	case "header":
		return appendArgs(d, &t.Headers)
	case "cookie":
		return appendArgs(d, &t.Cookies)
	}
	for more := true; more; more = d.NextArg() {
		var to *bool
		switch d.Val() {
		case "query":
			to = &t.Query
		case "path":
			to = &t.Path
		default:
			return d.Errf("target: want query, path, header <name...> or cookie <name...>, not '%s'", d.Val())
		}
		if *to {
			return d.Errf("target %s already specified", d.Val())
		}
		*to = true
	}
	return nil
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
