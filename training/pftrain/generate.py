"""The generator: documents of every kind, language and source.

`document(seed)` draws one training document, `unlabelled(seed)` the text of
one that needs no labels; SOURCES names the held-out evaluation sources. A
document is (text, spans); spans are (start, end, category) in characters,
sorted, disjoint. The same seed gives the same document.
"""

import functools
import itertools
import math
import random
import sys

from . import compose, edges, fragments, hard, labels, named, noise, pools, real, records, secretish, text, worded
from .scene import Scene

# Shares of documents: English, other languages in Latin letters, other scripts.
ENGLISH, LATIN, OTHER = 0.47, 0.35, 0.18


@functools.cache
def _languages(held: bool) -> tuple:
    """(Latin languages, their cumulative weights), (other scripts, theirs).

    The weight is the root of the count of templates: a language with few must
    not repeat them hundreds of times.
    """
    found = {k: math.sqrt(n) for k, n in text.languages(held).items() if k != "en"}
    groups = ([k for k in found if k not in pools.NON_LATIN], [k for k in found if k in pools.NON_LATIN])
    return tuple((g, list(itertools.accumulate(found[k] for k in g))) for g in groups)


def language(rng: random.Random, held: bool = False) -> str:
    """A language for one document."""
    latin, other = _languages(held)
    r = rng.random()
    for group, share in ((other, OTHER), (latin, LATIN)):
        if r < share and group[0]:
            return rng.choices(group[0], cum_weights=group[1])[0]
        r -= share
    return "en"


def _quoted(scene) -> text.Text:
    """A personal text inside another: a note in JSON, a message in a log line."""
    from . import carriers

    inner = compose.chat(scene) if scene.chance(0.4) else compose.prose(scene, most=4)
    fields = records.Rows(scene, scene.chance(0.5))()[:4]
    fields.insert(scene.rng.randint(0, len(fields)), (scene.pick(["content", "text", "note", "body", "message", "prompt", "input", "comment"]), inner))
    return carriers.json_object(scene, fields) if scene.chance(0.5) else carriers.lines(fields)


def _records(scene, personal: bool) -> text.Text:
    out = records.record(scene, personal)
    for _ in range(scene.pick([0, 0, 0, 0, 0, 1, 2])):
        out.add("\n").append(records.record(scene, scene.chance(0.5)))
    return out


def _long(scene) -> text.Text:
    """A long document: paragraphs, or several documents one after the other."""
    if scene.chance(0.4):
        return compose.long_prose(scene)
    out = text.Text()
    makers = scene.rng.choices([f for _, f in KINDS], [w for w, _ in KINDS], k=scene.rng.randint(3, 8))
    for i, make in enumerate(makers):
        out.add(scene.pick(["\n\n", "\n\n---\n\n", "\n"]) if i else "").append(make(scene))
    return out


def _thread(scene) -> text.Text:
    """A template document with noise of its own around it: quoted, forwarded."""
    out = text.Text().append(compose.mail(scene)).add("\n\n")
    return out.append(noise.quoted(scene, compose.document(scene)) if scene.chance(0.5) else compose.document(scene))


KINDS = (
    # sentences and documents about people
    (13, compose.prose), (6, compose.mail), (1.5, compose.letter), (9, compose.chat), (13, compose.document), (1.5, _thread),
    # records and fragments
    (10, lambda s: _records(s, True)), (4.5, records.form), (3, _quoted), (2, fragments.one_value), (2.5, fragments.names), (1.5, fragments.roster), (1.2, fragments.signature), (1.5, fragments.caption), (1.2, fragments.links), (1.2, fragments.strings), (1.8, fragments.numbers), (0.5, fragments.bilingual), (3.2, edges.sentence), (2.2, edges.rows), (1.2, worded.birth), (1.6, worded.eastern), (0.3, worded.account),
    # logs and code
    (4.5, lambda s: compose.logs(s, 0.7)), (1.5, lambda s: compose.file(s, "code")), (1.5, lambda s: compose.file(s, "logs")),
    # real text with invented people in it
    (4, real.english), (2.5, real.translated),
    # nobody
    (5, lambda s: _records(s, False)), (2.5, lambda s: compose.logs(s, 0.0)), (2.5, hard.hex_logs), (1.5, hard.hex_config), (1.2, hard.words_not_names), (2, hard.named_things), (0.8, hard.mixed), (2.5, hard.oddments), (1, hard.interface_words), (1.2, hard.handles), (0.8, fragments.organisations),
    (2.2, named.places), (2.6, named.kinds), (1.4, named.lists), (1.0, named.configs), (0.9, secretish.certificates), (1.0, secretish.objects), (1.4, secretish.placeholders),
    (2.5, lambda s: compose.prose(s, -1)), (5, lambda s: real.passage(s, "prose")), (5, lambda s: real.passage(s, "code")), (2, lambda s: real.passage(s, "config")), (1.2, lambda s: real.passage(s, "ui")), (1, lambda s: real.passage(s, "script")),
)  # fmt: skip
_MAKERS = [f for _, f in KINDS]
_WEIGHTS = list(itertools.accumulate(w for w, _ in KINDS))
LONG = 0.06


