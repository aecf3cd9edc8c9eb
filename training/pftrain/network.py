"""A BERT token classifier in plain operators.

Written out rather than imported so that the exported graph holds only what it
needs: learned positions, token type 0 folded into them, one additive mask.
"""

import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass
class Config:
    """The shape of the encoder; the defaults are those of the base."""

    vocab: int = 19730
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    intermediate: int = 1536
    positions: int = 512
    labels: int = 33
    shapes: int = 0
    dropout: float = 0.1


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, config: Config):
        super().__init__()
        h = config.hidden
        self.heads = config.heads
        self.size = h // config.heads
        self.query, self.key, self.value = nn.Linear(h, h), nn.Linear(h, h), nn.Linear(h, h)
        self.out = nn.Linear(h, h)
        self.norm1 = nn.LayerNorm(h, eps=1e-12)
        self.up, self.down = nn.Linear(h, config.intermediate), nn.Linear(config.intermediate, h)
        self.norm2 = nn.LayerNorm(h, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)
        self.plain = False

    def forward(self, x, bias):
        batch, length, hidden = x.shape

        def split(y):
            return y.view(batch, length, self.heads, self.size).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if self.plain:  # the form that the exporter and its fusions know
            scores = q @ k.transpose(-1, -2) / math.sqrt(self.size) + bias
            mixed = torch.softmax(scores, dim=-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Embeddings, layers, classifier: ids and mask in, logits out."""

    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocab, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        if config.shapes:
            self.shapes = nn.Embedding(config.shapes, config.hidden)
            nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.classifier = nn.Linear(config.hidden, config.labels)

    def forward(self, input_ids, attention_mask, shape_ids=None, offset: int = 0):
        """Logits [B, T, labels]. offset shifts the positions, in training only."""
        length = input_ids.shape[1]
        x = self.words(input_ids) + self.positions.weight[offset : offset + length]
        if shape_ids is not None:
            x = x + self.shapes(shape_ids)
        x = self.dropout(self.norm(x))
        bias = (1.0 - attention_mask.to(x.dtype))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return self.classifier(x)

    def load_hf(self, state: dict) -> None:
        """Load weights named as BertForTokenClassification names them."""
        mine = {}
        for name, value in state.items():
            mine[rename(name)] = value
        token_type = mine.pop("token_type")
        mine["positions.weight"] = mine["positions.weight"] + token_type[0]
        missing, unexpected = self.load_state_dict(mine, strict=False)
        if unexpected or any(not m.startswith("classifier.") for m in missing):
            raise ValueError(f"weights do not fit: missing {missing}, unexpected {unexpected}")


def rename(name: str) -> str:
    """The name here of a weight of BertForTokenClassification."""
    for old, new in (
        ("bert.embeddings.word_embeddings.weight", "words.weight"),
        ("bert.embeddings.position_embeddings.weight", "positions.weight"),
        ("bert.embeddings.token_type_embeddings.weight", "token_type"),
        ("bert.embeddings.LayerNorm.", "norm."),
        ("bert.encoder.layer.", "layers."),
        ("attention.self.", ""),
        ("attention.output.dense.", "out."),
        ("attention.output.LayerNorm.", "norm1."),
        ("intermediate.dense.", "up."),
        ("output.dense.", "down."),
        ("output.LayerNorm.", "norm2."),
    ):
        name = name.replace(old, new)
    return name
