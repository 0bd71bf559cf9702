"""Files that the staff sent, worked off beside the turns: read, and imported when somebody said so. Each reports once.

A job is a row. What it did is written down after every chunk of records, so a restart goes on where it was; its report is a
message of the outbox, written together with its end.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import io
import re
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.conversations.feeds import NOTICE
from bot.feed_texts import unread
from bot.importing import Imported, Importer, OpenFeed, Report
from bot.screen import Screen
from bot.screens import feeds as screens
from bot.texts import Texts, Words
from domain.errors import PassingFailure
from domain.feed import FeedOptions
from domain.feed_job import FeedJob, JobState
from domain.ids import ChatId
from domain.ports.catalogue_intake import CatalogueIntake
from domain.ports.clock import Clock
from domain.ports.outbox import STAFF_LANE, Message
from domain.ports.unit_of_work import UnitOfWork, Work

log = structlog.get_logger("bot.feed_jobs")

MOST_UNPACKED: Final = 512 * 1024**2
"""Bytes that a file of 20 MB may swell to: 25 times, where catalogues pack 10 to 15 times."""

_LEASE = timedelta(seconds=60)
_RENEWED_EVERY = 15.0
_SHOWN_EVERY = 3.0
"""Seconds between two edits of the message that shows how far it is. The first one comes after as long."""
_TRIES = 8
_MOST_REPORTED = 2_000_000
"""Characters of a report; more would not help anybody."""
_REST = 0.5
"""How long it rests after a chunk, as a part of what that took: the shop's customers come first."""


class _Stopped(Exception):
    """The program stops; the file goes on when it starts again."""


class FeedJobs:
    """``intake`` is for an import, ``rehearsal`` for one that only says what would be. ``fetch`` brings a file of Telegram's;
    ``show`` shows in one message how far it is, a new one if there is none (see `bot.adapters.show_progress`), and ``remove``
    takes it away; ``options`` are what the readers have to know on a day.

    ``alone``: no other process works off this database's files, so whatever is leased at the start was left by a crash.
    """

    def __init__(
        self,
        *,
        unit_of_work: UnitOfWork,
        intake: Callable[[], CatalogueIntake],
        rehearsal: Callable[[], AbstractAsyncContextManager[CatalogueIntake]],
        open_feed: OpenFeed,
        fetch: Callable[[str], Awaitable[bytes]],
        show: Callable[[ChatId, int | None, Screen], Awaitable[int | None]],
        remove: Callable[[ChatId, int], Awaitable[object]],
        texts: Texts,
        options: Callable[[datetime], FeedOptions],
        clock: Clock,
        after_commit: Callable[[], None] = lambda: None,
        alone: bool = False,
    ) -> None:
        self._uow = unit_of_work
        self.intake = intake
        self.rehearsal = rehearsal
        self.open_feed = open_feed
        self._fetch = fetch
        self.show = show
        self._remove = remove
        self._texts = texts
        self.options = options
        self.clock = clock
        self._notify = after_commit
        self._left_behind = alone

    async def run(self) -> None:
        """Work off what there is, one file after the other."""
        async with self._uow.reading() as look:
            if not await look.feed_jobs.to_do():
                return
        while (job := await self._claim()) is not None:
            structlog.contextvars.bind_contextvars(feed=job.id)
            try:
                async with self._leased(job):
                    await self._do(job)
            except Exception:
                # Once more, after 2, 4, 8 … seconds; those behind it wait their turn.
                await self._keep_until(job, timedelta(seconds=2.0**job.tries))
                raise

    async def _claim(self) -> FeedJob | None:
        now = self.clock.now()
        async with self._uow.writing() as work:
            if self._left_behind:
                await work.feed_jobs.release()
            job = await work.feed_jobs.claim(now, now + _LEASE)
            await work.commit()
        self._left_behind = False
        return job

    async def _keep_until(self, job: FeedJob, ahead: timedelta) -> None:
        until = self.clock.now() + ahead
        await self.write(lambda work: work.feed_jobs.renew(job.id, until))

    @contextlib.asynccontextmanager
    async def _leased(self, job: FeedJob) -> AsyncIterator[None]:
        async def renew() -> None:
            while True:
                await asyncio.sleep(_RENEWED_EVERY)
                with contextlib.suppress(PassingFailure):
                    await self._keep_until(job, _LEASE)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _do(self, job: FeedJob) -> None:
        if job.tries > _TRIES:
            # Whoever began it never came to say what was wrong.
            words, _ = await self.words()
            await self.end(job, JobState.FAILED, problem=words.plain("feed-failed"))
            return
        keep = job.state is JobState.TO_IMPORT
        now = self.clock.now()
        if not keep:
            # Reading is cheap and writes nothing: it begins anew.
            job = FeedJob(
                job.id, job.file, job.state, job.written_at, message_id=job.message_id, tries=job.tries
            )
            anew = job
            await self.write(lambda work: work.feed_jobs.begin_anew(anew))
        job = dataclasses.replace(job, began_at=job.began_at or now)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _file_name(job.file.name)
            await asyncio.to_thread(path.write_bytes, await self._fetch(job.file.file_id))
            await _Run(self, job, keep=keep).over(path)

    async def words(self) -> tuple[Words, ChatId | None]:
        async with self._uow.reading() as look:
            chat = await look.staff.chat()
        return self._texts.words(chat.language if chat is not None else ""), chat.chat_id if chat else None

    async def write(self, change: Callable[[Work], Awaitable[object]]) -> None:
        async with self._uow.writing() as work:
            await change(work)
            await work.commit()

    async def end(self, job: FeedJob, state: JobState, *, more: str = "", problem: str = "") -> None:
        """It is over, and that will be reported."""
        key = f"feed:{job.id}:{'imported' if job.state is JobState.TO_IMPORT else 'read'}"
        ended = dataclasses.replace(job, state=state, report=more, problem=problem, message_id=None, tries=0)
        async with self._uow.writing() as work:
            await work.feed_jobs.save(ended)
            await work.feed_jobs.release(job.id)
            await work.outbox.put(Message(key, STAFF_LANE, NOTICE, {"job": job.id}), self.clock.now())
            await work.commit()
        self._notify()
        _, chat = await self.words()
        if job.message_id is not None and chat is not None:
            await self._remove(chat, job.message_id)


