"""Calls every endpoint with gradio_client. Usage: client.py URL [USER PASSWORD]"""

import concurrent.futures
import json
import sys
import urllib.request

import gradio_client
from gradio_client import Client, handle_file

url, auth = sys.argv[1], tuple(sys.argv[2:4]) or None
headers = {}
if auth:
    import base64

    headers["Authorization"] = "Basic " + base64.b64encode(":".join(auth).encode()).decode()

VALUE = "elena.markovic@example.org"
TEXT = f"Grüße 🎈: write to {VALUE}, today."
MASKED = "Grüße 🎈: write to <PRIVATE_EMAIL>, today."


def fails(what, *words):
    try:
        what()
    except Exception as err:  # noqa: BLE001
        assert all(w in str(err) for w in words), f"failed with {type(err).__name__}: {err}"
        return
    raise AssertionError("did not fail")


def get(path):
    request = urllib.request.Request(url.rstrip("/") + path, headers=headers)
    return json.load(urllib.request.urlopen(request))


client = Client(url, headers=headers, verbose=False)
names = set(client.view_api(return_format="dict", print_info=False)["named_endpoints"])
assert names >= {"/redact_text", "/redact_image", "/anonymize_screenshot", "/analyze_document", "/create_paste"}, names

assert client.predict(text=TEXT, api_name="/redact_text")["text"] == MASKED
assert client.predict(TEXT, api_name="/redact_text")["counts"] == {"private_email": 1}

document = client.predict(file=handle_file("document.txt"), api_name="/analyze_document")
span = document["spans"][0]
assert document["text"][span["start"] : span["end"]] == VALUE, document

paste = client.predict(text=TEXT, api_name="/create_paste")
assert get(paste["view_path"].replace("/view/", "/api/paste/"))["text"] == MASKED
assert get(paste["reveal_path"].replace("/view/", "/api/paste/"))["text"] == TEXT

found = client.predict(image=handle_file("picture.png"), api_name="/anonymize_screenshot")
assert [b["label"] for b in found["boxes"]] == ["private_email"] and found["width"] == 560, found["boxes"]
painted = client.predict(image=handle_file("picture.png"), api_name="/redact_image")
with open(painted, "rb") as f:
    data = f.read()
assert data.startswith(b"\x89PNG") and data != open("picture.png", "rb").read()

# Two at once in one session.
jobs = [client.submit(text=f"{n} {TEXT}", api_name="/redact_text") for n in range(8)]
for n, job in enumerate(jobs):
    assert job.result(timeout=60)["text"] == f"{n} {MASKED}"

# Messages arrive; remote files are refused.
fails(lambda: client.predict(text=TEXT, ttl="soon", api_name="/create_paste"), "ttl")
fails(lambda: client.predict(file={"path": "http://127.0.0.1:1/x", "url": "http://127.0.0.1:1/x", "meta": {"_type": "gradio.FileData"}}, api_name="/analyze_document"))

# Cancel, while it waits or runs.
job = client.submit(image=handle_file("picture.png"), api_name="/redact_image")
job.cancel()
concurrent.futures.wait([job], timeout=60)
assert job.done()
assert client.predict(text=TEXT, api_name="/redact_text")["text"] == MASKED
print("gradio_client", gradio_client.__version__, "python", sys.version.split()[0], "ok")
