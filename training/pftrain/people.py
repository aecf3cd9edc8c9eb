"""People: drawn once, then written in many forms and cases."""

import dataclasses
import string

from . import inflect, nicknames, pools, script, text

PERSON = "private_person"
CASES = ("gen", "dat", "acc", "ins", "loc", "voc", "part")
FORMS = frozenset(("first", "last", "full", "init", "rev", "upper", "nick", "email", *CASES))
LOOSE = frozenset(("person", "first", "last", "rev", "again", "lastagain", "gen"))  # people without memory

_PARTICLES = {
    "nl": "van de van der van den ter", "de": "von von zu", "fr": "de du Le La de la", "es": "de del de la", "pt": "da de dos do", "it": "Di De Del Lo La", "en": "Mc Mac O' De St.",
    "ar": "bin Al- El Abu", "da": "von af", "sv": "af von",
}  # fmt: skip


@dataclasses.dataclass
class Person:
    """A person; the parts of the name are as written in running text."""

    given: str
    sur: str  # "" for who has one name only
    gender: str  # "f" or "m"
    language: str  # of the text, which rules the cases
    surname_first: bool = False
    glue: str = " "
    father: str = ""  # a patronymic
    latin_given: str = ""
    latin_sur: str = ""

    def join(self, given: str, sur: str) -> str:
        """Both names in the order of the person's culture."""
        if not sur or not given:
            return given or sur
        return sur + self.glue + given if self.surname_first else given + self.glue + sur

    def _bend(self, word: str, case: str | None, surname: bool) -> str:
        if not case:
            return word
        return inflect.inflect(word, case, self.language, self.gender, surname)

    def first(self, case: str | None = None) -> str:
        """The given name."""
        return self._bend(self.given, case, False)

    def last(self, case: str | None = None) -> str:
        """The surname, or the only name."""
        return self._bend(self.sur, case, True) if self.sur else self.first(case)

    def full(self, case: str | None = None) -> str:
        """Given name and surname."""
        if case and self.language in inflect.LAST_WORD_ONLY and self.sur:
            if self.language == "ro":
                return self.join(self.first(case), self.sur)
            return self.join(self.given, self.last(case)) if not self.surname_first else self.join(self.first(case), self.sur)
        return self.join(self.first(case), self._bend(self.sur, case, True))


_SCRIPTS = sorted(pools.NON_LATIN)


def draw(s, gender: str | None = None) -> Person:
    """A person who may appear in a text of the scene's language."""
    gender = gender or s.pick("fm")
    foreign = s.rng.random()
    if s.language in pools.NON_LATIN:
        own = foreign < 0.9
    else:
        own = foreign < (0.5 if s.language == "en" else 0.68)
    pool = s.pick(pools.pools_of(s.language, s.held) if own else pools.world(s.held))
    if s.language not in pools.NON_LATIN and s.chance(0.015):
        pool = s.pick(pools.pools_of(s.pick(_SCRIPTS), s.held))  # a name in its own script
    given, sur = s.pick(pool.given[gender]), s.pick(pool.sur[gender])
    if s.chance(0.06):
        given, sur = _word_name(s, gender, given, sur)
    p = Person(given, sur, gender, s.language)
    if pool.locale in pools.SURNAME_FIRST:
        p.surname_first = s.chance(0.95) if own and s.language in ("hu", "zh", "zht", "ja", "ko", "vi") else s.chance(0.3)
    if given and ord(given[0]) > 0x2E7F:
        p.glue = " " if (pool.locale == "ja_JP" and s.chance(0.3)) or (pool.locale == "ko_KR" and s.chance(0.1)) else ""
        p.surname_first = True
    if pool.father and own and s.language in ("ru", "uk", "be"):
        p.father = s.pick(pool.father[gender])
    if s.chance(0.02):
        p.sur = ""
    elif s.chance(0.05):
        _grow(s, p, pool)
    p.latin_given, p.latin_sur = _latin(s, p)
    return p


def _word_name(s, gender: str, given: str, sur: str):
    """Names that are words: Grace, Mark, King, Long, Klein, Rossi."""
    words = nicknames.WORDS.get(s.language)
    if not words:
        return given, sur
    f, m, last = (v.split() for v in words)
    kept = lambda names: [n for n in names if pools.heldout(n) == s.held]
    givens, surs = kept(f if gender == "f" else m), kept(last)
    if givens and s.chance(0.6):
        given = s.pick(givens)
    if surs and s.chance(0.6):
        sur = s.pick(surs)
    return given, sur


def _grow(s, p: Person, pool) -> None:
    """Double names and particles."""
    other = s.pick(pool.sur[p.gender])
    kind = s.rng.random()
    particle = _PARTICLES.get(s.language)
    if kind < 0.3:
        second = s.pick(pool.given[p.gender])
        p.given += (s.pick(["-", " "]) if script.is_latin(second) else " ") + second if p.glue else ""
    elif kind < 0.6 or not particle:
        if p.glue:
            p.sur += ("-" if s.language not in ("es", "pt") else " ") + other
    elif script.is_latin(p.sur):
        one = _particle(s, particle, s.language)
        p.sur = one + ("" if one[-1] in "-'" or one in ("Mc", "Mac") else " ") + p.sur


def _particle(s, particles: str, language: str) -> str:
    words = particles.split()
    one = s.pick(words)
    if language == "nl":
        return s.pick(["van", "van de", "van der", "van den", "ter", "de"])
    return one if language not in ("fr", "es") or one != "la" else "de la"


