"""Texts with registered spans, and the template language.

`{slot}` draws a value (values.SLOTS, or a numbered person: people.Cast),
`[a|b|]` one of the alternatives, `\\n` in a one-line template breaks the line.
What a slot with a category draws is registered as a span of the text; nothing
else in a template may be personal. `python -m pftrain.text check` says what is
wrong with the template files.
"""

import functools
import pathlib
import re
import sys

TEMPLATE_DIR = pathlib.Path(__file__).parent.parent / "templates"
SECTIONS = ("prose", "chat", "open", "close", "pii", "clean")
NO_LANGUAGE = ("logs", "code")  # files that speak no language

_SLOT = re.compile(r"\{\{[^{}]*\}\}|\{([a-z]+[0-9]*(?:\.[a-z]+)*)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_PERSON = re.compile(r"([pfm])(\d+)$")


class Text:
    """A text under construction; spans are (start, end, category)."""

    def __init__(self):
        self.parts, self.spans, self.length = [], [], 0
        self.last = None  # the person mentioned last: (number, where the name ended)

    def add(self, piece: str, category: str | None = None) -> "Text":
        """Append a piece, as one span when it has a category."""
        if category and piece:
            self.spans.append((self.length, self.length + len(piece), category))
        self.parts.append(piece)
        self.length += len(piece)
        return self

    def append(self, other: "Text") -> "Text":
        """Append a whole text with its spans."""
        self.spans += [(a + self.length, b + self.length, c) for a, b, c in other.spans]
        self.parts.append(str(other))
        self.length += other.length
        return self

    def map(self, change) -> "Text":
        """A copy with change applied to every stretch; spans follow."""
        return self.map_kinds(lambda piece, _: change(piece))

    def map_kinds(self, change) -> "Text":
        """Like map; change also learns the category of a stretch, or None."""
        out, text, at = Text(), str(self), 0
        for start, end, category in self.spans:
            out.add(change(text[at:start], None)).add(change(text[start:end], category), category)
            at = end
        return out.add(change(text[at:], None))

    def cut(self, start: int, end: int) -> "Text":
        """A range of the text; a span that it cuts stays where a word of it is left."""
        out = Text().add(str(self)[start:end])
        body = str(out)
        for a, b, category in self.spans:
            a, b = max(a, start) - start, min(b, end) - start
            while a < b and body[a].isspace():
                a += 1
            while a < b and body[b - 1].isspace():
                b -= 1
            if a < b:
                out.spans.append((a, b, category))
        return out

    def __str__(self):
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""


# ---------------------------------------------------------------- files


def _files(held: bool, documents: bool) -> dict:
    folder = TEMPLATE_DIR / ("heldout" if held else "") / ("documents" if documents else "")
    return {p.stem: p for p in sorted(folder.glob("*.txt"))}


@functools.cache
def _sections(language: str, held: bool) -> dict:
    path = _files(held, False).get(language)
    found, current = {}, None
    for line in path.read_text(encoding="utf-8").splitlines() if path else ():
        if line.startswith("# ") and line[2:].strip() in SECTIONS:
            current = line[2:].strip()
        elif line.strip() and not line.startswith("# ") and current:
            found.setdefault(current, []).append(line.replace("\\n", "\n"))
    return {k: tuple(v) for k, v in found.items()}


@functools.cache
def templates(language: str, section: str, held: bool) -> tuple:
    """The one-line templates of a language, section and split; may be empty.

    The held-out ones were written apart and are never trained on. Openings and
    closings of mails are few: they are shared, the values in them are not.
    """
    shared = section in ("open", "close")
    return _sections(language, held and not shared).get(section, ())


@functools.cache
def documents(language: str, held: bool) -> tuple:
    """The whole-document templates of a language: (register, template)."""
    path = _files(held, True).get(language)
    found = []
    for block in re.split(r"(?m)^%%[ \t]*$", path.read_text(encoding="utf-8")) if path else ():
        head, _, body = block.strip("\n").partition("\n")
        if head.startswith("# ") and body.strip():
            found.append((head[2:].strip(), body.strip("\n")))
    return tuple(found)


@functools.cache
def languages(held: bool = False) -> dict:
    """The languages with templates, and how many each has."""
    found = {}
    for name in sorted({*_files(held, False), *_files(held, True)} - set(NO_LANGUAGE)):
        lines = sum(len(v) for k, v in _sections(name, held).items() if k in ("prose", "chat", "clean"))
        n = lines + 4 * len(documents(name, held))
        if n:
            found[name] = n
    return found


# ---------------------------------------------------------------- templates


def _pieces(template: str) -> tuple:
    """Literals (str) and slots (tuple) of a piece without alternatives."""
    out, at = [], 0
    for m in _SLOT.finditer(template):
        if m[1] is None:
            continue  # {{ this }} is somebody else's template
        if m.start() > at:
            out.append(template[at : m.start()])
        out.append(tuple(m[1].split(".")))
        at = m.end()
    if at < len(template):
        out.append(template[at:])
    return tuple(out)


@functools.lru_cache(maxsize=20000)
def parse(template: str) -> tuple:
    """(parts, genders): a part is a literal, a slot or a list of alternatives.

    genders tells what the template demands of its numbered persons.
    """
    parts, at = [], 0
    for m in _CHOICE.finditer(template):
        parts += _pieces(template[at : m.start()])
        parts.append([_pieces(option) for option in m[1].split("|")])
        at = m.end()
    parts += _pieces(template[at:])
    genders = {}
    for m in re.finditer(r"\{([fm])(\d+)[.}]", template):
        genders.setdefault(m[2], m[1])
    return tuple(parts), genders


def expand(scene, template: str, cast=None) -> Text:
    """Fill in one template; cast holds numbered persons met before."""
    parts, genders = parse(template)
    out, cast = Text(), cast or scene.cast(genders)
    for part in parts:
        if isinstance(part, list):
            part = scene.pick(part)
            if not part and str(out)[-1:] in (" ", "\n", ""):
                out.swallow = True  # an empty alternative takes its blank along
            for piece in part:
                _fill(scene, cast, out, piece)
        else:
            _fill(scene, cast, out, part)
    return out


def _fill(scene, cast, out: Text, piece) -> None:
    if isinstance(piece, str):
        if out.__dict__.pop("swallow", False) and piece.startswith(" "):
            piece = piece[1:]
        out.add(piece)
        return
    m = _PERSON.match(piece[0])
    if m:
        _mention(out, m[2], cast.slot(m[2], piece[1:]))
    else:
        out.append(scene.value(piece[0], piece[1:]))


def _mention(out: Text, number: str, name: Text) -> None:
    """Append a person's name: {p1.first} {p1.last} is one span, not two."""
    before = out.spans[-1] if out.spans else (0, 0, "")
    out.append(name)
    if name.spans and before[2] == name.spans[0][2] and out.last == (number, before[1]) and str(out)[before[1] : out.spans[-1][0]] == " ":
        out.spans[-2:] = [(before[0], out.spans[-1][1], before[2])]
    out.last = (number, out.length)


def slot(scene, name: str) -> Text:
    """One value as a text; forms of persons behind a dot."""
    base, *forms = name.split(".")
    return scene.value(base, tuple(forms))


if __name__ == "__main__":
    from . import check

    sys.exit(check.main(sys.argv[2:]) if sys.argv[1:2] == ["check"] else __doc__)
