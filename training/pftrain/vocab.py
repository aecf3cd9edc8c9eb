"""The base's vocabulary, extended by pieces of scripts that it hardly holds.

Rampart's WordPiece has letters of many scripts, so a Greek or Thai word falls
into single letters, and most Chinese characters are unknown. The pieces added
here are learned from names, places and interface text in those scripts; their
embeddings are trained with the rest. Ids of old pieces do not change.
"""

import argparse
import collections
import importlib
import json
import pathlib
import pkgutil
import re

from tokenizers import Tokenizer, models, trainers

from . import base, negatives, pools, text

ADDED = 7000
# The longest word that is cut into pieces: Thai writes whole clauses as one.
LONGEST_WORD = 200
# Faker's locales that write another script than Latin.
LOCALES = "el ru uk bg mk ar fa he hi ne mr bn th zh ja ko ka hy".split()
_OTHER = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u02af\u1e00-\u1eff]")


def _strings(value):
    """All strings inside a provider's attribute."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value:
            yield from _strings(v)
    elif isinstance(value, (list, tuple, set)):
        for v in value:
            yield from _strings(v)


def names():
    """Names, places, jobs and companies of Faker's providers, without held-out ones."""
    import faker.providers

    for kind in ("person", "address", "company", "job"):
        package = importlib.import_module(f"faker.providers.{kind}")
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.split("_")[0] not in LOCALES:
                continue
            provider = importlib.import_module(f"faker.providers.{kind}.{module.name}").Provider
            for attribute, value in vars(provider).items():
                if not attribute.startswith("_"):
                    yield from (s for s in _strings(value) if not pools.heldout(s))


def corpus():
    """Text in other scripts; every name once, so that pieces are parts of names rather than names."""
    yield from sorted({name for name in names() if _OTHER.search(name)})
    yield from negatives.passages("script", False)
    for path in sorted(text.TEMPLATE_DIR.glob("*.txt")) + sorted(text.TEMPLATE_DIR.glob("documents/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if _OTHER.search(line):
                yield re.sub(r"\{[\w.]+\}", " ", line)


def extend(tokenizer: dict, added: int) -> dict:
    """A tokenizer.json with up to added pieces more, the most frequent first."""
    old = Tokenizer.from_str(json.dumps(tokenizer))
    known = tokenizer["model"]["vocab"]
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer, learner.pre_tokenizer = old.normalizer, old.pre_tokenizer
    texts = list(corpus())
    learner.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=int(1.25 * added), min_frequency=3, show_progress=False))
    counts = collections.Counter()
    for enc in learner.encode_batch(texts, add_special_tokens=False):
        counts.update(enc.tokens)
    letters = {c for c in learner.get_vocab() if len(c.removeprefix("##")) == 1}
    fresh = [p for p in letters if p not in known] + [p for p, _ in counts.most_common() if p not in letters and p not in known]
    fresh = [p for p in fresh if _OTHER.search(p)][:added]
    for piece in fresh:
        known[piece] = len(known)
    tokenizer["model"]["max_input_chars_per_word"] = LONGEST_WORD
    return tokenizer


def run(out: pathlib.Path, added: int) -> None:
    """Write the extended tokenizer.json and say what it changes."""
    original = json.loads((base.package_dir() / "tokenizer.json").read_text(encoding="utf-8"))
    before = Tokenizer.from_str(json.dumps(original))
    size = len(original["model"]["vocab"])
    grown = extend(original, added)
    out.write_text(json.dumps(grown, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    after = Tokenizer.from_file(str(out))
    sample = list(corpus())[::50]
    for name, tok in (("before", before), ("after", after)):
        encoded = tok.encode_batch(sample, add_special_tokens=False)
        total = sum(len(e.ids) for e in encoded)
        unknown = sum(e.ids.count(1) for e in encoded)
        print(f"{name}: {total} pieces, {100 * unknown / total:.2f} % unknown")
    print(f"{len(grown['model']['vocab'])} pieces, {len(grown['model']['vocab']) - size} new, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--added", type=int, default=ADDED)
    a = p.parse_args()
    run(a.out, a.added)
