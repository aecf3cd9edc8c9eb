"""Addresses as each country writes them, cities, countries."""

import functools

from faker import Faker

from . import place_lists, pools

# language -> countries of its addresses; a country named twice is drawn twice as often.
OF_LANGUAGE = {
    "en": "us us us us us us gb gb gb gb au ca ie in nz za", "de": "de de de de at ch", "fr": "fr fr fr fr be fc", "es": "es es es mx mx ar co cl", "it": "it", "nl": "nl nl nl bn", "pt": "pt br br",
    "pl": "pl", "cs": "cz", "sk": "sk", "hu": "hu", "ro": "ro", "hr": "hr", "sl": "si", "bs": "hr", "lt": "lt", "lv": "lv", "et": "ee", "fi": "fi", "sv": "se", "da": "dk", "no": "no", "nb": "no",
    "is": "is", "tr": "tr", "id": "id", "ms": "id", "vi": "vn", "sw": "ke", "ru": "ru", "be": "ru", "uk": "ua", "bg": "bg", "mk": "mk", "sr": "rs", "el": "gr", "ka": "ge", "hy": "am", "ar": "dz eg sa",
    "fa": "ir", "ur": "ir", "he": "il", "hi": "hi", "mr": "hi", "ne": "hi", "bn": "bd", "ta": "hi", "th": "th", "zh": "cn", "zht": "tw", "ja": "jp", "ko": "kr", "ca": "es", "tl": "ph", "fil": "ph", "ga": "ie", "az": "tr",
}  # fmt: skip

_FAKER = {
    "us": "en_US", "gb": "en_GB", "au": "en_AU", "ca": "en_CA", "ie": "en_IE", "in": "en_IN", "nz": "en_NZ", "de": "de_DE", "at": "de_AT", "ch": "de_CH", "fr": "fr_FR", "fc": "fr_CA", "es": "es_ES", "mx": "es_MX",
    "ar": "es_AR", "co": "es_CO", "cl": "es_CL", "it": "it_IT", "nl": "nl_NL", "bn": "nl_BE", "pt": "pt_PT", "br": "pt_BR", "pl": "pl_PL", "cz": "cs_CZ", "sk": "sk_SK", "se": "sv_SE", "dk": "da_DK", "no": "no_NO",
    "fi": "fi_FI", "hu": "hu_HU", "ro": "ro_RO", "hr": "hr_HR", "si": "sl_SI", "ru": "ru_RU", "ua": "uk_UA", "gr": "el_GR", "ge": "ka_GE", "am": "hy_AM", "dz": "ar_DZ", "ir": "fa_IR", "il": "he_IL", "hi": "hi_IN",
    "bd": "bn_BD", "th": "th_TH", "cn": "zh_CN", "tw": "zh_TW", "jp": "ja_JP", "kr": "ko_KR", "mk": "mk_MK", "vn": "vi_VN", "id": "id_ID", "ph": "fil_PH", "za": "zu_ZA",
}  # fmt: skip

COUNTRY = {
    "us": "USA", "gb": "United Kingdom", "au": "Australia", "ca": "Canada", "ie": "Ireland", "in": "India", "nz": "New Zealand", "za": "South Africa", "de": "Deutschland", "at": "Österreich", "ch": "Schweiz",
    "fr": "France", "be": "Belgique", "bn": "België", "fc": "Canada", "es": "España", "mx": "México", "ar": "Argentina", "co": "Colombia", "cl": "Chile", "it": "Italia", "nl": "Nederland", "pt": "Portugal", "br": "Brasil",
    "pl": "Polska", "cz": "Česká republika", "sk": "Slovensko", "se": "Sverige", "dk": "Danmark", "no": "Norge", "fi": "Suomi", "tr": "Türkiye", "hu": "Magyarország", "ro": "România", "hr": "Hrvatska", "si": "Slovenija",
    "lt": "Lietuva", "lv": "Latvija", "ee": "Eesti", "is": "Ísland", "id": "Indonesia", "vn": "Việt Nam", "ke": "Kenya", "ph": "Philippines", "ru": "Россия", "ua": "Україна", "bg": "България", "mk": "Македонија",
    "rs": "Србија", "gr": "Ελλάδα", "ge": "საქართველო", "am": "Հայաստան", "dz": "الجزائر", "eg": "مصر", "sa": "السعودية", "ir": "ایران", "il": "ישראל", "hi": "भारत", "bd": "বাংলাদেশ", "th": "ประเทศไทย",
    "cn": "中国", "tw": "台灣", "jp": "日本", "kr": "대한민국",
}  # fmt: skip

