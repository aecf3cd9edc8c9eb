"""Makers of values: what is personal, and what only looks so.

Every maker takes the scene (random source, language, pools) and returns text.
Numbers that have a checksum in the world have a right one here.
"""

import base64
import random
import string
import unicodedata
import uuid

from . import pools


class Scene:
    """Where values come from for one document: random source, split, language."""

    def __init__(self, rng: random.Random, held: bool, language: str = "en"):
        self.rng, self.held, self.language = rng, held, language
        self.names, self.places = pools.names(held), pools.places(held)
        self.first = self.last = None  # of the person named last
        self.group = None

    def pick(self, options):
        """One of options."""
        return self.rng.choice(options)

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return self.rng.random() < p

    def digits(self, n: int) -> str:
        """n random digits."""
        return "".join(self.rng.choices(string.digits, k=n))

    def chars(self, n: int, alphabet: str = string.ascii_letters + string.digits) -> str:
        """n random characters."""
        return "".join(self.rng.choices(alphabet, k=n))


# ---------------------------------------------------------------- people


def _draw(s: Scene) -> None:
    own = 0.45 if s.language == "en" else 0.65
    if s.chance(own):
        s.group = s.language
    else:
        s.group = s.pick(["world", "world", "world", "en", "de", "fr", "es", "it", "nl", "pt", "pl"])
    lists = s.names.first[s.group]
    i = s.rng.randrange(len(lists))
    s.first = s.pick(lists[i])
    # Name and surname of one country mostly: people do not mix them at random.
    s.last = s.pick(s.names.last[s.group][i] if s.chance(0.85) else s.pick(s.names.last[s.group]))


def person(s: Scene) -> str:
    """A full name as written in running text."""
    _draw(s)
    r = s.rng.random()
    if r < 0.74:
        return f"{s.first} {s.last}"
    if r < 0.79:
        return f"{s.first} {s.pick(string.ascii_uppercase)}. {s.last}"
    if r < 0.84:
        return f"{s.first} {pools.choose(s.rng, s.names.first[s.group])} {s.last}"
    if r < 0.88:
        return f"{s.first} {s.last}-{pools.choose(s.rng, s.names.last[s.group])}"
    if r < 0.92:
        return f"{s.first[0]}. {s.last}"
    if r < 0.95:
        return f"{s.first} {pools.choose(s.rng, s.names.last[s.group])} {s.last}"
    if r < 0.97:
        return f"{s.first} {s.pick(['van der', 'de', 'von', 'al', 'da', 'bin', 'dos', 'van', 'del', 'O’'])} {s.last}"
    return f"{s.first} {s.last} {s.pick(['Jr.', 'III', 'Sr.', 'II'])}"


def first(s: Scene) -> str:
    """A given name alone."""
    _draw(s)
    return s.first


def last(s: Scene) -> str:
    """A surname alone."""
    _draw(s)
    return s.last


def reversed_name(s: Scene) -> str:
    """Surname first, as lists and forms write it."""
    _draw(s)
    return f"{s.last}, {s.first}" if s.chance(0.8) else f"{s.last.upper()} {s.first}"


def first_again(s: Scene) -> str:
    """The given name of the person named last, or a new one."""
    return s.first or first(s)


def last_again(s: Scene) -> str:
    """The surname of the person named last, or a new one."""
    return s.last or last(s)


def person_genitive(s: Scene) -> str:
    """A Polish name in the genitive, by the regular endings."""
    _draw(s)
    f, l = s.first, s.last
    f = f[:-1] + ("i" if f[-2:-1] in "kgi" else "y") if f.endswith("a") else f + "a"
    if l.endswith("ski") or l.endswith("cki"):
        l += "ego"
    elif l.endswith("ska") or l.endswith("cka"):
        l = l[:-1] + "iej"
    elif l[-1] not in "aeiouyąęó":
        l += "a"
    return f"{f} {l}"


# ---------------------------------------------------------------- addresses

