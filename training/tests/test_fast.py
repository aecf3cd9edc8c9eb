"""Run by hand, in training/: python -m unittest discover -s tests. Needs Go."""

import unittest

import numpy as np
import onnxruntime
import torch

from pftrain import fast, fast_data, fast_features, fast_train, labels


class Features(unittest.TestCase):
    def test_the_program_and_the_reference_agree_on_fuzzed_texts(self):
        texts = list(fast_features.fuzzed(400, seed=77))
        for text, (offsets, rows) in zip(texts, fast_features.encoder()(texts)):
            want = fast_features.reference(text)
            np.testing.assert_array_equal(want[0], offsets, repr(text))
            np.testing.assert_array_equal(want[1], rows, repr(text))

    def test_the_golden_file_is_up_to_date(self):
        before = fast_features.GOLDEN.read_text()
        fast_features.write_golden()
        self.assertEqual(before, fast_features.GOLDEN.read_text())


class Opinions(unittest.TestCase):
    def certain(self, names):
        logits = np.full((len(names), len(labels.LABELS)), -30.0, np.float32)
        for i, name in enumerate(names):
            logits[i, labels.LABEL_ID[name]] = 30.0
        return logits

    def classes(self, soft):
        return [labels.LABELS[i] for i in fast_train.target(torch.from_numpy(soft.astype(np.float32) / fast_data.FULL)).argmax(1)]

    def test_pieces_become_tokens(self):
        # "Ann Kowalska," in pieces Ann Kow al ska , and tokens Ann Kowalska ,
        pieces = [(0, 3), (4, 7), (7, 9), (9, 12), (12, 13)]
        logits = self.certain(["B-private_person", "I-private_person", "I-private_person", "E-private_person", "O"])
        tokens = np.array([(0, 3), (4, 12), (12, 13)])
        soft = fast_data.project(pieces, logits, np.zeros(5, bool), tokens)
        self.assertEqual(self.classes(soft), ["B-private_person", "E-private_person", "O"])

    def test_a_word_of_several_pieces_is_a_single(self):
        logits = self.certain(["B-secret", "E-secret"])
        soft = fast_data.project([(0, 2), (2, 5)], logits, np.zeros(2, bool), np.array([(0, 5)]))
        self.assertEqual(self.classes(soft), ["S-secret"])

    def test_no_opinion_where_the_teacher_cannot_read(self):
        logits = self.certain(["S-secret", "O"])
        soft = fast_data.project([(0, 2), (3, 5)], logits, np.array([True, False]), np.array([(0, 2), (3, 5), (6, 7)]))
        self.assertEqual(soft.any(1).tolist(), [False, True, False])

    def test_targets_are_distributions(self):
        soft = torch.rand(50, fast_data.SOFT)
        torch.testing.assert_close(fast_train.target(soft).sum(1), torch.ones(50))


class Losses(unittest.TestCase):
    def test_tokens_of_which_nobody_knows_anything_do_not_count(self):
        logits = torch.randn(1, 3, len(labels.LABELS), requires_grad=True)
        classes = torch.tensor([[0, fast_train.IGNORE, fast_train.IGNORE]])
        soft = torch.zeros(1, 3, fast_data.SOFT)
        soft[0, 1, 0] = 1
        fast_train.loss_of(logits, classes, soft).backward()
        self.assertEqual((logits.grad[0].abs().sum(1) > 0).tolist(), [True, True, False])


class Batches(unittest.TestCase):
    def test_what_nobody_knows_is_ignored(self):
        ids = np.ones((3, fast_features.COLUMNS), np.int32)
        classes = np.array([7, fast_data.NOTHING, 0], np.uint8)
        rows = [(ids, classes, np.zeros((3, fast_data.SOFT), np.uint8)), (ids[:1], classes[:1], np.zeros((1, fast_data.SOFT), np.uint8))]
        _, mask, padded, _ = fast_train.pad(rows)
        self.assertEqual(padded.tolist(), [[7, fast_train.IGNORE, 0], [7, fast_train.IGNORE, fast_train.IGNORE]])
        self.assertEqual(mask.sum(1).tolist(), [3, 1])


class Network(unittest.TestCase):
    def test_padding_and_distance_change_nothing(self):
        torch.manual_seed(3)
        network = fast.Network().eval()
        ids = torch.randint(1, fast_features.ROWS, (2, 150, fast_features.COLUMNS))
        mask = torch.ones(2, 150)
        mask[0, 90:] = 0
        with torch.no_grad():
            whole = network(ids, mask)
            alone = network(ids[:1, :90], mask[:1, :90])
            torch.testing.assert_close(whole[:1, :90], alone, atol=1e-5, rtol=0)
            ids[1, 0] = 5  # beyond the receptive field of what follows
            changed = network(ids, mask)
        r = fast.RECEPTIVE
        torch.testing.assert_close(whole[1, r + 1 :], changed[1, r + 1 :], atol=1e-5, rtol=0)
        self.assertGreater(float((whole[1, : r + 1] - changed[1, : r + 1]).abs().max()), 1e-3)

    def test_the_graph_computes_the_network(self):
        torch.manual_seed(4)
        network = fast.Network().eval()
        with torch.no_grad():
            network.table.weight.normal_()
            network.table.weight[0] = 0
        rng = np.random.default_rng(5)
        columns = zip(fast_features.BASE, fast_features.SIZES)
        rows = np.stack([rng.integers(base, base + size, (6, 90)) for base, size in columns], -1)
        model = fast.graph(network, fast.ranges(network, rows)).SerializeToString()
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        for ids in rows:
            got = session.run(["logits"], {"feature_ids": ids[None]})[0]
            with torch.no_grad():
                want = network(torch.from_numpy(ids[None]), torch.ones(1, 90)).numpy()
            self.assertLess(np.square(got - want).mean(), 0.05 * np.square(want).mean())


if __name__ == "__main__":
    unittest.main()
