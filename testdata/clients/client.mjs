// Calls every endpoint with @gradio/client. Usage: client.mjs URL [USER PASSWORD]
// The folder of the client's package is in CLIENT.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const manifest = JSON.parse(readFileSync(`${process.env.CLIENT}/node_modules/@gradio/client/package.json`, "utf8"));
const entry = `${process.env.CLIENT}/node_modules/@gradio/client/dist/index.js`;
const { Client, handle_file } = await import(pathToFileURL(entry).href);

const [url, user, password] = process.argv.slice(2);
const headers = user ? { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` } : {};

const VALUE = "elena.markovic@example.org";
const TEXT = `Grüße 🎈: write to ${VALUE}, today.`;
const MASKED = "Grüße 🎈: write to <PRIVATE_EMAIL>, today.";
const blob = (name, type) => new Blob([readFileSync(name)], { type });
const get = async (path) => (await fetch(url.replace(/\/$/, "") + path, { headers })).json();

const client = await Client.connect(url, { headers, events: ["data", "status"] });
const api = await client.view_api();
for (const name of ["/redact_text", "/redact_image", "/anonymize_screenshot", "/analyze_document", "/create_paste"]) {
	assert.ok(api.named_endpoints[name], name);
}

const text = async (value) => (await client.predict("/redact_text", { text: value })).data[0].text;
assert.equal(await text(TEXT), MASKED);
assert.equal((await client.predict("/redact_text", [TEXT])).data[0].text, MASKED);

const document = (await client.predict("/analyze_document", { file: handle_file(blob("document.txt", "text/plain")) })).data[0];
const [span] = document.spans;
assert.equal(Array.from(document.text).slice(span.start, span.end).join(""), VALUE);

const paste = (await client.predict("/create_paste", { text: TEXT })).data[0];
assert.equal((await get(paste.view_path.replace("/view/", "/api/paste/"))).text, MASKED);
assert.equal((await get(paste.reveal_path.replace("/view/", "/api/paste/"))).text, TEXT);

const found = (await client.predict("/anonymize_screenshot", { image: handle_file(blob("picture.png", "image/png")) })).data[0];
assert.deepEqual(found.boxes.map((b) => b.label), ["private_email"]);
const painted = (await client.predict("/redact_image", { image: handle_file(blob("picture.png", "image/png")) })).data[0];
const response = await fetch(painted.url, { headers });
assert.equal(response.status, 200);
assert.equal(Buffer.from(await response.arrayBuffer()).subarray(1, 4).toString(), "PNG");

// Several at once in one session.
const all = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => text(`${n} ${TEXT}`)));
assert.deepEqual(all, [0, 1, 2, 3, 4, 5].map((n) => `${n} ${MASKED}`));

// Messages arrive.
await assert.rejects(client.predict("/create_paste", { text: TEXT, ttl: "soon" }), (err) => /ttl/.test(err.message ?? JSON.stringify(err)));

// Cancel.
const job = client.submit("/redact_image", { image: handle_file(blob("picture.png", "image/png")) });
await job.cancel();
assert.equal(await text(TEXT), MASKED);

// No client.close(): Node ends when the server has closed the stream.
console.log("@gradio/client", manifest.version, "node", process.versions.node, "ok");
