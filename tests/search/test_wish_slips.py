"""Slips in the words of wishes are forgiven, where a wish needs the word."""

from __future__ import annotations

import pytest

from domain.ports.books import Filters
from domain.search.understanding import Understood, Wish, understand
from domain.search.wish_slips import forgiving, slipped


def read(message: str) -> Understood:
    return forgiving(message, slipped(message), understand)[0]


@pytest.mark.parametrize(
    ("message", "rest", "filters"),
    [
        ("krimmi bis 20 €", "", Filters(subject="crime", price_max=2000)),
        ("krimi bis 20 eruo", "", Filters(subject="crime", price_max=2000)),
        ("orchard papperback", "orchard", Filters(form="paperback")),
        ("orchard hradcover", "orchard", Filters(form="hardback")),
        ("orchard tascehnbuch", "orchard", Filters(form="paperback")),
        ("orchard untr 15 eruo", "orchard", Filters(price_max=1500)),
        ("orchard chepaer than 10", "orchard", Filters(price_max=1000)),
        ("orchard in germna", "orchard", Filters(language="deu")),
        ("orchard auf englsich", "orchard", Filters(language="eng")),
        ("orchard in stok", "orchard", Filters(in_stock=True)),
        ("orchard vorätig", "orchard", Filters(in_stock=True)),
        ("thrilers under 10 euros", "", Filters(subject="thriller", price_max=1000)),
        ("orchard publshed in 2015", "orchard", Filters(year_min=2015, year_max=2015)),
    ],
)
def test_a_slip_in_a_wish_is_forgiven(message: str, rest: str, filters: Filters) -> None:
    understood = read(message)
    assert (understood.rest, understood.filters) == (rest, filters)


@pytest.mark.parametrize(
    ("message", "quantity", "wish", "rest"),
    [
        ("2 copis of orchard", 2, Wish.ITSELF, "orchard"),
        ("zwei exemplre von orchard", 2, Wish.ITSELF, "orchard"),
        ("somthing like orchard", None, Wish.LIKE, "orchard"),
        ("the nxet one after orchard", None, Wish.NEXT, "orchard"),
    ],
)
def test_a_slip_in_what_is_wanted_of_a_book_is_forgiven(
    message: str, quantity: int | None, wish: Wish, rest: str
) -> None:
    understood = read(message)
    assert (understood.quantity, understood.wish, understood.rest) == (quantity, wish, rest)


@pytest.mark.parametrize("message", ["the germna orchard", "undr the orchard", "copis", "the eruo affair"])
def test_a_word_that_no_wish_needs_stays_as_it_was_typed(message: str) -> None:
    understood = read(message)
    assert understood.rest == message
    assert not understood.anything


def test_a_word_that_is_not_doubted_is_no_slip() -> None:
    understood, slips = forgiving("orchard papperback", {}, understand)
    assert (understood.rest, slips) == ("orchard papperback", frozenset())
