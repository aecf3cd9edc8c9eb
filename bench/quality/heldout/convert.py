#!/usr/bin/env python3
"""Turn the annotated held-out texts beside this file into JSON lines.

A source is one file SOURCE.txt. Documents are separated by a line that holds
only "%%". A personal value is written ⟦label|value⟧. For each source this
writes SOURCE.jsonl, one row a document:

    {"id": "SOURCE-000", "text": "...", "spans": [{"start": 0, "end": 4, "label": "private_person"}]}

Offsets count Unicode code points of "text", the end is exclusive. Anything
doubtful (an unknown label, nested or unclosed brackets, a span that is empty
or starts or ends with white space, a personal value in a clean source, a
duplicate document) stops the run: a silent repair would be a silent error in
every number computed from these files.

    python3 convert.py            # write all .jsonl
    python3 convert.py --check    # only compare: exit 1 if a .jsonl is stale
    python3 convert.py --counts   # also print documents and spans per source
"""

import json
import pathlib
import sys

LABELS = frozenset([
    "account_number", "private_address", "private_date", "private_email",
    "private_ip", "private_person", "private_phone", "private_url", "secret",
])
OPEN, BAR, CLOSE = "⟦", "|", "⟧"


class Bad(Exception):
    """An annotation that must be repaired by hand."""


def documents(raw):
    """Split on lines that are exactly %%; outer blank lines do not count."""
    doc = []
    for line in raw.split("\n"):
        if line.rstrip() == "%%":
            yield "\n".join(doc).strip("\n")
            doc = []
        else:
            doc.append(line)
    yield "\n".join(doc).strip("\n")


def parse(doc, where):
    """Return the text without its marks, and the spans in order."""
    text, spans, size, at = [], [], 0, 0
    while True:
        begin = doc.find(OPEN, at)
        plain = doc[at:] if begin < 0 else doc[at:begin]
        if CLOSE in plain:
            raise Bad(f"{where}: {CLOSE} without {OPEN} near {plain[-40:]!r}")
        text.append(plain)
        size += len(plain)
        if begin < 0:
            return "".join(text), spans
        end = doc.find(CLOSE, begin)
        if end < 0:
            raise Bad(f"{where}: {OPEN} is never closed: {doc[begin:begin + 40]!r}")
        label, bar, value = doc[begin + 1:end].partition(BAR)
        if not bar or label not in LABELS:
            raise Bad(f"{where}: unknown label {label!r}")
        if OPEN in value:
            raise Bad(f"{where}: nested span in {value!r}")
        if not value or value != value.strip():
            raise Bad(f"{where}: span not trimmed: {value!r}")
        text.append(value)
        spans.append({"start": size, "end": size + len(value), "label": label})
        size += len(value)
        at = end + 1


def convert(path):
    """Rows of one source, validated."""
    rows, seen = [], set()
    raw = path.read_text(encoding="utf-8")
    for n, doc in enumerate(documents(raw)):
        where = f"{path.name}, document {n}"
        if not doc.strip():
            raise Bad(f"{where}: empty")
        text, spans = parse(doc, where)
        if text in seen:
            raise Bad(f"{where}: written twice")
        seen.add(text)
        if path.stem.startswith("clean-") and spans:
            raise Bad(f"{where}: a span in a clean source")
        rows.append({"id": f"{path.stem}-{n:03d}", "text": text, "spans": spans})
    return rows


def main(argv):
    here = pathlib.Path(__file__).resolve().parent
    failed = False
    for path in sorted(here.glob("*.txt")):
        try:
            rows = convert(path)
        except Bad as err:
            print(err, file=sys.stderr)
            failed = True
            continue
        body = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        target = path.with_suffix(".jsonl")
        if "--check" in argv:
            if not target.exists() or target.read_text(encoding="utf-8") != body:
                print(f"{target.name} is stale", file=sys.stderr)
                failed = True
        else:
            target.write_text(body, encoding="utf-8")
        if "--counts" in argv:
            print(f"{path.stem:20} {len(rows):4} documents "
                  f"{sum(len(r['spans']) for r in rows):5} spans "
                  f"{sum(len(r['text']) for r in rows):7} characters")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
