"""What an operator's machines see of a shop over HTTP: health, metrics, and who may tell it something."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import building
from bot.settings import SettingsError
from domain.errors import PassingFailure
from sandbox.card.client import CardClient
from sandbox.card.events import SIGNATURE, signature
from storage.unit_of_work import SqlLook, SqlUnitOfWork
from tests.chat.buying import at_summary
from tests.chat.conftest import OpenShop
from tests.chat.shop import PASSWORD, Shop
from tests.chat.test_webhook import free_port

Samples = dict[tuple[str, ...], float]


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    """A shop that polls, and listens all the same."""
    return await open_shop(webhook_listen="127.0.0.1:0")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def scraped(shop: Shop, http: aiohttp.ClientSession) -> dict[str, Samples]:
    """By family, the values by their labels."""
    async with http.get(f"{shop.app.address}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        text = await answer.text()
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(text)
    }


async def test_metrics_count_what_people_did(shop: Shop, http: aiohttp.ClientSession) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Science fiction")
    await ann.types("dune")
    found = await scraped(shop, http)
    assert found["bookstall_turns"] == {
        ("Command", "done"): 1,
        ("Press", "done"): 2,
        ("Text", "done"): 1,
    }
    assert found["bookstall_telegram_calls"]["answercallbackquery", "200"] == 2
    assert found["bookstall_up"] == {("database",): 1, ("telegram",): 1}
    assert found["bookstall_updates_under_way"] == {(): 0}
    assert found["bookstall_screens_unshown"] == {(): 0}
    assert found["process_resident_memory_bytes"][()] > 10_000_000
    jobs = {job for job, outcome in found["bookstall_job_runs"] if outcome == "done"}
    assert jobs == {job.name for job in shop.app.jobs}


async def test_orders_and_what_they_hold_are_there(shop: Shop, http: aiohttp.ClientSession) -> None:
    ann = await at_summary(shop, "Ann", "dune messiah")
    await ann.taps("Reserve")
    found = await scraped(shop, http)
    assert found["bookstall_orders"]["reserved",] == 1
    assert (found["bookstall_held_orders"], found["bookstall_held_copies"]) == ({(): 1}, {(): 1})
    # The staff's card waits, as no group is linked.
    assert found["bookstall_outbox_waiting"][()] >= 1


async def test_nothing_of_a_person_and_no_secret_is_told(
    open_shop: OpenShop, http: aiohttp.ClientSession
) -> None:
    shop = await open_shop(card=True)
    ann = await at_summary(shop, "Annabel", "dune")
    await ann.taps("by card, online")
    async with http.get(f"{shop.app.address}/metrics") as answer:
        text = await answer.text()
    settings = shop.settings
    secrets = [
        secret.get_secret_value()
        for secret in (settings.token, settings.secret, settings.card_key, settings.card_webhook_secret)
    ]
    told = [*secrets, settings.token.get_secret_value().split(":")[1], shop.app.webhook_secret, PASSWORD]
    assert not [word for word in (*told, "Annabel", "annabel", "Dune") if word in text]
    # As a number of its own: the digits of seconds may be anything.
    assert not re.search(rf"(?<![\d.]){ann.id}(?![\d.])", text)


async def test_a_shop_that_polls_takes_gateways_events_and_no_updates(
    open_shop: OpenShop, http: aiohttp.ClientSession
) -> None:
    shop = await open_shop(card=True)
    card = CardClient(shop.telegram)
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("by card, online")
    await card.pays()
    body = json.dumps((await card.events())[0]["body"])
    secret = {"X-Telegram-Bot-Api-Secret-Token": shop.app.webhook_secret}
    update = {"update_id": 10**6, "message": {}}
    assert (await http.post(f"{shop.app.address}/telegram", json=update, headers=secret)).status == 404
    at = f"{shop.app.address}/gateway/sandbox_card"
    assert (await http.get(at)).status == 405
    assert (await http.post(at, data=body)).status == 400
    forged = {SIGNATURE: signature("another secret", body, int(time.time()))}
    assert (await http.post(at, data=body, headers=forged)).status == 400
    ann.does_not_see("Paid: order B-")
    signed = {
        SIGNATURE: signature(shop.settings.card_webhook_secret.get_secret_value(), body, int(time.time()))
    }
    assert (await http.post(at, data=body, headers=signed)).status == 200
    assert (await http.post(at, data=body, headers=signed)).status == 200
    await ann.waits_for("Paid: order B-")
    assert ann.transcript().count("Paid: order") == 1
    assert (await http.post(f"{shop.app.address}/gateway/nobody", data=body)).status == 404


class _Away(SqlUnitOfWork):
    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlLook]:
        raise PassingFailure("database: OSError")
        yield


async def test_health_says_whether_turns_can_be_taken(shop: Shop, http: aiohttp.ClientSession) -> None:
    assert (await http.get(f"{shop.app.address}/healthz")).status == 200
    kept = shop.app.unit_of_work
    shop.app.unit_of_work = _Away(shop.app.database)
    assert (await http.get(f"{shop.app.address}/healthz")).status == 503
    shop.app.unit_of_work = kept
    assert (await http.get(f"{shop.app.address}/healthz")).status == 200


async def test_a_shop_behind_a_webhook_is_watched_as_well(
    open_shop: OpenShop, http: aiohttp.ClientSession
) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_url=f"http://{at}", webhook_listen=at)
    ann = await shop.person("Ann")
    await ann.starts()
    assert (await http.get(f"http://{at}/healthz")).status == 200
    assert (await scraped(shop, http))["bookstall_turns"] == {("Command", "done"): 1}


async def test_a_shop_that_is_told_no_address_listens_nowhere(open_shop: OpenShop) -> None:
    shop = await open_shop()
    assert shop.app.address == ""


async def test_a_taken_port_ends_the_start_with_one_clear_line(shop: Shop) -> None:
    await shop.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        async with building(shop.settings.model_copy(update={"webhook_listen": at})) as app:
            with pytest.raises(SettingsError, match=f"^BOOKSTALL_WEBHOOK_LISTEN: cannot listen at {at}: .+$"):
                await app.run(asyncio.Event())
    await shop.start()
    ann = await shop.person("Ann")
    await ann.starts()
    ann.sees("welcome")
