"""Personal numbers of northern, central and eastern Europe."""

from .checksums import birthday, luhn, mod11_10, until, weighted


def pesel(s) -> str:
    """A Polish PESEL."""
    y, m, d = birthday(s)
    out = f"{y % 100:02}{m + (20 if y >= 2000 else 0):02}{d:02}{s.digits(4)}"
    return out + str(-weighted(out, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def nip(s) -> str:
    """A Polish tax number."""
    def draw():
        d = s.pick("123456789") + s.digits(8)
        check = weighted(d, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11
        return d + str(check) if check < 10 else None

    d = until(draw)
    return f"{d[:3]}-{d[3:6]}-{d[6:8]}-{d[8:]}" if s.chance(0.5) else d


def dowod(s) -> str:
    """A Polish identity card number."""
    letters, digits = s.chars(3, "ABCDEFGHIJKLMNPRSTUVWXYZ"), s.digits(5)
    check = (sum((ord(ch) - 55) * w for ch, w in zip(letters, (7, 3, 1))) + weighted(digits, (7, 3, 1, 7, 3))) % 10
    return f"{letters}{s.pick([' ', ''])}{check}{digits}"


def rodne(s) -> str:
    """A Czech or Slovak birth number of ten digits, a multiple of eleven."""
    def draw():
        y, m, d = birthday(s, 1954)
        nine = f"{y % 100:02}{m + s.pick([0, 50]):02}{d:02}{s.digits(3)}"
        check = int(nine) % 11
        return nine + str(check) if check < 10 else None

    d = until(draw)
    return f"{d[:6]}/{d[6:]}" if s.chance(0.75) else d


def taj(s) -> str:
    """A Hungarian social security number."""
    d = s.digits(8)
    d += str(weighted(d, (3, 7) * 4) % 10)
    return f"{d[:3]}{(sep := s.pick([' ', ' ', '-', '']))}{d[3:6]}{sep}{d[6:]}"


def hu_tax(s) -> str:
    """A Hungarian tax number of a person."""
    def draw():
        d = "8" + s.digits(8)
        check = weighted(d, range(1, 10)) % 11
        return d + str(check) if check < 10 else None

    return until(draw)


def cnp(s) -> str:
    """A Romanian CNP."""
    y, m, d = birthday(s)
    out = f"{s.pick('56' if y >= 2000 else '12')}{y % 100:02}{m:02}{d:02}{s.rng.randint(1, 46):02}{s.rng.randint(1, 999):03}"
    check = weighted(out, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return out + str(check if check < 10 else 1)


def egn(s) -> str:
    """A Bulgarian EGN."""
    y, m, d = birthday(s)
    out = f"{y % 100:02}{m + (40 if y >= 2000 else 0):02}{d:02}{s.digits(3)}"
    return out + str(weighted(out, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10)


def afm(s) -> str:
    """A Greek tax number."""
    d = s.pick("01") + s.digits(7)
    return d + str(sum(int(ch) << (8 - i) for i, ch in enumerate(d)) % 11 % 10)


def amka(s) -> str:
    """A Greek social security number."""
    y, m, d = birthday(s)
    out = f"{d:02}{m:02}{y % 100:02}{s.digits(4)}"
    return out + luhn(out)


def oib(s) -> str:
    """A Croatian OIB."""
    d = s.digits(10)
    return d + mod11_10(d)


def emso(s) -> str:
    """An EMŠO or JMBG of the countries of former Yugoslavia."""
    def draw():
        y, m, d = birthday(s)
        out = f"{d:02}{m:02}{y % 1000:03}{s.pick(['50', '71', '73', '45'])}{s.digits(3)}"
        check = 11 - weighted(out, (7, 6, 5, 4, 3, 2) * 2) % 11
        return out + str(check % 11) if check != 10 else None

    return until(draw)


def si_tax(s) -> str:
    """A Slovene tax number."""
    def draw():
        d = s.pick("123456789") + s.digits(6)
        check = 11 - weighted(d, range(8, 1, -1)) % 11
        return d + str(check % 10) if check < 11 else None

    return until(draw)


def cpr(s) -> str:
    """A Danish CPR number."""
    y, m, d = birthday(s)
    tail = s.pick("0123" if y < 2000 else "4567") + s.digits(3)
    return f"{d:02}{m:02}{y % 100:02}{s.pick(['-', '-', ' ', ''])}{tail}"


def personnummer(s) -> str:
    """A Swedish personal number."""
    y, m, d = birthday(s)
    nine = f"{y % 100:02}{m:02}{d:02}{s.digits(3)}"
    tail = nine[6:] + luhn(nine)
    return s.pick([f"{nine[:6]}-{tail}", f"{y}{m:02}{d:02}-{tail}", f"{y}{m:02}{d:02}{tail}"])


def fodselsnummer(s) -> str:
    """A Norwegian birth number."""
    def draw():
        y, m, d = birthday(s)
        out = f"{d:02}{m:02}{y % 100:02}" + (f"{s.rng.randint(0, 499):03}" if y < 2000 else f"{s.rng.randint(500, 999):03}")
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            check = -weighted(out, weights) % 11
            if check == 10:
                return None
            out += str(check)
        return out

    d = until(draw)
    return f"{d[:6]} {d[6:]}" if s.chance(0.5) else d


def hetu(s) -> str:
    """A Finnish personal identity code."""
    y, m, d = birthday(s)
    date, number = f"{d:02}{m:02}{y % 100:02}", f"{s.rng.randint(2, 899):03}"
    return f"{date}{'A' if y >= 2000 else '-'}{number}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(date + number) % 31]}"


def kennitala(s) -> str:
    """An Icelandic kennitala."""
    def draw():
        y, m, d = birthday(s)
        out = f"{d:02}{m:02}{y % 100:02}{s.rng.randint(20, 99)}"
        check = -weighted(out, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return f"{out}{check}{'9' if y < 2000 else '0'}" if check < 10 else None

    d = until(draw)
    return f"{d[:6]}-{d[6:]}" if s.chance(0.7) else d


def isikukood(s) -> str:
    """An Estonian or Lithuanian personal code."""
    y, m, d = birthday(s)
    out = f"{s.pick('56' if y >= 2000 else '34')}{y % 100:02}{m:02}{d:02}{s.digits(3)}"
    check = weighted(out, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = weighted(out, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return out + str(check)


def lv_code(s) -> str:
    """A Latvian personal code."""
    def draw():
        y, m, d = birthday(s)
        out = f"{d:02}{m:02}{y % 100:02}{'2' if y >= 2000 else '1'}{s.digits(3)}"
        check = (1101 - weighted(out, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11
        return f"{out[:6]}-{out[6:]}{check}" if check < 10 else None

    return until(draw)


def snils(s) -> str:
    """A Russian SNILS."""
    d = s.pick("01") + s.digits(8)
    check = weighted(d, range(9, 0, -1)) % 101 % 100
    return f"{d[:3]}-{d[3:6]}-{d[6:]} {check:02}" if s.chance(0.8) else f"{d}{check:02}"


def inn(s) -> str:
    """A Russian tax number of a person."""
    d = f"{s.rng.randint(1, 89):02}" + s.digits(8)
    d += str(weighted(d, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10)
    return d + str(weighted(d, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10)


def rnokpp(s) -> str:
    """A Ukrainian taxpayer number."""
    d = f"{s.rng.randint(13000, 42000)}{s.digits(4)}"
    return d + str(weighted(d, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10)
