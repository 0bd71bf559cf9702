"""A whole shop for a test: the real program on a database of its own, the sandbox as its Telegram, people who type and tap."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import Application, building
from bot.commandline.staff import make_link_code
from bot.settings import Settings, given
from domain.ports.unit_of_work import UnitOfWork
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox

PASSWORD = "correct horse battery"


class ShopClock:
    """The present, moved by the test."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pass_time(self, span: timedelta) -> None:
        self._ahead += span


class Shop:
    """`start`, `stop`, `restart` and `crash` the program; `person` and `staff` are who uses it."""

    def __init__(self, sandbox: Sandbox, client: SandboxClient, settings: Settings) -> None:
        self.sandbox = sandbox
        self.telegram = client
        self.settings = settings
        self.clock = ShopClock()
        self.group = 0
        self._app: Application | None = None
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    @property
    def app(self) -> Application:
        if self._app is None:
            raise AssertionError("the shop is closed")
        return self._app

    async def start(self, **changes: Any) -> None:
        """Open; ``changes`` are settings from now on."""
        self.settings = self.settings.model_copy(update=changes)
        self._stop = asyncio.Event()
        opened = asyncio.Event()

        async def run() -> None:
            async with building(self.settings, clock=self.clock) as app:
                self._app = app
                await app.run(self._stop, ready=opened.set)

        self._running = asyncio.create_task(run())
        waiting = asyncio.create_task(opened.wait())
        await asyncio.wait({self._running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._running.done():
            await self._running

    async def stop(self) -> None:
        """Close as Ctrl-C does."""
        self._stop.set()
        if self._running is not None:
            await self._running
        self._running = self._app = None

    async def restart(self, **changes: Any) -> None:
        await self.stop()
        await self.start(**changes)

    async def crash(self) -> None:
        """End in the middle of whatever is going on (tests with SIGKILL are in tests/crash)."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        self._running = self._app = None

    async def pass_time(self, span: timedelta) -> None:
        """Let time pass for the shop and for Telegram, and do what is due by then."""
        self.clock.pass_time(span)
        await self.telegram.advance(span.total_seconds())
        await self.run_jobs()

    async def pass_time_for_unshown(self) -> None:
        """Let so much time pass that a screen which was not shown is shown again."""
        await self.pass_time(timedelta(seconds=30))

    async def run_jobs(self) -> None:
        """Everything that the program does by itself, now."""
        for job in self.app.jobs:
            await job.run()
        await self.deliver()

    async def deliver(self) -> None:
        """Send whatever is in the outbox."""
        for pause in itertools.repeat(0.001):
            if not await self.app.relay.deliver_due() and not self.app.relay.busy:
                return
            await asyncio.sleep(pause)

    async def settle(self, update_id: int) -> None:
        """Wait until an update has been handled and shown, and what it caused has been delivered.

        For a closed shop there is nothing to wait for: the update waits at Telegram.
        """
        if self._app is None:
            return
        update_id = update_id or self.sandbox.world.updates.last_id
        deadline = asyncio.get_running_loop().time() + 10
        while self._app.intake.newest < update_id or self._app.intake.busy:
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"the shop has not dealt with update {update_id} within 10 s")
            await asyncio.sleep(0.002)
        await self.deliver()

    async def person(self, name: str, **more: Any) -> Person:
        return await self.telegram.person(name, **more)

    async def customer(self, name: str, email: str = "", **more: Any) -> Person:
        """Somebody who is logged in and stands at the shop's front page."""
        person = await self.person(name, **more)
        await self.register(person, email or f"{name.lower()}@example.org")
        return person

    async def register(self, person: Person, email: str) -> None:
        """Register in the chat, as a person does; the shop sends no mail unless the test set it so."""
        await person.types("/login")
        await person.taps("I am new here")
        await person.types(email)
        await person.taps(person.name)
        await person.types(PASSWORD)

    async def staff(self, *names: str) -> tuple[Person, ...]:
        """The staff's group with these people in it, linked as the shop's owner does it. They act in the group."""
        members = [await self.telegram.person(name) for name in names]
        self.group = await self.telegram.group("Orders", *members, bot=False)
        code = await make_link_code(self._kept(), self.clock)
        await self.telegram.request(
            "POST", f"/users/{members[0].id}/start", {"payload": f"link_{code}", "chat": self.group}
        )
        here = tuple(member.at(self.group) for member in members)
        await here[0].waits_for("now gets the orders")
        return here

    def _kept(self) -> UnitOfWork:
        return self.app.unit_of_work

    async def eventually(self, check: Callable[[], Awaitable[bool]], seconds: float = 5.0) -> None:
        """Wait until something is so; AssertionError if it does not come to be."""
        deadline = asyncio.get_running_loop().time() + seconds
        for pause in itertools.repeat(0.02):
            if await check():
                return
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"not so within {seconds:g} s")
            await asyncio.sleep(pause)


def settings_for(sandbox: Sandbox, database: Path, **changes: Any) -> Settings:
    """A shop at 12 Mill Lane that is paid in the chat and at the counter, and sends no mail (``mail=True``: it does; ``card=True``:
    it is paid by card as well)."""
    host, _, port = sandbox.smtp_address.rpartition(":")
    mail = {
        "smtp_host": host,
        "smtp_port": int(port),
        "smtp_security": "none",
        "mail_from": "shop@corner.example",
    }
    card = {
        "card_api_url": f"{sandbox.url}/card",
        "card_key": SecretStr(sandbox.settings.card_key),
        "card_webhook_secret": SecretStr(sandbox.settings.card_webhook_secret),
        "webhook_listen": "127.0.0.1:0",
    }
    wants_mail, wants_card = bool(changes.pop("mail", False)), bool(changes.pop("card", False))
    values: dict[str, Any] = {
        "token": sandbox.token,
        "api_url": sandbox.url,
        "database": f"sqlite+aiosqlite:///{database}",
        "secret": "a secret of this test, long enough to sign with",
        "shop_name": "The Corner Bookshop",
        "shop_address": "12 Mill Lane",
        "shop_hours": "Mo-Su 00:00-23:59",
        "shop_timezone": "Europe/London",
        "shop_email": "hello@corner.example",
        "telegram_provider_token": "284685063:TEST:tests",
        **(mail if wants_mail else {}),
        **(card if wants_card else {}),
        **changes,
    }
    return given(**values)
