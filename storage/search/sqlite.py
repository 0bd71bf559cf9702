"""The search on SQLite: FTS5 for the postings, b-trees for the vocabulary.

A search runs from beginning to end in its connection's own thread, so that it costs one switch of threads and holds up
nobody: its methods are coroutines that never wait.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Coroutine, Sequence
from typing import Any, TypeVar

from domain.ids import BookId
from domain.ports.books import Filters, Sort
from storage.search.conditions import narrowed
from storage.search.store import Alternatives, Candidate, Known, Late, Time, Volume

T = TypeVar("T")
_STEPS = 20_000
"""Instructions of SQLite's machine, some tenths of a millisecond, between two looks at the clock."""
_AFTER_ALL = "\U0010ffff"

# CROSS JOIN: in the order written, so that the postings lead and the limit stops them.
_MATCHING = """
    SELECT e.id, e.book_id, e.work, e.terms FROM search_fts f CROSS JOIN search_entries e {books}
    WHERE search_fts MATCH :match AND e.id = f.rowid{filters} ORDER BY f.rowid LIMIT :limit"""
_TITLED = """
    SELECT e.id, e.book_id, e.work, e.terms FROM
    (SELECT DISTINCT entry FROM search_titles WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY entry LIMIT 2000) t
    CROSS JOIN search_entries e {books} WHERE e.id = t.entry{filters} LIMIT :limit"""
_STARTING = """
    SELECT e.id, e.book_id, e.work, e.terms FROM
    (SELECT DISTINCT entry FROM (SELECT entry FROM search_titles WHERE key >= :key AND key < :end LIMIT 3000) ORDER BY entry) t
    CROSS JOIN search_entries e {books} WHERE e.id = t.entry{filters} LIMIT :limit"""
_NAMED = "SELECT key FROM search_names WHERE key IN (SELECT value FROM json_each(:keys))"
_NUMBERED = """
    SELECT e.id, e.book_id, e.work, e.terms FROM books b JOIN search_entries e ON e.book_id = b.id
    WHERE b.isbn13 IN (SELECT value FROM json_each(:list)){filters} ORDER BY e.id"""
_IN_SERIES = """
    SELECT b.id, b.work, b.series_no FROM books o JOIN books b ON b.series_key = o.series_key
    WHERE o.id = :book AND o.series_key <> '' AND b.withdrawn_at IS NULL ORDER BY b.popularity DESC, b.id LIMIT 500"""
_TITLE = "SELECT title FROM books WHERE id = :book"
_SOUGHT = "SELECT popularity FROM books ORDER BY popularity DESC LIMIT 1 OFFSET :books"
_MATCHED = "SELECT b.id FROM books b WHERE b.id IN (SELECT value FROM json_each(:books)){filters}"
_SORTED = "SELECT b.id FROM books b WHERE b.id IN (SELECT value FROM json_each(:books)) ORDER BY {order}"
_EDITIONS = """
    SELECT b.id, b.work FROM books b WHERE b.work IN (SELECT value FROM json_each(:works))
    AND b.withdrawn_at IS NULL{filters} ORDER BY {order}"""
_KNOWN = """
    SELECT word, entries FROM search_words WHERE entries > 0 AND word IN (SELECT value FROM json_each(:words))"""
_COMPLETIONS = """
    SELECT word, entries FROM (SELECT word, entries FROM search_words
    WHERE word >= :prefix AND word < :end AND entries > 0 LIMIT 8000) ORDER BY entries DESC, word LIMIT :limit"""
_NEAR = """
    SELECT word, entries FROM search_words WHERE entries > 0
    AND id IN (SELECT word FROM search_deletes WHERE key IN (SELECT value FROM json_each(:keys)))
    ORDER BY entries DESC, word LIMIT :limit"""


