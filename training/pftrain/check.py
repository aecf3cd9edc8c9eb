"""Checks template files: unknown slots, stray brackets, personal literals."""

import argparse
import pathlib
import re

from . import people, text, values

REGISTERS = (
    "letter mail chat social medical legal form invoice cv ticket transcript note story news report minutes code "
    "log record config table review academic speech clean"
).split()

_PERSONAL = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")),
    ("a phone number or account", re.compile(r"(?<![\w.:/-])\+?\d(?:[ ()./-]?\d){7,}(?![\w.:])")),
    ("an IBAN", re.compile(r"\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){3,}")),
    ("an address on the net", re.compile(r"https?://(?!\{)\S+")),
    ("a title and a name", re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Pan|Pani|Sig|Sra|Sr|Mme)\.? (?!Pepper|Chairman|Dra|Notar|Doktor|Dr|President|Speaker|Right|Wrong|Who|Jekyll|Darcy|Watson)[A-ZÄÖÜŁŚ][a-zäöüßéłśñ]{2,}")),
)


def faults(line: str):
    """What is wrong with one line of a template."""
    for m in text._SLOT.finditer(line):
        if m[1]:
            base, *forms = m[1].split(".")
            numbered = text._PERSON.match(base)
            if not numbered and base not in values.SLOTS and base not in people.LOOSE:
                yield f"unknown slot {{{m[1]}}}"
            for form in forms:
                if form not in people.FORMS or not (numbered or base in people.LOOSE):
                    yield f"unknown form .{form} of {{{m[1]}}}"
    rest = text._SLOT.sub("\0", line)
    for m in re.finditer(r"\{[\w. ]{1,20}\}", rest):
        yield f"not a slot: {m[0]}"
    if re.search(r"\[[^\]]*\[[^\[\]]*\|", rest):
        yield "alternatives within alternatives"
    stripped = text._CHOICE.sub("", rest)
    if stripped.count("[") != stripped.count("]"):
        yield "a stray [ or ]"
    bare = text._SLOT.sub(" ", line)
    for what, pattern in _PERSONAL:
        m = pattern.search(bare)
        if m:
            yield f"looks like {what}: {m[0]!r}"


def _file(path: pathlib.Path, documents: bool):
    lines = path.read_text(encoding="utf-8").split("\n")
    head, section = True, None
    for number, line in enumerate(lines, 1):
        if documents:
            if line.strip() == "%%":
                head = True
                continue
            if head and line.strip():
                head = False
                if not line.startswith("# "):
                    yield number, "a document starts with '# register'"
                elif line[2:].strip() not in REGISTERS:
                    yield number, f"unknown register {line[2:].strip()!r} (works, but is it meant?)"
                continue
        elif line.startswith("# "):
            section = line[2:].strip()
            if section not in text.SECTIONS:
                yield number, f"unknown section {section!r}"
            continue
        elif line.strip() and section is None:
            yield number, "a template before the first section"
        for fault in faults(line):
            if path.stem not in text.NO_LANGUAGE or "[" not in fault and "not a slot" not in fault:
                yield number, fault


def _personal_in_clean(language: str):
    """Clean templates that hold a slot with a category."""
    groups = [("line", t) for t in text.templates(language, "clean", False)]
    groups += [("document", t) for register, t in text.documents(language, False) if register == "clean"]
    for what, template in groups:
        for m in text._SLOT.finditer(template):
            base = (m[1] or "").split(".")[0]
            if text._PERSON.match(base) or base in people.LOOSE or values.SLOTS.get(base, (0, None))[1]:
                yield f"clean {what} holds {{{m[1]}}}: {template[:60]!r}"


def main(arguments) -> int:
    """Print the faults of all template files, or of those of some languages."""
    p = argparse.ArgumentParser(prog="python -m pftrain.text check", description=__doc__)
    p.add_argument("languages", nargs="*", help="default: all")
    wanted = p.parse_args(arguments).languages
    count = 0
    for documents in (False, True):
        for language, path in text._files(False, documents).items():
            if wanted and language not in wanted:
                continue
            found = [f"{path.parent.name}/{path.name}:{n}: {fault}" for n, fault in _file(path, documents)]
            if documents or language not in text._files(False, True):
                found += [f"{path.parent.name}/{path.name}: {fault}" for fault in _personal_in_clean(language)]
            count += len(found)
            print(*found, sep="\n", end="\n" if found else "")
    for language, n in text.languages().items():
        if not wanted or language in wanted:
            kinds = {s: len(text.templates(language, s, False)) for s in text.SECTIONS}
            print(f"{language}: weight {n};", ", ".join(f"{k} {v}" for k, v in kinds.items() if v), f"; documents {len(text.documents(language, False))}")
    print(f"{count} faults")
    return 1 if count else 0
