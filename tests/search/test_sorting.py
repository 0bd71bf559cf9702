"""Results in another order than by fit: works, each by the edition that the order is about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from domain.book import Form
from domain.catalogue import Contributor
from domain.ports.books import Filters, Sort
from tests.search.shops import Shop, opened_shop
from tests.storage.samples import NOW, eur, row


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    async with opened_shop(database_url) as found:
        yield found


@pytest.mark.parametrize(
    ("sort", "dune"),
    [
        (Sort.PRICE_UP, [Form.EBOOK, Form.HARDBACK]),
        (Sort.PRICE_DOWN, [Form.EBOOK, Form.HARDBACK]),
        (Sort.NEWEST, [Form.EBOOK, Form.HARDBACK]),
        (Sort.BEST, [Form.HARDBACK, Form.EBOOK]),
    ],
)
@pytest.mark.parametrize("typed", ["zebra", "", "something like yak"])
async def test_an_order_is_by_the_edition_that_it_is_about_whatever_was_typed(
    shop: Shop, typed: str, sort: Sort, dune: list[Form]
) -> None:
    usual: dict[str, Any] = {"subjects": ("crafts",), "year": 2031}
    hers = {**usual, "contributors": (Contributor("Zoe Zet"),)}
    await shop.load(
        [
            row("z1", title="Zebra Crossing", form=Form.HARDBACK, price=eur(3000), popularity=90, **hers),
            row("z2", title="Zebra Crossing", form=Form.EBOOK, price=eur(500), popularity=1,
                added_at=NOW + timedelta(days=5), **hers),
            row("z3", title="Zebra Farm", price=eur(1000), added_at=NOW + timedelta(days=3), **hers),
            row("y", title="Yak", **usual),
        ]
    )  # fmt: skip
    found = await shop.find(typed, sort=sort, filters=Filters(subject="crafts", year_min=2031))
    forms = {
        found.books[hit.book_id].title: [found.books[one].form for one in hit.editions]
        for hit in found.results.hits
    }
    assert forms["Zebra Crossing"] == dune
    cheapest_first = sort is not Sort.PRICE_DOWN
    assert [one for one in found.titles if one.startswith("Zebra")] == [
        *(["Zebra Crossing", "Zebra Farm"] if cheapest_first else ["Zebra Farm", "Zebra Crossing"])
    ]
