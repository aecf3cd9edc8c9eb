"""Score embedded-fast as evaluate.py scores any model directory.

Of the files of bench/quality/heldout only the third is read that may be looked
at for choices.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime

from . import calibrate, evaluate, fast_features, labels


class Model:
    """The directory of embedded-fast behind ONNX Runtime; see evaluate.Model."""

    def __init__(self, directory: pathlib.Path, onnx_file: pathlib.Path | None = None, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        file = onnx_file or directory / "onnx" / "model_quantized.onnx"
        self.session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self.biases = {}
        calibration = directory / "viterbi_calibration.json"
        if calibration.exists():
            points = json.loads(calibration.read_text())["operating_points"]
            self.biases = {k.removeprefix("transition_bias_"): v for k, v in points["default"]["biases"].items()}

    def logits(self, texts: list):
        """(offsets, logits [T, 33]) of each text. Whole texts, each alone: windows change nothing."""
        encoded = fast_features.encoder()(texts)
        run = lambda ids: self.session.run(["logits"], {"feature_ids": ids[None].astype(np.int64)})[0][0]
        nothing = np.zeros((0, len(labels.LABELS)), np.float32)
        return [offsets.tolist() for offsets, _ in encoded], [run(ids) if len(ids) else nothing for _, ids in encoded]

    spans = evaluate.Model.spans


def summary(scores: dict) -> str:
    """Means over sources: those with personal data, then the clean ones."""
    rows = [s.row() for s in scores.values()]
    personal = [r for r in rows if r["char_recall"] is not None]
    clean = [r["false_spans_per_1000_tokens"] for r in rows if r["char_recall"] is None]
    means = {k: round(sum(r[k] for r in personal) / max(1, len(personal)), 1) for k in ("char_recall", "char_precision", "strict_f1")}
    return f"mean of {len(personal)} sources {means}; false spans on {len(clean)} clean ones {sum(clean) / max(1, len(clean)):.2f}"


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model", type=pathlib.Path)
    p.add_argument("--onnx", type=pathlib.Path, help="another graph")
    p.add_argument("--documents", type=int, default=60, help="generated for each source")
    p.add_argument("--corpus", type=pathlib.Path, help="keeps the generated texts between runs")
    p.add_argument("--heldout", type=pathlib.Path, help="directory of the comparison's files, instead of generated texts")
    p.add_argument("--errors", type=int, default=0, help="wrong documents to show a source (prints invented values)")
    p.add_argument("--other", action="store_true", help="the model is not embedded-fast, but one that evaluate.py knows")
    p.add_argument("--json", type=pathlib.Path)
    p.add_argument("--calibrate", type=pathlib.Path, help="choose the operating points on these texts, write them here, and stop")
    p.add_argument("--allowed", type=float, default=3.0, help="false spans in 1,000 tokens of clean texts that an operating point may always cost")
    a = p.parse_args()
    model = evaluate.Model(a.model, a.onnx) if a.other else Model(a.model, a.onnx)
    data = evaluate.authored(a.heldout, True) if a.heldout else evaluate.split(evaluate.corpus(a.documents, a.corpus))[1]
    if a.calibrate:
        chosen = calibrate.run(model, data, a.allowed)
        print(chosen)
        a.calibrate.write_text(json.dumps(chosen, indent=1) + "\n")
        raise SystemExit
    scores, recall = evaluate.score(model, data)
    print(evaluate.table(scores))
    print(summary(scores))
    print("character recall by category:", recall)
    if a.errors:
        evaluate.errors(model, data, a.errors)
    if a.json:
        a.json.write_text(json.dumps({"sources": {k: s.row() for k, s in scores.items()}, "recall_by_category": recall}, indent=1) + "\n")
