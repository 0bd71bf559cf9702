"""One secret of the shop, a key of its own for each use."""

from __future__ import annotations

import hashlib
import hmac

MIN_SECRET = 32
"""Bytes. RFC 7518, 3.2: a key for HS256 has at least the size of the hash output."""


class SecretTooShort(ValueError):
    """The shop's secret has fewer than 32 bytes."""


def derived_key(secret: str, use: str) -> bytes:
    """The key for one use, so that what is signed for one never counts for another. Raises SecretTooShort."""
    raw = secret.encode()
    if len(raw) < MIN_SECRET:
        raise SecretTooShort(f"the secret needs at least {MIN_SECRET} bytes, it has {len(raw)}")
    return hmac.new(raw, b"bookstall:" + use.encode(), hashlib.sha256).digest()
