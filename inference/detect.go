package inference

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// call is one Detect in progress.
type call struct {
	point    *point
	admitted atomic.Bool // a text of it was let into the queue
	share    admission   // of the queue, which its texts wait for among themselves
	second   *call       // of the second reader, or nil
}

// call starts a call. Its share of the queue is enough to fill the engine and
// leaves the rest to others: a huge body neither shuts the door to newcomers
// nor puts all of itself in front of them.
func (s *Service) call(p *point) *call {
	c := &call{point: p}
	c.share.maxTokens = min(sharedBatches*s.queue.former.maxTokens, s.door.maxTokens)
	c.share.maxTexts = s.door.maxTexts
	if p.second != nil {
		c.second = s.second.call(p.second)
	}
	return c
}

// sharedBatches is how many batches' worth of texts one call may have in the
// queue: one runs, one is next, and the rest gives a choice of lengths.
const sharedBatches = 4

// detectText takes one text the whole way: sanitise, read, and let the second
// reader, if there is one, look at what this model doubts. Whatever fails, the
// error holds nothing of the text.
func (s *Service) detectText(ctx context.Context, c *call, text string) (spans []pii.Span, err error) {
	defer func() {
		if v := recover(); v != nil {
			spans, err = nil, fmt.Errorf("%w: detection panicked with a %T", pii.ErrDetector, v)
		}
	}()
	clean := Sanitize(text)
	s.readBytes.Add(int64(len(clean)))
	spans, doubts, err := s.read(ctx, c, clean)
	if err != nil || len(doubts) == 0 {
		return spans, err
	}
	return s.readAgain(ctx, c, clean, spans, doubts)
}

// read is the way through this model: tokenize, windows, queue, decode, spans.
func (s *Service) read(ctx context.Context, c *call, clean string) (spans []pii.Span, doubts []doubt, err error) {
	pooled, _ := s.tokens.Get().(*[]Token)
	if pooled == nil {
		pooled = new([]Token)
	}
	defer func() {
		if cap(*pooled) <= maxPooledTokens {
			s.tokens.Put(pooled)
		}
	}()
	tokens, err := s.tokenize(ctx, (*pooled)[:0], clean)
	if err != nil {
		return nil, nil, err
	}
	*pooled = tokens
	if len(tokens) == 0 {
		return nil, nil, nil
	}
	cost := s.geometry.Fed(len(tokens)) + s.geometry.Windows(len(tokens))*s.specials()
	if err := s.enter(ctx, c, cost); err != nil {
		return nil, nil, err
	}
	defer s.leave(c, cost)

	l := c.point.decoder.start()
	defer c.point.decoder.recycle(l)
	if err := s.infer(ctx, clean, tokens, l); err != nil {
		return nil, nil, err
	}
	path := l.finish()
	if c.second != nil {
		doubts = s.config.Labels.doubts(path, tokens, clean, s.context)
	}
	return s.config.Labels.spans(path, tokens, clean, s.config.UnknownID), doubts, nil
}

// tokenize runs on the caller's goroutine, on at most as many of them at once
// as there are CPUs.
func (s *Service) tokenize(ctx context.Context, dst []Token, clean string) ([]Token, error) {
	select {
	case s.tokenizing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.tokenizing }()
	tokens, err := s.tokenizer.Encode(dst, clean)
	if err != nil {
		return nil, fmt.Errorf("%w: the tokenizer failed with a %T", pii.ErrDetector, err)
	}
	if err := checkTokens(tokens, clean, s.config.VocabSize); err != nil {
		return nil, fmt.Errorf("%w: %w", pii.ErrDetector, err)
	}
	return tokens, nil
}

func (s *Service) enter(ctx context.Context, c *call, cost int) error {
	if err := c.share.enter(ctx, cost, true); err != nil {
		return err
	}
	err := s.door.enter(ctx, cost, c.admitted.Load())
	if err == nil {
		c.admitted.Store(true)
		return nil
	}
	c.share.leave(cost)
	if errors.Is(err, pii.ErrOverload) {
		s.rejected.Add(1)
	}
	return err
}

func (s *Service) leave(c *call, cost int) {
	s.door.leave(cost)
	c.share.leave(cost)
}

// infer sends the windows of a text through the queue, a few ahead of the one
// whose rows are decoded next: enough to fill the engine, and so few that a
// long text leaves room in every batch for others.
func (s *Service) infer(ctx context.Context, text string, tokens []Token, l *lattice) (err error) {
	windows := s.geometry.Windows(len(tokens))
	flying := make([]*job, min(windows, s.ahead)) // a ring; window k at k mod its length
	head, next := 0, 0
	defer func() {
		for ; head < next; head++ {
			if j := flying[head%len(flying)]; s.queue.abandon(j) {
				s.recycle(j)
			}
		}
	}()
	for head < windows {
		for ; next < windows && next-head < len(flying); next++ {
			j := s.job(ctx, text, tokens, s.geometry.At(len(tokens), next))
			if err := s.submit(j); err != nil {
				s.recycle(j)
				return err
			}
			flying[next%len(flying)] = j
		}
		j := flying[head%len(flying)]
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		head++
		err := j.err
		if err == nil {
			if err = l.push(j.logits); err != nil {
				err = fmt.Errorf("%w: %w", pii.ErrDetector, err)
			}
		}
		s.recycle(j)
		if err != nil {
			return err
		}
	}
	return nil
}

// submit refuses a row that lacks features, which would be read as zeros.
func (s *Service) submit(j *job) error {
	if len(j.features) != len(j.ids)*s.queue.shape.columns {
		return fmt.Errorf("%w: %w", pii.ErrDetector, errFeatures)
	}
	return s.queue.submit(j)
}

// job prepares a window for the queue.
func (s *Service) job(ctx context.Context, text string, tokens []Token, w Window) *job {
	j, _ := s.jobs.Get().(*job)
	if j == nil {
		j = &job{done: make(chan struct{}, 1)}
	}
	j.ctx = ctx
	j.ids = append(j.ids[:0], s.prefix...)
	for _, t := range tokens[w.Start:w.End] {
		j.ids = append(j.ids, t.ID)
	}
	j.ids = append(j.ids, s.suffix...)
	if s.features != nil {
		columns := s.queue.shape.columns
		j.features = append(j.features[:0], make([]int64, len(s.prefix)*columns)...)
		j.features = s.features.Append(j.features, text, tokens, w.Start, w.End)
		j.features = append(j.features, make([]int64, len(s.suffix)*columns)...)
	}
	j.from = len(s.prefix) + w.From - w.Start
	j.rows = w.To - w.From
	return j
}

func (s *Service) recycle(j *job) {
	j.ctx, j.err = nil, nil
	s.jobs.Put(j)
}
