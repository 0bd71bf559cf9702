"""What the card gateway tells the shop: signed, repeated until it is taken, and kept over a restart."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from sandbox.card.events import LONGEST_WAIT, pause_after
from sandbox.sandbox import Sandbox
from tests.sandbox.card_shop import CardShop, Ear, listening_ear


@pytest.fixture
async def shop(sandbox: Sandbox) -> AsyncIterator[CardShop]:
    sandbox.card.events.pace = 0.01
    async with aiohttp.ClientSession() as http:
        yield CardShop(sandbox, http)


@pytest.fixture
async def ear(shop: CardShop) -> AsyncIterator[Ear]:
    async with listening_ear() as found:
        assert await shop.at_desk("PUT", "/webhook", {"url": found.url}) == (200, {"url": found.url})
        yield found


def kinds(ear: Ear) -> list[str]:
    return [json.loads(body)["type"] for _, body in ear.heard]


async def test_an_event_says_what_happened_and_shows_the_payment(shop: CardShop, ear: Ear) -> None:
    made = await shop.opens()
    await shop.pays(made)
    await ear.hears(1)
    event = json.loads(ear.heard[0][1])
    assert event["id"].startswith("evt_")
    assert event["type"] == "payment.paid"
    assert event["created"] == pytest.approx(shop.sandbox.clock.unix(), abs=5)
    shown = await shop.finds(made)
    assert event["payment"] == {key: value for key, value in shown.items() if key != "url"}


async def test_an_event_is_signed_with_the_second_and_the_body(shop: CardShop, ear: Ear) -> None:
    await shop.pays(await shop.opens())
    await ear.hears(1)
    signature, body = ear.heard[0]
    parts = dict(part.split("=") for part in signature.split(","))
    assert abs(int(parts["t"]) - time.time()) < 5
    secret = shop.sandbox.settings.card_webhook_secret.encode()
    assert parts["v1"] == hmac.new(secret, f"{parts['t']}.{body}".encode(), hashlib.sha256).hexdigest()


async def test_each_change_is_told_in_its_order(shop: CardShop, ear: Ear) -> None:
    made, other = await shop.opens("a"), await shop.opens("b")
    await shop.pays(made, "0002")
    await ear.hears(1)
    await shop.pays(made)
    await ear.hears(2)
    await shop.refunds(made, 90, key="r")
    await ear.hears(3)
    await shop.does("POST", f"/payments/{other['id']}/cancel")
    await ear.hears(4)
    assert kinds(ear) == ["payment.declined", "payment.paid", "payment.refunded", "payment.cancelled"]
    assert json.loads(ear.heard[2][1])["payment"]["amount_refunded"] == 90


async def test_a_bank_that_answers_late_and_a_link_that_ends_are_told_by_themselves(
    shop: CardShop, ear: Ear
) -> None:
    late = await shop.opens("a")
    await shop.opens("b", expires_at=shop.sandbox.clock.unix() + 5)
    await shop.pays(late, "0119")
    shop.sandbox.clock.advance(30)
    await ear.hears(2)
    assert sorted(kinds(ear)) == ["payment.cancelled", "payment.paid"]


async def test_a_card_that_tells_twice_sends_the_same_event_twice(shop: CardShop, ear: Ear) -> None:
    await shop.pays(await shop.opens(), "0259")
    await ear.hears(2)
    first, second = (body for _, body in ear.heard)
    assert first == second


async def test_a_card_that_never_tells_is_found_by_asking_and_told_when_somebody_says_so(
    shop: CardShop, ear: Ear
) -> None:
    made = await shop.opens()
    await shop.pays(made, "0341")
    assert (await shop.finds(made))["state"] == "paid"
    assert await shop.at_desk("GET", "/events") == (200, {"events": []})
    await shop.at_desk("POST", f"/payments/{made['id']}/tell")
    await ear.hears(1)
    assert kinds(ear) == ["payment.paid"]


async def test_an_event_comes_again_until_it_is_taken(shop: CardShop, ear: Ear) -> None:
    ear.answers = [503, 400, 302]
    await shop.pays(await shop.opens())
    await ear.hears(4)
    assert len({body for _, body in ear.heard}) == 1
    assert await shop.told(1) == [(4, True)]


async def test_one_event_that_is_not_taken_holds_up_no_other(shop: CardShop, ear: Ear) -> None:
    shop.sandbox.card.events.pace = 100.0
    ear.answers = [500]
    await shop.pays(await shop.opens("a"))
    await ear.hears(1)
    await shop.pays(await shop.opens("b"))
    await ear.hears(2)
    assert await shop.told(1) == [(1, False), (1, True)]


def test_the_pauses_grow_to_a_minute_and_no_further() -> None:
    assert [pause_after(tries) for tries in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert pause_after(100_000) == LONGEST_WAIT


async def test_events_wait_until_there_is_an_address(shop: CardShop) -> None:
    await shop.pays(await shop.opens())
    async with listening_ear() as ear:
        await shop.at_desk("PUT", "/webhook", {"url": ear.url})
        await ear.hears(1)


async def test_a_restart_forgets_no_payment_no_key_and_no_event(tmp_path: Path) -> None:
    async with Sandbox.running(state=tmp_path, smtp_port=-1) as sandbox, aiohttp.ClientSession() as http:
        shop = CardShop(sandbox, http)
        made = [await shop.opens(reference) for reference in "cab"]
        await shop.pays(made[0], "0259")
        await shop.refunds(made[0], 90, key="r")
        await shop.pays(made[1], "0119")
        await shop.pays(made[2], "0341")
        before = (await shop.does("GET", "/payments"))["data"]
    async with (
        Sandbox.running(state=tmp_path, smtp_port=-1) as sandbox,
        aiohttp.ClientSession() as http,
        listening_ear() as ear,
    ):
        shop = CardShop(sandbox, http)
        after = (await shop.does("GET", "/payments"))["data"]
        assert [{**one, "url": ""} for one in after] == [{**one, "url": ""} for one in before]
        assert (await shop.opens("c"))["id"] == made[0]["id"]
        assert (await shop.refunds(made[0], 90, key="r"))["id"] == before[0]["refunds"][0]["id"]
        sandbox.clock.advance(25)
        assert (await shop.finds(made[1]))["state"] == "paid"
        await shop.at_desk("PUT", "/webhook", {"url": ear.url})
        await ear.hears(5)
        assert kinds(ear) == ["payment.paid"] * 2 + ["payment.refunded"] * 2 + ["payment.paid"]


async def test_after_a_restart_only_what_was_not_taken_comes_again(tmp_path: Path) -> None:
    async with (
        Sandbox.running(state=tmp_path, smtp_port=-1) as sandbox,
        aiohttp.ClientSession() as http,
        listening_ear() as ear,
    ):
        sandbox.card.events.pace = 100.0
        shop = CardShop(sandbox, http)
        ear.answers = [200, 500]
        await shop.at_desk("PUT", "/webhook", {"url": ear.url})
        await shop.pays(await shop.opens(), "0259")
        await ear.hears(2)
    async with listening_ear() as ear, Sandbox.running(state=tmp_path, smtp_port=-1) as sandbox:
        sandbox.card.events.to(ear.url)
        await ear.hears(1)
        assert len(sandbox.card.events.all) == 1
