"""The label space: O, then B-, I-, E-, S- of each category, alphabetical.

The order is that of openai/privacy-filter, so one decoder serves both models.
"""

CATEGORIES = (
    "account_number",
    "private_address",
    "private_date",
    "private_email",
    "private_person",
    "private_phone",
    "private_url",
    "secret",
)

LABELS = ("O",) + tuple(f"{tag}-{c}" for c in CATEGORIES for tag in "BIES")
LABEL_ID = {name: i for i, name in enumerate(LABELS)}
TAG = [name[0] for name in LABELS]
KIND = [None] + [name[2:] for name in LABELS[1:]]


def encode(offsets, spans):
    """Class ids of tokens, given their character offsets and the spans.

    A token belongs to the span that it overlaps. Spans are (start, end,
    category), sorted and disjoint; zero-width tokens are O.
    """
    ids = [0] * len(offsets)
    token = 0
    for start, end, category in spans:
        while token < len(offsets) and offsets[token][1] <= start:
            token += 1
        first = token
        while token < len(offsets) and offsets[token][0] < end:
            token += 1
        count = token - first
        if count == 1:
            ids[first] = LABEL_ID["S-" + category]
        elif count > 1:
            ids[first] = LABEL_ID["B-" + category]
            ids[first + 1 : token - 1] = [LABEL_ID["I-" + category]] * (count - 2)
            ids[token - 1] = LABEL_ID["E-" + category]
    return ids


def decode(classes):
    """Token spans [start, end) of a class sequence, tolerant of broken ones."""
    spans, open_kind, start = [], None, 0
    for i, c in enumerate(classes):
        tag, kind = TAG[c], KIND[c]
        if tag == "I" and kind == open_kind:
            continue
        if tag == "E" and kind == open_kind:
            spans.append((start, i + 1, kind))
            open_kind = None
            continue
        if open_kind is not None:
            spans.append((start, i, open_kind))
            open_kind = None
        if tag in "SE":
            spans.append((i, i + 1, kind))
        elif tag in "BI":
            open_kind, start = kind, i
    if open_kind is not None:
        spans.append((start, len(classes), open_kind))
    return spans
