//go:build ignore

// The clients of Go for record.py, which starts it with the address to send to.
package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esutil"
	"github.com/getsentry/sentry-go"
)

func main() {
	base := os.Args[1]
	elastic(base)
	events(base)
}

func elastic(base string) {
	for _, compress := range []bool{false, true} {
		es, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{base}, CompressRequestBody: compress})
		if err != nil {
			panic(err)
		}
		indexer, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{Client: es, Index: "logs-shop", NumWorkers: 1})
		if err != nil {
			panic(err)
		}
		ctx := context.Background()
		indexer.Add(ctx, esutil.BulkIndexerItem{Action: "index", DocumentID: "4111111111111111", Routing: "eu-1", Body: strings.NewReader(`{"@timestamp":"2026-11-24T10:11:12.345Z","log.level":"info","message":"login of Elena Markovic from lena@example.com"}`)})
		indexer.Add(ctx, esutil.BulkIndexerItem{Action: "delete", DocumentID: "W0tpsmIBdwcYyG50zbta"})
		indexer.Add(ctx, esutil.BulkIndexerItem{Action: "update", DocumentID: "7", Body: strings.NewReader(`{"doc":{"email":"lena@example.com"},"doc_as_upsert":true}`)})
		indexer.Close(ctx)
	}
}

func events(base string) {
	err := sentry.Init(sentry.ClientOptions{
		Dsn:        strings.Replace(base, "http://", "http://4bf92f3577b34da6a3ce929d0e0e4736@", 1) + "/42",
		ServerName: "web-1", Release: "shop@1.2.3", Environment: "prod", EnableTracing: true, TracesSampleRate: 1,
		Integrations: func([]sentry.Integration) []sentry.Integration { return nil },
	})
	if err != nil {
		panic(err)
	}
	sentry.ConfigureScope(func(s *sentry.Scope) {
		s.SetUser(sentry.User{ID: "17", Email: "lena@example.com", Username: "Elena Markovic", IPAddress: "93.184.215.14"})
		s.AddAttachment(&sentry.Attachment{Filename: "lena@example.com.txt", ContentType: "text/plain", Payload: []byte("paid with 4111 1111 1111 1111\n")})
	})
	event := sentry.NewEvent()
	event.Level = sentry.LevelError
	event.Exception = []sentry.Exception{{Type: "*errors.errorString", Value: errors.New("card 4111 1111 1111 1111 of Elena Markovic was refused").Error()}}
	sentry.CaptureEvent(event)
	tx := sentry.StartTransaction(context.Background(), "GET /users/lena@example.com")
	tx.StartChild("db").Finish()
	tx.Finish()
	log := sentry.NewLogger(context.Background())
	for _, line := range bytes.Split([]byte("login of Elena Markovic from lena@example.com\nnothing to see here"), []byte("\n")) {
		log.Info().Emit(string(line))
	}
	sentry.Flush(5 * time.Second)
}
