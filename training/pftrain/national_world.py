"""Personal numbers of the Americas, Asia, Africa and Oceania."""

import string

from .checksums import birthday, luhn, until, verhoeff, weighted


def sin(s) -> str:
    """A Canadian SIN."""
    d = s.pick("1234567") + s.digits(7)
    d += luhn(d)
    return f"{d[:3]}{(sep := s.pick([' ', ' ', '-', '']))}{d[3:6]}{sep}{d[6:]}"


def tfn(s) -> str:
    """An Australian tax file number."""
    def draw():
        d = s.pick("123456789") + s.digits(7)
        check = weighted(d, (1, 4, 3, 7, 5, 8, 6, 9))
        return next((d + str(n) for n in range(10) if (check + 10 * n) % 11 == 0), None)

    d = until(draw)
    return f"{d[:3]} {d[3:6]} {d[6:]}" if s.chance(0.8) else d


def medicare(s) -> str:
    """An Australian Medicare number."""
    d = s.pick("23456") + s.digits(7)
    d += str(weighted(d, (1, 3, 7, 9, 1, 3, 7, 9)) % 10) + s.pick("1234")
    return f"{d[:4]} {d[4:9]} {d[9]}" if s.chance(0.8) else d


def ird(s) -> str:
    """A New Zealand IRD number."""
    def draw():
        d = f"{s.rng.randint(1_000_000, 14_999_999):08}"
        check = -weighted(d, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if check == 10:
            check = -weighted(d, (7, 4, 3, 2, 5, 2, 7, 6)) % 11
        return d + str(check) if check < 10 else None

    d = until(draw)
    return f"{d[:3]}-{d[3:6]}-{d[6:]}" if s.chance(0.7) else d


def aadhaar(s) -> str:
    """An Indian Aadhaar."""
    d = s.pick("23456789") + s.digits(10)
    d += verhoeff(d)
    return f"{d[:4]} {d[4:8]} {d[8:]}" if s.chance(0.75) else d


def pan(s) -> str:
    """An Indian PAN of a person."""
    return s.chars(3, string.ascii_uppercase) + "P" + s.chars(1, string.ascii_uppercase) + s.digits(4) + s.chars(1, string.ascii_uppercase)


def za_id(s) -> str:
    """A South African identity number."""
    y, m, d = birthday(s)
    out = f"{y % 100:02}{m:02}{d:02}{s.digits(4)}{s.pick('01')}8"
    return out + luhn(out)


def cpf(s) -> str:
    """A Brazilian CPF."""
    d = s.digits(9)
    for n in (10, 11):
        d += str(weighted(d, range(n, 1, -1)) * 10 % 11 % 10)
    return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}" if s.chance(0.7) else d


_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def curp(s) -> str:
    """A Mexican CURP."""
    y, m, d = birthday(s)
    body = s.chars(1, string.ascii_uppercase) + s.pick("AEIOU") + s.chars(2, string.ascii_uppercase) + f"{y % 100:02}{m:02}{d:02}" + s.pick("HM") + s.pick("AS BC CC CH CL CM CS DF DG GR GT HG JC MC MN MS NL OC PL QR QT SL SP SR TC TL TS VZ YN ZS NE".split())
    body += s.chars(3, "BCDFGHJKLMNPQRSTVWXYZ") + (s.pick("ABC") if y >= 2000 else s.pick("0123"))
    total = sum(_CURP.index(ch) * (18 - i) for i, ch in enumerate(body))
    return body + str(-total % 10)


def rfc(s) -> str:
    """A Mexican RFC of a person (its homoclave is not checked)."""
    y, m, d = birthday(s)
    return s.chars(1, string.ascii_uppercase) + s.pick("AEIOU") + s.chars(2, string.ascii_uppercase) + f"{y % 100:02}{m:02}{d:02}" + s.chars(3, string.ascii_uppercase + string.digits)


def cuit(s) -> str:
    """An Argentine CUIT or CUIL of a person."""
    def draw():
        d = s.pick(["20", "23", "24", "27"]) + s.digits(8)
        check = -weighted(d, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return d + str(check) if check < 10 else None

    d = until(draw)
    return f"{d[:2]}-{d[2:10]}-{d[10]}" if s.chance(0.8) else d


def cedula(s) -> str:
    """A Colombian identity number."""
    n = s.rng.randint(10_000_000, 1_200_000_000)
    return f"{n:,}".replace(",", ".") if s.chance(0.5) else str(n)


def rut(s) -> str:
    """A Chilean RUT."""
    n = s.rng.randint(5_000_000, 25_000_000)
    check = 11 - sum(int(ch) * (2 + i % 6) for i, ch in enumerate(reversed(str(n)))) % 11
    body = f"{n:,}".replace(",", ".") if s.chance(0.7) else str(n)
    return f"{body}-{'K' if check == 10 else check % 11}"


def tckn(s) -> str:
    """A Turkish identity number."""
    d = s.pick("123456789") + s.digits(8)
    odd, even = sum(map(int, d[0::2])), sum(map(int, d[1::2]))
    d += str((odd * 7 - even) % 10)
    return d + str(sum(map(int, d)) % 10)


def teudat_zehut(s) -> str:
    """An Israeli identity number."""
    d = s.pick("0123") + s.digits(7)
    return d + luhn(d)


def cn_id(s) -> str:
    """A Chinese resident identity number."""
    y, m, d = birthday(s)
    body = s.pick("110105 310104 440106 440305 330106 510104 420102 320106 610113 370202 350203 430103 210102".split()) + f"{y}{m:02}{d:02}{s.digits(3)}"
    return body + "10X98765432"[weighted(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]


_TW = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36)))


