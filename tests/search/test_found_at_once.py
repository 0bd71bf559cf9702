"""What the catalogue says now is what is found, in the same moment."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.ids import BookId
from tests.search.shops import Shop, book, opened_shop
from tests.storage.samples import eur


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    async with opened_shop(database_url) as found:
        await found.load([book("The Lighthouse Keeper's Cat"), book("Salt and Iron", "Tomas Reed")])
        yield found


async def test_a_new_book_is_found_when_its_transaction_is_over(shop: Shop) -> None:
    assert (await shop.find("a compendium of tides")).titles == []
    await shop.load([book("A Compendium of Tides")])
    assert (await shop.find("a compendium of tides")).titles == ["A Compendium of Tides"]


async def test_a_new_books_words_mend_slips_at_once(shop: Shop) -> None:
    await shop.load([book("Quarrymen")])
    assert (await shop.find("quarrymne")).titles == ["Quarrymen"]


async def test_a_withdrawn_book_is_found_no_more(shop: Shop) -> None:
    found = await shop.find("salt and iron")
    await shop.withdraw(found.results.hits[0].book_id)
    again = await shop.find("salt and iron")
    assert again.titles == []
    assert again.nearest == []


async def test_a_changed_title_is_found_by_its_new_words_only(shop: Shop) -> None:
    await shop.load([book("Salt and Amber", "Tomas Reed", ref="Salt and Iron|Tomas Reed")])
    assert (await shop.find("amber")).titles == ["Salt and Amber"]
    assert (await shop.find("iron")).titles == []


async def test_a_book_that_comes_back_is_found_again(shop: Shop) -> None:
    await shop.withdraw(BookId((await shop.find("salt and iron")).results.hits[0].book_id))
    await shop.load([book("Salt and Iron", "Tomas Reed", price=eur(1500))])
    assert (await shop.find("salt and iron")).titles == ["Salt and Iron"]


async def test_a_book_that_became_popular_comes_first(shop: Shop) -> None:
    await shop.load([book("Harbour Lights", "Ann One"), book("Harbour Lights", "Bob Two")])
    await shop.load([book("Harbour Lights", "Bob Two", popularity=90_000)])
    assert (await shop.find("harbour lights")).first.authors == ("Bob Two",)


async def test_indexing_everything_again_changes_nothing(shop: Shop) -> None:
    await shop.catalogue.reindex()
    assert (await shop.find("keeper cat")).titles == ["The Lighthouse Keeper's Cat"]
    assert (await shop.find("lighthose")).titles == ["The Lighthouse Keeper's Cat"]
