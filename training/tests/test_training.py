"""Run by hand, in training/: python -m unittest discover -s tests."""

import random
import unittest

import numpy as np

from pftrain import generate, labels, text, values, viterbi


class Generator(unittest.TestCase):
    def test_every_span_lies_in_its_text(self):
        for seed in range(400):
            body, spans = generate.document(seed)
            at = 0
            for start, end, category in spans:
                self.assertIn(category, labels.CATEGORIES)
                self.assertLessEqual(at, start)
                self.assertLess(start, end)
                self.assertLessEqual(end, len(body))
                self.assertEqual(body[start:end], body[start:end].strip(), "no white space at the edges")
                at = end

    def test_same_seed_same_document(self):
        self.assertEqual(generate.document(17), generate.document(17))

    def test_clean_sources_hold_no_span(self):
        for source in generate.SOURCES:
            if source.startswith("clean"):
                for _, spans in generate.heldout(source, 20):
                    self.assertEqual(spans, [])

    def test_spans_follow_a_change_of_the_text(self):
        t = text.Text().add("Grüße an ").add("Groß", "private_person").add("!")
        upper = t.map(str.upper)
        start, end, _ = upper.spans[0]
        self.assertEqual(str(upper)[start:end], "GROSS")

    def test_held_out_names_are_never_drawn_for_training(self):
        train, held = values.Scene(random.Random(1), False), values.Scene(random.Random(1), True)
        pool = {n for lists in held.names.last.values() for one in lists for n in one}
        for _ in range(300):
            values.person(train)
            self.assertNotIn(train.last, pool)

    def test_templates_use_known_slots(self):
        scene = values.Scene(random.Random(1), False)
        for language in (*text.LANGUAGES, "logs"):
            for section in text.SECTIONS:
                for held in (False, True):
                    for template in text.templates(language, section, held):
                        text.expand(scene, template)


class Checksums(unittest.TestCase):
    def setUp(self):
        self.scene = values.Scene(random.Random(3), False)

    def test_card_passes_luhn(self):
        for _ in range(200):
            digits = "".join(ch for ch in values.card(self.scene) if ch.isdigit())
            self.assertEqual(values.luhn_digit(digits[:-1]), digits[-1])

    def test_known_luhn_number(self):
        self.assertEqual(values.luhn_digit("411111111111111"), "1")

    def test_iban_is_one_modulo_97(self):
        for _ in range(200):
            iban = values.iban(self.scene).replace(" ", "")
            moved = iban[4:] + iban[:4]
            self.assertEqual(int("".join(str(int(ch, 36)) for ch in moved)) % 97, 1)

    def test_pesel(self):
        weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
        for _ in range(100):
            self.assertEqual(sum(int(a) * b for a, b in zip(values.pesel(self.scene), weights)) % 10, 0)

    def test_dni_letter(self):
        for _ in range(100):
            dni = values.dni(self.scene).replace("-", "")
            self.assertEqual("TRWAGMYFPDXBNJZSQVHLCKE"[int(dni[:8]) % 23], dni[8])

    def test_bsn_elfproef(self):
        for _ in range(100):
            d = [int(ch) for ch in values.bsn(self.scene)]
            self.assertEqual((sum(a * b for a, b in zip(d, range(9, 1, -1))) - d[8]) % 11, 0)

    def test_known_tax_id(self):
        # The example of the German tax office's description.
        p = 10
        for ch in "8609574271":
            p = ((int(ch) + p) % 10 or 10) * 2 % 11
        self.assertEqual((11 - p) % 10, 9)


class Bioes(unittest.TestCase):
    def test_encode_decode_round_trip(self):
        rng = random.Random(5)
        for _ in range(200):
            offsets = [(i * 3, i * 3 + 3) for i in range(20)]
            spans, token = [], 0
            while token < 18:
                n = rng.randint(1, 3)
                if rng.random() < 0.4:
                    spans.append((token, min(20, token + n), rng.choice(labels.CATEGORIES)))
                token += n
            chars = [(offsets[a][0], offsets[b - 1][1], c) for a, b, c in spans]
            self.assertEqual(labels.decode(labels.encode(offsets, chars)), spans)

    def test_order_of_the_classes(self):
        self.assertEqual(labels.LABELS[:6], ("O", "B-account_number", "I-account_number", "E-account_number", "S-account_number", "B-private_address"))
        self.assertEqual(labels.LABELS[29:], ("B-secret", "I-secret", "E-secret", "S-secret"))

    def test_viterbi_is_the_best_valid_path(self):
        rng = np.random.default_rng(1)
        matrix = viterbi.transitions({"background_stay": -0.5, "background_to_start": 0.3})
        few = [0, 1, 2, 3, 4, 17]
        for _ in range(20):
            logits = np.full((3, len(labels.LABELS)), -50.0, dtype=np.float32)
            logits[:, few] = rng.normal(size=(3, len(few)))
            lp = viterbi.log_softmax(logits)
            best, score = None, -np.inf
            for a in range(33):
                for b in range(33):
                    for c in range(33):
                        s = lp[0, a] + matrix[a, b] + lp[1, b] + matrix[b, c] + lp[2, c] + viterbi._START[a] + viterbi._END[c]
                        if s > score:
                            best, score = [a, b, c], s
            self.assertEqual(viterbi.decode(logits, matrix), best)


if __name__ == "__main__":
    unittest.main()