def tw_id(s) -> str:
    """A Taiwanese identity number."""
    letter, d = s.pick("ABCDEFGHJKMNPQTUVX"), s.pick("12") + s.digits(7)
    a, b = divmod(_TW[letter], 10)
    return letter + d + str(-(a + 9 * b + weighted(d, range(8, 0, -1))) % 10)


def hkid(s) -> str:
    """A Hong Kong identity card number."""
    letter, d = s.pick(string.ascii_uppercase), s.digits(6)
    total = 36 * 9 + (ord(letter) - 55) * 8 + weighted(d, range(7, 1, -1))
    check = -total % 11
    return f"{letter}{d}({'A' if check == 10 else check})"


def rrn(s) -> str:
    """A Korean resident registration number."""
    y, m, d = birthday(s)
    out = f"{y % 100:02}{m:02}{d:02}{s.pick('34' if y >= 2000 else '12')}{s.digits(5)}"
    out += str((11 - weighted(out, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10)
    return f"{out[:6]}-{out[6:]}" if s.chance(0.85) else out


def my_number(s) -> str:
    """A Japanese My Number."""
    d = s.digits(11)
    r = sum(int(ch) * (i + 2 if i < 6 else i - 4) for i, ch in enumerate(reversed(d))) % 11
    d += str(0 if r <= 1 else 11 - r)
    return f"{d[:4]}{(sep := s.pick([' ', '-', '']))}{d[4:8]}{sep}{d[8:]}"


def th_id(s) -> str:
    """A Thai identity number."""
    d = s.pick("1234") + s.digits(11)
    d += str((11 - weighted(d, range(13, 1, -1)) % 11) % 10)
    return f"{d[0]}-{d[1:5]}-{d[5:10]}-{d[10:12]}-{d[12]}" if s.chance(0.6) else d


def nik(s) -> str:
    """An Indonesian NIK (no check digit)."""
    y, m, d = birthday(s)
    return f"{s.pick(['31', '32', '33', '35', '12', '51'])}{s.digits(4)}{d + s.pick([0, 40]):02}{m:02}{y % 100:02}000{s.pick('123456789')}"


def cccd(s) -> str:
    """A Vietnamese citizen number (no check digit)."""
    y, _, _ = birthday(s)
    return f"0{s.rng.randint(1, 96):02}{s.pick('23' if y >= 2000 else '01')}{y % 100:02}{s.digits(6)}"


def melli(s) -> str:
    """An Iranian national code."""
    d = s.pick("0123456") + s.digits(8)
    r = weighted(d, range(10, 1, -1)) % 11
    return d + str(r if r < 2 else 11 - r)


def eg_id(s) -> str:
    """An Egyptian national number (its check digit is not public)."""
    y, m, d = birthday(s)
    return f"{'3' if y >= 2000 else '2'}{y % 100:02}{m:02}{d:02}{s.pick(['01', '02', '21', '12', '88'])}{s.digits(5)}"


def sa_id(s) -> str:
    """A Saudi identity number."""
    d = s.pick("12") + s.digits(8)
    return d + luhn(d)


def nric(s) -> str:
    """A Singaporean NRIC."""
    prefix, d = s.pick("ST"), s.digits(7)
    return prefix + d + "JZIHGFEDCBA"[(weighted(d, (2, 7, 6, 5, 4, 3, 2)) + (4 if prefix == "T" else 0)) % 11]


def my_kad(s) -> str:
    """A Malaysian identity number (no check digit)."""
    y, m, d = birthday(s)
    return f"{y % 100:02}{m:02}{d:02}-{s.pick(['01', '10', '14', '07', '08'])}-{s.digits(4)}"


def ke_id(s) -> str:
    """A Kenyan identity number."""
    return s.digits(8)


def dz_id(s) -> str:
    """An Algerian national number (no check digit)."""
    return "1" + s.digits(17)


def ge_id(s) -> str:
    """A Georgian personal number."""
    return s.digits(11)