_TREES = {
    False: "Birch Oak Maple Cedar Elm Pine Willow Park Church Station Mill King's Queen's Victoria High Main "
    "Washington Lincoln Highland Sunset Lakeview Hillcrest River Spring North South West Market "
    "Broad Chestnut Walnut Franklin Jefferson Madison Meadow Forest Garden Orchard Bridge School "
    "Albert George Prospect Center Ridge Valley Harbor Cherry Magnolia Juniper".split(),
    True: "Hazel Poplar Laurel Rose Abbey Castle Manor Jackson Liberty Union Grove Canal Dogwood".split(),
}
_STREET = {
    "us": "Street Avenue Lane Drive Road Court Boulevard St Ave Ln Dr Rd Ct Blvd St. Ave. Way Place Terrace".split(),
    "gb": "Road Street Lane Close Avenue Gardens Crescent Terrace Drive Way Grove Mews Rd St".split(),
}
_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC "
    "ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
).split()
_STATE_NAMES = "Illinois Ohio Texas California Oregon Nevada Michigan Georgia Florida Virginia Iowa".split()
_US_CITIES = {
    False: "Springfield Riverside Franklin Portland Austin Denver Dayton Fresno Tulsa Omaha Boise Tampa Mesa "
    "Houston Chicago Seattle Boston Phoenix Atlanta Madison Lincoln Salem Clinton Georgetown Arlington".split(),
    True: "Cleveland Memphis Oakland Buffalo Newport Manchester Burlington Auburn Milton".split(),
}
_UK_CITIES = {
    False: "London Leeds Bristol Glasgow York Sheffield Cardiff Edinburgh Norwich Reading Bath Oxford Derby".split(),
    True: "Liverpool Nottingham Exeter Leicester Swansea Aberdeen".split(),
}
_COUNTRY = {
    "us": "USA", "gb": "United Kingdom", "au": "Australia", "ca": "Canada", "ie": "Ireland", "in": "India",
    "de": "Deutschland", "at": "Österreich", "fr": "France", "es": "España", "mx": "México", "it": "Italia",
    "nl": "Nederland", "pt": "Portugal", "br": "Brasil", "pl": "Polska", "cz": "Czechia", "se": "Sweden",
    "dk": "Denmark", "no": "Norway", "fi": "Finland", "tr": "Turkey", "hu": "Hungary", "ro": "Romania",
}  # fmt: skip
_BY_LANGUAGE = {
    "en": ["us"] * 6 + ["gb"] * 4 + ["au", "ca", "ie", "in"],
    "de": ["de", "de", "at"], "fr": ["fr"], "es": ["es", "mx"], "it": ["it"], "nl": ["nl"],
    "pt": ["pt", "br"], "pl": ["pl"],
}  # fmt: skip


def country(s: Scene) -> str:
    """A country code to write an address in."""
    if s.chance(0.85):
        return s.pick(_BY_LANGUAGE[s.language])
    return s.pick(sorted(_COUNTRY))


def postcode(s: Scene, c: str) -> str:
    """A postcode of the country's form."""
    if c == "us":
        return s.digits(5) + (f"-{s.digits(4)}" if s.chance(0.08) else "")
    if c == "gb":
        area = s.pick("LS M B BS G EH SW SE N NW W E YO OX CB RG CF NR S L LE".split())
        return f"{area}{s.rng.randint(1, 28)} {s.rng.randint(1, 9)}{s.chars(2, 'ABDEFGHJLNPQRSTUWXYZ')}"
    return str(s.places.faker[c].postcode())


def city(s: Scene, c: str | None = None) -> str:
    """A city of the country."""
    c = c or country(s)
    if c == "us" and s.chance(0.6):
        return s.pick(_US_CITIES[s.held])
    if c == "gb" and s.chance(0.6):
        return s.pick(_UK_CITIES[s.held])
    return s.pick(s.places.city[c])


def street(s: Scene, c: str) -> str:
    """Street and number."""
    n = str(s.rng.randint(1, 9999 if c == "us" and s.chance(0.5) else 250))
    if s.chance(0.06):
        n += s.pick("abcAB")
    if c in ("us", "gb", "au", "ca", "ie", "in"):
        if s.chance(0.65):
            name = f"{s.pick(_TREES[s.held])} {s.pick(_STREET.get(c, _STREET['us']))}"
            if s.chance(0.08):
                name = s.pick(["N", "S", "E", "W", "North", "West"]) + " " + name
        else:
            name = s.pick(s.places.street[c])
        out = f"{n} {name}"
        if s.chance(0.2):
            unit = s.pick([f"Apt {s.rng.randint(1, 40)}", f"Apt. {s.rng.randint(1, 30)}{s.pick('ABCD')}",
                           f"Unit {s.rng.randint(1, 90)}", f"Suite {s.rng.randint(100, 900)}", f"#{s.rng.randint(1, 99)}",
                           f"Flat {s.rng.randint(1, 40)}"])  # fmt: skip
            out = f"{unit}, {out}" if unit.startswith("Flat") else f"{out}{s.pick([', ', ' '])}{unit}"
        return out
    name = s.pick(s.places.street[c])
    if c == "fr":
        return f"{n}{s.pick([' ', ', ', ' bis ']) if s.chance(0.4) else ' '}{name}"
    if c == "pl":
        return f"{s.pick(['ul. ', 'ul. ', '', 'al. '])}{name} {n}{s.pick(['/' + s.digits(1), '', ''])}"
    if c in ("es", "it", "pt", "br", "mx"):
        return f"{name}{s.pick([', ', ' ', ', nº ', ' n. '] if c != 'mx' else [' ', ' #'])}{n}{s.pick(['', '', ', 2º B', ', 3 izq.']) if c == 'es' else ''}"
    return f"{name} {n}"


def address(s: Scene, lines: bool = False) -> str:
    """A postal address, joined as written: street, postcode, city, sometimes country."""
    c = country(s)
    st, pc, ct = street(s, c), postcode(s, c), city(s, c)
    sep = "\n" if lines else s.pick([", ", ", ", ", ", "; ", " - "] if s.chance(0.3) else [", "])
    if c in ("us", "ca", "au"):
        state = s.pick(_STATES) if c == "us" else s.pick({"ca": ["ON", "BC", "QC", "AB"], "au": ["NSW", "VIC", "QLD"]}[c])
        if c == "us" and s.chance(0.12):
            state = s.pick(_STATE_NAMES)
        tail = f"{ct}, {state} {pc}" if s.chance(0.85) else f"{ct} {state} {pc}"
    elif c in ("gb", "ie", "in"):
        tail = f"{ct}{s.pick([', ', ' '])}{pc}"
    elif c == "br":
        tail = f"{ct} - {s.pick(['SP', 'RJ', 'MG', 'BA', 'RS'])}, {pc}"
    else:
        tail = f"{pc} {ct}"
    r = s.rng.random()
    if r < 0.12:
        return st if not lines else st + sep + tail
    if r < 0.22:
        return st + sep + ct
    out = st + sep + tail
    if s.chance(0.12):
        out += (sep if lines else ", ") + _COUNTRY[c]
    return out


