"""Pictures from elsewhere: link previews, and what stands beside an inline result. Telegram fetches them, people get its copy."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from PIL import Image

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json
from tests.sandbox.test_inline import article, asked


class Site:
    """A place on the web; ``gets`` counts what was asked of it."""

    def __init__(self) -> None:
        self.gets: list[str] = []
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.gets.append(request.path)
        if request.path == "/cover.jpg":
            return web.Response(body=jpeg(600, 900), content_type="image/jpeg")
        if request.path == "/broken.jpg":
            return web.Response(body=b"\xff\xd8\xff and no more", content_type="image/jpeg")
        if request.path == "/large.jpg":
            return web.Response(body=jpeg(20, 20) + bytes(5 << 20), content_type="image/jpeg")
        if request.path == "/page.html":
            return web.Response(text="<title>A page</title>", content_type="text/html")
        return web.Response(status=404)


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    opened, app = Site(), web.Application()
    app.router.add_get("/{path:.*}", opened.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield opened
    await runner.cleanup()


async def newest(person: Person) -> Json:
    await person.looks()
    return person.messages[-1]


async def offered(bot: Bot, ann: Person, *results: Json) -> Json:
    """The answer that Ann gets to an inline query."""
    asking = asyncio.create_task(ann.asks_inline("x"))
    await bot("answerInlineQuery", inline_query_id=(await asked(bot))["id"], results=list(results))
    return await asking


async def test_a_picture_that_the_options_name_is_shown(bot: Bot, ann: Person, site: Site) -> None:
    """core.telegram.org/bots/api#linkpreviewoptions: url, show_above_text."""
    options = {"url": f"{site.address}/cover.jpg", "show_above_text": True, "prefer_large_media": True}
    sent = await bot.says(ann, "Emma", link_preview_options=options)
    assert sent["link_preview_options"] == options
    assert "link_preview" not in sent
    preview = (await newest(ann))["link_preview"]
    assert (preview["url"], preview["show_above_text"]) == (options["url"], True)
    largest = preview["photo"][-1]
    assert (largest["width"], largest["height"]) == (600, 900)
    async with aiohttp.ClientSession(bot.sandbox.url) as http, http.get(largest["url"]) as picture:
        assert Image.open(io.BytesIO(await picture.read())).size == (600, 900)


async def test_it_is_telegrams_own_copy_and_stays(
    bot: Bot, telegram: SandboxClient, ann: Person, site: Site
) -> None:
    """github.com/tdlib/telegram-bot-api/issues/559: what an address brought is kept for long."""
    options = {"url": f"{site.address}/cover.jpg"}
    await bot.says(ann, "once", link_preview_options=options)
    await bot.says(ann, "twice", link_preview_options=options)
    assert site.gets == ["/cover.jpg"]
    assert (await newest(ann))["link_preview"]


async def test_it_is_there_after_a_restart(tmp_path: Path, site: Site) -> None:
    async def says(sandbox: Sandbox) -> Json:
        async with aiohttp.ClientSession() as http, SandboxClient(sandbox.url) as telegram:
            ann = await telegram.person("Ann", id=7)
            await ann.starts()
            options = {"url": f"{site.address}/cover.jpg"}
            await Bot(sandbox, http).says(ann, "Emma", link_preview_options=options)
            return await newest(ann)

    async with Sandbox.running(state=tmp_path) as sandbox:
        first = await says(sandbox)
    async with Sandbox.running(state=tmp_path) as sandbox:
        again = await says(sandbox)
    assert first["link_preview"] == again["link_preview"]
    assert site.gets == ["/cover.jpg"]


@pytest.mark.parametrize("path", ["/none.jpg", "/page.html", "/broken.jpg", "/large.jpg"])
async def test_an_address_that_brings_no_picture_is_no_error(
    bot: Bot, ann: Person, site: Site, path: str
) -> None:
    await bot.says(ann, "Emma", link_preview_options={"url": site.address + path})
    assert "link_preview" not in await newest(ann)


