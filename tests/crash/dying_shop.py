"""A shop that runs in a process of its own, dies where the test wants it to, and opens again."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from domain.ports.unit_of_work import UnitOfWork
from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.chat.shop import Shop
from tests.crash.shared_clock import SharedClock

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
_PATIENCE = 30.0


class Died(Exception):
    """The shop's process ended by SIGKILL before it answered."""


class Nursery:
    """Where the processes come from: see `tests.crash.shop_process`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.shop_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.child = 0

    async def ask(self, order: Json) -> Json:
        """Tell it something and wait for the answer. Raises Died; AssertionError if it ends in another way."""
        tell = self._process.stdin
        if tell is None:
            raise AssertionError("no pipe")
        tell.write(json.dumps(order).encode() + b"\n")
        tell.flush()
        answer = await self._hear(order)
        self.child = int(answer.get("open", self.child))
        if answer.get("ended") == -signal.SIGKILL:
            raise Died
        if "ended" in answer and order.get("do") != "stop":
            raise AssertionError(f"the shop ended by itself: {answer}")
        return answer

    async def _hear(self, order: Json) -> Json:
        if self._process.stdout is None:
            raise AssertionError("no pipe")
        hearing = asyncio.ensure_future(asyncio.to_thread(self._process.stdout.readline))
        done, _ = await asyncio.wait({hearing}, timeout=_PATIENCE)
        if not done:
            if self.child:
                os.kill(self.child, signal.SIGKILL)
            await hearing
            raise AssertionError(f"no answer within {_PATIENCE:g} s: {order}")
        answer: Json = json.loads(await hearing or b"{}")
        return answer

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(_PATIENCE)
        if self._process.stdout is not None:
            self._process.stdout.close()


class DyingShop(Shop):
    """The tests' shop, its program elsewhere: `database` is the same one, looked into from here."""

    def __init__(
        self,
        sandbox: Sandbox,
        client: SandboxClient,
        settings: Settings,
        *,
        nursery: Nursery,
        database: Database,
        clock: SharedClock,
    ) -> None:
        super().__init__(sandbox, client, settings)
        self.clock: SharedClock = clock
        self.database = database
        self.unit_of_work = SqlUnitOfWork(database)
        self._nursery = nursery
        self.open = False

    def _kept(self) -> UnitOfWork:
        return self.unit_of_work

    async def start(self, **changes: Any) -> None:
        self.settings = self.settings.model_copy(update=changes)
        given = {
            name: value.get_secret_value() if isinstance(value, SecretStr) else value
            for name, value in self.settings.model_dump().items()
            if name in self.settings.model_fields_set
        }
        await self._nursery.ask({"settings": given, "clock": str(self.clock.path)})
        self.open = True

    async def stop(self) -> None:
        if self.open:
            self.open = False
            await self._nursery.ask({"do": "stop"})

    async def ask(self, do: str, **more: Any) -> Json:
        """Raises Died."""
        try:
            return await self._nursery.ask({"do": do, **more})
        except Died:
            self.open = False
            raise

    async def settle(self, update_id: int) -> None:
        """Wait until every update was handled and shown, and what it caused has been delivered. Raises Died."""
        while self.open:
            # Asked before: an update that was taken only while the shop was resting is not shown yet.
            taken = not self.sandbox.world.updates.pending
            await self.ask("rest")
            if taken:
                return
            await asyncio.sleep(0.002)

    async def run_jobs(self) -> None:
        await self.ask("jobs")

    async def pass_time(self, span: timedelta) -> None:
        """For the shop alone: how long Telegram keeps a question open is not what is looked at here."""
        self.clock.pass_time(span)
        await self.run_jobs()

    async def hears(self, gateway: str, body: bytes, headers: dict[str, str]) -> int:
        """A gateway tells something; returns the status it is answered with. Raises Died."""
        told = base64.b64encode(body).decode()
        return int((await self.ask("event", gateway=gateway, body=told, headers=headers))["status"])
