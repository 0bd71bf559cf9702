"""setWebhook, deleteWebhook, getWebhookInfo and the delivery."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from sandbox.webhook import resend_delay
from tests.sandbox.conftest import Bot, Json


@dataclass
class Receiver:
    """A bot's web server that answers as it is told."""

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[Json], web.Response] = lambda update: web.Response()
    busiest: int = 0
    busy: int = 0
    delay: float = 0.0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.delay)
        self.busy -= 1
        self.arrived.set()
        return self.answer(update)

    async def wait(self, count: int) -> None:
        """Until that many updates came."""
        async with asyncio.timeout(5):
            while len(self.updates) < count:
                self.arrived.clear()
                await self.arrived.wait()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    here = Receiver()
    app = web.Application()
    app.router.add_post("/hook", here.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield here
    await runner.cleanup()


async def info_when(bot: Bot, true: Callable[[Json], bool]) -> Json:
    """The webhook's info, as soon as that is true of it."""
    for _ in range(500):
        info: Json = await bot("getWebhookInfo")
        if true(info):
            return info
        await asyncio.sleep(0.01)
    raise AssertionError(f"waited in vain: {info}")


async def settled(bot: Bot) -> Json:
    """The webhook's info once nothing is pending."""
    return await info_when(bot, lambda info: not info["pending_update_count"])


async def test_updates_are_posted_with_the_secret(bot: Bot, ann: Person, receiver: Receiver) -> None:
    """core.telegram.org/bots/api#setwebhook: a JSON-serialized Update; header X-Telegram-Bot-Api-Secret-Token."""
    await bot("setWebhook", url=receiver.url, secret_token="s3cret-_")
    await receiver.wait(1)
    await ann.types("hello")
    await receiver.wait(2)
    assert receiver.texts == ["/start", "hello"]
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret-_"
    assert receiver.headers[0]["Content-Type"] == "application/json"
    info = await settled(bot)
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (receiver.url, 40, 0)
    assert "last_error_date" not in info


async def test_the_answer_may_hold_a_method(bot: Bot, ann: Person, receiver: Receiver) -> None:
    """core.telegram.org/bots/api#making-requests-when-getting-updates; telegram-bot-api WebhookActor.cpp handle: no get…
    method, no setWebhook, no deleteWebhook."""

    def answer(update: Json) -> web.Response:
        method = "sendMessage" if update["message"]["text"] == "/start" else "deleteWebhook"
        return web.json_response({"method": method, "chat_id": ann.id, "text": "from the answer"})

    receiver.answer = answer
    await bot("setWebhook", url=receiver.url)
    assert (await ann.waits_for("from the answer"))["text"] == "from the answer"
    await ann.types("again")
    await receiver.wait(2)
    assert (await settled(bot))["url"] == receiver.url


async def test_a_failed_delivery_is_repeated_until_it_succeeds(
    bot: Bot, sandbox: Sandbox, ann: Person, receiver: Receiver
) -> None:
    """telegram-bot-api WebhookActor.cpp handle, on_update_error: any 2xx confirms; the error shows in getWebhookInfo."""
    sandbox.webhook.pace = 0.01
    failures = iter([500, 500, 404, 500])
    receiver.answer = lambda update: web.Response(status=next(failures, 204))
    await bot("setWebhook", url=receiver.url)
    await receiver.wait(5)
    info = await settled(bot)
    assert [update["update_id"] for update in receiver.updates] == [1] * 5
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


def test_repetitions_come_at_once_then_ever_later() -> None:
    """telegram-bot-api WebhookActor.cpp on_update_error: delay_ doubles from the second failure on, up to a random time
    of 60 to 120 s; Retry-After goes first, at most an hour."""
    assert [resend_delay(fails, 0) for fails in range(6)] == [0, 2, 4, 8, 16, 32]
    assert 60 <= resend_delay(30, 0) <= 120
    assert (resend_delay(4, 7), resend_delay(0, 99_999)) == (7, 3600)


async def test_retry_after_is_heeded(bot: Bot, sandbox: Sandbox, ann: Person, receiver: Receiver) -> None:
    """telegram-bot-api WebhookActor.cpp handle: the answer's Retry-After."""
    sandbox.webhook.pace = 0.01
    answers = iter([web.Response(status=503, headers={"Retry-After": "20"})])
    receiver.answer = lambda update: next(answers, web.Response())
    begun = time.monotonic()
    await bot("setWebhook", url=receiver.url)
    await receiver.wait(2)
    assert time.monotonic() - begun >= 0.2


async def test_a_chat_that_fails_holds_up_no_other(
    bot: Bot, telegram: SandboxClient, ann: Person, receiver: Receiver
) -> None:
    """telegram-bot-api WebhookActor.cpp: a queue that waits for its repetition takes no connection."""
    await ann.types("second")
    tom = await telegram.person("Tom")
    await tom.starts()
    receiver.answer = lambda update: web.Response(
        status=500 if update["message"]["chat"]["id"] == ann.id else 200
    )
    await bot("setWebhook", url=receiver.url, max_connections=1)
    info = await info_when(bot, lambda info: info["pending_update_count"] == 2)
    assert info["last_error_message"]
    assert "second" not in receiver.texts


async def test_one_chat_s_updates_come_in_a_row_others_at_once(
    bot: Bot, telegram: SandboxClient, ann: Person, receiver: Receiver
) -> None:
    """telegram-bot-api Client.cpp add_message_update: the webhook queue is the chat's; max_connections queues at once."""
    people = [await telegram.person(f"P{number}") for number in range(4)]
    receiver.delay = 0.05
    for person in people:
        await person.starts()
        await person.types("second")
    await bot("setWebhook", url=receiver.url, max_connections=3)
    await receiver.wait(9)
    assert receiver.busiest == 3
    for person in people:
        own = [
            update["message"]["text"]
            for update in receiver.updates
            if update["message"]["chat"]["id"] == person.id
        ]
        assert own == ["/start", "second"]


async def test_the_webhook_can_be_dropped_with_what_waits(bot: Bot, ann: Person, receiver: Receiver) -> None:
    """core.telegram.org/bots/api#deletewebhook: drop_pending_updates."""
    receiver.answer = lambda update: web.Response(status=500)
    await bot("setWebhook", url=receiver.url, allowed_updates=["message"])
    await receiver.wait(1)
    assert (await bot("getWebhookInfo"))["allowed_updates"] == ["message"]
    assert await bot("deleteWebhook", drop_pending_updates=True) is True
    info = await bot("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("", 0)
    assert await bot("getUpdates") == []


async def test_what_changed_is_described(bot: Bot, receiver: Receiver) -> None:
    """telegram-bot-api Client.cpp process_set_webhook_query, do_set_webhook: descriptions of the answers."""

    async def described(method: str, **params: Any) -> str:
        async with bot.http.post(f"{bot.base}/{method}", json=params) as response:
            return str((await response.json())["description"])

    assert await described("deleteWebhook") == "Webhook is already deleted"
    assert await described("setWebhook", url=receiver.url) == "Webhook was set"
    assert await described("deleteWebhook") == "Webhook was deleted"


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://"}, "invalid webhook URL specified"),
        ({"url": "https://a.b:99999/"}, "invalid webhook URL specified"),
        ({"url": "https://a.b/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://a.b/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_wrong_webhooks_are_refused(bot: Bot, params: Json, error: str) -> None:
    """telegram-bot-api Client.cpp do_set_webhook; WebhookActor.cpp start_up. http is taken for loopback addresses only,
    as a local Bot API server takes it (core.telegram.org/bots/api#using-a-local-bot-api-server)."""
    assert await bot.refusal("setWebhook", **params) == f"Bad Request: {error}"


async def test_two_webhooks_within_a_second_are_too_many(bot: Bot, receiver: Receiver) -> None:
    """telegram-bot-api Client.cpp process_set_webhook_query: next_allowed_set_webhook_time_, 429 with retry_after 1."""
    await bot("setWebhook", url=receiver.url)
    assert await bot.refusal("setWebhook", url=receiver.url) == "Too Many Requests: retry after 1"


async def test_an_update_survives_a_webhook_that_is_down(bot: Bot, ann: Person) -> None:
    """Nothing listens there: the update stays and the error shows."""
    await bot("setWebhook", url="http://127.0.0.1:9/")
    info = await info_when(bot, lambda info: "last_error_message" in info)
    assert info["pending_update_count"] == 1
    await bot("deleteWebhook")
    assert [update["message"]["text"] for update in await bot.updates()] == ["/start"]
