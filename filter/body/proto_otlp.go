package body

// OTLP in JSON (opentelemetry-proto, "JSON Protobuf Encoding"): ids in
// hexadecimal, 64-bit numbers as strings, and attributes as lists of keys and
// values, which are read like members of an object: their key is what tells a
// name from a word.
var otlp = protocol{
	paths: []string{"/v1/logs", "/v1/traces", "/v1/metrics"},
	keys:  []string{"resourceLogs", "resourceSpans", "resourceMetrics", "resource_logs", "resource_spans", "resource_metrics"},
	root: &schema{members: map[string]*schema{
		"resourceLogs":    otlpResource("scopeLogs", "logRecords", otlpLog),
		"resourceSpans":   otlpResource("scopeSpans", "spans", otlpSpan),
		"resourceMetrics": otlpResource("scopeMetrics", "metrics", otlpMetric),
	}},
}

func otlpResource(scopes, entries string, entry map[string]*schema) *schema {
	return list(map[string]*schema{
		"resource":  {known: true, members: map[string]*schema{"attributes": otlpAttributes, "droppedAttributesCount": known(machine, isFlag)}},
		"schemaUrl": otlpSchemaURL,
		scopes: list(map[string]*schema{
			"scope":     {known: true, members: map[string]*schema{"attributes": otlpAttributes}},
			"schemaUrl": otlpSchemaURL,
			entries:     list(entry),
		}),
	})
}

func list(members map[string]*schema) *schema {
	return &schema{known: true, elements: &schema{members: members}}
}

func known(r role, is form) *schema { return &schema{known: true, role: r, is: is} }

var (
	otlpSchemaURL = known(machine, isSchemaURL)
	otlpTime      = known(machine, isNanos)
	otlpID        = known(machine, isTraceID)
	otlpEnum      = known(machine, isEnum)
	otlpCount     = known(machine, isMeasure)
	otlpAmount    = known(integer, nil)
)

// otlpAny is an AnyValue, otlpPair a KeyValue. They contain each other.
var (
	otlpAny        = &schema{known: true, role: wrapper}
	otlpBody       = &schema{known: true, role: wrapper}
	otlpPair       = &schema{role: pair, members: map[string]*schema{"key": known(pairKey, nil), "value": otlpAny}}
	otlpAttributes = &schema{known: true, elements: otlpPair}
)

func init() {
	otlpAny.members = map[string]*schema{
		"stringValue": known(ordinary, nil),
		"intValue":    otlpAmount,
		"doubleValue": known(ordinary, nil),
		"bytesValue":  known(ordinary, nil),
		"arrayValue":  {known: true, role: wrapper, members: map[string]*schema{"values": {known: true, elements: otlpAny}}},
		"kvlistValue": {known: true, role: nest, members: map[string]*schema{"values": {known: true, elements: otlpPair}}},
	}
	otlpBody.members = merged(otlpAny.members, map[string]*schema{"stringValue": {known: true, role: line}})
}

var otlpLog = map[string]*schema{
	"timeUnixNano": otlpTime, "observedTimeUnixNano": otlpTime,
	"severityNumber": otlpEnum, "severityText": known(machine, isLevel),
	"body": otlpBody, "attributes": otlpAttributes,
	"droppedAttributesCount": known(machine, isFlag), "flags": otlpEnum,
	"traceId": otlpID, "spanId": otlpID,
}

var otlpSpan = map[string]*schema{
	"traceId": otlpID, "spanId": otlpID, "parentSpanId": otlpID, "kind": otlpEnum,
	"startTimeUnixNano": otlpTime, "endTimeUnixNano": otlpTime, "flags": otlpEnum,
	"attributes": otlpAttributes,
	"events":     list(map[string]*schema{"timeUnixNano": otlpTime, "attributes": otlpAttributes}),
	"links":      list(map[string]*schema{"traceId": otlpID, "spanId": otlpID, "attributes": otlpAttributes, "flags": otlpEnum}),
	"status":     {known: true, members: map[string]*schema{"code": otlpEnum}},
}

var otlpPoints = &schema{known: true, members: map[string]*schema{
	"aggregationTemporality": otlpEnum,
	"dataPoints": list(map[string]*schema{
		"attributes": otlpAttributes, "startTimeUnixNano": otlpTime, "timeUnixNano": otlpTime, "flags": otlpEnum,
		"asInt": otlpCountOrInteger, "asDouble": otlpCount, "count": otlpCountOrInteger, "sum": otlpCount, "min": otlpCount, "max": otlpCount,
		"bucketCounts": {known: true, elements: otlpCountOrInteger}, "explicitBounds": {known: true, elements: otlpCount},
		"exemplars": list(map[string]*schema{
			"filteredAttributes": otlpAttributes, "timeUnixNano": otlpTime, "asInt": otlpCountOrInteger, "asDouble": otlpCount,
			"spanId": otlpID, "traceId": otlpID,
		}),
	}),
}}

// otlpCountOrInteger is left alone as what is counted; a longer number is read,
// and masked digit by digit.
var otlpCountOrInteger = known(integer, isMeasure)

var otlpMetric = map[string]*schema{
	"gauge": otlpPoints, "sum": otlpPoints, "histogram": otlpPoints, "exponentialHistogram": otlpPoints, "summary": otlpPoints,
	"metadata": otlpAttributes,
}
