"""Links that lead to the bot."""

from __future__ import annotations

import base64
import binascii

_PAYLOAD = 64
"""Characters of a payload, out of A-Z, a-z, 0-9, _ and - (Bot features, "Deep linking")."""


def deep_link(username: str, payload: str) -> str:
    """Opens the private chat with the bot, and gives it the payload (Bot features, "Deep linking": at most 64 characters)."""
    return f"https://t.me/{username}?start={payload}" if payload else f"https://t.me/{username}"


def packed(word: str, text: str) -> str:
    """A payload that carries a text behind ``word``; as much of its beginning as there is room for."""
    room = (_PAYLOAD - len(word) - 1) * 3 // 4
    short = text.encode()[:room].decode(errors="ignore")
    return f"{word}_{base64.urlsafe_b64encode(short.encode()).decode().rstrip('=')}"


def unpacked(payload: str) -> str:
    """The text that `packed` put behind its word; empty for anything that it did not make."""
    try:
        raw = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
        return raw.decode()
    except (binascii.Error, ValueError):
        return ""
