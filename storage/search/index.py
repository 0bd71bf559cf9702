"""Keeping the search index in step with the catalogue, in the transaction that changes it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.search import spelling
from domain.search.entry import Entry, Indexed, compose, rank
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
        writer = _writer(transaction)
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
            now[book.id] = _row(book.id, book.work, book.popularity, entry)
        await self._bring(writer, now, entries, ids)

    async def put(
        self,
        transaction: AsyncConnection,
        books: Mapping[int, Indexed],
        *,
        known: Collection[int],
        later: bool = False,
    ) -> None:
        """The same for books that the caller has just written and knows to be so. ``known`` are those that are not new.

        ``later``: on SQLite, the misspellings of new words are left for `spell`, which the caller sees to soon. They lie all
        over their table, so that entering a few changes as many of its pages as entering all.
        """
        entries = {number: book.entry for number, book in books.items() if book.entry is not None}
        now = {
            number: _row(number, books[number].work, books[number].popularity, entry)
            for number, entry in entries.items()
        }
        await self._bring(_writer(transaction, later=later), now, entries, sorted(known))

    async def unspelled(self, transaction: AsyncConnection) -> Sequence[tuple[int, str]]:
        """The words that were left for `spell`, and their numbers."""
        if transaction.dialect.name != "sqlite":
            return ()
        found = await transaction.exec_driver_sql(
            "SELECT id, search_words.word FROM search_unspelled JOIN search_words ON id = search_unspelled.word"
        )
        return [(int(number), str(word)) for number, word in map(tuple, found)]

    async def spell(
        self, transaction: AsyncConnection, misspellings: Sequence[int], done: Sequence[int] = ()
    ) -> None:
        """Enter some of what `misspellings` made of them; ``done`` are the words that all is said of."""
        await SqliteWriter(transaction).spell(misspellings, done)

    async def _bring(
        self, writer: _Writer, now: dict[int, _Row], entries: Mapping[int, Entry], known: Sequence[int]
    ) -> None:
        was = {row[1]: row for row in await writer.indexed(known)} if known else {}
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


def misspellings(words: Iterable[tuple[int, str]]) -> list[int]:
    """What leads to these (numbered) words: a key and a word's number in one, in the order in which SQLite keeps them."""
    return sorted((key << 32) + number for key, number in _delete_rows(words))


def _writer(transaction: AsyncConnection, *, later: bool = False) -> _Writer:
    if transaction.dialect.name == "sqlite":
        return SqliteWriter(transaction, later=later)
    return PostgresWriter(transaction)


def _row(number: int, work: str, popularity: int, entry: Entry) -> _Row:
    return rank(popularity, number), number, work, entry.terms, "\n".join(entry.titles)


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
    """Rows go to SQLite as JSON, all of them with one statement: with one each, Python's lock would change hands as often,
    and whatever else computes in the process (a feed being parsed) would be waited for each time."""

    def __init__(self, connection: AsyncConnection, *, later: bool = False) -> None:
        self._connection = connection
        self._later = later

    async def _run(self, statement: str, rows: Sequence[Any]) -> None:
        if rows:
            await self._connection.exec_driver_sql(statement, (json.dumps(rows, ensure_ascii=False),))

    async def indexed(self, ids: Sequence[int]) -> list[_Row]:
        found = await self._connection.exec_driver_sql(
            "SELECT id, book_id, work, terms, titles FROM search_entries"
            " WHERE book_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [cast("_Row", tuple(row)) for row in found]

    async def remove(self, rows: Sequence[_Row]) -> None:
        await self._run(
            "INSERT INTO search_fts (search_fts, rowid, terms)"
            " SELECT 'delete', value ->> 0, value ->> 1 FROM json_each(?)",
            [(row[0], row[3]) for row in sorted(rows)],
        )
        await self._run(
            "DELETE FROM search_titles WHERE (key, entry) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
            _title_rows(rows),
        )
        await self._run(
            "DELETE FROM search_entries WHERE id IN (SELECT value FROM json_each(?))",
            [row[0] for row in rows],
        )

    async def add(self, rows: Sequence[_Row]) -> None:
        await self._run(
            "INSERT INTO search_entries (id, book_id, work, terms, titles)"
            " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
            rows,
        )
        await self._run(
            "INSERT INTO search_fts (rowid, terms) SELECT value ->> 0, value ->> 1 FROM json_each(?)",
            [(row[0], row[3]) for row in rows],
        )
        await self._run(
            "INSERT OR IGNORE INTO search_titles (key, entry) SELECT value ->> 0, value ->> 1 FROM json_each(?)",
            sorted(_title_rows(rows)),
        )

    async def count(self, changes: dict[str, int]) -> None:
        ordered = sorted(changes)
        known = {
            word
            for (word,) in await self._connection.exec_driver_sql(
                "SELECT word FROM search_words WHERE word IN (SELECT value FROM json_each(?))",
                (json.dumps(ordered, ensure_ascii=False),),
            )
        }
        await self._run(
            "UPDATE search_words SET entries = entries + (value ->> 1) FROM json_each(?) WHERE word = value ->> 0",
            [(word, changes[word]) for word in ordered if word in known],
        )
        new = [word for word in ordered if word not in known]
        if not new:
            return
        # Whoever writes is alone, so the next ids are known.
        last = await self._connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_words")
        numbered = list(enumerate(new, start=last.scalar_one() + 1))
        await self._run(
            "INSERT INTO search_words (id, word, entries)"
            " SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
            [(number, word, changes[word]) for number, word in numbered],
        )
        if self._later:
            left = [number for number, word in numbered if correctable(word)]
            await self._run("INSERT INTO search_unspelled (word) SELECT value FROM json_each(?)", left)
        else:
            await self.spell(misspellings(numbered), ())

    async def spell(self, packed: Sequence[int], done: Sequence[int]) -> None:
        await self._run(
            "INSERT OR IGNORE INTO search_deletes (key, word)"
            " SELECT value >> 32, value & 0xffffffff FROM json_each(?)",
            packed,
        )
        await self._run("DELETE FROM search_unspelled WHERE word IN (SELECT value FROM json_each(?))", done)

    async def name(self, names: Sequence[str]) -> None:
        await self._run("INSERT OR IGNORE INTO search_names (key) SELECT value FROM json_each(?)", names)


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
