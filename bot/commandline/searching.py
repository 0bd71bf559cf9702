"""The search at the command line: for people, and for measuring it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any, NamedTuple, TextIO

from bot.texts import Words
from domain.book import Book
from domain.ids import BookId
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from storage.books import SqlBooks
from storage.engine import Database
from storage.search import SqlBookSearch


class _Found(NamedTuple):
    """``milliseconds`` are the search's alone."""

    results: SearchResults
    books: dict[BookId, Book]
    milliseconds: float


async def one(
    database: Database, text: str, limit: int, currency: str, words: Words | None, out: TextIO
) -> int:
    """Answer one query: with ``words`` as a numbered list, else as a JSON line."""
    found = await _find(database, SqlBookSearch(database, currency=currency), text, limit)
    for line in [_json(text, found)] if words is None else _listed(words, found):
        print(line, file=out)
    return 0


async def many(database: Database, lines: Iterable[str], limit: int, currency: str, out: TextIO) -> int:
    """Answer each line, text or JSON with a ``query``, with a JSON line. Empty lines are no queries."""
    search = SqlBookSearch(database, currency=currency)
    for line in lines:
        if line.strip():
            text = query_of(line)
            print(_json(text, await _find(database, search, text, limit)), file=out)
    return 0


def query_of(line: str) -> str:
    """What a line asks for."""
    if line.lstrip().startswith("{"):
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if isinstance(value, dict) and isinstance(value.get("query"), str):
            return str(value["query"])
    return line.strip()


async def _find(database: Database, search: SqlBookSearch, text: str, limit: int) -> _Found:
    started = time.perf_counter()
    results = await search.search(SearchQuery(text, limit=limit))
    milliseconds = (time.perf_counter() - started) * 1000
    wanted = [book for hit in (*results.hits, *results.nearest) for book in hit.editions]
    async with database.reading() as connection:
        return _Found(results, await SqlBooks(connection).many(wanted), milliseconds)


def _json(text: str, found: _Found) -> str:
    results = [_result(hit, found.books) for hit in found.results.hits if hit.book_id in found.books]
    answer = {"query": text, "results": results, "ms": round(found.milliseconds, 3)}
    return json.dumps(answer, ensure_ascii=False)


def _result(hit: Hit, books: dict[BookId, Book]) -> dict[str, Any]:
    book = books[hit.book_id]
    editions = [books[one].isbn13 for one in hit.editions if one in books]
    return {
        "isbn13": book.isbn13,
        "title": book.title,
        "authors": list(book.authors),
        "editions": [isbn for isbn in editions if isbn],
    }


def _listed(words: Words, found: _Found) -> list[str]:
    results, books = found.results, found.books
    lines = [f"Showing results for “{results.shown_as}”."] if results.shown_as else []
    hits = results.hits
    if not hits:
        lines.append("Nothing found." + (" Did you mean:" if results.nearest else ""))
        hits = results.nearest
    shown = [(hit, books[hit.book_id]) for hit in hits if hit.book_id in books]
    for number, (hit, book) in enumerate(shown, start=1):
        by = f" · {', '.join(book.authors)}" if book.authors else ""
        price = "ask for the price" if book.price is None else words.money(book.price)
        more = f" · {len(hit.editions)} editions" if len(hit.editions) > 1 else ""
        lines.append(f"{number:>3}. {book.title}{by} · {price}{more}")
    return lines
