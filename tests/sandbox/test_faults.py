"""Faults on demand and the flood limits."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import aiohttp
import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.errors import ApiError
from sandbox.faults import Faults
from sandbox.flood import Flood
from sandbox.model import Chat
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Refusal


async def seen(ann: Person) -> list[str]:
    await ann.looks()
    return [message["text"] for message in ann.messages if not message["mine"]]


@pytest.mark.parametrize(
    ("kind", "wish", "status", "text"),
    [
        ("429", {"retry_after": 7}, 429, "Too Many Requests: retry after 7"),
        ("500", {}, 500, "Internal Server Error"),
        (
            "error",
            {"code": 403, "description": "Forbidden: user is deactivated"},
            403,
            "Forbidden: user is deactivated",
        ),
    ],
)
async def test_a_refusal_on_demand_has_no_effect(
    bot: Bot, telegram: SandboxClient, ann: Person, kind: str, wish: dict[str, Any], status: int, text: str
) -> None:
    """docs/sandbox.md; 429 as telegram-bot-api Query.cpp set_retry_after_error writes it."""
    await telegram.fault(kind, "sendMessage", **wish)
    with pytest.raises(Refusal) as refused:
        await bot.says(ann, "lost")
    assert (refused.value.status, refused.value.text) == (status, text)
    if kind == "429":
        assert refused.value.parameters == {"retry_after": 7}
    await bot.says(ann, "arrived")
    assert await seen(ann) == ["arrived"]


async def test_429_says_so_in_the_header_too(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """telegram-bot-api HttpConnection.cpp send_response: a Retry-After header."""
    await telegram.fault("429", retry_after=5)
    async with bot.http.post(f"{bot.base}/sendMessage", json={"chat_id": ann.id, "text": "x"}) as response:
        assert response.headers["Retry-After"] == "5"


@pytest.mark.parametrize(("kind", "status"), [("502", 502), ("504", 504)])
async def test_a_proxy_s_error_is_a_page(
    bot: Bot, telegram: SandboxClient, ann: Person, kind: str, status: int
) -> None:
    """A proxy in front of the API answers in HTML, not in JSON."""
    await telegram.fault(kind)
    async with bot.http.post(f"{bot.base}/sendMessage", json={"chat_id": ann.id, "text": "x"}) as response:
        assert (response.status, response.content_type) == (status, "text/html")
    assert await seen(ann) == []


@pytest.mark.parametrize(("kind", "effect"), [("drop_before", []), ("drop_after", ["x"])])
async def test_a_connection_drops_before_or_after_the_effect(
    bot: Bot, telegram: SandboxClient, ann: Person, kind: str, effect: list[str]
) -> None:
    """docs/sandbox.md: drop_before, drop_after."""
    await telegram.fault(kind, "sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.says(ann, "x")
    assert await seen(ann) == effect


@pytest.mark.parametrize(("kind", "effect"), [("timeout_before", []), ("timeout_after", ["x"])])
async def test_an_answer_never_comes_before_or_after_the_effect(
    bot: Bot, telegram: SandboxClient, ann: Person, kind: str, effect: list[str]
) -> None:
    """docs/sandbox.md: timeout_before, timeout_after: no answer for `seconds`."""
    await telegram.fault(kind, "sendMessage", seconds=30)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.says(ann, "x"), 0.1)
    assert await seen(ann) == effect


async def test_a_slow_answer_is_right(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """docs/sandbox.md: slow: the effect at once, the answer later."""
    await telegram.fault("slow", "sendMessage", seconds=0.2)
    sending = asyncio.create_task(bot.says(ann, "x"))
    await ann.waits_for("x", timeout=0.15)
    assert not sending.done()
    assert (await sending)["text"] == "x"


async def test_a_fault_strikes_where_and_how_often_it_should(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: method, chat_id, times, skip; 0 times until it is deleted; polls only when named."""
    tom = await telegram.person("Tom")
    await tom.starts()
    await telegram.fault("500", "sendMessage", chat_id=ann.id, times=2, skip=1)
    results = []
    for person in (tom, ann, ann, ann, ann):
        try:
            await bot.says(person, "x")
            results.append("ok")
        except Refusal:
            results.append("refused")
    assert results == ["ok", "ok", "refused", "refused", "ok"]
    assert await telegram.faults() == []
    fault = await telegram.fault("500", times=0)
    for _ in range(3):
        with pytest.raises(Refusal):
            await bot("getMe")
    assert await bot("getUpdates") is not None
    await telegram.request("DELETE", f"/faults/{fault}")
    assert (await bot("getMe"))["is_bot"] is True
    with pytest.raises(SandboxError, match="no fault of kind"):
        await telegram.fault("earthquake")


