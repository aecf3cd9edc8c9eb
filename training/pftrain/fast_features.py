"""The tokens and hashed features of embedded-fast.

Training uses the program that serves, inference/features, through
training/features (Encoder). `reference` says the same once more, slowly and in
Python; `python -m pftrain.fast_features --golden` writes what it makes of fuzzed
texts to a file that the tests of both sides compare with.
"""

import argparse
import functools
import json
import pathlib
import random
import subprocess
import threading

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "inference" / "features" / "runes.txt"
GOLDEN = ROOT / "inference" / "features" / "testdata" / "golden.txt"

SIZES = (1 << 16, 1 << 11, 1 << 13, 1 << 14, 1 << 11, 1 << 13, 1 << 14, 1 << 12, 1 << 8, 1 << 6, 1 << 10)
WORD, PREFIX2, PREFIX3, PREFIX4, SUFFIX2, SUFFIX3, SUFFIX4, SHAPE, KIND, GAP, MIX = range(len(SIZES))
COLUMNS, ROWS = len(SIZES), 1 + sum(SIZES)
BASE = [1 + sum(SIZES[:c]) for c in range(COLUMNS)]

INVISIBLE, SPACE, NEWLINE, UPPER, LOWER, DIGIT, MARK, SINGLE, PUNCTUATION, SYMBOL = range(10)
WORDS, RUNS = (UPPER, LOWER, DIGIT), (PUNCTUATION, SYMBOL)
LONGEST = 24


