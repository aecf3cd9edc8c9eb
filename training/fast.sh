#!/usr/bin/env bash
# Makes the shipped files of embedded-fast from a checkpoint, after teaching it
# with a teacher for some minutes.
#
#   bash training/fast.sh DIRECTORY [TEACHER [MINUTES]]
#
#   DIRECTORY  gold shards (gold/) and checkpoints; what is not there is made
#   TEACHER    model directory (default: inference/embedded/model)
#   MINUTES    of distillation (default 20; 0: export what is there)
#
#   FAST_PYTHON      the environment's interpreter (default: that of train.sh)
#   FAST_GOLD        minutes of training on gold classes alone, if it was not done (default 60)
#   FAST_OUT         where the shipped files go (default: inference/embedded/fast)
#
# Started again after an interruption it continues from the last checkpoint.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(realpath -m "$1")
teacher=$(realpath -m "${2:-$here/../inference/embedded/model}")
minutes=${3:-20}
python=${FAST_PYTHON:-${TRAIN_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/privacyfilter-training}/venv/bin/python}
out=$(realpath -m "${FAST_OUT:-$here/../inference/embedded/fast}")
heldout=$here/../bench/quality/heldout
mkdir -p "$dir"

# The features are computed by Go.
cd "$here/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh
cd "$here"
export OMP_WAIT_POLICY=PASSIVE

if [[ ! -e $dir/gold.done ]]; then
	"$python" -m pftrain.fast_data --out "$dir/gold" --shards 100 --documents 4000 --seed 100000000
	"$python" -m pftrain.fast_train --data "$dir/gold" --out "$dir/gold.pt" --resume "$dir/gold.pt" --minutes "${FAST_GOLD:-60}"
	touch "$dir/gold.done"
fi

if [[ $minutes != 0 ]]; then
	[[ -e $dir/taught.pt ]] || cp "$dir/gold.pt" "$dir/taught.pt"
	"$python" -m pftrain.fast_train --data "$dir/gold" --soft-dir "$dir/soft" --teacher "$teacher" \
		--resume "$dir/taught.pt" --restart-schedule --out "$dir/taught.pt" --minutes "$minutes" --lr 2e-3
fi

checkpoint=$dir/taught.pt
[[ -e $checkpoint ]] || checkpoint=$dir/gold.pt
"$python" -m pftrain.fast_export --checkpoint "$checkpoint" --data "$dir/gold" --out "$dir/model"
"$python" -m pftrain.fast_model "$dir/model" --heldout "$heldout" --calibrate "$dir/points.json"
"$python" -m pftrain.fast_export --checkpoint "$checkpoint" --data "$dir/gold" --points "$dir/points.json" --out "$out"
"$python" -m pftrain.fast_model "$out" --heldout "$heldout" --json "$dir/scores.json"
