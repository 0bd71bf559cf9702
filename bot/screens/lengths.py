"""Texts no longer than they may be. Telegram counts UTF-16 units, after entities are parsed (Bot API, sendMessage)."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^>]*>")


def units(text: str) -> int:
    """How long Telegram finds a plain text."""
    return len(text.encode("utf-16-le")) // 2


def visible(markup: str) -> int:
    """How long Telegram finds an HTML text."""
    return units(html.unescape(_TAG.sub("", markup)))


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` units, cut at the end of a word where there is one not too far back, with an ellipsis."""
    if units(text) <= limit:
        return text
    cut = text[: limit - 1]
    while units(cut) > limit - 1:
        cut = cut[:-1]
    space = cut.rfind(" ")
    if space > len(cut) * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ,;:–-") + "…"


def capital(text: str) -> str:
    """With a capital first letter: how a button begins."""
    return text[:1].upper() + text[1:]
