from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Still
from bot.screen import Button
from bot.screens.numbers import packed


def rows(*labels: str) -> list[list[str]]:
    return [[one.label for one in row] for row in packed([Button(label, Still()) for label in labels])]


def test_short_labels_share_a_row_and_long_ones_do_not() -> None:
    assert rows("× Crime", "× German", "× here now") == [["× Crime", "× German", "× here now"]]
    assert rows("× Crime", "× German", "× up to €15") == [["× Crime", "× German"], ["× up to €15"]]
    assert rows("Fiction · 894", "Society and politics · 61", "Poetry · 70") == [
        ["Fiction · 894"],
        ["Society and politics · 61"],
        ["Poetry · 70"],
    ]


@given(st.lists(st.text("ab", min_size=1, max_size=30)))
def test_no_button_is_lost_or_moved(labels: list[str]) -> None:
    assert [label for row in rows(*labels) for label in row] == labels
