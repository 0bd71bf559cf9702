"""What was found as a page of works, one hit each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.ids import BookId
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Filters, Sort
from storage.search.store import Store


async def listed(
    store: Store,
    query: SearchQuery,
    found: Iterable[tuple[int, str]],
    words: str,
    filters: Filters | None = None,
) -> SearchResults:
    """A page of what was found, one hit a work."""
    leads = by_work(found)
    filters = query.filters if filters is None else filters
    if query.sort is not Sort.BEST:
        leads = await _sorted(store, leads, query.sort, filters)
    page = leads[query.offset : query.offset + query.limit]
    return SearchResults(await hits(store, page, filters), len(leads), words=words)


async def _sorted(
    store: Store, leads: Sequence[tuple[int, str]], sort: Sort, filters: Filters
) -> list[tuple[int, str]]:
    """In another order than by fit, each work by the edition that the order is about: the cheapest, or the newest."""
    work_of = dict(leads)
    if sort is not Sort.TITLE:
        for hit in await hits(store, leads, filters):
            work_of.update(dict.fromkeys(hit.editions, work_of[hit.book_id]))
        first = Sort.NEWEST if sort is Sort.NEWEST else Sort.PRICE_UP
        best = by_work([(book, work_of[book]) for book in await store.sorted(work_of, first)])
        if first is sort:
            return best
        work_of = dict(best)
    return [(book, work_of[book]) for book in await store.sorted(work_of, sort)]


def by_work(found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The first book of each work."""
    leads: dict[str, int] = {}
    for book, work in found:
        leads.setdefault(work or f"#{book}", book)
    return [(book, work) for work, book in leads.items()]


async def hits(store: Store, leads: Sequence[tuple[int, str]], filters: Filters) -> tuple[Hit, ...]:
    # A book whose title has no letters is of no work.
    works = [work for _, work in leads if work and not work.startswith("#")]
    editions = await store.editions(works, filters) if works else {}
    return tuple(
        Hit(BookId(book), (BookId(book), *(other for other in editions.get(work, ()) if other != book)))
        for book, work in leads
    )
