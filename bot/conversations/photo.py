"""A photo of a book's back: its barcode opens the book."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.actions import ShowBook
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import File, Photo
from bot.listings import next_serial, put, way_back
from bot.screen import Result
from bot.screens import search as screens
from bot.screens.listing import listing as listing_screen
from domain.barcode import NoIsbn
from domain.ids import BookId
from domain.listing import PAGE_SIZE, Kind, Listing
from domain.services.browsing import Browsing

_MOST_BYTES = 20_000_000  # Bot API, getFile: "files of up to 20MB in size"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the picture shows: ISBNs, and those of the shop's books that have them, or ``none`` and why. ``picture`` False: it
    is not meant to be one."""

    isbns: tuple[str, ...] = ()
    books: tuple[BookId, ...] = ()
    none: NoIsbn | None = None
    picture: bool = True


class PhotoConversation:
    """``fetch`` brings a file of Telegram's by its id; ``read_barcodes`` finds the ISBN-13s in a picture, or why there is none."""

    def __init__(
        self,
        *,
        browsing: Browsing,
        fetch: Callable[[str], Awaitable[bytes]],
        read_barcodes: Callable[[bytes], tuple[str, ...] | NoIsbn],
    ) -> None:
        self._browsing = browsing
        self._fetch = fetch
        self._read_barcodes = read_barcodes

    def routes(self) -> Routes:
        route = Route(self.show, self._look)
        return Routes(inputs={Photo: route, File: route})

    async def show(self, turn: Turn, given: Photo | File) -> Result:
        seen, words = turn.brought(Seen), turn.words
        if not seen.picture:
            return Result(screens.unreadable(words))
        if seen.none is not None:
            return Result(screens.no_isbn(seen.none, words))
        if not seen.books:
            # It was looked for as if it had been typed: whoever asks the shop then asks for it.
            put(
                turn.dialogue.data,
                Listing(next_serial(turn.dialogue.data), Kind.SEARCH, text=" ".join(seen.isbns[:PAGE_SIZE])),
            )
            return Result(screens.barcode_not_here(seen.isbns, words))
        if len(seen.books) == 1:
            return Result(go=ShowBook(seen.books[0]))
        listing = Listing(next_serial(turn.dialogue.data), Kind.PHOTO, books=seen.books[:PAGE_SIZE])
        put(turn.dialogue.data, listing)
        view = await self._browsing.page(turn.work, listing)
        return Result(listing_screen(view, words, way_back(listing)))

    async def _look(self, before: Before, given: Photo | File) -> Seen:
        if not _is_picture(given):
            return Seen(picture=False)
        if given.size > _MOST_BYTES:
            return Seen(none=NoIsbn.TOO_LARGE)
        picture = await self._fetch(given.file_id)
        isbns = await asyncio.to_thread(self._read_barcodes, picture)
        if isinstance(isbns, NoIsbn):
            return Seen(none=isbns)
        async with before.reading() as look:
            found = [await look.books.by_isbn(isbn) for isbn in isbns[:PAGE_SIZE]]
        return Seen(isbns, tuple(book.id for book in found if book is not None))


def _is_picture(given: Photo | File) -> bool:
    return isinstance(given, Photo) or given.is_picture
