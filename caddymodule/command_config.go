package caddymodule

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig"

	"github.com/caddyprivacy/privacyfilter/document"
	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/ocr"
)

const handlerID = "http.handlers.privacy_filter"

// withPipeline builds the app and one handler as a server would, but without
// a server, and runs a function with what they hold.
func (f *commandFlags) withPipeline(ctx context.Context, run func(context.Context, *pipeline) error) error {
	app, handler, err := f.rawModules()
	if err != nil {
		return err
	}
	caddyCtx, err := caddy.ProvisionContext(&caddy.Config{
		AppsRaw: caddy.ModuleMap{appName: app},
		Logging: &caddy.Logging{Logs: map[string]*caddy.CustomLog{
			"default": {BaseLog: caddy.BaseLog{Level: "ERROR"}},
		}},
	})
	if err != nil {
		return err
	}
	module, err := caddyCtx.LoadModuleByID(handlerID, handler)
	if err != nil {
		return err
	}
	h := module.(*Handler)
	defer h.app.Cleanup() //nolint:errcheck // the process ends
	policy, err := h.policy()
	if err != nil {
		return err
	}
	p := &pipeline{filter: h.filter, policy: policy, maxBody: h.maxBody}
	if h.Images == filter.ImagesRedact {
		p.pictures = h.app.pictures
		p.pdf = document.PDF{Read: p.pictures.boxes, Placeholder: h.filter.Placeholder, Bytes: documentBytes}
		defer p.pdf.Close()
	}
	if !h.RulesOnly {
		if err := h.app.Start(); err != nil {
			return err
		}
		model, release, err := h.model.acquire(ctx, h.OperatingPoint)
		if err != nil {
			return err
		}
		defer release()
		p.model = model
	}
	return run(ctx, p)
}

// rawModules returns the JSON of the app and of the handler: those of the
// configuration file if there is one, changed by the flags.
func (f *commandFlags) rawModules() (app, handler json.RawMessage, err error) {
	appFields, handlerFields := map[string]any{}, map[string]any{}
	if f.config != "" {
		if appFields, handlerFields, err = readConfig(f.config, f.adapter); err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", f.config, err)
		}
	}
	if f.model != "" {
		appFields["model"] = f.model
		delete(appFields, "variant")
		delete(handlerFields, "model")
	}
	if f.preset != "" {
		handlerFields["preset"] = f.preset
	}
	if f.rulesOnly {
		handlerFields["rules_only"] = true
	}
	if handlerFields["images"] == nil && f.config == "" && ocr.Available && ocr.CheckLanguages([]string{"eng"}) == nil {
		handlerFields["images"] = "redact" // files are more often pictures than bodies are
	}
	if f.uncached {
		appFields["cache"] = -1
	}
	delete(handlerFields, "handler")
	delete(handlerFields, "monitor")
	if app, err = json.Marshal(appFields); err != nil {
		return nil, nil, err
	}
	handler, err = json.Marshal(handlerFields)
	return app, handler, err
}

// readConfig finds the app and the first handler in a Caddy configuration.
func readConfig(file, adapterName string) (app, handler map[string]any, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	if filepath.Ext(file) != ".json" || adapterName != "" {
		adapter := caddyconfig.GetAdapter(cmp.Or(adapterName, "caddyfile"))
		if adapter == nil {
			return nil, nil, fmt.Errorf("there is no config adapter %q", adapterName)
		}
		if raw, _, err = adapter.Adapt(raw, map[string]any{"filename": file}); err != nil {
			return nil, nil, err
		}
	}
	var config struct {
		Apps map[string]any `json:"apps"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&config); err != nil {
		return nil, nil, err
	}
	if handler = firstHandler(config.Apps["http"]); handler == nil {
		return nil, nil, errors.New("it has no privacy_filter handler")
	}
	if app, _ = config.Apps[appName].(map[string]any); app == nil {
		app = map[string]any{}
	}
	return app, handler, nil
}

// firstHandler walks a configuration in order, servers by name.
func firstHandler(node any) map[string]any {
	switch node := node.(type) {
	case map[string]any:
		if node["handler"] == "privacy_filter" {
			return node
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			if found := firstHandler(node[key]); found != nil {
				return found
			}
		}
	case []any:
		for _, element := range node {
			if found := firstHandler(element); found != nil {
				return found
			}
		}
	}
	return nil
}
