package caddymodule

import (
	"context"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/local"
)

// models holds every loaded model of the process under what it was made of,
// and budgets the byte budget under its size: both outlive the configuration
// that made them, so neither may know anything of one (I8).
var (
	models  = caddy.NewUsagePool()
	budgets = caddy.NewUsagePool()
)

// loadTimeout bounds the loading of a model: reading gigabytes from a slow
// disk, compiling the graph, and the self-test.
const loadTimeout = 5 * time.Minute

// pooledModel closes the service when the last configuration lets go. The
// service itself waits for the leases of running requests (I6).
type pooledModel struct{ *inference.Service }

// Destruct implements caddy.Destructor.
func (m pooledModel) Destruct() error { return m.Close() }

// modelID is the pool's key of a model.
type modelID string

// holdModel takes a reference to the model that o describes, loading it if
// nobody has it yet. On an error there is nothing to release.
func holdModel(o local.Options) (service *inference.Service, key modelID, kept bool, err error) {
	key = modelID(local.Key(o))
	held, kept, err := models.LoadOrNew(key, func() (caddy.Destructor, error) {
		ctx, cancel := context.WithTimeout(context.Background(), loadTimeout)
		defer cancel()
		service, err := local.Open(ctx, o)
		if err != nil {
			return nil, err
		}
		return pooledModel{service}, nil
	})
	if err != nil {
		return nil, "", false, err
	}
	return held.(pooledModel).Service, key, kept, nil
}

func releaseModel(key modelID) error {
	_, err := models.Delete(key)
	return err
}

// pooledBudget is a budget in the pool. There is nothing to free: exchanges
// that still run give their bytes back to the object they took them from.
type pooledBudget struct{ *filter.Budget }

// Destruct implements caddy.Destructor.
func (pooledBudget) Destruct() error { return nil }

// budgetSize is the pool's key of a budget, in bytes.
type budgetSize int64

// holdBudget takes a reference to the budget of this size.
func holdBudget(size int64) (*filter.Budget, error) {
	held, _, err := budgets.LoadOrNew(budgetSize(size), func() (caddy.Destructor, error) {
		return pooledBudget{filter.NewBudget(size)}, nil
	})
	if err != nil {
		return nil, err
	}
	return held.(pooledBudget).Budget, nil
}

func releaseBudget(size int64) {
	_, _ = budgets.Delete(budgetSize(size)) // its Destruct cannot fail
}

// engineCollector reports the state of all loaded models and the budgets. It
// reads the pools when Prometheus asks, so it holds nothing that a reload
// could make stale. Models share one series: their number is one, or two for
// a moment.
type engineCollector struct{}

func describe(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName("caddy", "privacy_filter", name), help, nil, nil)
}

// engineSeries are the series of engineCollector, with the field each shows.
var engineSeries = []struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	of   func(inference.Stats) int64
}{
	{describe("queue_texts", "Texts admitted to the model's queue."), prometheus.GaugeValue, func(s inference.Stats) int64 { return s.QueuedJobs }},
	{describe("queue_tokens", "Tokens of the texts admitted to the model's queue."), prometheus.GaugeValue, func(s inference.Stats) int64 { return s.QueuedTokens }},
	{describe("queue_rejected_total", "Texts refused because the queue was full."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.Rejected }},
	{describe("model_bytes_total", "Bytes of the texts that the model has read."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.ReadBytes }},
	{describe("model_again_bytes_total", "Bytes of them that it has read again, more slowly, because it was in doubt."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.AgainBytes }},
	{describe("model_batches_total", "Runs of the model."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.Batches }},
	{describe("model_tokens_total", "Tokens run through the model."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.Tokens }},
	{describe("model_padding_total", "Padding tokens run beside them."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.PaddedTokens }},
	{describe("model_failed_total", "Windows of text that the engine failed."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.Failed }},
	{describe("cache_hits_total", "Texts answered from the span cache."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.CacheHits }},
	{describe("cache_misses_total", "Texts not in the span cache."), prometheus.CounterValue, func(s inference.Stats) int64 { return s.CacheMisses }},
	{describe("cache_bytes", "Size of the span cache."), prometheus.GaugeValue, func(s inference.Stats) int64 { return s.CacheBytes }},
}

var (
	modelsDesc = describe("models", "Models in memory.")
	memoryDesc = describe("memory_bytes", "Bytes of bodies held at the moment.")
)

// Describe implements prometheus.Collector.
func (engineCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, series := range engineSeries {
		ch <- series.desc
	}
	ch <- modelsDesc
	ch <- memoryDesc
}

// Collect implements prometheus.Collector.
func (engineCollector) Collect(ch chan<- prometheus.Metric) {
	totals := make([]int64, len(engineSeries))
	count := 0
	models.Range(func(_, value any) bool {
		stats := value.(pooledModel).Stats()
		count++
		for i, series := range engineSeries {
			totals[i] += series.of(stats)
		}
		return true
	})
	for i, series := range engineSeries {
		ch <- prometheus.MustNewConstMetric(series.desc, series.kind, float64(totals[i]))
	}
	ch <- prometheus.MustNewConstMetric(modelsDesc, prometheus.GaugeValue, float64(count))
	var held int64
	budgets.Range(func(_, value any) bool {
		held += value.(pooledBudget).Used()
		return true
	})
	ch <- prometheus.MustNewConstMetric(memoryDesc, prometheus.GaugeValue, float64(held))
}

// Interface guard
var _ prometheus.Collector = engineCollector{}
