"""The chat tests' shop, which ends in the middle of whatever it does when it has met so many points."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import Any

from bot.app import building
from tests.chat.shop import Shop


class FragileShop(Shop):
    """``dead``: it has ended and was not opened again. ``deaths`` counts them."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.dead = False
        self.deaths = 0
        self._left = 0

    def dies_after(self, points: int) -> None:
        """0: it lives on."""
        self._left = points

    def _meet(self, point: str) -> None:
        if self.dead:
            raise asyncio.CancelledError  # a process that is gone reaches no further point
        if self._left:
            self._left -= 1
            if not self._left:
                self.dead = True
                self.deaths += 1
                raise asyncio.CancelledError

    async def start(self, **changes: Any) -> None:
        self.settings = self.settings.model_copy(update=changes)
        self._stop, opened = asyncio.Event(), asyncio.Event()

        async def run() -> None:
            async with building(self.settings, clock=self.clock, faults=self._meet) as app:
                self._app = app
                await app.run(self._stop, ready=opened.set)

        self._running = asyncio.create_task(run())
        waiting = asyncio.create_task(opened.wait())
        await asyncio.wait({self._running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._running.done():
            await self._running

    async def reopens_if_dead(self) -> None:
        if self.dead:
            await self.crash()
            self.dead = False
            await self.start()
        await self.settle(0)

    async def settle(self, update_id: int) -> None:
        """Until every update was handled and shown and what is due was sent, or until it is dead."""
        for pause in itertools.repeat(0.002):
            taken = not self.sandbox.world.updates.pending
            if self._app is None or self.dead:
                return
            if not self._app.intake.busy and taken:
                await self._delivered()
                if not self._app.intake.busy:
                    return
            await asyncio.sleep(pause)

    async def _delivered(self) -> None:
        while self._app is not None and not self.dead:
            sent = 0
            try:
                sent = await self._app.relay.deliver_due()
            except asyncio.CancelledError:
                if not self.dead:
                    raise
            if not sent and not self._app.relay.busy:
                return
            await asyncio.sleep(0.002)

    async def waits(self, span: timedelta) -> None:
        """Time passes for the shop, and it does what is due by then, unless it dies of it."""
        self.clock.pass_time(span)
        for job in self.app.jobs:
            try:
                await job.run()
            except asyncio.CancelledError:
                if not self.dead:
                    raise
                return
        await self.settle(0)

    async def hears(self, gateway: str, body: bytes, headers: dict[str, str]) -> None:
        try:
            assert await self.app.gateway_events[gateway](body, headers) == 200
        except asyncio.CancelledError:
            if not self.dead:
                raise
