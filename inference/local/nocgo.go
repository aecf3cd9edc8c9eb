//go:build !cgo

package local

const withCgo = false
