"""The covers that the shop shows the world: under an address each, as Telegram wants one for a card's picture.

An address names the book and what is to be seen, and nothing else: it is the same for everybody, holds no secret, and never shows
anything else later, so that whoever fetched a cover may keep it for ever. Another title has another address.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.pictures import Pictures
from bot.screen import Cover, CoverAddresses
from bot.screens.cover import cover_of
from domain.ids import BookId
from domain.ports.unit_of_work import UnitOfWork

log = structlog.get_logger("bot.covers")

FOLDER = "covers"
"""Where covers are, beneath the public address."""
_NAME = re.compile(r"([1-9][0-9]{0,17})-([0-9a-f]{12})(-square)?\.jpg")
"""More digits would not fit a database's integer."""

_KEPT = 16 << 20
"""Bytes of pictures that are kept: some thousand squares. They are asked for in bursts, a list of cards at a time."""
_WAITING = 100
"""Pictures that may wait to be drawn, one after the other at 25 to 40 ms each. Nobody waits longer than some seconds."""


class TooManyAsked(Exception):
    """So many covers are waiting to be drawn that another one would come too late for whoever asks."""


@dataclass(frozen=True, slots=True)
class CoverName:
    """The last part of an address. ``content`` tells apart what is to be seen; ``square``: a small one, for a list."""

    book_id: BookId
    content: str
    square: bool = False

    def __str__(self) -> str:
        return f"{self.book_id}-{self.content}{'-square' if self.square else ''}.jpg"

    @classmethod
    def parse(cls, text: str) -> CoverName | None:
        """None: nothing was ever called that."""
        found = _NAME.fullmatch(text)
        return None if found is None else cls(BookId(int(found[1])), found[2], found[3] is not None)

    @classmethod
    def of(cls, cover: Cover) -> CoverName:
        return cls(BookId(cover.book_id), Pictures.key(cover).rpartition(":")[2])


def addresses(public: str) -> Callable[[Cover], CoverAddresses]:
    """Where a cover's pictures are: at the feed's address if it gave one, else beneath ``public``, the shop's own address;
    without that, nowhere."""

    def of(cover: Cover) -> CoverAddresses:
        if cover.url or not public:
            return CoverAddresses(cover.url, cover.url)
        name = CoverName.of(cover)
        folder = f"{public}/{FOLDER}"
        return CoverAddresses(f"{folder}/{replace(name, square=True)}", f"{folder}/{name}")

    return of


class Covers:
    """Draws what is asked for, one at a time and in another thread, and keeps what was drawn for a while.

    ``draw`` and ``shrink`` return JPEG files; ``draw`` is what draws covers for the chat. It writes nothing anywhere.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, draw: Callable[[Cover], bytes], shrink: Callable[[bytes], bytes]
    ) -> None:
        self._uow = unit_of_work
        self._draw_cover = draw
        self._shrink = shrink
        self._kept: OrderedDict[CoverName, bytes] = OrderedDict()
        self._bytes = 0
        self._under_way: dict[CoverName, asyncio.Task[bytes]] = {}
        self._drawing = asyncio.Semaphore(1)

    def close(self) -> None:
        for task in self._under_way.values():
            task.cancel()

    async def find(self, name: CoverName) -> bytes | CoverName | None:
        """The file; or its name by now, if the book's cover has become another; None: there is no such book. Raises TooManyAsked,
        and PassingFailure when the books cannot be read just now."""
        if (kept := self._kept.get(name)) is not None:
            self._kept.move_to_end(name)
            return kept
        async with self._uow.reading() as look:
            book = await look.books.get(name.book_id)
        if book is None:
            return None
        cover = cover_of(book)
        present = replace(CoverName.of(cover), square=name.square)
        return await self._drawn(name, cover) if name == present else present

    async def _drawn(self, name: CoverName, cover: Cover) -> bytes:
        """However many ask for one, it is drawn once."""
        task = self._under_way.get(name)
        if task is None:
            if len(self._under_way) >= _WAITING:
                raise TooManyAsked
            task = self._under_way[name] = asyncio.create_task(self._make(name, cover))
            task.add_done_callback(partial(self._forget, name))
        return await asyncio.shield(task)  # somebody else may wait for it when this one has gone

    def _forget(self, name: CoverName, task: asyncio.Task[bytes]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("cover not drawn", error=type(error).__name__, book=name.book_id)

    async def _make(self, name: CoverName, cover: Cover) -> bytes:
        async with self._drawing:
            picture = self._kept.get(replace(name, square=False))
            if picture is None:
                picture = await asyncio.to_thread(self._draw_cover, cover)
            if name.square:
                picture = await asyncio.to_thread(self._shrink, picture)
        self._keep(name, picture)
        return picture

    def _keep(self, name: CoverName, picture: bytes) -> None:
        self._kept[name] = picture
        self._bytes += len(picture)
        while self._bytes > _KEPT:
            self._bytes -= len(self._kept.popitem(last=False)[1])
