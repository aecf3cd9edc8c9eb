"""Grammatical cases of names: the regular endings of each language.

`inflect(word, case, language, gender, surname)` returns the word unchanged
where no rule fits: better a nominative than an invention. Cases are gen, dat,
acc, ins, loc, voc, part (partitive).
"""

from . import inflect_slavic

_BACK, _ROUND = set("aouıâáóúAOUI"), set("ouöüóőúű")


def inflect(word: str, case: str, language: str, gender: str, surname: bool) -> str:
    """One word of a name in a case."""
    rule = RULES.get(language)
    if rule is None or len(word) < 3 or not word[-1].isalpha():
        return word
    if word.isupper() and word[-1] != word[-1].lower():
        return word
    if "-" in word and language not in LAST_WORD_ONLY:
        return "-".join(inflect(part, case, language, gender, surname) for part in word.split("-"))
    return rule(word, case, gender, surname)


def _endings(word: str, case: str, *tables) -> str:
    """The first table whose nominative ending fits: (ending, {case: ending})."""
    for ending, cases in tables:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + cases[case] if case in cases else word
    return word


def _cases(**cases) -> dict:
    return cases


def greek(word, case, gender, surname):
    """Modern Greek: stress is left where it is."""
    if gender == "m":
        return _endings(
            word, case,
            ("ος", _cases(gen="ου", acc="ο", voc="ε")), ("ός", _cases(gen="ού", acc="ό", voc="έ")), ("ης", _cases(gen="η", acc="η", voc="η")), ("ής", _cases(gen="ή", acc="ή", voc="ή")),
            ("ας", _cases(gen="α", acc="α", voc="α")), ("άς", _cases(gen="ά", acc="ά", voc="ά")),
        )  # fmt: skip
    return _endings(word, case, ("α", _cases(gen="ας")), ("ά", _cases(gen="άς")), ("η", _cases(gen="ης")), ("ή", _cases(gen="ής")))


def lithuanian(word, case, gender, surname):
    """Lithuanian."""
    return _endings(
        word, case,
        ("as", _cases(gen="o", dat="ui", acc="ą", ins="u", loc="e", voc="ai")), ("is", _cases(gen="io", dat="iui", acc="į", ins="iu", voc="i")), ("ys", _cases(gen="io", dat="iui", acc="į", ins="iu", voc="y")),
        ("us", _cases(gen="aus", dat="ui", acc="ų", ins="umi", voc="au")), ("a", _cases(gen="os", dat="ai", acc="ą", ins="a", loc="oje", voc="a")), ("ė", _cases(gen="ės", dat="ei", acc="ę", ins="e", voc="e")),
    )  # fmt: skip


def latvian(word, case, gender, surname):
    """Latvian."""
    return _endings(
        word, case,
        ("is", _cases(dat="im", acc="i", ins="i", voc="i")), ("s", _cases(gen="a", dat="am", acc="u", ins="u", loc="ā")), ("š", _cases(gen="a", dat="am", acc="u", ins="u")),
        ("a", _cases(gen="as", dat="ai", acc="u", ins="u", loc="ā")), ("e", _cases(gen="es", dat="ei", acc="i", ins="i")),
    )  # fmt: skip


def romanian(word, case, gender, surname):
    """Romanian: only women's given names have a genitive of their own."""
    if gender == "f" and not surname and case in ("gen", "dat"):
        return _endings(word, case, ("ca", {case: "căi"}), ("ga", {case: "găi"}), ("a", {case: "ei"}))
    return word


def _last_vowel(word: str, vowels: str) -> str:
    return next((ch for ch in reversed(word.lower()) if ch in vowels), "a")


