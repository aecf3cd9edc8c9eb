package rules

import (
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// synthetic returns a value of the provider's form that is obviously made up
// and n bytes long after the prefix.
func synthetic(p provider, n int) string {
	pool := ""
	for _, c := range "synthetic0123SYNTHETIC4567abcdef89ABCDEF" {
		if p.body.has(byte(c)) {
			pool += string(c)
		}
	}
	return p.prefix + strings.Repeat(pool, n/len(pool)+1)[:n]
}

func TestEveryProviderIsFound(t *testing.T) {
	d := New()
	for _, p := range providers {
		t.Run(p.prefix, func(t *testing.T) {
			for _, n := range []int{p.min, min(p.max, p.min+60)} {
				key := synthetic(p, n)
				for _, text := range []string{key, "key " + key + " end", `{"k":"` + key + `"}`, "'" + key + "'", key + ".", "x=" + key + ";", "(" + key + ")"} {
					at := strings.Index(text, key)
					covered := false
					for _, s := range d.AppendSpans(nil, text) {
						covered = covered || s.Start <= at && s.End >= at+len(key) && s.Category == pii.Secret
					}
					if !covered {
						t.Errorf("missed %q in %q", key, text)
					}
				}
				if p.min < 8 {
					continue
				}
				hidden := key[:len(p.prefix)+2] + "\u200b" + key[len(p.prefix)+2:]
				if got := d.AppendSpans(nil, hidden); len(got) != 1 || got[0].Start != 0 || got[0].End != len(hidden) {
					t.Errorf("zero-width space in %q: %v", hidden, got)
				}
			}
		})
	}
}

func TestProviderLookAlikes(t *testing.T) {
	for _, text := range []string{
		"task-0123456789abcdef0123", "disk-0123456789abcdef0123", "sk-circle-fade-dot", "sk-learn", "sk-0123", "ghp_short1", "ghp_" + strings.Repeat("x", 36),
		"AKIA", "AKIAabcdefghijklmnop", "XAKIAIOSFODNN7EXAMPLX", "AIza", "SG.short", "hf_hub_download", "hf_model_name", "npm_config_registry", "npm_lifecycle_event",
		"pypi-server", "xoxb-", "re_path_info_and_more_names", "SKILLS", "ACCOUNT", "key-value", "key-0123", "secret_name", "sk_live_", "glc_", "whsec_", "fw_version1", "dapi", "EAA",
		"sl.png", "hvs.x", "cio0123", "v1.0-rc1", "secret_manager_client_with_a_long_name_1", "_sk-", "-", "_", ".",
	} {
		if got := New().AppendSpans(nil, text); got != nil {
			t.Errorf("in %q found %v", text, got)
		}
	}
}

func TestIssuerTableIsConsistent(t *testing.T) {
	for _, is := range issuers {
		if is.lo > is.hi || is.bare&^is.lengths != 0 || is.lengths == 0 {
			t.Errorf("%+v", is)
		}
		for a, b := is.lo, is.hi; a > 0 || b > 0; a, b = a/10, b/10 {
			if (a > 0) != (b > 0) {
				t.Errorf("%d and %d differ in length", is.lo, is.hi)
			}
		}
	}
}

func TestRegionsAreKnown(t *testing.T) {
	for _, r := range append(zeroRegions, plainRegions...) {
		if r.calling == 0 {
			t.Errorf("libphonenumber does not know %s", r.code)
		}
	}
}
