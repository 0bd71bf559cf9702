"""The only doors to the outside: who may come in, and with how much."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from storage.tables import gateway_events
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.chat.test_webhook import free_port
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LIMIT = 1 << 20
_UPDATE: dict[str, Any] = {
    "update_id": 9_000_000,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 77, "type": "private", "first_name": "Eve"},
        "from": {"id": 77, "is_bot": False, "first_name": "Eve"},
        "text": "dune",
    },
}


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    at = f"127.0.0.1:{free_port()}"
    return await open_shop(
        webhook_url=f"http://{at}",
        webhook_listen=at,
        stripe_secret_key=SecretStr(KEY),
        stripe_webhook_secret=SecretStr(WEBHOOK_SECRET),
    )


async def _raw(shop: Shop, request: bytes, *, wait: float = 5.0) -> bytes:
    """The status line that bytes on the wire are answered with."""
    host, _, port = shop.settings.webhook_listen.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(request)
        async with asyncio.timeout(wait):
            return (await reader.readline()).strip()
    finally:
        writer.close()


def _head(path: str, *lines: bytes) -> bytes:
    return b"\r\n".join([f"POST {path} HTTP/1.1".encode(), b"Host: shop", *lines, b"", b""])


async def test_an_update_with_a_wrong_secret_is_refused_and_does_nothing(shop: Shop) -> None:
    body = json.dumps(_UPDATE).encode()
    for given in (b"", b"guess", b"\xff\xfe", "geheim-ü".encode(), b"a" * 64, b"0" * 5000):
        head = _head("/telegram", _HEADER.encode() + b": " + given, b"Content-Length: %d" % len(body))
        assert b" 403 " in await _raw(shop, head + body), given[:40]
    async with shop.app.unit_of_work.writing() as work:
        assert await work.inbox.claim(shop.app.bot.id, _UPDATE["update_id"], shop.clock.now())


async def test_the_secret_in_another_place_opens_nothing(shop: Shop) -> None:
    secret = shop.app.webhook_secret
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        for path, headers in [
            (f"/telegram?secret_token={secret}", {}),
            (f"/telegram/{secret}", {}),
            ("/telegram", {"Authorization": f"Bearer {secret}"}),
            ("/telegram", {_HEADER: secret.upper()}),
            ("/telegram", {_HEADER: secret[:-1]}),
            ("/telegram", {_HEADER: secret + "0"}),
        ]:
            assert (await http.post(path, json=_UPDATE, headers=headers)).status in (403, 404), path


async def test_an_event_with_a_wrong_signature_is_refused_and_not_kept(shop: Shop) -> None:
    event = {"id": "evt_1", "type": "checkout.session.completed", "data": {"object": {}}}
    late = "t=99999999999,v1=" + "0" * 64
    wrong = [
        "",
        "t=1,v1=00",
        "t=x,v1=y",
        "v1=00",
        "t=,v1=",
        late,
        "t=1,v1=ü",
        "ü",
        ",,,==",
        "t=1,v1=" + "0" * 6000,
    ]
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        for signature in wrong:
            headers = {"Stripe-Signature": signature} if signature else {}
            answer = await http.post("/gateway/stripe", json=event, headers=headers)
            assert answer.status == 400, signature[:40]
    async with shop.app.database.reading() as connection:
        assert (await connection.execute(sa.select(gateway_events))).all() == []


async def test_a_gateway_that_is_not_set_has_no_door(shop: Shop) -> None:
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        for path in (
            "/gateway/telegram-payments",
            "/gateway/",
            "/gateway/stripe/more",
            "/gateway/..%2Ftelegram",
        ):
            assert (await http.post(path, data=b"{}")).status in (400, 403, 404), path


@pytest.mark.parametrize("path", ["/telegram", "/gateway/stripe"])
async def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(shop: Shop, path: str) -> None:
    secret = f"{_HEADER}: {shop.app.webhook_secret}".encode()
    status = await _raw(shop, _head(path, secret, b"Content-Length: 10000000000"))
    assert b" 413 " in status


@pytest.mark.parametrize("path", ["/telegram", "/gateway/stripe"])
async def test_a_body_without_a_length_is_refused_when_too_much_has_come(shop: Shop, path: str) -> None:
    offered = 256 * _LIMIT
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < offered:
            sent += 1 << 16
            yield b"[" * (1 << 16)

    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        try:
            answer = await http.post(path, data=endless(), headers={_HEADER: shop.app.webhook_secret})
            assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # the shop hung up on somebody who was still sending
    # What is in the sockets' buffers was sent, and read by nobody.
    assert sent < offered / 8


@pytest.mark.parametrize("path", ["/telegram", "/gateway/stripe"])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(
    shop: Shop, path: str, coding: str
) -> None:
    packed = (gzip if coding == "gzip" else zlib).compress(b"[" * (64 * _LIMIT))
    assert len(packed) < _LIMIT
    headers = {_HEADER: shop.app.webhook_secret, "Content-Encoding": coding}
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        answer = await http.post(path, data=packed, headers=headers)
        assert answer.status in (400, 413)


_NO_UPDATES = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[" * 500_000,
    b"{}",
    b'{"update_id": null}',
    b'{"update_id": true}',
    b'{"update_id": 1e999}',
    b'{"update_id": "1"}',
    b'{"update_id": 1, "message": 7}',
    b'{"update_id": 2, "callback_query": {"id": "1", "from": null}}',
    b"null",
    b"[]",
    b'"text"',
    b"9" * 10_000,
]


async def test_what_is_no_update_is_answered_and_the_shop_goes_on(shop: Shop) -> None:
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        for body in _NO_UPDATES:
            answer = await http.post("/telegram", data=body, headers={_HEADER: shop.app.webhook_secret})
            assert answer.status in (200, 400), body[:40]
        assert (await http.get("/healthz")).status == 200


async def test_other_methods_and_paths_lead_nowhere(shop: Shop) -> None:
    async with aiohttp.ClientSession(shop.settings.webhook_url) as http:
        for path in ("/", "/../bookstall.db", "/static/", "/telegram/", "/.env"):
            assert (await http.get(path)).status in (404, 405), path
        for path in ("/telegram", "/gateway/stripe"):
            assert (await http.get(path)).status == 405
            assert (await http.put(path, data=b"{}")).status == 405