def turkish(word, case, gender, surname):
    """Turkish: a suffix behind an apostrophe, by vowel harmony."""
    vowel = _last_vowel(word, "aıoueiöü")
    narrow = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}[vowel]
    wide = "a" if vowel in "aıou" else "e"
    open_end = word[-1].lower() in "aıoueiöü"
    hard = word[-1].lower() in "fstkçşhp"
    suffix = {
        "gen": ("n" if open_end else "") + narrow + "n", "dat": ("y" if open_end else "") + wide, "acc": ("y" if open_end else "") + narrow,
        "loc": ("t" if hard else "d") + wide, "ins": ("y" if open_end else "") + "l" + wide,
    }.get(case)  # fmt: skip
    return word + ("’" if len(word) % 2 else "'") + suffix if suffix else word


def hungarian(word, case, gender, surname):
    """Hungarian: a suffix by vowel harmony; a final a or e grows long."""
    low = word.lower()
    back = any(ch in "aáoóuú" for ch in low)
    if low[-1] in "ae":
        word = word[:-1] + {"a": "á", "e": "é"}[low[-1]]
    vowel_end = word[-1].lower() in "aáeéiíoóöőuúüű"
    if case == "acc":
        if vowel_end or low[-1] in "nlrsjyz" and low[-2] in "aáeéiíoóöőuúüű":
            return word + "t"
        return word + ("ot" if back else "öt" if _last_vowel(low, "aáeéiíoóöőuúüű") in "öőüű" else "et")
    if case == "ins":
        double = "v" if vowel_end else word[-1].lower()
        if low.endswith(("sz", "cs", "gy", "ny", "zs", "ty")):
            word, double = word[:-1], low[-2] + low[-1]
            return word + low[-2] + low[-1] + ("al" if back else "el")
        return word + double + ("al" if back else "el")
    suffix = {"gen": ("nak", "nek"), "dat": ("nak", "nek"), "loc": ("nál", "nél")}.get(case)
    return word + suffix[not back] if suffix else word


def finnish(word, case, gender, surname):
    """Finnish: weak grade of kk, pp, tt; other gradation is left alone."""
    low = word.lower()
    back = any(ch in "aou" for ch in low)
    a = "a" if back else "ä"
    if case not in ("gen", "dat", "loc", "part", "acc"):
        return word
    if low.endswith("nen"):
        stem = word[:-3] + "s"
        return stem + "t" + a if case == "part" else stem + "e" + {"gen": "n", "acc": "n", "dat": "lle", "loc": "ll" + a}[case]
    if low[-1] not in "aeiouyäöå":
        word += "i"
    elif case != "part" and word[-3:-1].lower() in ("kk", "pp", "tt"):
        word = word[:-2] + word[-1]
    if case == "part":
        return word + (a if word[-1] in "aeiouyäö" else "t" + a)
    return word + {"gen": "n", "acc": "n", "dat": "lle", "loc": "ll" + a}[case]


def estonian(word, case, gender, surname):
    """Estonian."""
    stem = word if word[-1].lower() in "aeiouõäöü" else word + "i"
    suffix = {"gen": "", "acc": "", "dat": "le", "loc": "l", "ins": "ga", "part": "t"}.get(case)
    return stem + suffix if suffix is not None else word


def georgian(word, case, gender, surname):
    """Georgian names, which end in a vowel."""
    suffix = {"gen": "ს", "dat": "ს"}.get(case)
    return word + suffix if suffix and word[-1] in "აეიოუ" else word


def armenian(word, case, gender, surname):
    """Armenian names that end in a consonant."""
    suffix = {"gen": "ի", "dat": "ին", "acc": "ին", "ins": "ով"}.get(case)
    return word + suffix if suffix and word[-1] not in "աեէիոու" else word


RULES = {
    "el": greek, "lt": lithuanian, "lv": latvian, "ro": romanian, "tr": turkish, "hu": hungarian, "fi": finnish, "et": estonian, "ka": georgian, "hy": armenian,
    **inflect_slavic.RULES,
}  # fmt: skip

# Where only the last word of a name takes the ending.
LAST_WORD_ONLY = frozenset("tr hu fi et ka hy ro".split())
