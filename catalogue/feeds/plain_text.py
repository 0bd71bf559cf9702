"""Descriptions as the trade sends them, with mark-up of every kind, as plain paragraphs."""

from __future__ import annotations

import html
import re
from typing import Final

_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr|p|div|li|h[1-6]|ul|ol)\b[^>]*>", re.IGNORECASE)
_DROPPED: Final = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_SPACES: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES: Final = re.compile(r"\s*\n\s*")


def plain(text: str) -> str:
    """``text`` without tags and entities, paragraphs as lines. What looks like no tag (``a < b``) stays.

    A line end in marked-up text is a space, as in a browser; in plain text it is kept.
    """
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text:
            text = _without_tags(text)
    text = _SPACES.sub(" ", text)
    return _LINES.sub("\n", text).strip() if "\n" in text else text.strip()


def _without_tags(text: str) -> str:
    if _TAG.search(text) is None:
        return text
    return _TAG.sub("", _BREAK.sub("\n", " ".join(_DROPPED.sub("", text).split())))


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())
