"""Filling shelves and looking at them."""

from __future__ import annotations

from typing import Any

from domain.ids import BookId
from domain.ports.books import Filters, Shelf, Sort
from tests.databases import Store
from tests.storage.samples import loaded, row

NOTHING = Filters()
ALL_OF_IT = Shelf(subject="science-fiction")


async def titles(
    store: Store, shelf: Shelf = ALL_OF_IT, filters: Filters = NOTHING, sort: Sort = Sort.BEST
) -> list[str]:
    """What stands on a shelf; the page's total and the shelf's count say the same."""
    async with store.uow.reading() as look:
        page = await look.books.browse(shelf, filters, sort, offset=0, limit=50)
        assert page.total == len(page.books)
        if not filters.any:
            assert await look.books.count(shelf) == page.total
    return [book.title for book in page.books]


async def filled(store: Store, **books: dict[str, Any]) -> None:
    await loaded(store, [row(title.lower(), title=title, **changes) for title, changes in books.items()])


async def ids(store: Store) -> dict[str, BookId]:
    async with store.uow.reading() as look:
        return {book.title: book.id for book in await look.books.newest(100)}
