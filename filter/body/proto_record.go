package body

// record is what shippers of logs write for one event, as far as they agree:
// Vector, Fluent Bit, Fluentd, Logstash, GELF, Elastic's common schema, and
// the loggers whose JSON they carry. A list of records is one, too.
var record = &schema{members: recordMembers}

// The list refers to itself, which an initialiser may not.
func init() { record.elements = record }

var recordMembers = merged(
	machines(isTime,
		"@timestamp", "timestamp", "time", "ts", "t", "date", "datetime", "_time", "asctime", "eventTime", "observed_timestamp",
		"timeUnixNano", "observedTimeUnixNano", "__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP"),
	machines(isLevel,
		"level", "lvl", "severity", "severity_text", "severityText", "severity_number", "severityNumber", "levelname", "log.level",
		"loglevel", "log_level", "status", "PRIORITY"),
	machines(isTraceID,
		"trace_id", "traceId", "traceID", "trace.id", "traceid", "span_id", "spanId", "spanID", "span.id", "spanid", "parent_id",
		"parent_span_id", "parentSpanId", "parent.id", "transaction.id", "event_id", "request_id", "requestId", "correlation_id",
		"uuid", "_id", "otelTraceID", "otelSpanID"),
	machines(isDatadogID, "dd.trace_id", "dd.span_id"),
	map[string]*schema{
		"trace":       {members: machines(isTraceID, "id")},
		"span":        {members: machines(isTraceID, "id")},
		"transaction": {members: machines(isTraceID, "id")},
		"dd":          {members: machines(isDatadogID, "trace_id", "span_id")},
		"event": {members: merged(machines(isTime, "created", "ingested", "start", "end"), map[string]*schema{
			"original": {role: line},
		})},
		// Here the whole line of a container or file stands.
		"log":  {role: line, members: machines(isLevel, "level")},
		"_raw": {role: line},
	},
)

// isDatadogID recognises a 64-bit number in decimal; cards are shorter.
func isDatadogID(text []byte) bool {
	return isHexID(text) || 17 <= len(text) && len(text) <= 20 && allDigits(text) && (len(text) > 19 || text[0] != '6')
}
