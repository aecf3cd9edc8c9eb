"""Cases of names in the Slavic languages: regular endings only."""

_VOWELS = set("aąeęioóuyáéíóúýěůаеёиіїоуыэюяє")


def _swap(stem: str, table: dict, other: str) -> str:
    """Softens the end of a stem: the longest key that fits, or adds other."""
    for n in (2, 1):
        if stem[-n:].lower() in table:
            return stem[:-n] + table[stem[-n:].lower()]
    return stem + other


def _fleeting(word: str, endings=("ek", "ec", "ok")) -> str:
    """Marek -> Mark-: the stem of a name whose last vowel falls out."""
    for e in endings:
        if word.endswith(e) and len(word) > len(e) + 1 and word[-len(e) - 1].lower() not in _VOWELS:
            return word[: -len(e)] + e[-1]
    return word


_PL_SOFT = {"k": "ce", "g": "dze", "ch": "sze", "r": "rze", "t": "cie", "d": "dzie", "ł": "le", "st": "ście", "sł": "śle"}


def polish(word, case, gender, surname):
    """Polish."""
    if surname and gender == "m" and word.endswith(("ski", "cki", "dzki")):
        return word + {"gen": "ego", "acc": "ego", "dat": "emu", "ins": "m", "loc": "m"}.get(case, "")
    if surname and gender == "f" and word.endswith(("ska", "cka", "dzka")):
        return word[:-1] + {"gen": "iej", "dat": "iej", "loc": "iej", "acc": "ą", "ins": "ą"}.get(case, "a")
    if word.endswith("a") or (gender == "m" and surname and word.endswith("ko")):
        stem = word[:-1]
        if case in ("acc", "ins", "voc"):
            return stem + {"acc": "ę", "ins": "ą", "voc": "o"}[case]
        short = stem.endswith(("si", "ci", "zi")) or (stem.endswith("ni") and len(word) <= 5)
        if short:
            gen = stem
        elif stem[-1] in "il" and stem[-1:] == "i":
            gen = stem + "i"
        elif stem[-1] == "j":
            gen = stem[:-1] + "i" if stem[-2:-1] in _VOWELS else stem + "i"
        else:
            gen = stem + ("i" if stem[-1] in "kgl" else "y")
        if case == "gen" or short or stem[-1] in "ijl" or stem.endswith(("c", "cz", "sz", "rz", "ż")):
            return gen if case in ("gen", "dat", "loc") else word
        return _swap(stem, _PL_SOFT, "ie") if case in ("dat", "loc") else word
    if gender != "m" or word[-1].lower() in _VOWELS:
        return word
    stem = _fleeting(word, ("ek", "ec", "eł"))
    stem = stem[:-2] + "ł" if word.endswith("eł") and stem == word else stem
    if case in ("gen", "acc"):
        return stem + "a"
    if case == "dat":
        return stem + "owi"
    if case == "ins":
        return stem + ("iem" if stem[-1] in "kg" else "em")
    if case in ("loc", "voc"):
        if stem[-1] in "kgljćśźńcż" or stem.endswith(("sz", "cz", "rz", "ch")):
            return stem + "u"
        return _swap(stem, _PL_SOFT, "ie")
    return word


_CS_SOFT = {"k": "ce", "h": "ze", "g": "ze", "ch": "še", "r": "ře", "l": "le", "s": "se", "z": "ze", "š": "še", "ž": "že", "c": "ce", "j": "je"}