# ---------------------------------------------------------------- dates

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}


def _date(s: Scene, low: int, high: int) -> str:
    y, m, d = s.rng.randint(low, high), s.rng.randint(1, 12), s.rng.randint(1, 28)
    month = _MONTHS[s.language].split()[m - 1]
    if s.language == "en":
        th = "th" if 10 < d < 20 else {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
        forms = [
            f"{d} {month} {y}", f"{month} {d}, {y}", f"{month} {d}{th}, {y}", f"{d}{th} of {month} {y}", f"{month[:3]} {d}, {y}",
            f"{d} {month[:3]} {y}", f"{y}-{m:02}-{d:02}", f"{m:02}/{d:02}/{y}", f"{d:02}/{m:02}/{y}", f"{m}/{d}/{y % 100:02}",
            f"{d:02}.{m:02}.{y}", f"{d}-{month[:3]}-{y}", f"{month} {d} {y}", f"{y}/{m:02}/{d:02}", f"{d:02}-{m:02}-{y}",
        ]  # fmt: skip
    else:
        de = " de " if s.language in ("es", "pt") else ". " if s.language == "de" else " "
        of = " de " if s.language in ("es", "pt") else " "
        forms = [f"{d}{de}{month}{of}{y}", f"{d:02}.{m:02}.{y}", f"{d:02}/{m:02}/{y}", f"{y}-{m:02}-{d:02}", f"{d}-{m}-{y}"]
    return s.pick(forms)


def birth_date(s: Scene) -> str:
    """A date on which a living person may have been born."""
    return _date(s, 1931, 2019)


def date(s: Scene) -> str:
    """An administrative date: not personal."""
    return _date(s, 2015, 2027)


def timestamp(s: Scene) -> str:
    """A log's time stamp."""
    y, mo, d = s.rng.randint(2019, 2027), s.rng.randint(1, 12), s.rng.randint(1, 28)
    h, mi, sec = s.rng.randint(0, 23), s.rng.randint(0, 59), s.rng.randint(0, 59)
    mon = _MONTHS["en"].split()[mo - 1][:3]
    return s.pick([
        f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{sec:02}Z", f"{y}-{mo:02}-{d:02} {h:02}:{mi:02}:{sec:02},{s.digits(3)}",
        f"{y}-{mo:02}-{d:02}T{h:02}:{mi:02}:{sec:02}.{s.digits(3)}+02:00", f"{d:02}/{mon}/{y}:{h:02}:{mi:02}:{sec:02} +0000",
        f"{mon} {d:2} {h:02}:{mi:02}:{sec:02}", f"{y}/{mo:02}/{d:02} {h:02}:{mi:02}:{sec:02}", f"{h:02}:{mi:02}:{sec:02}.{s.digits(3)}",
        f"1{s.digits(9)}", f"1{s.digits(9)}.{s.digits(4)}",
    ])  # fmt: skip


# ---------------------------------------------------------------- contact


def ascii_name(name: str) -> str:
    """Lower-case ASCII letters of a name, for addresses and handles."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("ß", "ss").replace("ø", "o"))
    return "".join(ch for ch in plain.lower() if "a" <= ch <= "z") or "kim"


_DOMAIN_WORDS = {
    False: "acme northwind bluepeak orbit lumen cedarworks mapleleaf quantico harborline brightside novatek "
    "solaris greenfield ironbridge skylark pinecrest metrolink vertex stonegate redwood".split(),
    True: "kestrel tidewater larkspur copperhill zephyrix moonbase wexford".split(),
}
_TLD = "com com com net org io co.uk de fr es it nl pl pt eu co.in com.br ca app dev".split()
_FREEMAIL = "gmail.com gmail.com outlook.com yahoo.com hotmail.com proton.me icloud.com gmx.de web.de orange.fr libero.it wp.pl".split()


def domain(s: Scene) -> str:
    """A company's domain."""
    return f"{s.pick(_DOMAIN_WORDS[s.held])}{s.pick(['', '', '-' + s.pick(['group', 'labs', 'tech', 'hq'])])}.{s.pick(_TLD)}"


def handle(s: Scene) -> str:
    """A user name made of the last named person."""
    f, l = ascii_name(first_again(s)), ascii_name(last_again(s))
    return s.pick([f"{f}.{l}", f"{f}{l}", f"{f[0]}{l}", f"{f}_{l}", f"{l}.{f}", f"{f}{s.digits(2)}", f"{f[0]}.{l}", f"{l}{s.digits(2)}", f"{f}-{l}"])


def email(s: Scene) -> str:
    """An e-mail address, mostly of the last named person."""
    if s.last is None or s.chance(0.3):
        _draw(s)
    local = handle(s) + (s.digits(s.rng.randint(1, 3)) if s.chance(0.15) else "")
    out = f"{local}@{s.pick(_FREEMAIL) if s.chance(0.5) else domain(s)}"
    return out.upper() if s.chance(0.02) else out


def phone(s: Scene) -> str:
    """A phone number in one of the common ways of writing."""
    d = s.digits
    n = str(s.rng.randint(2, 9))
    return s.pick([
        f"+1 {n}{d(2)} {n}{d(2)} {d(4)}", f"({n}{d(2)}) {n}{d(2)}-{d(4)}", f"{n}{d(2)}-{n}{d(2)}-{d(4)}", f"+1-{n}{d(2)}-{n}{d(2)}-{d(4)}",
        f"{n}{d(2)}.{n}{d(2)}.{d(4)}", f"+44 7{d(3)} {d(6)}", f"07{d(3)} {d(6)}", f"+44 20 {d(4)} {d(4)}", f"020 {d(4)} {d(4)}",
        f"0{d(3)} {d(3)} {d(4)}", f"+49 {d(3)} {d(7)}", f"0{d(3)}/{d(6)}", f"0{d(3)}-{d(7)}", f"+49 (0){d(2)} {d(4)}-{d(2)}",
        f"+33 6 {d(2)} {d(2)} {d(2)} {d(2)}", f"06 {d(2)} {d(2)} {d(2)} {d(2)}", f"01.{d(2)}.{d(2)}.{d(2)}.{d(2)}", f"+34 6{d(2)} {d(3)} {d(3)}",
        f"6{d(2)} {d(2)} {d(2)} {d(2)}", f"+39 3{d(2)} {d(7)}", f"3{d(2)} {d(3)} {d(4)}", f"+31 6 {d(8)}", f"06-{d(8)}", f"+351 9{d(2)} {d(3)} {d(3)}",
        f"+55 11 9{d(4)}-{d(4)}", f"(21) 9{d(4)}-{d(4)}", f"+48 {d(3)} {d(3)} {d(3)}", f"{n}{d(2)} {d(3)} {d(3)}", f"+91 9{d(4)} {d(5)}",
        f"+234 80{d(1)} {d(3)} {d(4)}", f"+{s.rng.randint(20, 99)}{d(9)}", f"00{s.rng.randint(30, 49)} {d(3)} {d(6)}", f"1-800-{d(3)}-{d(4)}", f"{n}{d(9)}",
    ])  # fmt: skip


_PROFILE = "linkedin.com/in github.com facebook.com instagram.com twitter.com x.com t.me medium.com/@ gitlab.com youtube.com/@".split()


def personal_url(s: Scene) -> str:
    """A URL that names a person or carries a token."""
    if s.last is None or s.chance(0.5):
        _draw(s)
    h = handle(s)
    site = s.pick(_PROFILE)
    return s.pick([
        f"https://www.{site}{'' if site.endswith('@') else '/'}{h}", f"https://{site}{'' if site.endswith('@') else '/'}{h}",
        f"{site}{'' if site.endswith('@') else '/'}{h}", f"https://{domain(s)}/users/{h}", f"https://{domain(s)}/~{h}",
        f"https://{h.replace('_', '-')}.{s.pick(['me', 'dev', 'blog', 'github.io'])}", f"https://{domain(s)}/profile/{h}",
        f"https://{domain(s)}/reset?token={s.chars(24)}", f"https://{domain(s)}/invite/{s.chars(16)}?email={h}", f"https://www.{domain(s)}/patients/{s.digits(6)}/{h}",
        f"https://{domain(s)}/people/{h}", f"http://{domain(s)}/account/{h}/orders",
    ])  # fmt: skip


# ---------------------------------------------------------------- accounts


def luhn_digit(digits: str) -> str:
    """The Luhn check digit of digits."""
    total = 0
    for i, ch in enumerate(reversed(digits)):
        v = int(ch) * (2 if i % 2 == 0 else 1)
        total += v - 9 if v > 9 else v
    return str(-total % 10)


def card(s: Scene) -> str:
    """A payment card number."""
    prefix, length = s.pick([("4", 16), ("4", 16), ("51", 16), ("54", 16), ("2221", 16), ("37", 15), ("6011", 16)])
    body = prefix + s.digits(length - 1 - len(prefix))
    body += luhn_digit(body)
    sep = s.pick(["", " ", " ", "-"])
    if length == 15:
        return sep.join([body[:4], body[4:10], body[10:]])
    return sep.join(body[i : i + 4] for i in range(0, 16, 4))


_IBAN = {"DE": 18, "FR": 23, "ES": 20, "IT": 0, "NL": 0, "GB": 0, "PL": 24, "PT": 21, "BE": 12, "AT": 16, "CH": 17}


def iban(s: Scene) -> str:
    """An IBAN."""
    c = s.pick(sorted(_IBAN))
    if c == "IT":
        bban = s.pick(string.ascii_uppercase) + s.digits(22)
    elif c == "NL":
        bban = s.pick(["ABNA", "INGB", "RABO"]) + s.digits(10)
    elif c == "GB":
        bban = s.pick(["BARC", "NWBK", "HBUK"]) + s.digits(14)
    else:
        bban = s.digits(_IBAN[c])
    number = int("".join(str(int(ch, 36)) for ch in bban + c + "00"))
    full = f"{c}{98 - number % 97:02}{bban}"
    if s.chance(0.6):
        return " ".join(full[i : i + 4] for i in range(0, len(full), 4))
    return full


def ssn(s: Scene) -> str:
    """A US social security number of an assignable range."""
    a = s.pick([n for n in range(1, 900) if n != 666])
    return f"{a:03}{(sep := s.pick(['-', '-', '-', ' ', '']))}{s.rng.randint(1, 99):02}{sep}{s.rng.randint(1, 9999):04}"


def pesel(s: Scene) -> str:
    """A Polish PESEL."""
    d = f"{s.rng.randint(40, 99):02}{s.rng.randint(1, 12):02}{s.rng.randint(1, 28):02}{s.digits(4)}"
    return d + str(-sum(int(a) * b for a, b in zip(d, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3))) % 10)