class Encoder:
    """The Go program, kept running."""

    def __init__(self):
        binary = pathlib.Path(__file__).resolve().parent.parent / ".build" / "features"
        binary.parent.mkdir(exist_ok=True)
        subprocess.run(["go", "build", "-o", str(binary), "./training/features"], cwd=ROOT, check=True)
        self.process = subprocess.Popen([str(binary)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, texts: list) -> list:
        """[(offsets [T, 2] in characters, features [T, COLUMNS])] of the texts."""
        writer = threading.Thread(target=self._write, args=(texts,))
        writer.start()
        out = [self._read() for _ in texts]
        writer.join()
        return out

    def _write(self, texts: list) -> None:
        for text in texts:
            self.process.stdin.write(json.dumps(text).encode() + b"\n")
        self.process.stdin.flush()

    def _read(self) -> tuple:
        count = int(self._numbers(1)[0])
        return self._numbers(2 * count).reshape(count, 2), self._numbers(COLUMNS * count).reshape(count, COLUMNS)

    def _numbers(self, count: int) -> np.ndarray:
        raw = self.process.stdout.read(4 * count)
        if len(raw) < 4 * count:
            raise RuntimeError("training/features ended early")
        return np.frombuffer(raw, dtype="<u4")


@functools.cache
def encoder() -> Encoder:
    """The one Encoder of this process."""
    return Encoder()


# The rest is the reference.


@functools.cache
def _table() -> dict:
    table = {}
    for line in TABLE.read_text(encoding="ascii").splitlines()[1:]:
        first, last, kind, script, distance = line.split()
        for code in range(int(first, 16), int(last, 16) + 1):
            table[code] = (int(kind), int(script), code + int(distance))
    return table


def _look(char: str) -> tuple:
    if char == "\0":  # inference.Sanitize replaces it by another control character
        char = "\x1a"
    return _table().get(ord(char), (SYMBOL, 0, ord(char)))


def _tokens(text: str) -> list:
    tokens, family, visible = [], None, 0  # family of the open token: WORDS, a mark that repeats, or something that ends
    for i, char in enumerate(text):
        kind, _, folded = _look(char)
        if kind in (SPACE, NEWLINE):
            family = None
            continue
        if family is not None and kind in (MARK, INVISIBLE):
            tokens[-1][1] = i + 1
            continue
        if kind == INVISIBLE:
            continue
        mine = "word" if kind in WORDS else folded if kind in RUNS else "alone"
        if family == mine != "alone" and visible < LONGEST:
            tokens[-1][1] = i + 1
            visible += 1
        else:
            tokens.append([i, i + 1])
            family, visible = mine, 1
    return tokens


def _hash(column: int, values) -> int:
    h = 0xCBF29CE484222325
    for v in (column, *values):
        h = (h ^ v) * 0x100000001B3 & (1 << 64) - 1
    h ^= h >> 32
    h = h * 0x9E3779B97F4A7C15 & (1 << 64) - 1
    return BASE[column] + (h >> 40) % SIZES[column]


def _gap(text: str, tokens: list, i: int) -> int:
    if i in (0, len(tokens)):
        return 7
    between = text[tokens[i - 1][1] : tokens[i][0]]
    kinds = [_look(c)[0] for c in between]
    lines = sum(k == NEWLINE for k in kinds) - between.count("\r\n")
    if lines > 1:
        return 6
    if lines == 1:
        last = max(j for j, k in enumerate(kinds) if k == NEWLINE)
        return 5 if SPACE in kinds[last:] else 4
    return 3 if "\t" in between else min(kinds.count(SPACE), 2)


def _beside(text: str, tokens: list, i: int, places: int) -> int:
    step = 1 if places > 0 else -1
    for at in range(i, i + places, step):
        left = min(at, at + step)
        if left < 0 or left + 1 >= len(tokens) or tokens[left][1] != tokens[left + 1][0]:
            return 0
    return _look(text[tokens[i + places][0]])[2]


def _length(n: int) -> int:
    return n - 1 if n <= 4 else 4 if n <= 6 else 5 if n <= 9 else 6 if n <= 14 else 7


def reference(text: str) -> tuple:
    """(offsets, features) of a text."""
    tokens = _tokens(text)
    rows = []
    for i, (start, end) in enumerate(tokens):
        chars = [_look(c) for c in text[start:end]]
        seen = [c for c in chars if c[0] not in (MARK, INVISIBLE)] or chars[:1]
        kinds, folded = [c[0] for c in seen], [c[2] for c in seen]
        digits = kinds.count(DIGIT)
        key = [ord("0") if k == DIGIT and digits > 4 else f for k, f in zip(kinds, folded)]
        row = [0] * COLUMNS
        row[WORD] = _hash(WORD, key)
        shape, run = [], 0
        for j, k in enumerate(kinds):
            run = run + 1 if j and kinds[j - 1] == k else 1
            shape += [k] * (run <= 4)
        row[SHAPE] = _hash(SHAPE, shape[:16])
        first, letters = kinds[0], kinds.count(UPPER) + kinds.count(LOWER)
        if first in (UPPER, LOWER, SINGLE):
            group = seen[0][1]
        else:
            group = {DIGIT: 16 + (letters > 0), PUNCTUATION: 18, SYMBOL: 19}.get(first, 20)
        row[KIND] = BASE[KIND] + group * 8 + _length(len(seen))
        row[GAP] = BASE[GAP] + _gap(text, tokens, i) * 8 + _gap(text, tokens, i + 1)
        mix = 0
        if letters + digits:
            hexadecimal = all(k == DIGIT or ord("a") <= f <= ord("f") for k, f in zip(kinds, folded))
            vowels = any(k in (UPPER, LOWER) and f < 128 and chr(f) in "aeiouy" for k, f in zip(kinds, folded))
            switches = sum(a != b and (a, b) != (UPPER, LOWER) for a, b in zip(kinds, kinds[1:]))
            glued = i > 0 and tokens[i - 1][1] == start
            bits = (UPPER in kinds, LOWER in kinds, digits > 0, hexadecimal, vowels)
            mix = sum(b << n for n, b in enumerate(bits)) | min(switches, 3) << 5 | (len(seen) > 8) << 7 | (len(seen) > 15) << 8 | glued << 9
        row[MIX] = BASE[MIX] + mix
        if first in WORDS:
            for k in (2, 3, 4):
                if k < len(folded):
                    row[PREFIX2 + k - 2] = _hash(PREFIX2 + k - 2, folded[:k])
                    row[SUFFIX2 + k - 2] = _hash(SUFFIX2 + k - 2, folded[-k:])
        elif first == SINGLE:
            left2, left, own, right, right2 = (_beside(text, tokens, i, n) if n else folded[0] for n in (-2, -1, 0, 1, 2))
            row[PREFIX2], row[SUFFIX2] = _hash(PREFIX2, (left, own)), _hash(SUFFIX2, (own, right))
            row[PREFIX3], row[SUFFIX3] = _hash(PREFIX3, (left2, left, own)), _hash(SUFFIX3, (own, right, right2))
            row[PREFIX4] = _hash(PREFIX4, (left, own, right))
        rows.append(row)
    return np.array(tokens, dtype=np.int64).reshape(-1, 2), np.array(rows, dtype=np.int64).reshape(-1, COLUMNS)


def fuzzed(count: int, seed: int = 0):
    """Texts of pieces that are hard on tokenizers, and of any characters at all."""
    rng = random.Random(seed)
    pieces = (
        "Jörg Ødegård", "O'Neill-Smith", "İstanbul", "ﬁnal", "ＡＢＣ１２３", "Zoe\u0308", "張偉", "สมชาย", "김철수는", "ひらがな", "カタカナ", "Ελένη Σς", "Ёлка", "نام", "१२३",
        "4111 1111-1111", "1980-03-12T10:00Z", "a1B2c3D4e5F6", "deadbeef00", "x" * 60, "1" * 30, "-----", "....", "!?", "😀😀", "👩\u200d💻", "\u200b", "\ufeff", "\x00", "\x1a", "\r\n", "\n\n", "\n\t", "  ", "\t", "\u3000", "\u2028",
        "https://example.org/a?b=c", "name: ", "\"key\": ", "camelCaseWord", "SCREAMING_CASE", "½²³①", "𝐀𝐁𝟙", "\U0002000b", "\U000e0041", "\u0301", "ʼ",
    )  # fmt: skip
    for i in range(count):
        text = ""
        for _ in range(rng.randint(0, 12)):
            r = rng.random()
            if r < 0.6:
                text += rng.choice(pieces)
            elif r < 0.8:
                text += "".join(chr(rng.randint(32, 126)) for _ in range(rng.randint(1, 8)))
            else:
                top = rng.choice((0x250, 0x3000, 0xD7FF, 0x10FFFF))
                text += "".join(c for c in (chr(rng.randint(0, top)) for _ in range(rng.randint(1, 4))) if not 0xD800 <= ord(c) <= 0xDFFF)
            text += rng.choice(("", "", " "))
        yield text


def write_golden(count: int = 160) -> None:
    """A line a text: the text as JSON, a tab, then offsets and features by token."""
    GOLDEN.parent.mkdir(exist_ok=True)
    with GOLDEN.open("w", encoding="ascii") as out:
        for text in fuzzed(count):
            offsets, rows = reference(text)
            tokens = (" ".join(map(str, (a, b, *row))) for (a, b), row in zip(offsets.tolist(), rows.tolist()))
            print(json.dumps(text), "; ".join(tokens), sep="\t", file=out)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--golden", action="store_true", help="write the file of the tests")
    p.add_argument("--compare", type=int, default=3000, help="fuzzed texts to compare with the program")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    if a.golden:
        write_golden()
    texts = list(fuzzed(a.compare, a.seed))
    for text, (offsets, rows) in zip(texts, encoder()(texts)):
        want = reference(text)
        if not (np.array_equal(want[0], offsets) and np.array_equal(want[1], rows)):
            raise SystemExit(f"differs: {text!r}")
    print(f"{a.compare} texts, no difference")
