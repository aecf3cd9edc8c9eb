"""Serves a model directory from a real Triton, through ONNX Runtime.

    python3 serve.py DIR PORT [fp16]

PyTriton brings the Triton server as a wheel; the graph runs in this process.
With fp16 the logits are sent in half precision. Ends with its standard input.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from pytriton.decorators import batch
from pytriton.model_config import ModelConfig, Tensor
from pytriton.triton import Triton, TritonConfig

directory, port, half = pathlib.Path(sys.argv[1]), int(sys.argv[2]), "fp16" in sys.argv[3:]
labels = len(json.loads((directory / "config.json").read_text())["id2label"])
session = onnxruntime.InferenceSession(directory / "onnx" / "model.onnx", providers=["CPUExecutionProvider"])
names = [i.name for i in session.get_inputs()]
kind = np.float16 if half else np.float32


@batch
def infer(**inputs):
    logits = session.run(["logits"], {name: inputs[name] for name in names})[0]
    return {"logits": logits.astype(kind)}


config = TritonConfig(
    http_address="127.0.0.1",
    http_port=port,
    allow_grpc=False,
    allow_metrics=False,
    exit_on_error=True,
)
with Triton(config=config) as triton:
    triton.bind(
        model_name="privacy-filter",
        infer_func=infer,
        inputs=[Tensor(name=name, dtype=np.int64, shape=(-1,)) for name in names],
        outputs=[Tensor(name="logits", dtype=kind, shape=(-1, labels))],
        config=ModelConfig(max_batch_size=64),
        strict=True,
    )
    triton.run()
    print("serving", flush=True)
    sys.stdin.read()
