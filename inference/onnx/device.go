package onnx

import (
	"fmt"
	"strconv"
	"strings"
)

// Device is where a session runs. The zero value is the CPU.
type Device struct {
	CUDA  bool
	Index int // which CUDA device, from 0
}

// ParseDevice reads "auto", "cpu", "cuda" or "cuda:N". Auto is the CPU: a
// GPU is a deliberate choice, because a session that was meant for one and
// silently runs elsewhere is a hundred times too slow.
func ParseDevice(s string) (Device, error) {
	kind, index, indexed := strings.Cut(s, ":")
	switch {
	case s == "", s == "auto", s == "cpu":
		return Device{}, nil
	case kind != "cuda":
		return Device{}, fmt.Errorf("unknown device %q (auto, cpu, cuda or cuda:N)", s)
	case !indexed:
		return Device{CUDA: true}, nil
	}
	n, err := strconv.ParseUint(index, 10, 8)
	if err != nil {
		return Device{}, fmt.Errorf("device %q: the index is not a small number", s)
	}
	return Device{CUDA: true, Index: int(n)}, nil
}

// String returns the form that ParseDevice reads: "cpu", "cuda:0".
func (d Device) String() string {
	if d.CUDA {
		return "cuda:" + strconv.Itoa(d.Index)
	}
	return "cpu"
}
