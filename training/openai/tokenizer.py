"""A tokenizer.json like the published one: byte-level BPE with the split of o200k_base.

The ranks come from a .tiktoken file, which the crate tiktoken-rs carries
(`make native` fetches it for the tokenizer library). A rank file may be cut
anywhere: a token is made of tokens of lower rank.
"""

import base64
import json
import pathlib
import sys

# The split of o200k_base, as the published tokenizer.json has it.
SPLIT = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}",
    r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
    r"\s*[\r\n]+",
    r"\s+(?!\S)",
    r"\s+",
])

# Where the specials of the whole vocabulary are.
END_OF_TEXT, END_OF_PROMPT = 199999, 200018


def stand_ins() -> dict:
    """GPT-2's printable character for each byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    out = {b: chr(b) for b in printable}
    for b in range(256):
        if b not in out:
            out[b] = chr(0x100 + len(out) - len(printable))
    return out


def ranks(path: pathlib.Path, most: int | None = None) -> dict:
    out = {}
    for line in path.read_text().split("\n"):
        if line and (most is None or len(out) < most):
            token, rank = line.split()
            out[base64.b64decode(token)] = int(rank)
    return out


def merge(token: bytes, table: dict) -> list:
    """The two parts that byte pair encoding joins last to make token."""
    parts = [token[i : i + 1] for i in range(len(token))]
    while len(parts) > 2:
        best = min(range(len(parts) - 1), key=lambda i: table.get(parts[i] + parts[i + 1], len(table)))
        parts[best : best + 2] = [parts[best] + parts[best + 1]]
    return parts


def build(path: pathlib.Path, most: int | None = None) -> tuple:
    """(tokenizer.json as a dict, id of the end of text)."""
    table = ranks(path, most)
    letters = stand_ins()
    spell = lambda token: "".join(letters[b] for b in token)
    vocab = {spell(token): rank for token, rank in table.items()}
    pairs = sorted((rank, merge(token, table)) for token, rank in table.items() if len(token) > 1)
    end, prompt = (END_OF_TEXT, END_OF_PROMPT) if most is None else (len(table), len(table) + 1)
    special = lambda i, text: {
        "id": i, "content": text, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True,
    }
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(end, "<|endoftext|>"), special(prompt, "<|endofprompt|>")],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [{"type": "Split", "pattern": {"Regex": SPLIT}, "behavior": "Isolated", "invert": False}, level],
        },
        "post_processor": level,
        "decoder": level,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": False, "byte_fallback": False, "ignore_merges": True,
            "vocab": vocab, "merges": [[spell(a), spell(b)] for _, (a, b) in pairs],
        },
    }, end


if __name__ == "__main__":
    source, target = map(pathlib.Path, sys.argv[1:3])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else None
    target.write_text(json.dumps(build(source, most)[0], ensure_ascii=False))
