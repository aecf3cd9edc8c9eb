package caddymodule

import "context"

// ordered runs work for every job of next, up to width at once, and hands the
// results to emit in the order of the jobs. next and emit are each called
// from one goroutine at a time. It ends with the first error of next or emit,
// or nil when next reports no more; results of jobs before the error are
// still emitted unless ctx is done or emit itself failed.
//
// A next that is blocked in a read is left behind when ctx is done: it ends
// with its reader, at the latest with the process.
func ordered[J, R any](ctx context.Context, width int, next func() (J, bool, error), work func(context.Context, J) R, emit func(R) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pending := make(chan chan R, max(0, width-1)) // one more is in emit's hands
	ended := make(chan error, 1)
	go func() {
		defer close(pending)
		for {
			job, more, err := next()
			if err != nil || !more {
				ended <- err
				return
			}
			done := make(chan R, 1)
			select {
			case pending <- done:
			case <-ctx.Done():
				ended <- ctx.Err()
				return
			}
			go func() { done <- work(ctx, job) }()
		}
	}()
	for {
		select {
		case done, open := <-pending:
			if !open {
				return <-ended
			}
			select {
			case result := <-done:
				if err := emit(result); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
