"""Organisations, products, places and eponyms: names that are nobody's.

Organisations come from a grammar of the language (org_lists.py): many are
called like people (Müller GmbH & Co. KG, Hartwell & Sons, Dr. Feld Pharma).
"""

import re

from . import inflect, org_lists, places, pools


def _surname(s) -> str:
    pool = s.pick(pools.pools_of(s.language, s.held) if s.language in pools.NON_LATIN or s.chance(0.75) else pools.world(s.held))
    return s.pick(pool.sur["m"])


def _given(s) -> str:
    pool = s.pick(pools.pools_of(s.language, s.held))
    return s.pick(pool.given[s.pick("fm")])


def _coined(s) -> str:
    """An invented word like brands have: Solvento, Medirex, Nordwell."""
    word = s.pick(org_lists.HEADS) + s.pick(org_lists.TAILS)
    return word if s.chance(0.9) else s.pick([word.upper(), word[:3] + word[3:].capitalize(), word.lower()])


_PARTS = {
    "S": _surname, "Z": lambda s: inflect.inflect(_surname(s), "gen", s.language, "m", True), "G": _given, "W": _coined, "C": lambda s: places.city(s),
    "I": lambda s: s.pick("ABCDEFGHKLMNPRSTVW"), "N": lambda s: str(s.rng.randint(2, 99)),
}  # fmt: skip


# A part's letter, alone: not in S.A., A/S or a word.
_PART = re.compile(r"<(\w+)>|(?<![/A-Za-zÀ-ỹ])([SZGWCIN])(?!\.\w|[A-Za-zÀ-ỹ])")


def _grow(s, form: str, table: dict) -> str:
    out = _PART.sub(lambda m: s.pick(table[m[1]]) if m[1] else _PARTS[m[2]](s), form)
    return _PART.sub(lambda m: _PARTS[m[2]](s) if m[2] else m[0], out) if "<" in form else out


def org(s) -> str:
    """An organisation."""
    if s.language not in org_lists.GRAMMAR and s.language in pools.NON_LATIN:
        return _coined(s)
    r = s.rng.random()
    if r < 0.1 and s.language not in pools.NON_LATIN:
        return s.pick(org_lists.FAMOUS)
    language = s.language if s.language in org_lists.GRAMMAR else "en"
    if r < 0.16 and s.language not in pools.NON_LATIN:
        language = s.pick(("en", "de", "fr", "es", "it", "nl"))
    table = org_lists.GRAMMAR[language]
    return _grow(s, s.pick(table["forms"]), table)


def product(s) -> str:
    """A product, tool or programming language."""
    r = s.rng.random()
    if r < 0.6:
        return s.pick(org_lists.PRODUCTS)
    if r < 0.8:
        return f"{_coined(s)} {s.pick(['Pro', 'Max', 'One', 'Air', 'S', 'X', 'Mini', 'Plus', 'Go', 'Home'])}{s.pick(['', '', ' ' + str(s.rng.randint(2, 900))])}"
    if r < 0.9:
        return f"{s.pick(['Modell', 'Model', 'Série', 'Mark', 'Typ', 'Edition']) if s.chance(0.3) else _coined(s)} {s.pick('ABCDEGKLMRSTXZ')}{s.rng.randint(1, 999)}"
    return _coined(s)


def place(s) -> str:
    """A place in general use."""
    r = s.rng.random()
    if r < 0.35 and s.language not in pools.NON_LATIN:
        return s.pick(org_lists.PLACES)
    return places.city(s) if r < 0.85 else places.country(s)


def eponym(s) -> str:
    """A thing named after somebody: Kalman filter, Parkinson's disease."""
    known = org_lists.EPONYMS.get(s.language)
    if known is None:
        known = org_lists.EPONYMS["en"]
    return s.pick(known.split("|"))


def named_place(s) -> str:
    """A street, school, airport or foundation named after somebody."""
    forms = org_lists.NAMED.get(s.language)
    if forms is None:
        return places.city(s) if s.language in pools.NON_LATIN else _grow(s, s.pick(org_lists.NAMED["en"].split("|")), {})
    return _grow(s, s.pick(forms.split("|")), {})


def job(s) -> str:
    """An occupation."""
    return s.pick(org_lists.JOBS.get(s.language, org_lists.JOBS["en"]).split("|"))
