package inference

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// point is one way to decode what the engine answers: the biases of the
// decoder, and cache keys that are bound to them. All points of a Service share
// its engine and its queue.
type point struct {
	decoder *Decoder
	keyer   *keyer
}

func newPoint(o Options, b Biases, g Geometry) (*point, error) {
	d, err := NewDecoder(o.Config.Labels, b)
	if err != nil {
		return nil, err
	}
	return &point{d, newKeyer(o.ID, b, g)}, nil
}

// At returns a detector that decodes at another operating point of the model,
// such as PointRecall; ok is false if the model has no such point. It is the
// Service's in everything else: the Service must be open while it is in use.
func (s *Service) At(name string) (d pii.Detector, ok bool) {
	p := s.points[name]
	return pointDetector{s, p}, p != nil
}

type pointDetector struct {
	service *Service
	point   *point
}

// Detect implements pii.Detector.
func (d pointDetector) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	return d.service.detect(ctx, d.point, segments)
}