async def test_an_update_can_come_twice(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """docs/sandbox.md: update_duplicate: the same id again."""
    await telegram.fault("update_duplicate", update_type="message")
    await bot.updates()
    await ann.types("once")
    first = await bot("getUpdates", offset=bot.offset)
    assert [update["update_id"] for update in first] == [2, 2]
    assert first[0] == first[1]


async def test_an_update_can_come_late_while_others_pass(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: update_delay."""
    await bot.updates()
    await telegram.fault("update_delay", seconds=60)
    await ann.types("late")
    await ann.types("prompt")
    assert [update["message"]["text"] for update in await bot("getUpdates", offset=2)] == ["prompt"]
    waiting = asyncio.create_task(bot("getUpdates", offset=2, timeout=30, allowed_updates=["message"]))
    await telegram.advance(61)
    assert [update["message"]["text"] for update in await waiting] == ["late"]
    assert [
        update["message"]["text"] for update in (await telegram.request("GET", "/updates"))["pending"]
    ] == ["late", "prompt"]


async def test_updates_can_come_in_reverse(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """docs/sandbox.md: update_reorder: the next `count` updates in reverse order."""
    await bot.updates()
    await telegram.fault("update_reorder", count=3)
    for text in ("one", "two"):
        await ann.types(text)
    assert await bot("getUpdates", offset=bot.offset) == []
    await ann.types("three")
    texts = [update["message"]["text"] for update in await bot("getUpdates", offset=0)]
    assert texts == ["three", "two", "one"]


async def test_what_a_removed_fault_held_back_is_delivered(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """A reordering that never filled up loses nothing."""
    await bot.updates()
    await telegram.fault("update_reorder", count=9)
    await ann.types("one")
    await telegram.clear_faults()
    assert [update["message"]["text"] for update in await bot.updates()] == ["one"]


async def test_an_update_can_be_delivered_again_later(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """docs/sandbox.md: /sandbox/updates/{id}/repeat, also after it was confirmed."""
    (start,) = await bot.updates()
    assert await bot("getUpdates", offset=bot.offset) == []
    await telegram.repeat(start["update_id"])
    assert await bot("getUpdates", offset=bot.offset) == [start]
    assert await bot("getUpdates", offset=99) == []
    with pytest.raises(SandboxError, match="404"):
        await telegram.repeat(12345)


def sends(flood: Flood, chat: Chat, times: int) -> int:
    """How many of so many messages pass at once."""
    passed = 0
    for _ in range(times):
        with contextlib.suppress(ApiError):
            flood.check(chat)
            passed += 1
    return passed


def test_a_flood_is_refused_with_the_time_to_wait() -> None:
    """core.telegram.org/bots/api#responseparameters: retry_after, the seconds left to wait."""
    flood = Flood(on=True)
    sends(flood, Chat(1, "private"), 5)
    with pytest.raises(ApiError) as refused:
        flood.check(Chat(1, "private"))
    assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 1})


def test_one_chat_takes_a_short_burst_then_one_a_second() -> None:
    """core.telegram.org/bots/faq: "avoid sending more than one message per second. We may allow short bursts"."""
    assert sends(Flood(on=True), Chat(1, "private"), 20) == 5


def test_all_chats_together_take_30_a_second() -> None:
    """core.telegram.org/bots/faq: bulk notifications, about 30 messages per second."""
    flood = Flood(on=True)
    assert sum(sends(flood, Chat(number, "private"), 1) for number in range(50)) == 30


def test_a_group_takes_20_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """core.telegram.org/bots/faq: "your bot will not be able to send more than 20 messages per minute" to a group."""
    now = 1000.0
    monkeypatch.setattr("sandbox.flood.time.monotonic", lambda: now)
    flood, group = Flood(on=True), Chat(-1, "group")
    passed = 0
    for _ in range(40):
        passed += sends(flood, group, 1)
        now += 1.0
    assert passed == 20


async def test_limits_are_off_until_asked_for(
    bot: Bot, sandbox: Sandbox, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: POST /sandbox/limits."""
    for number in range(10):
        await bot.says(ann, str(number))
    await telegram.request("POST", "/limits", {"flood": True})
    results = await asyncio.gather(
        *(bot.says(ann, str(number)) for number in range(10)), return_exceptions=True
    )
    assert sum(isinstance(result, Refusal) for result in results) == 5
    assert (await telegram.request("GET", "/info"))["flood_limits"] is True


def test_faults_know_their_kinds(sandbox: Sandbox) -> None:
    """A fault's view shows what it waits for."""
    faults = Faults(sandbox.clock)
    faults.add({"kind": "429", "method": "sendMessage"})
    (view,) = faults.shown()
    assert (view["kind"], view["method"], view["left"]) == ("429", "sendmessage", 1)