def dni(s: Scene) -> str:
    """A Spanish DNI."""
    n = s.rng.randint(10_000_000, 99_999_999)
    return f"{n}{s.pick(['', '-'])}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


def nhs(s: Scene) -> str:
    """A British NHS number."""
    while True:
        d = s.digits(9)
        check = 11 - sum(int(a) * b for a, b in zip(d, range(10, 1, -1))) % 11
        if check != 10:
            d += str(check % 11)
            return f"{d[:3]} {d[3:6]} {d[6:]}" if s.chance(0.7) else d


def bsn(s: Scene) -> str:
    """A Dutch BSN."""
    while True:
        d = s.digits(8)
        check = sum(int(a) * b for a, b in zip(d, range(9, 1, -1))) % 11
        if check < 10 and d[0] != "0":
            return d + str(check)


def cpf(s: Scene) -> str:
    """A Brazilian CPF."""
    d = s.digits(9)
    for n in (10, 11):
        check = sum(int(a) * b for a, b in zip(d, range(n, 1, -1))) * 10 % 11 % 10
        d += str(check)
    return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}" if s.chance(0.7) else d


def steuer_id(s: Scene) -> str:
    """A German tax id: ten digits, one of them twice, and the check digit."""
    d = s.rng.sample(string.digits, 9)
    d.insert(s.rng.randint(1, 9), d[0])
    if d[0] == "0":
        d[0], d[5] = d[5], d[0]
    p = 10
    for ch in d:
        m = (int(ch) + p) % 10 or 10
        p = m * 2 % 11
    return "".join(d) + str((11 - p) % 10)


