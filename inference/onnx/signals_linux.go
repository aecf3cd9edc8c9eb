//go:build cgo && linux

package onnx

// #include <signal.h>
import "C"

import "syscall"

// guarded are the signals that Go and Caddy rely on.
var guarded = [...]syscall.Signal{
	syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP,
	syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGPIPE,
}

// signals remembers signal handlers. The CUDA libraries replace them, without
// SA_ONSTACK, while a session is built and again in its first run, after
// which a SIGTERM could crash the process (yalue/onnxruntime_go#140).
type signals struct {
	saved [len(guarded)]C.struct_sigaction
}

// saveSignals returns nil, which is valid, where nothing is at risk.
func saveSignals(d Device) *signals {
	if !d.CUDA {
		return nil
	}
	s := new(signals)
	for i, sig := range guarded {
		C.sigaction(C.int(sig), nil, &s.saved[i])
	}
	return s
}

// restore puts the remembered handlers back.
func (s *signals) restore() {
	if s == nil {
		return
	}
	for i, sig := range guarded {
		C.sigaction(C.int(sig), &s.saved[i], nil)
	}
}
