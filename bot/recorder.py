"""What was shown, written down: many marks in one transaction.

Every turn leaves a mark after its screen was sent. Each alone would cost a commit; whoever comes while one is being written
shares the next. Nobody goes on before the mark is durable, so the next turn of a chat knows its live message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from domain.errors import PassingFailure
from domain.ports.dialogues import DialogueKey, Live
from domain.ports.unit_of_work import UnitOfWork, Work

log = structlog.get_logger("bot.recorder")

_Mark = Callable[[Work], Awaitable[None]]


class Recorder:
    def __init__(self, bot_id: int, unit_of_work: UnitOfWork) -> None:
        self._bot_id = bot_id
        self._uow = unit_of_work
        self._waiting: list[tuple[_Mark, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def shown(self, key: DialogueKey, version: int, live: Live | None) -> None:
        """The screen of this version is shown by this message."""
        await self._write(lambda work: work.dialogues.shown(key, version, live))

    async def file(self, picture_key: str, file_id: str) -> None:
        """A picture can be sent by this file id from now on."""
        await self._write(lambda work: work.files.keep(self._bot_id, picture_key, file_id))

    async def _write(self, mark: _Mark) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((mark, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        await done

    async def _drain(self) -> None:
        while self._waiting:
            marks, self._waiting = self._waiting, []
            try:
                async with self._uow.writing() as work:
                    for mark, _ in marks:
                        await mark(work)
                    await work.commit()
            except PassingFailure:
                # The screen is there; a job will find it unmarked and show it once more.
                log.warning("marks not written", count=len(marks))
            except BaseException as error:
                for _, done in marks:
                    if not done.done():
                        done.set_exception(error)
                raise
            for _, done in marks:
                if not done.done():
                    done.set_result(None)