def aadhaar(s: Scene) -> str:
    """A number written like an Aadhaar (its checksum is left to the rules)."""
    d = str(s.rng.randint(2, 9)) + s.digits(11)
    return f"{d[:4]} {d[4:8]} {d[8:]}"


def codice_fiscale(s: Scene) -> str:
    """An Italian codice fiscale with its control letter."""
    consonants = "BCDFGLMNPRSTVZ"
    body = s.chars(6, consonants) + s.digits(2) + s.pick("ABCDEHLMPRST") + f"{s.rng.randint(1, 28):02}" + s.pick("ABCDEFGHIL") + s.digits(3)
    odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    total = 0
    for i, ch in enumerate(body):
        v = int(ch) if ch.isdigit() else ord(ch) - 65
        total += odd[v] if i % 2 == 0 else v
    return body + chr(65 + total % 26)


def national_id(s: Scene) -> str:
    """A personal number of the state."""
    by = {"en": [ssn, ssn, nhs, aadhaar], "de": [steuer_id], "es": [dni], "nl": [bsn], "pt": [cpf], "pl": [pesel], "it": [codice_fiscale]}
    if s.chance(0.8):
        return s.pick(by.get(s.language, [ssn]))(s)
    return s.pick([ssn, nhs, steuer_id, dni, bsn, cpf, pesel, codice_fiscale])(s)


def passport(s: Scene) -> str:
    """A passport or licence number."""
    return s.pick([s.chars(1, "ABCDEFGHKLMNPRX") + s.digits(8), s.digits(9), s.chars(2, "ABCDEFXYZ") + s.digits(7), f"{s.chars(1, 'DFSTW')}{s.digits(3)}-{s.digits(4)}-{s.digits(4)}"])


def account(s: Scene) -> str:
    """A customer's or bank account number."""
    return s.pick([s.digits(8), s.digits(10), s.digits(12), f"{s.digits(4)}-{s.digits(6)}", f"{s.digits(2)}-{s.digits(2)}-{s.digits(2)} {s.digits(8)}", s.digits(9)])


def member_id(s: Scene) -> str:
    """A member, patient or policy number."""
    return s.pick([f"{s.pick(['MRN', 'M', 'P', 'POL', 'PT', 'INS'])}{s.pick(['-', '', ' '])}{s.digits(s.rng.randint(6, 9))}", f"{s.chars(3, string.ascii_uppercase)}{s.digits(9)}", s.digits(9)])


# ---------------------------------------------------------------- secrets

