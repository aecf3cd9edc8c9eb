import { at, call, endpoints, upload } from "./api.js";

const $ = (id) => document.getElementById(id);

/** Runs work with a status line, and with what started it switched off. */
async function busy(status, control, work) {
	const tell = (text, wrong = false) => {
		status.textContent = text;
		status.classList.toggle("wrong", wrong);
	};
	control.disabled = true;
	tell("Sending.");
	try {
		await work(tell);
		tell("Done.");
	} catch (err) {
		tell(err.message, true);
	} finally {
		control.disabled = false;
	}
}

let shown; // the URL of the image on the page

async function redactImage(file) {
	const result = $("image-result");
	result.hidden = true;
	await busy($("image-status"), $("image"), async (tell) => {
		const out = await call("redact_image", [await upload(file)], tell);
		// By path and not by URL: the page may be behind a proxy that the server
		// knows nothing of.
		const [dir, name] = out.path.split("/");
		const response = await fetch(at(`gradio_api/file=${dir}/${encodeURIComponent(name)}`));
		if (!response.ok) throw new Error("The result is no longer there.");
		if (shown) URL.revokeObjectURL(shown);
		shown = URL.createObjectURL(await response.blob());
		$("image-shown").src = shown;
		$("image-download").href = shown;
		$("image-download").download = out.orig_name;
		result.hidden = false;
	});
}

function startImages() {
	const input = $("image");
	const drop = input.parentElement;
	input.addEventListener("change", () => {
		if (input.files[0]) redactImage(input.files[0]);
		input.value = "";
	});
	for (const kind of ["dragover", "dragleave", "drop"]) {
		drop.addEventListener(kind, (event) => {
			event.preventDefault();
			drop.classList.toggle("over", kind === "dragover");
			const [file] = event.dataTransfer.files;
			if (kind === "drop" && file && !input.disabled) redactImage(file);
		});
	}
	document.addEventListener("paste", (event) => {
		const file = [...event.clipboardData.files].find((f) => f.type.startsWith("image/"));
		if (file && !input.disabled) redactImage(file);
	});
}

function startText() {
	$("text-form").addEventListener("submit", (event) => {
		event.preventDefault();
		$("text-result").hidden = true;
		busy($("text-status"), event.target.querySelector("button"), async (tell) => {
			const out = await call("redact_text", [$("text-in").value], tell);
			$("text-out").textContent = out.text;
			const counts = Object.entries(out.counts).map(([label, n]) => {
				const li = document.createElement("li");
				li.textContent = `${n} ${label.replace("private_", "").replace("_", " ")}`;
				return li;
			});
			if (counts.length === 0) {
				const li = document.createElement("li");
				li.textContent = "nothing found";
				counts.push(li);
			}
			$("text-counts").replaceChildren(...counts);
			$("text-result").hidden = false;
		});
	});
}

function link(a, path) {
	a.href = at(`.${path}`);
	a.textContent = a.href;
}

function startPaste() {
	$("paste-form").addEventListener("submit", (event) => {
		event.preventDefault();
		$("paste-result").hidden = true;
		busy($("paste-status"), event.target.querySelector("button"), async (tell) => {
			const data = [$("paste-in").value, $("paste-ttl").value, $("paste-burn").checked ? "yes" : "no"];
			const out = await call("create_paste", data, tell);
			link($("paste-view"), out.view_path);
			link($("paste-reveal"), out.reveal_path);
			$("paste-result").hidden = false;
		});
	});
}

const known = await endpoints();
for (const [section, endpoint, start] of [
	["images", "redact_image", startImages],
	["text", "redact_text", startText],
	["paste", "create_paste", startPaste],
]) {
	if (known.has(endpoint)) {
		$(section).hidden = false;
		start();
	}
}
