package onnx

// Options configure a session. The zero value is right for a proxy on CPUs.
type Options struct {
	// Device to run on.
	Device Device
	// Threads that share the work of one batch; 0 means one per CPU that
	// this process may use.
	Threads int
	// RowThreads, unless 0, makes every row run alone, with so many of the
	// Threads, and several rows at a time: for graphs that a second thread
	// slows.
	RowThreads int
	// Features is what the graph reads of a token beside its id, or instead
	// of it. The zero value is nothing.
	Features Input
}

// Input is an input of a graph that holds Columns numbers of every token:
// int64 [batch, tokens, Columns], or [batch, tokens] for one.
type Input struct {
	Name    string
	Columns int
}

// Model is where the .onnx protobuf is: Path for a file, whose external data
// lies beside it, or Data for a model that holds its weights itself.
type Model struct {
	Path string
	Data []byte
}
