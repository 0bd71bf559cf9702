"""How well and how fast books are found, beside plain full-text search in the same run.

    python -m benchmarks.search --books books.csv --queries queries.jsonl [--database URL]

``books.csv`` has the columns isbn13, title, authors (``|`` between), series, series_no, year, language, publisher,
ratings_count and alt_title. A line of ``queries.jsonl`` is a query, its kind and the ISBNs that are right (``relevant``, empty
where nothing should be found); ``author_match`` and ``title_match``, folded, make any book right whose author and title hold
them. Queries none of whose books is in the catalogue are left out. `benchmarks.queries` makes such a file of any list of books.
Without ``--database`` the books are loaded into a temporary file; a database that is named is migrated, and loaded if it is empty.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import gc
import json
import re
import resource
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from domain.catalogue import CatalogueRow, Contributor
from domain.ports.book_search import SearchQuery
from domain.search import folding
from storage import tables
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex, SqlBookSearch

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHOWN = 8
Isbns = tuple[str, ...]
Search = Callable[[str], Awaitable[tuple[float, list[Isbns]]]]
"""From a query to the seconds it took and its results, best first: the ISBNs of each one's editions."""


@dataclass(frozen=True, slots=True)
class Item:
    query: str
    kind: str
    relevant: frozenset[str]
    author: str
    title: str

    @property
    def nonsense(self) -> bool:
        return not self.relevant and not self.author


@dataclass(frozen=True, slots=True)
class Described:
    """What of a book decides whether it is right: its folded title and authors."""

    title: str
    authors: str


@dataclass(slots=True)
class Score:
    asked: int = 0
    first: int = 0
    five: int = 0
    empty: int = 0

    def count(self, place: int | None, *, empty: bool) -> None:
        """One query more, whose first right result is at ``place``, counted from 0."""
        self.asked += 1
        self.first += place == 0
        self.five += place is not None and place < 5
        self.empty += empty

    @property
    def shares(self) -> tuple[str, ...]:
        return (
            str(self.asked),
            *(share(part, self.asked) for part in (self.first, self.five, self.empty)),
        )


@dataclass(slots=True)
class Run:
    kinds: dict[str, Score] = field(default_factory=dict)
    nonsense: list[bool] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def total(self) -> Score:
        scores = self.kinds.values()
        return Score(
            sum(score.asked for score in scores),
            sum(score.first for score in scores),
            sum(score.five for score in scores),
            sum(score.empty for score in scores),
        )

    def slower_than(self, percent: int) -> float:
        """The milliseconds that ``percent`` of a hundred searches stay below."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--books", type=Path, required=True, metavar="CSV")
    parser.add_argument("--queries", type=Path, required=True, metavar="JSONL")
    parser.add_argument(
        "--database", metavar="URL", help="sqlite+aiosqlite:///FILE or postgresql+asyncpg://..."
    )
    parser.add_argument(
        "--plain", action=argparse.BooleanOptionalAction, default=True, help="beside plain FTS5"
    )
    parser.add_argument("--misses", action="store_true", help="print what was not found first")
    asyncio.run(measure(parser.parse_args()))


async def measure(arguments: argparse.Namespace) -> None:
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bookstall-search-") as folder:
        url = arguments.database or f"sqlite+aiosqlite:///{folder}/shop.db"
        await fill(url, arguments.books, console)
        books = described(arguments.books)
        items = list(asked(arguments.queries, books))
        database = Database(url)
        try:
            isbns = await numbers(database)
            gc.collect()
            before = memory()
            ours = await run(over(SqlBookSearch(database), isbns), items, books)
            added = memory() - before
        finally:
            await database.close()
        others: dict[str, Run] = {}
        if arguments.plain:
            plain = PlainFts(f"{folder}/plain.db", records(arguments.books))
            others["any word"] = await run(plain.any_word, items, books)
            others["all words"] = await run(plain.all_words, items, books)
        show(console, len(books), ours, others, added)
        if arguments.misses:
            for miss in ours.misses:
                console.print(miss, markup=False, highlight=False)


async def fill(url: str, path: Path, console: Console) -> None:
    await migrate(url)
    database = Database(url)
    try:
        catalogue = SqlCatalogue(database, index=SearchIndex())
        if await catalogue.count():
            return
        started = time.perf_counter()
        loaded = 0
        async for done in catalogue.load(rows(path), NOW):
            loaded = done.added
        console.print(f"loaded and indexed {loaded:,} books in {time.perf_counter() - started:.0f} s")
    finally:
        await database.close()


def records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def rows(path: Path) -> Iterator[CatalogueRow]:
    for record in records(path):
        yield CatalogueRow(
            source="benchmark",
            source_ref=record["isbn13"],
            title=record["title"],
            currency="EUR",
            contributors=tuple(Contributor(name) for name in record["authors"].split("|") if name),
            other_titles=(record["alt_title"],) if record["alt_title"] else (),
            isbn13=record["isbn13"],
            series=record["series"],
            series_no=record["series_no"],
            year=int(record["year"]) if record["year"] else None,
            language=record["language"],
            publisher=record["publisher"],
            popularity=int(record["ratings_count"] or 0),
        )


def described(path: Path) -> dict[str, Described]:
    return {
        record["isbn13"]: Described(
            " ".join(folding.words(f"{record['title']} {record['alt_title']}")),
            " ".join(folding.words(record["authors"])),
        )
        for record in records(path)
    }


def asked(path: Path, books: dict[str, Described]) -> Iterator[Item]:
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        relevant = frozenset(said["relevant"]) & books.keys()
        if relevant or not said["relevant"]:
            yield Item(
                said["query"],
                said["kind"],
                relevant,
                said.get("author_match", ""),
                said.get("title_match", ""),
            )


async def numbers(database: Database) -> dict[int, str]:
    """ISBNs by the books' ids, so that no time is spent on them while searching."""
    async with database.reading() as connection:
        found = await connection.execute(sa.select(tables.books.c.id, tables.books.c.isbn13))
        return {row.id: row.isbn13 or "" for row in found}


