package inference

import (
	"encoding/json"
	"errors"
	"fmt"
)

// CascadeFile is what a model is made of that consists of two others.
const CascadeFile = "cascade.json"

// Cascade is a parsed cascade.json: a model that reads every text, and one
// that reads again what the first one doubts; see Second.
type Cascade struct {
	First, Second string           // names of models
	Context       int              // tokens of the first model on each side of a doubtful place
	Doubts        map[string]Doubt // by operating point
}

// maxContext is beyond any model's window.
const maxContext = 1 << 16

// ParseCascade reads a cascade.json, which is exactly
//
//	{"first": "name", "second": "name", "context_tokens": 8,
//	 "operating_points": {"default": {"doubt_outside": 0.1, "doubt_inside": 0.4}}}
//
// with other points beside the default one if the models have them. The shares
// are those of Doubt.
func ParseCascade(raw []byte) (*Cascade, error) {
	c, err := parseCascade(raw)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", CascadeFile, err)
	}
	return c, nil
}

func parseCascade(raw []byte) (*Cascade, error) {
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	c := new(Cascade)
	for key, name := range map[string]*string{"first": &c.First, "second": &c.Second} {
		if *name, err = text(fields, key); err != nil {
			return nil, err
		}
		if *name == "" {
			return nil, fmt.Errorf("%s is missing", key)
		}
	}
	if c.First == c.Second {
		return nil, errors.New("first and second are the same model")
	}
	if c.Context, err = integer(fields, "context_tokens", 0, maxContext); err != nil {
		return nil, err
	}
	if len(fields) != 4 {
		return nil, errors.New("there are other keys than first, second, context_tokens and operating_points")
	}
	points, err := object(fields["operating_points"])
	if err != nil {
		return nil, fmt.Errorf("operating_points: %w", err)
	}
	if points[PointDefault] == nil {
		return nil, fmt.Errorf("operating_points: key %q is missing", PointDefault)
	}
	c.Doubts = make(map[string]Doubt, len(points))
	for name, raw := range points {
		if c.Doubts[name], err = parseDoubt(raw); err != nil {
			return nil, fmt.Errorf("operating point %q: %w", name, err)
		}
	}
	return c, nil
}

func parseDoubt(raw json.RawMessage) (d Doubt, err error) {
	fields, err := object(raw)
	if err != nil {
		return d, err
	}
	shares := map[string]*float32{"doubt_outside": &d.Outside, "doubt_inside": &d.Inside}
	for key, share := range shares {
		var value *float32
		if err := json.Unmarshal(fields[key], &value); err != nil || value == nil {
			return d, fmt.Errorf("%s is missing or not a number", key)
		}
		*share = *value
	}
	if len(fields) != len(shares) {
		return d, errors.New("there are unknown keys")
	}
	return d, d.check()
}
