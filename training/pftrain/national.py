"""Personal numbers of states, with right checksums."""

import string


def ssn(s) -> str:
    """A US social security number of an assignable range."""
    a = s.pick([n for n in range(1, 900) if n != 666])
    return f"{a:03}{(sep := s.pick(['-', '-', '-', ' ', '']))}{s.rng.randint(1, 99):02}{sep}{s.rng.randint(1, 9999):04}"


def pesel(s) -> str:
    """A Polish PESEL."""
    d = f"{s.rng.randint(40, 99):02}{s.rng.randint(1, 12):02}{s.rng.randint(1, 28):02}{s.digits(4)}"
    return d + str(-sum(int(a) * b for a, b in zip(d, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3))) % 10)


def dni(s) -> str:
    """A Spanish DNI."""
    n = s.rng.randint(10_000_000, 99_999_999)
    return f"{n}{s.pick(['', '-'])}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


def nhs(s) -> str:
    """A British NHS number."""
    while True:
        d = s.digits(9)
        check = 11 - sum(int(a) * b for a, b in zip(d, range(10, 1, -1))) % 11
        if check != 10:
            d += str(check % 11)
            return f"{d[:3]} {d[3:6]} {d[6:]}" if s.chance(0.7) else d


def bsn(s) -> str:
    """A Dutch BSN."""
    while True:
        d = s.digits(8)
        check = sum(int(a) * b for a, b in zip(d, range(9, 1, -1))) % 11
        if check < 10 and d[0] != "0":
            return d + str(check)


def cpf(s) -> str:
    """A Brazilian CPF."""
    d = s.digits(9)
    for n in (10, 11):
        check = sum(int(a) * b for a, b in zip(d, range(n, 1, -1))) * 10 % 11 % 10
        d += str(check)
    return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}" if s.chance(0.7) else d


def steuer_id(s) -> str:
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


def aadhaar(s) -> str:
    """A number written like an Aadhaar (its checksum is left to the rules)."""
    d = str(s.rng.randint(2, 9)) + s.digits(11)
    return f"{d[:4]} {d[4:8]} {d[8:]}"


def codice_fiscale(s) -> str:
    """An Italian codice fiscale with its control letter."""
    consonants = "BCDFGLMNPRSTVZ"
    body = s.chars(6, consonants) + s.digits(2) + s.pick("ABCDEHLMPRST") + f"{s.rng.randint(1, 28):02}" + s.pick("ABCDEFGHIL") + s.digits(3)
    odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    total = 0
    for i, ch in enumerate(body):
        v = int(ch) if ch.isdigit() else ord(ch) - 65
        total += odd[v] if i % 2 == 0 else v
    return body + chr(65 + total % 26)


_BY = {"en": (ssn, ssn, nhs, aadhaar), "de": (steuer_id,), "es": (dni,), "nl": (bsn,), "pt": (cpf,), "pl": (pesel,), "it": (codice_fiscale,)}


def national_id(s) -> str:
    """A personal number of the state."""
    return s.pick(_BY.get(s.language, (ssn,)))(s)


def tax_id(s) -> str:
    """A tax number of a person."""
    return national_id(s)