def over(books: SqlBookSearch, isbns: dict[int, str]) -> Search:
    async def search(query: str) -> tuple[float, list[Isbns]]:
        started = time.perf_counter()
        results = await books.search(SearchQuery(query, limit=SHOWN))
        seconds = time.perf_counter() - started
        return seconds, [tuple(isbns[one] for one in hit.editions) for hit in results.hits]

    return search


async def run(search: Search, items: Sequence[Item], books: dict[str, Described]) -> Run:
    done = Run()
    for item in items[:5]:
        await search(item.query)  # warm
    for item in items:
        seconds, found = await search(item.query)
        done.times.append(seconds * 1000)
        if item.nonsense:
            done.nonsense.append(not found)
            continue
        place = next((place for place, editions in enumerate(found) if right(item, editions, books)), None)
        done.kinds.setdefault(item.kind, Score()).count(place, empty=not found)
        if place != 0:
            titles = [books[editions[0]].title for editions in found[:3]]
            done.misses.append(f"{item.kind}: {item.query!r} -> {titles}")
    return done


def right(item: Item, editions: Isbns, books: dict[str, Described]) -> bool:
    if item.relevant.intersection(editions):
        return True
    if not item.author:
        return False
    told = [books[isbn] for isbn in editions if isbn in books]
    return any(item.author in book.authors and item.title in book.title for book in told)


def memory() -> float:
    """What the process holds now, in MB; the most it ever held where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


class PlainFts:
    """What a shop has that only creates an FTS5 table: titles, authors and series, by bm25."""

    def __init__(self, path: str, books: Iterator[dict[str, str]]) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE VIRTUAL TABLE plain USING fts5 (isbn UNINDEXED, text, tokenize='unicode61')")
        self._db.executemany(
            "INSERT INTO plain VALUES (?, ?)",
            (
                (
                    book["isbn13"],
                    " ".join(
                        book[name]
                        for name in ("isbn13", "title", "alt_title", "authors", "series", "series_no")
                    ),
                )
                for book in books
            ),
        )
        self._db.commit()

    async def any_word(self, query: str) -> tuple[float, list[Isbns]]:
        return self._search(query, " OR ")

    async def all_words(self, query: str) -> tuple[float, list[Isbns]]:
        return self._search(query, " AND ")

    def _search(self, query: str, between: str) -> tuple[float, list[Isbns]]:
        words = re.findall(r"\w+", query)
        started = time.perf_counter()
        found = self._db.execute(
            "SELECT isbn FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?",
            (between.join(f'"{word}"' for word in words), SHOWN),
        ).fetchall()
        return time.perf_counter() - started, found


def show(console: Console, books: int, ours: Run, others: dict[str, Run], added: float) -> None:
    table = Table(title=f"Finding a known book among {books:,}", title_justify="left")
    table.add_column("kind", no_wrap=True)
    for name in ("queries", "first", "among 5", "nothing", *others):
        table.add_column(name, justify="right")
    for kind, score in sorted(ours.kinds.items()):
        beside = (share(run.kinds[kind].five, score.asked) for run in others.values())
        table.add_row(kind, *score.shares, *beside)
    table.add_section()
    total = ours.total
    table.add_row("all", *total.shares, *(share(run.total.five, total.asked) for run in others.values()))
    runs = (ours, *others.values())
    quiet = [share(sum(run.nonsense), len(run.nonsense)) for run in runs]
    table.add_row("nonsense (nothing)", str(len(ours.nonsense)), "", "", *quiet)
    for name, percent in (("p50", 50), ("p99", 99)):
        table.add_row(f"{name}, ms", "", "", *(f"{run.slower_than(percent):.1f}" for run in runs))
    table.add_row("memory, MB", "", "", "", f"{added:.0f}")
    console.print(table)
    console.print("any word, all words: a right book among the first 5 by plain FTS5 in the same run")


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""


if __name__ == "__main__":
    main()
