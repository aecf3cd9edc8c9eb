"""Train embedded-fast, from gold classes and from a teacher's opinion.

Shards (fast_data) are read from directories, again whenever new ones are there,
so a labeller can work beside the training. With --teacher DIR this program
starts one itself: it labels generated and unlabelled text with that model for as
long as the training runs. The learning rate falls linearly with progress, as
in train.py; --resume goes on from a checkpoint, with --restart-schedule as a new
run from its weights.
"""

import argparse
import pathlib
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from . import fast, fast_data, fast_features
from .labels import LABELS

IGNORE = -100
WINDOW = 256  # tokens of a row at most


class Pool:
    """Documents of all shards of some directories."""

    def __init__(self, directories, seed: int, limit: int):
        self.directories, self.limit, self.seen = directories, limit, set()
        self.gold, self.soft, self.tokens = [], [], 0
        self.rng = np.random.default_rng(seed)

    def look(self) -> None:
        """Load shards that are new."""
        for path in sorted(p for d in self.directories for p in d.glob("*.npz")):
            if path in self.seen or self.tokens > self.limit:
                continue
            self.seen.add(path)
            data = np.load(path)
            ids, classes, soft, begin = data["ids"], data["classes"], data["soft"], 0
            into = self.soft if path.name.startswith("soft") else self.gold
            for end in data["ends"]:
                into.append((ids[begin:end], classes[begin:end], soft[begin:end]))
                begin = end
            self.tokens += len(ids)

    def windows(self, share: float, count: int = 4000):
        """Random windows of random documents, that share of them with an opinion.

        As long as there are few such documents, it is less: each is drawn at most
        four times as often as one without.
        """
        out = []
        share = min(share, 4 * len(self.soft) / max(1, len(self.soft) + len(self.gold)))
        while len(out) < count:
            pool = self.soft if self.soft and (self.rng.random() < share or not self.gold) else self.gold
            document = pool[self.rng.integers(len(pool))]
            at = 0
            while at < len(document[0]):
                size = WINDOW if len(document[0]) - at > WINDOW else len(document[0]) - at
                out.append(tuple(part[at : at + size] for part in document))
                at += size
        return out

    def batches(self, share: float, batch_tokens: int):
        """Padded batches (ids, mask, classes, soft) of rows alike in length."""
        windows = sorted(self.windows(share), key=lambda w: len(w[0]))
        groups, current = [], []
        for w in windows:
            if current and len(w[0]) * (len(current) + 1) > batch_tokens:
                groups.append(current)
                current = []
            current.append(w)
        groups.append(current)
        for i in self.rng.permutation(len(groups)):
            yield pad(groups[i])


def pad(windows) -> tuple:
    """One right-padded batch."""
    length = max(len(w[0]) for w in windows)
    ids = np.zeros((len(windows), length, fast_features.COLUMNS), np.int64)
    mask = np.zeros((len(windows), length), np.float32)
    classes = np.full((len(windows), length), IGNORE, np.int64)
    soft = np.zeros((len(windows), length, fast_data.SOFT), np.float32)
    for row, (i, c, s) in enumerate(windows):
        n = len(i)
        ids[row, :n], mask[row, :n], soft[row, :n] = i, 1, s
        classes[row, :n] = np.where(c == fast_data.NOTHING, IGNORE, c.astype(np.int64))
    return ids, mask, classes, soft / fast_data.FULL


def blind(ids: torch.Tensor, word: float, other: float) -> torch.Tensor:
    """Hide the word of some tokens, and other columns of some.

    The generator's names are not all names: what is learned must live in
    endings, shapes and surroundings, not in the list of words.
    """
    chance = torch.full((fast_features.COLUMNS,), other)
    chance[fast_features.WORD] = word
    return torch.where(torch.rand(ids.shape) < chance, 0, ids)


def target(soft: torch.Tensor) -> torch.Tensor:
    """Distributions [N, labels] of opinions [N, SOFT]."""
    n = fast_data.KINDS
    begin, end = soft[:, None, n + 1], soft[:, None, n + 2]
    tags = torch.stack([begin * (1 - end), (1 - begin) * (1 - end), (1 - begin) * end, begin * end], -1)
    out = torch.cat([soft[:, :1], (soft[:, 1 : n + 1, None] * tags).flatten(1)], 1)
    return out / out.sum(1, keepdim=True)


def loss_of(logits, classes, soft) -> torch.Tensor:
    """Mean over tokens of gold and teacher's cross-entropy, halves where there are both."""
    logits, classes, soft = logits.flatten(0, 1), classes.flatten(), soft.flatten(0, 1)
    gold, asked = classes != IGNORE, soft[:, : fast_data.KINDS + 1].sum(1) > 0.5
    weight = torch.where(gold & asked, 0.5, 1.0)
    total = (weight * F.cross_entropy(logits, classes, ignore_index=IGNORE, reduction="none")).sum()
    if asked.any():
        total = total - (weight[asked] * (target(soft[asked]) * F.log_softmax(logits[asked], 1)).sum(1)).sum()
    return total / (gold | asked).sum().clamp(min=1)


