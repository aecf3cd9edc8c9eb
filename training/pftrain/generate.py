"""The generator: documents of every kind and source.

`document` draws one training document; SOURCES names the held-out evaluation
sources. A document is (text, spans); spans are characters, sorted, disjoint.
"""

import random
import re
import string

from . import dates, negatives, places, records, text
from .scene import Scene

OTHER = ("de", "fr", "es", "it", "nl", "pt", "pl")


def _draw(scene, section: str) -> text.Text:
    return text.expand(scene, scene.pick(text.templates(scene.language, section, scene.held)))


def _sentence(scene, personal: float) -> text.Text:
    if scene.chance(personal):
        return _draw(scene, "prose")
    if scene.language == "en" and scene.chance(0.35):
        real = scene.pick(negatives.passages("prose", scene.held))
        return text.Text().add(re.split(r"(?<=[.!?])\s", real)[0][:200])
    return _draw(scene, "clean")


def prose(scene, personal: float = 0.6) -> text.Text:
    """A few sentences, personal and not."""
    out = text.Text()
    for i in range(scene.pick([1, 1, 1, 2, 2, 3, 3, 4, 6])):
        out.add(scene.pick([" ", " ", " ", "\n"]) if i else "").append(_sentence(scene, personal if i else personal + 0.2))
    return out


def mail(scene) -> text.Text:
    """Opening, sentences, closing; sometimes with headers."""
    out = text.Text()
    if scene.chance(0.2):
        for k in scene.rng.sample(["From", "To", "Cc", "Reply-To"], scene.rng.randint(1, 3)):
            out.add(k + ": ").append(text.slot(scene, "person"))
            out.add(" <").append(text.slot(scene, "email")).add(">\n")
        out.add(f"Subject: {scene.pick(['Re: ', '', 'Fwd: '])}").append(_draw(scene, "clean")).add("\n\n")
    gap = scene.pick(["\n\n", "\n", " "])
    out.append(_draw(scene, "open")).add(gap)
    for i in range(scene.rng.randint(1, 4)):
        out.add(" " if i else "").append(_sentence(scene, 0.5))
    return out.add(gap).append(_draw(scene, "close"))


def letter(scene) -> text.Text:
    """A letter with sender and recipient blocks."""
    out = text.Text().append(text.slot(scene, "person")).add("\n")
    out.add(places.address_lines(scene), "private_address").add("\n\n")
    if scene.chance(0.5):
        out.append(text.slot(scene, scene.pick(["org", "person"]))).add("\n").add(places.address(scene), "private_address").add("\n\n")
    return out.append(text.slot(scene, "date")).add("\n\n").append(mail(scene))


def chat(scene, personal: float = 0.6) -> text.Text:
    """One or several messages, with or without speakers."""
    out = text.Text()
    n = scene.pick([1, 1, 1, 1, 2, 3, 4, 6])
    style = scene.rng.randrange(5) if n > 1 else 9
    speakers = [text.slot(scene, scene.pick(["first", "person"])) for _ in range(2)]
    if scene.chance(0.3):
        speakers = [text.Text().add(s) for s in scene.pick([("User", "Assistant"), ("user", "bot"), ("Agent", "Customer"), ("Q", "A"), ("Support", "Visitor"), ("mod_bot", "xX_wolf_Xx")])]
    for i in range(n):
        out.add("\n" if i else "")
        if style == 0:
            out.append(speakers[i % 2]).add(": ")
        elif style == 1:
            out.add(f"[{dates.clock(scene)}] ").append(speakers[i % 2]).add(": ")
        elif style == 2:
            out.add("<").append(speakers[i % 2]).add("> ")
        elif style == 3:
            out.append(speakers[i % 2]).add("\n")
        section = "chat" if scene.chance(personal) else "clean"
        if scene.language != "en" or scene.chance(0.15):
            section = "prose" if section == "chat" else section
        out.append(_draw(scene, section))
    return out


def logs(scene, personal: float) -> text.Text:
    """Log lines and lines of code, shell and configuration."""
    out = text.Text()
    for i in range(scene.pick([1, 1, 2, 3, 5])):
        section = "pii" if scene.chance(personal) else "clean"
        out.add("\n" if i else "").append(text.expand(scene, scene.pick(text.templates("logs", section, scene.held))))
    return out


_SUBJECT = re.compile(r"\b([Tt]he (?:user|caller|client|developer|programmer|application|server|function)|[Yy]ou|[Ww]e|[Tt]hey|[Ss]omeone|[Uu]sers)\b(?! of)")


