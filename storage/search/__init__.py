"""Finding books by what people type, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import thread_time

from domain.money import exponent
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Shelf, Sort
from storage.books import SqlBooks
from storage.connection import Connection
from storage.engine import Database
from storage.inline import InlineConnection
from storage.search.answer import Answer, answer, prepare
from storage.search.index import SearchIndex
from storage.search.postgres import PostgresStore
from storage.search.sqlite import SqliteStore, finished
from storage.search.store import Moment, Time

__all__ = ["SearchIndex", "SqlBookSearch"]

BRIEF = 0.005
"""Seconds that a search may take in the event loop's own thread, where everybody waits for it. What takes longer is begun
anew in another."""
_HEAVY = 4
"""A longer search counts as this many brief ones at most."""
_LATELY = 0.1
"""How much the latest search says of what they usually take."""


class _TooLong(Exception):
    """A search was not brief."""


class SqlBookSearch:
    """`domain.ports.book_search.BookSearch` over the index that `SearchIndex` keeps. ``currency`` is what prices in a
    message are taken to be in. After ``patience`` seconds a search makes do with what it has found.

    A search only reads. On SQLite it is done from beginning to end in one thread: the event loop's own as long as searches
    are usually brief (two threads that compute in turns keep each other waiting), else another.
    """

    def __init__(self, database: Database, *, currency: str = "EUR", patience: float = 1.5) -> None:
        self._database = database
        self._patience = patience
        self._decimals = exponent(currency)
        prepare(self._decimals)
        self._usual = 0.0

    async def search(self, query: SearchQuery) -> SearchResults:
        async with self._database.look() as connection:
            found = await self._answer(connection, query)
            if found.browse is None:
                return found.results
            page = await SqlBooks(connection).browse(
                Shelf(similar_to=found.like),
                found.browse,
                query.sort if found.sort is Sort.BEST else found.sort,
                offset=query.offset,
                limit=query.limit,
            )
            hits = tuple(Hit(work.book.id, work.editions) for work in page.works)
            nearest = (
                (Hit(found.like, (found.like,)),) if found.like and not hits and not query.offset else ()
            )
            return replace(found.results, hits=hits, total=page.total, nearest=nearest)

    async def _answer(self, connection: Connection, query: SearchQuery) -> Answer:
        if not isinstance(connection, InlineConnection):
            store = PostgresStore(connection, Time(self._patience))
            return await answer(store, query, decimals=self._decimals)
        if self._usual < BRIEF < self._patience:
            with suppress(_TooLong):
                return await connection.with_driver(
                    partial(self._search, query, at_once=True), in_thread=False
                )
        return await connection.with_driver(partial(self._search, query, at_once=False), in_thread=True)

    def _search(self, query: SearchQuery, driver: sqlite3.Connection, *, at_once: bool) -> Answer:
        began = thread_time()
        store = (
            SqliteStore(driver, Moment(BRIEF), late=_TooLong)
            if at_once
            else SqliteStore(driver, Time(self._patience))
        )
        found = finished(answer(store, query, decimals=self._decimals))
        self._note(thread_time() - began)
        return found

    def _note(self, seconds: float) -> None:
        """Remember how long searches take, lately: a single long one does not say much."""
        self._usual += (min(seconds, BRIEF * _HEAVY) - self._usual) * _LATELY
