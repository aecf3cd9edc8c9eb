"""Cards, bank accounts, and numbers that firms give to people."""

import string


def luhn_digit(digits: str) -> str:
    """The Luhn check digit of digits."""
    total = 0
    for i, ch in enumerate(reversed(digits)):
        v = int(ch) * (2 if i % 2 == 0 else 1)
        total += v - 9 if v > 9 else v
    return str(-total % 10)


def card(s) -> str:
    """A payment card number."""
    prefix, length = s.pick([("4", 16), ("4", 16), ("51", 16), ("54", 16), ("2221", 16), ("37", 15), ("6011", 16)])
    body = prefix + s.digits(length - 1 - len(prefix))
    body += luhn_digit(body)
    sep = s.pick(["", " ", " ", "-"])
    if length == 15:
        return sep.join([body[:4], body[4:10], body[10:]])
    return sep.join(body[i : i + 4] for i in range(0, 16, 4))


_IBAN = {"DE": 18, "FR": 23, "ES": 20, "IT": 0, "NL": 0, "GB": 0, "PL": 24, "PT": 21, "BE": 12, "AT": 16, "CH": 17}


def iban(s) -> str:
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


def passport(s) -> str:
    """A passport or licence number."""
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