# country -> how its streets and places are joined: lines of the address.
# {s} street, {n} number, {p} postcode, {c} city, {f} flat.
_LINES = {
    "us": "{n} {s}{f}|{c}, {a} {p}", "ca": "{n} {s}{f}|{c}, {a} {p}", "fc": "{n}, {s}|{c} ({a}) {p}", "au": "{n} {s}|{c} {a} {p}", "gb": "{n} {s}|{c}|{p}", "ie": "{n} {s}|{c}|{p}", "in": "{n}, {s}|{c} {p}", "nz": "{n} {s}|{c} {p}",
    "za": "{n} {s}|{c}|{p}", "fr": "{n} {s}|{p} {c}", "be": "{s} {n}|{p} {c}", "bn": "{s} {n}{f}|{p} {c}", "es": "{s}, {n}{f}|{p} {c}", "mx": "{s} {n}|{p} {c}", "ar": "{s} {n}|{p} {c}", "co": "{s} # {n}-{f}|{c}", "cl": "{s} {n}|{c}",
    "it": "{s}, {n}|{p} {c}", "nl": "{s} {n}|{p} {c}", "pt": "{s}, {n}{f}|{p} {c}", "br": "{s}, {n}{f}|{c} - {a}|{p}", "pl": "{s} {n}{f}|{p} {c}", "hu": "{p} {c}|{s} {n}.", "ro": "{s} nr. {n}{f}|{p} {c}", "lt": "{s} {n}{f}|LT-{p} {c}",
    "lv": "{s} {n}{f}|{c}, LV-{p}", "tr": "{s} No: {n}{f}|{p} {c}", "id": "{s} No. {n}|{c} {p}", "vn": "{n} {s}|{c}", "ke": "{s} {n}|{c}", "ph": "{n} {s}|{p} {c}",
    "ru": "{p}, г. {c}|{s}, д. {n}{f}", "ua": "{s}, буд. {n}{f}|{c}, {p}", "bg": "{s} № {n}{f}|{p} {c}", "gr": "{s} {n}|{p} {c}", "ge": "{s} {n}|{p} {c}", "am": "{s} {n}|{c} {p}", "dz": "{n} {s}|{c} {p}", "eg": "{n} {s}|{c}", "sa": "{n} {s}|{c} {p}",
    "ir": "{c}، {s}، پلاک {n}|کد پستی {p}", "il": "{s} {n}{f}|{c} {p}", "hi": "{n}, {s}|{c} - {p}", "bd": "{n}, {s}|{c}, {p}", "th": "{n} {s}|{c} {p}", "tw": "{p}{c}{s}{n}號", "cn": "{c}{s}{n}号{f}", "rs": "{s} {n}|{p} {c}",
}  # fmt: skip

_FLAT = {
    "es": (", 2º B", ", 3º izq.", ", bajo A", ", 1º", ", 4-2"), "pt": (", 2.º Dto", ", 3.º Esq", ", r/c"), "br": (", apto {}", " - ap. {}", ", bloco B"), "pl": ("/{}", " m. {}", " lok. {}"), "lt": ("-{}",), "lv": ("-{}", " k-1, dz. {}"),
    "tr": (" Daire: {}", " D:{}", " Kat 3 D. {}", "/{}"), "ru": (", кв. {}", ", корп. 2, кв. {}", ", оф. {}", " к{}"), "ua": (", кв. {}", ", офіс {}"), "bg": (", ап. {}", ", вх. Б, ап. {}", ", ет. 3"), "bn": (" bus {}",), "ro": (", bl. C2, ap. {}", ", ap. {}"),
    "il": (" דירה {}", "/{}"), "cn": ("{}室", "3单元{}室", "{}幢"), "co": ("{}",), "ca": (", Unit {}", " #{}"),
}  # fmt: skip

_AREA = {"us": place_lists.STATES, "ca": "ON BC QC AB MB NS".split(), "fc": ["Québec", "QC"], "au": "NSW VIC QLD WA SA TAS".split(), "br": "SP RJ MG BA RS PR PE".split()}


# countries whose addresses turn up in texts of other Latin languages
_ABROAD = "us gb fr de es it nl pl se in br mx ie at".split()


@functools.cache
def _fake(country: str) -> Faker:
    fake = Faker(_FAKER[country])
    fake.seed_instance(sum(map(ord, country)))
    return fake


