package rules_test

import (
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// The addresses are those of the specifications: Bitcoin's genesis block,
// BIP 173 and BIP 350, EIP-55.
func TestCoins(t *testing.T) {
	check(t, []row{
		{"Bitcoin", "send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa today", []string{"account_number 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"}},
		{"script", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", []string{"account_number 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"}},
		{"URI", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", []string{"account_number 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"}},
		{"bech32", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", []string{"account_number bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"}},
		{"bech32, capitals", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", []string{"account_number BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"}},
		{"bech32m", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", []string{"account_number bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"}},
		{"Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", []string{"account_number 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"}},
		{"Ethereum, no check", "wallet: 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", []string{"account_number 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}},
		{"private key", "key 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", []string{"secret 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"}},
	})
	clean(t, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
		"commit 5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNL")
}

func TestThings(t *testing.T) {
	check(t, []row{
		{"VIN", "the car is 1HGCM82633A004352, blue", []string{"account_number 1HGCM82633A004352"}},
		{"VIN by name", "Fahrgestellnummer: WVWZZZ1JZXW000001", []string{"account_number WVWZZZ1JZXW000001"}},
		{"IMEI", "IMEI: 490154203237518", []string{"account_number 490154203237518"}},
		{"IMEI as printed", "49-015420-323751-8", []string{"account_number 49-015420-323751-8"}},
		{"IMSI", `{"imsi":"262019876543210"}`, []string{"account_number 262019876543210"}},
		{"ICCID", "ICCID 89014103211118510720", []string{"account_number 89014103211118510720"}},
		{"UPI", "pay ravi.kumar@okaxis or 9876543210@ybl", []string{"account_number ravi.kumar@okaxis", "account_number 9876543210@ybl"}},
		{"MAC", "MAC address: 3c:52:82:1f:a0:4b", []string{"ip 3c:52:82:1f:a0:4b"}},
		{"MAC with dashes", "mac=3C-52-82-1F-A0-4B", []string{"ip 3C-52-82-1F-A0-4B"}},
	})
	clean(t, "link/eth0 3c:52:82:1f:a0:4b brd ff:ff:ff:ff:ff:ff", "mac 00:00:00:00:00:00", "10:11:12:13:14:15", "node@okaxes", "1HGCM82633A004353", "serial 490154203237518")
}

func TestNetworks(t *testing.T) {
	const text = "10.1.2.3 203.0.113.7 fd00::1 3c:52:82:1f:a0:4b mac 3c:52:82:1f:a0:4c"
	for _, tc := range []struct {
		networks rules.Networks
		found    int
	}{{rules.UsualNetworks, 4}, {rules.PublicNetworks, 1}, {rules.AllNetworks, 5}} {
		if got := rules.NewWith(rules.Options{Networks: tc.networks}).AppendSpans(nil, text); len(got) != tc.found {
			t.Errorf("%d: %v", tc.networks, got)
		}
	}
}

func TestPlaces(t *testing.T) {
	check(t, []row{
		{"position of a user", `{"user":17,"latitude":48.856613,"longitude":2.352222}`, []string{"address 48.856613", "address 2.352222"}},
		{"lines", "home.lat: -33.868820\nhome.lng: 151.209290", []string{"address -33.868820", "address 151.209290"}},
	})
	clean(t, `{"station":"A","name":"Old Pier","lat":48.856613,"temp":9}`, "lat=48.8566&lon=2.3522", "latitude: north")
}

func TestBankCodes(t *testing.T) {
	const text = "BIC: DEUTDEFF500\nrouting number: 021000021\nsort code: 20-45-45\nrouting: dynamic\nswift: package"
	clean(t, text)
	if got := rules.NewWith(rules.Options{BankCodes: true}).AppendSpans(nil, text); len(got) != 3 {
		t.Errorf("%v", got)
	}
}
