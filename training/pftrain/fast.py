"""embedded-fast: a convolutional token classifier over hashed features.

The columns of a token (fast_features) are rows of one table; their vectors side
by side are projected to the width of the network, and residual convolutions
with growing dilation follow. A logit depends on RECEPTIVE tokens on each side,
exactly, so windows with that much overlap change nothing.

The graph for ONNX Runtime is written here by hand: convolutions as matrix
products over shifted copies, which its CPU kernels like best, padding masked
before each of them, the table in 8 bits and the rest in 16.
"""

import pathlib

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from . import fast_features as features
from .labels import LABELS

SIZE = 32  # of a column's vector
WIDTH = 128
DILATIONS = (1, 1, 2, 4, 8, 16, 1)
RECEPTIVE = sum(DILATIONS)  # tokens on each side that a logit depends on
EPSILON = 1e-5


class Network(nn.Module):
    """Feature ids [B, T, COLUMNS] and mask [B, T] in, logits [B, T, labels] out."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(features.ROWS, SIZE, sparse=True)
        # A row that training never reads keeps its first value: next to nothing.
        nn.init.normal_(self.table.weight, std=0.02)
        self.project = nn.Linear(features.COLUMNS * SIZE, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.shifts = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH, eps=EPSILON) for _ in DILATIONS)
        self.classifier = nn.Linear(WIDTH, len(LABELS))
        self.dropout = 0.0

    def forward(self, ids, mask):
        """Logits of every token, padding included."""
        batch, length, _ = ids.shape
        x = self.norm(self.project(self.table(ids).view(batch, length, -1)))
        x = F.dropout(x, self.dropout, self.training)
        keep = mask.to(x.dtype)[..., None]
        for shift, norm, d in zip(self.shifts, self.norms, DILATIONS):
            y = F.pad(x * keep, (0, 0, d, d))
            y = torch.cat([y[:, :length], y[:, d : d + length], y[:, 2 * d :]], 2)
            x = norm(x + F.dropout(F.relu(shift(y)), self.dropout, self.training))
        return self.classifier(x)


class _Graph:
    """Nodes and weights under construction."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def node(self, op: str, *inputs: str, domain: str = "", **attributes) -> str:
        name = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], domain=domain, **attributes))
        return name

    def weight(self, value: np.ndarray) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def half(self, value: np.ndarray) -> str:
        """A weight of 16 bits, which the runtime widens once, when it loads it."""
        return self.node("Cast", self.weight(value.astype(np.float16)), to=TensorProto.FLOAT)

    def integers(self, *values: int) -> str:
        return self.weight(np.array(values, dtype=np.int64))

    def linear(self, x: str, layer: nn.Linear) -> str:
        return self.node("Add", self.node("MatMul", x, self.half(_array(layer.weight).T)), self.weight(_array(layer.bias)))


def _array(parameter) -> np.ndarray:
    return parameter.detach().numpy().astype(np.float32)


def quantised(network: Network) -> tuple:
    """(int8 table, scales [COLUMNS × SIZE]): a column has rows, and so scales, of its own."""
    table = _array(network.table.weight)
    out, scales = np.zeros(table.shape, np.int8), []
    for base, size in zip(features.BASE, features.SIZES):
        rows = table[base : base + size]
        scale = np.maximum(np.abs(rows).max(0), 1e-8) / 127
        out[base : base + size] = np.round(rows / scale)
        scales.append(scale)
    return out, np.concatenate(scales)


def graph(network: Network) -> onnx.ModelProto:
    """The shipped graph. Row 0 of the table, "has none", is zero."""
    g = _Graph()
    table, scales = quantised(network)
    x = g.node("Cast", g.node("Gather", g.weight(table), "feature_ids"), to=TensorProto.FLOAT)
    x = g.node("Reshape", x, g.integers(0, 0, features.COLUMNS * SIZE))
    project = nn.Linear(features.COLUMNS * SIZE, WIDTH)
    project.weight.data = network.project.weight.data * torch.from_numpy(scales)
    project.bias.data = network.project.bias.data
    x = g.node("LayerNormalization", g.linear(x, project), g.weight(_array(network.norm.weight)), g.weight(_array(network.norm.bias)), axis=-1, epsilon=EPSILON)
    keep = g.node("Unsqueeze", g.node("Cast", "attention_mask", to=TensorProto.FLOAT), g.integers(2))
    for shift, norm, d in zip(network.shifts, network.norms, DILATIONS):
        y = g.node("Pad", g.node("Mul", x, keep), g.integers(0, d, 0, 0, d, 0))
        ends = (-2 * d, -d, 1 << 40)
        shifted = [g.node("Slice", y, g.integers(i * d), g.integers(end), g.integers(1)) for i, end in enumerate(ends)]
        y = g.node("Relu", g.linear(g.node("Concat", *shifted, axis=2), shift))
        x = g.node("SkipLayerNormalization", x, y, g.weight(_array(norm.weight)), g.weight(_array(norm.bias)), domain="com.microsoft", epsilon=EPSILON)
    g.linear(x, network.classifier)
    g.nodes[-1].output[0] = "logits"
    proto = helper.make_graph(
        g.nodes,
        "embedded-fast",
        [
            helper.make_tensor_value_info("feature_ids", TensorProto.INT64, ["batch", "tokens", features.COLUMNS]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "tokens"]),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "tokens", len(LABELS)])],
        g.weights,
    )
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)])
    model.ir_version = 8
    return model


def load(checkpoint: pathlib.Path) -> Network:
    """The network of a checkpoint, ready to run."""
    network = Network()
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    return network.eval()
