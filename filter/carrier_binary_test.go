package filter

import (
	"encoding/binary"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/snappy"
	"github.com/vmihailenco/msgpack/v5"
	logscall "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	metricscall "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	tracecall "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	metrics "go.opentelemetry.io/proto/otlp/metrics/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// binaryCarrier is a carrier that is told by where it is sent to, too.
type binaryCarrier struct {
	carrier
	path, encoding string
	answer         bool
}

const (
	protobufType = "application/x-protobuf"
	grpcLogs     = "/opentelemetry.proto.collector.logs.v1.LogsService/Export"
)

// binaryCarriers send a text in formats that say how long things are.
var binaryCarriers = []binaryCarrier{
	protoCarrier("the body of a log record", "/v1/logs", func(s string) proto.Message { return logWith(stringValue(s), nil) },
		func(m *logscall.ExportLogsServiceRequest) string {
			return firstRecord(m).Body.GetStringValue()
		}),
	protoCarrier("an attribute of a log record", "/v1/logs", func(s string) proto.Message { return logWith(nil, stringValue(s)) },
		func(m *logscall.ExportLogsServiceRequest) string {
			return firstRecord(m).Attributes[0].Value.GetStringValue()
		}),
	protoCarrier("a list in a map of attributes", "/v1/logs", func(s string) proto.Message {
		list := &common.AnyValue{Value: &common.AnyValue_ArrayValue{ArrayValue: &common.ArrayValue{Values: []*common.AnyValue{stringValue("x"), stringValue(s)}}}}
		return logWith(&common.AnyValue{Value: &common.AnyValue_KvlistValue{KvlistValue: &common.KeyValueList{Values: []*common.KeyValue{{Key: "note", Value: list}}}}}, nil)
	}, func(m *logscall.ExportLogsServiceRequest) string {
		return firstRecord(m).Body.GetKvlistValue().Values[0].Value.GetArrayValue().Values[1].GetStringValue()
	}),
	protoCarrier("bytes in an attribute", "/v1/logs", func(s string) proto.Message {
		return logWith(nil, &common.AnyValue{Value: &common.AnyValue_BytesValue{BytesValue: []byte(s)}})
	}, func(m *logscall.ExportLogsServiceRequest) string {
		return string(firstRecord(m).Attributes[0].Value.GetBytesValue())
	}),
	protoCarrier("a field of a later version", "/v1/logs", func(s string) proto.Message {
		m := logWith(stringValue("x"), nil)
		firstRecord(m).ProtoReflect().SetUnknown(laterField(s))
		return m
	}, func(m *logscall.ExportLogsServiceRequest) string {
		unknown := firstRecord(m).ProtoReflect().GetUnknown()
		_, _, n := protowire.ConsumeTag(unknown)
		s, size := protowire.ConsumeString(unknown[n:])
		if n+size != len(unknown) {
			return "something else is there"
		}
		// Equal compares unknown fields by their bytes, and a length that has
		// shrunk may be written wider than it has to.
		firstRecord(m).ProtoReflect().SetUnknown(laterField(s))
		return s
	}),
	protoCarrier("the name of a span", "/otlp/v1/traces", func(s string) proto.Message {
		return spanWith(&trace.Span{Name: s, TraceId: []byte("0123456789\x00\x01\x02\x03\x04\x05"), StartTimeUnixNano: 1})
	}, func(m *tracecall.ExportTraceServiceRequest) string {
		return m.ResourceSpans[0].ScopeSpans[0].Spans[0].Name
	}),
	protoCarrier("the event of a span", "/v1/traces", func(s string) proto.Message {
		return spanWith(&trace.Span{Events: []*trace.Span_Event{{Name: "exception", Attributes: []*common.KeyValue{{Key: "exception.message", Value: stringValue(s)}}}}})
	}, func(m *tracecall.ExportTraceServiceRequest) string {
		return m.ResourceSpans[0].ScopeSpans[0].Spans[0].Events[0].Attributes[0].Value.GetStringValue()
	}),
	protoCarrier("the status of a span", "/v1/traces", func(s string) proto.Message {
		return spanWith(&trace.Span{Status: &trace.Status{Message: s, Code: trace.Status_STATUS_CODE_ERROR}})
	}, func(m *tracecall.ExportTraceServiceRequest) string {
		return m.ResourceSpans[0].ScopeSpans[0].Spans[0].Status.Message
	}),
	protoCarrier("an exemplar of a histogram", "/v1/metrics", func(s string) proto.Message {
		return &metricscall.ExportMetricsServiceRequest{ResourceMetrics: []*metrics.ResourceMetrics{{ScopeMetrics: []*metrics.ScopeMetrics{{Metrics: []*metrics.Metric{{
			Name: "http.server.duration", Data: &metrics.Metric_Histogram{Histogram: &metrics.Histogram{DataPoints: []*metrics.HistogramDataPoint{{
				Count: 3, BucketCounts: []uint64{1, 2}, ExplicitBounds: []float64{0.5}, Sum: proto.Float64(9),
				Exemplars: []*metrics.Exemplar{{FilteredAttributes: []*common.KeyValue{{Key: "user", Value: stringValue(s)}}}},
			}}}},
		}}}}}}}
	}, func(m *metricscall.ExportMetricsServiceRequest) string {
		return m.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].GetHistogram().DataPoints[0].Exemplars[0].FilteredAttributes[0].Value.GetStringValue()
	}),
	grpcCarrier("gRPC", ""),
	grpcCarrier("compressed gRPC", "gzip"),
	{carrier: carrier{"an answer of gRPC", "application/grpc", func(s string) []byte {
		return grpcFrame("", marshalled(&logscall.ExportLogsServiceResponse{PartialSuccess: &logscall.ExportLogsPartialSuccess{ErrorMessage: s, RejectedLogRecords: 2}}))
	}, func(b []byte) string {
		var m logscall.ExportLogsServiceResponse
		if err := proto.Unmarshal(b[5:], &m); err != nil || int(binary.BigEndian.Uint32(b[1:])) != len(b)-5 {
			return fmt.Sprint("not a message: ", err)
		}
		return m.PartialSuccess.ErrorMessage
	}}, path: grpcLogs, answer: true},
	{carrier: carrier{
		"JSON in gRPC", "application/grpc+json", func(s string) []byte { return grpcFrame("", []byte(nested(s, 1))) },
		func(b []byte) string { return unnested(string(b[5:]), 1) },
	}, path: "/any.Service/Call"},
	{carrier: carrier{
		"a line for Loki", protobufType, func(s string) []byte { return lokiPush(s, "x") },
		func(b []byte) string { line, _ := lokiPushed(b); return line },
	}, path: "/loki/api/v1/push"},
	{carrier: carrier{
		"metadata for Loki", protobufType, func(s string) []byte { return lokiPush("x", s) },
		func(b []byte) string { _, s := lokiPushed(b); return s },
	}, path: "/loki/api/v1/push"},
	packCarrier("MessagePack", "application/msgpack", msgpack.Marshal, msgpack.Unmarshal),
	packCarrier("CBOR", "application/cbor", cbor.Marshal, cbor.Unmarshal),
	packCarrier("CBOR with a suffix", "application/senml+cbor", cbor.Marshal, cbor.Unmarshal),
}