@functools.cache
def _pool(country: str, what: str, held: bool) -> tuple:
    """Streets, cities or postcodes of a country, drawn from Faker once."""
    own = place_lists.OWN.get(country, {}).get(what)
    if own:
        found = set(own.split("|"))
    else:
        make = getattr(_fake(country), {"street": "street_name", "city": "city", "postcode": "postcode"}[what])
        more = place_lists.MORE.get(country, {}).get(what)
        found = {str(make()).strip().replace("\n", " ") for _ in range(200 if more else 600)}
        found |= set(more.split("|") if more else ())
    if what == "postcode":
        return tuple(sorted(found))
    kept = tuple(sorted(v for v in found if v and pools.heldout(v) == held))
    return kept or tuple(sorted(found))


@functools.cache
def _common(country: str, what: str, held: bool) -> tuple:
    """The well-known ones of a country's streets or cities."""
    listed = place_lists.MORE.get(country, {}).get(what, "")
    return tuple(v for v in listed.split("|") if v and pools.heldout(v) == held)


@functools.cache
def _whole(country: str, held: bool) -> tuple:
    """Whole addresses, for countries that Faker composes well itself."""
    fake = _fake(country)
    found = {fake.address().replace("\n", " ") for _ in range(700)}
    return tuple(sorted(a for a in found if pools.heldout(a) == held))


def country_code(s) -> str:
    """The country of the document, mostly; where its addresses and phones are from."""
    if s.home is None:
        s.home = s.pick(OF_LANGUAGE.get(s.language, "us gb id ke").split())
    if s.chance(0.93) or s.language in pools.NON_LATIN:
        return s.home
    return s.pick(_ABROAD)


def postcode(s, c: str) -> str:
    """A postcode of the country's form."""
    if c == "us":
        return s.digits(5) + (f"-{s.digits(4)}" if s.chance(0.08) else "")
    if c == "gb":
        area = s.pick("LS M B BS G EH SW SE N NW W E YO OX CB RG CF NR S L LE NE PL DE CV PE".split())
        return f"{area}{s.rng.randint(1, 28)} {s.rng.randint(1, 9)}{s.chars(2, 'ABDEFGHJLNPQRSTUWXYZ')}"
    form = place_lists.POSTCODE.get(c)
    if form:
        return "".join(s.pick("123456789") if ch == "1" else s.digits(1) if ch == "0" else s.pick("ABCDEFGHJKLMNPRSTVXY") if ch == "A" else ch for ch in form)
    return s.pick(_pool(c, "postcode", s.held))


def city_of(s, c: str) -> str:
    """A city of the country."""
    own = place_lists.CITIES.get(c)
    if own and s.chance(0.6):
        kept = own[s.held]
        return s.pick(kept)
    common = _common(c, "city", s.held)
    return s.pick(common if common and s.chance(0.55) else _pool(c, "city", s.held))


def city(s) -> str:
    """A city, standing alone: not personal."""
    return city_of(s, country_code(s))


def country(s) -> str:
    """A country's name."""
    return s.pick(place_lists.COUNTRIES.get(s.language, place_lists.COUNTRIES["en"]).split("|"))


def _street_name(s, c: str) -> str:
    if c in ("us", "gb", "au", "ca", "ie", "nz") and s.chance(0.6):
        name = f"{s.pick(place_lists.TREES[s.held])} {s.pick(place_lists.STREET.get(c, place_lists.STREET['us']))}"
        return s.pick(["N", "S", "E", "W", "North", "West", "N."]) + " " + name if s.chance(0.08) and c == "us" else name
    if c == "us" and s.chance(0.1):
        return f"{s.rng.randint(1, 120)}{s.pick(['th', 'th', 'st'])} {s.pick(['Street', 'St', 'Ave', 'Avenue'])}"
    common = _common(c, "street", s.held)
    name = s.pick(common if common and s.chance(0.5) else _pool(c, "street", s.held))
    if c == "pl":
        name = name if name.startswith(("ul", "al", "pl")) else s.pick(["ul. ", "ul. ", "", "al. ", "os. "]) + name
    if c == "de" and s.chance(0.12):
        name = name.replace("straße", s.pick(["str.", "strasse", "Str."]) if not name.endswith(" Straße") else "straße")
    return name


def _house(s, c: str) -> str:
    n = str(s.rng.randint(1, 9999 if c in ("us", "ca") and s.chance(0.5) else 180))
    if s.chance(0.08):
        n += s.pick("abcABd") if c not in ("ru", "ua", "bg", "rs") else s.pick("абвАБ")
    elif s.chance(0.03):
        n += s.pick(["-", "/", "–"]) + str(s.rng.randint(1, 60))
    return n


