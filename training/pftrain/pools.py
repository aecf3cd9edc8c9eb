"""Pools of names, split by hash into train and held-out.

The lists are Faker's (MIT) for some ninety locales in their own script, and
ours (names_own.py) where Faker has none in Latin letters. A held-out value is
never drawn for training, whatever the template.
"""

import dataclasses
import functools
import hashlib
import importlib
import re

from . import names_own, script

# language -> Faker's locales of its names; own_* are ours.
LOCALES = {
    "en": "en_US en_US en_GB en_GB en_IE en_NZ en", "de": "de_DE de_DE de_AT de_CH", "fr": "fr_FR fr_FR fr_BE fr_CA fr_CH", "es": "es_ES es_ES es_MX es_AR es_CO es_CL",
    "it": "it_IT", "nl": "nl_NL nl_BE", "pt": "pt_PT pt_BR", "pl": "pl_PL", "cs": "cs_CZ", "sk": "sk_SK", "hu": "hu_HU", "ro": "ro_RO", "hr": "hr_HR", "sl": "sl_SI",
    "lt": "lt_LT", "lv": "lv_LV", "et": "et_EE", "fi": "fi_FI", "sv": "sv_SE", "da": "da_DK", "no": "no_NO", "nb": "no_NO", "is": "is_IS", "tr": "tr_TR", "az": "az_AZ",
    "uz": "uz_UZ", "id": "id_ID", "ms": "id_ID own_ar", "vi": "vi_VN own_vi", "sw": "sw en_KE", "ga": "ga_IE", "ca": "es_CA", "tl": "es_MX en_US", "fil": "es_MX en_US",
    "ru": "ru_RU ru_RU ru_RU uk_UA", "uk": "uk_UA", "bg": "bg_BG", "mk": "mk_MK", "sr": "mk_MK hr_HR", "be": "ru_RU", "el": "el_GR", "ka": "ka_GE", "hy": "hy_AM",
    "ar": "ar_AA ar_AA ar_DZ ar_PS ar_SA", "fa": "fa_IR", "ur": "fa_IR", "he": "he_IL", "hi": "hi_IN hi_IN ne_NP", "mr": "mr_IN", "ne": "ne_NP", "bn": "bn_BD", "ta": "ta_IN",
    "th": "th_TH", "zh": "zh_CN", "zht": "zh_TW", "ja": "ja_JP", "ko": "ko_KR",
}  # fmt: skip

# Names of anywhere, in Latin letters.
WORLD = (
    "en_IN en_NG en_KE en_PK en_TH cs_CZ da_DK sv_SE no_NO fi_FI hu_HU ro_RO hr_HR sl_SI sk_SK lt_LT lv_LV et_EE tr_TR id_ID az_AZ uz_UZ "
    "sw yo_NG ig_NG ha_NG zu_ZA tw_GH ru_RU uk_UA bg_BG mk_MK el_GR ka_GE hy_AM fr_DZ ja_JP zh_CN zh_TW is_IS ga_IE vi_VN pl_PL de_DE fr_FR es_ES it_IT "
    "nl_NL pt_BR own_ar own_ar own_ar own_ko own_ko own_in own_in own_in own_zh own_zh own_zh own_ja own_ja own_af own_af own_sea own_sea own_fa own_vi own_he own_th"
).split()

NON_LATIN = frozenset("ru uk bg mk sr be el ka hy ar fa ur he hi mr ne bn ta th zh zht ja ko".split())
SURNAME_FIRST = {"hu_HU", "ja_JP", "zh_CN", "zh_TW", "ko_KR", "own_ko", "own_zh", "own_vi", "vi_VN"}


