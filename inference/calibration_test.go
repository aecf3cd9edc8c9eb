package inference

import (
	"fmt"
	"strings"
	"testing"
)

const calibration = `{"operating_points": {"default": {"biases": {
	"transition_bias_background_stay": -0.5,
	"transition_bias_background_to_start": 1,
	"transition_bias_inside_to_continue": 2.25,
	"transition_bias_inside_to_end": -3,
	"transition_bias_end_to_background": 4e-1,
	"transition_bias_end_to_start": 0
}}}}`

func TestParseCalibration(t *testing.T) {
	got, err := ParseCalibration([]byte(calibration))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Biases{-0.5, 1, 2.25, -3, 0.4, 0}); len(got) != 1 || got[PointDefault] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	point := strings.TrimSuffix(strings.TrimPrefix(calibration, `{"operating_points": {"default": `), "}}")
	two := `{"operating_points": {"recall": ` + strings.Replace(point, "-0.5", "-2", 1) + `, "default": ` + point + `}}`
	if got, err = ParseCalibration([]byte(two)); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[PointRecall].BackgroundStay != -2 || got[PointDefault].BackgroundStay != -0.5 {
		t.Errorf("of two points: %+v", got)
	}
}

func TestParseCalibrationRefuses(t *testing.T) {
	change := func(old, replacement string) string {
		if !strings.Contains(calibration, old) {
			t.Fatalf("%q is not in the example", old)
		}
		return strings.Replace(calibration, old, replacement, 1)
	}
	value := func(v string) string { return change("-0.5", v) }
	for says, raw := range map[string]string{
		"nothing":                 "",
		"null":                    "null",
		"a list":                  "[]",
		"a truncated file":        calibration[:len(calibration)-2],
		"data after the document": calibration + "{}",
		"a missing bias":          change(`"transition_bias_end_to_start": 0`, `"transition_bias_end_to_start2": 0`),
		"an extra bias":           change(`-0.5,`, `-0.5, "transition_bias_threshold": 0,`),
		"an extra key on top":     change(`{"operating_points"`, `{"version": 1, "operating_points"`),
		"a point without biases":  change(`{"default"`, `{"recall": {}, "default"`),
		"a key beside the biases": change(`{"biases"`, `{"comment": "", "biases"`),
		"a missing level":         change(`"default"`, `"Default"`),
		"a repeated bias":         change(`-0.5,`, `-0.5, "transition_bias_background_stay": 0,`),
		"a repeated level":        `{"operating_points": {}, ` + calibration[1:],
		"a boolean":               value("true"),
		"a string":                value(`"0"`),
		"null for a number":       value("null"),
		"a list for a number":     value("[0]"),
		"NaN":                     value("NaN"),
		"Infinity":                value("-Infinity"),
		"an infinite number":      value("1e999"),
		"a million":               value("1e6"),
		"minus 1e9":               value("-1e9"),
	} {
		if _, err := ParseCalibration([]byte(raw)); err == nil {
			t.Errorf("%s passed", says)
		}
	}
	if _, err := ParseCalibration([]byte(value("999999"))); err != nil {
		t.Errorf("just below a million: %v", err)
	}
}

func TestNewDecoderRefusesBiasesThatNoFileMayHold(t *testing.T) {
	set := labelSet(t, classNames("x")...)
	for _, b := range []Biases{{EndToStart: 1e6}, {BackgroundStay: -1e9}, {InsideToEnd: float32(nan())}} {
		if _, err := NewDecoder(set, b); err == nil {
			t.Errorf("%s passed", fmt.Sprint(b))
		}
	}
}

func nan() float64 { zero := 0.0; return zero / zero }
