// A token in the fragment never reaches a server's log. The reader is asked
// before it is sent, because what can be read once is gone then.

const token = new URLSearchParams(location.hash.slice(1)).get("token");
const button = document.getElementById("reveal");
const text = document.getElementById("text");

/** Marks findings, whose offsets are in code points. */
function render(content, spans) {
	const points = Array.from(content);
	const parts = [];
	let from = 0;
	for (const { start, end, label } of spans) {
		parts.push(points.slice(from, start).join(""));
		const mark = document.createElement("mark");
		mark.title = label;
		mark.textContent = points.slice(start, end).join("");
		parts.push(mark);
		from = end;
	}
	parts.push(points.slice(from).join(""));
	text.replaceChildren(...parts);
}

async function reveal() {
	const status = document.getElementById("status");
	button.disabled = true;
	const pid = location.pathname.split("/").pop();
	const response = await fetch(new URL(`../api/paste/${pid}/reveal`, location.href), {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ token }),
	});
	const out = await response.json().catch(() => ({}));
	if (response.ok) {
		render(out.text, out.spans);
		history.replaceState(null, "", location.pathname);
		document.getElementById("note").textContent = "As it was written. What is marked is personal.";
		button.hidden = true;
		return;
	}
	status.textContent = out.detail || "It could not be shown.";
	status.classList.add("wrong");
	button.disabled = false;
}

if (token && button) {
	button.hidden = false;
	button.addEventListener("click", reveal);
}
