//go:build cgo

package onnx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"

	ort "github.com/yalue/onnxruntime_go"
)

// Open loads the library if need be, checks that the graph takes and returns
// what Engine feeds and reads for the given number of labels, and builds a
// session. Loading is not interruptible and takes from milliseconds to many
// seconds. Errors name files, inputs and operators, never text.
func Open(m Model, labels int, o Options) (*Engine, error) {
	graph, err := m.graph()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(graph.Fits(labels, o.Features), graph.RunsOn(o.Device)); err != nil {
		return nil, err
	}
	if m.Data != nil && len(graph.External) > 0 {
		return nil, refuse("its weights are in other files, so it must be loaded from a folder")
	}
	library, err := FindLibrary()
	if err != nil {
		return nil, err
	}
	guard := saveSignals(o.Device)
	defer guard.restore()
	if err := initialize(library); err != nil {
		return nil, err
	}
	e := &Engine{
		inputs: graph.inputNames(o.Features), features: o.Features,
		labels: labels, device: o.Device, signals: guard,
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.RowThreads == 0 && (graph.mixesRows() || !graph.reads(inputMask)) {
		o.RowThreads = 1
	}
	if o.RowThreads > 0 {
		e.rowwise, o.Threads = max(1, o.Threads/o.RowThreads), o.RowThreads
	}
	if e.session, err = newSession(m, e.inputs, o); err != nil {
		return nil, err
	}
	return e, nil
}

func (m Model) graph() (*Graph, error) {
	if m.Data != nil {
		return ReadGraph(bytes.NewReader(m.Data), int64(len(m.Data)))
	}
	f, err := os.Open(m.Path)
	if err != nil {
		return nil, fmt.Errorf("opening the model: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("opening the model: %w", err)
	}
	return ReadGraph(f, info.Size())
}

func newSession(m Model, inputs []string, o Options) (*ort.DynamicAdvancedSession, error) {
	so, err := sessionOptions(o)
	if err != nil {
		return nil, fmt.Errorf("setting session options: %w", err)
	}
	defer so.Destroy()
	outputs := []string{outputLogits}
	var session *ort.DynamicAdvancedSession
	if m.Data != nil {
		session, err = ort.NewDynamicAdvancedSessionWithONNXData(m.Data, inputs, outputs, so)
	} else {
		session, err = ort.NewDynamicAdvancedSession(m.Path, inputs, outputs, so)
	}
	if err != nil {
		return nil, fmt.Errorf("loading the model: %w", err)
	}
	return session, nil
}

// sessionOptions translates o.
//
// Threads are always set: with the library's own default it also pins its
// threads to cores, which fails noisily in containers. They do not spin
// between batches: same speed when busy, a third less CPU when not
// (reference measurements), and a proxy shares its cores with the proxying.
func sessionOptions(o Options) (so *ort.SessionOptions, err error) {
	if so, err = ort.NewSessionOptions(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			so.Destroy()
		}
	}()
	err = errors.Join(
		so.SetIntraOpNumThreads(o.Threads),
		so.SetInterOpNumThreads(1),
		so.SetExecutionMode(ort.ExecutionModeSequential),
		so.SetGraphOptimizationLevel(ort.GraphOptimizationLevelEnableAll),
		so.SetLogSeverityLevel(ort.LoggingLevelFatal),
		// The arena keeps the peak of the largest batch. Without it glibc
		// keeps more: measured on an int8 model of 6 layers × 384 and
		// batches of up to 2,048 tokens, 137 MB against 160 to 310 MB RSS.
		so.SetCpuMemArena(true),
		// Patterns are kept per shape, and here every batch has its own.
		so.SetMemPattern(false),
		so.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"),
		so.AddSessionConfigEntry("session.inter_op.allow_spinning", "0"),
	)
	if err == nil && o.Device.CUDA {
		err = appendCUDA(so, o.Device.Index)
	}
	return so, err
}
