"""What happens to texts on their way: case, accents, typos, OCR, lost layout.

Every change goes through Text.map or Text.cut, so the labels survive it.
"""

import re
import string

from . import script, text


def _same_length(change):
    return lambda piece: new if len(new := change(piece)) == len(piece) else piece


def lower(scene, t: text.Text) -> text.Text:
    """All in lower case."""
    return t.map(_same_length(str.lower))


def upper(scene, t: text.Text) -> text.Text:
    """Shouted."""
    return t.map(_same_length(str.upper))


def plain(scene, t: text.Text) -> text.Text:
    """Accents are missing."""
    return t.map(lambda p: script.plain(p) if script.is_latin(p) else p)


def typos(scene, t: text.Text) -> text.Text:
    """Doubled, missing, wrong and swapped letters."""
    rate = scene.pick([0.01, 0.02, 0.03])

    def change(piece):
        chars = list(piece)
        for i in range(len(chars)):
            if chars[i] in string.ascii_lowercase and scene.chance(rate):
                r = scene.rng.random()
                if r < 0.3 and i + 1 < len(chars) and chars[i + 1] in string.ascii_lowercase:
                    chars[i], chars[i + 1] = chars[i + 1], chars[i]
                else:
                    chars[i] = chars[i] * 2 if r < 0.5 else "" if r < 0.75 else scene.pick(string.ascii_lowercase)
        return "".join(chars)

    return t.map(change)


_OCR = (("rn", "m"), ("m", "rn"), ("l", "1"), ("1", "l"), ("O", "0"), ("0", "O"), ("I", "l"), ("cl", "d"), ("5", "S"), ("S", "5"), ("B", "8"), ("e", "c"), ("ü", "u"), ("ä", "a"), ("ö", "o"), ("é", "e"), ("li", "h"), ("vv", "w"), ("h", "b"), ("g", "9"), (".", ","), (",", "."))


def ocr(scene, t: text.Text) -> text.Text:
    """Scanned: look-alikes, broken lines, spaces inside of words, hyphens."""
    swaps = {a: b for a, b in scene.rng.sample(_OCR, 5)}
    pattern = re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True))))
    width = scene.rng.randint(34, 80)
    rate = scene.pick([0.03, 0.06, 0.1])
    column = 0

    def change(piece):
        nonlocal column
        piece = pattern.sub(lambda m: swaps[m[0]] if scene.chance(rate) else m[0], piece)
        out = []
        for ch in piece:
            column = 0 if ch == "\n" else column + 1
            if ch == " " and column > width:
                ch, column = "\n", 0
            elif ch.isalpha() and column > width + 4 and scene.chance(0.1) and out and out[-1].isalpha():
                ch, column = "-\n" + ch, 1
            elif ch.isalpha() and scene.chance(0.004) and out:
                ch += " "
            out.append(ch)
        return "".join(out)

    return _trim(t.map(change))


def _trim(t: text.Text) -> text.Text:
    """Spans without white space at their edges."""
    body, kept = str(t), []
    for a, b, c in t.spans:
        while a < b and body[a].isspace():
            a += 1
        while a < b and body[b - 1].isspace():
            b -= 1
        if a < b:
            kept.append((a, b, c))
    t.spans = kept
    return t


_CODE = re.compile(r"[{}=<>_\\]|\w\(|\|")


def spoken(scene, t: text.Text) -> text.Text:
    """A transcript of speech: no case, no punctuation between words."""
    if _CODE.search(str(t)):
        return lower(scene, t)  # nobody speaks code

    def change(piece, category):
        if category in (None, "private_person", "private_address"):
            piece = re.sub(r"(?:^|(?<=\S))[,;:!?…\t]+(?=\S|$)", " ", piece)
            piece = re.sub(r"[,;:!?…]+(?=\s)|[»«„“”\"()]|\.(?=\s)|(?<=\w)\.$", "", piece)
            return piece.lower() if len(piece.lower()) == len(piece) else piece
        return piece

    return _trim(t.map_kinds(change))


