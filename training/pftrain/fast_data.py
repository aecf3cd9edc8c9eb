"""Documents as features, gold classes and a teacher's opinion, in shards.

A shard holds all documents one after the other: their features; their gold
classes, NOTHING where nobody knows; what the teacher thinks, in eleven bytes a
token (zero where it was not asked); and where each document ends.
"""

import argparse
import pathlib
import time

import numpy as np

from . import evaluate, fast_features, generate, labels, viterbi

NOTHING = 255
KINDS = len(labels.CATEGORIES)
SOFT = KINDS + 3  # share of O, of each category, of "begins here" and of "ends here"
FULL = 255
NAMES = [labels.CATEGORIES.index(k) if k else -1 for k in labels.KIND]


class Teacher:
    """A model directory whose logits become targets."""

    def __init__(self, directory: pathlib.Path, threads: int = 1):
        self.model = evaluate.Model(directory, threads=threads)
        self.unknown = self.model.tokenizer.token_to_id("[UNK]")

    def __call__(self, texts: list, tokens: list) -> list:
        """The opinion [T, SOFT] on the tokens (offsets) of each text."""
        offsets, logits = self.model.logits(texts)
        encoded = self.model.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [project(o, rows, np.array(e.ids) == self.unknown, t) for o, rows, e, t in zip(offsets, logits, encoded, tokens)]


def project(offsets, logits: np.ndarray, unknown: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """The opinion on tokens of another tokenizer, given that on pieces at offsets.

    A token's share of a category is the mean over the pieces that it touches; it
    begins a span as far as its first piece does, and ends one as far as its last
    piece does. A token that touches an unknown piece gets no opinion.
    """
    out = np.zeros((len(tokens), SOFT), np.uint8)
    if not len(offsets) or not len(tokens):
        return out
    starts, ends = np.array(offsets, dtype=np.int64).T
    tokens = tokens.astype(np.int64)
    p = np.exp(viterbi.log_softmax(logits))
    tags = p[:, 1:].reshape(-1, KINDS, 4)  # B I E S of each category
    shares = np.concatenate([p[:, :1], tags.sum(2)], 1)
    inside = np.maximum(shares[:, 1:].sum(1), 1e-9)
    begins, finishes = tags[:, :, [0, 3]].sum((1, 2)) / inside, tags[:, :, [2, 3]].sum((1, 2)) / inside
    first = np.searchsorted(ends, tokens[:, 0], "right")
    last = np.searchsorted(starts, tokens[:, 1], "left") - 1
    known = np.concatenate([[0], np.cumsum(unknown)])
    valid = (last >= first) & (first < len(starts))
    first, last = np.where(valid, first, 0), np.where(valid, last, 0)
    valid &= known[last + 1] == known[first]
    total = np.concatenate([np.zeros((1, KINDS + 1)), np.cumsum(shares, 0)])
    mean = (total[last + 1] - total[first]) / (last + 1 - first)[:, None]
    begin = np.where(starts[first] >= tokens[:, 0], begins[first], 0)
    end = np.where(ends[last] <= tokens[:, 1], finishes[last], 0)
    opinion = np.concatenate([mean, begin[:, None], end[:, None]], 1)
    return np.where(valid[:, None], np.clip(np.round(opinion * FULL), 0, FULL), 0).astype(np.uint8)


def shard(documents: list, teacher: Teacher | None) -> dict:
    """The arrays of documents (text, spans or None)."""
    texts = [text for text, _ in documents]
    parts, classes, opinions, ends, total = [], [], [], [], 0
    encoded = fast_features.encoder()(texts)
    asked = teacher(texts, [offsets for offsets, _ in encoded]) if teacher else None
    for i, ((_, spans), (offsets, ids)) in enumerate(zip(documents, encoded)):
        if not len(ids):
            continue
        total += len(ids)
        parts.append(ids.astype(np.int32))
        wanted = np.full(len(ids), NOTHING) if spans is None else labels.encode(offsets.tolist(), spans)
        classes.append(np.array(wanted, dtype=np.uint8))
        opinions.append(asked[i] if asked else np.zeros((len(ids), SOFT), np.uint8))
        ends.append(total)
    return {"ids": np.concatenate(parts), "classes": np.concatenate(classes), "soft": np.concatenate(opinions), "ends": np.array(ends)}


def write(first_seed: int, count: int, path: pathlib.Path, teacher: Teacher | None, unlabelled: bool = False) -> int:
    """Generate a shard into a file; returns its tokens. A file is there whole or not at all."""
    make = (lambda s: (generate.unlabelled(s), None)) if unlabelled else generate.document
    arrays = shard([make(s) for s in range(first_seed, first_seed + count)], teacher)
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("wb") as f:
        np.savez(f, **arrays)
    temporary.replace(path)
    return len(arrays["ids"])


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=pathlib.Path, required=True, help="directory of shards")
    p.add_argument("--shards", type=int, default=10**9)
    p.add_argument("--minutes", type=float, default=1e9)
    p.add_argument("--documents", type=int, default=2000, help="of a shard")
    p.add_argument("--seed", type=int, default=10_000_000, help="of the first document; shards that are there are left out")
    p.add_argument("--teacher", type=pathlib.Path)
    p.add_argument("--unlabelled-every", type=int, default=0, help="every so many shards is of unlabelled text (needs --teacher)")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    asked = Teacher(a.teacher) if a.teacher else None
    begun, prefix = time.time(), "soft" if asked else "gold"
    for n in range(a.shards):
        file = a.out / f"{prefix}-{a.seed + n * a.documents}.npz"
        if file.exists():
            continue
        if time.time() - begun > a.minutes * 60:
            break
        plain = bool(a.unlabelled_every and asked and n % a.unlabelled_every == a.unlabelled_every - 1)
        t = time.time()
        size = write(a.seed + n * a.documents, a.documents, file, asked, plain)
        print(f"{file.name}: {size:,} tokens{' unlabelled' if plain else ''}, {time.time() - t:.0f} s", flush=True)
