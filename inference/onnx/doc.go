// Package onnx runs models in ONNX Runtime: it reads the structure of a model
// file, finds the library, and offers a session as an inference.Engine.
//
// What comes in are token ids, masks and model files; what goes out are
// logits. Text never comes here. Everything that touches the C library is in
// files built with cgo only; without cgo, Open says what is missing, and
// ReadGraph still works.
//
// ONNX Runtime from 1.29 on carries a telemetry client that is on by default:
// it writes a device id below the user's cache folder and calls its maker
// from InitializeEnvironment on. The pinned 1.28.0 has none, but people bring
// their own library, so ORT_DISABLE_TELEMETRY=1 is set before the library is
// initialised (see environment.go); a test watches files and sockets.
//
// Devices: "cpu" is what the tests run. "cuda:N" follows the documented
// interface of the CUDA provider (see cuda.go) and has not been run on a GPU
// by the authors; a session that cannot be placed entirely on the GPU is an
// error, never a silent move to the CPU.
package onnx
