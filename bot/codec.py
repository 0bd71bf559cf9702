"""Actions to and from callback data: at most 64 bytes (Bot API, InlineKeyboardButton.callback_data), strictly checked.

The form is ``tag:field:field``, integers in base 36, texts as they are. Nothing that arrives is trusted: a forged or truncated
button decodes to None, never to something near.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from functools import lru_cache

from bot.actions import ACTIONS, Action

MAX_BYTES = 64

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_INTEGER = re.compile(r"-?(0|[1-9a-z][0-9a-z]{0,12})\Z")
_TEXT = re.compile(r"[A-Za-z0-9_.~*+-]{0,40}\Z")
_MAX_INTEGER = 2**63 - 1


class Unencodable(ValueError):
    """The action does not fit into a button: a programming error, since every screen is tested."""


@lru_cache(maxsize=4096)
def encode(action: Action) -> str:
    """The button's data. Raises Unencodable if a text has other characters than letters, digits and ``_.~*+-`` or it is too long."""
    parts = [action.tag]
    for name, kind in _fields(type(action)):
        value = getattr(action, name)
        if kind is int:
            parts.append(_base36(value))
        elif kind is bool:
            parts.append("1" if value else "0")
        else:
            if not _TEXT.match(value):
                raise Unencodable(f"{type(action).__name__}.{name}")
            parts.append(value)
    data = ":".join(parts)
    if len(data) > MAX_BYTES:
        raise Unencodable(type(action).__name__)
    return data


def decode(data: str) -> Action | None:
    """The action, or None if this is not exactly what `encode` makes."""
    if len(data) > MAX_BYTES:
        return None
    tag, *texts = data.split(":")
    kind = ACTIONS.get(tag)
    if kind is None:
        return None
    fields = _fields(kind)
    if len(fields) != len(texts):
        return None
    values: list[int | bool | str] = []
    for (_, of), text in zip(fields, texts, strict=True):
        if of is int:
            if not _INTEGER.match(text) or text == "-0":
                return None
            number = int(text, 36)
            if abs(number) > _MAX_INTEGER:
                return None
            values.append(number)
        elif of is bool:
            if text not in ("0", "1"):
                return None
            values.append(text == "1")
        else:
            if not _TEXT.match(text):
                return None
            values.append(text)
    return kind(*values)


def _fields(kind: type[Action]) -> tuple[tuple[str, type], ...]:
    return _FIELDS[kind.tag]


_FIELDS = {
    tag: tuple((field.name, typing.get_type_hints(kind)[field.name]) for field in dataclasses.fields(kind))
    for tag, kind in ACTIONS.items()
}


def _base36(number: int) -> str:
    if number < 0:
        return "-" + _base36(-number)
    if number < 36:
        return _DIGITS[number]
    return _base36(number // 36) + _DIGITS[number % 36]
