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


def documents(directory: pathlib.Path, count: int = 500) -> list:
    """Features of some of the training documents (fast_data)."""
    data = np.load(sorted(directory.glob("*.npz"))[0])
    ends = data["ends"][:count]
    return [data["ids"][begin:end] for begin, end in zip([0, *ends[:-1]], ends)]


def check(path: pathlib.Path, network: fast.Network, examples: list) -> None:
    """The graph is the network but for rounding, and the receptive field is what it says."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    run = lambda ids: session.run(["logits"], {"feature_ids": ids[None].astype(np.int64)})[0][0]
    worst, same, total = 0.0, 0, 0
    for ids in examples:
        got = run(ids)
        with torch.no_grad():
            want = network(torch.from_numpy(ids[None].astype(np.int64)), torch.ones(1, len(ids))).numpy()[0]
        worst = max(worst, float(np.abs(want - got).max()))
        same, total = same + int((want.argmax(1) == got.argmax(1)).sum()), total + len(ids)
    long = np.concatenate(examples)[:400]
    r, whole = fast.RECEPTIVE, run(long)
    window = run(long[50 : 150 + 2 * r])
    cut = float(np.abs(window[r:-r] - whole[50 + r : 150 + r]).max())
    print(f"largest difference of logits to the network {worst:.2f}, same class {same / total:.5f}, to a window {cut:.1e}")
    if cut > 1e-5 or same < 0.998 * total:
        raise SystemExit("the graph is wrong")


def run(checkpoint: pathlib.Path, out: pathlib.Path, points: dict, examples: list) -> None:
    """Write everything."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    network = fast.load(checkpoint)
    network.table.weight.data[0] = 0
    network.classifier.bias.data += torch.from_numpy(calibrate.shifted(points.get("categories", {})))
    file = out / "onnx" / "model_quantized.onnx"
    model = fast.graph(network, fast.ranges(network, examples))
    onnx.checker.check_model(model)
    file.write_bytes(model.SerializeToString())
    check(file, network, examples[:100])
    install.write_json(out / "config.json", config())
    install.write_json(out / "viterbi_calibration.json", install.calibration(points))
    install.manifest(out, SHIPPED, LIMIT)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--data", type=pathlib.Path, required=True, help="directory of shards, to measure activations on")
    p.add_argument("--points", type=pathlib.Path, help="JSON of the operating points; zero without")
    a = p.parse_args()
    run(a.checkpoint, a.out, json.loads(a.points.read_text()) if a.points else {}, documents(a.data))
