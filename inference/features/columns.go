package features

// Name is what a config.json calls this tokenizer and these features.
const Name = "words-1"

// The columns of a token, in order. Each has rows of its own in the one
// embedding table of the model; row 0 stands for "has none".
const (
	colWord    = iota // the whole token
	colPrefix2        // its first two characters, if it has more
	colPrefix3
	colPrefix4
	colSuffix2
	colSuffix3
	colSuffix4
	colShape // upper, lower, digits and how many of each
	colKind  // script and length
	colGap   // white space before and after
	colMix   // what tells random strings from words
	Columns  // how many columns a token has
)

// sizes are the rows of each column, powers of two.
var sizes = [Columns]int{1 << 16, 1 << 11, 1 << 13, 1 << 14, 1 << 11, 1 << 13, 1 << 14, 1 << 12, 1 << 8, 1 << 6, 1 << 10}

// Rows is the number of rows of the embedding table; features are from 0 to
// Rows-1.
const Rows = 1 + 1<<16 + 2*(1<<11+1<<13+1<<14) + 1<<12 + 1<<8 + 1<<6 + 1<<10

// base is the first row of each column.
var base = func() (first [Columns]int) {
	row := 1
	for c, size := range sizes {
		first[c] = row
		row += size
	}
	return first
}()

// hash is 64-bit FNV-1a over code points instead of bytes, of the column's
// number and then of characters.
type hash uint64

func newHash(column int) hash {
	return hash(0xcbf29ce484222325).add(rune(column))
}

func (h hash) add(r rune) hash {
	return (h ^ hash(uint32(r))) * 0x100000001b3
}

func (h hash) addAll(runes []rune) hash {
	for _, r := range runes {
		h = h.add(r)
	}
	return h
}

// row is where a hash lies in the rows of its column. The low bits of FNV mix
// poorly, so the upper ones of a product are taken.
func (h hash) row(column int) int64 {
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return int64(base[column] + int(h>>40)&(sizes[column]-1))
}

// direct is the row of a value that is not hashed.
func direct(column, value int) int64 {
	return int64(base[column] + value)
}
