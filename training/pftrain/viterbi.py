"""Constrained Viterbi over BIOES with six transition biases.

The same decoder as the Go side (and as openai/privacy-filter): valid
sequences only, biases on transitions only, ties to the lowest class id.
"""

import numpy as np

from .labels import KIND, LABELS, TAG

NEVER = -1e9
BIASES = (
    "background_stay",
    "background_to_start",
    "inside_to_continue",
    "inside_to_end",
    "end_to_background",
    "end_to_start",
)


def transitions(biases: dict) -> np.ndarray:
    """Scores [from, to] of all class pairs."""
    b = {name: float(biases.get(name, 0.0)) for name in BIASES}
    n = len(LABELS)
    out = np.full((n, n), NEVER, dtype=np.float32)
    for i in range(n):
        for j in range(n):
            if TAG[i] == "O":
                if TAG[j] == "O":
                    out[i, j] = b["background_stay"]
                elif TAG[j] in "BS":
                    out[i, j] = b["background_to_start"]
            elif TAG[i] in "BI":
                if KIND[i] == KIND[j] and TAG[j] == "I":
                    out[i, j] = b["inside_to_continue"]
                elif KIND[i] == KIND[j] and TAG[j] == "E":
                    out[i, j] = b["inside_to_end"]
            elif TAG[j] == "O":
                out[i, j] = b["end_to_background"]
            elif TAG[j] in "BS":
                out[i, j] = b["end_to_start"]
    return out


_START = np.array([0.0 if t in "OBS" else NEVER for t in TAG], dtype=np.float32)
_END = np.array([0.0 if t in "OES" else NEVER for t in TAG], dtype=np.float32)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Per row, in fp32."""
    z = logits - logits.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


def decode(logits: np.ndarray, matrix: np.ndarray) -> list:
    """The best valid class sequence of [T, 33] logits."""
    if not len(logits):
        return []
    lp = log_softmax(logits.astype(np.float32))
    score = lp[0] + _START
    back = np.zeros(lp.shape, dtype=np.int64)
    columns = np.arange(lp.shape[1])
    for t in range(1, len(lp)):
        candidate = score[:, None] + matrix
        back[t] = candidate.argmax(0)
        score = candidate[back[t], columns] + lp[t]
    best = int((score + _END).argmax())
    path = [best]
    for t in range(len(lp) - 1, 0, -1):
        best = int(back[t][best])
        path.append(best)
    return path[::-1]
