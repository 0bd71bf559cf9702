"""Where updates come in, whether polled or posted: each is handled until it is committed, or it comes again."""

from __future__ import annotations

import asyncio
import secrets
import time

import structlog
import telegram

from bot.asides import Asides
from bot.inputs import InlineQuery, PaymentDone, PreCheckout, Received, read
from bot.metrics import Metrics
from bot.turn import Turns
from domain.errors import PassingFailure

log = structlog.get_logger("bot.intake")

_TRIES = 3
"""After that many failures an update is recorded, apologised for and counted as handled: it would block those behind it."""


class ComeAgain(Exception):
    """The update was not handled; it has to be delivered again."""


class Intake:
    def __init__(self, turns: Turns, asides: Asides, bot_username: str, metrics: Metrics) -> None:
        self._metrics = metrics
        self._turns = turns
        self._asides = asides
        self._username = bot_username
        self._running: set[asyncio.Task[None]] = set()
        self.newest = 0
        """The highest update id that came in; it may still be under way."""

    @property
    def busy(self) -> int:
        """How many updates are being handled or shown."""
        return len(self._running)

    async def take(self, update: telegram.Update) -> None:
        """Returns when the update counts as handled; what it shows is sent meanwhile. Raises ComeAgain."""
        received = read(update, self._username)
        if received is None:
            self.newest = max(self.newest, update.update_id)
            return
        committed = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._run(received, committed))
        self._running.add(task)
        self.newest = max(self.newest, update.update_id)
        task.add_done_callback(self._running.discard)
        await committed

    async def drain(self, seconds: float) -> None:
        """Let what is under way come to its end, for so long at most."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    async def _run(self, received: Received, committed: asyncio.Future[None]) -> None:
        kind, came = type(received.input).__name__, time.perf_counter()
        outcome, took = "done", None

        def on_commit() -> None:
            nonlocal took
            if not committed.done():
                committed.set_result(None)
                took = time.perf_counter() - came

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(turn=secrets.token_hex(6), input=kind)
        try:
            aside = not received.who.private or isinstance(received.input, PreCheckout | InlineQuery)
            await (self._asides if aside else self._turns).handle(received, on_commit)
        except Exception as error:
            if committed.done():
                log.exception("failed after the commit", update=received.update_id)
                outcome = "failed_after_commit"
            elif await self._given_up(received, error):
                on_commit()
                outcome = "given_up"
            else:
                committed.set_exception(ComeAgain())
                outcome = "comes_again"
        self._metrics.turn(kind, outcome, took, time.perf_counter() - came)

    async def _given_up(self, received: Received, error: Exception) -> bool:
        """Count the failure. True if it was the last: then the person is told and the update is done with."""
        passing = isinstance(error, PassingFailure)
        if passing:
            log.warning("comes again", update=received.update_id, error=type(error).__name__)
        else:
            log.error("failed", update=received.update_id, error=type(error).__name__, exc_info=error)
        turns = self._turns
        now = turns.clock.now()
        try:
            async with turns.uow.writing() as work:
                times = await work.inbox.fail(turns.bot_id, received.update_id, type(error).__name__, now)
                # Money is never given up: a payment's update stays until it is counted.
                last = times >= _TRIES and not isinstance(received.input, PaymentDone)
                if last:
                    await work.inbox.claim(turns.bot_id, received.update_id, now)
                await work.commit()
        except PassingFailure:
            return False
        if last:
            await turns.apologise(received)
        return last
