package caddymodule

import (
	"context"
	"net"
	"strings"
	"testing"

	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
	logs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	record "go.opentelemetry.io/proto/otlp/logs/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// collector is a real collector of logs. It answers with what it was sent, or
// fails with it.
type collector struct {
	logs.UnimplementedLogsServiceServer
	fail bool
	got  chan string
}

func (c *collector) Export(ctx context.Context, r *logs.ExportLogsServiceRequest) (*logs.ExportLogsServiceResponse, error) {
	said := r.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body.GetStringValue()
	c.got <- said
	_ = grpc.SetTrailer(ctx, metadata.Pairs("x-said", "trailer of "+canary, "x-count", "1"))
	if c.fail {
		s, err := status.New(codes.InvalidArgument, "what is "+canary+"?").WithDetails(&common.KeyValue{Key: "who", Value: &common.AnyValue{
			Value: &common.AnyValue_StringValue{StringValue: "it is " + canary},
		}})
		if err != nil {
			return nil, err
		}
		return nil, s.Err()
	}
	return &logs.ExportLogsServiceResponse{PartialSuccess: &logs.ExportLogsPartialSuccess{
		RejectedLogRecords: 1, ErrorMessage: "rejected: " + canary,
	}}, nil
}

func exportOf(text string) *logs.ExportLogsServiceRequest {
	return &logs.ExportLogsServiceRequest{ResourceLogs: []*record.ResourceLogs{{ScopeLogs: []*record.ScopeLogs{{
		LogRecords: []*record.LogRecord{{
			TimeUnixNano: 1, SeverityText: "INFO", TraceId: []byte("0123456789abcdef"),
			Body: &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: text}},
		}},
	}}}}}
}

// grpcThroughCaddy starts a collector, a Caddy in front of it and a client of
// that.
func grpcThroughCaddy(t *testing.T, c *collector, options string) *grpc.ClientConn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	logs.RegisterLogsServiceServer(server, c)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() { server.Stop(); <-served })
	url := startCaddy(t, "{\n\tservers {\n\t\tprotocols h1 h2c\n\t}\n}\n{ADDR} {\n\tprivacy_filter {\n\t\trules_only\n\t\t"+options+"\n\t}\n\treverse_proxy h2c://"+l.Addr().String()+"\n}\n")
	conn, err := grpc.NewClient(strings.TrimPrefix(url, "http://"), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// A real client and a real collector see masked messages, and everything else
// of the call as it was: status, details, trailers.
func TestGRPC(t *testing.T) {
	const text = "write to " + canary + " now"
	for _, coding := range []string{"", gzip.Name} {
		t.Run("answered "+coding, func(t *testing.T) {
			c := &collector{got: make(chan string, 1)}
			conn := grpcThroughCaddy(t, c, "")
			var trailer metadata.MD
			options := []grpc.CallOption{grpc.Trailer(&trailer)}
			if coding != "" {
				options = append(options, grpc.UseCompressor(coding))
			}
			// A body long enough that its beginning is looked at first, too.
			for _, padding := range []string{"", strings.Repeat("all is well. ", 10_000)} {
				got, err := logs.NewLogsServiceClient(conn).Export(t.Context(), exportOf(padding+text), options...)
				if err != nil {
					t.Fatal(err)
				}
				if said := <-c.got; said != padding+"write to <PRIVATE_EMAIL> now" {
					t.Errorf("the collector got %.100q", said)
				}
				want := &logs.ExportLogsServiceResponse{PartialSuccess: &logs.ExportLogsPartialSuccess{
					RejectedLogRecords: 1, ErrorMessage: "rejected: <PRIVATE_EMAIL>",
				}}
				if !proto.Equal(got, want) {
					t.Errorf("the client got %v", got)
				}
				if said := trailer.Get("x-said"); len(said) != 1 || said[0] != "trailer of <PRIVATE_EMAIL>" || trailer.Get("x-count")[0] != "1" {
					t.Errorf("trailers %v", trailer)
				}
			}
		})
	}
	t.Run("failed", func(t *testing.T) {
		c := &collector{got: make(chan string, 1), fail: true}
		_, err := logs.NewLogsServiceClient(grpcThroughCaddy(t, c, "")).Export(t.Context(), exportOf(text))
		<-c.got
		if s := status.Convert(err); s.Code() != codes.InvalidArgument || s.Message() != "what is <PRIVATE_EMAIL>?" {
			t.Errorf("the client got %v", err)
		} else if d := s.Details(); len(d) != 1 || d[0].(*common.KeyValue).Value.GetStringValue() != "it is <PRIVATE_EMAIL>" {
			t.Errorf("with details %v", d)
		}
	})
}

// Calls of which nobody here knows the messages are refused, or pass if the
// policy says so.
func TestUnknownGRPC(t *testing.T) {
	for options, want := range map[string]codes.Code{
		"":                 codes.Unknown,       // HTTP's status 415
		"unsupported pass": codes.Unimplemented, // by the collector
	} {
		t.Run(options, func(t *testing.T) {
			conn := grpcThroughCaddy(t, &collector{}, options)
			_, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{Service: "x"})
			if status.Code(err) != want {
				t.Errorf("%v", err)
			}
		})
	}
}
