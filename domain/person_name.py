"""A customer's name: whatever people are called, on one line."""

from __future__ import annotations

import unicodedata

MAX_LENGTH = 64
"""Characters: what an order's card and a greeting can show."""

# Marks that turn the direction of the text after them (Unicode Standard Annex 9) would turn the sentence around the name.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_name(text: str) -> str | None:
    """The name as it is kept: NFC, spaces and line breaks as single spaces, no control characters. None if nothing is left
    or it is longer than `MAX_LENGTH`."""
    kept = (c for c in text if c.isspace() or (unicodedata.category(c) != "Cc" and c not in _TURNING))
    name = unicodedata.normalize("NFC", " ".join("".join(kept).split()))
    visible = any(unicodedata.category(c)[0] not in "ZC" for c in name)
    return name if visible and len(name) <= MAX_LENGTH else None
