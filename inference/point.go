package inference

import (
	"context"
	"fmt"
	"maps"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// point is one way to decode what the engine answers: the biases of the
// decoder, and cache keys that are bound to them. All points of a Service share
// its engine and its queue.
type point struct {
	decoder *Decoder
	keyer   *keyer
	second  *point // of the second reader, or nil
}

// newPoints makes the operating points, of which the default one is always there.
func newPoints(o Options, g Geometry) (map[string]*point, error) {
	all := make(map[string]Biases, 1+len(o.Points))
	maps.Copy(all, o.Points)
	all[PointDefault] = o.Biases
	points := make(map[string]*point, len(all))
	for name, biases := range all {
		p, err := newPoint(o, name, biases, g)
		if err != nil {
			return nil, fmt.Errorf("operating point %q: %w", name, err)
		}
		points[name] = p
	}
	return points, nil
}

func newPoint(o Options, name string, b Biases, g Geometry) (*point, error) {
	d, err := NewDecoder(o.Config.Labels, b)
	if err != nil {
		return nil, err
	}
	p := &point{decoder: d, keyer: newKeyer(o.ID, b, g)}
	if o.Second != nil {
		limit := o.Second.at(name)
		if err := limit.check(); err != nil {
			return nil, err
		}
		d.doubts = newJudge(o.Config.Labels, limit)
		p.second = o.Second.Service.at(name)
	}
	return p, nil
}

// at is an operating point, or the default one if there is none of this name.
func (s *Service) at(name string) *point {
	if p := s.points[name]; p != nil {
		return p
	}
	return s.points[PointDefault]
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
