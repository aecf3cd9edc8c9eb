package rules_test

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// What the constant in the proposal's reference implementations is.
func TestWordListIsThatOfTheProposal(t *testing.T) {
	list, err := os.ReadFile("bip39.txt")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(list)
	if got := hex.EncodeToString(sum[:]); got != "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda" {
		t.Error(got)
	}
}

// mnemonic makes the phrase of random entropy: 16 bytes give 12 words, each
// four more three more.
func mnemonic(r *rand.Rand, bytes int) []string {
	list, err := os.ReadFile("bip39.txt")
	if err != nil {
		panic(err)
	}
	words := strings.Fields(string(list))
	entropy := make([]byte, bytes)
	for i := range entropy {
		entropy[i] = byte(r.Uint32())
	}
	sum := sha256.Sum256(entropy)
	bits := slices.Concat(entropy, sum[:1])
	var phrase []string
	for n := 0; n+11 <= bytes*8+bytes/4; n += 11 {
		number := 0
		for k := n; k < n+11; k++ {
			number = number<<1 | int(bits[k/8]>>(7-k%8)&1)
		}
		phrase = append(phrase, words[number])
	}
	return phrase
}

func TestSeedPhrases(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for bytes := 16; bytes <= 32; bytes += 4 {
		words := mnemonic(r, bytes)
		if len(words) != bytes*3/4 {
			t.Fatalf("%d words of %d bytes", len(words), bytes)
		}
		for _, sep := range []string{" ", "\n", ", ", "\", \"", "  "} {
			phrase := strings.Join(words, sep)
			check(t, []row{
				{"alone", phrase, []string{"secret " + phrase}},
				{"in a sentence", "It is: " + phrase + ". Ok?", []string{"secret " + phrase}},
			})
		}
		shouted := strings.ToUpper(strings.Join(words, " "))
		check(t, []row{{"shouted", "\n" + shouted + "\n", []string{"secret " + shouted}}})
		last := words[len(words)-1]
		wrong := words[:len(words)-1]
		for _, other := range []string{"abandon", "zoo", "ability", "able"} {
			if other != last { // one in sixteen of these has the right checksum by accident
				text := strings.Join(wrong, " ") + " " + other
				check(t, []row{{"announced, whatever the checksum", "my recovery phrase is " + text, []string{"secret " + text}}})
			}
		}
	}
	list, err := os.ReadFile("bip39.txt")
	if err != nil {
		t.Fatal(err)
	}
	clean(t, string(list), strings.ReplaceAll(string(list), "\n", " "),
		"legal winner thank year wave sausage worth useful legal winner thank",               // eleven
		"legal winner thank year wave sausage worth useful legal winner thank thank",         // wrong checksum
		"legal winner thank a year wave sausage worth useful legal winner thank yellow",      // another word
		"legal winner thank year wave sausage qorth useful legal winner thank yellow",        // no word of the list
		"the seed phrase has twelve words and must be written down on paper and kept hidden", // about one
	)
}
