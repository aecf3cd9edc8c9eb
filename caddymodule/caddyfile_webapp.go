package caddymodule

import (
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() {
	httpcaddyfile.RegisterHandlerDirective("privacy_filter_webapp", parseWebApp)
	// Behind authentication, and in front of privacy_filter, which is
	// registered at the same place before this one: the page is not filtered.
	httpcaddyfile.RegisterDirectiveOrder("privacy_filter_webapp", httpcaddyfile.After, "encode")
}

func parseWebApp(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	app := new(WebApp)
	if err := app.UnmarshalCaddyfile(h.Dispenser); err != nil {
		return nil, err
	}
	return app, nil
}

// UnmarshalCaddyfile sets up the page from Caddyfile tokens. Syntax:
//
//	privacy_filter_webapp [<matcher>] {
//		apps          text|images|documents|paste...
//		authenticated
//		insecure
//		hosts         <name...>
//		model         embedded|embedded-fast|embedded-full|<directory>
//		rules_only
//		max_file      <size>
//		paste_ttl     <duration>
//		paste_storage storage|memory
//	}
func (a *WebApp) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next() // the directive's name
	if d.NextArg() {
		return d.ArgErr()
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d, "hosts"); err != nil {
			return err
		}
		if err := a.unmarshalOption(d); err != nil {
			return err
		}
	}
	return nil
}

func (a *WebApp) unmarshalOption(d *caddyfile.Dispenser) error {
	switch d.Val() {
	case "apps":
		if err := appendArgs(d, &a.Apps); err != nil {
			return err
		}
		return located(d, checkApps(a.Apps))
	case "authenticated":
		return flag(d, &a.Authenticated)
	case "insecure":
		return flag(d, &a.Insecure)
	case "hosts":
		return appendArgs(d, &a.Hosts)
	case "model":
		return value(d, &a.Model)
	case "rules_only":
		return flag(d, &a.RulesOnly)
	case "max_file":
		return size(d, &a.MaxFile)
	case "paste_ttl":
		return duration(d, &a.PasteTTL)
	case "paste_storage":
		return choose(d, &a.PasteStorage, inStorage, inMemory)
	}
	return d.Errf("unrecognized subdirective '%s'", d.Val())
}

// Interface guard
var _ caddyfile.Unmarshaler = (*WebApp)(nil)
