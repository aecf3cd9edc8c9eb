//go:build cgo

package onnx

import (
	"errors"
	"fmt"
	"strconv"

	ort "github.com/yalue/onnxruntime_go"
)

// appendCUDA puts the session on a GPU, and nowhere else: without
// disable_cpu_ep_fallback a session whose provider library is missing, or
// whose operators have no CUDA kernel, runs on the CPU without a word.
func appendCUDA(so *ort.SessionOptions, index int) error {
	cuda, err := ort.NewCUDAProviderOptions()
	if err != nil {
		return fmt.Errorf("preparing CUDA: %w", err)
	}
	defer cuda.Destroy()
	err = cuda.Update(map[string]string{
		"device_id": strconv.Itoa(index),
		// Grow by what is asked for, not by powers of two: other programs
		// share the card.
		"arena_extend_strategy": "kSameAsRequested",
		"use_tf32":              "0", // same answers as on other devices
	})
	err = errors.Join(err,
		so.AppendExecutionProviderCUDA(cuda),
		so.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1"))
	if err != nil {
		return fmt.Errorf("device cuda:%d: %w", index, err)
	}
	return nil
}
