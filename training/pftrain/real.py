"""Real text: as it is (negative), or with a subject turned into an invented person."""

import functools
import re

from . import negatives, people, text

_SUBJECT = re.compile(r"\b([Tt]he (?:user|caller|client|developer|programmer|application|server|function)|[Yy]ou|[Ww]e|[Tt]hey|[Ss]omeone|[Uu]sers)\b(?! of)")

# Words for somebody in the strings of interfaces, in the nominative.
_WORDS = {
    "de": r"(?:[Dd]er|[Ee]in|[Dd]ieser) (?:Benutzer|Administrator|Nutzer)\b", "fr": r"\b(?:[Ll]’|[Ll]'|[Uu]n |[Cc]et )(?:utilisateur|administrateur)\b", "es": r"(?:[Ee]l|[Uu]n|[Ee]ste) (?:usuario|administrador)\b", "it": r"\b(?:[Ll]'|[Uu]n |[Qq]uesto )(?:utente|amministratore)\b",
    "nl": r"(?:[Dd]e|[Ee]en|[Dd]eze) gebruiker\b", "pt": r"(?:[Oo]|[Uu]m|[Ee]ste) (?:usuário|utilizador|administrador)\b", "pl": r"\b[Uu]żytkownik\b", "cs": r"\b[Uu]živatel\b", "sk": r"\b[Pp]oužívateľ\b", "ru": r"\b[Пп]ользователь\b", "uk": r"\b[Кк]ористувач\b", "bg": r"\b[Пп]отребител(?:ят|я)\b",
    "hr": r"\b[Kk]orisnik\b", "sl": r"\b[Uu]porabnik\b", "sr": r"\b[Кк]орисник\b", "hu": r"\b(?:[Aa] |[Ee]z a )felhasználó\b", "ro": r"\b[Uu]tilizatorul\b", "sv": r"\b[Aa]nvändaren\b", "da": r"\b[Bb]rugeren\b", "no": r"\b[Bb]rukeren\b", "fi": r"\b[Kk]äyttäjä\b", "et": r"\b[Kk]asutaja\b", "lt": r"\b[Nn]audotojas\b", "lv": r"\b[Ll]ietotājs\b",
    "tr": r"\b[Kk]ullanıcı\b(?! ad)", "el": r"\b[ΟοΈέ]?(?:ο |Ο )χρήστης\b", "ar": r"(?<!اسم )المستخدم\b", "fa": r"(?<!نام )کاربر\b", "he": r"המשתמש\b", "hi": r"उपयोगकर्ता", "th": "(?<!ชื่อ)ผู้ใช้", "zh": "用户(?![名组权的])", "zht": "使用者(?![名群權的])", "ja": "ユーザー?(?![名ーのパグ])", "ko": "사용자(?! ?이름| ?명| ?권한|들)", "id": r"(?<!ama )\b[Pp]engguna\b", "vi": r"(?<!ên )\b[Nn]gười dùng\b",
}  # fmt: skip
_PATTERN = {language: re.compile(words) for language, words in _WORDS.items()}


def passage(scene, kind: str) -> text.Text:
    """A real passage without personal data; kinds as in negatives.passages."""
    return text.Text().add(scene.pick(negatives.passages(kind, scene.held)))


def english(scene) -> text.Text:
    """Real English prose in which a subject was replaced by a person's name."""
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


def translated(scene) -> text.Text:
    """Real interface text of the scene's language, with a person for "the user" where it has one."""
    strings, pattern = negatives.interface(scene.language, scene.held), _PATTERN.get(scene.language)
    if not strings:
        return english(scene)
    swap = with_subject(scene.language, scene.held) if pattern else ()
    out = text.Text()
    for i in range(scene.rng.randint(1, 4)):
        out.add(scene.pick(["\n", " "]) if i else "")
        if swap and scene.chance(0.6):
            _replace(scene, out, scene.pick(swap), pattern)
        else:
            out.add(scene.pick(strings))
    return out


@functools.cache
def with_subject(language: str, held: bool) -> tuple:
    """The strings of a language that speak of a user."""
    return tuple(v for v in negatives.interface(language, held) if _PATTERN[language].search(v))


def _replace(scene, out: text.Text, real: str, pattern) -> None:
    m = pattern.search(real)
    p = scene.someone()
    out.add(real[: m.start()]).add(people.write(scene, p, (scene.pick(["full", "full", "first", "last"]),)), people.PERSON).add(real[m.end() :])