def finished(search: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits to its end."""
    try:
        search.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError("a search on SQLite waited for something")


def match(groups: Sequence[Alternatives]) -> str:
    """An FTS5 expression. Every word stands in quotation marks, so that none is taken for an operator."""
    return " AND ".join(
        "("
        + " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in alternatives)
        + ")"
        for alternatives in groups
    )


class SqliteStore:
    """`storage.search.store.Store` over a connection, in whatever thread this is."""

    def __init__(self, db: sqlite3.Connection, time: Time, late: type[Exception] = Late) -> None:
        """``late`` is raised when the time is over."""
        self._db = db
        self.time = time
        self._late = late

    def _rows(self, statement: str, values: dict[str, Any]) -> list[Any]:
        """Raises `late` when the search's time is over, also in the middle of a statement."""
        if self.time.over:
            raise self._late
        self._db.set_progress_handler(lambda: self.time.over, _STEPS)
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise self._late from error
            raise
        finally:
            self._db.set_progress_handler(None, 0)

    def _candidates(self, statement: str, filters: Filters, values: dict[str, Any]) -> list[Candidate]:
        sql, more = narrowed(statement, filters)
        return list(map(Candidate._make, self._rows(sql, values | more)))

    async def compute(self, task: Callable[[], T]) -> T:
        return task()

    async def matching(self, groups: Sequence[Alternatives], filters: Filters, limit: int) -> list[Candidate]:
        return self._candidates(_MATCHING, filters, {"match": match(groups), "limit": limit})

    async def titled(self, keys: Collection[str], filters: Filters, limit: int) -> list[Candidate]:
        return self._candidates(_TITLED, filters, {"keys": _json(keys), "limit": limit})

    async def starting(self, key: str, filters: Filters, limit: int) -> list[Candidate]:
        return self._candidates(_STARTING, filters, {"key": key, "end": key + _AFTER_ALL, "limit": limit})

    async def named(self, keys: Collection[str]) -> set[str]:
        return {key for (key,) in self._rows(_NAMED, {"keys": _json(keys)})}

    async def numbered(self, isbns: Collection[str], filters: Filters) -> list[Candidate]:
        return self._candidates(_NUMBERED, filters, {"list": _json(isbns)})

    async def in_series(self, book: int) -> list[Volume]:
        return list(map(Volume._make, self._rows(_IN_SERIES, {"book": book})))

    async def title(self, book: int) -> str:
        return str(self._rows(_TITLE, {"book": book})[0][0])

    async def sought(self, books: int) -> int:
        found = self._rows(_SOUGHT, {"books": books})
        return int(found[0][0]) if found else 0

    async def matched(self, books: Collection[int], filters: Filters) -> set[int]:
        sql, values = narrowed(_MATCHED, filters)
        return {book for (book,) in self._rows(sql, values | {"books": _json(books)})}

    async def sorted(self, books: Collection[int], sort: Sort) -> list[int]:
        sql, values = narrowed(_SORTED, Filters(), sort)
        return [book for (book,) in self._rows(sql, values | {"books": _json(books)})]

    async def editions(self, works: Collection[str], filters: Filters) -> dict[str, list[BookId]]:
        sql, values = narrowed(_EDITIONS, filters)
        found: dict[str, list[BookId]] = {}
        for book, work in self._rows(sql, values | {"works": _json(works)}):
            found.setdefault(work, []).append(BookId(book))
        return found

    async def known(self, words: Collection[str]) -> dict[str, int]:
        return dict(self._rows(_KNOWN, {"words": _json(words)}))

    async def completions(self, prefix: str, limit: int) -> list[Known]:
        values = {"prefix": prefix, "end": prefix + _AFTER_ALL, "limit": limit}
        return list(map(Known._make, self._rows(_COMPLETIONS, values)))

    async def near(self, keys: Collection[int], limit: int) -> list[Known]:
        return list(map(Known._make, self._rows(_NEAR, {"keys": _json(keys), "limit": limit})))


def _json(values: Collection[Any]) -> str:
    return json.dumps(list(values))
