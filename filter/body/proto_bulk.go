package body

// The bulk API of Elasticsearch and OpenSearch: a line that says what to do
// with which document, and a line with the document, by turns; a deletion has
// none. What names documents and indices is masked only where it is more than
// a number (see Ident): two documents under one masked name would become one.
var bulk = protocol{
	paths: []string{"/_bulk"},
	root: &schema{
		role: alternates,
		// The answer to it, and to searches.
		members: map[string]*schema{
			"items": {elements: &schema{others: bulkTarget}},
			"hits":  {members: map[string]*schema{"hits": {elements: bulkHit}}},
		},
	},
}

var bulkTarget = &schema{members: map[string]*schema{
	"_index": {role: ident}, "_id": {role: ident}, "_type": {role: ident}, "_routing": {role: ident}, "routing": {role: ident},
	"pipeline": {role: ident}, "_parent": {role: ident},
}}

var bulkHit = &schema{members: merged(bulkTarget.members, map[string]*schema{"_source": record})}

// bulkUpdate is what an update carries: parts of documents, or a script.
var bulkUpdate = &schema{members: map[string]*schema{"doc": record, "upsert": record}}

// bulkAction is a line that says what to do.
var bulkAction = &schema{others: bulkTarget}

// bulkTurn says which line is next.
type bulkTurn struct {
	on     bool // the lines alternate so far
	source *schema
}

// next is the field of the line that begins with text. The lines are told by
// their turn, as the receiver tells them: a document that looks like an action
// is none. Once something else comes than an action, the body is no bulk.
func (t *bulkTurn) next(text []byte) *schema {
	if f := t.source; f != nil {
		t.source = nil
		return f
	}
	if !t.on {
		return nil
	}
	switch firstKey(text) {
	case "index", "create":
		t.source = record
	case "update":
		t.source = bulkUpdate
	case "delete":
	default:
		t.on = false
		return nil
	}
	return bulkAction
}