def heldout(key: str, percent: int = 12) -> bool:
    """Whether a value, template or file is kept for evaluation only."""
    digest = hashlib.blake2b(key.lower().encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % 100 < percent


@dataclasses.dataclass(frozen=True)
class Pool:
    """Names of one locale, script and split; lists may be shared by both genders."""

    locale: str
    latin: bool
    given: dict  # "f" and "m"
    sur: dict
    father: dict  # patronymics


def _clean(names, held: bool, latin: bool) -> list:
    found = set()
    for name in names:
        name = str(name).strip()
        if latin:
            name = script.latin(name)
        if re.match(r"^[^\W\d_][\w\u0900-\u0dff '’.-]*$", name) and len(name) <= 24 and script.is_latin(name) >= latin:
            if len(name) > 1 or not script.is_latin(name):
                found.add(name.title() if name.isupper() and len(name) > 3 else name)
    return sorted(n for n in found if heldout(n) == held)


@functools.cache
def pool(locale: str, latin: bool, held: bool) -> Pool | None:
    """The names of a locale, or None where the split has too few."""
    if locale in names_own.OWN:
        given, sur = (words.split() for words in names_own.OWN[locale])
        lists = {"f": given, "m": given}, {"f": sur, "m": sur}, {}
    else:
        lists = _faker(locale, latin)
    given, sur, father = ({g: _clean(v, held, latin) for g, v in part.items()} for part in lists)
    if min(len(v) for v in (*given.values(), *sur.values())) < 2:
        return None
    return Pool(locale, latin, given, sur, father)


def _faker(locale: str, latin: bool):
    provider = importlib.import_module("faker.providers.person." + locale).Provider
    extra = names_own.MORE.get(locale, {})

    def values(*attributes):
        for a in attributes:
            v = getattr(provider, a, None)
            if isinstance(v, (dict, list, tuple)) and len(v) > 4:
                return list(v)
        return []

    roman = ("first_romanized_names", "last_romanized_names") if latin else ("-", "-")
    given = {
        g: values(roman[0], f"first_names_{n}", f"first_{n}_names", "first_names") + extra.get("given_" + g, "").split()
        for g, n in (("f", "female"), ("m", "male"))
    }
    if locale in ("ar_PS", "ar_SA"):
        given = _faker("ar_AA", latin)[0]
    sur = {
        g: values(roman[1], f"last_names_{n}", f"{n}_last_names", "last_names", "unisex_last_names", "last_names_without_suffix")
        + (extra.get("sur_" + g) or extra.get("sur", "")).split()
        for g, n in (("f", "female"), ("m", "male"))
    }
    if locale == "es_CA":
        sur = _faker("es_ES", latin)[1]
    if locale == "pl_PL":
        sur["f"] = [n[:-1] + "a" if n.endswith(("ski", "cki", "dzki")) else n for n in sur["m"]]
    if locale == "uk_UA":
        sur = {g: v + values("last_names_common")[:300] for g, v in sur.items()}
    if locale == "is_IS":
        sur = {g: [n + end for n in sur["m"][::3]] for g, end in (("f", "dóttir"), ("m", "on"))}
    father = {g: values(f"middle_names_{n}") for g, n in (("f", "female"), ("m", "male"))} if locale in ("ru_RU", "uk_UA") else {}
    return given, sur, father


@functools.cache
def pools_of(language: str, held: bool) -> tuple:
    """The pools of a language in its own script, as often as they are to be drawn."""
    latin = language not in NON_LATIN
    found = [pool(one, latin, held) for one in LOCALES.get(language, "").split()]
    return tuple(p for p in found if p) or world(held)


@functools.cache
def world(held: bool) -> tuple:
    """Pools of anywhere in Latin letters."""
    return tuple(p for p in (pool(one, True, held) for one in WORLD) if p)


@functools.cache
def given_names() -> frozenset:
    """All given names in Latin letters, lower-cased: to keep people out of real text."""
    found = set()
    for held in (False, True):
        for language in ("en", "de", "fr", "es", "it", "nl", "pt", "pl"):
            for p in pools_of(language, held):
                found.update(n.lower() for v in p.given.values() for n in v)
        for p in world(held):
            found.update(n.lower() for v in p.given.values() for n in v)
    return frozenset(found)


@functools.cache
def native_names() -> frozenset:
    """All given names in other scripts than Latin."""
    found = set()
    for held in (False, True):
        for language in sorted(NON_LATIN):
            for p in pools_of(language, held):
                found.update(n for v in p.given.values() for n in v if len(n) > 2 and not script.is_latin(n))
    return frozenset(found)
