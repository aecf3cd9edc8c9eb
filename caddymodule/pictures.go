package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/document"
	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// OCR says how the text of pictures is read.
type OCR struct {
	// How many processes read at the same time. Default: half of the CPUs, at
	// most 4.
	Workers int `json:"workers,omitempty"`

	// The languages, by Tesseract's names, such as eng or deu. Their data
	// must be installed. Default: eng.
	Languages []string `json:"languages,omitempty"`

	// How hard text is looked for: fast, balanced (the default) or thorough,
	// which also looks for pictures that lie on their side.
	Effort ocr.Effort `json:"effort,omitempty"`
}

// readerPools are the processes that read pictures, by their options, kept
// over reloads that do not change them.
var readerPools = caddy.NewUsagePool()

// readerPool lets a UsagePool end the processes.
type readerPool struct{ *ocr.Pool }

// Destruct ends the processes.
func (p readerPool) Destruct() error {
	p.Close()
	return nil
}

// pictures is the app's way to read pictures. The processes are started for
// the first one, or with the app if it configures ocr.
type pictures struct {
	options ocr.PoolOptions
	effort  ocr.Effort

	mu   sync.Mutex
	pool *ocr.Pool // nil until it is needed
}

// needPictures checks that pictures can be read at all.
func (a *App) needPictures() (*pictures, error) {
	if a.pictures != nil {
		return a.pictures, nil
	}
	o := a.OCR
	if o == nil {
		o = new(OCR)
	}
	if !slices.Contains([]ocr.Effort{"", ocr.Fast, ocr.Balanced, ocr.Thorough}, o.Effort) {
		return nil, fmt.Errorf("ocr: effort: want fast, balanced or thorough, not %q", o.Effort)
	}
	languages := o.Languages
	if len(languages) == 0 {
		languages = []string{"eng"}
	}
	if err := ocr.CheckLanguages(languages); err != nil {
		return nil, fmt.Errorf("images: %w", err)
	}
	a.pictures = &pictures{effort: o.Effort, options: ocr.PoolOptions{Workers: o.Workers, Languages: languages, Command: readerCommand}}
	return a.pictures, nil
}

// readerCommand starts a process that reads pictures; nil is this program.
// Tests set it, because their program is another one.
var readerCommand []string

func (p *pictures) key() string { return fmt.Sprintf("%+v", p.options) }

// reader returns the processes, which it starts if nobody has.
func (p *pictures) reader() (*ocr.Pool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pool != nil {
		return p.pool, nil
	}
	loaded, _, err := readerPools.LoadOrNew(p.key(), func() (caddy.Destructor, error) {
		pool, err := ocr.NewPool(p.options)
		return readerPool{pool}, err
	})
	if err != nil {
		return nil, err
	}
	p.pool = loaded.(readerPool).Pool
	return p.pool, nil
}

func (p *pictures) release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pool == nil {
		return nil
	}
	p.pool = nil
	_, err := readerPools.Delete(p.key())
	return err
}

// Is implements filter.Pictures.
func (*pictures) Is(head []byte) bool { return ocr.Sniff(head) != "" }

// Redact implements filter.Pictures.
func (p *pictures) Redact(ctx context.Context, data []byte, find func(context.Context, []string) ([][]pii.Span, error)) ([]byte, error) {
	pool, err := p.reader()
	if err != nil {
		return nil, &filter.Error{Reason: filter.ReasonDetector, Detail: "pictures cannot be read"}
	}
	res, err := (&ocr.Redactor{Pool: pool, Effort: p.effort}).Redact(ctx, data, find)
	switch {
	case err == nil:
		return res.Data, nil
	case errors.Is(err, ocr.ErrTooLarge):
		return nil, &filter.Error{Reason: filter.ReasonTooLarge, Detail: "a picture is over the limit"}
	case errors.Is(err, ocr.ErrAnimated):
		return nil, &filter.Error{Reason: filter.ReasonUnsupported, Detail: "a picture moves or has several pages"}
	case errors.Is(err, ocr.ErrFormat):
		return nil, &filter.Error{Reason: filter.ReasonUnsupported, Detail: "a picture cannot be decoded"}
	case errors.Is(err, ocr.ErrWorker):
		return nil, &filter.Error{Reason: filter.ReasonDetector, Detail: "the text of a picture could not be read"}
	}
	return nil, err
}

// boxes finds what is personal in the picture of a page.
func (p *pictures) boxes(ctx context.Context, data []byte, find document.Find) ([]ocr.Box, error) {
	pool, err := p.reader()
	if err == nil {
		var boxes []ocr.Box
		if _, _, boxes, err = (&ocr.Redactor{Pool: pool, Effort: p.effort}).Analyse(ctx, data, ocr.Find(find)); err == nil {
			return boxes, nil
		}
	}
	if errors.Is(err, ocr.ErrWorker) || pool == nil {
		return nil, &filter.Error{Reason: filter.ReasonDetector, Detail: "the picture of a page could not be read"}
	}
	return nil, err
}

// readerSubcommand is what the processes that read pictures run. It is hidden:
// its input and output are frames.
func readerSubcommand() *cobra.Command {
	var languages string
	var maxPixels int
	cmd := &cobra.Command{
		Use:    "ocr-worker",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return ocr.RunWorker(os.Stdin, os.Stdout, strings.Split(languages, "+"), maxPixels)
		},
	}
	cmd.Flags().StringVar(&languages, "languages", "eng", "")
	cmd.Flags().IntVar(&maxPixels, "max-pixels", 0, "")
	return cmd
}

// pictureDeadline is how long a body with pictures may take, where nobody says
// otherwise: reading them takes seconds.
const pictureDeadline = 60 * time.Second
