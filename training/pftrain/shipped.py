"""The shipped int8 graph as fp32 weights, to train on from."""

import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper


def state(path: pathlib.Path) -> dict:
    """State dict (names of network.Encoder) of a graph that export.py made."""
    graph = onnx.load(str(path)).graph
    init = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out = {}

    def weight(stem):
        zero = init[stem + "_zero_point"].astype(np.float32)
        return (init[stem + "_quantized"].astype(np.float32) - zero) * init[stem + "_scale"]

    for name, value in init.items():
        if name.startswith("model.") and value.dtype == np.float32 and value.ndim:
            out[name.removeprefix("model.")] = value
        elif name.startswith("model.") and name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            out[stem.removeprefix("model.")] = weight(stem)
    for node in graph.node:
        if node.op_type == "MatMulInteger":  # "/model/layers.0/query/MatMul_quant"
            module = node.name.removeprefix("/model/").rsplit("/", 1)[0].replace("/", ".")
            out[module + ".weight"] = weight(node.input[1].removesuffix("_quantized")).T
    return {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in out.items()}
