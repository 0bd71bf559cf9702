"""Covers as they are served: to Telegram, to whoever has one already, and to whoever asks for what there is not."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, cast

import aiohttp
import pytest
from PIL import Image

from bot import covers as covers_module
from bot.covers import Covers
from bot.listening import listening
from bot.screen import Cover
from bot.web import application
from catalogue.covers import cover_jpeg
from catalogue.thumbnails import SIDE, square_thumbnail
from domain.book import Book
from domain.ports.unit_of_work import UnitOfWork
from tests.bot.bookcase import Bookcase, book, name_of, shown

Serve = Callable[[Covers], Awaitable[aiohttp.ClientSession]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves these covers, and nothing else that would be of use, on a free port."""
    async with AsyncExitStack() as stack:

        async def serving(covers: Covers) -> aiohttp.ClientSession:
            async def yes() -> bool:
                return True

            async def nothing() -> str:
                return ""

            app = application(
                bot=cast("Any", None),
                intake=None,
                secret="",
                ready=yes,
                metrics=nothing,
                gateways={},
                covers=covers,
            )
            address = await stack.enter_async_context(listening(app, "127.0.0.1:0"))
            return await stack.enter_async_context(aiohttp.ClientSession(address))

        yield serving


async def test_a_cover_comes_as_a_jpeg_that_may_be_kept_for_ever(serve: Serve) -> None:
    case = Bookcase(book())
    http = await serve(Covers(cast("UnitOfWork", case), _real, square_thumbnail))
    async with http.get(f"/covers/{name_of(book())}") as whole:
        assert (whole.status, whole.content_type) == (200, "image/jpeg")
        assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert whole.headers["X-Content-Type-Options"] == "nosniff"
        assert not {"Set-Cookie", "Server-Timing"} & set(whole.headers)
        data = await whole.read()
    assert Image.open(io.BytesIO(data)).size == (600, 900)
    async with http.get(f"/covers/{name_of(book(), square=True)}") as small:
        data = await small.read()
    assert (Image.open(io.BytesIO(data)).size, Image.open(io.BytesIO(data)).format) == ((SIDE, SIDE), "JPEG")
    assert len(data) < 40_000


def _real(cover: Cover) -> bytes:
    return cover_jpeg(cover.title, cover.authors, key=str(cover.book_id))


async def test_head_tells_the_same_without_the_picture_and_nothing_else_is_answered(serve: Serve) -> None:
    covers, _, _ = shown(book())
    http = await serve(covers)
    path = f"/covers/{name_of(book())}"
    async with http.head(path) as head, http.get(path) as got:
        assert head.status == 200
        for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
            assert head.headers[name] == got.headers[name]
        assert await head.read() == b""
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        async with http.request(method, path) as refused:
            assert refused.status == 405


async def test_who_has_it_already_is_told_so_without_a_drawing_or_a_look_at_the_books(serve: Serve) -> None:
    covers, case, press = shown(book())
    http = await serve(covers)
    path, tag = f"/covers/{name_of(book())}", f'"{name_of(book())}"'
    for given in (tag, f'"other", W/{tag}'):
        async with http.get(path, headers={"If-None-Match": given}) as answer:
            assert (answer.status, answer.headers["ETag"], await answer.read()) == (304, tag, b"")
    assert (case.asked, press.drawn) == (0, [])
    async with http.get(path, headers={"If-None-Match": '"other"'}) as answer:
        assert answer.status == 200


async def test_an_earlier_name_leads_to_the_present_one(serve: Serve) -> None:
    covers, _, _ = shown(book(title="Emma, revised"))
    http = await serve(covers)
    async with http.get(f"/covers/{name_of(book())}", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, str(name_of(book(title="Emma, revised"))))
        assert "immutable" not in answer.headers["Cache-Control"]
    async with http.get(f"/covers/{name_of(book(), square=True)}") as followed:
        assert await followed.read() == b"small Emma, revised"


@pytest.mark.parametrize(
    "path",
    [
        "/covers", "/covers/", "/covers/8-0123456789ab.jpg", "/covers/7", "/covers/../healthz", "/covers/7-0123456789ab.jpg/x",
        "/covers/%2e%2e%2fetc", "/covers/7%00-0123456789ab.jpg",
        "/covers/9999999999999999999-0123456789ab.jpg", "/covers/" + "7" * 5000,
    ],
)  # fmt: skip
async def test_what_there_is_not_is_not_there(serve: Serve, path: str) -> None:
    covers, _, press = shown(book())
    http = await serve(covers)
    async with http.get(path) as answer:
        assert answer.status in (404, 400) or path.endswith("healthz")
    assert press.drawn == []


async def test_a_crowd_or_books_that_cannot_be_read_are_asked_to_come_again(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covers_module, "_WAITING", 0)
    covers, case, _ = shown(book())
    http = await serve(covers)
    for away in (False, True):
        case.away = away
        async with http.get(f"/covers/{name_of(book())}") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
            assert "Cache-Control" not in answer.headers


async def test_a_hundred_at_once_are_all_served(serve: Serve) -> None:
    shelf = [book(number, f"Emma {number}") for number in range(1, 51)]
    covers, _, press = shown(*shelf)
    http = await serve(covers)

    async def fetch(one: Book) -> bytes:
        async with http.get(f"/covers/{name_of(one, square=True)}") as answer:
            assert answer.status == 200
            return await answer.read()

    found = await asyncio.gather(*(fetch(one) for one in (*shelf, *shelf)))
    assert len(set(found)) == 50
    assert sorted(press.drawn) == sorted(one.title for one in shelf)
