package inference

import (
	"context"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// selfTestText names a person that does not exist, under a reserved domain
// and an unassigned number.
const selfTestText = "My name is Elena Markovic, my e-mail address is elena.markovic@example.com " +
	"and you can call me on +1 628 555 0147."

// SelfTest detects in a fixed sentence, past the cache, and fails when a model
// that knows persons, e-mail addresses or phone numbers finds none of them: a
// wrong graph or provider answers O everywhere and reports no error. It also
// warms the engine up.
func (s *Service) SelfTest(ctx context.Context) error {
	if !s.leases.enter() {
		return pii.ErrNotReady
	}
	defer s.leases.release()
	spans, err := s.detectText(ctx, s.call(s.points[PointDefault]), selfTestText)
	if err != nil {
		return fmt.Errorf("self-test: %w", err)
	}
	known := false
	for _, c := range []pii.Category{pii.PrivatePerson, pii.PrivateEmail, pii.PrivatePhone} {
		known = known || s.config.Labels.Has(c)
		for _, span := range spans {
			if span.Category == c {
				return nil
			}
		}
	}
	if known {
		return fmt.Errorf("self-test: %w: nothing was found in a sentence with a name, an e-mail address and a phone number", pii.ErrDetector)
	}
	return nil
}
