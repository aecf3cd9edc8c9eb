"""Personal numbers of the USA, the British Isles and western Europe."""

import string

from .checksums import birthday, mod11_10, until, weighted


def ssn(s) -> str:
    """A US social security number of an assignable range."""
    a = until(lambda: n if (n := s.rng.randint(1, 899)) != 666 else None)
    sep = s.pick(["-", "-", "-", " ", ""])
    return f"{a:03}{sep}{s.rng.randint(1, 99):02}{sep}{s.rng.randint(1, 9999):04}"


def itin(s) -> str:
    """A US ITIN: begins with 9, its group 70-88, 90-92 or 94-99."""
    group = s.pick([*range(70, 89), *range(90, 93), *range(94, 100)])
    return f"9{s.digits(2)}-{group}-{s.digits(4)}"


def nino(s) -> str:
    """A British national insurance number."""
    def draw():
        prefix = s.pick("ABCEGHJKLMNOPRSTWXYZ") + s.pick("ABCEGHJKLMNPRSTWXYZ")
        return prefix if prefix not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ") else None

    d = s.digits(6)
    return s.pick([f"{{}} {d[:2]} {d[2:4]} {d[4:]} {{}}", f"{{}}{d}{{}}"]).format(until(draw), s.pick("ABCD"))


def nhs(s) -> str:
    """A British NHS number."""
    def draw():
        d = s.pick("46789") + s.digits(8)
        check = 11 - weighted(d, range(10, 1, -1)) % 11
        return d + str(check % 11) if check != 10 else None

    d = until(draw)
    return f"{d[:3]} {d[3:6]} {d[6:]}" if s.chance(0.7) else d


def utr(s) -> str:
    """A British unique taxpayer reference."""
    d = s.digits(9)
    r = weighted(d, (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11
    check = "21987654321"[r]
    return f"{check}{d}" if s.chance(0.6) else f"{check}{d[:4]} {d[4:]}"


def pps(s) -> str:
    """An Irish PPS number."""
    d = s.digits(7)
    total, tail = weighted(d, range(8, 1, -1)), ""
    if s.chance(0.3):
        tail = s.pick("AB")
        total += 9 * (ord(tail) - 64)
    return d + "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] + tail


def steuer_id(s) -> str:
    """A German tax id: ten digits, one of them twice, and the check digit."""
    d = s.rng.sample(string.digits, 9)
    d.insert(s.rng.randint(1, 9), d[0])
    if d[0] == "0":
        other = next(i for i, ch in enumerate(d) if ch != "0")
        d[0], d[other] = d[other], d[0]
    out = "".join(d)
    out += mod11_10(out)
    return out if s.chance(0.6) else f"{out[:2]} {out[2:5]} {out[5:8]} {out[8:]}"


def steuernummer(s) -> str:
    """A German tax number of a local office."""
    return s.pick([f"{s.digits(2)}/{s.digits(3)}/{s.digits(5)}", f"{s.digits(3)}/{s.digits(4)}/{s.digits(4)}"])


def rvnr(s) -> str:
    """A German pension insurance number."""
    y, m, d = birthday(s)
    head, letter, tail = f"{s.rng.randint(2, 89):02}{d:02}{m:02}{y % 100:02}", s.pick(string.ascii_uppercase), s.digits(2)
    digits = head + f"{ord(letter) - 64:02}" + tail
    total = sum(sum(divmod(int(ch) * w, 10)) for ch, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)))
    out = head + letter + tail + str(total % 10)
    return out if s.chance(0.5) else f"{out[:2]} {out[2:8]} {out[8]} {out[9:]}"


def ausweis(s) -> str:
    """A German identity card number with its check digit."""
    body = s.pick("LMNPRTVWXY") + s.chars(8, "0123456789CFGHJKLMNPRTVWXYZ")
    return body + str(sum(int(ch, 36) * (7, 3, 1)[i % 3] for i, ch in enumerate(body)) % 10)