async def test_what_is_disabled_is_not_even_looked_at_and_an_edit_takes_it_away(
    bot: Bot, ann: Person, site: Site
) -> None:
    options: Json = {"url": f"{site.address}/cover.jpg", "is_disabled": True}
    sent = await bot.says(ann, "Emma", link_preview_options=options)
    assert site.gets == []
    place = {"chat_id": ann.chat, "message_id": sent["message_id"]}
    await bot("editMessageText", **place, text="Emma", link_preview_options=options | {"is_disabled": False})
    assert (await newest(ann))["link_preview"]
    await bot("editMessageText", **place, text="Emma, edited")
    assert "link_preview" not in await newest(ann)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"is_disabled": 1}, 'field "is_disabled" must be of type Boolean'),
        ({"show_above_text": "yes"}, 'field "show_above_text" must be of type Boolean'),
        ({"url": 7}, 'field "url" must be of type String'),
    ],
)
async def test_options_of_another_type_are_refused(bot: Bot, ann: Person, options: Any, error: str) -> None:
    """telegram-bot-api Client.cpp get_link_preview_options; in an inline result, get_input_message_content."""
    assert await bot.refusal("sendMessage", chat_id=ann.id, text="x", link_preview_options=options) == (
        f"Bad Request: {error}"
    )
    content = {"message_text": "x", "link_preview_options": options}
    refusal = await bot.refusal(
        "answerInlineQuery", inline_query_id="1", results=[article(input_message_content=content)]
    )
    assert refusal.lower() == f"bad request: can't parse inline query result: {error.lower()}"


async def test_options_that_are_no_object_are_refused_in_each_places_words(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp get_link_preview_options, get_input_message_content (extract_required_field)."""
    assert await bot.refusal("sendMessage", chat_id=ann.id, text="x", link_preview_options="[]") == (
        "Bad Request: object expected as link preview options"
    )
    content = {"message_text": "x", "link_preview_options": []}
    assert await bot.refusal(
        "answerInlineQuery", inline_query_id="1", results=[article(input_message_content=content)]
    ) == (
        'Bad Request: can\'t parse inline query result: Field "link_preview_options" must be of type Object'
    )


async def test_a_chosen_result_shows_the_picture_that_its_options_name(
    bot: Bot, ann: Person, site: Site
) -> None:
    options = {"url": f"{site.address}/cover.jpg", "show_above_text": True}
    content = {"message_text": "Emma", "link_preview_options": options}
    answer = await offered(bot, ann, article(input_message_content=content))
    assert site.gets == []
    sent = await ann.chooses(answer, "1")
    assert (sent["text"], sent["link_preview"]["show_above_text"]) == ("Emma", True)


async def test_the_picture_beside_a_result_comes_from_telegram(bot: Bot, ann: Person, site: Site) -> None:
    """td InlineQueriesManager.cpp: a thumbnail is an inputWebDocument, which the server fetches."""
    results = [
        article(1, thumbnail_url=f"{site.address}/cover.jpg"),
        article(2, thumbnail_url=f"{site.address}/page.html"),
        article(3),
    ]
    answer = await offered(bot, ann, *results)
    async with aiohttp.ClientSession(bot.sandbox.url) as http:
        for result_id, status in (("1", 200), ("2", 404), ("3", 404), ("4", 404)):
            path = f"/sandbox/inline/{answer['id']}/thumbnail?result_id={result_id}"
            async with http.get(path) as picture:
                assert picture.status == status
                assert (picture.content_type == "image/jpeg") is (status == 200)


@pytest.mark.parametrize(
    "address", ["nowhere", "ftp://example.org/a.jpg", "http://", "https://books/7.jpg", 7]
)
async def test_one_picture_at_no_address_refuses_the_whole_answer(bot: Bot, address: Any) -> None:
    """core.telegram.org/method/messages.setInlineBotResults: WEBDOCUMENT_URL_INVALID."""
    results = [article(1), article(2, thumbnail_url=address)]
    refusal = await bot.refusal("answerInlineQuery", inline_query_id="1", results=results)
    assert refusal == "Bad Request: WEBDOCUMENT_URL_INVALID"
