// Package features is what embedded-fast reads instead of a vocabulary: a
// tokenizer by simple rules, for every script, and a fixed number of hashed
// features of each token.
//
// The model was trained on exactly these numbers. A change of the rules, of a
// hash, of a column's size or of runes.txt is another model, and needs another
// name (see Name) and other weights. testdata/golden.txt holds what the
// training side computed for fuzzed text, by an implementation of its own
// (training/pftrain/fast_features.py), and the tests here compare.
//
// Characters are judged by runes.txt alone, which both sides read: the tables
// of Go and Python are of different versions of Unicode.
//
// What may come in: numbers that can be told from a token and what touches it.
// What must never: anything learned, anything that depends on the machine, and
// a memory of texts.
package features
