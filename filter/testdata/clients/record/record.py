"""Records what real clients send, one file a request, beside this directory.

    pip install sentry-sdk elasticsearch python-logging-loki datadog-api-client splunk-handler
    npm install @opentelemetry/api @opentelemetry/resources @opentelemetry/sdk-logs @opentelemetry/sdk-metrics \
        @opentelemetry/sdk-trace-base @opentelemetry/exporter-logs-otlp-http @opentelemetry/exporter-metrics-otlp-http \
        @opentelemetry/exporter-trace-otlp-http @sentry/node winston winston-loki splunk-logging
    go mod init record && go get github.com/elastic/go-elasticsearch/v8 github.com/getsentry/sentry-go

    python record.py python
    python record.py node node record.js     # where npm installed
    python record.py go go run record.go     # where go.mod is

The clients talk to a socket of this process. Every value of a person in them is
invented.
"""

import collections
import http.server
import os
import subprocess
import sys
import threading
import zlib

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
KEPT = ("content-type", "content-encoding", "user-agent", "x-sentry-auth", "authorization", "x-scope-orgid", "accept")
seen = collections.Counter()
SIDE = sys.argv[1]


def name_of(path):
    """A file name from where it goes."""
    for part, name in (
        ("/loki/", "loki"), ("_bulk", "bulk"), ("/services/collector", "splunk"), ("/api/v2/logs", "datadog"),
        ("/envelope", "sentry"), ("/v1/logs", "otlp-logs"), ("/v1/traces", "otlp-traces"), ("/v1/metrics", "otlp-metrics"),
    ):
        if part in path:
            return name + "-" + SIDE
    return None


class Recorder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.body()
        name = name_of(self.path)
        if name:
            seen[name] += 1
            path = self.path.split("?")[0]
            head = [f"POST {path} HTTP/1.1", "Host: backend.example"]
            head += [f"{k}: {v}" for k, v in self.headers.items() if k.lower() in KEPT]
            head += [f"Content-Length: {len(body)}", "", ""]
            with open(os.path.join(OUT, f"{name}-{seen[name]}.http"), "wb") as f:
                f.write("\r\n".join(head).encode() + body)
        if "/loki/" in self.path:
            self.send_response(204)
            self.end_headers()
            return
        self.answer(b'{"took":1,"errors":false,"items":[],"text":"Success","code":0}')

    do_PUT = do_POST

    def do_GET(self):
        self.answer(b'{"name":"n","cluster_name":"c","version":{"number":"9.0.0","build_flavor":"default"},"tagline":"You Know, for Search"}')

    do_HEAD = do_GET

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        out = b""
        while size := int(self.rfile.readline(), 16):
            out += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return out

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


LINES = [
    "login of Elena Markovic from lena@example.com",
    "paid with 4111 1111 1111 1111, took 12ms",
    "nothing to see here",
]


def loki(base):
    import logging

    import logging_loki

    logging_loki.emitter.LokiEmitter.level_tag = "level"
    handler = logging_loki.LokiHandler(url=base + "/loki/api/v1/push", tags={"job": "shop", "customer": "lena@example.com"}, version="1")
    log = logging.getLogger("shop")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    for line in LINES[:2]:
        log.info(line)


def elastic(base):
    from elasticsearch import Elasticsearch, helpers

    for compress in (False, True):
        es = Elasticsearch(base, http_compress=compress)
        helpers.bulk(es, [
            {"_op_type": "index", "_index": "logs-shop", "_id": "4111111111111111", "@timestamp": "2026-11-24T10:11:12.345Z",
             "log.level": "info", "trace.id": "4bf92f3577b34da6a3ce929d0e0e4736", "message": LINES[0]},
            {"_op_type": "create", "_index": "logs-shop", "_id": "lena@example.com", "routing": "eu-1", "user": {"name": "Elena Markovic"}},
            {"_op_type": "delete", "_index": "logs-shop", "_id": "W0tpsmIBdwcYyG50zbta"},
            {"_op_type": "update", "_index": "logs-shop", "_id": "7", "doc": {"email": "lena@example.com"}, "doc_as_upsert": True},
        ])


def datadog(base):
    from datadog_api_client import ApiClient, Configuration
    from datadog_api_client.v2.api.logs_api import LogsApi
    from datadog_api_client.v2.model.content_encoding import ContentEncoding
    from datadog_api_client.v2.model.http_log import HTTPLog
    from datadog_api_client.v2.model.http_log_item import HTTPLogItem

    c = Configuration(api_key={"apiKeyAuth": "0" * 32})
    c.server_index = 1  # {protocol}://{name}
    c.server_variables = {"protocol": "http", "name": base.removeprefix("http://")}
    with ApiClient(c) as client:
        body = HTTPLog([
            HTTPLogItem(ddsource="nginx", ddtags="env:prod,owner:lena@example.com", hostname="web-1", message=line, service="shop", status="info")
            for line in LINES
        ])
        for coding in (None, ContentEncoding.GZIP, ContentEncoding.DEFLATE):
            kwargs = {"content_encoding": coding} if coding else {}
            LogsApi(client).submit_log(body, **kwargs)


def splunk(base):
    import logging

    from splunk_handler import SplunkHandler

    host, port = base.removeprefix("http://").split(":")
    handler = SplunkHandler(host=host, port=port, token="00000000-0000-4000-8000-000000000000", index="main", protocol="http",
                            hostname="web-1", source="shop", sourcetype="app", flush_interval=0, force_keep_ahead=True)
    log = logging.getLogger("splunk")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    for line in LINES:
        log.info(line)
    handler.force_flush()


APP = '''
import sentry_sdk as sdk


def charge(customer, card):
    raise ValueError("card " + card + " of " + customer + " was refused")


def run():
    with sdk.start_transaction(name="GET /pay", op="http.server"):
        with sdk.start_span(op="db", name="SELECT * FROM users WHERE email = 'lena@example.com'"):
            pass
        try:
            charge("Elena Markovic", "4111 1111 1111 1111")
        except ValueError as e:
            sdk.capture_exception(e)
'''


def sentry(base):
    import sentry_sdk
    from sentry_sdk import logger

    sys.argv = ["app.py"]
    sentry_sdk.init(base.replace("http://", "http://4bf92f3577b34da6a3ce929d0e0e4736@") + "/42", server_name="web-1", release="shop@1.2.3",
                    environment="prod", traces_sample_rate=1.0, enable_logs=True, send_default_pii=True, auto_session_tracking=True,
                    default_integrations=False, include_local_variables=True)
    scope = sentry_sdk.get_isolation_scope()
    scope.set_user({"id": "17", "email": "lena@example.com", "username": "Elena Markovic"})
    scope.start_session()
    sentry_sdk.add_breadcrumb(category="auth", message=LINES[0], level="info")
    scope.add_attachment(bytes=("\n".join(LINES) + "\n").encode(), filename="lena@example.com.log", content_type="text/plain")
    space = {}
    exec(compile(APP, "/srv/shop/app.py", "exec"), space)
    space["run"]()
    scope.add_attachment(bytes=zlib.compress(LINES[0].encode()) * 3, filename="core.bin")
    sentry_sdk.capture_message("picture of Elena Markovic")
    for line in LINES:
        logger.info(line)
    scope.end_session()
    sentry_sdk.flush(5)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    if SIDE == "python":
        for client in (loki, elastic, datadog, splunk, sentry):
            try:
                client(base)
            except Exception as e:  # a client that dislikes our answer has sent its request all the same
                print(client.__name__, type(e).__name__, e)
    else:
        subprocess.run(sys.argv[2:] + [base], check=True)
    print(dict(seen))


main()
