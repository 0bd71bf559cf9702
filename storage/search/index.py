"""Keeping the search index in step with the catalogue, in the transaction that changes it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.search import spelling
from domain.search.entry import Entry, compose, rank
from domain.search.transliteration import MARK
from storage.names import parted
from storage.tables import book_contributors, books

_BOOKS = select(
    books.c.id,
    books.c.title,
    books.c.subtitle,
    books.c.other_titles,
    books.c.authors,
    books.c.series,
    books.c.series_no,
    books.c.work,
    books.c.popularity,
).where(books.c.id.in_(bindparam("ids", expanding=True)), books.c.withdrawn_at.is_(None))

_HELPERS = select(book_contributors.c.book_id, book_contributors.c.name).where(
    book_contributors.c.book_id.in_(bindparam("ids", expanding=True)), book_contributors.c.role != "author"
)

_Row = tuple[int, int, str, str, str]
"""id, book_id, work, terms, titles"""


def correctable(word: str) -> bool:
    """Whether an indexed word can be what a mistyped word stands for."""
    return spelling.correctable(word.removeprefix(MARK))


class SearchIndex:
    """`refresh` makes the index say of some books what the catalogue says now: new, changed and withdrawn ones alike.

    Give it many ids at once: the work of a batch is shared. It writes only what changed.
    """

    async def refresh(self, transaction: AsyncConnection, ids: Sequence[int]) -> None:
        if not ids:
            return
        writer: _Writer = (
            SqliteWriter(transaction) if transaction.dialect.name == "sqlite" else PostgresWriter(transaction)
        )
        now: dict[int, _Row] = {}
        entries: dict[int, Entry] = {}
        helpers: dict[int, list[str]] = defaultdict(list)
        for number, name in await transaction.execute(_HELPERS, {"ids": list(ids)}):
            helpers[number].append(name)
        for book in await transaction.execute(_BOOKS, {"ids": list(ids)}):
            entry = compose(
                title=book.title,
                subtitle=book.subtitle,
                other_titles=parted(book.other_titles),
                authors=parted(book.authors),
                series=book.series,
                series_no=book.series_no,
                helpers=helpers.get(book.id, ()),
            )
            entries[book.id] = entry
            key = rank(book.popularity, book.id)
            now[book.id] = (key, book.id, book.work, entry.terms, "\n".join(entry.titles))
        was = {row[1]: row for row in await writer.indexed(ids)}
        gone = [row for book, row in was.items() if now.get(book) != row]
        come = sorted(row for book, row in now.items() if was.get(book) != row)
        if not gone and not come:
            return

        counts: Counter[str] = Counter()
        for row in gone:
            counts.subtract(Entry(row[3], (), ()).words)
        for row in come:
            counts.update(entries[row[1]].words)
        counts[""] = len(come) - len(gone)
        await writer.remove(gone)
        await writer.add(come)
        await writer.count({word: change for word, change in counts.items() if change})
        names = {name for row in come for name in entries[row[1]].names}
        await writer.name(sorted(names))


def _title_rows(rows: Iterable[_Row]) -> list[tuple[str, int]]:
    return [(key, row[0]) for row in rows for key in row[4].split("\n") if key]


def _delete_rows(words: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    return [
        (key, number)
        for number, word in words
        if correctable(word)
        for key in spelling.keys(word.removeprefix(MARK))
    ]


class _Writer(Protocol):
    async def indexed(self, ids: Sequence[int]) -> list[_Row]: ...
    async def remove(self, rows: Sequence[_Row]) -> None: ...
    async def add(self, rows: Sequence[_Row]) -> None: ...
    async def count(self, changes: dict[str, int]) -> None: ...
    async def name(self, names: Sequence[str]) -> None: ...


class SqliteWriter:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            await self._connection.exec_driver_sql(statement, list(rows))

    async def indexed(self, ids: Sequence[int]) -> list[_Row]:
        found = await self._connection.exec_driver_sql(
            "SELECT id, book_id, work, terms, titles FROM search_entries"
            " WHERE book_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [cast("_Row", tuple(row)) for row in found]

    async def remove(self, rows: Sequence[_Row]) -> None:
        await self._run(
            "INSERT INTO search_fts (search_fts, rowid, terms) VALUES ('delete', ?, ?)",
            [(row[0], row[3]) for row in sorted(rows)],
        )
        await self._run("DELETE FROM search_titles WHERE key = ? AND entry = ?", _title_rows(rows))
        await self._run("DELETE FROM search_entries WHERE id = ?", [(row[0],) for row in rows])

    async def add(self, rows: Sequence[_Row]) -> None:
        await self._run(
            "INSERT INTO search_entries (id, book_id, work, terms, titles) VALUES (?, ?, ?, ?, ?)", rows
        )
        await self._run(
            "INSERT INTO search_fts (rowid, terms) VALUES (?, ?)", [(row[0], row[3]) for row in rows]
        )
        await self._run(
            "INSERT OR IGNORE INTO search_titles (key, entry) VALUES (?, ?)", sorted(_title_rows(rows))
        )

    async def count(self, changes: dict[str, int]) -> None:
        words = json.dumps(sorted(changes))
        known = {
            word
            for (word,) in await self._connection.exec_driver_sql(
                "SELECT word FROM search_words WHERE word IN (SELECT value FROM json_each(?))", (words,)
            )
        }
        await self._run(
            "UPDATE search_words SET entries = entries + ? WHERE word = ?",
            [(change, word) for word, change in sorted(changes.items()) if word in known],
        )
        new = sorted(word for word in changes if word not in known)
        await self._run(
            "INSERT INTO search_words (word, entries) VALUES (?, ?)", [(word, changes[word]) for word in new]
        )
        if new:
            numbered = await self._connection.exec_driver_sql(
                "SELECT id, word FROM search_words WHERE word IN (SELECT value FROM json_each(?))",
                (json.dumps(new),),
            )
            deletes = sorted(_delete_rows((number, word) for number, word in map(tuple, numbered)))
            await self._run("INSERT OR IGNORE INTO search_deletes (key, word) VALUES (?, ?)", deletes)

    async def name(self, names: Sequence[str]) -> None:
        await self._run("INSERT OR IGNORE INTO search_names (key) VALUES (?)", [(name,) for name in names])


class PostgresWriter:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def _run(self, statement: str, **columns: list[Any]) -> None:
        if next(iter(columns.values())):
            await self._connection.execute(text(statement), columns)

    async def indexed(self, ids: Sequence[int]) -> list[_Row]:
        found = await self._connection.execute(
            text(
                "SELECT id, book_id, work, terms, titles FROM search_entries"
                " WHERE book_id = ANY(CAST(:ids AS bigint[]))"
            ),
            {"ids": list(ids)},
        )
        return [cast("_Row", tuple(row)) for row in found]

    async def remove(self, rows: Sequence[_Row]) -> None:
        ids = [row[0] for row in rows]
        await self._run("DELETE FROM search_titles WHERE entry = ANY(CAST(:ids AS bigint[]))"
                        " AND key = ANY(CAST(:keys AS text[]))", ids=ids,
                        keys=[key for key, _ in _title_rows(rows)])  # fmt: skip
        await self._run("DELETE FROM search_entries WHERE id = ANY(CAST(:ids AS bigint[]))", ids=ids)

    async def add(self, rows: Sequence[_Row]) -> None:
        await self._run(
            "INSERT INTO search_entries (id, book_id, work, terms, titles, lexemes)"
            " SELECT id, book_id, work, terms, titles,"
            r" array_to_tsvector(array_remove(regexp_split_to_array(terms, '[\s|]+'), ''))"
            " FROM unnest(CAST(:ids AS bigint[]), CAST(:books AS bigint[]), CAST(:works AS text[]),"
            " CAST(:terms AS text[]), CAST(:titles AS text[])) AS t (id, book_id, work, terms, titles)",
            ids=[row[0] for row in rows],
            books=[row[1] for row in rows],
            works=[row[2] for row in rows],
            terms=[row[3] for row in rows],
            titles=[row[4] for row in rows],
        )
        titles = _title_rows(rows)
        await self._run(
            "INSERT INTO search_titles SELECT * FROM unnest(CAST(:keys AS text[]), CAST(:ids AS bigint[]))"
            " ON CONFLICT DO NOTHING",
            keys=[key for key, _ in titles],
            ids=[entry for _, entry in titles],
        )

    async def count(self, changes: dict[str, int]) -> None:
        # In one order, so that two loaders wait for each other instead of locking each other out.
        ordered = sorted(changes.items())
        numbered = await self._connection.execute(
            text(
                "INSERT INTO search_words (word, entries)"
                " SELECT * FROM unnest(CAST(:words AS text[]), CAST(:changes AS bigint[]))"
                " ON CONFLICT (word) DO UPDATE SET entries = search_words.entries + excluded.entries"
                " RETURNING id, word, (xmax = 0) AS new"
            ),
            {"words": [word for word, _ in ordered], "changes": [change for _, change in ordered]},
        )
        deletes = sorted(_delete_rows((row.id, row.word) for row in numbered if row.new))
        await self._run(
            "INSERT INTO search_deletes SELECT * FROM unnest(CAST(:keys AS integer[]), CAST(:words AS bigint[]))"
            " ON CONFLICT DO NOTHING",
            keys=[key for key, _ in deletes],
            words=[word for _, word in deletes],
        )

    async def name(self, names: Sequence[str]) -> None:
        await self._run(
            "INSERT INTO search_names SELECT unnest(CAST(:names AS text[])) ON CONFLICT DO NOTHING",
            names=list(names),
        )
