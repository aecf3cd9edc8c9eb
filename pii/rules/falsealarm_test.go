package rules_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// What logs, code and business data are full of, and what is nobody's.
func TestNobodysNumbers(t *testing.T) {
	clean(t,
		"550e8400-e29b-41d4-a716-446655440000", "12345678-1234-4234-8234-123456789012", "{UUID: 00000000-0000-0000-0000-000000000000}",
		"commit 0d1d7fc32e5b4f6a8c9b0a1d2e3f405162738495", "index 1b2c3d4..5e6f708 100644", "md5 d41d8cd98f00b204e9800998ecf8427e",
		"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ETag: W/\"5f3e-16a8b2c4d0\"", "0xdeadbeef 0x00007ffd1234abcd",
		"2026-11-24T10:11:12.123456789Z", "2026-11-24T10:11:12+02:00", "Tue, 24 Nov 2026 10:11:12 GMT", "[24/Nov/2026:10:11:12 +0000]", "1732445678", "1732445678123", "1732445678123456",
		"order 100234567890", "Order #4155552671", "invoice 2026-0012345", "tracking 1Z999AA10123456784", "SKU KX-1234-5678", "PO 4500012345", "ticket INC0012345", "EAN 4006381333931", "ISBN 978-3-16-148410-0",
		"v1.22.3", "go1.26.8", "1.2.3-rc.1+build.5", "openssl 3.0.11", "node v20.11.1", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
		"$1,234.56", "EUR 1.234.567,89", "1 234 567.89", "99.99", "12,345,678", "40.712776, -74.005974", "52.5200 13.4050", "lat=48.8566&lon=2.3522", "3.141592653589793", "6.02214076e23",
		"main.go:123:45: undefined: x", "goroutine 18446744073709551615 [running]:", "line 1234, column 56", "@@ -10,7 +10,8 @@", "std::vector<int>::iterator", "Foo::Bar", "12:30:45", "10:11:12.345",
		"10.0.0.0/8", "255.255.255.0", "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:80", "localhost:5432", "1920x1080", "1024 2048 4096 8192", "100% 50% 25%", "8 GB of 16 GB",
		"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
		"tel", "call me later", "my card is lost", "the password was reset", "ssn", "iban", "email me", "bearer", "-----", "eyJ", "sk-", "+", "://", "@", "::",
		"chapters 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "2019 2020 2021 2022 2023 2024", "0 1 1 2 3 5 8 13 21 34 55 89 144 233", "pid 12345 tid 140234567890",
		"Content-Length: 1234567890", "trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7", "user_id: 1234567890", "account 12345", "https://example.com/orders/1234567890?page=2",
	)
}

// Files that programs write about programs: names, versions, sums and dates,
// and nobody in them.
func TestNobodysFiles(t *testing.T) {
	clean(t,
		"golang.org/x/net v0.62.0 h1:Gd7UZMQ2ixhzEVcgpV0YRWtXZ1M6Ii1F5NAOF6bWfN0=\ngolang.org/x/net v0.62.0/go.mod h1:bVEYx7rr0F2Xu2lNwvYL3kBtZc2kOY0kR0fXK8h9YpE=\n",
		`{"name":"left-pad","version":"1.3.0","lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.4","resolved":"https://registry.example/a/-/a-1.0.4.tgz","integrity":"sha512-9NET910DNaIPngYnLLPeg+Ogzqsi9uM4mSboU5y6p8S5DzMTVEsJZrawi+BoDNUVBa2DhJqQYUFvMDfgU062LQ==","engines":{"node":">=6.9.0"}}}}`,
		"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: default\nspec:\n  containers:\n  - name: web\n    image: nginx:1.27.2\n    ports:\n    - name: http\n      containerPort: 8080\n",
		"[package]\nname = \"serde\"\nversion = \"1.0.219\"\nauthors = []\n", "name,stars,forks\nleft-pad,1300,12\n", "FROM golang:1.26.8 AS build\nLABEL org.opencontainers.image.created=2026-11-24\n",
		"type User struct {\n\tFirstName string `json:\"first_name\"`\n\tBorn time.Time `json:\"dob\"`\n\tPhone string\n}\n", "def create(first_name: str, last_name: str, dob: date, phone: Optional[str] = None) -> User:\n    return User(first_name=first_name, last_name=last_name)\n",
		"const user = { firstName: form.firstName, lastName: form.lastName, city: address.city };\n", "<label for=\"firstName\">First name</label><input name=\"firstName\" placeholder=\"First name\">", "msgid \"First name\"\nmsgstr \"Vorname\"\n",
		"firstName:\n  type: string\n  example: string\nbirthDate:\n  type: string\n  format: date\n", "| Name | Type | Default |\n|------|------|---------|\n| address | string | none |\n| phone | string | none |\n", "diff --git a/x b/x\nindex 83db48f..bf269f4 100644\n@@ -1,4 +1,4 @@\n",
		"Nov 24 10:11:12 web sshd[1234]: Server listening on :: port 22.\n", "level=info ts=2026-11-24T10:11:12.123Z caller=main.go:42 msg=\"Listening\" address=[::]:8080\n", "12.11.2026 - 14.11.2026: conference\n", "Build 20261124.1 on 24.11.2026\n",
	)
}

