//go:build !cgo

package onnx

import (
	"context"
	"errors"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// ErrNoCgo says that this program was built without cgo.
var ErrNoCgo = errors.New("built without cgo, so ONNX Runtime cannot be used; build with CGO_ENABLED=1 and a C compiler")

// Engine cannot be made in a build without cgo.
type Engine struct{}

var _ inference.Engine = (*Engine)(nil)

// Open returns ErrNoCgo.
func Open(Model, int, Options) (*Engine, error) { return nil, ErrNoCgo }

// Version returns "".
func Version() string { return "" }

// Run returns ErrNoCgo.
func (*Engine) Run(context.Context, *inference.Batch, []float32) error { return ErrNoCgo }

// Name returns "onnx/none".
func (*Engine) Name() string { return "onnx/none" }

// Close does nothing.
func (*Engine) Close() error { return nil }
