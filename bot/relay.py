"""The outbox on its way: messages that must arrive, in order per chat, with back-off, one chat's trouble never another's."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from datetime import timedelta

import structlog

from bot.delivery import Delivery, Later, Undeliverable, mark
from domain.errors import PassingFailure
from domain.ports.clock import Clock
from domain.ports.outbox import Leased
from domain.ports.unit_of_work import UnitOfWork, Work

log = structlog.get_logger("bot.relay")

_LEASE = timedelta(seconds=20)
"""How long the messages of a relay that died wait for another one."""
_RENEWED_EVERY = 5.0
"""Seconds. Telegram may have us wait longer than a lease: whoever is at it keeps it."""
_LANES = 16
"""How many deliveries are under way at most."""
_GIVE_UP_AFTER = timedelta(days=3)
_IDLE = 5.0


class Relay:
    def __init__(
        self,
        *,
        unit_of_work: UnitOfWork,
        delivery: Delivery,
        clock: Clock,
        alone: bool = False,
    ) -> None:
        """``alone``: no other process delivers from this database, so whatever is leased at the start was left by a crash."""
        self._uow = unit_of_work
        self._delivery = delivery
        self._clock = clock
        self._alone = alone
        self._awake = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._rounds = 0

    @property
    def busy(self) -> int:
        """How many deliveries, and rounds of them, are under way."""
        return self._rounds + len(self._under_way)

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver what is due, for ever; a chat that takes long keeps nobody else waiting."""
        structlog.contextvars.bind_contextvars(job="relay")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._renew())
                if self._alone:
                    await self._take_over()
                while True:
                    self._awake.clear()
                    if not await self._begin_due(group):
                        await self._sleep()
        finally:
            self._under_way.clear()

    async def _take_over(self) -> None:
        try:
            async with self._uow.writing() as work:
                await work.outbox.release()
                await work.commit()
        except PassingFailure:
            log.warning("leases of before not released; they run out")

    async def _begin_due(self, group: asyncio.TaskGroup) -> int:
        self._rounds += 1
        try:
            leased = await self._lease(_LANES - len(self._under_way))
            for item in leased:
                self._begin(group, item)
        except PassingFailure:
            pause = 1.0
        except Exception:
            # One error must not be the end of all messages.
            log.exception("nothing leased")
            pause = _IDLE
        else:
            return len(leased)
        finally:
            self._rounds -= 1
        await asyncio.sleep(pause)
        return 0

    def _begin(self, group: asyncio.TaskGroup, item: Leased) -> None:
        if item.id in self._under_way:
            return  # its lease could not be renewed in time; it is being sent all the same
        task = group.create_task(self._deliver_or_log(item))
        self._under_way[item.id] = task
        task.add_done_callback(functools.partial(self._ended, item.id))

    async def _deliver_or_log(self, item: Leased) -> None:
        try:
            await self._deliver(item)
        except Exception:
            log.exception("not delivered; it is tried again when its lease has run out")

    def _ended(self, message_id: int, _: object) -> None:
        self._under_way.pop(message_id, None)
        self.wake()

    async def _renew(self) -> None:
        """Keep the leases of what is still under way."""
        while True:
            kept = set(self._under_way)
            await asyncio.sleep(_RENEWED_EVERY)
            kept &= set(self._under_way)
            if not kept:
                continue
            try:
                async with self._uow.writing() as work:
                    await work.outbox.renew(sorted(kept), self._clock.now() + _LEASE)
                    await work.commit()
            except Exception as error:
                log.warning("leases not renewed", error=type(error).__name__)

    async def _sleep(self) -> None:
        try:
            async with self._uow.reading() as look:
                due = await look.outbox.next_due()
        except PassingFailure:
            due = None
        ahead = _IDLE if due is None else (due - self._clock.now()).total_seconds()
        # Not wait_for: on Python 3.11 it forgets a cancellation that comes together with what it waits for (gh-86296).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(max(ahead, 0.05), _IDLE)):
                await self._awake.wait()

    async def deliver_due(self) -> int:
        """Deliver the head of each lane that is due, and wait for it; returns how many there were."""
        self._rounds += 1
        try:
            leased = await self._lease(_LANES)
            await asyncio.gather(*(self._deliver(item) for item in leased))
        finally:
            self._rounds -= 1
        return len(leased)

    async def _lease(self, most: int) -> tuple[Leased, ...]:
        if most <= 0:
            return ()
        now = self._clock.now()
        async with self._uow.writing() as work:
            leased = await work.outbox.lease(now, now + _LEASE, most)
            if leased:
                await work.commit()
        return leased

    async def _deliver(self, item: Leased) -> None:
        structlog.contextvars.bind_contextvars(outbox=item.id, kind=item.message.kind)
        try:
            await self._delivery.send(item)
        except Undeliverable as error:
            await self._give_up(item, str(error))
        except Later as error:
            await self._postpone(item, error)
        except PassingFailure:
            await self._postpone(item, Later(None, "a passing failure"))
        except Exception as error:
            log.exception("notice failed")
            await self._postpone(item, Later(None, type(error).__name__))
        else:
            await mark(self._uow, lambda work: work.outbox.delivered(item.id, self._clock.now()))
            log.info("delivered", tries=item.tries)

    async def _give_up(self, item: Leased, why: str) -> None:
        log.error("undeliverable", lane=item.message.lane.split(":")[0], why=why)

        async def end(work: Work) -> None:
            await work.outbox.give_up(item.id, self._clock.now(), why)
            await self._delivery.given_up(work, item.message)

        await mark(self._uow, end)

    async def _postpone(self, item: Leased, later: Later) -> None:
        if self._clock.now() - item.written_at > _GIVE_UP_AFTER:
            await self._give_up(item, later.why)
            return
        wait = later.wait if later.wait is not None else backoff(item.tries)
        log.warning("postponed", why=later.why, seconds=wait.total_seconds())
        due = self._clock.now() + wait
        await mark(self._uow, lambda work: work.outbox.postpone(item.id, due, later.why))


def backoff(tries: int) -> timedelta:
    """1, 2, 4 … seconds after the first, second, third failure, up to 10 minutes."""
    return timedelta(seconds=min(2.0 ** min(tries, 12), 600.0))
