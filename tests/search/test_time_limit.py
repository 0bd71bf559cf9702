"""A search whose time is over makes do with what it has."""

from __future__ import annotations

from domain.ports.book_search import SearchQuery
from storage.search import SqlBookSearch
from tests.search.shops import book, opened_shop


async def test_when_the_time_is_over_an_answer_comes_all_the_same(database_url: str) -> None:
    async with opened_shop(database_url) as shop:
        await shop.load([book("Patience", isbn13="9780439023481")])
        hurried = SqlBookSearch(shop.database, patience=-1)
        assert (await hurried.search(SearchQuery("patience"))).hits == ()
        assert (await hurried.search(SearchQuery("patience under 20 euros"))).hits == ()
        # What needs no looking around is not late.
        assert (await hurried.search(SearchQuery("9780439023481"))).total == 1
        assert (await shop.find("patience")).titles == ["Patience"]
