"""The same shop behind a webhook: Telegram comes to it."""

from __future__ import annotations

import io
import socket

import aiohttp
import pytest

from domain.errors import PassingFailure
from storage.unit_of_work import SqlUnitOfWork
from tests.chat.conftest import OpenShop


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_updates_come_by_webhook_and_are_answered(open_shop: OpenShop) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_url=f"http://{at}", webhook_listen=at)
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    ann.sees("Science fiction")
    info = await shop.app.bot.get_webhook_info()
    assert info.url == f"http://{at}/telegram"


async def test_strangers_and_oversized_bodies_are_refused(open_shop: OpenShop) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_url=f"http://{at}", webhook_listen=at)
    secret = {"X-Telegram-Bot-Api-Secret-Token": shop.app.webhook_secret}
    async with aiohttp.ClientSession(f"http://{at}") as http:
        forged = {"update_id": 1, "message": {"text": "hello"}}
        assert (await http.post("/telegram", json=forged)).status == 403
        wrong = {"X-Telegram-Bot-Api-Secret-Token": "guess"}
        assert (await http.post("/telegram", json=forged, headers=wrong)).status == 403
        assert (await http.post("/telegram", data=io.BytesIO(b"{" * 2_000_000), headers=secret)).status == 413
        assert (await http.post("/telegram", data=b"{", headers=secret)).status == 400
        # One that cannot be read is done with: Telegram would send it for ever.
        assert (await http.post("/telegram", json=forged, headers=secret)).status == 200
        assert (await http.post("/gateway/nobody", data=b"{}")).status == 404
        assert (await http.get("/healthz")).status == 200


async def test_a_shop_goes_from_webhook_to_polling_and_back(open_shop: OpenShop) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_url=f"http://{at}", webhook_listen=at)
    ann = await shop.person("Ann")
    await shop.restart(webhook_url="")
    await ann.types("dune")
    ann.sees("Frank Herbert")
    await shop.restart(webhook_url=f"http://{at}")
    await ann.types("emma")
    ann.sees("Jane Austen")


async def test_a_shop_whose_database_is_away_is_not_well(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = await open_shop(webhook_listen="127.0.0.1:0")

    def away(self: SqlUnitOfWork) -> None:
        raise PassingFailure("database: away")

    async with aiohttp.ClientSession(shop.app.address) as http:
        assert (await http.get("/healthz")).status == 200
        monkeypatch.setattr(SqlUnitOfWork, "reading", away)
        assert (await http.get("/healthz")).status == 503
        monkeypatch.undo()
        assert (await http.get("/healthz")).status == 200
