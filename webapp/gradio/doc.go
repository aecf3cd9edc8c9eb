// Package gradio serves functions by the wire protocol of Gradio 6, so that
// both of its clients (gradio_client for Python, @gradio/client for
// JavaScript) can call them: config and info, uploads, one queue of calls, and
// streams of events.
//
// What may come in: the protocol. What must never: what a function does, HTTP
// authentication, anything written to a disk, and errors that quote an
// argument.
package gradio