func laterField(s string) []byte {
	return protowire.AppendString(protowire.AppendTag(nil, 99, protowire.BytesType), s)
}

func stringValue(s string) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: s}}
}

// logWith is a request with one record, among what stays as it is.
func logWith(body, attribute *common.AnyValue) *logscall.ExportLogsServiceRequest {
	r := &logs.LogRecord{TimeUnixNano: 1732467600000000000, SeverityNumber: 9, SeverityText: "INFO", Body: body, TraceId: make([]byte, 16), SpanId: make([]byte, 8)}
	if attribute != nil {
		r.Attributes = []*common.KeyValue{{Key: "note", Value: attribute}}
	}
	return &logscall.ExportLogsServiceRequest{ResourceLogs: []*logs.ResourceLogs{{
		Resource:  &resource.Resource{Attributes: []*common.KeyValue{{Key: "service.name", Value: stringValue("shop")}}},
		SchemaUrl: "https://opentelemetry.io/schemas/1.21.0",
		ScopeLogs: []*logs.ScopeLogs{{Scope: &common.InstrumentationScope{Name: "shop", Version: "1.2.3"}, LogRecords: []*logs.LogRecord{r}}},
	}}}
}

func firstRecord(m *logscall.ExportLogsServiceRequest) *logs.LogRecord {
	return m.ResourceLogs[0].ScopeLogs[0].LogRecords[0]
}

