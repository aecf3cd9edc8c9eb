"""Choose the operating points on the validation part of held-out texts.

Three things are chosen, one after the other, each for what it is good for:

1. a shift of the logits of each category against O, where the strict F1 of that
   category is best (ties: the smallest shift); it is baked into the classifier;
2. `default`: the transition bias O → begin with the best mean of character
   recall and strict F1 that does not raise the false spans of clean sources by
   more than a fifth and 0.2 per 1,000 tokens, or not above what is always allowed;
3. `recall`: the largest bias that costs at most four points of character
   precision against the default.
"""

import argparse
import collections
import json
import pathlib

import numpy as np

from . import evaluate, labels
from .viterbi import BIASES

SHIFTS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
STARTS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)


class Cached:
    """The texts with their logits."""

    def __init__(self, model: evaluate.Model, data: dict):
        self.documents = []  # (source, text, gold, offsets, rows)
        for source, documents in data.items():
            texts = [t for t, _ in documents]
            offsets, rows = model.logits(texts)
            self.documents += [(source, t, gold, o, r) for (t, gold), o, r in zip(documents, offsets, rows)]

    def score(self, biases: dict, shift: np.ndarray):
        """Scores by source, and (right, gold, found) spans by category."""
        scores, spans = {}, collections.defaultdict(lambda: [0, 0, 0])
        for source, text, gold, offsets, rows in self.documents:
            found = evaluate.decode(text, offsets, rows + shift, biases)
            scores.setdefault(source, evaluate.Score()).add(text, gold, found, len(rows))
            for kind, which in ((0, set(gold) & set(found)), (1, gold), (2, found)):
                for _, _, category in which:
                    spans[category][kind] += 1
        return scores, spans


def shifted(shifts: dict) -> np.ndarray:
    """The shift of every class."""
    return np.array([shifts.get(k, 0.0) if k else 0.0 for k in labels.KIND], dtype=np.float32)


def zero() -> dict:
    """Biases that change nothing."""
    return dict.fromkeys(BIASES, 0.0)


def summary(scores: dict) -> tuple:
    """Means over sources: recall, precision, strict F1; false spans of clean ones."""
    personal = [s.row() for s in scores.values() if s.gold]
    clean = [s.row()["false_spans_per_1000_tokens"] for s in scores.values() if not s.gold]
    mean = lambda values: sum(values) / max(1, len(values))
    return tuple(mean([r[k] for r in personal]) for k in ("char_recall", "char_precision", "strict_f1")) + (mean(clean),)


def categories(cached: Cached) -> dict:
    """The best shift of each category."""
    f1 = collections.defaultdict(dict)
    for shift in SHIFTS:
        _, spans = cached.score(zero(), shifted(dict.fromkeys(labels.CATEGORIES, shift)))
        for category, (right, gold, found) in spans.items():
            f1[category][shift] = 200 * right / max(1, gold + found)
    chosen = {}
    for category, by_shift in sorted(f1.items()):
        best = max(by_shift.values())
        # Half a point is noise: the smallest shift that is as good.
        chosen[category] = min((s for s, v in by_shift.items() if v >= best - 0.5), key=abs)
        print(category, {s: round(v, 1) for s, v in by_shift.items()}, "→", chosen[category], flush=True)
    return chosen


def run(model: evaluate.Model, data: dict, allowed: float = 0.0) -> dict:
    """{"categories": shifts, "default": biases, "recall": biases}; prints the way there."""
    cached = Cached(model, data)
    chosen = categories(cached)
    shift = shifted(chosen)
    print("start: recall precision strict_f1 false_on_clean")
    steps = {}
    for start in STARTS:
        steps[start] = summary(cached.score(zero() | {"background_to_start": start}, shift)[0])
        print(f"{start:4}: " + " ".join(f"{v:.2f}" for v in steps[start]), flush=True)
    limit = max(steps[0.0][3] * 1.2 + 0.2, allowed)
    default = max((s for s in steps if steps[s][3] <= limit), key=lambda s: (steps[s][0] + steps[s][2], -abs(s)))
    recall = max(s for s in steps if s >= default and steps[s][1] >= steps[default][1] - 4)
    return {"categories": chosen} | {
        name: zero() | {"background_to_start": start} for name, start in (("default", default), ("recall", recall))
    }


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model", type=pathlib.Path)
    p.add_argument("--corpus", type=pathlib.Path)
    p.add_argument("--authored", type=pathlib.Path, help="a folder of JSONL by another hand; every third row is looked at")
    p.add_argument("--documents", type=int, default=60)
    p.add_argument("--out", type=pathlib.Path)
    a = p.parse_args()
    looked_at = evaluate.split(evaluate.corpus(a.documents, a.corpus))[0]
    if a.authored:
        looked_at |= evaluate.authored(a.authored, True)
    points = run(evaluate.Model(a.model), looked_at)
    print(points)
    if a.out:
        a.out.write_text(json.dumps(points, indent=1) + "\n")