// Random data of each kind may meet a checksum by accident, about as often as
// the checksum allows and no oftener.
func TestRandomDataRarelyAlarms(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	raw := make([]byte, 1<<19)
	for i := range raw {
		raw[i] = byte(r.Uint32())
	}
	column := func(format string, most uint64) string {
		var b strings.Builder
		for range 20000 {
			fmt.Fprintf(&b, format, r.Uint64N(most))
		}
		return b.String()
	}
	for _, tc := range []struct {
		name string
		text string
		most int
	}{
		{"base64", base64.StdEncoding.EncodeToString(raw), 0},
		{"base64 in lines", strings.Join(chunks(base64.StdEncoding.EncodeToString(raw), 76), "\n"), 2},
		{"hexadecimal", hex.EncodeToString(raw), 0},
		{"hex words", strings.Join(chunks(hex.EncodeToString(raw), 32), " "), 4},
		{"bytes", string(raw), 60}, // two bytes in three are no text at all
		{"ids of ten digits", column("id=%010d ", 1e10), 0},
		{"quantities", column("%d\n", 1e7), 0},
		{"prices", column("%d.99 EUR\n", 1e5), 0},
		{"fractions", column("0.%016d\n", 1e16), 0},
		{"epochs", column("17%011d\n", 1e11), 0},
		{"16 digits, one in ten passes Luhn, one in three has an issuer", column("%016d\n", 1e16), 20000 / 20},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := found(tc.text); len(got) > tc.most {
				t.Errorf("%d found, first %q", len(got), got[:min(8, len(got))])
			}
		})
	}
}

func chunks(s string, n int) (out []string) {
	for ; len(s) > n; s = s[n:] {
		out = append(out, s[:n])
	}
	return append(out, s)
}

// Numbers as logs, tables and programs write them, a million of them when the
// test is not short: what looks like an identifier by accident stays rarer
// than one in ten thousand.
func TestOrdinaryNumbersRarelyAlarm(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	n := func(digits int) string {
		var b strings.Builder
		for range digits {
			b.WriteByte(byte('0' + r.IntN(10)))
		}
		return b.String()
	}
	hexDigits := func(count int) string { return fmt.Sprintf("%032x%032x", r.Uint64(), r.Uint64())[64-count:] }
	shapes := []func() string{
		func() string { return `{"id": ` + n(8) + `, "ref": "` + n(9) + `"}` },
		func() string { return `"order_id":"` + n(10) + `",` },
		func() string { return "job=" + n(11) + " ok" },
		func() string { return "seq " + n(12) },
		func() string { return `"ts": 17` + n(11) + `,` },
		func() string { return "offset=" + n(13) },
		func() string { return `{"trace":"` + hexDigits(16) + `","span":"` + hexDigits(8) + `"}` },
		func() string { return "sha " + hexDigits(40) },
		func() string {
			return hexDigits(8) + "-" + hexDigits(4) + "-4" + hexDigits(3) + "-a" + hexDigits(3) + "-" + hexDigits(12)
		},
		func() string { return strings.ToUpper(hexDigits(12)) },
		func() string { return "v" + n(1) + "." + n(2) + "." + n(3) },
		func() string {
			return "SKU " + string(rune('A'+r.IntN(26))) + string(rune('A'+r.IntN(26))) + "-" + n(6)
		},
		func() string { return "part " + string(rune('A'+r.IntN(26))) + n(5) + string(rune('A'+r.IntN(26))) },
		func() string {
			return fmt.Sprintf("2026-%02d-%02d %02d:%02d", 1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60))
		},
		func() string { return "in " + n(3) + " " + n(3) + " rows, " + n(4) + " columns" },
		func() string { return n(2) + "." + n(6) + ", -" + n(3) + "." + n(6) },
		func() string { return "user " + n(6) + " from shard " + n(2) },
		func() string { return "price " + n(3) + "," + n(3) + "." + n(2) },
	}
	count := 1_000_000
	if testing.Short() {
		count = 100_000
	}
	alarms := map[string]int{}
	total := 0
	for k := range count {
		text := shapes[k%len(shapes)]()
		for _, hit := range found(text) {
			if strings.HasPrefix(hit, "account") {
				total++
				if alarms[text[:3]]++; alarms[text[:3]] < 3 {
					t.Logf("%q in %q", hit, text)
				}
			}
		}
	}
	t.Logf("%d in %d", total, count)
	if total > count/10_000 {
		t.Errorf("%d false alarms in %d numbers", total, count)
	}
}
