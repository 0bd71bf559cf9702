"""An HTTP server while it is wanted, or one clear line why there is none."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.listening import listening
from bot.settings import SettingsError


@pytest.fixture
def app() -> web.Application:
    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="hello")

    found = web.Application()
    found.router.add_get("/", hello)
    return found


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


async def test_port_0_is_a_free_one_and_the_address_says_which(
    app: web.Application, http: aiohttp.ClientSession
) -> None:
    async with listening(app, "127.0.0.1:0") as address:
        assert address.startswith("http://127.0.0.1:")
        assert not address.endswith(":0")
        assert await (await http.get(address)).text() == "hello"
    with pytest.raises(aiohttp.ClientConnectorError):
        await http.get(address)


async def test_an_ipv6_address_is_written_in_brackets(
    app: web.Application, http: aiohttp.ClientSession
) -> None:
    if not has_ipv6():
        with pytest.raises(SettingsError, match=r"cannot listen at \[::1\]:0"):
            async with listening(app, "[::1]:0"):
                pass
        return
    async with listening(app, "[::1]:0") as address:
        assert address.startswith("http://[::1]:")
        assert await (await http.get(address)).text() == "hello"


async def test_a_taken_port_is_one_clear_line(app: web.Application) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError) as refused:
            async with listening(app, at):
                pass
    assert (
        str(refused.value)
        == f"BOOKSTALL_WEBHOOK_LISTEN: cannot listen at {at}: {os.strerror(errno.EADDRINUSE)}"
    )


@pytest.mark.parametrize("at", ["192.0.2.1:0", "no-such-host.invalid:8080"])
async def test_an_address_that_is_not_this_machines_is_one_clear_line(app: web.Application, at: str) -> None:
    with pytest.raises(SettingsError, match=rf"^BOOKSTALL_WEBHOOK_LISTEN: cannot listen at {at}: .+$"):
        async with listening(app, at):
            pass


async def test_the_port_is_free_again_afterwards(app: web.Application) -> None:
    async with listening(app, "127.0.0.1:0") as address:
        at = address.removeprefix("http://")
    async with listening(web.Application(), at) as again:
        assert again == address
