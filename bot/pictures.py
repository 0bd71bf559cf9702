"""Pictures on their way to Telegram: by file id if they were sent before, else drawn in a thread."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.screen import Cover, PickupQr, Picture
from domain.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Prepared:
    """``photo`` is a file id, an address or the picture's bytes; ``drawn`` tells the last."""

    key: str
    photo: str | bytes = field(repr=False)
    drawn: bool


class Pictures:
    """``draw_cover`` and ``draw_qr`` return image files as bytes; they may take long."""

    def __init__(
        self,
        bot_id: int,
        unit_of_work: UnitOfWork,
        draw_cover: Callable[[Cover], bytes],
        draw_qr: Callable[[PickupQr], bytes],
    ) -> None:
        self._bot_id = bot_id
        self._uow = unit_of_work
        self._draw_cover = draw_cover
        self._draw_qr = draw_qr
        self._drawing = asyncio.Semaphore(2)

    @staticmethod
    def key(picture: Picture) -> str:
        """Names what is to be seen: another title, another key."""
        if isinstance(picture, Cover):
            content = repr(
                (picture.title, picture.authors, picture.url, picture.language, picture.subjects)
            ).encode()
            return f"cover:{picture.book_id}:{hashlib.blake2b(content, digest_size=6).hexdigest()}"
        content = f"{picture.number}:{picture.code}".encode()
        return f"qr:{hashlib.blake2b(content, digest_size=8).hexdigest()}"

    async def prepare(self, picture: Picture) -> Prepared:
        key = self.key(picture)
        async with self._uow.reading() as look:
            known = await look.files.file_id(self._bot_id, key)
        if known is not None:
            return Prepared(key, known, drawn=False)
        if isinstance(picture, Cover) and picture.url:
            return Prepared(key, picture.url, drawn=False)
        return await self.redraw(picture)

    async def redraw(self, picture: Picture) -> Prepared:
        """Draw it, whatever was known of it."""
        async with self._drawing:
            if isinstance(picture, Cover):
                photo = await asyncio.to_thread(self._draw_cover, picture)
            else:
                photo = await asyncio.to_thread(self._draw_qr, picture)
        return Prepared(self.key(picture), photo, drawn=True)