_WORDS = {
    False: "summer winter dragon monkey hunter tiger coffee rainbow purple falcon shadow orange silver pepper banana "
    "thunder castle rocket cookie guitar pirate flower welcome sunshine football mango ninja blue happy bear".split(),
    True: "autumn wizard panda walrus biscuit turtle cactus yellow marble lemon comet".split(),
}


def password(s: Scene) -> str:
    """A password as people make them."""
    w = s.pick(_WORDS[s.held])
    if s.chance(0.5):
        w = w.capitalize()
    if s.chance(0.3):
        w = w.replace("a", "@").replace("o", "0").replace("e", "3")
    sym = s.pick("!@#$%&*?-_.+")
    return s.pick([
        f"{w}{s.digits(s.rng.randint(1, 4))}{sym}", f"{w}{sym}{s.digits(s.rng.randint(2, 4))}", f"{w}-{s.pick(_WORDS[s.held]).capitalize()}{sym}{s.digits(2)}",
        f"{w}{s.digits(1)}-{s.pick(_WORDS[s.held]).capitalize()}{sym}{s.digits(2)}", f"{w}{s.digits(4)}", "-".join(s.pick(_WORDS[s.held]) for _ in range(4)),
        s.chars(s.rng.randint(9, 18), string.ascii_letters + string.digits + "!@#$%^&*"), s.chars(s.rng.randint(10, 16)), f"{s.chars(4)}{sym}{s.chars(5)}",
        f"P@ss{w}{s.digits(2)}", f"{sym}{w}{s.digits(3)}{s.chars(3)}",
    ])  # fmt: skip


def _b64(s: Scene, n: int) -> str:
    return base64.b64encode(s.rng.randbytes(n)).decode()


def api_key(s: Scene) -> str:
    """An API key, access token or signing key."""
    alnum = s.chars
    return s.pick([
        f"sk-{alnum(s.rng.randint(32, 48))}", f"sk-proj-{alnum(40)}", f"ghp_{alnum(36)}", f"github_pat_{alnum(22)}_{alnum(30)}", f"AKIA{alnum(16, string.ascii_uppercase + '234567')}",
        f"xoxb-{s.digits(11)}-{s.digits(12)}-{alnum(24)}", f"sk_live_{alnum(24)}", f"rk_test_{alnum(24)}", f"glpat-{alnum(20)}", f"AIza{alnum(35)}", f"SG.{alnum(22)}.{alnum(43)}",
        f"npm_{alnum(36)}", f"hf_{alnum(34)}", f"dop_v1_{alnum(64, '0123456789abcdef')}", alnum(32, "0123456789abcdef"), alnum(40), _b64(s, 24), _b64(s, 32), alnum(24), alnum(20),
        f"eyJ{alnum(20)}.eyJ{alnum(40)}.{alnum(43)}", f"pk.{alnum(30)}", f"{s.pick(_DOMAIN_WORDS[s.held])}_{alnum(28)}", str(uuid.UUID(bytes=s.rng.randbytes(16))),
    ])  # fmt: skip


# ---------------------------------------------------------------- not personal

_ORG_A = "Northwind Contoso Meridian Apex Bluewater Pinnacle Hartwell Atlas Summit Sterling Keystone Nimbus Aurora Horizon Cascade Vanguard Lighthouse Evergreen Granite Beacon Fairview Whitfield Larson Morgan Baker Kennedy Fischer Weber".split()
_ORG_B = "Industries Logistics Systems Bank Insurance Health Partners Media Labs Foods Energy Holdings Consulting Pharma Motors Solutions University Hospital School Clinic Museum Airlines GmbH Ltd Inc. LLC S.A. AG & Sons Group Foundation".split()
_FAMOUS_ORG = (
    "Microsoft|Google|Amazon|Apple|Oracle|IBM|Siemens|Bosch|Toyota|Samsung|Netflix|Spotify|Adobe|Intel|"
    "Nvidia|Cisco|Deutsche Bank|Goldman Sachs|Morgan Stanley|JP Morgan|Ernst & Young|Johnson & Johnson|"
    "Procter & Gamble|Harvard University|Oxford University|Red Cross|United Nations|European Commission|"
    "World Bank|Wells Fargo|Mercedes-Benz|Ford|Tesla|Disney|Philips|Marks & Spencer|John Lewis|"
    "Levi Strauss|Ben & Jerry's|Mary Kay|Jack Daniel's|Dr. Oetker|St. Mary's Hospital|Johns Hopkins|"
    "Carl Zeiss|Hugo Boss|Max Planck Institute|Louis Vuitton|Charles Schwab|Thomas Cook|Eli Lilly|Lloyds|"
    "Saint John Hospital|Lincoln Center|Washington Post|Bosch Rexroth"
)
_PRODUCTS = (
    "Kubernetes|Docker|Linux|Jenkins|Jira|Slack|Excel|Postgres|PostgreSQL|Redis|Kafka|Grafana|Prometheus|Terraform|Ansible|Maven|Gradle|Django|Flask|React|Angular|Node.js|TypeScript|Rust|Go|Python|Java|"
    "Firefox|Chrome|Safari|Windows Server|Ubuntu|Debian|Alpine|Nginx|Caddy|Apache Tomcat|Elasticsearch|MongoDB|MySQL|SQLite|RabbitMQ|Celery|Pandas|NumPy|PyTorch|iPhone 15|Galaxy S24|ThinkPad X1|"
    "PlayStation 5|Model Y|Corolla|Pixel 9|Kindle Paperwhite|AirPods Pro|Surface Laptop|Office 365|Power BI|Salesforce|SAP S/4HANA|Photoshop|Figma|Notion|Zoom|Teams|Outlook|Android|macOS Sonoma|GitHub Actions|"
    "Bootstrap|Julia|Ruby|Swift|Erlang|Pascal|Ada|Claude|Alexa|Siri|Gemini|Watson|Jasmine|Mocha|Chai|Jest|Cassandra|Hadoop|Spark|Hive|Athena|Aurora|Lambda|Vault|Consul|Nomad|Helm|Istio|Envoy|Bison"
)
_PLACES = "London|Paris|Berlin|New York|Tokyo|Madrid|Rome|Warsaw|Lisbon|Amsterdam|San Francisco|Germany|France|Poland|Europe|Asia|California|Texas|Ontario|India|Brazil|the Netherlands|Munich|Hamburg|Sydney|Singapore|Nairobi|Lagos|Mexico City|Buenos Aires|Vienna|Zurich|Brussels|Oslo|Stockholm|Dublin|Manchester|Boston|Jordan|Georgia|Chad|Victoria|Florence|Charlotte|Austin|Orlando|Sierra Leone|San José|St. Petersburg|Santa Barbara|Lake Victoria|Mount Everest|Silicon Valley|Wall Street"


