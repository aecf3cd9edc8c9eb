"""Export a checkpoint to ONNX: fp32, fused, then dynamic int8."""

import argparse
import pathlib

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from .labels import LABELS
from .network import Config, Encoder


class Plain(torch.nn.Module):
    """The encoder with only the graph's inputs."""

    def __init__(self, model: Encoder):
        super().__init__()
        self.model = model
        for layer in model.layers:
            layer.plain = True

    def forward(self, input_ids, attention_mask, shape_ids=None):
        return self.model(input_ids, attention_mask, shape_ids)


def load(checkpoint: pathlib.Path) -> Encoder:
    """The trained encoder, ready to run."""
    state = torch.load(checkpoint, weights_only=True)["model"]
    forms = state["shapes.weight"].shape[0] if "shapes.weight" in state else 0
    layers = 1 + max(int(n.split(".")[1]) for n in state if n.startswith("layers."))
    model = Encoder(Config(vocab=state["words.weight"].shape[0], labels=len(LABELS), layers=layers, shapes=forms))
    model.load_state_dict(state)
    return model.eval()


def _feeds(rng, model: Encoder):
    for batch, length in ((1, 7), (3, 64), (2, 200)):
        ids = rng.integers(5, 19000, (batch, length)).astype(np.int64)
        mask = np.ones_like(ids)
        mask[-1, length // 2 :] = 0
        feed = {"input_ids": ids, "attention_mask": mask}
        if model.config.shapes:
            feed["shape_ids"] = rng.integers(0, model.config.shapes, ids.shape).astype(np.int64)
        yield feed


def check(path: pathlib.Path, model: Encoder, tolerance: float) -> float:
    """The largest difference of logits on unmasked tokens; fails above tolerance."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for feed in _feeds(np.random.default_rng(3), model):
        with torch.no_grad():
            want = model(*(torch.from_numpy(v) for v in feed.values())).numpy()
        got = session.run(["logits"], feed)[0]
        worst = max(worst, float(np.abs(want - got)[feed["attention_mask"] == 1].max()))
    if worst > tolerance:
        raise SystemExit(f"{path.name} differs from the module by {worst}")
    return worst


def run(checkpoint: pathlib.Path, out: pathlib.Path) -> None:
    """Write model.onnx (fp32), model_fused.onnx and model_quantized.onnx."""
    out.mkdir(parents=True, exist_ok=True)
    model = load(checkpoint)
    fp32, fused, int8 = (out / n for n in ("model.onnx", "model_fused.onnx", "model_quantized.onnx"))
    ids = torch.randint(5, 19000, (2, 16))
    axes = {0: "batch", 1: "length"}
    inputs = ["input_ids", "attention_mask"] + ["shape_ids"] * bool(model.config.shapes)
    torch.onnx.export(
        Plain(model).eval(),
        (ids, torch.ones_like(ids), torch.zeros_like(ids))[: len(inputs)],
        str(fp32),
        dynamo=False,
        opset_version=17,
        input_names=inputs,
        output_names=["logits"],
        dynamic_axes=dict.fromkeys([*inputs, "logits"], axes),
    )
    print(f"fp32: largest difference {check(fp32, model, 1e-4):.1e}")
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    better = optimizer.optimize_model(str(fp32), "bert", num_heads=12, hidden_size=384, optimization_options=options, opt_level=0)
    print("fused:", {k: v for k, v in better.get_fused_operator_statistics().items() if v})
    better.save_model_to_file(str(fused))
    print(f"fused: largest difference {check(fused, model, 1e-3):.1e}")
    quantize_dynamic(
        str(fused),
        str(int8),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather", "Attention"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT, "MatMulConstBOnly": True},
    )
    print(f"int8: largest difference {check(int8, model, 1e9):.2f}, {int8.stat().st_size:,} bytes")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--checkpoint", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    a = p.parse_args()
    run(a.checkpoint, a.out)