class Optimiser:
    """AdamW for the network and lazy Adam, twice as fast, for the rows of the table that were read."""

    def __init__(self, network: fast.Network, lr: float):
        table = network.table.weight
        self.lr = lr
        self.dense = torch.optim.AdamW([p for p in network.parameters() if p is not table], lr=lr, weight_decay=0.01, betas=(0.9, 0.98))
        self.sparse = torch.optim.SparseAdam([table], lr=lr, betas=(0.9, 0.98))

    def step(self, rate: float) -> None:
        for o, scale in ((self.dense, 1.0), (self.sparse, 2.0)):
            for group in o.param_groups:
                group["lr"] = rate * self.lr * scale
            o.step()

    def zero_grad(self) -> None:
        self.dense.zero_grad(set_to_none=True)
        self.sparse.zero_grad(set_to_none=True)


def run(args) -> None:
    """Train until the budget is spent."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    network = fast.Network()
    network.dropout = args.dropout
    optimiser = Optimiser(network, args.lr)
    tokens, spent = 0, 0.0
    if args.resume and args.resume.exists():
        saved = torch.load(args.resume, weights_only=True)
        network.load_state_dict(saved["model"])
        optimiser.dense.load_state_dict(saved["dense"])
        optimiser.sparse.load_state_dict(saved["sparse"])
        tokens, spent = (0, 0.0) if args.restart_schedule else (saved["tokens"], saved["seconds"])
    pool = Pool(args.data, args.seed + tokens, args.limit)
    pool.look()
    network.train()
    begun = last_log = last_save = time.time()
    loss_sum = steps = 0

    def save():
        state = {"model": network.state_dict(), "dense": optimiser.dense.state_dict(), "sparse": optimiser.sparse.state_dict(), "tokens": tokens, "seconds": spent + time.time() - begun}
        torch.save(state, args.out.with_suffix(".tmp"))
        args.out.with_suffix(".tmp").replace(args.out)

    while True:
        pool.look()
        if not pool.gold and not pool.soft:
            time.sleep(1)
            continue
        for ids, mask, classes, soft in pool.batches(args.soft_share, args.batch_tokens):
            now = time.time()
            progress = (spent + now - begun) / 60 / args.minutes
            if progress >= 1:
                save()
                print(f"done: {tokens:,} tokens", flush=True)
                return
            logits = network(blind(torch.from_numpy(ids), args.hide_word, args.hide), torch.from_numpy(mask))
            loss = loss_of(logits, torch.from_numpy(classes), torch.from_numpy(soft))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for n, p in network.named_parameters() if n != "table.weight"], 1.0)
            optimiser.step(min(1.0, (progress + 1e-3) / args.warmup) * max(0.01, 1 - progress))
            tokens += int(mask.sum())
            loss_sum, steps = loss_sum + loss.item(), steps + 1
            if now - last_log > 30:
                print(f"{time.strftime('%H:%M:%S')} tokens {tokens:,} loss {loss_sum / steps:.4f} progress {progress:.2f} documents {len(pool.gold)} + {len(pool.soft)}", flush=True)
                loss_sum, steps, last_log = 0, 0, now
            if now - last_save > args.save_minutes * 60:
                save()
                last_save = now


def with_labeller(args) -> None:
    """Run, with a process beside that asks the teacher."""
    directory = args.soft_dir or args.out.parent / "soft"
    args.data.append(directory)
    command = [sys.executable, "-m", "pftrain.fast_data", "--out", str(directory), "--teacher", str(args.teacher)]
    command += ["--documents", "1000", "--seed", str(args.soft_seed), "--unlabelled-every", "3"]
    labeller = subprocess.Popen(command)
    try:
        run(args)
    finally:
        labeller.terminate()
        labeller.wait()


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=pathlib.Path, nargs="*", default=[], help="directories of shards")
    p.add_argument("--out", type=pathlib.Path, required=True, help="checkpoint")
    p.add_argument("--resume", type=pathlib.Path, help="checkpoint to go on from, if it exists")
    p.add_argument("--restart-schedule", action="store_true", help="count the budget from here, not from the first start")
    p.add_argument("--teacher", type=pathlib.Path, help="model directory; starts a labeller")
    p.add_argument("--soft-dir", type=pathlib.Path, help="shards of the labeller (default: soft/ beside the checkpoint)")
    p.add_argument("--soft-seed", type=int, default=50_000_000)
    p.add_argument("--soft-share", type=float, default=0.5, help="of the documents drawn have an opinion, once there are enough")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--lr", type=float, default=3e-3)
    p.add_argument("--warmup", type=float, default=0.03)
    p.add_argument("--batch-tokens", type=int, default=4096)
    p.add_argument("--hide-word", type=float, default=0.2)
    p.add_argument("--hide", type=float, default=0.05)
    p.add_argument("--dropout", type=float, default=0.05)
    p.add_argument("--limit", type=int, default=40_000_000, help="tokens in memory at most")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--save-minutes", type=float, default=3)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    a.out.parent.mkdir(parents=True, exist_ok=True)
    (with_labeller if a.teacher else run)(a)