def swapped(scene) -> text.Text:
    """Real prose in which a subject was replaced by a person's name."""
    for _ in range(20):
        real = scene.pick(negatives.passages("prose", scene.held))[:500]
        places = list(_SUBJECT.finditer(real))
        if places:
            break
    chosen = sorted(scene.rng.sample(places, min(len(places), scene.rng.randint(1, 2))), key=lambda m: m.start()) if places else []
    out, at = text.Text(), 0
    for m in chosen:
        out.add(real[at : m.start()])
        kind = scene.pick(["person", "person", "first", "first", "last"])
        if kind == "last":
            out.add(scene.pick(["Mr. ", "Ms. ", "Dr. ", "Mrs. ", "Judge ", "Officer ", "Captain ", ""]))
        out.append(text.slot(scene, kind))
        if scene.chance(0.15):
            out.add(" and ").append(text.slot(scene, "first"))
        at = m.end()
    return out.add(real[at:])


def real(scene, kind: str) -> text.Text:
    """A real passage without personal data."""
    return text.Text().add(scene.pick(negatives.passages(kind, scene.held)))


def quoted(scene) -> text.Text:
    """A personal text inside another: a note in JSON, a message in a log line."""
    inner = chat(scene) if scene.chance(0.4) else prose(scene)
    fields = records.rows(scene, scene.chance(0.5))
    fields.insert(scene.rng.randint(0, len(fields)), (scene.pick(["content", "text", "note", "body", "message", "prompt", "input", "comment"]), inner))
    return records.as_json(scene, fields) if scene.chance(0.4) else records.lines(fields)


def _typos(scene, t: text.Text) -> text.Text:
    def change(piece):
        chars = list(piece)
        for i in range(len(chars)):
            if chars[i] in string.ascii_lowercase and scene.chance(0.02):
                chars[i] = scene.pick([chars[i] * 2, "", scene.pick(string.ascii_lowercase)])
        return "".join(chars)

    return t.map(change)


def _record_or_more(scene, personal: bool):
    out = records.record(scene, personal)
    if scene.chance(0.15):
        out.add("\n").append(records.record(scene, scene.chance(0.5)))
    return out


KINDS = (
    (17, lambda s: prose(s)), (7, mail), (2, letter), (12, lambda s: chat(s)), (17, lambda s: _record_or_more(s, True)), (8, lambda s: _record_or_more(s, False)),
    (4, quoted), (7, lambda s: logs(s, 0.7)), (4, lambda s: logs(s, 0.0)), (9, swapped),
    (9, lambda s: real(s, "prose")), (7, lambda s: real(s, "code")), (4, lambda s: real(s, "config")), (4, lambda s: real(s, "ui")), (2, lambda s: real(s, "script")), (4, lambda s: prose(s, 0.0)),
)  # fmt: skip


def document(seed: int, held: bool = False):
    """The training document of a seed."""
    rng = random.Random(seed)
    make = rng.choices([m for _, m in KINDS], [w for w, _ in KINDS])[0]
    language = "en" if rng.random() < 0.66 else rng.choice(OTHER)
    return _finish(Scene(rng, held, language), make)


def _finish(scene, make):
    out = make(scene)
    r = scene.rng.random()
    if r < 0.08:
        out = out.map(lambda p: p.lower() if len(p.lower()) == len(p) else p)
    elif r < 0.11:
        out = out.map(lambda p: p.upper() if len(p.upper()) == len(p) else p)
    elif r < 0.15:
        out = _typos(scene, out)
    return str(out), [s for s in out.spans if s[1] > s[0]]


# Held-out sources: (language or None, maker). Clean ones have no span at all.
SOURCES = {
    "prose-en": ("en", lambda s: prose(s)),
    "mail-en": ("en", lambda s: letter(s) if s.chance(0.2) else mail(s)),
    "chat-en": ("en", lambda s: chat(s)),
    "narrative-en": ("en", swapped),
    "records-en": ("en", lambda s: _record_or_more(s, True)),
    "json-notes-en": ("en", quoted),
    "logs-code": ("en", lambda s: logs(s, 0.8)),
    "multilingual": (None, lambda s: mail(s) if s.chance(0.4) else prose(s)),
    "clean-prose": ("en", lambda s: real(s, "prose") if s.chance(0.6) else prose(s, -1)),
    "clean-code": ("en", lambda s: real(s, "code")),
    "clean-config": ("en", lambda s: real(s, "config")),
    "clean-logs": ("en", lambda s: logs(s, -1)),
    "clean-json": ("en", lambda s: records.record(s, False)),
    "clean-ui": (None, lambda s: real(s, "ui")),
    "clean-other-scripts": (None, lambda s: real(s, "script")),
}


def heldout(source: str, count: int):
    """The evaluation documents of one source."""
    language, make = SOURCES[source]
    for i in range(count):
        rng = random.Random(f"{source}:{i}")
        yield _finish(Scene(rng, True, language or OTHER[i % len(OTHER)]), make)


if __name__ == "__main__":
    for n in range(60):
        body, spans = document(n)
        print("=" * 20, n)
        for start, end, category in reversed(spans):
            body = f"{body[:start]}⟦{body[start:end]}|{category[-7:]}⟧{body[end:]}"
        print(body[:700])
