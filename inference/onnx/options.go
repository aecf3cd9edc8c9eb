package onnx

// Options configure a session. The zero value is right for a proxy on CPUs.
type Options struct {
	// Device to run on.
	Device Device
	// Threads that share the work of one batch; 0 means one per CPU that
	// this process may use.
	Threads int
}

// Model is where the .onnx protobuf is: Path for a file, whose external data
// lies beside it, or Data for a model that holds its weights itself.
type Model struct {
	Path string
	Data []byte
}
