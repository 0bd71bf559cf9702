"""Inline queries: ask, read the results, choose one."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

from sandbox.errors import PersonError
from sandbox.files import picture_type
from sandbox.inline import FILE_TYPES, InlineQuery, result_content
from sandbox.inputs import document_input, photo_input
from sandbox.markup import markup_of
from sandbox.model import Json
from sandbox.params import Args
from sandbox.person.routes import Asked, route
from sandbox.previews import remote_picture
from sandbox.text import caption, caption_fields


async def _shown(asked: Asked, query: InlineQuery) -> Json:
    asked.sandbox.world.store.flush()
    if (wait := asked.seconds("wait")) and query.results is None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await query.done.wait()
    return asked.sandbox.inline.state(query)


@route("POST", "/inline")
async def ask(asked: Asked) -> Json:
    chat = asked.chat() if "chat" in asked else None
    query = asked.sandbox.inline.ask(asked.user(), asked.text("query"), asked.text("offset"), chat)
    return await _shown(asked, query)


@route("GET", "/inline/{id}")
async def read(asked: Asked) -> Json:
    return await _shown(asked, asked.sandbox.inline.find(asked.text("id")))


@route("POST", "/inline/{id}/choose")
async def choose(asked: Asked) -> Json:
    sandbox = asked.sandbox
    query, wanted = sandbox.inline.find(asked.text("id")), asked.text("result_id")
    result = _result(query, wanted)
    markup = markup_of(result["reply_markup"]) if result.get("reply_markup") else None
    content = result_content(result) or await _file_content(asked, result)
    await sandbox.world.previews.look(sandbox, content)
    message = sandbox.inline.send(query, wanted, asked.chat(), content, markup)
    return sandbox.world.views.person_message(message, query.user)


@route("GET", "/inline/{id}/thumbnail")
async def thumbnail(asked: Asked) -> web.Response:
    """The picture beside a result. People get it from Telegram, who fetched it, and never from where the bot has it."""
    result = _result(asked.sandbox.inline.find(asked.text("id")), asked.text("result_id"))
    data = await remote_picture(
        asked.sandbox, str(result.get("thumbnail_url") or result.get("photo_url") or "")
    )
    if data is None:
        raise PersonError(404, "there is no picture at that address")
    headers = {"Cache-Control": "max-age=86400", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=data, content_type=picture_type(data), headers=headers)


def _result(query: InlineQuery, wanted: str) -> Json:
    for one in query.results or []:
        if str(one["id"]) == wanted:
            return one
    raise PersonError(404, f"there is no result {wanted!r}")


async def _file_content(asked: Asked, result: Json) -> Json:
    kind = str(result["type"]).lower()
    assert kind in FILE_TYPES
    read_file = photo_input if kind == "photo" else document_input
    source = str(result.get(f"{kind}_url") or result.get(f"{kind}_file_id"))
    text = caption(
        str(result.get("caption", "")), str(result.get("parse_mode", "")), result.get("caption_entities")
    )
    return {**await read_file(asked.sandbox, Args({}), kind, source), **caption_fields(*text)}
