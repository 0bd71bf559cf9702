"""The sandbox as a whole: its parts put together, started and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.botapi import BotApi
from sandbox.callbacks import Callbacks
from sandbox.calls import CallLog
from sandbox.card.account import CardAccount, CardPayment
from sandbox.card.api import CardApi
from sandbox.card.desk import CardGateway
from sandbox.card.events import CardEvents
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import MAX_UPLOAD
from sandbox.flood import Flood
from sandbox.groups import Groups
from sandbox.inline import InlineQueries
from sandbox.mail import Mailbox
from sandbox.payments import Payments
from sandbox.people import People
from sandbox.person import PersonApi
from sandbox.polling import Poller
from sandbox.settings import Settings
from sandbox.smtp import SmtpServer
from sandbox.store import DirectoryStore, MemoryStore, Store
from sandbox.webhook import Webhook
from sandbox.world import World


class Sandbox:
    """One Telegram with one bot. `async with Sandbox.running() as sandbox:` starts it on a free port."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        store: Store = DirectoryStore(self.settings.state) if self.settings.state else MemoryStore()
        self.clock = Clock()
        self.world = World(self.settings, store, self.clock)
        self.faults = Faults(self.clock)
        self.world.updates.shape = self.faults.shape_update
        self.flood = Flood(on=self.settings.flood_limits)
        self.calls = CallLog()
        self.people = People(self.world)
        self.groups = Groups(self.world)
        self.callbacks = Callbacks(self.world)
        self.inline = InlineQueries(self.world, self.people)
        self.payments = Payments(self.world)
        self.card = self._card_gateway(store)
        self.mailbox = Mailbox(self.world)
        self.smtp = SmtpServer(self.mailbox.receive)
        self.poller = Poller(self.world.updates)
        self.webhook = Webhook(self)
        self.api = BotApi(self)
        self._http: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self.host, self.port = self.settings.host, self.settings.port

    def _card_gateway(self, store: Store) -> CardGateway:
        events = CardEvents(store, self.settings.card_webhook_secret, lambda: self.http)

        def tell(kind: str, payment: CardPayment) -> None:
            events.add(kind, payment, self.clock.unix())

        account = CardAccount(store, self.clock, tell)
        api = CardApi(account, store, self.settings.card_key, lambda: self.url)
        return CardGateway(account, events, api, store)

    @property
    def url(self) -> str:
        """The address of everything: `<url>/bot<token>/<method>`, `<url>/sandbox/...`, the page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def token(self) -> str:
        return self.settings.token

    @property
    def smtp_address(self) -> str:
        """`host:port` of the mailbox, empty without one."""
        return f"{self.host}:{self.smtp.port}" if self.smtp.port else ""

    @property
    def http(self) -> aiohttp.ClientSession:
        """For files by address and for webhooks."""
        if self._http is None:
            self._http = aiohttp.ClientSession()
        return self._http

    def application(self) -> web.Application:
        """All routes."""
        app = web.Application(client_max_size=MAX_UPLOAD + (1 << 20))
        self.api.add_routes(app.router)
        self.card.add_routes(app.router)
        PersonApi(self).add_routes(app)
        return app

    async def start(self) -> None:
        """Listens. OSError if the port is taken."""
        runner = web.AppRunner(
            self.application(),
            access_log=None,
            handle_signals=False,
            handler_cancellation=True,
            shutdown_timeout=0.05,
        )
        await runner.setup()
        self._runner = runner
        site = web.TCPSite(runner, self.settings.host, self.settings.port)
        await site.start()
        self.host, self.port = runner.addresses[0][:2]
        if self.settings.smtp_port >= 0:
            await self.smtp.start(self.settings.host, self.settings.smtp_port)
        self.webhook.resume()
        self.card.events.start(self.card.account.settle_all)

    async def stop(self) -> None:
        """Ends everything; the state is on the disk if it has a directory."""
        await self.webhook.close()
        await self.card.events.stop()
        self.callbacks.close()
        await self.payments.close()
        await self.smtp.stop()
        self.world.events.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._http is not None:
            await self._http.close()
            self._http = None
        self.world.store.close()

    @classmethod
    @asynccontextmanager
    async def running(cls, settings: Settings | None = None, **changes: Any) -> AsyncIterator[Sandbox]:
        """Starts a sandbox in this process and stops it at the end of the block."""
        sandbox = cls(replace(settings or Settings(), **changes))
        try:
            await sandbox.start()
            yield sandbox
        finally:
            await asyncio.shield(sandbox.stop())
