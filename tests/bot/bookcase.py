"""A few books, and somebody who draws their covers, for what is shown at the shop's public address."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from bot.covers import CoverName, Covers
from bot.screen import Cover
from bot.screens.cover import cover_of
from domain.book import Book, Stock
from domain.errors import PassingFailure
from domain.ids import BookId
from domain.ports.unit_of_work import UnitOfWork


def book(number: int = 7, title: str = "Emma", **more: Any) -> Book:
    return Book(BookId(number), title, ("Jane Austen",), None, Stock(1, 0), **more)


class Bookcase:
    """The reading half of a unit of work, as far as covers need it: some books by their ids, and how often it was asked."""

    def __init__(self, *books: Book) -> None:
        self.books_by_id = {one.id: one for one in books}
        self.asked = 0
        self.away = False

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Bookcase]:
        if self.away:
            raise PassingFailure("away")
        yield self

    @property
    def books(self) -> Bookcase:
        return self

    async def get(self, book_id: BookId) -> Book | None:
        self.asked += 1
        return self.books_by_id.get(book_id)


class Press:
    """Draws nothing but the title, at once or when it is let; counts what it draws, and how much of that at the same time."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.at_once = self.most_at_once = 0
        self.free = threading.Event()
        self.free.set()
        self.size = 10
        self.ink = True

    def draw(self, cover: Cover) -> bytes:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.free.wait(10)
        if not self.ink:
            raise OSError("no more ink")
        self.drawn.append(cover.title)
        self.at_once -= 1
        return cover.title.encode().ljust(self.size)


def shown(*books: Book, press: Press | None = None) -> tuple[Covers, Bookcase, Press]:
    case, press = Bookcase(*books), press or Press()
    return Covers(cast("UnitOfWork", case), press.draw, lambda whole: b"small " + whole), case, press


def name_of(one: Book, *, square: bool = False) -> CoverName:
    name = CoverName.of(cover_of(one))
    return CoverName(name.book_id, name.content, square)
