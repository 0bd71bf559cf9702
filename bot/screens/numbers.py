"""Rows of number buttons beneath a numbered list, and of its pages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import Action, ShowPage, Still
from bot.screen import Button, Row

_IN_A_ROW = 4


def in_rows(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[first : first + width]) for first in range(0, len(buttons), width))


def numbers(actions: Sequence[Action]) -> tuple[Row, ...]:
    """``[1] [2] [3] [4]``, four in a row so that a thumb finds them."""
    buttons = [Button(str(number), action) for number, action in enumerate(actions, start=1)]
    return in_rows(buttons, _IN_A_ROW)


def pages(serial: int, page: int, count: int) -> tuple[Row, ...]:
    """``‹ 2/14 ›``: no row at all for one page, no arrow that leads nowhere."""
    if count < 2:
        return ()
    row = [Button(f"{page + 1}/{count}", Still())]
    if page > 0:
        row.insert(0, Button("‹", ShowPage(serial, page - 1)))
    if page < count - 1:
        row.append(Button("›", ShowPage(serial, page + 1)))
    return (tuple(row),)
