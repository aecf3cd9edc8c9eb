"""Texts with registered spans, and the template language.

A template is one line: `{slot}` draws a value (values.SLOTS), `[a|b|]` one of
the alternatives, `\\n` breaks the line. What a slot with a category draws is
registered as a span of the text; nothing else in a template may be personal.
"""

import functools
import pathlib
import re

from . import values

TEMPLATE_DIR = pathlib.Path(__file__).parent.parent / "templates"
SECTIONS = ("prose", "chat", "open", "close", "pii", "clean")
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")


class Text:
    """A text under construction; spans are (start, end, category)."""

    def __init__(self):
        self.parts, self.spans, self.length = [], [], 0

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
        out, text, at = Text(), str(self), 0
        for start, end, category in self.spans:
            out.add(change(text[at:start])).add(change(text[start:end]), category)
            at = end
        return out.add(change(text[at:]))

    def __str__(self):
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""


@functools.cache
def templates(language: str, section: str, held: bool) -> tuple:
    """The templates of one language, section and split.

    The held-out ones were written apart and are never trained on. Openings and
    closings of mails are few: they are shared, the values in them are not.
    """
    shared = section in ("open", "close")
    path = TEMPLATE_DIR / ("heldout" if held and not shared else "") / f"{language}.txt"
    found, current = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and line[2:] in SECTIONS:
            current = line[2:]
        elif line and current == section:
            found.append(line.replace("\\n", "\n"))
    return tuple(found)


def expand(scene: values.Scene, template: str) -> Text:
    """Fill in one template."""
    # Alternatives first: they may hold slots, slots never hold alternatives.
    template = re.sub(r"\[([^\[\]]*\|[^\[\]]*)\]", lambda m: scene.pick(m[1].split("|")), template)
    out, at = Text(), 0
    for m in re.finditer(r"\{(\w+)\}", template):
        out.add(template[at : m.start()])
        make, category = values.SLOTS[m[1]]
        out.add(make(scene), category)
        at = m.end()
    return out.add(template[at:])


def slot(scene: values.Scene, name: str) -> Text:
    """One value as a text."""
    make, category = values.SLOTS[name]
    return Text().add(make(scene), category)
