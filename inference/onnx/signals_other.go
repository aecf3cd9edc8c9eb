//go:build cgo && !linux

package onnx

// signals is empty where there is no CUDA (see signals_linux.go).
type signals struct{}

func saveSignals(Device) *signals { return nil }

func (*signals) restore() {}