# Boxes instead of streets, as the countries' posts write them.
_BOXES = {
    "us": "PO Box {}|P.O. Box {}|PO BOX {}", "gb": "PO Box {}", "au": "PO Box {}|GPO Box {}|Locked Bag {}", "nz": "PO Box {}|Private Bag {}", "ie": "PO Box {}", "ca": "PO Box {}|RR {}", "za": "PO Box {}|Private Bag X{}", "de": "Postfach {}|Packstation {}", "at": "Postfach {}", "ch": "Postfach {}|Case postale {}",
    "fr": "BP {}|CS {}", "be": "BP {}", "es": "Apartado de correos {}|Apdo. {}", "mx": "Apartado Postal {}", "it": "Casella Postale {}|C.P. {}", "nl": "Postbus {}", "pt": "Apartado {}", "br": "Caixa Postal {}", "pl": "skr. poczt. {}", "cz": "P. O. Box {}", "sk": "P. O. Box {}", "se": "Box {}", "dk": "Postboks {}", "no": "Postboks {}",
    "fi": "PL {}", "hu": "Pf. {}", "hr": "p.p. {}", "si": "p.p. {}", "tr": "P.K. {}", "gr": "Τ.Θ. {}", "ru": "а/я {}", "ua": "а/с {}", "bg": "п.к. {}", "il": "ת.ד. {}", "eg": "ص.ب. {}", "sa": "ص.ب. {}",
}  # fmt: skip


def _lines(s, c: str) -> list:
    if c in _BOXES and s.chance(0.03):
        box = s.pick(_BOXES[c].split("|")).format(s.rng.randint(2, 9999))
        town, code = city_of(s, c), postcode(s, c)
        if c in _AREA:
            return [box, f"{town}, {s.pick(_AREA[c])} {code}"]
        return [box, f"{town} {code}" if c in ("gb", "ie", "nz", "za", "il", "eg", "sa") else f"{code} {town}"]
    form = _LINES.get(c, "{s} {n}|{p} {c}")
    flat = ""
    if c == "us" and s.chance(0.2):
        flat = s.pick([", Apt {}", " Apt. {}B", ", Unit {}", ", Suite {}", " #{}", ", Apt. {}"]).format(s.rng.randint(1, 400))
    elif c in _FLAT and (s.chance(0.35) or c == "co"):
        flat = s.pick(_FLAT[c]).format(s.rng.randint(1, 180))
    number = _house(s, c)
    if c in ("gb", "ie") and s.chance(0.12):
        number = f"Flat {s.rng.randint(1, 40)}, {number}"
    out = form.format(s=_street_name(s, c), n=number, p=postcode(s, c), c=city_of(s, c), f=flat, a=s.pick(_AREA.get(c, [""])))
    return out.split("|")


def street(s, c: str | None = None) -> str:
    """Street and number alone."""
    c = c or country_code(s)
    if c in ("jp", "kr"):
        return s.pick(_whole(c, s.held))
    for line in _lines(s, c):
        if any(ch.isdigit() for ch in line) and not _is_place_line(line, c):
            return line
    return _lines(s, c)[0]


def _is_place_line(line: str, c: str) -> bool:
    first = _LINES.get(c, "{s}").split("|")[0]
    return "{s}" not in first and line[0].isdigit() and c in ("hu", "ru")


def parts(s) -> list:
    """Lines of an address, from street to country."""
    c = country_code(s)
    if c in ("jp", "kr"):
        whole = s.pick(_whole(c, s.held))
        lines = [("〒" if s.chance(0.5) else "") + postcode(s, c) + " " + whole] if c == "jp" and s.chance(0.6) else [whole + (f" ({postcode(s, c)})" if c == "kr" and s.chance(0.4) else "")]
    else:
        lines = _lines(s, c)
    if c == "cn" and s.chance(0.4):
        lines = [s.pick(place_lists.PROVINCES) + lines[0] + (f" {postcode(s, c)}" if s.chance(0.3) else "")]
    r = s.rng.random()
    if len(lines) > 1 and r < 0.08 and c not in ("hu", "ru", "ir"):
        return lines[:1]
    if s.chance(0.12):
        lines.append(COUNTRY[c] if s.chance(0.7) else COUNTRY[c].upper())
    return lines


def address(s) -> str:
    """A postal address in one line, joined as written."""
    sep = s.pick([", ", ", ", ", ", ", ", "; ", " - ", " "]) if s.chance(0.3) else ", "
    if s.language in ("ar", "fa", "ur"):
        sep = "، "
    return sep.join(parts(s))


def address_lines(s) -> str:
    """A postal address over several lines."""
    return "\n".join(parts(s))
