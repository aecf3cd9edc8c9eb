// The clients of Node.js for record.py, which starts it with the address to
// send to.
"use strict";
const vm = require("node:vm");
const base = process.argv[2];
const lines = [
  "login of Elena Markovic from lena@example.com",
  "paid with 4111 1111 1111 1111, took 12ms",
  "nothing to see here",
];

async function otlp() {
  const { resourceFromAttributes } = require("@opentelemetry/resources");
  const resource = resourceFromAttributes({ "service.name": "shop", "k8s.pod.name": "shop-5f6d" });
  const { LoggerProvider, SimpleLogRecordProcessor } = require("@opentelemetry/sdk-logs");
  const { OTLPLogExporter } = require("@opentelemetry/exporter-logs-otlp-http");
  const { BasicTracerProvider, BatchSpanProcessor } = require("@opentelemetry/sdk-trace-base");
  const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
  const { MeterProvider, PeriodicExportingMetricReader } = require("@opentelemetry/sdk-metrics");
  const { OTLPMetricExporter } = require("@opentelemetry/exporter-metrics-otlp-http");

  const logs = new LoggerProvider({
    resource,
    processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: base + "/v1/logs" }) })],
  });
  logs.getLogger("shop").emit({
    severityNumber: 9, severityText: "INFO", body: lines[0],
    attributes: { "user.email": "lena@example.com", "user.roles": ["admin", "Elena Markovic"], attempt: 3, card: 4111111111111111, ok: true,
      request: { headers: { from: "lena@example.com" } } },
  });
  await logs.shutdown();

  const traces = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: base + "/v1/traces", compression: "gzip" }))] });
  const tracer = traces.getTracer("shop", "1.0");
  const span = tracer.startSpan("GET /users/lena@example.com", { kind: 1, attributes: { "enduser.id": "Elena Markovic", "http.response.status_code": 200 } });
  span.addEvent("exception", { "exception.message": lines[1] });
  span.setStatus({ code: 2, message: "no such user: lena@example.com" });
  span.end();
  await traces.shutdown();

  const metrics = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: base + "/v1/metrics" }) })] });
  const meter = metrics.getMeter("shop");
  meter.createCounter("payments").add(17, { customer: "lena@example.com" });
  meter.createHistogram("latency", { unit: "ms" }).record(12.5, { route: "/pay" });
  await metrics.shutdown();
}

async function loki() {
  const winston = require("winston");
  const LokiTransport = require("winston-loki");
  const transport = new LokiTransport({ host: base, json: true, labels: { job: "shop" }, interval: 1, batching: false, useWinstonMetaAsLabels: false });
  const log = winston.createLogger({ level: "info", transports: [transport] });
  log.info(lines[0], { user: "Elena Markovic" });
  log.warn(lines[1]);
  await new Promise((done) => setTimeout(done, 500));
}

async function splunk() {
  const { Logger } = require("splunk-logging");
  const log = new Logger({ token: "00000000-0000-4000-8000-000000000000", url: base, maxBatchCount: 0 });
  log.requestOptions.strictSSL = false;
  for (const line of lines) {
    log.send({ message: { text: line, user: "lena@example.com" }, metadata: { host: "web-1", index: "main", source: "shop", sourcetype: "app" }, severity: "info" });
  }
  await new Promise((done) => log.flush(done));
}

async function sentry() {
  const Sentry = require("@sentry/node");
  Sentry.init({
    dsn: base.replace("http://", "http://4bf92f3577b34da6a3ce929d0e0e4736@") + "/42", serverName: "web-1", release: "shop@1.2.3",
    environment: "prod", tracesSampleRate: 1, enableLogs: true, sendDefaultPii: true, defaultIntegrations: false,
  });
  Sentry.setUser({ id: "17", email: "lena@example.com", username: "Elena Markovic" });
  Sentry.addBreadcrumb({ category: "auth", message: lines[0], level: "info" });
  Sentry.getCurrentScope().addAttachment({ filename: "Elena Markovic.txt", data: lines.join("\n"), contentType: "text/plain" });
  const app = vm.runInThisContext("(function charge() { throw new Error('card 4111 1111 1111 1111 of Elena Markovic was refused'); })", { filename: "/srv/shop/app.js" });
  await Sentry.startSpan({ name: "GET /pay", op: "http.server" }, async () => {
    try {
      app();
    } catch (e) {
      e.stack = e.stack.split("\n").slice(0, 2).join("\n"); // our own place says nothing
      Sentry.captureException(e);
    }
  });
  for (const line of lines) Sentry.logger.info(line);
  await Sentry.close(5000);
}

(async () => {
  for (const client of [otlp, loki, splunk, sentry]) {
    try {
      await client();
    } catch (e) {
      console.log(client.name, String(e));
    }
  }
  process.exit(0);
})();
