"""The latest of somebody's books, the cheap ones of a kind: an order that is asked for in words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.ports.books import Filters, Sort
from tests.search.shops import Shop, book, opened_shop
from tests.storage.samples import eur


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    async with opened_shop(database_url) as found:
        await found.load(
            [
                book(
                    "Copper Weather",
                    "Lena Frost",
                    year=1999,
                    price=eur(2000),
                    popularity=900,
                    subjects=("crime",),
                ),
                book(
                    "A Lane of Glass",
                    "Lena Frost",
                    year=2024,
                    price=eur(1500),
                    popularity=5,
                    subjects=("crime",),
                ),
                book("Nine Rooms", "Lena Frost", year=2011, price=eur(900), popularity=50),
                book("Unknown Year", "Lena Frost", price=eur(1000), popularity=700),
                book(
                    "New Weather", "Otto Bell", year=1950, price=eur(1200), popularity=9, subjects=("crime",)
                ),
                book("Cheap Paper", "Otto Bell", year=1960, price=eur(3000)),
            ]
        )
        yield found


@pytest.mark.parametrize(
    "typed",
    ["the latest lena frost", "new books by lena frost", "das neueste von Lena Frost", "lena frost neu"],
)
async def test_the_latest_books_of_an_author_come_latest_first(shop: Shop, typed: str) -> None:
    found = await shop.find(typed)
    assert found.titles == ["A Lane of Glass", "Nine Rooms", "Copper Weather", "Unknown Year"]
    assert found.results.sort is Sort.NEWEST


@pytest.mark.parametrize("typed", ["cheap crime novels", "günstige Krimis"])
async def test_cheap_ones_of_a_kind_come_cheapest_first(shop: Shop, typed: str) -> None:
    found = await shop.find(typed)
    assert found.titles == ["New Weather", "A Lane of Glass", "Copper Weather"]
    assert found.results.sort is Sort.PRICE_UP
    assert found.results.understood == Filters(subject="crime")


@pytest.mark.parametrize(("typed", "title"), [("new weather", "New Weather"), ("cheap paper", "Cheap Paper")])
async def test_a_title_that_has_such_a_word_is_a_title(shop: Shop, typed: str, title: str) -> None:
    found = await shop.find(typed)
    assert found.titles[0] == title
    assert found.results.sort is Sort.BEST


async def test_an_order_that_was_chosen_stays(shop: Shop) -> None:
    found = await shop.find("the latest lena frost", sort=Sort.PRICE_UP)
    assert found.titles == ["Nine Rooms", "Unknown Year", "A Lane of Glass", "Copper Weather"]
    assert found.results.sort is Sort.BEST


async def test_of_a_book_itself_there_is_no_order(shop: Shop) -> None:
    assert (await shop.find("new copper weather")).results.sort is Sort.BEST