def _finish(scene, make, share: float = 0.34):
    out = noise.apply(scene, make(scene), share)
    return str(out), [s for s in out.spans if s[1] > s[0]]


def document(seed: int, held: bool = False):
    """The training document of a seed; held draws held-out values and templates."""
    rng = random.Random(seed)
    scene = Scene(rng, held, language(rng, held))
    make = _long if rng.random() < LONG else rng.choices(_MAKERS, cum_weights=_WEIGHTS)[0]
    return _finish(scene, make)


def unlabelled(seed: int) -> str:
    """A text without labels, for distillation: like documents, with more real text and noise."""
    rng = random.Random(f"unlabelled:{seed}")
    scene = Scene(rng, False, language(rng))
    if rng.random() < 0.35:
        kind = rng.choice(["prose", "prose", "code", "code", "config", "ui", "script"])
        return _finish(scene, lambda s: real.passage(s, kind))[0]
    return _finish(scene, rng.choices(_MAKERS, cum_weights=_WEIGHTS)[0], 0.5)[0]


# Held-out sources: (language or None, maker). Clean ones have no span at all.
SOURCES = {
    "prose-en": ("en", compose.prose),
    "mail-en": ("en", lambda s: compose.letter(s) if s.chance(0.2) else compose.mail(s)),
    "chat-en": ("en", compose.chat),
    "narrative-en": ("en", real.english),
    "records-en": ("en", lambda s: _records(s, True)),
    "json-notes-en": ("en", _quoted),
    "logs-code": ("en", lambda s: compose.logs(s, 0.8)),
    "multilingual": (None, lambda s: compose.mail(s) if s.chance(0.4) else compose.prose(s)),
    "clean-prose": ("en", lambda s: real.passage(s, "prose") if s.chance(0.6) else compose.prose(s, -1)),
    "clean-code": ("en", lambda s: real.passage(s, "code")),
    "clean-config": ("en", lambda s: real.passage(s, "config")),
    "clean-logs": ("en", lambda s: compose.logs(s, -1)),
    "clean-json": ("en", lambda s: records.record(s, False)),
    "clean-ui": (None, lambda s: real.passage(s, "ui")),
    "clean-other-scripts": (None, lambda s: real.passage(s, "script")),
}


def heldout(source: str, count: int):
    """The evaluation documents of one source."""
    wanted, make = SOURCES[source]
    others = [k for k in text.languages(True) if k != "en"] or ["en"]
    for i in range(count):
        rng = random.Random(f"{source}:{i}")
        yield _finish(Scene(rng, True, wanted or others[i % len(others)]), make, 0.2)


def show(body: str, spans) -> str:
    """A document with its spans marked."""
    for start, end, category in reversed(spans):
        body = f"{body[:start]}⟦{body[start:end]}|{category.removeprefix('private_')[:7]}⟧{body[end:]}"
    return body


if __name__ == "__main__":
    first, count = (int(a) for a in (sys.argv[1:3] + ["0", "60"][len(sys.argv) - 1 :])[:2])
    for n in range(first, first + count):
        assert all(c in labels.CATEGORIES for _, _, c in document(n)[1])
        print("=" * 20, n)
        print(show(*document(n))[:900])
