//go:build !cgo

package local

import (
	"errors"
	"testing"
)

func TestWithoutCgoEverythingSaysSo(t *testing.T) {
	if err := Check(Options{}); !errors.Is(err, ErrNoCgo) {
		t.Errorf("Check: got %v", err)
	}
	if _, err := Open(t.Context(), Options{}); !errors.Is(err, ErrNoCgo) {
		t.Errorf("Open: got %v", err)
	}
}
