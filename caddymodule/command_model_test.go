package caddymodule

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/testdata/models/openai"
)

// TestModelCommands looks into a model that is laid out as published.
func TestModelCommands(t *testing.T) {
	m, err := openai.Tiny()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := m.Write(dir, 2<<20, "int8", "fp16"); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (string, error) {
		cmd := modelCommand()
		var out strings.Builder
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		cmd.SetArgs(args)
		err := cmd.ExecuteContext(t.Context())
		return out.String(), err
	}
	t.Run("info", func(t *testing.T) {
		out, err := run("info", dir)
		for _, want := range []string{"onnx/model_quantized.onnx", "onnx/model_fp16.onnx", "8 com.microsoft.QMoE", "33 classes", "1024 of context on each side, exact", "runs on cpu"} {
			if err != nil || !strings.Contains(out, want) {
				t.Errorf("%v; no %q in:\n%s", err, want, out)
			}
		}
	})
	t.Run("info as JSON", func(t *testing.T) {
		out, err := run("info", "--json", dir)
		var d struct {
			Graph   string `json:"graph"`
			Classes int    `json:"classes"`
			Halo    int    `json:"halo"`
		}
		if err != nil || json.Unmarshal([]byte(out), &d) != nil || d.Classes != 33 || d.Halo != 1024 {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("a variant without kernels on a GPU", func(t *testing.T) {
		out, err := run("info", "--device", "cuda", "--variant", "int8", dir)
		if err == nil || !strings.Contains(out, "use the fp16 or fp32 variant") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("check", func(t *testing.T) {
		if out, err := run("check", "--threads", "1", dir); err != nil || !strings.HasPrefix(out, "ok: it runs on onnx/cpu") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("check of a broken one", func(t *testing.T) {
		if err := os.Remove(filepath.Join(dir, "onnx", "model_quantized.onnx_data_1")); err != nil {
			t.Fatal(err)
		}
		if out, err := run("check", dir); err == nil || !strings.Contains(err.Error(), "model_quantized.onnx_data_1") {
			t.Errorf("%v: %s", err, out)
		}
	})
}
