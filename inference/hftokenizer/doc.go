// Package hftokenizer is an inference.Tokenizer over Hugging Face's
// tokenizers library (github.com/daulet/tokenizers, a static Rust library).
//
// What comes in is the content of a tokenizer.json, once, and texts that
// inference.Sanitize has prepared. What goes out are ids and byte offsets
// into exactly those texts. The package exists for the ways in which the
// library would let text slip past a model in silence:
//
//   - A NUL byte ends the text for the library: refused here, in case a
//     caller did not sanitise.
//   - "[CLS]" or "<|endoftext|>" in a text would become a control token and
//     cut the context: special tokens in user text are plain text, and a
//     tokenizer that still lets one through does not load.
//   - truncation and padding configured in tokenizer.json would drop the
//     tail: both are removed before loading.
//   - Normalisers drop characters (accents, zero-width spaces): what was
//     dropped is given to the token before it, so that a masked value leaves
//     no rest behind.
//   - A failure looks like "no tokens": visible text without tokens is an
//     error.
//
// Errors never hold text.
package hftokenizer