class _Run:
    """One run over a file."""

    def __init__(self, jobs: FeedJobs, job: FeedJob, *, keep: bool) -> None:
        self._jobs = jobs
        self._job = job
        self._keep = keep
        self._lines = io.StringIO()
        self._reported = len(job.report)
        self._stopping = False
        self._more = ""
        """What is not written down of the report yet."""
        self._shown = self._rested = time.monotonic()

    async def over(self, path: Path) -> None:
        jobs, job = self._jobs, self._job
        words, _ = await jobs.words()
        began = job.began_at or jobs.clock.now()
        resume = Imported(job.tally, taken=job.taken) if job.taken else None
        kept = contextlib.nullcontext(jobs.intake()) if self._keep else jobs.rehearsal()
        async with kept as intake:
            importer = Importer(
                jobs.open_feed,
                intake,
                dataclasses.replace(jobs.options(began), most_bytes=MOST_UNPACKED),
                began,
                Report(self._lines, words, header=not job.report),
            )
            done = await self._to_a_whole_chunk(importer.run(path, self._after_chunk, resume=resume))
        problem = " ".join(unread(words, one) for one in done.unread)
        job = dataclasses.replace(self._job, taken=done.taken, tally=done.tally)
        await jobs.end(job, _end_of(job, keep=self._keep), more=self._more + self._drained(), problem=problem)

    async def _to_a_whole_chunk(self, running: Coroutine[None, None, Imported]) -> Imported:
        """Run it; when the program stops, only to the end of the chunk at hand, so that nothing is counted twice."""
        task = asyncio.create_task(running)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._stopping = True
            await asyncio.gather(task, return_exceptions=True)
            raise

    async def _after_chunk(self, done: Imported) -> None:
        """Write down how far it is, show it now and then, and let others go first."""
        jobs = self._jobs
        self._more += self._drained()
        self._job = dataclasses.replace(self._job, taken=done.taken, tally=done.tally)
        if self._keep:
            job, self._more = dataclasses.replace(self._job, report=self._more), ""
            await jobs.write(lambda work: work.feed_jobs.save(job))
        if self._stopping:
            raise _Stopped
        now = time.monotonic()
        if now - self._shown >= _SHOWN_EVERY:
            self._shown = now
            await self._show(done)
        await asyncio.sleep((time.monotonic() - self._rested) * _REST)
        self._rested = time.monotonic()

    def _drained(self) -> str:
        """What was added to the report since, as far as there is room for it."""
        more = self._lines.getvalue()[: max(0, _MOST_REPORTED - self._reported)]
        self._reported += len(more)
        self._lines.seek(0)
        self._lines.truncate()
        return more

    async def _show(self, done: Imported) -> None:
        jobs = self._jobs
        words, chat = await jobs.words()
        if chat is None:
            return
        percent = min(99, done.position * 100 // max(1, done.size))
        screen = screens.under_way(self._job, percent, words)
        shown = await jobs.show(chat, self._job.message_id, screen)
        if shown is None or shown == self._job.message_id:
            return
        self._job = dataclasses.replace(self._job, message_id=shown)
        job = dataclasses.replace(self._job, report="")
        await jobs.write(lambda work: work.feed_jobs.save(job))


def _end_of(job: FeedJob, *, keep: bool) -> JobState:
    if keep:
        return JobState.IMPORTED
    # Nothing to decide where nothing would change.
    return JobState.READ if job.tally.changes else JobState.LEFT


def _file_name(name: str) -> str:
    """The file's name as one that is safe on a disk."""
    return re.sub(r"[^\w.-]+", "_", name)[-80:].lstrip(".") or "feed"