def org(s: Scene) -> str:
    """An organisation."""
    r = s.rng.random()
    if r < 0.45:
        return f"{s.pick(_ORG_A)} {s.pick(_ORG_B)}"
    if r < 0.75:
        return s.pick(_FAMOUS_ORG.split("|"))
    if r < 0.9:
        return f"{s.pick(s.names.last[s.language][0])} {s.pick(['& Co', 'GmbH', 'Ltd', 'Inc.', 'LLC', 'Brothers', '& Sons', 'Group', 'Bank', 'University'])}"
    return f"{s.pick(_DOMAIN_WORDS[s.held]).capitalize()} {s.pick(_ORG_B)}"


def product(s: Scene) -> str:
    """A product, tool or programming language."""
    return s.pick(_PRODUCTS.split("|"))


def place(s: Scene) -> str:
    """A place in general use."""
    return s.pick(_PLACES.split("|")) if s.chance(0.8) else city(s)


def version(s: Scene) -> str:
    """A version number."""
    a, b, c = s.rng.randint(0, 24), s.rng.randint(0, 30), s.rng.randint(0, 99)
    return s.pick([f"{a}.{b}.{c}", f"v{a}.{b}.{c}", f"{a}.{b}", f"v{a}", f"{a}.{b}.{c}-rc{s.rng.randint(1, 4)}", f"{a}.{b}.{c}+{s.chars(7, '0123456789abcdef')}"])


def order(s: Scene) -> str:
    """An order, ticket or invoice number."""
    return s.pick([f"#{s.digits(5)}", f"ORD-{s.digits(8)}", f"INV-{s.rng.randint(2019, 2027)}-{s.digits(5)}", f"{s.pick(['JIRA', 'OPS', 'BUG', 'PROJ', 'SUP', 'INC', 'REQ', 'CASE', 'SKU', 'PO', 'TCK'])}-{s.digits(s.rng.randint(3, 7))}", s.digits(6), f"A{s.digits(7)}"])


def ident(s: Scene) -> str:
    """A hash, UUID or other machine identifier."""
    hexa = "0123456789abcdef"
    return s.pick([str(uuid.UUID(bytes=s.rng.randbytes(16))), s.chars(40, hexa), s.chars(7, hexa), s.chars(64, hexa), "sha256:" + s.chars(64, hexa), s.chars(32, hexa), f"req_{s.chars(16)}", f"0x{s.chars(8, hexa)}", s.chars(12, hexa), f"sha512-{_b64(s, 64)}", f"01H{s.chars(23, string.ascii_uppercase + string.digits)}", f"i-0{s.chars(16, hexa)}"])


def amount(s: Scene) -> str:
    """A sum of money."""
    v = f"{s.rng.randint(1, 9999)}.{s.digits(2)}"
    return s.pick([f"${v}", f"€{v}", f"{v} EUR", f"£{v}", f"{v} USD", f"{s.rng.randint(1, 900)} zł", f"{v.replace('.', ',')} €", f"${s.rng.randint(1, 99)},{s.digits(3)}"])


def number(s: Scene) -> str:
    """A plain number."""
    return str(s.rng.randint(0, 10 ** s.rng.randint(1, 6)))


def host(s: Scene) -> str:
    """A host name."""
    a = s.pick("db web api cache worker node mail auth proxy gateway app build ci staging prod redis kafka".split())
    return s.pick([f"{a}-{s.rng.randint(1, 30)}", f"{a}{s.rng.randint(1, 9)}.internal", f"{a}.{domain(s)}", f"{a}-{s.rng.randint(0, 9)}.prod.svc.cluster.local", "localhost", f"ip-10-0-{s.rng.randint(0, 255)}-{s.rng.randint(0, 255)}"])