def svnr(s) -> str:
    """An Austrian social insurance number."""
    def draw():
        y, m, d = birthday(s)
        head, tail = str(s.rng.randint(100, 999)), f"{d:02}{m:02}{y % 100:02}"
        check = (weighted(head, (3, 7, 9)) + weighted(tail, (5, 8, 4, 2, 1, 6))) % 11
        return f"{head}{check}{s.pick([' ', ''])}{tail}" if check < 10 else None

    return until(draw)


def ahv(s) -> str:
    """A Swiss AHV number."""
    d = "756" + s.digits(9)
    d += str(-weighted(d, (1, 3) * 6) % 10)
    return f"{d[:3]}.{d[3:7]}.{d[7:11]}.{d[11:]}" if s.chance(0.8) else d


def nir(s) -> str:
    """A French social security number."""
    y, m, _ = birthday(s)
    d = f"{s.pick('12')}{y % 100:02}{m:02}{s.rng.randint(1, 95):02}{s.rng.randint(1, 990):03}{s.rng.randint(1, 999):03}"
    key = 97 - int(d) % 97
    return f"{d[0]} {d[1:3]} {d[3:5]} {d[5:7]} {d[7:10]} {d[10:]} {key:02}" if s.chance(0.6) else f"{d}{key:02}"


def spi(s) -> str:
    """A French tax number."""
    d = s.pick("0123") + s.digits(9)
    return f"{d}{int(d) % 511:03}"


def be_nn(s) -> str:
    """A Belgian national number."""
    y, m, d = birthday(s)
    body = f"{y % 100:02}{m:02}{d:02}{s.rng.randint(1, 997):03}"
    check = 97 - int(("2" if y >= 2000 else "") + body) % 97
    return f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{check:02}" if s.chance(0.7) else f"{body}{check:02}"


def dni(s) -> str:
    """A Spanish DNI."""
    n = s.rng.randint(10_000_000, 99_999_999)
    return f"{n}{s.pick(['', '', '-', ' '])}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


def nie(s) -> str:
    """A Spanish NIE."""
    i, n = s.rng.randrange(3), s.rng.randint(1_000_000, 9_999_999)
    sep = s.pick(["", "-"])
    return f"{'XYZ'[i]}{sep}{n}{sep}{'TRWAGMYFPDXBNJZSQVHLCKE'[int(f'{i}{n}') % 23]}"


_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]


def codice_fiscale(s) -> str:
    """An Italian codice fiscale with its control letter."""
    y, _, d = birthday(s)
    body = s.chars(6, "BCDFGLMNPRSTVZ") + f"{y % 100:02}" + s.pick("ABCDEHLMPRST") + f"{d + s.pick([0, 40]):02}" + s.pick("ABCDEFGHIL") + s.digits(3)
    total = 0
    for i, ch in enumerate(body):
        v = int(ch) if ch.isdigit() else ord(ch) - 65
        total += _ODD[v] if i % 2 == 0 else v
    return body + chr(65 + total % 26)


def bsn(s) -> str:
    """A Dutch BSN."""
    def draw():
        d = s.pick("12345678") + s.digits(7)
        check = weighted(d, range(9, 1, -1)) % 11
        return d + str(check) if check < 10 else None

    return until(draw)


def nif(s) -> str:
    """A Portuguese tax number of a person."""
    d = s.pick("123") + s.digits(7)
    check = 11 - weighted(d, range(9, 1, -1)) % 11
    d += str(check if check < 10 else 0)
    return f"{d[:3]} {d[3:6]} {d[6:]}" if s.chance(0.4) else d


def cc(s) -> str:
    """A Portuguese citizen card number."""
    body = s.digits(9) + s.chars(2, string.ascii_uppercase)

    def total(text):
        out = 0
        for i, ch in enumerate(reversed(text)):
            v = int(ch, 36) * (2 if i % 2 == 1 else 1)
            out += v - 9 if i % 2 == 1 and v >= 10 else v
        return out

    check = next(str(n) for n in range(10) if total(body + str(n)) % 10 == 0)
    out = body + check
    return f"{out[:8]} {out[8]} {out[9:]}" if s.chance(0.6) else out
