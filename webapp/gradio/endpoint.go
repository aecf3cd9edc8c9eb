package gradio

import (
	"context"
	"errors"
)

// Kind is what a parameter or a result is.
type Kind int

// The kinds.
const (
	Text   Kind = iota // a string
	JSON               // any value; for results
	Upload             // a file
)

// Param is one argument of an endpoint.
type Param struct {
	Name     string // neither api_name, fn_index nor result_callbacks: the clients take these
	Kind     Kind
	Optional bool
	Default  string // of an optional text
	Example  string
}

// Endpoint is a function that clients can call.
type Endpoint struct {
	Name        string // without a slash
	Description string
	Params      []Param
	Returns     Kind

	// Run answers a call. The result is marshalled; one of type *File is
	// offered for download. An error of type Failure is shown to the caller;
	// of any other, the caller learns only that there was one.
	Run func(ctx context.Context, c *Call) (any, error)
}

// Failure is a message for the caller. It must not quote what was sent.
type Failure string

func (f Failure) Error() string { return string(f) }

// Call is one call on its way.
type Call struct {
	Root     string // what the caller calls the server, without a slash at the end
	texts    map[string]string
	files    map[string]*File
	progress func(done, of int, unit, doing string)
}

// Text is the value of a text parameter.
func (c *Call) Text(name string) string { return c.texts[name] }

// File is the value of a file parameter.
func (c *Call) File(name string) *File { return c.files[name] }

// Progress tells the caller how far it is; of may be 0 if nobody knows.
func (c *Call) Progress(done, of int, unit, doing string) { c.progress(done, of, unit, doing) }

// Failures of arguments.
const (
	errRemote  = Failure("Files from other servers are not fetched: upload the file itself.")
	errNoFile  = Failure("That file is not here, or no longer: upload it again.")
	errUnknown = Failure("The call failed.")
)

// errArguments is the answer to calls that do not fit the endpoint.
var errArguments = errors.New("the arguments are not those of the endpoint")
