package inference

// Stats are counters since the start of a Service, and gauges.
type Stats struct {
	Engine string // Engine.Name

	QueuedTokens  int64 // gauge: tokens of the texts admitted now, halos included
	QueuedJobs    int64 // gauge: texts admitted now
	QueuedWindows int64 // gauge: windows that wait for a batch

	Batches      int64 // runs of the engine
	Rows         int64 // windows run
	Tokens       int64 // tokens run, special tokens and halos included
	PaddedTokens int64 // padding run beside them

	CacheHits   int64 // texts answered from the cache
	CacheMisses int64 // texts detected
	CacheBytes  int64 // gauge

	ReadBytes  int64 // of the texts detected
	ReadAgain  int64 // stretches of them that a second reader was shown
	AgainBytes int64 // how long these were

	Rejected  int64 // texts refused for overload
	Cancelled int64 // windows whose caller left, or whose deadline passed, before their result
	Failed    int64 // windows that the engine failed, alone as in a batch
}

// Stats returns a snapshot. With a second reader, what queues, batches and
// caches hold or have done is counted over both; texts are counted once.
func (s *Service) Stats() Stats {
	own := s.ownStats()
	if s.second == nil {
		return own
	}
	other := s.second.Stats()
	own.QueuedTokens += other.QueuedTokens
	own.QueuedJobs += other.QueuedJobs
	own.QueuedWindows += other.QueuedWindows
	own.Batches += other.Batches
	own.Rows += other.Rows
	own.Tokens += other.Tokens
	own.PaddedTokens += other.PaddedTokens
	own.CacheBytes += other.CacheBytes
	own.Rejected += other.Rejected
	own.Cancelled += other.Cancelled
	own.Failed += other.Failed
	return own
}

func (s *Service) ownStats() Stats {
	tokens, texts := s.door.held()
	hits, bytes := s.cache.stats()
	count := &s.queue.count
	return Stats{
		Engine:        s.engine.Name(),
		QueuedTokens:  int64(tokens),
		QueuedJobs:    int64(texts),
		QueuedWindows: int64(s.queue.waiting()),
		Batches:       count.batches.Load(),
		Rows:          count.rows.Load(),
		Tokens:        count.tokens.Load(),
		PaddedTokens:  count.padding.Load(),
		CacheHits:     hits,
		CacheMisses:   s.misses.Load(),
		CacheBytes:    bytes,
		ReadBytes:     s.readBytes.Load(),
		ReadAgain:     s.pieces.Load(),
		AgainBytes:    s.againBytes.Load(),
		Rejected:      s.rejected.Load(),
		Cancelled:     count.cancelled.Load(),
		Failed:        count.failed.Load(),
	}
}
