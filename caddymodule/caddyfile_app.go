package caddymodule

import (
	"slices"
	"strings"

	"github.com/caddyserver/caddy/v2/caddyconfig"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"

	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/ocr"
)

func init() {
	httpcaddyfile.RegisterGlobalOption(appName, parseApp)
}

func parseApp(d *caddyfile.Dispenser, existing any) (any, error) {
	if existing != nil {
		d.Next() // to say where
		return nil, d.Errf("%s is already configured", appName)
	}
	app := new(App)
	if err := app.UnmarshalCaddyfile(d); err != nil {
		return nil, err
	}
	return httpcaddyfile.App{Name: appName, Value: caddyconfig.JSON(app, nil)}, nil
}

// UnmarshalCaddyfile sets up the app from Caddyfile tokens. Syntax:
//
//	privacy_filter {
//		model            embedded|embedded-fast|embedded-full|<directory> [<variant>]
//		device           auto|cpu|cuda [<index>]
//		operating_point  balanced|recall
//		fallback         embedded-fast|<directory>
//		engine           onnx
//		engine           kserve|vllm <url...> <model> {
//			header    <name> <value>
//			ca        <file>
//			in_flight <n>
//			max_rows  <n>
//			timeout   <duration>
//			insecure
//		}
//		max_batch_tokens <n>
//		queue            <texts> {
//			deadline <duration>
//		}
//		cache            <size>|off
//		memory           <size>
//		key              <text>
//		ocr {
//			workers   <n>
//			languages <name...>
//			effort    fast|balanced|thorough
//		}
//	}
func (a *App) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next() // the option's name
	if d.NextArg() {
		return d.ArgErr()
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d); err != nil {
			return err
		}
		if err := a.unmarshalOption(d); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) unmarshalOption(d *caddyfile.Dispenser) error {
	switch d.Val() {
	case "model":
		args := d.RemainingArgs()
		switch len(args) {
		case 2:
			a.Variant = args[1]
			fallthrough
		case 1:
			a.Model = args[0]
			return nil
		}
		return d.ArgErr()
	case "operating_point":
		return choose(d, &a.OperatingPoint, pointBalanced, pointRecall)
	case "fallback":
		return value(d, &a.Fallback)
	case "device":
		return a.unmarshalDevice(d)
	case "engine":
		return a.unmarshalEngine(d)
	case "max_batch_tokens":
		return count(d, &a.MaxBatchTokens)
	case "queue":
		return a.unmarshalQueue(d)
	case "cache":
		return a.unmarshalCache(d)
	case "memory":
		return size(d, &a.Memory)
	case "key":
		return value(d, &a.Key)
	case "ocr":
		return a.unmarshalOCR(d)
	default:
		return d.Errf("unrecognized option '%s'", d.Val())
	}
}

func (a *App) unmarshalDevice(d *caddyfile.Dispenser) error {
	args := d.RemainingArgs()
	if len(args) == 0 || len(args) > 2 {
		return d.ArgErr()
	}
	if len(args) == 2 && args[0] != "cuda" {
		return d.Errf("device %s has no index", args[0])
	}
	a.Device = strings.Join(args, ":")
	if _, err := onnx.ParseDevice(a.Device); err != nil {
		return d.WrapErr(err)
	}
	return nil
}

func (a *App) unmarshalEngine(d *caddyfile.Dispenser) error {
	args := d.RemainingArgs()
	if len(args) == 0 {
		return d.ArgErr()
	}
	a.Engine = args[0]
	switch {
	case !slices.Contains(engines, a.Engine):
		return d.Errf("engine: want onnx, kserve or vllm, not '%s'", a.Engine)
	case a.Engine != engineONNX:
		return a.unmarshalRemote(d, args[1:])
	case len(args) > 1:
		return d.ArgErr()
	}
	return nil
}

func (a *App) unmarshalQueue(d *caddyfile.Dispenser) error {
	a.Queue = new(Queue)
	args := d.RemainingArgs()
	if len(args) != 1 {
		return d.ArgErr()
	}
	if err := parseCount(d, args[0], &a.Queue.Size); err != nil {
		return err
	}
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d); err != nil {
			return err
		}
		if d.Val() != "deadline" {
			return d.Errf("unrecognized option '%s' of queue", d.Val())
		}
		if err := duration(d, &a.Queue.Deadline); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) unmarshalCache(d *caddyfile.Dispenser) error {
	if d.CountRemainingArgs() == 1 && d.NextArg() {
		if d.Val() == "off" {
			a.Cache = -1
			return nil
		}
		d.Prev()
	}
	return size(d, &a.Cache)
}

func (a *App) unmarshalOCR(d *caddyfile.Dispenser) error {
	if d.NextArg() {
		return d.ArgErr()
	}
	a.OCR = new(OCR)
	var seen options
	for nesting := d.Nesting(); d.NextBlock(nesting); {
		if err := seen.once(d); err != nil {
			return err
		}
		var err error
		switch d.Val() {
		case "workers":
			err = count(d, &a.OCR.Workers)
		case "languages":
			err = appendArgs(d, &a.OCR.Languages)
		case "effort":
			err = choose(d, &a.OCR.Effort, ocr.Fast, ocr.Balanced, ocr.Thorough)
		default:
			err = d.Errf("unrecognized option '%s' of ocr", d.Val())
		}
		if err != nil {
			return err
		}
	}
	return nil
}
