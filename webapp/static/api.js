// The queue's protocol, as far as this page needs it. Nothing is kept in the
// browser's storage.

const root = new URL(".", document.baseURI);

/** @param {string} path */
export const at = (path) => new URL(path, root);

async function answer(response) {
	const body = await response.json().catch(() => ({}));
	if (!response.ok) throw new Error(body.detail || `The server answered ${response.status}.`);
	return body;
}

const post = (path, value) =>
	fetch(at(path), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) }).then(answer);

let config;

/** The endpoints that this server has, by name. */
export async function endpoints() {
	config ??= fetch(at("config")).then(answer);
	return new Map((await config).dependencies.map((d) => [d.api_name, d.id]));
}

/** Uploads a file and returns what a call names it by. @param {File} file */
export async function upload(file) {
	const form = new FormData();
	form.append("files", file);
	const [path] = await fetch(at("gradio_api/upload"), { method: "POST", body: form }).then(answer);
	return { path, orig_name: file.name, meta: { _type: "gradio.FileData" } };
}

/**
 * Calls an endpoint and waits for its result.
 * @param {string} name
 * @param {unknown[]} data
 * @param {(text: string) => void} tell where the call is
 */
export async function call(name, data, tell = () => {}) {
	const id = (await endpoints()).get(name);
	const session = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16)).join("");
	await post("gradio_api/queue/join", { data, fn_index: id, session_hash: session });
	const response = await fetch(at(`gradio_api/queue/data?session_hash=${session}`));
	if (!response.ok) await answer(response);
	for await (const event of events(response.body)) {
		switch (event.msg) {
			case "estimation":
				tell(event.rank > 0 ? `${event.rank} before you.` : "Waiting.");
				break;
			case "process_starts":
				tell("Working.");
				break;
			case "progress":
				tell(`${event.progress_data[0].desc}.`);
				break;
			case "process_completed":
				if (!event.success) throw new Error(event.output.error);
				return event.output.data[0];
		}
	}
	throw new Error("The connection ended before the result was there.");
}

async function* events(stream) {
	const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			text += value;
			for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
				yield JSON.parse(text.slice("data: ".length, end));
			}
		}
	} finally {
		reader.cancel().catch(() => {});
	}
}
