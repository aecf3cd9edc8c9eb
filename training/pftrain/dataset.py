"""Documents as token ids and classes, cut into windows and batched.

The file on disk is flat: ids and classes of all documents one after the other,
without special tokens, and where each document ends.
"""

import argparse
import pathlib

import numpy as np
from tokenizers import Tokenizer

from . import base, generate, labels, shapes

CLS, SEP, PAD, IGNORE = 2, 3, 0, -100
WINDOW = 126  # tokens of a training window without [CLS] and [SEP]


def tokenizer(path: pathlib.Path | None = None) -> Tokenizer:
    """The base's tokenizer, or an extended one; offsets are characters."""
    return Tokenizer.from_file(str(path or base.package_dir() / "tokenizer.json"))


def build(first_seed: int, documents: int, path: pathlib.Path, pieces: pathlib.Path | None) -> int:
    """Generate and encode documents into a file; returns the tokens."""
    tok = tokenizer(pieces)
    ids, classes, forms, ends, total = [], [], [], [], 0
    for start in range(first_seed, first_seed + documents, 1000):
        batch = [generate.document(seed) for seed in range(start, min(start + 1000, first_seed + documents))]
        for (body, spans), enc in zip(batch, tok.encode_batch([t for t, _ in batch], add_special_tokens=False)):
            if not enc.ids:
                continue
            ids.append(np.array(enc.ids, dtype=np.uint16))
            classes.append(np.array(labels.encode(enc.offsets, spans), dtype=np.uint8))
            forms.append(np.array(shapes.ids(body, enc.offsets), dtype=np.uint8))
            total += len(enc.ids)
            ends.append(total)
    np.savez(path, ids=np.concatenate(ids), classes=np.concatenate(classes), shapes=np.concatenate(forms), ends=np.array(ends))
    return total


class Windows:
    """Batches of windows over a file of documents, for one epoch."""

    def __init__(self, paths, seed: int, batch_tokens: int = 2048):
        self.docs, self.batch_tokens = [], batch_tokens
        self.rng = np.random.default_rng(seed)
        for path in paths:
            data = np.load(path)
            ids, classes, forms, begin = data["ids"], data["classes"], data["shapes"], 0
            for end in data["ends"]:
                self.docs.append((ids[begin:end], classes[begin:end], forms[begin:end]))
                begin = end

    def _cut(self):
        """All windows of all documents in random order, cut at random places."""
        for i in self.rng.permutation(len(self.docs)):
            ids, classes, forms = self.docs[i]
            if self.rng.random() < 0.1:
                forms = np.zeros_like(forms)  # the model must do without, too
            at = 0
            while at < len(ids):
                if len(ids) - at <= WINDOW and (at or self.rng.random() < 0.9):
                    size = len(ids) - at
                else:
                    size = int(self.rng.integers(WINDOW // 2, WINDOW + 1))
                yield ids[at : at + size], classes[at : at + size], forms[at : at + size]
                at += size

    def __iter__(self):
        """(ids, mask, classes, shapes) batches; lengths are alike within a batch."""
        pool = []
        for window in self._cut():
            pool.append(window)
            if len(pool) == 2000:
                yield from self._batches(pool)
                pool = []
        yield from self._batches(pool)

    def _batches(self, pool):
        pool.sort(key=lambda w: len(w[0]))
        batches, current, longest = [], [], 0
        for window in pool:
            size = len(window[0]) + 2
            if current and max(longest, size) * (len(current) + 1) > self.batch_tokens:
                batches.append(current)
                current, longest = [], 0
            current.append(window)
            longest = max(longest, size)
        if current:
            batches.append(current)
        for i in self.rng.permutation(len(batches)):
            yield pad(batches[i])


def pad(windows):
    """A right-padded batch with [CLS] and [SEP]; their classes are ignored."""
    length = max(len(w[0]) for w in windows) + 2
    ids = np.full((len(windows), length), PAD, dtype=np.int64)
    mask = np.zeros((len(windows), length), dtype=np.int64)
    classes = np.full((len(windows), length), IGNORE, dtype=np.int64)
    forms = np.zeros((len(windows), length), dtype=np.int64)
    for row, (tokens, wanted, shaped) in enumerate(windows):
        n = len(tokens)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = CLS, tokens, SEP
        mask[row, : n + 2] = 1
        classes[row, 1 : n + 1] = wanted
        forms[row, 1 : n + 1] = shaped
    return ids, mask, classes, forms


if __name__ == "__main__":
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--documents", type=int, required=True)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--tokenizer", type=pathlib.Path)
    args.add_argument("--out", type=pathlib.Path, required=True)
    args = args.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    print(f"{build(args.seed, args.documents, args.out, args.tokenizer):,} tokens")