def quoted(scene, t: text.Text) -> text.Text:
    """Quoted lines of a mail, or bullets, or comments."""
    mark = scene.pick(["> ", "> ", "> > ", ">", "- ", "* ", "• ", "# ", "// ", "| ", "    ", "\t", "-- "])
    return text.Text().add(mark).append(t.map(lambda p: p.replace("\n", "\n" + mark)))


def one_line(scene, t: text.Text) -> text.Text:
    """The line breaks are lost."""
    gap = scene.pick([" ", " ", " ", "  ", "\\n", " / ", "<br>", "<br/>"])
    return t.map(lambda p: re.sub(r"\n+", lambda m: gap, p))


def wrapped(scene, t: text.Text) -> text.Text:
    """Hard line ends at a column, also within names and addresses."""
    width, column = scene.pick([40, 60, 72, 76]), 0

    def change(piece):
        nonlocal column
        out = []
        for word in re.split(r"( )", piece):
            if word == " " and column > width - 6:
                word, column = "\n", 0
            column = len(word.rsplit("\n", 1)[1]) if "\n" in word and word != "\n" else column + len(word)
            out.append(word)
        return "".join(out)

    return t.map(change)


_MARKUP = (("**", "**"), ("_", "_"), ("<b>", "</b>"), ("<p>", "</p>"), ("<span>", "</span>"), ("`", "`"), ("<strong>", "</strong>"), ("[", "]"), ("\"", "\""), ("“", "”"), ("*", "*"), ("<td>", "</td>"), ("„", "“"), ("«", "»"))


def marked(scene, t: text.Text) -> text.Text:
    """Markup or quotes around values, and around some words."""
    left, right = scene.pick(_MARKUP)
    share = scene.pick([0.4, 1.0])
    out, body, at = text.Text(), str(t), 0

    def words(piece):
        return re.sub(r"\b[^\W\d_]{4,}\b", lambda m: left + m[0] + right if scene.chance(0.04) else m[0], piece)

    for a, b, category in t.spans:
        out.add(words(body[at:a]))
        around = scene.chance(share)
        out.add(left if around else "").add(body[a:b], category).add(right if around else "")
        at = b
    return out.add(words(body[at:]))


_LEFT = ("&nbsp;", "&amp;", "\u00a0", "\u200b", "\ufeff", "&#39;", "=\n", "=20", "\r")


def remains(scene, t: text.Text) -> text.Text:
    """Remains of HTML and of transport encodings between words."""
    junk = scene.pick(_LEFT)

    def change(piece, category):
        return piece if category else re.sub(" ", lambda m: (" " + junk if scene.chance(0.5) else junk) if scene.chance(0.06) else " ", piece)

    return t.map_kinds(change)


def torn(scene, t: text.Text) -> text.Text:
    """Cut out of something longer: begins or ends in the middle of a sentence."""
    n = t.length
    if n < 60:
        return t
    start = scene.rng.randint(0, n // 3) if scene.chance(0.7) else 0
    end = n - scene.rng.randint(0, n // 3) if scene.chance(0.5) else n
    for a, b, _ in t.spans:  # never through a value: half a number is a guess
        if a < start < b:
            start = a
        if a < end < b:
            end = b
    for a, _, category in t.spans:  # nor between a number and what says what it is
        if start <= a < start + 50 and category in ("private_date", "account_number", "secret", "private_phone"):
            start = max(0, a - 60)
    return t.cut(start, end)


_NOISES = (
    (8, lower), (3, upper), (3, plain), (4, typos), (2.5, ocr), (2, spoken), (2, quoted), (2.5, one_line), (2, wrapped), (2.5, marked), (1, remains), (5, torn),
)  # fmt: skip


def apply(scene, t: text.Text, share: float = 0.34) -> text.Text:
    """None, one, seldom two of them."""
    if not t.length:
        return t
    while scene.chance(share):
        t = scene.rng.choices([f for _, f in _NOISES], [w for w, _ in _NOISES])[0](scene, t)
        share = 0.15
    return t
