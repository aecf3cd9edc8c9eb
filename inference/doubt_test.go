package inference

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The shortcuts of judge against the definition.
func TestDoubtIsTheShareOfOtherAnswers(t *testing.T) {
	labels := labelSet(t, "O", "B-a", "I-a", "E-a", "S-a", "B-b", "I-b", "E-b", "S-b")
	rapid.Check(t, func(t *rapid.T) {
		row := make([]float32, labels.Classes())
		for i := range row {
			row[i] = float32(rapid.Float64Range(-20, 20).Draw(t, "logit"))
		}
		limit := Doubt{float32(rapid.Float64Range(0, 1).Draw(t, "outside")), float32(rapid.Float64Range(0, 1).Draw(t, "inside"))}
		j := newJudge(labels, limit)
		for c := range row {
			class := labels.classes[c]
			own, total := 0.0, 0.0
			for i, v := range row {
				p := math.Exp(float64(v))
				total += p
				if other := labels.classes[i]; i == c || class.tag != outside && other.tag != outside && other.label == class.label {
					own += p
				}
			}
			allowed := float64(limit.Inside)
			if class.tag == outside {
				allowed = float64(limit.Outside)
			}
			others := (total - own) / total
			if math.Abs(others-allowed) < 1e-9 {
				continue // either answer is right
			}
			if got := j.doubtful(row, int32(c)); got != (others > allowed) {
				t.Fatalf("class %d: others have %g, %g is allowed: doubtful is %v", c, others, allowed, got)
			}
		}
	})
}
