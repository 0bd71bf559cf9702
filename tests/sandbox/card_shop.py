"""A shop that calls the card gateway by hand, and an address where it takes events."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.sandbox import Sandbox

Json = dict[str, Any]

WISH: Json = {
    "reference": "attempt-1",
    "description": "The Corner Bookshop · B-7K4Q",
    "amount": 1090,
    "currency": "EUR",
}


class CardShop:
    """Calls the API with the account's key unless told otherwise."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.http = http
        self.key = sandbox.settings.card_key

    async def asks(
        self, verb: str, path: str, body: Any = None, *, key: str = "", **more: Any
    ) -> tuple[int, Json]:
        """The status and the answer; ``key`` is the idempotency key."""
        headers = {"Authorization": f"Bearer {self.key}"} | ({"Idempotency-Key": key} if key else {})
        address = f"{self.sandbox.url}/card/v1{path}"
        async with self.http.request(verb, address, json=body, headers=headers, **more) as response:
            return response.status, await response.json()

    async def does(self, verb: str, path: str, body: Any = None, *, key: str = "", **more: Any) -> Json:
        """The answer of a call that is granted."""
        status, answer = await self.asks(verb, path, body, key=key, **more)
        assert status == 200, answer
        return answer

    async def refusal(
        self, verb: str, path: str, body: Any = None, *, key: str = "", **more: Any
    ) -> tuple[int, str]:
        """The status and the code of a call that is refused, always with a sentence."""
        status, answer = await self.asks(verb, path, body, key=key, **more)
        assert status >= 400
        assert answer["error"]["message"].endswith(".")
        return status, answer["error"]["code"]

    async def opens(self, reference: str = "attempt-1", **changes: Any) -> Json:
        """A new payment."""
        return await self.does(
            "POST", "/payments", WISH | {"reference": reference} | changes, key=f"start-{reference}"
        )

    async def finds(self, payment: Json) -> Json:
        return await self.does("GET", f"/payments/{payment['id']}")

    async def refunds(self, payment: Json, amount: int, currency: str = "EUR", *, key: str) -> Json:
        wish = {"amount": amount, "currency": currency}
        return await self.does("POST", f"/payments/{payment['id']}/refunds", wish, key=key)

    async def at_desk(self, verb: str, path: str, body: Any = None) -> tuple[int, Json]:
        """What a person does under ``/sandbox/card``."""
        async with self.http.request(verb, f"{self.sandbox.url}/sandbox/card{path}", json=body) as response:
            return response.status, await response.json()

    async def told(self, count: int) -> list[tuple[int, bool]]:
        """Each event's tries and whether it was taken, once so many were."""
        async with asyncio.timeout(5):
            for pause in itertools.repeat(0.01):
                _, answer = await self.at_desk("GET", "/events")
                found = [(one["tries"], one["delivered"]) for one in answer["events"]]
                if sum(taken for _, taken in found) == count:
                    return found
                await asyncio.sleep(pause)
        raise AssertionError

    async def pays(self, payment: Json, card: str = "4242") -> str:
        """The customer chooses a card on the page; returns what the page shows after that."""
        async with self.http.post(payment["url"], data={"card": card}) as response:
            assert response.status == 200
            return await response.text()

    async def looks(self, payment: Json) -> str:
        async with self.http.get(payment["url"]) as response:
            assert response.status == 200
            return await response.text()


@dataclass
class Ear:
    """Where events go: each is answered with the next of ``answers``, and with 200 when there are no more."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    """Signature and body, as they came."""
    new: asyncio.Event = field(default_factory=asyncio.Event)

    async def hears(self, count: int) -> None:
        """Waits until so many have come."""
        async with asyncio.timeout(5):
            while len(self.heard) < count:
                self.new.clear()
                await self.new.wait()


@contextlib.asynccontextmanager
async def listening_ear() -> AsyncIterator[Ear]:
    ear = Ear()

    async def take(request: web.Request) -> web.Response:
        ear.heard.append((request.headers.get("Card-Signature", ""), await request.text()))
        ear.new.set()
        return web.Response(status=ear.answers.pop(0) if ear.answers else 200)

    app = web.Application()
    app.router.add_post("/events", take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/events"
        yield ear
    finally:
        await runner.cleanup()
