"""On SQLite a brief search holds up nobody for long, and a long one nobody at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

import storage.search
from domain.ports.book_search import SearchQuery
from storage.search.sqlite import SqliteStore
from tests.search.shops import Shop, book, opened_shop


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """For each statement of a search, whether it was run in the event loop's own thread."""
    here, seen = threading.get_ident(), list[bool]()
    rows = SqliteStore._rows

    def noted(self: SqliteStore, statement: str, values: dict[str, object]) -> list[object]:
        seen.append(threading.get_ident() == here)
        return rows(self, statement, values)

    monkeypatch.setattr(SqliteStore, "_rows", noted)
    return iter([seen])


async def found(shop: Shop) -> int:
    return (await shop.search.search(SearchQuery("patience"))).total


async def test_a_brief_search_is_done_where_the_turn_is(
    sqlite_url: str, threads: Iterator[list[bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.search, "BRIEF", 1.0)
    async with opened_shop(sqlite_url) as shop:
        await shop.load([book("Patience")])
        assert await found(shop) == 1
    assert set(next(threads)) == {True}


async def test_a_search_that_is_not_brief_is_begun_anew_in_a_thread(
    sqlite_url: str, threads: Iterator[list[bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.search, "BRIEF", 1e-9)
    async with opened_shop(sqlite_url) as shop:
        await shop.load([book("Patience")])
        assert await found(shop) == 1
        seen = next(threads)
        assert seen[0]
        assert not any(seen[1:])
        # When several were not brief, the next one does not try to be.
        for _ in range(5):
            seen.clear()
            assert await found(shop) == 1
        assert seen
        assert not any(seen)


async def test_where_searches_have_become_brief_again_they_are_done_where_the_turn_is(
    sqlite_url: str, threads: Iterator[list[bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_shop(sqlite_url) as shop:
        await shop.load([book("Patience")])
        with monkeypatch.context() as slow:
            slow.setattr(storage.search, "BRIEF", 1e-9)
            for _ in range(5):
                await found(shop)
        seen = next(threads)
        seen.clear()
        monkeypatch.setattr(storage.search, "BRIEF", 1.0)
        assert await found(shop) == 1
    assert set(seen) == {True}
