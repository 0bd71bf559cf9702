"""Taps on inline buttons and inline queries."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sandbox.callbacks import PERSON_WAITS, Callback
from sandbox.errors import PersonError
from sandbox.model import Json, Message, User
from sandbox.person.routes import Asked, route

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


def find_button(message: Message, asked: Asked) -> Json:
    """The button by row and column, by callback data or by its label."""
    rows = (message.inline_keyboard or {}).get("inline_keyboard", [])
    if "row" in asked:
        row, column = asked.integer("row"), asked.integer("column", 0)
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            found: Json = rows[row][column]
            return found
        raise PersonError(404, f"there is no button at row {row}, column {column}")
    key, wanted = ("callback_data", asked.text("data")) if "data" in asked else ("text", asked.text("label"))
    for button in (button for row in rows for button in row):
        if button.get(key) == wanted:
            return dict(button)
    raise PersonError(404, f"there is no button with {key} {wanted!r}")


def start_payload(bot: str, url: str) -> str | None:
    """The payload of a link that opens this bot, None for other links."""
    parts = urlsplit(url)
    query = parse_qs(parts.query, keep_blank_values=True)
    if (
        parts.scheme == "tg"
        and parts.netloc == "resolve"
        and query.get("domain", [""])[0].lower() == bot.lower()
    ):
        return query.get("start", [""])[0]
    if (
        re.fullmatch(r"(www\.)?(t|telegram)\.me", parts.netloc)
        and parts.path.strip("/").lower() == bot.lower()
    ):
        return query.get("start", [""])[0]
    return None


@route("POST", "/chats/{chat}/messages/{message_id}/tap")
async def tap(asked: Asked) -> Json:
    sandbox, user = asked.sandbox, asked.user()
    stale = asked.flag("stale")
    message = asked.message(deleted=stale)
    if user.id not in sandbox.world.audience(asked.chat()):
        raise PersonError(403, f"{user.first_name} is not in this chat")
    if stale:
        return await _callback(asked, user, message, asked.text("data"))
    button = find_button(message, asked)
    if "callback_data" in button:
        return await _callback(asked, user, message, button["callback_data"])
    if "url" in button:
        return _open(sandbox, user, button["url"], follow=asked.flag("follow"))
    for kind in ("login_url", "web_app"):
        if kind in button:
            return {"kind": kind, "url": button[kind]["url"]}
    if "copy_text" in button:
        return {"kind": "copy_text", "text": button["copy_text"]["text"]}
    if "pay" in button:
        return {"kind": "pay"}
    for name in ("switch_inline_query_current_chat", "switch_inline_query"):
        if name in button:
            return {"kind": "switch_inline", "query": button[name], "here": name.endswith("chat")}
    chosen = button.get("switch_inline_query_chosen_chat", {})
    return {"kind": "switch_inline", "query": chosen.get("query", ""), "here": False}


def _open(sandbox: Sandbox, user: User, url: str, *, follow: bool) -> Json:
    shown: Json = {"kind": "url", "url": url}
    payload = start_payload(sandbox.world.bot.username, url)
    if follow and payload is not None:
        message = sandbox.people.start(user, payload)
        shown["message"] = sandbox.world.views.person_message(message, user.id)
        shown["update_id"] = sandbox.world.updates.last_id
    return shown


async def _callback(asked: Asked, user: User, message: Message, data: str) -> Json:
    callback = asked.sandbox.callbacks.tap(user.id, message, data)
    asked.sandbox.world.store.flush()
    return await _wait(asked, callback)


async def _wait(asked: Asked, callback: Callback) -> Json:
    wait = min(asked.seconds("wait"), PERSON_WAITS)
    if wait and callback.answer is None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await callback.done.wait()
    return asked.sandbox.callbacks.state(callback)


@route("GET", "/callbacks/{id}")
async def callback(asked: Asked) -> Json:
    found = asked.sandbox.callbacks.find(asked.text("id"))
    if found is None:
        raise PersonError(404, "there is no such tap")
    return await _wait(asked, found)
