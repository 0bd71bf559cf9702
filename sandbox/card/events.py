"""What the gateway tells the shop: signed events, each repeated until the shop has taken it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import aiohttp

from sandbox.card.account import CardPayment
from sandbox.model import Json
from sandbox.store import Store

KIND, ADDRESS = "card_event", "card_webhook"
SIGNATURE = "Card-Signature"
LONGEST_WAIT = 60.0
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_LOOK = 0.25
"""Seconds between two looks at what is due: banks that take their time, links that end, events to repeat."""


@dataclass
class CardEvent:
    """One copy of an event; ``number`` counts them all, in the order in which they came to pass."""

    id: str
    body: str
    number: int
    tries: int = 0
    delivered: bool = False
    due: float = 0.0
    """By the process's monotonic clock, so an event of an earlier run is due at once."""


def signature(secret: str, body: str, at: int) -> str:
    """The header's value: the second of signing, and HMAC-SHA256 of ``<second>.<body>``."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def pause_after(tries: int) -> float:
    """Seconds until an event that was not taken is sent again: 1, 2, 4 … 32, and then every minute."""
    return min(2.0 ** min(tries - 1, 6), LONGEST_WAIT)


class CardEvents:
    """``pace`` shortens the waits between repetitions, for tests."""

    def __init__(self, store: Store, secret: str, http: Callable[[], aiohttp.ClientSession]) -> None:
        self._store = store
        self._secret = secret
        self._http = http
        self.pace = 1.0
        self.url = ""
        self.all: list[CardEvent] = []
        for _, url in store.load(ADDRESS):
            self.url = str(url)
        for _, row in store.load(KIND):
            self.all.append(CardEvent(**row))
        self.all.sort(key=lambda event: event.number)
        self._last = self.all[-1].number if self.all else 0
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def to(self, url: str) -> None:
        """Where events go from now on; empty: nowhere, they wait."""
        self.url = url
        self._store.put(ADDRESS, "url", url)
        for event in self.all:
            event.due = 0.0
        self._wake.set()

    def add(self, kind: str, payment: CardPayment, at: int) -> None:
        if payment.telling == "never":
            return
        event_id = f"evt_{secrets.token_hex(10)}"
        body = json.dumps({"id": event_id, "type": kind, "created": at, "payment": payment.view()})
        for _ in range(2 if payment.telling == "twice" else 1):
            self._last += 1
            event = CardEvent(event_id, body, self._last)
            self.all.append(event)
            self._store.put(KIND, str(event.number), asdict(event))
        self._wake.set()

    def start(self, look: Callable[[], None]) -> None:
        """Deliver from now on. ``look`` finds out what has come to pass by itself."""
        self._task = asyncio.create_task(self._run(look))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self, look: Callable[[], None]) -> None:
        while True:
            self._wake.clear()
            look()
            self._store.flush()
            for event in list(self.all):
                if self.url and not event.delivered and event.due <= time.monotonic():
                    await self._deliver(event)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._wake.wait()

    async def _deliver(self, event: CardEvent) -> None:
        headers = {
            "Content-Type": "application/json",
            SIGNATURE: signature(self._secret, event.body, int(time.time())),
        }
        event.tries += 1
        try:
            async with self._http().post(
                self.url, data=event.body.encode(), headers=headers, timeout=_TIMEOUT, allow_redirects=False
            ) as answer:
                event.delivered = 200 <= answer.status < 300
        except (aiohttp.ClientError, TimeoutError):
            event.delivered = False
        if event.delivered:
            # It need not survive a restart; it stays to be looked at as long as the process lives.
            self._store.drop(KIND, str(event.number))
        else:
            event.due = time.monotonic() + pause_after(event.tries) * self.pace

    def view(self) -> list[Json]:
        return [
            {
                "id": event.id,
                "tries": event.tries,
                "delivered": event.delivered,
                "body": json.loads(event.body),
            }
            for event in self.all
        ]
