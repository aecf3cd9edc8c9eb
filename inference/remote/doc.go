// Package remote runs a model's graph on other machines: it speaks KServe v2
// (the Open Inference Protocol, as Triton and others do) and vLLM's pooling
// interface. It implements inference.Engine in pure Go; tokenizer, windows,
// decoding and cache stay here, and so only token ids leave and logits return.
//
// Token ids are the text to anybody who has the tokenizer. So plain HTTP goes
// to this machine only, unless Options.Insecure says otherwise, redirects are
// not followed and the environment's proxies not used.
//
// What comes in is checked before it counts: a server's metadata and a probe
// before its first batch and again after it failed; names, types, shapes, sizes
// and finite numbers of every answer. What may never come in is a way for a
// failure to look like an answer, an unbounded read, or a word of a server's in
// an error: servers quote what they were sent.
package remote
