"""Check digits that several numbers share."""

_VERHOEFF_D = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6], [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1], [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]  # fmt: skip
_VERHOEFF_P = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
for _ in range(6):
    _VERHOEFF_P.append([_VERHOEFF_P[-1][_VERHOEFF_P[1][i]] for i in range(10)])


def weighted(digits: str, weights) -> int:
    """The sum of digits times weights."""
    return sum(int(d) * w for d, w in zip(digits, weights))


def luhn(digits: str) -> str:
    """The Luhn check digit."""
    total = 0
    for i, ch in enumerate(reversed(digits)):
        v = int(ch) * (2 if i % 2 == 0 else 1)
        total += v - 9 if v > 9 else v
    return str(-total % 10)


def mod11_10(digits: str) -> str:
    """ISO 7064 MOD 11,10: Steuer-ID, OIB."""
    p = 10
    for ch in digits:
        p = ((int(ch) + p) % 10 or 10) * 2 % 11
    return str((11 - p) % 10)


def verhoeff(digits: str) -> str:
    """The Verhoeff check digit: Aadhaar."""
    c = 0
    for i, ch in enumerate(reversed(digits)):
        c = _VERHOEFF_D[c][_VERHOEFF_P[(i + 1) % 8][int(ch)]]
    return str(next(j for j in range(10) if _VERHOEFF_D[c][j] == 0))


def verhoeff_valid(digits: str) -> bool:
    """Whether a number with its Verhoeff digit is right."""
    c = 0
    for i, ch in enumerate(reversed(digits)):
        c = _VERHOEFF_D[c][_VERHOEFF_P[i % 8][int(ch)]]
    return c == 0


def until(draw):
    """The first result of draw that is not None: for schemes without a digit for every number."""
    while True:
        found = draw()
        if found is not None:
            return found


def birthday(s, low: int = 1935, high: int = 2015) -> tuple:
    """(year, month, day) of somebody's birth."""
    return s.rng.randint(low, high), s.rng.randint(1, 12), s.rng.randint(1, 28)
