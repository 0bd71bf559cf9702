"""What has to be done without anybody tapping. Every replica runs all of it; the database sees to it that it is done once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.metrics import Metrics
from bot.turn import Turns
from domain.errors import PassingFailure
from domain.ports.clock import Clock
from domain.ports.unit_of_work import UnitOfWork
from domain.services.questions import forget_old

log = structlog.get_logger("bot.jobs")

_UNSHOWN_AFTER = timedelta(seconds=20)
"""Longer than a flood wait usually lasts: a screen that is still on its way is not sent twice."""
_KEEP_UPDATES = timedelta(days=3)
_KEEP_DELIVERED = timedelta(days=30)
_KEEP_FILES = timedelta(days=30)
_KEEP_LIMITS = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Job:
    """Done every so often. A failure is logged and it is done again next time."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


async def run_jobs(jobs: Sequence[Job], metrics: Metrics) -> None:
    """Run them side by side, for ever."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job, metrics))


async def _repeat(job: Job, metrics: Metrics) -> None:
    structlog.contextvars.bind_contextvars(job=job.name)
    while True:
        outcome = "done"
        try:
            await job.run()
        except PassingFailure:
            outcome = "put_off"
            log.warning("job put off", job=job.name)
        except Exception:
            outcome = "failed"
            log.exception("job failed", job=job.name)
        metrics.job(job.name, outcome, time.time())
        await asyncio.sleep(job.every.total_seconds())


class Housekeeping:
    """Screens that a crash left unshown, and rows that nobody needs any more."""

    def __init__(self, unit_of_work: UnitOfWork, turns: Turns, clock: Clock) -> None:
        self._uow = unit_of_work
        self._turns = turns
        self._clock = clock

    async def show_unshown(self) -> None:
        async with self._uow.reading() as look:
            keys = await look.dialogues.unshown(self._clock.now() - _UNSHOWN_AFTER, 50)
        for key in keys:
            await self._turns.show_again(key)

    async def show_left_behind(self) -> None:
        """At the start nothing is on its way yet, so whatever is unshown was left by a crash."""
        async with self._uow.reading() as look:
            keys = await look.dialogues.unshown(self._clock.now(), 200)
        for key in keys:
            await self._turns.show_again(key)

    async def forget(self) -> None:
        now = self._clock.now()
        async with self._uow.writing() as work:
            await work.inbox.forget_before(now - _KEEP_UPDATES)
            await work.limits.forget_before(now - _KEEP_LIMITS)
            await work.codes.forget_before(now)
            await work.sessions.forget_before(now)
            await work.outbox.forget_before(now - _KEEP_DELIVERED)
            await work.feed_jobs.forget_before(now - _KEEP_FILES)
            await forget_old(work, now)
            await work.commit()
