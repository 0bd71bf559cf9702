"""A day as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.typed_day import typed_day

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("Heute", TODAY),
        (" YESTERDAY ", date(2026, 11, 27)),
        ("gestern", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27.11.", date(2026, 11, 27)),
        ("1. 2.", date(2026, 2, 1)),
        ("31.12.", date(2025, 12, 31)),
        ("29.2.", date(2024, 2, 29)),
        ("1.1.1", None),
        ("31.2.", None),
        ("31.2.2026", None),
        ("27/11/2026", None),
        ("tomorrow", None),
        ("9" * 5000, None),
        ("-1", None),
    ],
)
def test_a_day_is_read_or_it_is_none(typed: str, day: date | None) -> None:
    assert typed_day(typed, TODAY) == day
