from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.listing import Kind, Listing, choices_of, filters_of, is_choice, limits, span
from domain.ports.books import Filters

ENDS = st.none() | st.integers(0, 10**9 - 1)
TYPED = Listing(
    1,
    Kind.SEARCH,
    text="crime in german under 15",
    words="crime",
    understood=(("language", "deu"), ("price", "-1500")),
)


@given(ENDS, ENDS)
def test_range_comes_back_as_it_went(low: int | None, high: int | None) -> None:
    assert limits(span(low, high)) == (low, high)


@given(
    st.builds(
        Filters,
        subject=st.sampled_from(["", "crime"]),
        language=st.sampled_from(["", "deu"]),
        form=st.sampled_from(["", "hardback"]),
        price_min=ENDS,
        price_max=ENDS,
        in_stock=st.booleans(),
        year_min=ENDS,
        year_max=ENDS,
    )
)
def test_filters_and_choices_say_the_same(filters: Filters) -> None:
    choices = choices_of(filters)
    assert filters_of(choices) == filters
    assert all(is_choice(name, value) for name, value in choices)


def test_choice_replaces_what_was_understood_of_its_kind() -> None:
    narrowed = TYPED.narrow("language", "fra")
    assert narrowed.filters == Filters(language="fra", price_max=1500)


def test_what_was_understood_can_be_taken_away_and_stays_away() -> None:
    left = TYPED.narrow("price", "")
    assert left.filters == Filters(language="deu")
    assert (left.text, left.plain) == ("crime", True)
    assert left.narrow("language", "").filters == Filters()


def test_narrowing_begins_at_the_first_page() -> None:
    assert Listing(1, Kind.NEW, page=4).narrow("in_stock", "1").page == 0


def test_narrowing_twice_the_same_way_is_the_same() -> None:
    once = TYPED.narrow("in_stock", "1")
    assert once.narrow("in_stock", "1") == once


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", "nonsense"),
        ("language", "DEU"),
        ("language", "german"),
        ("form", "scroll"),
        ("in_stock", "0"),
        ("price", "-"),
        ("price", "1-2-3"),
        ("year", "9999999999-"),
        ("title", "dune"),
    ],
)
def test_forged_choice_is_none(name: str, value: str) -> None:
    assert not is_choice(name, value)
