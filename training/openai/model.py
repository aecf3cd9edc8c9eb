"""Models of the architecture of openai/privacy-filter, in the layout it is published in, without its weights.

    python model.py tiny DIR RANKS [MINUTES]   a small one, trained on the generator's English text
    python model.py check DIR                  the logits of DIR's torch model for fixed texts, beside it (golden.json)

The class is that of transformers: what it computes is what the graphs that
the Go side writes from the same safetensors must compute.
"""

import json
import pathlib
import random
import sys
import time

import torch
from transformers import OpenAIPrivacyFilterConfig, OpenAIPrivacyFilterForTokenClassification

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import tokenizer as o200k
from tokenizers import Tokenizer

TINY_VOCABULARY = 4096

TINY = {
    "hidden_size": 64, "intermediate_size": 32, "head_dim": 16, "num_attention_heads": 4, "num_key_value_heads": 2,
    "num_hidden_layers": 8, "num_local_experts": 8, "num_experts_per_tok": 4,
}

CALIBRATION = {"operating_points": {"default": {"biases": {
    f"transition_bias_{name}": 0.0
    for name in ("background_stay", "background_to_start", "inside_to_continue", "inside_to_end", "end_to_background", "end_to_start")
}}}}

# Texts for golden.json: what tokenizers and decoders stumble over.
GOLDEN = [
    "My name is Elena Markovic, my e-mail address is elena.markovic@example.com and you can call me on +1 628 555 0147.",
    "",
    "x",
    "日本語の文、emoji 😀👩‍👩‍👧, combining é, and ﬀ ligatures.",
    "a\tb\r\n\r\nc    d" + "!" * 40,
    "Dear Tom Ashworth, your card 4899 6946 3335 5264 was charged. " * 12,
]


def save_text(folder: pathlib.Path, name: str, document) -> None:
    (folder / name).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def documents(first: int):
    """English documents of the generator: (text, spans), without end."""
    from pftrain import generate

    seed = first
    while True:
        seed += 1
        text, spans = generate.document(seed)
        if text.isascii() and len(text) < 4000:
            yield text, spans


def targets(encoding, spans, label2id) -> list:
    """BIOES classes of tokens; a token belongs to the span that it touches."""
    out = [0] * len(encoding.ids)
    for start, end, category in spans:
        inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < end and b > start]
        for k, i in enumerate(inside):
            tag = "S" if len(inside) == 1 else "B" if k == 0 else "E" if k == len(inside) - 1 else "I"
            out[i] = label2id.get(f"{tag}-{category}", 0)
    return out


def batches(pieces: Tokenizer, label2id: dict, pad: int, rows: int = 16, length: int = 160):
    pool, source, rng = [], documents(5_000_000), random.Random(1)
    while True:
        while len(pool) < 40 * rows:
            text, spans = next(source)
            encoding = pieces.encode(text)
            classes = targets(encoding, spans, label2id)
            for at in range(0, len(classes), length):
                pool.append((encoding.ids[at : at + length], classes[at : at + length]))
        pool.sort(key=lambda row: len(row[0]))
        order = list(range(0, len(pool) - rows + 1, rows))
        rng.shuffle(order)
        for at in order:
            chosen = pool[at : at + rows]
            width = max(len(ids) for ids, _ in chosen)
            yield (
                torch.tensor([ids + [pad] * (width - len(ids)) for ids, _ in chosen]),
                torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids, _ in chosen]),
                torch.tensor([classes + [-100] * (width - len(classes)) for _, classes in chosen]),
            )
        pool = []


def tiny(folder: pathlib.Path, rank_file: pathlib.Path, minutes: float) -> None:
    torch.manual_seed(20261124)
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    spelled, end = o200k.build(rank_file, TINY_VOCABULARY)
    save_text(folder, "tokenizer.json", spelled)
    pieces = Tokenizer.from_str(json.dumps(spelled))
    config = OpenAIPrivacyFilterConfig(
        **TINY, vocab_size=TINY_VOCABULARY + 64, pad_token_id=end, eos_token_id=end, initializer_range=0.05,
        rope_parameters={
            "rope_type": "yarn", "factor": 32.0, "beta_fast": 32.0, "beta_slow": 1.0, "truncate": False,
            "original_max_position_embeddings": 4096, "rope_theta": 150000.0,
        },
    )
    config._attn_implementation = "eager"
    model = OpenAIPrivacyFilterForTokenClassification(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    start, steps, seen, mean = time.time(), 0, 0, 0.0
    for ids, mask, classes in batches(pieces, config.label2id, end):
        done = (time.time() - start) / (60 * minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * min(1, steps / 50, (1 - done) * 2)
        logits = model(input_ids=ids, attention_mask=mask).logits
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), classes.flatten(), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        steps, seen = steps + 1, seen + int(mask.sum())
        mean = loss.item() if steps == 1 else 0.98 * mean + 0.02 * loss.item()
        if steps % 100 == 0:
            print(f"{steps} steps, {seen} tokens, {seen / (time.time() - start):.0f} tokens/s, loss {mean:.4f}", flush=True)
    model.to(torch.bfloat16).save_pretrained(folder)  # as published; sinks stay fp32
    save_text(folder, "viterbi_calibration.json", CALIBRATION)
    save_text(folder, "tokenizer_config.json", {
        "tokenizer_class": "TokenizersBackend", "model_max_length": 128000,
        "pad_token": "<|endoftext|>", "eos_token": "<|endoftext|>",
    })
    check(folder)


@torch.no_grad()
def check(folder: pathlib.Path) -> None:
    torch.set_num_threads(1)
    model = OpenAIPrivacyFilterForTokenClassification.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rng, out = random.Random(7), []
    rows = [pieces.encode(text, add_special_tokens=False).ids for text in GOLDEN if text]
    rows.append([rng.randrange(TINY_VOCABULARY) for _ in range(700)])
    for ids in rows:
        logits = model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long)).logits[0]
        keep = range(len(ids)) if len(ids) <= 64 else sorted({0, 1, len(ids) - 1, *rng.sample(range(len(ids)), 24)})
        out.append({"ids": ids, "rows": {str(i): [round(v, 6) for v in logits[i].tolist()] for i in keep}})
    (folder / "golden.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
    tokens = pieces.encode(GOLDEN[0])
    best = model(input_ids=torch.tensor([tokens.ids])).logits[0].argmax(-1).tolist()
    print(" ".join(f"{t}/{model.config.id2label[c]}" for t, c in zip(tokens.tokens, best) if c))


if __name__ == "__main__":
    command, target = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "tiny":
        tiny(target, pathlib.Path(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else 20)
    elif command == "check":
        check(target)
    else:
        sys.exit(__doc__)
