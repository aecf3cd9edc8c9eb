package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/webapp"
)

func init() {
	caddy.RegisterModule(new(WebApp))
}

// The apps, and where pastes may be kept.
const (
	appText      = "text"
	appImages    = "images"
	appDocuments = "documents"
	appPaste     = "paste"

	inStorage = "storage"
	inMemory  = "memory"
)

var allApps = []string{appText, appImages, appDocuments, appPaste}

// WebApp serves a page on which people redact texts and images and share
// pastes, and the same as an interface that the Gradio clients for Python and
// JavaScript can call. It answers every request that reaches it.
//
// Whoever reaches it may use it. Therefore it serves a site that listens on
// this machine alone, or one that says that it has authenticated the request.
// Mount it under a path with handle_path.
type WebApp struct {
	// Which apps are served: text, images, documents, paste. Default: all.
	Apps []string `json:"apps,omitempty"`

	// Says that an authentication handler, such as basic_auth or forward_auth,
	// stands in front of it. Needed where the site listens on more than this
	// machine.
	Authenticated bool `json:"authenticated,omitempty"`

	// Says that everybody who reaches the site may use it.
	Insecure bool `json:"insecure,omitempty"`

	// The names by which it may be reached, without ports. Default: those of
	// this machine if the site listens on nothing else, any name otherwise.
	Hosts []string `json:"hosts,omitempty"`

	// The model, if it is not that of the app. Placeholders are supported.
	Model string `json:"model,omitempty"`

	// Find with rules alone.
	RulesOnly bool `json:"rules_only,omitempty"`

	// The largest file that may be uploaded, in bytes. Default: 50 MiB.
	MaxFile int64 `json:"max_file,omitempty"`

	// How long pastes stay, at most. Default: 30 days.
	PasteTTL caddy.Duration `json:"paste_ttl,omitempty"`

	// Where pastes are kept: storage (the default), which is Caddy's, where
	// they lie encrypted, or memory, which a reload empties.
	PasteStorage string `json:"paste_storage,omitempty"`

	find   *Handler // finds, and writes entries of the access log
	server *webapp.Server
}

// CaddyModule returns the Caddy module information.
func (*WebApp) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "http.handlers.privacy_filter_webapp",
		New: func() caddy.Module { return new(WebApp) },
	}
}

// Provision refuses what would be open to the world by mistake.
func (a *WebApp) Provision(ctx caddy.Context) error {
	server, _ := ctx.Value(caddyhttp.ServerCtxKey).(*caddyhttp.Server)
	loopback := server != nil && listensOnLoopback(server.Listen)
	if !loopback && !a.Authenticated && !a.Insecure {
		return errOpen
	}
	if err := checkApps(a.Apps); err != nil {
		return err
	}
	app, err := ctx.App(appName)
	if err != nil {
		return err
	}
	if a.Insecure && !loopback {
		ctx.Logger().Warn("the page is open to everybody who reaches the site")
	}
	a.find = &Handler{Model: a.Model, RulesOnly: a.RulesOnly, accessLog: ctx.Logger(new(caddyhttp.App)).Named("log.access")}
	if err := a.find.provision(app.(*App), ctx.Logger()); err != nil {
		return err
	}
	o := webapp.Options{
		Apps: a.apps(), Find: a.spans, Hosts: a.Hosts, Owner: owner, Root: root, MaxFile: a.MaxFile,
		Pastes: webapp.PasteLimits{MaxTTL: time.Duration(a.PasteTTL)},
	}
	if loopback && !a.Authenticated && !a.Insecure {
		o.Hosts = append(webapp.Loopback(), a.Hosts...)
	}
	if o.Apps.Images {
		if o.Images, err = a.images(app.(*App), ctx.Logger()); err != nil {
			return err
		}
	}
	if a.PasteStorage != inMemory {
		o.Records = ctx.Storage()
	}
	if a.server, err = webapp.New(o); err != nil {
		return err
	}
	if server != nil {
		// Streams stay open as long as their clients like, and servers wait for
		// them.
		server.RegisterOnShutdown(a.server.Close)
	}
	return nil
}

var errOpen = errors.New("privacy_filter_webapp: this site listens on more than this machine, and everybody could use the page: " +
	"write `bind 127.0.0.1` into the site, or put basic_auth or forward_auth in front and write `authenticated` into the block, " +
	"or, if everybody may, `insecure`")

// checkApps refuses apps that there are not.
func checkApps(names []string) error {
	for i, name := range names {
		if !slices.Contains(allApps, name) {
			return fmt.Errorf("apps: there is no %q: want text, images, documents or paste", name)
		}
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("apps: %s comes twice", name)
		}
	}
	return nil
}

func (a *WebApp) apps() webapp.Apps {
	has := func(name string) bool { return len(a.Apps) == 0 || slices.Contains(a.Apps, name) }
	return webapp.Apps{Text: has(appText), Images: has(appImages), Documents: has(appDocuments), Paste: has(appPaste)}
}

// images says how pictures are read. A program without Tesseract serves the
// rest, and says so to who asks.
func (a *WebApp) images(app *App, logger *zap.Logger) (func() (*ocr.Redactor, error), error) {
	pictures, err := app.needPictures()
	if errors.Is(err, ocr.ErrUnavailable) {
		logger.Warn("images cannot be read: this program was built without Tesseract")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return func() (*ocr.Redactor, error) {
		pool, err := pictures.reader()
		if err != nil {
			return nil, ocr.ErrWorker
		}
		return &ocr.Redactor{Pool: pool, Effort: pictures.effort}, nil
	}, nil
}

// spans finds what is personal, with a lease on the model (I6).
func (a *WebApp) spans(ctx context.Context, texts []string) ([][]pii.Span, error) {
	if a.RulesOnly {
		return a.find.filter.Spans(ctx, nil, texts)
	}
	model, release, err := a.find.model.acquire(ctx, "")
	if err != nil {
		return nil, err
	}
	defer release()
	return a.find.filter.Spans(ctx, model, texts)
}

// Cleanup ends what runs.
func (a *WebApp) Cleanup() error {
	if a.server != nil {
		a.server.Close()
	}
	return nil
}

// Validate refuses what cannot be meant.
func (a *WebApp) Validate() error {
	if a.MaxFile < 0 || a.PasteTTL < 0 {
		return errors.New("max_file and paste_ttl must not be negative")
	}
	return checkChoices([]choice{{"paste_storage", a.PasteStorage, []string{inStorage, inMemory}}})
}

// Interface guards
var (
	_ caddy.Provisioner           = (*WebApp)(nil)
	_ caddy.CleanerUpper          = (*WebApp)(nil)
	_ caddy.Validator             = (*WebApp)(nil)
	_ caddyhttp.MiddlewareHandler = (*WebApp)(nil)
)
