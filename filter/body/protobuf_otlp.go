package body

import "google.golang.org/protobuf/encoding/protowire"

// otlpMessages are of OpenTelemetry's protocol (opentelemetry-proto 1.11; the numbers of
// fields never change). Times, ids, counts and levels are told by their numbers
// and never touched.
var otlpMessages = protoSchema(`
Logs: 1 *ResourceLogs resourceLogs
ResourceLogs: 1 Resource resource, 2 *ScopeLogs scopeLogs, 3 label schemaUrl
ScopeLogs: 1 Scope scope, 2 *LogRecord logRecords, 3 label schemaUrl
LogRecord: 1 fixed64, 2 count, 3 label severityText, 5 AnyValue body, 6 *KeyValue attributes, 7 count, 8 fixed32, 9 traceid, 10 spanid, 11 fixed64, 12 label eventName

Traces: 1 *ResourceSpans resourceSpans
ResourceSpans: 1 Resource resource, 2 *ScopeSpans scopeSpans, 3 label schemaUrl
ScopeSpans: 1 Scope scope, 2 *Span spans, 3 label schemaUrl
Span: 1 traceid, 2 spanid, 3 label traceState, 4 spanid, 5 text name, 6 count, 7 fixed64, 8 fixed64, 9 *KeyValue attributes, 10 count, 11 *Event events, 12 count, 13 *Link links, 14 count, 15 Status status, 16 fixed32
Event: 1 fixed64, 2 text name, 3 *KeyValue attributes, 4 count
Link: 1 traceid, 2 spanid, 3 label traceState, 4 *KeyValue attributes, 5 count, 6 fixed32
Status: 2 text message, 3 count

Metrics: 1 *ResourceMetrics resourceMetrics
ResourceMetrics: 1 Resource resource, 2 *ScopeMetrics scopeMetrics, 3 label schemaUrl
ScopeMetrics: 1 Scope scope, 2 *Metric metrics, 3 label schemaUrl
Metric: 1 label name, 2 text description, 3 label unit, 5 Numbers gauge, 7 Numbers sum, 9 Histograms histogram, 10 Exponentials exponentialHistogram, 11 Summaries summary, 12 *KeyValue metadata
Numbers: 1 *Number dataPoints, 2 count, 3 count
Number: 2 fixed64, 3 fixed64, 4 fixed64, 5 *Exemplar exemplars, 6 fixed64, 7 *KeyValue attributes, 8 count
Histograms: 1 *Histogram dataPoints, 2 count
Histogram: 2 fixed64, 3 fixed64, 4 fixed64, 5 fixed64, 6 *fixed64, 7 *fixed64, 8 *Exemplar exemplars, 9 *KeyValue attributes, 10 count, 11 fixed64, 12 fixed64
Exponentials: 1 *Exponential dataPoints, 2 count
Exponential: 1 *KeyValue attributes, 2 fixed64, 3 fixed64, 4 fixed64, 5 fixed64, 6 count, 7 fixed64, 8 Buckets positive, 9 Buckets negative, 10 count, 11 *Exemplar exemplars, 12 fixed64, 13 fixed64, 14 fixed64
Buckets: 1 count, 2 *count
Summaries: 1 *Summary dataPoints
Summary: 2 fixed64, 3 fixed64, 4 fixed64, 5 fixed64, 6 *Quantile quantileValues, 7 *KeyValue attributes, 8 count
Quantile: 1 fixed64, 2 fixed64
Exemplar: 2 fixed64, 3 fixed64, 4 spanid, 5 traceid, 6 fixed64, 7 *KeyValue filteredAttributes

Resource: 1 *KeyValue attributes, 2 count, 3 *EntityRef entityRefs
EntityRef: 1 label schemaUrl, 2 label type, 3 *label idKeys, 4 *label descriptionKeys
Scope: 1 label name, 2 label version, 3 *KeyValue attributes, 4 count
KeyValue+: 1 key key, 2 AnyValue value, 3 count
AnyValue+: 1 text stringValue, 2 count, 3 integer intValue, 4 double doubleValue, 5 ArrayValue arrayValue, 6 KeyValueList kvlistValue, 7 bytes bytesValue, 8 count
ArrayValue+: 1 *AnyValue values
KeyValueList: 1 *KeyValue values

Answer: 1 ?PartialSuccess partialSuccess, 2 text message, 3 *Detail details
PartialSuccess: 1 count, 2 text errorMessage
Detail: 1 label @type, 2 unknown value
`)

// Fields of AnyValue that protobuf_number.go writes.
const (
	anyValueString protowire.Number = 1
	anyValueInt    protowire.Number = 3
	anyValueDouble protowire.Number = 4
)
