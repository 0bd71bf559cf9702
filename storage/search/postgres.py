"""The search on PostgreSQL: a GIN index over the entries' words for the postings, b-trees for the vocabulary."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import text

from domain.ids import BookId
from domain.ports.books import Filters, Sort
from storage.connection import Connection
from storage.search.conditions import narrowed
from storage.search.store import Alternatives, Candidate, Known, Late, Time, Volume

T = TypeVar("T")
_AFTER_ALL = "\U0010ffff"

_MATCHING = """
    SELECT e.id, e.book_id, e.work, e.terms FROM search_entries e {books}
    WHERE e.lexemes @@ CAST(:match AS tsquery){filters} ORDER BY e.id LIMIT :limit"""
_TITLED = """
    SELECT e.id, e.book_id, e.work, e.terms FROM
    (SELECT DISTINCT entry FROM search_titles WHERE key = ANY(CAST(:keys AS text[])) ORDER BY entry LIMIT 2000) t
    JOIN search_entries e ON e.id = t.entry {books} WHERE true{filters} ORDER BY e.id LIMIT :limit"""
_STARTING = """
    SELECT e.id, e.book_id, e.work, e.terms FROM
    (SELECT DISTINCT entry FROM (SELECT entry FROM search_titles WHERE key >= :key AND key < :end LIMIT 3000) s) t
    JOIN search_entries e ON e.id = t.entry {books} WHERE true{filters} ORDER BY e.id LIMIT :limit"""
_NAMED = "SELECT key FROM search_names WHERE key = ANY(CAST(:keys AS text[]))"
_NUMBERED = """
    SELECT e.id, e.book_id, e.work, e.terms FROM books b JOIN search_entries e ON e.book_id = b.id
    WHERE b.isbn13 = ANY(CAST(:list AS text[])){filters} ORDER BY e.id"""
_IN_SERIES = """
    SELECT b.id, b.work, b.series_no FROM books o JOIN books b ON b.series_key = o.series_key
    WHERE o.id = :book AND o.series_key <> '' AND b.withdrawn_at IS NULL ORDER BY b.popularity DESC, b.id LIMIT 500"""
_TITLE = "SELECT title FROM books WHERE id = :book"
_SOUGHT = "SELECT popularity FROM books ORDER BY popularity DESC LIMIT 1 OFFSET :books"
_MATCHED = "SELECT b.id FROM books b WHERE b.id = ANY(CAST(:books AS bigint[])){filters}"
_SORTED = "SELECT b.id FROM books b WHERE b.id = ANY(CAST(:books AS bigint[])) ORDER BY {order}"
_EDITIONS = """
    SELECT b.id, b.work FROM books b WHERE b.work = ANY(CAST(:works AS text[]))
    AND b.withdrawn_at IS NULL{filters} ORDER BY {order}"""
_KNOWN = """
    SELECT word, entries FROM search_words WHERE entries > 0 AND word = ANY(CAST(:words AS text[]))"""
_COMPLETIONS = """
    SELECT word, entries FROM (SELECT word, entries FROM search_words
    WHERE word >= :prefix AND word < :end AND entries > 0 LIMIT 8000) w ORDER BY entries DESC, word LIMIT :limit"""
_NEAR = """
    SELECT word, entries FROM search_words WHERE entries > 0
    AND id IN (SELECT word FROM search_deletes WHERE key = ANY(CAST(:keys AS integer[])))
    ORDER BY entries DESC, word LIMIT :limit"""


def match(groups: Sequence[Alternatives]) -> str:
    """A tsquery. Every word stands in quotation marks, so that none is taken for an operator."""
    return " & ".join(
        "("
        + " | ".join("(" + " & ".join(f"'{word}'" for word in words) + ")" for words in alternatives)
        + ")"
        for alternatives in groups
    )


class PostgresStore:
    """`storage.search.store.Store` over a connection of the reading engine."""

    def __init__(self, connection: Connection, time: Time) -> None:
        self._connection = connection
        self.time = time

    async def _rows(
        self, statement: str, filters: Filters, sort: Sort = Sort.BEST, **values: Any
    ) -> list[Any]:
        """Raises Late when the search's time is over: between two statements, as one that was broken off would break
        off the transaction with it; the server stops a statement that takes seconds."""
        if self.time.over:
            raise Late
        sql, more = narrowed(statement, filters, sort)
        return list(await self._connection.execute(text(sql), values | more))

    async def _candidates(self, statement: str, filters: Filters, **values: Any) -> list[Candidate]:
        return [Candidate(*row) for row in await self._rows(statement, filters, **values)]

    async def compute(self, task: Callable[[], T]) -> T:
        return await asyncio.to_thread(task)

    async def matching(self, groups: Sequence[Alternatives], filters: Filters, limit: int) -> list[Candidate]:
        return await self._candidates(_MATCHING, filters, match=match(groups), limit=limit)

    async def titled(self, keys: Collection[str], filters: Filters, limit: int) -> list[Candidate]:
        return await self._candidates(_TITLED, filters, keys=list(keys), limit=limit)

    async def starting(self, key: str, filters: Filters, limit: int) -> list[Candidate]:
        return await self._candidates(_STARTING, filters, key=key, end=key + _AFTER_ALL, limit=limit)

    async def named(self, keys: Collection[str]) -> set[str]:
        return {row[0] for row in await self._rows(_NAMED, Filters(), keys=list(keys))}

    async def numbered(self, isbns: Collection[str], filters: Filters) -> list[Candidate]:
        return await self._candidates(_NUMBERED, filters, list=list(isbns))

    async def in_series(self, book: int) -> list[Volume]:
        return [Volume(*row) for row in await self._rows(_IN_SERIES, Filters(), book=book)]

    async def title(self, book: int) -> str:
        return str((await self._rows(_TITLE, Filters(), book=book))[0][0])

    async def sought(self, books: int) -> int:
        found = await self._rows(_SOUGHT, Filters(), books=books)
        return int(found[0][0]) if found else 0

    async def matched(self, books: Collection[int], filters: Filters) -> set[int]:
        return {row[0] for row in await self._rows(_MATCHED, filters, books=list(books))}

    async def sorted(self, books: Collection[int], sort: Sort) -> list[int]:
        return [row[0] for row in await self._rows(_SORTED, Filters(), sort, books=list(books))]

    async def editions(self, works: Collection[str], filters: Filters) -> dict[str, list[BookId]]:
        found: dict[str, list[BookId]] = {}
        for book, work in await self._rows(_EDITIONS, filters, works=list(works)):
            found.setdefault(work, []).append(BookId(book))
        return found

    async def known(self, words: Collection[str]) -> dict[str, int]:
        return dict(await self._rows(_KNOWN, Filters(), words=list(words)))

    async def completions(self, prefix: str, limit: int) -> list[Known]:
        rows = await self._rows(_COMPLETIONS, Filters(), prefix=prefix, end=prefix + _AFTER_ALL, limit=limit)
        return [Known(*row) for row in rows]

    async def near(self, keys: Collection[int], limit: int) -> list[Known]:
        return [Known(*row) for row in await self._rows(_NEAR, Filters(), keys=list(keys), limit=limit)]