func spanWith(s *trace.Span) *tracecall.ExportTraceServiceRequest {
	return &tracecall.ExportTraceServiceRequest{ResourceSpans: []*trace.ResourceSpans{{ScopeSpans: []*trace.ScopeSpans{{Spans: []*trace.Span{s}}}}}}
}

func marshalled(m proto.Message) []byte {
	raw, err := proto.Marshal(m)
	if err != nil {
		panic(err)
	}
	return raw
}

// protoCarrier checks besides that nothing but the text has changed.
func protoCarrier[T any, M interface {
	*T
	proto.Message
}](name, path string, wrap func(string) proto.Message, unwrap func(M) string) binaryCarrier {
	return binaryCarrier{carrier: carrier{name, protobufType, func(s string) []byte { return marshalled(wrap(s)) }, func(b []byte) string {
		m := M(new(T))
		if err := proto.Unmarshal(b, m); err != nil {
			return "not a message: " + err.Error()
		}
		s := unwrap(m)
		if !proto.Equal(m, wrap(s)) {
			return "something else has changed"
		}
		return s
	}}, path: path}
}

func grpcFrame(encoding string, message []byte) []byte {
	flag := byte(0)
	if encoding != "" {
		flag = 1
		message, _ = coding.Encode(message, []string{encoding})
	}
	return append(binary.BigEndian.AppendUint32([]byte{flag}, uint32(len(message))), message...)
}

func grpcCarrier(name, encoding string) binaryCarrier {
	return binaryCarrier{carrier: carrier{name, "application/grpc+proto", func(s string) []byte {
		return grpcFrame(encoding, marshalled(logWith(stringValue(s), nil)))
	}, func(b []byte) string {
		if int(binary.BigEndian.Uint32(b[1:])) != len(b)-5 {
			return "a length that lies"
		}
		b = b[5:]
		if encoding != "" {
			b, _, _ = coding.Decode(b, []string{encoding}, coding.Limits{})
		}
		var m logscall.ExportLogsServiceRequest
		if err := proto.Unmarshal(b, &m); err != nil {
			return "not a message: " + err.Error()
		}
		return firstRecord(&m).Body.GetStringValue()
	}}, path: grpcLogs, encoding: encoding}
}

// lokiPush writes a push by hand: Loki's own module brings all of Loki.
func lokiPush(line, metadata string) []byte {
	field := func(dst []byte, number protowire.Number, inner string) []byte {
		return protowire.AppendString(protowire.AppendTag(dst, number, protowire.BytesType), inner)
	}
	time := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), 1732467600)
	entry := field(field(nil, 1, string(time)), 2, line)
	entry = field(entry, 3, string(field(field(nil, 1, "note"), 2, metadata)))
	return snappy.Encode(nil, field(nil, 1, string(field(field(nil, 1, `{app="shop"}`), 2, string(entry)))))
}

func lokiPushed(raw []byte) (line, metadata string) {
	raw, err := snappy.Decode(nil, raw)
	if err != nil {
		return err.Error(), ""
	}
	field := func(in []byte, want protowire.Number) (found []byte) {
		for len(in) > 0 {
			number, wire, n := protowire.ConsumeTag(in)
			size := protowire.ConsumeFieldValue(number, wire, in[n:])
			if n < 0 || size < 0 {
				return []byte("not a message")
			}
			if number == want {
				found, _ = protowire.ConsumeBytes(in[n:])
			}
			in = in[n+size:]
		}
		return found
	}
	entry := field(field(raw, 1), 2)
	return string(field(entry, 2)), string(field(field(entry, 3), 2))
}

func packCarrier(name, contentType string, marshal func(any) ([]byte, error), unmarshal func([]byte, any) error) binaryCarrier {
	return binaryCarrier{carrier: carrier{name, contentType, func(s string) []byte {
		raw, err := marshal(map[string]any{"a": []any{1, "x", map[string]any{"note": s}}, "raw": []byte(s)})
		if err != nil {
			panic(err)
		}
		return raw
	}, func(b []byte) string {
		var v struct {
			A   []any  `msgpack:"a" cbor:"a"`
			Raw []byte `msgpack:"raw" cbor:"raw"`
		}
		if err := unmarshal(b, &v); err != nil {
			return "not readable: " + err.Error()
		}
		s := ""
		switch m := v.A[2].(type) {
		case map[string]any:
			s = m["note"].(string)
		case map[any]any:
			s = m["note"].(string)
		}
		if string(v.Raw) != s {
			return "bytes and text differ: " + string(v.Raw)
		}
		return s
	}}}
}
