"""embedded-fast: a convolutional token classifier over hashed features.

The columns of a token (fast_features) are rows of one table; their vectors side
by side are projected to the width of the network, and residual convolutions
with growing dilation follow. A logit depends on RECEPTIVE tokens on each side,
exactly, so windows with that much overlap change nothing.

The graph for ONNX Runtime is written here by hand: table and convolutions in
8 bits, with scales for activations that were measured beforehand (ranges), so a
row's result depends on nothing but the row. It knows no padding: rows run alone.
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
        x = self.norm(self.project(self.table(ids).flatten(2)))
        x = F.dropout(x, self.dropout, self.training)
        keep = mask.to(x.dtype)[..., None]
        for shift, norm, d in zip(self.shifts, self.norms, DILATIONS):
            x = norm(x + F.dropout(convolve(x * keep, shift, d), self.dropout, self.training))
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

    def number(self, value, kind) -> str:
        return self.weight(np.array(value, dtype=kind))

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


def convolve(x: torch.Tensor, shift: nn.Linear, dilation: int) -> torch.Tensor:
    """A residual convolution's output, before it is added: ReLU of three neighbours' product."""
    length = x.shape[1]
    y = F.pad(x, (0, 0, dilation, dilation))
    y = torch.cat([y[:, :length], y[:, dilation : dilation + length], y[:, 2 * dilation :]], 2)
    return F.relu(shift(y))


def ranges(network: Network, documents) -> list:
    """(largest input, largest output) of each convolution over documents' features."""
    out = np.full((len(DILATIONS), 2), 1e-3)
    with torch.no_grad():
        for ids in documents:
            x = network.norm(network.project(network.table(torch.from_numpy(ids.astype(np.int64))[None]).flatten(2)))
            for layer, (shift, norm, d) in enumerate(zip(network.shifts, network.norms, DILATIONS)):
                y = convolve(x, shift, d)
                out[layer] = np.maximum(out[layer], (float(x.abs().max()), float(y.max())))
                x = norm(x + y)
    return out.tolist()


def graph(network: Network, measured: list) -> onnx.ModelProto:
    """The shipped graph. Row 0 of the table, "has none", is zero.

    A convolution is one node that reads and writes 8 bits: inputs around 128,
    outputs from 0, which is the ReLU. Weights have a scale for each channel.
    """
    g = _Graph()
    table, scales = quantised(network)
    x = g.node("Cast", g.node("Gather", g.weight(table), "feature_ids"), to=TensorProto.FLOAT)
    x = g.node("Reshape", x, g.integers(0, 0, features.COLUMNS * SIZE))
    project = nn.Linear(features.COLUMNS * SIZE, WIDTH)
    project.weight.data = network.project.weight.data * torch.from_numpy(scales)
    project.bias.data = network.project.bias.data
    x = g.node("LayerNormalization", g.linear(x, project), g.weight(_array(network.norm.weight)), g.weight(_array(network.norm.bias)), axis=-1, epsilon=EPSILON)
    middle, bottom = g.number(128, np.uint8), g.number(0, np.uint8)
    for shift, norm, d, (largest, highest) in zip(network.shifts, network.norms, DILATIONS, measured):
        scale = largest / 127
        weights = _array(shift.weight)
        each = np.maximum(np.abs(weights).max(1), 1e-8) / 127
        kernel = np.round(weights / each[:, None]).astype(np.int8).reshape(WIDTH, 3, WIDTH).transpose(0, 2, 1)
        bias = np.round(_array(shift.bias) / (scale * each)).astype(np.int32)
        inside, outside = g.number(scale, np.float32), g.number(highest / 255, np.float32)
        y = g.node(
            "QLinearConv",
            *(g.node("QuantizeLinear", x, inside, middle), inside, middle),
            *(g.weight(kernel), g.weight(each.astype(np.float32)), g.weight(np.zeros(WIDTH, np.int8))),
            *(outside, bottom, g.weight(bias)),
            domain="com.microsoft",
            channels_last=1,
            kernel_shape=[3],
            dilations=[d],
            pads=[d, d],
        )
        y = g.node("DequantizeLinear", y, outside, bottom)
        x = g.node("SkipLayerNormalization", x, y, g.weight(_array(norm.weight)), g.weight(_array(norm.bias)), domain="com.microsoft", epsilon=EPSILON)
    g.linear(x, network.classifier)
    g.nodes[-1].output[0] = "logits"
    proto = helper.make_graph(
        g.nodes,
        "embedded-fast",
        [helper.make_tensor_value_info("feature_ids", TensorProto.INT64, ["batch", "tokens", features.COLUMNS])],
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