def ip(s: Scene) -> str:
    """An IP address (the rules' business, not the model's)."""
    return s.pick([f"10.{s.rng.randint(0, 255)}.{s.rng.randint(0, 255)}.{s.rng.randint(1, 254)}", f"192.168.{s.rng.randint(0, 9)}.{s.rng.randint(1, 254)}", "127.0.0.1", f"{s.rng.randint(11, 220)}.{s.rng.randint(0, 255)}.{s.rng.randint(0, 255)}.{s.rng.randint(1, 254)}", "::1", f"fe80::{s.chars(4, '0123456789abcdef')}:{s.chars(4, '0123456789abcdef')}"])


def plain_url(s: Scene) -> str:
    """A URL that tells of nobody."""
    return s.pick([f"http://localhost:{s.rng.randint(1000, 9999)}/{s.pick(['api', 'health', 'metrics', 'docs', ''])}", f"https://docs.{domain(s)}/{s.pick(['guide', 'api/v2', 'install', 'faq'])}", f"https://www.{domain(s)}", f"https://github.com/{s.pick(['golang/go', 'torvalds/linux', 'caddyserver/caddy', 'python/cpython', 'kubernetes/kubernetes'])}/issues/{s.digits(4)}", f"https://{domain(s)}/{s.pick(['pricing', 'blog/release-notes', 'static/app.js', 'img/logo.png'])}", f"http://{ip(s)}:8080/"])


def file_path(s: Scene) -> str:
    """A path in a file system."""
    return s.pick([f"/var/log/{s.pick(['nginx', 'app', 'syslog', 'caddy'])}/{s.pick(['access', 'error'])}.log", f"src/{s.pick(['main', 'util', 'server', 'parser'])}/{s.pick(['handler.go', 'index.ts', 'models.py', 'App.java'])}", f"/etc/{s.pick(['hosts', 'caddy/Caddyfile', 'ssl/certs', 'fstab'])}", "C:\\Program Files\\App\\config.xml", f"./build/{s.pick(['out', 'dist'])}/bundle.{s.chars(8, '0123456789abcdef')}.js", f"/api/v{s.rng.randint(1, 4)}/{s.pick(['items', 'users', 'orders', 'search', 'health'])}"])


def symbol(s: Scene) -> str:
    """An identifier of a program."""
    a, b = s.pick("get set load parse user order name token cache file build client request".split()), s.pick("Name Id List Handler Error Config Count Manager Value Index Path Factory".split())
    return s.pick([f"{a}{b}", f"{a}_{b.lower()}", f"{a.capitalize()}{b}", f"{a}{b}()", f"{a}.{b.lower()}", f"{a.upper()}_{b.upper()}"])


def placeholder(s: Scene) -> str:
    """What stands where a secret would."""
    return s.pick(["<your-password>", "changeme", "********", "${DB_PASSWORD}", "xxxxxxxx", "YOUR_API_KEY", "null", "[REDACTED]", "<token>", "{{ .Values.password }}", "os.environ['TOKEN']", "required", "***", "incorrect", "too short", "your-secret-here", "none", '""', "$PASSWORD", "expired"])


def clock(s: Scene) -> str:
    """A time of day."""
    return s.pick([f"{s.rng.randint(1, 12)} pm", f"{s.rng.randint(0, 23)}:{s.rng.randint(0, 59):02}", f"{s.rng.randint(1, 12)}:{s.rng.choice(['00', '15', '30', '45'])} am"])


def weekday(s: Scene) -> str:
    """A day of the week or a month."""
    by = {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow May April June August", "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag", "fr": "lundi mardi mercredi jeudi vendredi samedi",
        "es": "lunes martes miércoles jueves viernes", "it": "lunedì martedì mercoledì giovedì venerdì", "nl": "maandag dinsdag woensdag donderdag vrijdag", "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira", "pl": "poniedziałek wtorek środę czwartek piątek",
    }  # fmt: skip
    return s.pick(by[s.language].split())


# slot name -> (maker, category or None)
SLOTS = {
    "person": (person, "private_person"), "first": (first, "private_person"), "last": (last, "private_person"), "rev": (reversed_name, "private_person"),
    "again": (first_again, "private_person"), "lastagain": (last_again, "private_person"), "gen": (person_genitive, "private_person"),
    "address": (address, "private_address"), "street": (lambda s: street(s, country(s)), "private_address"), "dob": (birth_date, "private_date"),
    "email": (email, "private_email"), "phone": (phone, "private_phone"), "url": (personal_url, "private_url"),
    "card": (card, "account_number"), "iban": (iban, "account_number"), "natid": (national_id, "account_number"), "passport": (passport, "account_number"),
    "account": (account, "account_number"), "member": (member_id, "account_number"), "password": (password, "secret"), "key": (api_key, "secret"),
    "org": (org, None), "product": (product, None), "place": (place, None), "city": (city, None), "version": (version, None), "order": (order, None), "ident": (ident, None),
    "amount": (amount, None), "number": (number, None), "host": (host, None), "ip": (ip, None), "plainurl": (plain_url, None), "path": (file_path, None), "symbol": (symbol, None),
    "date": (date, None), "stamp": (timestamp, None), "placeholder": (placeholder, None), "clock": (clock, None), "weekday": (weekday, None),
}  # fmt: skip
