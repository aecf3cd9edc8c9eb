// Package caddymodule fits the filter into Caddy: the app that holds the
// model, the HTTP handler that masks bodies, their Caddyfile syntax, and the
// metrics. It is the only room, beside cmd, that imports Caddy.
//
// What may come in: adapters, thin ones, that translate between Caddy's
// interfaces and ours. What must never: detection, formats or masking (they
// live in pii, inference and filter), and any log line, error, metric label
// or header that carries bytes of a body (I7).
package caddymodule
