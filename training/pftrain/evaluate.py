"""Score a model directory on the held-out sources.

Runs the shipped files as the Go side does: tokenizer.json, windows with
overlap, ONNX Runtime, one constrained Viterbi over all rows, trimmed spans.
"""

import argparse
import collections
import json
import pathlib
import time

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from . import generate, labels, shapes, viterbi


class Model:
    """A model directory behind ONNX Runtime on one thread."""

    def __init__(self, directory: pathlib.Path, onnx_file: pathlib.Path | None = None, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(onnx_file or directory / "onnx" / "model_quantized.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.shaped = any(i.name == "shape_ids" for i in self.session.get_inputs())
        self.tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        config = json.loads((directory / "config.json").read_text())
        names = [config["id2label"][str(i)] for i in range(len(config["id2label"]))]
        if tuple(names) != labels.LABELS:
            raise ValueError("the model has other labels")
        self.window = config["privacy_filter"]["window_tokens"]
        self.overlap = config["privacy_filter"]["overlap_tokens"]
        file = directory / "viterbi_calibration.json"
        points = json.loads(file.read_text())["operating_points"] if file.exists() else {}
        biases = points.get("default", {}).get("biases", {})
        self.biases = {k.removeprefix("transition_bias_"): v for k, v in biases.items()}

    def windows(self, count: int):
        """(start, end, first own row, last own row) of the windows of a text.

        A window is at most window_tokens long. Its own rows are those not
        covered better by a neighbour: overlap_tokens of context stay on each
        side except at the ends of the text.
        """
        if count <= self.window:
            return [(0, count, 0, count)]
        out, own = [], 0
        while own < count:
            start = max(0, own - self.overlap)
            end = min(count, start + self.window)
            last = count if end == count else end - self.overlap
            out.append((start, end, own, last))
            own = last
        return out

    def logits(self, texts: list, batch_tokens: int = 4096):
        """(offsets, logits [T, 33]) of each text."""
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        jobs = [(i, *w) for i, e in enumerate(encoded) for w in self.windows(len(e.ids)) if len(e.ids)]
        jobs.sort(key=lambda j: j[2] - j[1])
        forms = [shapes.ids(t, e.offsets) for t, e in zip(texts, encoded)] if self.shaped else None
        rows = [np.zeros((len(e.ids), len(labels.LABELS)), dtype=np.float32) for e in encoded]
        while jobs:
            longest = jobs[-1][2] - jobs[-1][1] + 2
            batch, jobs = jobs[-max(1, batch_tokens // longest) :], jobs[: -max(1, batch_tokens // longest)]
            ids = np.zeros((len(batch), longest), dtype=np.int64)
            mask, shaped = np.zeros_like(ids), np.zeros_like(ids)
            for r, (i, start, end, _, _) in enumerate(batch):
                n = end - start
                ids[r, 0], ids[r, 1 : n + 1], ids[r, n + 1] = 2, encoded[i].ids[start:end], 3
                mask[r, : n + 2] = 1
                if forms:
                    shaped[r, 1 : n + 1] = forms[i][start:end]
            feed = {"input_ids": ids, "attention_mask": mask} | ({"shape_ids": shaped} if forms else {})
            out = self.session.run(["logits"], feed)[0]
            for r, (i, start, _, own, last) in enumerate(batch):
                rows[i][own:last] = out[r, 1 + own - start : 1 + last - start]
        return [e.offsets for e in encoded], rows

    def spans(self, texts: list, biases: dict | None = None):
        """Spans (start, end, category) of each text, trimmed."""
        offsets, rows = self.logits(texts)
        return [decode(t, o, r, self.biases if biases is None else biases) for t, o, r in zip(texts, offsets, rows)]


def decode(text: str, offsets, rows, biases: dict) -> list:
    """Spans of one text from its logits."""
    out = []
    for first, end, category in labels.decode(viterbi.decode(rows, viterbi.transitions(biases))):
        start, stop = offsets[first][0], offsets[end - 1][1]
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            out.append((start, stop, category))
    return out


class Score:
    """Counts of one source."""

    def __init__(self):
        self.gold = self.found = self.both = 0  # characters
        self.gold_spans = self.found_spans = self.exact = self.false = self.tokens = 0
        self.missed = collections.Counter()
        self.total = collections.Counter()

    def add(self, text: str, gold: list, found: list, tokens: int) -> None:
        """Count one document."""
        g, f = np.zeros(len(text), bool), np.zeros(len(text), bool)
        for a, b, _ in gold:
            g[a:b] = True
        for a, b, _ in found:
            f[a:b] = True
        self.gold, self.found, self.both = self.gold + g.sum(), self.found + f.sum(), self.both + (g & f).sum()
        self.gold_spans, self.found_spans = self.gold_spans + len(gold), self.found_spans + len(found)
        self.exact += len(set(gold) & set(found))
        self.false += sum(not g[a:b].any() for a, b, _ in found)
        self.tokens += tokens
        for a, b, c in gold:
            self.total[c] += b - a
            self.missed[c] += int((~f[a:b]).sum())

    def row(self) -> dict:
        """The figures."""
        return {
            "char_recall": round(100 * float(self.both) / float(max(1, self.gold)), 1) if self.gold else None,
            "char_precision": round(100 * float(self.both) / float(max(1, self.found)), 1) if self.gold else None,
            "strict_f1": round(200 * self.exact / max(1, self.gold_spans + self.found_spans), 1) if self.gold else None,
            "false_spans_per_1000_tokens": round(1000 * self.false / max(1, self.tokens), 2),
            "spans": self.gold_spans,
            "tokens": self.tokens,
        }


def corpus(count: int, file: pathlib.Path | None = None) -> dict:
    """source -> [(text, spans)]; kept in file when one is given."""
    if file and file.exists():
        stored = json.loads(file.read_text())
        return {source: [(t, [tuple(s) for s in spans]) for t, spans in docs] for source, docs in stored.items()}
    data = {source: list(generate.heldout(source, count)) for source in generate.SOURCES}
    if file:
        file.write_text(json.dumps(data))
    return data


def authored(directory: pathlib.Path, third: bool) -> dict:
    """source -> [(text, spans)] of JSONL files by another hand; third: the validation part, every third row."""
    out = {}
    for file in sorted(directory.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        out[file.stem] = [
            (r["text"], [(s["start"], s["end"], s["label"]) for s in r["spans"] if s["label"] in labels.CATEGORIES])
            for i, r in enumerate(rows)
            if (i % 3 == 0) == third
        ]
    return {k: v for k, v in out.items() if v}


def split(data: dict) -> tuple:
    """(validation, test): every third text is for choosing biases, the others for scores."""
    return (
        {source: docs[::3] for source, docs in data.items()},
        {source: [d for i, d in enumerate(docs) if i % 3] for source, docs in data.items()},
    )


def score(model: Model, data: dict, biases: dict | None = None, cache: dict | None = None):
    """Scores by source, and character recall by category; cache keeps the logits."""
    scores, by_category = {}, Score()
    for source, documents in data.items():
        texts = [t for t, _ in documents]
        if cache is None or source not in cache:
            got = model.logits(texts)
            if cache is not None:
                cache[source] = got
        else:
            got = cache[source]
        s = Score()
        for (text, gold), offsets, rows in zip(documents, *got):
            found = decode(text, offsets, rows, model.biases if biases is None else biases)
            s.add(text, gold, found, len(rows))
            by_category.add(text, gold, found, len(rows))
        scores[source] = s
    recall = {c: round(100 * (1 - by_category.missed[c] / by_category.total[c]), 1) for c in sorted(by_category.total)}
    return scores, recall


def table(scores: dict) -> str:
    """The scores as a Markdown table."""
    lines = ["| source | char recall | char precision | strict typed F1 | false spans / 1,000 tokens |", "|---|---|---|---|---|"]
    for source, s in scores.items():
        r = s.row()
        cells = ["–" if r[k] is None else str(r[k]) for k in ("char_recall", "char_precision", "strict_f1", "false_spans_per_1000_tokens")]
        lines.append(f"| {source} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def agreement(model: Model, other: Model, data: dict) -> tuple:
    """Share of tokens with the same Viterbi class, and of identical spans."""
    same = total = spans_same = spans_total = 0
    for documents in data.values():
        texts = [t for t, _ in documents]
        for text, offsets, a, b in zip(texts, *model.logits(texts), other.logits(texts)[1]):
            m = viterbi.transitions(model.biases)
            pa, pb = viterbi.decode(a, m), viterbi.decode(b, m)
            same, total = same + sum(x == y for x, y in zip(pa, pb)), total + len(pa)
            sa, sb = set(labels.decode(pa)), set(labels.decode(pb))
            spans_same, spans_total = spans_same + len(sa & sb), spans_total + len(sa | sb)
    return same / max(1, total), spans_same / max(1, spans_total)


def errors(model: Model, data: dict, limit: int) -> None:
    """Print documents that are wrong."""
    for source, documents in data.items():
        shown = 0
        for (text, gold), found in zip(documents, model.spans([t for t, _ in documents])):
            if set(gold) != set(found) and shown < limit:
                shown += 1
                print(f"--- {source}: {text[:300]!r}")
                for a, b, c in sorted(set(gold) - set(found)):
                    print(f"      missed {c}: {text[a:b]!r}")
                for a, b, c in sorted(set(found) - set(gold)):
                    print(f"      extra  {c}: {text[a:b]!r}")


def long_texts(data: dict, pieces: int = 14) -> dict:
    """Texts of several windows: held-out documents of all kinds, one after the other."""
    pool = [d for i in range(40) for docs in data.values() for d in docs[i : i + 1]]
    out = []
    for at in range(0, len(pool) - pieces, pieces):
        body, spans = "", []
        for text, gold in pool[at : at + pieces]:
            spans += [(a + len(body), b + len(body), c) for a, b, c in gold]
            body += text + "\n\n"
        out.append((body, spans))
    return {"long": out}


def compare_windows(model: Model, data: dict) -> None:
    """Print how the scores of long texts depend on window and overlap."""
    chosen = model.window, model.overlap
    for window, overlap in ((128, 32), (128, 16), (128, 8), (192, 24), (192, 32), (256, 32), (256, 64), (510, 64)):
        model.window, model.overlap = window, overlap
        began = time.process_time()
        print(f"window {window}, overlap {overlap}:", score(model, data)[0]["long"].row(), f"{time.process_time() - began:.1f} s")
    model.window, model.overlap = chosen


def speed(model: Model) -> dict:
    """Tokens a second of one thread at three shapes."""
    out = {}
    for batch, length in ((1, 64), (8, 128), (1, 512)):
        ids = np.random.default_rng(0).integers(5, 19000, (batch, length)).astype(np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)} | ({"shape_ids": ids % shapes.SIZE} if model.shaped else {})
        model.session.run(None, feed)
        best = 1e9
        for _ in range(12):
            t = time.perf_counter()
            model.session.run(None, feed)
            best = min(best, time.perf_counter() - t)
        out[f"{batch}x{length}"] = round(batch * length / best)
    return out


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model", type=pathlib.Path)
    p.add_argument("--onnx", type=pathlib.Path, help="another graph with the same tokenizer")
    p.add_argument("--compare", type=pathlib.Path, help="an fp32 graph to compare with")
    p.add_argument("--documents", type=int, default=60, help="generated for each source; two thirds are scored")
    p.add_argument("--corpus", type=pathlib.Path, help="keeps the held-out texts between runs")
    p.add_argument("--errors", type=int, default=0, help="wrong documents to show a source (prints invented values)")
    p.add_argument("--windows", action="store_true", help="compare windows on long texts, nothing else")
    p.add_argument("--json", type=pathlib.Path)
    p.add_argument("--agreement-documents", type=int, default=12, help="a source")
    p.add_argument("--authored", type=pathlib.Path, help="a folder of JSONL by another hand; its test part is scored too")
    a = p.parse_args()
    model, data = Model(a.model, a.onnx), split(corpus(a.documents, a.corpus))[1]
    if a.authored:
        data |= authored(a.authored, False)
    if a.windows:
        compare_windows(model, long_texts(data))
        raise SystemExit
    scores, recall = score(model, data)
    print(table(scores))
    print("character recall by category:", recall)
    if a.errors:
        errors(model, data, a.errors)
    result = {"sources": {k: s.row() for k, s in scores.items()}, "recall_by_category": recall, "speed_tokens_per_second": speed(model)}
    print("tokens/s, one thread:", result["speed_tokens_per_second"])
    if a.compare:
        tokens, spans = agreement(model, Model(a.model, a.compare), {k: v[: a.agreement_documents] for k, v in data.items()})
        result["agreement"] = {"tokens": round(tokens, 5), "spans": round(spans, 5)}
        print("agreement with fp32:", result["agreement"])
    if a.json:
        a.json.write_text(json.dumps(result, indent=1) + "\n")
