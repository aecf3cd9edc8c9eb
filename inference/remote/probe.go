package remote

import (
	"context"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// checker makes the function that finds out what a server serves.
func checker(o Options, c Contract) (func(context.Context, *endpoint) (session, error), error) {
	describe := describeKServe
	if o.Protocol == VLLM {
		if c.Columns > 0 {
			return nil, fmt.Errorf("engine %s: the model wants features of tokens, for which the protocol has no place", o.Protocol)
		}
		describe = describeVLLM
	}
	return func(ctx context.Context, e *endpoint) (session, error) {
		s, err := describe(ctx, e, o.Model, c)
		if err != nil {
			return nil, err
		}
		return s, probe(ctx, e, s, c)
	}, nil
}

// probeTokens is the length of the longer row of a probe.
const probeTokens = 8

// probe runs two rows of different length. The ids are nobody's text. A server
// that answers with probabilities has put a softmax or a sigmoid where logits
// are wanted; decoding would run, and find other things.
func probe(ctx context.Context, e *endpoint, s session, c Contract) error {
	b := &inference.Batch{
		Rows: 2, Cols: probeTokens, Labels: c.Labels, Columns: c.Columns,
		IDs: make([]int64, 2*probeTokens), Mask: make([]int64, 2*probeTokens), Features: make([]int64, 2*probeTokens*c.Columns),
	}
	for i := range b.IDs {
		if i < probeTokens+probeTokens/2 {
			b.IDs[i], b.Mask[i] = int64((i+1)%c.Vocabulary), 1
		}
	}
	logits := make([]float32, len(b.IDs)*c.Labels)
	if err := s.infer(ctx, b, logits); err != nil {
		return err
	}
	probabilities := true
	for i, m := range b.Mask {
		for _, v := range logits[i*c.Labels:][:c.Labels] {
			probabilities = probabilities && (m == 0 || v >= 0 && v <= 1)
		}
	}
	if probabilities {
		return e.broken("it answers with probabilities and not with logits")
	}
	return nil
}
