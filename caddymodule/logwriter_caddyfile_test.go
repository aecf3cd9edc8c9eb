package caddymodule

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
)

func TestLogWriterCaddyfile(t *testing.T) {
	for _, c := range []struct{ block, want string }{
		{"", `{}`},
		{"output file a.log", `{"writer":{"filename":"a.log","output":"file"}}`},
		{"output file a.log {\n roll_disabled\n }\n full drop", `{"writer":{"filename":"a.log","output":"file","roll":false},"full":"drop"}`},
		{"output stdout", `{"writer":{"output":"stdout"}}`},
		{"output stderr", `{"writer":{"output":"stderr"}}`},
		{"output discard", `{"writer":{"output":"discard"}}`},
		{"output net localhost:5140 {\n soft_start\n }", `{"writer":{"address":"localhost:5140","output":"net","soft_start":true}}`},
		{
			"full block\n queue 100\n deadline 2s\n drain 3s\n model embedded\n key {env.K}\n category private_ip keep\n category secret hash\n allow a b\n skip $.x\n protect off\n own_hosts example.org\n dates all",
			`{"categories":{"private_ip":"keep","secret":"hash"},"allow":["a","b"],"skip":["$.x"],"dates":"all","protect":"off","own_hosts":["example.org"],` +
				`"model":"embedded","key":"{env.K}","full":"block","queue":100,"deadline":2000000000,"drain":3000000000}`,
		},
		{"rules_only", `{"rules_only":true}`},
	} {
		var l LogWriter
		if err := l.UnmarshalCaddyfile(caddyfile.NewTestDispenser("privacy_filter {\n" + c.block + "\n}")); err != nil {
			t.Errorf("%s: %v", c.block, err)
			continue
		}
		if got, err := json.Marshal(&l); err != nil || string(got) != c.want {
			t.Errorf("%s\ngot  %s, %v\nwant %s", c.block, got, err, c.want)
		}
	}
}

func TestLogWriterCaddyfileErrors(t *testing.T) {
	for _, c := range []struct{ block, want string }{
		{"output", "wrong argument count"},
		{"output nowhere", "module not registered"},
		{"output stdout twice", "wrong argument count"},
		{"output privacy_filter", "does not write to itself"},
		{"output stdout\noutput stderr", "already specified"},
		{"full maybe", "want redact or block or drop"},
		{"queue 0", "positive number"},
		{"drain never", "duration"},
		{"skip tools", "path"},
		{"own_hosts a/b", "own_hosts"},
		{"category secret hide", "unknown"},
		{"monitor", "unrecognized"},
		{"max_body 1MB", "unrecognized"},
	} {
		var l LogWriter
		err := l.UnmarshalCaddyfile(caddyfile.NewTestDispenser("privacy_filter {\n" + c.block + "\n}"))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.block, err)
		}
	}
	var l LogWriter
	if err := l.UnmarshalCaddyfile(caddyfile.NewTestDispenser("privacy_filter file")); err == nil {
		t.Error("an argument")
	}
}

// provisionLogWriter provisions one as Caddy's logging would.
func provisionLogWriter(t *testing.T, config string) (*LogWriter, error) {
	t.Helper()
	ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
	t.Cleanup(cancel)
	module, err := ctx.LoadModuleByID("caddy.logging.writers.privacy_filter", json.RawMessage(config))
	if err != nil {
		return nil, err
	}
	return module.(*LogWriter), nil
}

// TestLogWriterKeys: what is opened is kept over a reload if, and only if, it
// would be opened alike, and no key shows the secret.
func TestLogWriterKeys(t *testing.T) {
	t.Setenv("LOG_TEST_KEY", "a secret of the test")
	keys := map[string]string{}
	for _, config := range []string{
		`{"rules_only":true}`,
		`{"rules_only":true,"writer":{"output":"stdout"}}`,
		`{"rules_only":true,"full":"drop"}`,
		`{"rules_only":true,"categories":{"secret":"keep"}}`,
		`{"rules_only":true,"key":"{env.LOG_TEST_KEY}"}`,
		`{"rules_only":true,"key":"another secret of the test"}`,
		`{"rules_only":true,"writer":{"output":"file","filename":"a.log"}}`,
		`{"rules_only":true,"writer":{"output":"file","filename":"b.log"}}`,
	} {
		l, err := provisionLogWriter(t, config)
		if err != nil {
			t.Fatal(err)
		}
		again, err := provisionLogWriter(t, config)
		if err != nil {
			t.Fatal(err)
		}
		key := l.WriterKey()
		if key != again.WriterKey() {
			t.Errorf("%s: the key changes", config)
		}
		if before, ok := keys[key]; ok {
			t.Errorf("%s has the key of %s", config, before)
		}
		keys[key] = config
		if strings.Contains(key+l.String(), "secret of the test") {
			t.Errorf("%s %s", key, l)
		}
	}
}

func TestLogWriterRefuses(t *testing.T) {
	for _, c := range []struct{ config, want string }{
		{`{"full":"maybe","rules_only":true}`, "full"},
		{`{"queue":-1,"rules_only":true}`, "queue"},
		{`{"drain":-1,"rules_only":true}`, "drain"},
		{`{"dates":"some","rules_only":true}`, "dates"},
		{`{"categories":{"secret":"hash"},"rules_only":true}`, "key"},
		{`{"key":"{env.LOG_TEST_UNSET}","rules_only":true}`, "placeholder"},
		{`{"model":"no-such-directory"}`, "model"},
		{`{"writer":{"output":"privacy_filter","rules_only":true},"rules_only":true}`, "itself"},
	} {
		if _, err := provisionLogWriter(t, c.config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.config, err)
		}
	}
}
