"""Cards, bank accounts, and numbers that firms give to people."""

import string

from . import national_east, national_west, places
from .checksums import luhn


def card(s) -> str:
    """A payment card number."""
    prefix, length = s.pick([("4", 16), ("4", 16), ("51", 16), ("54", 16), ("2221", 16), ("37", 15), ("6011", 16)])
    body = prefix + s.digits(length - 1 - len(prefix))
    body += luhn(body)
    sep = s.pick(["", " ", " ", "-"])
    if length == 15:
        return sep.join([body[:4], body[4:10], body[10:]])
    return sep.join(body[i : i + 4] for i in range(0, 16, 4))


# country -> the form of its national account number: 0 a digit, A a letter, the rest as it stands
_IBAN = {
    "de": "DE000000000000000000", "fr": "FR0000000000000AAAAAAA000000"[:27], "es": "ES0000000000000000000000"[:24], "it": "ITA0000000000000000000000"[:25], "nl": "NLAAAA0000000000", "gb": "GBAAAA00000000000000", "pl": "PL000000000000000000000000", "pt": "PT000000000000000000000",
    "bn": "BE000000000000", "be": "BE000000000000", "at": "AT0000000000000000", "ch": "CH00000000000000000", "cz": "CZ00000000000000000000", "sk": "SK00000000000000000000", "hu": "HU000000000000000000000000", "ro": "ROAAAA0000000000000000", "hr": "HR00000000000000000", "si": "SI000000000000000",
    "bg": "BGAAAA00000000000000", "gr": "GR00000000000000000000000", "dk": "DK00000000000000", "se": "SE00000000000000000000", "no": "NO00000000000", "fi": "FI00000000000000", "is": "IS0000000000000000000000", "ee": "EE0000000000000000", "lt": "LT0000000000000000", "lv": "LVAAAA0000000000000",
    "ie": "IEAAAA00000000000000", "tr": "TR0000000000000000000000", "il": "IL0000000000000000000", "ua": "UA0000000000000000000000000", "sa": "SA00000000000000000000", "rs": "RS000000000000000000", "ge": "GEAA0000000000000000", "br": "BR00000000000000000000000A1",
}  # fmt: skip


def iban(s) -> str:
    """An IBAN, mostly of the document's country."""
    c = places.country_code(s)
    if c not in _IBAN or s.chance(0.3):
        c = s.pick(sorted(_IBAN))
    form = _IBAN[c]
    bban = "".join(s.digits(1) if ch == "0" else s.pick(string.ascii_uppercase) if ch == "A" else ch for ch in form[2:])
    number = int("".join(str(int(ch, 36)) for ch in bban + form[:2] + "00"))
    full = f"{form[:2]}{98 - number % 97:02}{bban}"
    if s.chance(0.6):
        return " ".join(full[i : i + 4] for i in range(0, len(full), 4))
    return full.lower() if s.chance(0.02) else full


_CARDS = {"de": national_west.ausweis, "pl": national_east.dowod, "pt": national_west.cc}


def passport(s) -> str:
    """A passport or identity card number."""
    own = _CARDS.get(places.country_code(s))
    if own and s.chance(0.5):
        return own(s)
    return s.pick([s.chars(1, "ABCDEFGHKLMNPRX") + s.digits(8), s.digits(9), s.chars(2, "ABCDEFXYZ") + s.digits(7), f"{s.chars(1, 'DFSTW')}{s.digits(3)}-{s.digits(4)}-{s.digits(4)}"])


def account(s) -> str:
    """A customer's or bank account number."""
    return s.pick([s.digits(8), s.digits(10), s.digits(12), f"{s.digits(4)}-{s.digits(6)}", f"{s.digits(2)}-{s.digits(2)}-{s.digits(2)} {s.digits(8)}", s.digits(9)])


def member_id(s) -> str:
    """A member, patient or policy number."""
    return s.pick([f"{s.pick(['MRN', 'M', 'P', 'POL', 'PT', 'INS'])}{s.pick(['-', '', ' '])}{s.digits(s.rng.randint(6, 9))}", f"{s.chars(3, string.ascii_uppercase)}{s.digits(9)}", s.digits(9)])


def licence(s) -> str:
    """A driving licence number."""
    return s.pick([f"{s.chars(1, 'ABCDEFGHKLMS')}{s.digits(7)}", f"{s.chars(1, string.ascii_uppercase)}{s.digits(3)}-{s.digits(4)}-{s.digits(4)}", f"{s.chars(5, string.ascii_uppercase)}{s.digits(6)}{s.chars(2, string.ascii_uppercase)}{s.digits(1)}{s.chars(2, string.ascii_uppercase)}", f"{s.chars(1, string.ascii_uppercase)}{s.digits(2)}{s.chars(2, string.ascii_uppercase)}{s.digits(6)}", f"{s.digits(2)} {s.digits(2)} {s.digits(6)}", s.digits(8), f"{s.chars(2, string.ascii_uppercase)}{s.digits(7)}{s.chars(1, string.ascii_uppercase)}"])
