package inference

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// maxBias bounds a transition bias. Forbidden edges cost 1e9 in the reference
// decoder; a bias of that size would legalise them there.
const maxBias = 1e6

// Biases are the six numbers that viterbi_calibration.json may shift the
// decoder with, in nats, added to the score of a transition. The zero value
// is the shipped default. A positive BackgroundToStart and a negative
// BackgroundStay find more.
type Biases struct {
	BackgroundStay    float32 // O → O
	BackgroundToStart float32 // O → B, S
	InsideToContinue  float32 // B, I → I of the same label
	InsideToEnd       float32 // B, I → E of the same label
	EndToBackground   float32 // E, S → O
	EndToStart        float32 // E, S → B, S of any label
}

// The operating points that a model may be calibrated for.
const (
	// PointDefault is the balanced one, which every calibration has.
	PointDefault = "default"
	// PointRecall finds more, at the price of more false alarms.
	PointRecall = "recall"
)

// ParseCalibration reads a viterbi_calibration.json, which is exactly
//
//	{"operating_points": {"default": {"biases": {six numbers}}}}
//
// with the keys transition_bias_background_stay and so on (model.md §6.3), and
// other points beside the default one if the model has them.
func ParseCalibration(raw []byte) (map[string]Biases, error) {
	points, err := parseCalibration(raw)
	if err != nil {
		return nil, fmt.Errorf("reading viterbi_calibration.json: %w", err)
	}
	return points, nil
}

func parseCalibration(raw []byte) (map[string]Biases, error) {
	raw, err := only("operating_points", raw)
	if err != nil {
		return nil, err
	}
	named, err := object(raw)
	if err != nil {
		return nil, err
	}
	if named[PointDefault] == nil {
		return nil, fmt.Errorf("key %q is missing", PointDefault)
	}
	points := make(map[string]Biases, len(named))
	for name, raw := range named {
		if points[name], err = parsePoint(raw); err != nil {
			return nil, err
		}
	}
	return points, nil
}

// only returns the value of the only key that an object may have.
func only(key string, raw []byte) (json.RawMessage, error) {
	fields, err := object(raw)
	switch {
	case err != nil:
		return nil, err
	case fields[key] == nil:
		return nil, fmt.Errorf("key %q is missing", key)
	case len(fields) > 1:
		return nil, fmt.Errorf("there are keys beside %q", key)
	}
	return fields[key], nil
}

func parsePoint(raw []byte) (Biases, error) {
	raw, err := only("biases", raw)
	if err != nil {
		return Biases{}, err
	}
	fields, err := object(raw)
	if err != nil {
		return Biases{}, err
	}
	var b Biases
	slots := b.slots()
	for key, slot := range slots {
		value, ok := fields[key]
		if !ok {
			return Biases{}, fmt.Errorf("key %q is missing", key)
		}
		if *slot, err = bias(value); err != nil {
			return Biases{}, fmt.Errorf("%s: %w", key, err)
		}
	}
	if len(fields) != len(slots) {
		return Biases{}, errors.New("there are unknown keys among the biases")
	}
	return b, nil
}

func (b *Biases) slots() map[string]*float32 {
	return map[string]*float32{
		"transition_bias_background_stay":     &b.BackgroundStay,
		"transition_bias_background_to_start": &b.BackgroundToStart,
		"transition_bias_inside_to_continue":  &b.InsideToContinue,
		"transition_bias_inside_to_end":       &b.InsideToEnd,
		"transition_bias_end_to_background":   &b.EndToBackground,
		"transition_bias_end_to_start":        &b.EndToStart,
	}
}

func bias(raw json.RawMessage) (float32, error) {
	var value *float64
	if err := json.Unmarshal(raw, &value); err != nil || value == nil {
		return 0, errors.New("not a number")
	}
	if !(math.Abs(*value) < maxBias) {
		return 0, fmt.Errorf("magnitude is not below %g", maxBias)
	}
	return float32(*value), nil
}

// check is for biases that do not come from a file.
func (b Biases) check() error {
	for key, slot := range b.slots() {
		if !(math.Abs(float64(*slot)) < maxBias) {
			return fmt.Errorf("%s: magnitude is not below %g", key, maxBias)
		}
	}
	return nil
}
