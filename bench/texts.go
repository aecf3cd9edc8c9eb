package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The words of the invented texts: prose with a name, a place or a number
// here and there, as tickets, chats and logs have.
var (
	words = strings.Fields(`the a of to and in that it for was on with as his they be at one have this from or had by but
		some what there we can out other were all your when up use how said an each she which do their time if will way about
		many then them would write like so these her long make thing see him two has look more day could go come did number
		sound no most people my over know water than call first who may down side been now find report account service order
		delivery customer invoice meeting schedule project server request response error warning database payment ticket`)
	values = []string{
		"Elena Markovic", "Johann Weiss", "Priya Natarajan", "Tom O'Leary", "12 Harbour Road, Bristol",
		"elena.markovic@example.org", "+1 628 219 4407", "DE89 3704 0044 0532 0130 00", "born 14 March 1986", "81.2.69.142",
	}
)

// text invents a text of a number of words. The same seed gives the same one.
func text(rng *rand.Rand, length int) string {
	var b strings.Builder
	for i := range length {
		switch {
		case i > 0 && rng.IntN(12) == 0:
			b.WriteString(". ")
		case i > 0:
			b.WriteByte(' ')
		}
		if rng.IntN(25) == 0 {
			b.WriteString(values[rng.IntN(len(values))])
		} else {
			b.WriteString(words[rng.IntN(len(words))])
		}
	}
	return b.String()
}

// mixedTexts are texts of 1 to about 800 tokens, short ones more often than
// long ones, as traffic has them. Each round gets others, so that no cache
// answers for a model.
func mixedTexts(round, count int) []string {
	rng := rand.New(rand.NewPCG(uint64(round), 7))
	out := make([]string, count)
	for i := range out {
		length := 1 + int(rng.Float64()*rng.Float64()*600)
		out[i] = fmt.Sprintf("%d-%d %s", round, i, text(rng, length))
	}
	return out
}

// cleanJSON is a document of about 10 kB that holds nothing to mask.
func cleanJSON() []byte {
	var b strings.Builder
	b.WriteString(`{"items": [`)
	for i := 0; b.Len() < 10_000; i++ {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, `{"id": %d, "sku": "item-%04d", "title": "A sturdy box of common household things", "price": %d.50, "tags": ["new", "large"], "active": true}`, i, i, 3+i)
	}
	b.WriteString(`], "next": null}`)
	return []byte(b.String())
}