def _west(word, case, gender, surname, sk):
    if surname and gender == "f" and word.endswith("á"):
        new = {"gen": "ej", "dat": "ej", "loc": "ej", "acc": "ú", "ins": "ou"} if sk else {"gen": "é", "dat": "é", "loc": "é", "acc": "ou", "ins": "ou"}
        return word[:-1] + new.get(case, "á")
    if surname and gender == "m" and word.endswith("ý"):
        return word[:-1] + {"gen": "ého", "acc": "ého", "dat": "ému", "loc": "om" if sk else "ém", "ins": "ým"}.get(case, "ý")
    if word.endswith("í") and gender == "m":
        return word + {"gen": "ho", "acc": "ho", "dat": "mu", "loc": "m", "ins": "m"}.get(case, "")
    if word.endswith("ie") and gender == "f" and not sk:
        return word[:-1] + {"dat": "i", "acc": "i", "loc": "i", "ins": "í"}.get(case, "e")
    if word.endswith("a"):
        stem = word[:-1]
        if gender == "m" and case in ("dat", "loc"):
            return stem + "ovi"
        if case in ("dat", "loc"):
            if stem[-1] == "i":
                return stem + "i"
            return stem + "e" if sk else _swap(stem, _CS_SOFT, "ě")
        if case == "gen":
            return stem + ("e" if stem[-1] in "iščžjc" else "y")
        return stem + {"acc": "u", "ins": "ou", "voc": "a" if sk else "o"}.get(case, "a")
    if gender != "m" or word[-1].lower() in _VOWELS:
        return word
    stem = "Petr" if sk and word == "Peter" else _fleeting(word, ("ek", "ec", "el", "ok"))
    soft = stem[-1] in "šžčřcjďťň"
    if case == "voc":
        return word if sk else stem + ("u" if stem[-1] in "khg" else "i" if soft else "e")
    new = {"gen": "a" if sk or not soft else "e", "dat": "ovi", "loc": "ovi", "ins": "om" if sk else "em"}
    new["acc"] = new["gen"]
    return stem + new[case] if case in new else word


def czech(word, case, gender, surname):
    """Czech."""
    return _west(word, case, gender, surname, False)


def slovak(word, case, gender, surname):
    """Slovak."""
    return _west(word, case, gender, surname, True)


def russian(word, case, gender, surname):
    """Russian; patronymics are declined like given names."""
    if surname and word.endswith(("ий", "ый", "ой")) and gender == "m":
        return word[:-2] + {"gen": "ого", "acc": "ого", "dat": "ому", "ins": "им" if word[-3] in "кгх" else "ым", "loc": "ом"}.get(case, word[-2:])
    if surname and word.endswith("ая"):
        return word[:-2] + {"gen": "ой", "dat": "ой", "ins": "ой", "loc": "ой", "acc": "ую"}.get(case, "ая")
    if surname and gender == "f" and word.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return word[:-1] + {"gen": "ой", "dat": "ой", "ins": "ой", "loc": "ой", "acc": "у"}.get(case, "а")
    if word.endswith("а"):
        hush = word[-2] in "гкхжчшщ"
        return word[:-1] + {"gen": "и" if hush else "ы", "dat": "е", "loc": "е", "acc": "у", "ins": "ей" if word[-2] in "жчшщц" else "ой"}.get(case, "а")
    if word.endswith("я"):
        iya = word.endswith("ия")
        return word[:-1] + {"gen": "и", "dat": "и" if iya else "е", "loc": "и" if iya else "е", "acc": "ю", "ins": "ей"}.get(case, "я")
    if gender != "m" or word.endswith(("их", "ых", "о", "е", "и", "у", "ю", "э", "ы")):
        return word
    if word.endswith(("й", "ь")):
        iy = word.endswith("ий")
        return word[:-1] + {"gen": "я", "acc": "я", "dat": "ю", "ins": "ем", "loc": "и" if iy else "е"}.get(case, word[-1])
    stem = {"Павел": "Павл", "Лев": "Льв"}.get(word, word)
    family = surname and word.endswith(("ов", "ев", "ёв", "ин", "ын"))
    ins = "ым" if family else "ем" if stem[-1] in "жчшщц" else "ом"
    new = {"gen": "а", "acc": "а", "dat": "у", "ins": ins, "loc": "е"}.get(case)
    return stem + new if new else word


