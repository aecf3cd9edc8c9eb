package inference_test

import (
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// TestOperatingPoints asks one service at two points: a point that forbids to
// leave the background finds nothing, whatever the cache holds of the other.
func TestOperatingPoints(t *testing.T) {
	model := inferencetest.NewModel(script)
	o := model.Options()
	o.Points = map[string]inference.Biases{
		inference.PointDefault: {BackgroundToStart: -9e5}, // Options.Biases are the default's
		"blind":                {BackgroundToStart: -9e5},
	}
	s := inferencetest.Service(t, o)
	blind, ok := s.At("blind")
	if !ok {
		t.Fatal("the point is unknown")
	}
	if _, ok := s.At(inference.PointRecall); ok {
		t.Error("a point that nobody defined")
	}
	plain, ok := s.At(inference.PointDefault)
	if !ok {
		t.Fatal("no default point")
	}
	const text = "I am Ada Lovelace."
	for range 2 { // the second time from the cache
		for says, test := range map[string]struct {
			d    pii.Detector
			want string
		}{
			"service": {s, "private_person:Ada Lovelace"},
			"default": {plain, "private_person:Ada Lovelace"},
			"blind":   {blind, ""},
		} {
			spans, err := test.d.Detect(t.Context(), segments(text))
			if err != nil || found(text, spans[0]) != test.want {
				t.Errorf("%s: got %v, %v", says, spans, err)
			}
		}
	}
}
