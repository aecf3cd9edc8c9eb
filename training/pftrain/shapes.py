"""Word shapes: what a lower-casing tokenizer throws away.

The id of a token is 1 + case * GAPS + gap; 0 is "not known", of special tokens
and padding. The case is that of the token's own characters, the gap what
stands between it and the token before. inference/shapes says the same in Go.
"""

import json
import random
import sys
import unicodedata

CASES = 7  # lower, Title, UPPER (two letters or more), one capital, miXed, digits, other
GAPS = 4  # none, one space, a line break, other blanks
SIZE = 1 + CASES * GAPS


def case(piece: str) -> int:
    """The case of a token's characters."""
    letters = upper = digits = 0
    for ch in piece:
        if ch.isdecimal():
            digits += 1
        elif ch.isalpha():
            letters += 1
            upper += ch.isupper()
    if not letters:
        return 5 if digits else 6
    if upper == 0:
        return 0
    if upper == letters:
        return 2 if letters > 1 else 3
    first = next(ch for ch in piece if ch.isalpha())
    return 1 if upper == 1 and first.isupper() else 4


def gap(blank: str) -> int:
    """The kind of what separates two tokens."""
    if not blank:
        return 0
    if "\n" in blank or "\r" in blank:
        return 2
    return 1 if blank == " " else 3


def ids(text: str, offsets) -> list:
    """The shape id of each token, from character offsets."""
    out, before = [], 0
    for n, (start, end) in enumerate(offsets):
        out.append(1 + case(text[start:end]) * GAPS + (gap(text[before:start]) if n else 2))
        before = end
    return out


def golden(path, count: int = 400) -> None:
    """Random texts, cut anywhere, with their ids: for the tests of inference/shapes."""
    rng = random.Random(11)
    alphabet = "abzABZ019 \n\t.,-_'@ÄéßñŁΩλЖдşİ張さ中ก٣²Ⅳ\u0301\u00a0" + "".join(chr(rng.randrange(0x250, 0x2000)) for _ in range(60))
    alphabet = "".join(c for c in alphabet if unicodedata.category(c) not in ("Cn", "Cs"))
    with open(path, "w", encoding="utf-8") as out:
        for _ in range(count):
            text = "".join(rng.choices(alphabet, weights=[5 if ord(c) < 128 else 1 for c in alphabet], k=rng.randint(0, 60)))
            cuts = sorted(rng.sample(range(len(text) + 1), min(len(text) + 1, 2 * rng.randint(1, 8))))
            offsets = list(zip(cuts[::2], cuts[1::2]))
            byte = [len(text[:i].encode()) for i in range(len(text) + 1)]
            row = {"text": text, "tokens": [[byte[a], byte[b]] for a, b in offsets], "ids": ids(text, offsets)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    golden(sys.argv[1])
