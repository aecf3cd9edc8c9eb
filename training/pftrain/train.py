"""Fine-tune the base on generated documents.

The learning rate falls linearly with progress, which is the larger of tokens
trained / --tokens and minutes run / --minutes: on a shared machine a run ends
in time, and ends annealed. Checkpoints hold everything --resume needs.
"""

import argparse
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F

from . import base, dataset
from .labels import LABELS
from .network import Config, Encoder


def optimiser(model: Encoder, lr: float):
    """AdamW; the fresh head learns four times as fast, embeddings do not decay."""
    head, decay, plain = [], [], []
    for name, p in model.named_parameters():
        if name.startswith("classifier."):
            head.append(p)
        elif p.ndim < 2 or name.startswith(("words", "positions")):
            plain.append(p)
        else:
            decay.append(p)
    return torch.optim.AdamW(
        [
            {"params": head, "lr": lr * 4, "scale": 4.0, "weight_decay": 0.0},
            {"params": decay, "lr": lr, "scale": 1.0, "weight_decay": 0.01},
            {"params": plain, "lr": lr, "scale": 1.0, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def run(args) -> None:
    """Train until the budget is spent."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    if args.resume and args.out.exists():
        saved = torch.load(args.out, weights_only=True)
        model = Encoder(Config(labels=len(LABELS)))
        model.load_state_dict(saved["model"])
    else:
        saved, model = None, base.load(len(LABELS))
    opt = optimiser(model, args.lr)
    tokens, seconds, epoch = 0, 0.0, 0
    if saved:
        opt.load_state_dict(saved["optimiser"])
        tokens, seconds, epoch = saved["tokens"], saved["seconds"], saved["epoch"] + 1
    if args.restart_schedule:
        base_tokens, base_seconds = tokens, seconds
    else:
        base_tokens, base_seconds = 0, 0.0
    model.train()
    rng = np.random.default_rng(args.seed + epoch)
    last_save = last_log = begun = time.time()
    loss_sum = steps = 0
    shift = seconds

    def save():
        state = {"model": model.state_dict(), "optimiser": opt.state_dict(), "tokens": tokens, "seconds": seconds, "epoch": epoch}
        temporary = args.out.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(args.out)

    while True:
        for ids, mask, classes in dataset.Windows(args.data, args.seed * 1000 + epoch, args.batch_tokens):
            seconds = shift + time.time() - begun
            progress = max((tokens - base_tokens) / args.tokens, (seconds - base_seconds) / 60 / args.minutes)
            if progress >= 1:
                save()
                print(f"done: {tokens:,} tokens, {seconds / 60:.1f} min", flush=True)
                return
            rate = args.lr * min(1.0, (progress + 1e-3) / args.warmup) * max(0.02, 1 - progress)
            for group in opt.param_groups:
                group["lr"] = rate * group["scale"]
            offset = int(rng.integers(0, 512 - ids.shape[1])) if rng.random() < 0.5 else 0
            logits = model(torch.from_numpy(ids), torch.from_numpy(mask), offset)
            loss = F.cross_entropy(logits.view(-1, len(LABELS)), torch.from_numpy(classes).view(-1), ignore_index=dataset.IGNORE)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            tokens += int(mask.sum())
            loss_sum, steps = loss_sum + loss.item(), steps + 1
            now = time.time()
            if now - last_log > 30:
                print(f"{time.strftime('%H:%M:%S')} tokens {tokens:,} loss {loss_sum / steps:.4f} lr {rate:.1e} progress {progress:.2f} {(seconds) / 60:.1f} min", flush=True)
                loss_sum, steps, last_log = 0, 0, now
            if now - last_save > args.save_minutes * 60:
                save()
                last_save = now
        epoch += 1


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=pathlib.Path, nargs="+", required=True)
    p.add_argument("--out", type=pathlib.Path, required=True, help="checkpoint")
    p.add_argument("--resume", action="store_true")
    p.add_argument("--restart-schedule", action="store_true", help="count the budget from here, not from the first start")
    p.add_argument("--tokens", type=float, default=2.5e6)
    p.add_argument("--minutes", type=float, default=1e9)
    p.add_argument("--lr", type=float, default=3e-4)
    p.add_argument("--warmup", type=float, default=0.03)
    p.add_argument("--batch-tokens", type=int, default=2048)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--save-minutes", type=float, default=3)
    p.add_argument("--seed", type=int, default=1)
    run(p.parse_args())
