"""Write the table of characters that both sides of embedded-fast read.

Go and Python know different versions of Unicode, and a character of which they
think differently would be another feature in service than in training. So
neither asks its own library: both read inference/features/runes.txt, which this
program wrote once and which changes only together with the model.

A line is `from to class script distance`: code points in hexadecimal, and what
is added to one to fold it. What is not listed is a symbol that folds to itself.
"""

import pathlib
import unicodedata

TABLE = pathlib.Path(__file__).resolve().parents[2] / "inference" / "features" / "runes.txt"

INVISIBLE, SPACE, NEWLINE, UPPER, LOWER, DIGIT, MARK, SINGLE, PUNCTUATION, SYMBOL = range(10)

COMMON = 0
# Blocks by script; letters elsewhere are of script 15.
SCRIPTS = (
    (1, ((0x41, 0x24F), (0x250, 0x2AF), (0x1D00, 0x1DBF), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0xFF21, 0xFF5A), (0x1D400, 0x1D6A5))),
    (2, ((0x370, 0x3FF), (0x1F00, 0x1FFF), (0x1D6A8, 0x1D7CB))),
    (3, ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))),
    (4, ((0x530, 0x58F), (0xFB13, 0xFB17))),
    (5, ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    (6, ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))),
    (7, ((0x900, 0xDFF),)),
    (8, ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    (9, ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F))),
    (10, ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD))),
    (11, ((0x3040, 0x309F), (0x1B000, 0x1B16F))),
    (12, ((0x30A0, 0x30FF), (0x31F0, 0x31FF), (0xFF65, 0xFF9F))),
    (13, ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))),
    (14, ((0xE00, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    (10, ((0x3100, 0x312F), (0x31A0, 0x31BF))),
)  # fmt: skip
OTHER = 15
# Scripts that do not put spaces between words, and Hangul, which glues its
# particles to names: every character is a token.
SINGLES = {10, 11, 12, 13, 14}
# Scripts whose accents are dropped, as spelling drops them.
PLAIN = {1, 2, 3}
# Letters with a stroke have no decomposition.
STROKES = dict(zip("łøđðħıŧƀɓƙƴ", "lodehitbbky"))

NEWLINES = "\n\r\x0b\x0c\x85\u2028\u2029"
SPACES = " \t\x1c\x1d\x1e\x1f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def script_of(code: int) -> int:
    """The script of a letter or mark."""
    for script, blocks in SCRIPTS:
        if any(a <= code <= b for a, b in blocks):
            return script
    return OTHER


def fold(char: str, script: int) -> str:
    """Lower case, without accents, one character; digits become ASCII."""
    if script in PLAIN or script == COMMON:
        base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
        if len(base) == 1:
            char = base
    lower = char.lower()
    char = lower if len(lower) == 1 else char
    return "σ" if char == "ς" else STROKES.get(char, char)


def entry(code: int) -> tuple:
    """(class, script, fold) of one character."""
    char = chr(code)
    category = unicodedata.category(char)
    if char in NEWLINES:
        return NEWLINE, COMMON, code
    if char in SPACES:
        return SPACE, COMMON, code
    if category in ("Cc", "Cf", "Cs"):
        return INVISIBLE, COMMON, code
    if category[0] == "M":
        return MARK, script_of(code), code
    if category[0] == "N":
        value = unicodedata.digit(char, None)
        if value is not None:
            return DIGIT, COMMON, ord("0") + value
        return (SINGLE, script_of(code), code) if script_of(code) == 10 else (SYMBOL, COMMON, code)
    if category[0] == "L":
        script = script_of(code)
        if script in SINGLES:
            return SINGLE, script, code
        return (UPPER if category in ("Lu", "Lt") else LOWER), script, ord(fold(char, script))
    if category[0] == "P":
        return PUNCTUATION, COMMON, ord(fold(char, COMMON))
    return SYMBOL, COMMON, ord(fold(char, COMMON))


def lines():
    """(from, to, class, script, distance to the fold) of runs that share the last three."""
    run = None
    for code in range(0x40000):
        kind, script, folded = entry(code)
        if unicodedata.category(chr(code)) == "Cn" and run and script_of(code) == run[3] != OTHER:
            kind, script = run[2], run[3]  # letters that a block still has room for
        new = (kind, script, folded - code)
        if run and run[2:] == new:
            run = (run[0], code, *new)
            continue
        if run and run[2:] != (SYMBOL, COMMON, 0):
            yield run
        run = (code, code, *new)
    if run[2:] != (SYMBOL, COMMON, 0):
        yield run


if __name__ == "__main__":
    with TABLE.open("w", encoding="ascii") as out:
        print(f"# Characters of embedded-fast, from Unicode {unicodedata.unidata_version}; written by training/pftrain/fast_tables.py", file=out)
        for a, b, kind, script, distance in lines():
            print(f"{a:x} {b:x} {kind} {script} {distance}", file=out)
