"""Numbers: check digits, by known examples where there are any, else by the second half of the rule."""

import random
import unittest

from pftrain import accounts, checksums, national, national_east, national_west, national_world
from pftrain.scene import Scene


def digits(text):
    return "".join(ch for ch in text if ch.isdigit())


class Known(unittest.TestCase):
    """Published examples of the authorities or of the algorithms' descriptions."""

    def test_luhn(self):
        self.assertEqual(checksums.luhn("411111111111111"), "1")
        self.assertEqual(checksums.luhn("7992739871"), "3")

    def test_steuer_id(self):
        self.assertEqual(checksums.mod11_10("8609574271"), "9")

    def test_oib(self):
        self.assertEqual(checksums.mod11_10("6943515153"), "0")

    def test_verhoeff(self):
        self.assertEqual(checksums.verhoeff("236"), "3")
        self.assertTrue(checksums.verhoeff_valid("2363"))


class Drawn(unittest.TestCase):
    def each(self, make, check, count=150):
        s = Scene(random.Random(make.__name__), False)
        for _ in range(count):
            value = make(s)
            self.assertTrue(check(value), f"{make.__name__}: {value}")

    def test_card(self):
        self.each(accounts.card, lambda v: checksums.luhn(digits(v)[:-1]) == digits(v)[-1])

    def test_iban(self):
        def good(value):
            v = value.replace(" ", "").upper()
            return int("".join(str(int(ch, 36)) for ch in v[4:] + v[:4])) % 97 == 1

        self.each(accounts.iban, good)

    def test_weighted_sums(self):
        w = checksums.weighted
        for make, weights, modulus in (
            (national_east.pesel, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10), (national_west.bsn, (9, 8, 7, 6, 5, 4, 3, 2, -1), 11), (national_west.nhs, range(10, 0, -1), 11), (national_west.ahv, (1, 3) * 6 + (1,), 10), (national_east.rodne, None, 11),
            (national_east.nip, (6, 5, 7, 2, 3, 4, 5, 6, 7, -1), 11), (national_world.tfn, (1, 4, 3, 7, 5, 8, 6, 9, 10), 11), (national_world.cuit, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11), (national_east.emso, (7, 6, 5, 4, 3, 2) * 2 + (1,), 11),
        ):  # fmt: skip
            self.each(make, lambda v: (w(digits(v), weights) if weights else int(digits(v))) % modulus == 0)

    def test_luhn_numbers(self):
        for make in (national_world.sin, national_world.za_id, national_world.teudat_zehut, national_world.sa_id, national_east.amka):
            self.each(make, lambda v: checksums.luhn(digits(v)[:-1]) == digits(v)[-1])
        self.each(national_east.personnummer, lambda v: checksums.luhn(digits(v)[-10:-1]) == digits(v)[-1])

    def test_aadhaar(self):
        self.each(national_world.aadhaar, lambda v: checksums.verhoeff_valid(digits(v)))

    def test_dni_letter(self):
        self.each(national_west.dni, lambda v: "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits(v)) % 23] == v[-1])

    def test_tckn(self):
        def good(v):
            d = [int(ch) for ch in v]
            return (sum(d[0:9:2]) * 7 - sum(d[1:8:2])) % 10 == d[9] and sum(d[:10]) % 10 == d[10]

        self.each(national_world.tckn, good)

    def test_cn_id(self):
        def good(v):
            return sum((10 if ch == "X" else int(ch)) * (2 ** (17 - i) % 11) for i, ch in enumerate(v)) % 11 == 1

        self.each(national_world.cn_id, good)

    def test_cpf(self):
        def good(v):
            d = [int(ch) for ch in digits(v)]
            return all(sum(a * b for a, b in zip(d[:n], range(n + 1, 1, -1))) * 10 % 11 % 10 == d[n] for n in (9, 10))

        self.each(national_world.cpf, good)

    def test_nir_key(self):
        self.each(national_west.nir, lambda v: (97 - int(digits(v)[:13]) % 97) == int(digits(v)[13:]))

    def test_every_country_draws(self):
        s = Scene(random.Random(1), False)
        for persons, taxes in national.BY_COUNTRY.values():
            for make in (*persons, *taxes):
                self.assertTrue(make(s))


if __name__ == "__main__":
    unittest.main()
