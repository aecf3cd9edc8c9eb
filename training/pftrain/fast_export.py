"""Export a checkpoint of embedded-fast, prove the graph, write the shipped directory."""

import argparse
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
import torch

from . import calibrate, fast, fast_features, install
from .labels import LABELS

WINDOW = 512  # tokens of a row
LIMIT = 6_000_000  # bytes of the directory
SHIPPED = ("config.json", "onnx/model_quantized.onnx", "viterbi_calibration.json")


def config() -> dict:
    """config.json: the label space, and what inference must know of the network."""
    return {
        "model_type": "privacy_filter_convolution",
        "id2label": {str(i): name for i, name in enumerate(LABELS)},
        "label2id": {name: i for i, name in enumerate(LABELS)},
        "hidden_size": fast.WIDTH,
        "num_hidden_layers": len(fast.DILATIONS),
        "max_position_embeddings": 4096,
        "pad_token_id": 0,
        "vocab_size": fast_features.ROWS,
        "privacy_filter": {
            "attention": "local",
            "receptive_tokens": fast.RECEPTIVE,
            "window_tokens": WINDOW,
            "tokenizer": "words-1",
            "features": "words-1",
            "intra_op_threads": 1,
        },
    }


def _run(session, ids, mask):
    return session.run(["logits"], {"feature_ids": ids, "attention_mask": mask})[0]


def check(path: pathlib.Path, network: fast.Network) -> None:
    """The graph is the network, padding is nothing, and the receptive field is what it says."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(5)
    columns = zip(fast_features.BASE, fast_features.SIZES)
    ids = np.stack([rng.integers(base, base + size, (3, 300)) for base, size in columns], -1)
    mask = np.ones((3, 300), np.int64)
    mask[1, 120:] = 0
    with torch.no_grad():
        want = network(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
    got = _run(session, ids, mask)
    worst = float(np.abs(want - got)[mask == 1].max())
    alone = _run(session, ids[1:2, :120], mask[1:2, :120])
    padded = float(np.abs(alone[0] - got[1, :120]).max())
    r = fast.RECEPTIVE
    window = _run(session, ids[:1, 50 : 150 + 2 * r], mask[:1, 50 : 150 + 2 * r])
    cut = float(np.abs(window[0, r:-r] - got[0, 50 + r : 150 + r]).max())
    print(f"difference of logits: to the network {worst:.2e}, to a row alone {padded:.1e}, to a window {cut:.1e}")
    if padded > 1e-5 or cut > 1e-5 or worst > 0.5:
        raise SystemExit("the graph is wrong")


def run(checkpoint: pathlib.Path, out: pathlib.Path, points: dict) -> None:
    """Write everything."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    network = fast.load(checkpoint)
    network.table.weight.data[0] = 0
    network.classifier.bias.data += torch.from_numpy(calibrate.shifted(points.get("categories", {})))
    file = out / "onnx" / "model_quantized.onnx"
    model = fast.graph(network)
    onnx.checker.check_model(model)
    file.write_bytes(model.SerializeToString())
    check(file, network)
    install.write_json(out / "config.json", config())
    install.write_json(out / "viterbi_calibration.json", install.calibration(points))
    install.manifest(out, SHIPPED, LIMIT)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--points", type=pathlib.Path, help="JSON of the operating points; zero without")
    a = p.parse_args()
    run(a.checkpoint, a.out, json.loads(a.points.read_text()) if a.points else {})
