package local

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
)

// cascade is a model that is made of two others.
type cascade struct {
	*inference.Cascade
	raw []byte // its file
}

// cascadeOf is the cascade that is asked for, or nil for a model of its own.
// Only models in the binary are such: what lies in a directory is one model.
func cascadeOf(o Options) (*cascade, error) {
	name := o.embedded()
	if name == "" {
		return nil, nil
	}
	raw, err := fs.ReadFile(embedded.FS(name), inference.CascadeFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading the embedded model: %w", err)
	}
	c := &cascade{raw: raw}
	if c.Cascade, err = inference.ParseCascade(raw); err != nil {
		return nil, fmt.Errorf("reading the embedded model: %w", err)
	}
	for _, part := range []string{c.First, c.Second} {
		if !embedded.Present(part) {
			return nil, ErrNoEmbedded
		}
	}
	return c, nil
}

// first are the options of the model that reads everything. Both have the
// same bounds, but for the cache, which they share.
func (c *cascade) first(o Options) Options {
	o = c.part(o)
	o.Model, o.Variant = c.First, ""
	return o
}

// second are the options of the model that reads what the first one doubts.
func (c *cascade) second(o Options) Options {
	o = c.part(o)
	o.Model = c.Second
	return o
}

func (c *cascade) part(o Options) Options {
	o.CacheBytes = cmp.Or(o.CacheBytes, inference.DefaultCacheBytes)
	if o.CacheBytes > 0 {
		// A text that grew is a new one to the first model, but most of
		// what it doubts there was read before.
		o.CacheBytes = (o.CacheBytes + 1) / 2
	}
	return o
}

// reader is an open second model, and what it is asked.
type reader struct {
	*cascade
	service *inference.Service
}

// join makes a Service's options those of a first reader. r may be nil.
func (r *reader) join(o inference.Options) inference.Options {
	if r == nil {
		return o
	}
	o.Second = &inference.Second{Service: r.service, Doubts: r.Doubts, Context: r.Context}
	sum := sha256.Sum256(r.raw)
	o.ID += " " + r.service.ID() + " " + hex.EncodeToString(sum[:])
	return o
}
