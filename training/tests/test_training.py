"""Run by hand, in training/: python -m unittest discover -s tests."""

import random
import unittest

import numpy as np

from pftrain import labels, viterbi


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
