// Package webapp is the apps that people use: text, images, documents and
// pastes, as a page and as functions that both Gradio clients can call.
//
// What may come in: what the apps do, their routes, who may reach them. What
// must never: Caddy, detection, the wire protocol (webapp/gradio), anything
// kept in the clear, and any error, log line or URL with what somebody sent.
package webapp
