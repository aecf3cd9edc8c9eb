//go:build cgo

package hftokenizer

// Where `make native` puts libtokenizers.a in a checkout, so that plain
// `go test ./...` links; elsewhere CGO_LDFLAGS=-L<folder> says it, and a
// folder that is not there is ignored.

// #cgo linux,amd64 LDFLAGS: -L${SRCDIR}/../../.native/linux-amd64
// #cgo linux,arm64 LDFLAGS: -L${SRCDIR}/../../.native/linux-arm64
// #cgo darwin,amd64 LDFLAGS: -L${SRCDIR}/../../.native/darwin-amd64
// #cgo darwin,arm64 LDFLAGS: -L${SRCDIR}/../../.native/darwin-arm64
import "C"
