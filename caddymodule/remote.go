package caddymodule

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"

	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

// Remote is where the engines kserve and vllm run the model. Texts go there as
// the numbers of their tokens, which says all to whoever has the tokenizer.
type Remote struct {
	// The addresses of the servers, such as "https://inference:8443". All
	// serve the same model; each is given as much as it can take. Plain HTTP
	// goes to this machine only. Placeholders are supported.
	URLs []string `json:"urls,omitempty"`

	// The model's name on the servers. Placeholders are supported.
	Model string `json:"model,omitempty"`

	// Headers to send with every request, for authentication. Give secrets as
	// {env.NAME} or {file./path}: then they are in no configuration that Caddy
	// shows or saves.
	Headers map[string]string `json:"headers,omitempty"`

	// Allows plain HTTP to other machines.
	Insecure bool `json:"insecure,omitempty"`

	// A PEM file with the authorities that sign the servers' certificates.
	// Default: those of the system.
	CA string `json:"ca,omitempty"`

	// How many requests one server works on at once. Default: 2.
	InFlight int `json:"in_flight,omitempty"`

	// The most rows of one request: Triton's max_batch_size, or less.
	// Default: 64.
	MaxRows int `json:"max_rows,omitempty"`

	// How long one request may take. Default: 30s.
	Timeout caddy.Duration `json:"timeout,omitempty"`
}

// options resolves placeholders.
func (r *Remote) options(protocol string, repl *caddy.Replacer) (*remote.Options, error) {
	if r == nil {
		return nil, fmt.Errorf("engine %s: the servers are missing", protocol)
	}
	o := &remote.Options{
		Protocol: protocol, Insecure: r.Insecure, InFlight: r.InFlight, MaxRows: r.MaxRows,
		Timeout: time.Duration(r.Timeout), Header: http.Header{},
	}
	var err error
	for _, raw := range r.URLs {
		url, err := repl.ReplaceOrErr(raw, true, true)
		if err != nil {
			return nil, fmt.Errorf("engine %s: %w", protocol, err)
		}
		o.URLs = append(o.URLs, url)
	}
	if o.Model, err = repl.ReplaceOrErr(r.Model, true, true); err != nil {
		return nil, fmt.Errorf("engine %s: %w", protocol, err)
	}
	if o.CAFile, err = repl.ReplaceOrErr(r.CA, true, true); err != nil {
		return nil, fmt.Errorf("engine %s: %w", protocol, err)
	}
	for name, raw := range r.Headers {
		value, err := repl.ReplaceOrErr(raw, true, true)
		if err != nil {
			// The error quotes what it could not read; this may be a secret.
			return nil, fmt.Errorf("engine %s: header %s: a placeholder is unknown or empty", protocol, name)
		}
		o.Header.Set(name, value)
	}
	return o, o.Check()
}

// remoteOptions makes the options of the app's own model those of a remote one,
// if it is one.
func (a *App) remoteOptions(o *local.Options, repl *caddy.Replacer) (err error) {
	switch {
	case a.Engine == remote.KServe, a.Engine == remote.VLLM:
	case a.Remote != nil:
		return errors.New("remote: only the engines kserve and vllm have servers")
	default:
		return nil
	}
	switch {
	case o.Model == "":
		return fmt.Errorf("engine %s: model must name the directory with the config.json and tokenizer.json of the model that is served", a.Engine)
	case o.Variant != "":
		return fmt.Errorf("engine %s: the server chooses the variant", a.Engine)
	case o.Device != "":
		return fmt.Errorf("engine %s: the server chooses the device", a.Engine)
	}
	o.Remote, err = a.Remote.options(a.Engine, repl)
	return err
}

// unmarshalRemote reads what follows the name of a remote engine.
func (a *App) unmarshalRemote(d *caddyfile.Dispenser, args []string) error {
	if len(args) < 2 {
		return d.Errf("engine %s: want one URL or more, and the model's name on the server", a.Engine)
	}
	last := len(args) - 1
	r := &Remote{URLs: args[:last], Model: args[last]}
	a.Remote = r
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if d.Val() == "header" {
			if err := r.unmarshalHeader(d); err != nil {
				return err
			}
			continue
		}
		if err := seen.once(d); err != nil {
			return err
		}
		var err error
		switch d.Val() {
		case "insecure":
			err = flag(d, &r.Insecure)
		case "ca":
			err = value(d, &r.CA)
		case "in_flight":
			err = count(d, &r.InFlight)
		case "max_rows":
			err = count(d, &r.MaxRows)
		case "timeout":
			err = duration(d, &r.Timeout)
		default:
			err = d.Errf("unrecognized option '%s' of engine %s", d.Val(), a.Engine)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Remote) unmarshalHeader(d *caddyfile.Dispenser) error {
	var name, content string
	if !d.AllArgs(&name, &content) {
		return d.ArgErr()
	}
	name = http.CanonicalHeaderKey(name)
	if _, twice := r.Headers[name]; twice {
		return d.Errf("header %s is set twice", name)
	}
	if r.Headers == nil {
		r.Headers = map[string]string{}
	}
	r.Headers[name] = content
	return nil
}