def ukrainian(word, case, gender, surname):
    """Ukrainian."""
    if surname and word.endswith("ий") and gender == "m":
        return word[:-2] + {"gen": "ого", "acc": "ого", "dat": "ому", "ins": "им", "loc": "ому"}.get(case, "ий")
    if surname and word.endswith(("ська", "цька", "зька")):
        return word[:-1] + {"gen": "ої", "dat": "ій", "loc": "ій", "acc": "у", "ins": "ою"}.get(case, "а")
    if surname and gender == "f" and word.endswith(("ова", "ева", "єва", "іна")):
        return word[:-1] + {"gen": "ої", "dat": "ій", "loc": "ій", "acc": "у", "ins": "ою"}.get(case, "а")
    if word.endswith("а"):
        if case in ("dat", "loc"):
            return _swap(word[:-1], {"г": "зі", "к": "ці", "х": "сі"}, "і")
        return word[:-1] + {"gen": "и", "acc": "у", "ins": "ою", "voc": "о"}.get(case, "а")
    if word.endswith("я"):
        iya = word[-2] == "і"
        return word[:-1] + {"gen": "ї" if iya else "і", "dat": "ї" if iya else "і", "loc": "ї" if iya else "і", "acc": "ю", "ins": "єю" if iya else "ею", "voc": "є" if iya else "ю"}.get(case, "я")
    if gender != "m":
        return word
    if word.endswith("о"):
        return word[:-1] + {"gen": "а", "acc": "а", "dat": "у", "ins": "ом", "loc": "ові"}.get(case, "о")
    if word.endswith("й"):
        return word[:-1] + {"gen": "я", "acc": "я", "dat": "ю", "ins": "єм", "loc": "ї", "voc": "ю"}.get(case, "й")
    if word.endswith("ь"):
        return word[:-1] + {"gen": "я", "acc": "я", "dat": "ю", "ins": "ем", "voc": "ю"}.get(case, "ь")
    if word[-1].lower() in _VOWELS:
        return word
    family = surname and word.endswith(("ов", "ев", "єв", "ін"))
    new = {"gen": "а", "acc": "а", "dat": "у", "ins": "им" if family else "ем" if word[-1] in "жчшщр" else "ом", "loc": "ові", "voc": "у" if word[-1] == "к" else "е"}.get(case)
    return word + new if new else word


def _south(word, case, gender, surname, slovene=False):
    if word.endswith("a"):
        new = {"gen": "e", "dat": "i", "loc": "i", "acc": "o" if slovene else "u", "ins": "o" if slovene else "om"}
        return word[:-1] + new.get(case, "a")
    if gender != "m":
        return word
    if word.endswith("o"):
        return word[:-1] + {"gen": "a", "acc": "a", "dat": "u", "loc": "u", "ins": "om"}.get(case, "o")
    if word[-1].lower() in _VOWELS:
        return word
    stem = _fleeting(word, ("ac", "ak")) if not surname and not slovene and word.endswith("ac") else word
    soft = stem[-1] in "čćšžđjc"
    new = {"gen": "a", "acc": "a", "dat": "u", "loc": "u", "ins": "em" if soft else "om"}
    if not slovene:
        new["voc"] = "u" if soft else "e"
    return stem + new[case] if case in new else word


def croatian(word, case, gender, surname):
    """Croatian, Bosnian, Serbian in Latin letters."""
    return _south(word, case, gender, surname)


def slovene(word, case, gender, surname):
    """Slovene."""
    return _south(word, case, gender, surname, True)


_TO = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", "a b v g d đ e ž z i j k l љ m n њ o p r s t ć u f h c č џ š".split()))
_FROM = {v: k for k, v in _TO.items()}


def serbian(word, case, gender, surname):
    """Serbian in either script."""
    if not any("а" <= ch <= "џ" for ch in word.lower()):
        return _south(word, case, gender, surname)
    head, last = word[:-1], _TO.get(word[-1], word[-1])
    new = _south("Xx" + last, case, gender, surname)[2:]
    return head + "".join(_FROM.get(ch, ch) for ch in new)


RULES = {"pl": polish, "cs": czech, "sk": slovak, "ru": russian, "be": russian, "uk": ukrainian, "hr": croatian, "bs": croatian, "sl": slovene, "sr": serbian}
