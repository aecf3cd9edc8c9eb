package body

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

// protoMessage is what is known of a message: its fields by number. The zero
// field is an unknown one.
type protoMessage struct {
	fields []protoField
	inline bool // its values belong to the group of the message around it
}

// protoField is what is known of a field.
type protoField struct {
	kind  protoKind
	name  string // as in the JSON of the message, for paths
	list  bool   // repeated: numbers may be packed
	of    *protoMessage
	wire  protowire.Type // of a number
	bytes int            // of an id
}

// protoKind says what is in a field.
type protoKind uint8

const (
	protoUnknown protoKind = iota // nobody told us
	protoNumber                   // a time, a count, an enumeration: never touched
	protoText                     // what people or programs write
	protoLabel                    // what programs are named by: rules look at it
	protoLabels                   // Loki's labels, {name="value"}
	protoKey                      // the name of the value in the same message
	protoID                       // bytes of a fixed length that identify, and are never touched
	protoBytes                    // bytes that may be text
	protoInner                    // a message
	protoEither                   // a message in one version of the schema, a number in another
	protoInteger                  // a number that may be somebody's
	protoDouble                   // the same, in floating point
)

// protoKinds are the words for what a field is.
var protoKinds = map[string]protoField{
	"count":   {kind: protoNumber, wire: protowire.VarintType},
	"fixed32": {kind: protoNumber, wire: protowire.Fixed32Type},
	"fixed64": {kind: protoNumber, wire: protowire.Fixed64Type},
	"text":    {kind: protoText},
	"label":   {kind: protoLabel},
	"labels":  {kind: protoLabels},
	"key":     {kind: protoKey},
	"traceid": {kind: protoID, bytes: 16},
	"spanid":  {kind: protoID, bytes: 8},
	"bytes":   {kind: protoBytes},
	"integer": {kind: protoInteger, wire: protowire.VarintType},
	"double":  {kind: protoDouble, wire: protowire.Fixed64Type},
	"unknown": {},
}

// protoSchema reads a schema: a line a message, "Name: number kind name, …".
// The kind is a word of protoKinds or another message; "*" in front of it says
// that it is repeated, and "?" that it may also be a number. A "+" behind a
// message's name makes it part of the group around it.
func protoSchema(source string) map[string]*protoMessage {
	messages := make(map[string]*protoMessage)
	message := func(name string) *protoMessage {
		m, ok := messages[name]
		if !ok {
			m = &protoMessage{}
			messages[name] = m
		}
		return m
	}
	for line := range strings.Lines(source) {
		name, fields, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		m := message(strings.TrimSuffix(name, "+"))
		m.inline = strings.HasSuffix(name, "+")
		for field := range strings.SplitSeq(fields, ",") {
			words := append(strings.Fields(field), "")
			number, err := strconv.Atoi(words[0])
			if err != nil || number >= maxProtoFields {
				panic("schema: " + name)
			}
			kind := strings.TrimLeft(words[1], "*?")
			f, ok := protoKinds[kind]
			switch {
			case ok:
			case words[1][0] == '?':
				f = protoField{kind: protoEither, of: message(kind)}
			default:
				f = protoField{kind: protoInner, of: message(kind)}
			}
			f.list, f.name = words[1][0] == '*', words[2]
			m.fields = append(m.fields, make([]protoField, max(0, number+1-len(m.fields)))...)
			m.fields[number] = f
		}
	}
	return messages
}

// anyMessage is a message of which nothing is known.
var anyMessage = &protoMessage{inline: true}

// maxProtoFields is above every number of a schema.
const maxProtoFields = 17