def _latin(s, p: Person):
    out = []
    for name, kind in ((p.given, "given"), (p.sur, "sur")):
        plain = script.plain(script.latin(name))
        if not script.is_latin(plain):
            pool = pools.pool({"ja": "ja_JP", "zh": "zh_CN", "zht": "zh_TW", "ko": "own_ko", "th": "own_th", "he": "own_he", "fa": "own_fa", "ur": "own_fa", "hi": "own_in"}.get(s.language, "own_ar"), True, s.held) or s.pick(pools.world(s.held))
            plain = script.plain(s.pick(getattr(pool, kind)[p.gender]))
        out.append("".join(ch for ch in plain.lower() if "a" <= ch <= "z"))
    return out[0] or "kim", out[1] or out[0] or "lee"


# ---------------------------------------------------------------- writing


def initials(s, p: Person) -> str:
    """A. Schmidt, A. B. Schmidt, Schmidt A."""
    if not p.sur or not p.given[0].isalpha() or ord(p.given[0]) > 0x52F:
        return p.full()
    letters = p.given[0] + "."
    if p.father:
        letters += s.pick(["", " "]) + p.father[0] + "."
        return f"{p.sur} {letters}" if s.chance(0.6) else f"{letters} {p.sur}"
    if s.chance(0.12):
        letters += s.pick(["", " "]) + s.pick(string.ascii_uppercase) + "."
    return f"{p.sur} {letters}" if p.surname_first or s.chance(0.05) else f"{letters} {p.sur}"


def reverse(s, p: Person) -> str:
    """Surname first, as lists and forms write it."""
    if not p.sur:
        return p.given
    if not p.glue:
        return p.sur + s.pick(["", " ", "　", ", "]) + p.given
    return s.pick([f"{p.sur}, {p.given}", f"{p.sur}, {p.given}", f"{p.sur}, {p.given}", f"{p.sur.upper()} {p.given}", f"{p.sur.upper()}, {p.given}", f"{p.sur} {p.given}", f"{p.sur}, {p.given[0]}."])


def variant(s, p: Person) -> str:
    """A full name in one of its many writings."""
    r = s.rng.random()
    if not p.sur or not p.glue:
        return p.full()
    if p.father:
        if r < 0.3:
            return p.full()
        if r < 0.55:
            return f"{p.sur} {p.given} {p.father}"
        return f"{p.given} {p.father} {p.sur}" if r < 0.7 else f"{p.given} {p.father}" if r < 0.85 else initials(s, p)
    if r < 0.76 or not script.is_latin(p.given):
        return p.full()
    if p.surname_first:
        return p.full() if r < 0.9 else f"{p.sur.upper()} {p.given}"
    if r < 0.82:
        return f"{p.given} {s.pick(string.ascii_uppercase)}. {p.sur}"
    if r < 0.88:
        return initials(s, p)
    if r < 0.91:
        return f"{p.given} {p.sur.upper()}"
    if r < 0.94:
        return f"{p.given[0]}. {s.pick(string.ascii_uppercase)}. {p.sur}"
    if r < 0.96 and s.language == "en":
        return f"{p.given} {p.sur} {s.pick(['Jr.', 'III', 'Sr.', 'II', 'Jr'])}"
    if r < 0.98:
        return f"{p.given} {draw(s, p.gender).given} {p.sur}"
    return f"{p.given} “{nick(s, p)}” {p.sur}"


def nick(s, p: Person) -> str:
    """A short form of the given name where one is known."""
    known = nicknames.SHORT.get(s.language, {}).get(p.given)
    return s.pick(known.split()) if known else p.given


def write(s, p: Person, forms: tuple, loose: str | None = None) -> str:
    """The name in the forms of a slot."""
    case = next((f for f in forms if f in CASES), None)
    forms = [f for f in forms if f not in CASES and f != "upper"] or [loose or ("full" if case else "variant")]
    kind, upper = forms[0], False
    if kind in ("first", "last", "full"):
        out = getattr(p, kind)(case)
    elif kind == "nick":
        out = nick(s, p)
        out = out if not case else inflect.inflect(out, case, p.language, p.gender, False)
    else:
        out = {"init": initials, "rev": reverse, "variant": variant}[kind](s, p)
    return out.upper() if upper else out


class Cast:
    """The numbered persons of one template."""

    def __init__(self, scene, genders: dict):
        self.scene, self.genders, self.people = scene, genders, {}

    def slot(self, number: str, forms: tuple) -> text.Text:
        """One mention, as a registered text."""
        s = self.scene
        if number not in self.people:
            self.people[number] = s.someone(self.genders.get(number), set(map(id, self.people.values())))
        p = s.last_person = self.people[number]
        if "email" in forms:
            return text.Text().add(s.email_of(p), "private_email")
        out = write(s, p, forms)
        return text.Text().add(out.upper() if "upper" in forms else out, PERSON)


def loose(s, kind: str, forms: tuple) -> text.Text:
    """A person without memory: person, first, last or rev, with forms."""
    p = s.last_person if s.last_person and kind.endswith("again") else draw(s)
    s.last_person = p
    if "email" in forms:
        return text.Text().add(s.email_of(p), "private_email")
    if kind == "gen":
        kind, forms = "person", ("gen",)
    named = {"person": None, "again": "first", "lastagain": "last"}.get(kind, kind)
    out = write(s, p, forms, named)
    return text.Text().add(out.upper() if "upper" in forms else out, PERSON)
