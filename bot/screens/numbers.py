"""Buttons in rows: the numbers beneath a list, its pages, and as many beside each other as a phone shows whole."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import Action, ShowPage, Still
from bot.screen import Button, Row

_IN_A_ROW = 4
_WHOLE = {3: 10, 2: 19}
"""How many characters a phone shows of each label, with so many buttons in a row."""


def packed(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """In their order, three or two in a row where all of them can be read, else one."""
    rows: list[Row] = []
    left = tuple(buttons)
    while left:
        width = next((count for count in _WHOLE if _fit(left[:count], count)), 1)
        rows.append(left[:width])
        left = left[width:]
    return tuple(rows)


def _fit(row: Row, count: int) -> bool:
    return len(row) == count and all(len(one.label) <= _WHOLE[count] for one in row)


def numbers(actions: Sequence[Action]) -> tuple[Row, ...]:
    """``[1] [2] [3] [4]``, four in a row so that a thumb finds them."""
    buttons = [Button(str(number), action) for number, action in enumerate(actions, start=1)]
    return tuple(tuple(buttons[first : first + _IN_A_ROW]) for first in range(0, len(buttons), _IN_A_ROW))


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
