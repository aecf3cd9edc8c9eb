package local

import (
	"errors"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/features"
	"github.com/caddyprivacy/privacyfilter/inference/hftokenizer"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/shapes"
)

// tokenizerOf loads the model's tokenizer.json, or takes the tokenizer that its
// configuration names.
func tokenizerOf(files *inference.ModelFiles) (inference.Tokenizer, error) {
	switch name := files.Config.Tokenizer; name {
	case features.Name:
		return features.Words{}, nil
	case "":
	default:
		return nil, fmt.Errorf("the model wants a tokenizer %q, which this program does not know", name)
	}
	t, err := hftokenizer.New(files.Tokenizer)
	if err != nil {
		return nil, fmt.Errorf("loading the tokenizer: %w", err)
	}
	// A tokenizer of another model would send ids that the graph lacks.
	if n := t.VocabSize(); n > files.Config.VocabSize {
		err = fmt.Errorf("the tokenizer knows %d ids, the model %d", n, files.Config.VocabSize)
		return nil, errors.Join(err, t.Close())
	}
	if files.Config.UnknownID == inference.NoID {
		files.Config.UnknownID = t.Unknown()
	}
	return t, nil
}

// featuresOf returns what the configuration wants to be computed of tokens, nil
// if nothing, and the graph's input for it.
func featuresOf(c *inference.Config) (inference.Features, onnx.Input, error) {
	switch c.Features {
	case "":
		return nil, onnx.Input{}, nil
	case shapes.Name:
		f := shapes.Shapes{}
		return f, onnx.Input{Name: f.Input(), Columns: f.Columns()}, nil
	case features.Name:
	default:
		return nil, onnx.Input{}, fmt.Errorf("the model wants features %q, which this program does not know", c.Features)
	}
	f := features.Words{}
	if c.Tokenizer != features.Name {
		return nil, onnx.Input{}, fmt.Errorf("features %q are those of a tokenizer of this name", c.Features)
	}
	if f.Rows() != c.VocabSize {
		return nil, onnx.Input{}, fmt.Errorf("there are %d features, the model knows %d", f.Rows(), c.VocabSize)
	}
	return f, onnx.Input{Name: f.Input(), Columns: f.Columns()}, nil
}
