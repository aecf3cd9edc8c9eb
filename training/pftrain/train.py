"""Fine-tune the encoder on generated documents.

The learning rate falls linearly with progress, which is the larger of tokens
trained / --tokens and minutes run / --minutes: on a shared machine a run ends
in time, and ends annealed. Checkpoints hold everything --resume needs.

On a processor one thread a process and several processes beat several threads
by far when the machine is shared (a matrix product waits for its slowest
thread). So --workers processes train copies on different windows and average
their weights every --sync steps (local SGD: Stich, ICLR 2019); each keeps its
own moments.
"""

import argparse
import os
import pathlib
import time

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing
import torch.nn.functional as F

from . import base, dataset, shapes, shipped
from .labels import LABELS
from .network import Config, Encoder


def optimiser(model: Encoder, lr: float, head: float):
    """AdamW; what is fresh learns faster, embeddings do not decay."""
    fresh, decay, plain = [], [], []
    for name, p in model.named_parameters():
        if name.startswith(("classifier.", "shapes.")):
            fresh.append(p)
        elif p.ndim < 2 or name.startswith(("words", "positions")):
            plain.append(p)
        else:
            decay.append(p)
    return torch.optim.AdamW(
        [
            {"params": fresh, "lr": lr * head, "scale": head, "weight_decay": 0.0},
            {"params": decay, "lr": lr, "scale": 1.0, "weight_decay": 0.01},
            {"params": plain, "lr": lr, "scale": 1.0, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def begin(args) -> Encoder:
    """The encoder before its first step: Rampart's weights, or a shipped graph's.

    A vocabulary larger than theirs starts at the mean of the old pieces with a
    little noise; shapes start at nothing.
    """
    config = Config(labels=len(LABELS), vocab=dataset.tokenizer(args.tokenizer).get_vocab_size(), layers=args.layers, shapes=shapes.SIZE if args.shapes else 0)
    if args.start is None:
        state = base.load(len(LABELS)).state_dict()
    else:
        state = shipped.state(args.start)
    model = Encoder(config)
    words = state["words.weight"]
    if len(words) < config.vocab:
        fresh = words.mean(0) + 0.5 * words.std(0) * torch.randn(config.vocab - len(words), config.hidden)
        state["words.weight"] = torch.cat([words, fresh])
    state = {k: v for k, v in state.items() if not k.startswith("layers.") or int(k.split(".")[1]) < args.layers}
    model.load_state_dict(state, strict=False)
    return model


class Averager:
    """Keeps the copies of several workers together."""

    def __init__(self, model: Encoder, workers: int, every: int):
        self.parameters, self.workers, self.every, self.steps = list(model.parameters()), workers, every, 0

    def step(self) -> None:
        """Average the weights when it is time."""
        self.steps += 1
        if self.workers > 1 and self.steps % self.every == 0:
            self.average()

    def average(self) -> None:
        """Average the weights now."""
        flat = torch.cat([p.data.view(-1) for p in self.parameters])
        dist.all_reduce(flat)
        flat /= self.workers
        at = 0
        for p in self.parameters:
            p.data.copy_(flat[at : at + p.numel()].view_as(p))
            at += p.numel()


def total(value: float, workers: int) -> float:
    """The largest of a value over the workers: they stop together."""
    if workers == 1:
        return value
    t = torch.tensor([value], dtype=torch.float64)
    dist.all_reduce(t, dist.ReduceOp.MAX)
    return float(t[0])


def work(rank: int, args) -> None:
    """One worker."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    if args.workers > 1:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", str(args.port))
        dist.init_process_group("gloo", rank=rank, world_size=args.workers)
    model = begin(args)
    tokens, seconds, epoch, saved = 0, 0.0, 0, None
    opt = optimiser(model, args.lr, args.head)
    if args.resume and args.out.exists():
        saved = torch.load(args.out, weights_only=True)
        model.load_state_dict(saved["model"])
        opt.load_state_dict(saved["optimiser"])
        tokens, seconds, epoch = saved["tokens"], saved["seconds"], saved["epoch"] + 1
    first_tokens, first_seconds = (tokens, seconds) if args.restart_schedule else (0, 0.0)
    torch.manual_seed(args.seed + 1000 * rank + epoch)
    rng = np.random.default_rng([args.seed, rank, epoch])
    together = Averager(model, args.workers, args.sync)
    model.train()
    last_save = last_log = begun = time.time()
    loss_sum = steps = 0
    shift, progress = seconds, 0.0

    def save():
        if rank == 0:
            state = {"model": model.state_dict(), "optimiser": opt.state_dict(), "tokens": tokens, "seconds": seconds, "epoch": epoch}
            temporary = args.out.with_suffix(".tmp")
            torch.save(state, temporary)
            temporary.replace(args.out)

    while True:
        for ids, mask, classes, forms in dataset.Windows(args.data, [args.seed, rank, epoch], args.batch_tokens):
            seconds = shift + time.time() - begun
            if together.steps % args.sync == 0:  # all workers are here at once
                progress = total(max((tokens - first_tokens) / args.tokens, (seconds - first_seconds) / 60 / args.minutes), args.workers)
                if progress >= 1:
                    save()
                    if rank == 0:
                        print(f"done: {tokens:,} tokens, {seconds / 60:.1f} min", flush=True)
                    return
                if time.time() - last_save > args.save_minutes * 60:
                    save()
                    last_save = time.time()
            rate = args.lr * min(1.0, (progress + 1e-3) / args.warmup) * max(0.02, 1 - progress)
            for group in opt.param_groups:
                group["lr"] = rate * group["scale"]
            offset = int(rng.integers(0, 512 - ids.shape[1])) if rng.random() < 0.5 else 0
            logits = model(torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(forms) if args.shapes else None, offset)
            loss = F.cross_entropy(logits.view(-1, len(LABELS)), torch.from_numpy(classes).view(-1), ignore_index=dataset.IGNORE)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            together.step()
            tokens += int(mask.sum()) * args.workers
            loss_sum, steps = loss_sum + loss.item(), steps + 1
            now = time.time()
            if rank == 0 and now - last_log > 30:
                print(f"{time.strftime('%H:%M:%S')} tokens {tokens:,} loss {loss_sum / steps:.4f} lr {rate:.1e} progress {progress:.2f} {seconds / 60:.1f} min", flush=True)
                loss_sum, steps, last_log = 0, 0, now
        epoch += 1


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=pathlib.Path, nargs="+", required=True)
    p.add_argument("--tokenizer", type=pathlib.Path, help="an extended tokenizer.json; the base's without")
    p.add_argument("--out", type=pathlib.Path, required=True, help="checkpoint")
    p.add_argument("--start", type=pathlib.Path, help="train on from this shipped int8 graph; Rampart without")
    p.add_argument("--resume", action="store_true")
    p.add_argument("--restart-schedule", action="store_true", help="count the budget from here, not from the first start")
    p.add_argument("--tokens", type=float, default=2.5e6)
    p.add_argument("--minutes", type=float, default=1e9)
    p.add_argument("--lr", type=float, default=3e-4)
    p.add_argument("--head", type=float, default=4.0, help="times the rate for what is fresh")
    p.add_argument("--warmup", type=float, default=0.03)
    p.add_argument("--batch-tokens", type=int, default=2048)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--shapes", action="store_true")
    p.add_argument("--workers", type=int, default=os.cpu_count())
    p.add_argument("--sync", type=int, default=8, help="steps between averages")
    p.add_argument("--port", type=int, default=29517)
    p.add_argument("--threads", type=int, default=1, help="of a worker")
    p.add_argument("--save-minutes", type=float, default=3)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    if a.workers == 1:
        work(0, a)
    else:
        torch.multiprocessing.spawn(work, (a,), nprocs=a.workers)
