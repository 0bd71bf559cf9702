"""What people can look at: the bot, users, chats, transcripts, files."""

from __future__ import annotations

import time
from urllib.parse import quote

from aiohttp import web

from sandbox.commands import commands_for, menu_button_for
from sandbox.errors import PersonError
from sandbox.model import Chat, Json, User
from sandbox.person.routes import Asked, route
from sandbox.reading import shown_text
from sandbox.sticker import sticker_picture
from sandbox.world import World


def keyboard_of(chat: Chat, user: int) -> Json | None:
    """The reply keyboard that shows for a person now."""
    shown = chat.keyboards.get(user)
    return shown["markup"] if shown else None


def chat_view(world: World, chat: Chat, user: User | None) -> Json:
    """A chat as a person sees it, in docs/sandbox.md's shape."""
    shown = world.views.group(chat)
    if chat.type == "private":
        user = world.users[chat.id]
    if user is not None:
        shown["keyboard"] = keyboard_of(chat, user.id)
        shown["commands"] = commands_for(world, chat, user)
        shown["menu_button"] = menu_button_for(world, chat)
    return shown


@route("GET", "/info")
def info(asked: Asked) -> Json:
    sandbox, world = asked.sandbox, asked.sandbox.world
    smtp = None
    if sandbox.smtp_address:
        host, _, port = sandbox.smtp_address.rpartition(":")
        smtp = {"host": host, "port": int(port)}
    return {
        "bot": world.bot.view(),
        "now": world.clock.now(),
        "token": sandbox.token,
        "smtp": smtp,
        "flood_limits": sandbox.flood.on,
        "menu_button": world.profile.get("menu_button", {"type": "commands"}),
        "description": world.profile.get("descriptions", {}).get("", ""),
        "short_description": world.profile.get("short_descriptions", {}).get("", ""),
        "last_event": world.events.last,
    }


@route("GET", "/users")
def users(asked: Asked) -> Json:
    world = asked.sandbox.world
    return {"users": [world.views.person(user) for user in world.users.values() if not user.is_bot]}


@route("GET", "/users/{user}")
def one_user(asked: Asked) -> Json:
    return asked.sandbox.world.views.person(asked.user())


@route("GET", "/users/{user}/chats")
def chats_of(asked: Asked) -> Json:
    world, user = asked.sandbox.world, asked.user()
    world.private_chat(user.id)
    listed = []
    for chat in world.chats.values():
        if chat.migrated_to or user.id not in world.audience(chat):
            continue
        there = [message for message in world.messages.get(chat.id, {}).values() if not message.deleted]
        last = there[-1] if there else None
        shown = chat_view(world, chat, user)
        shown["last_message"] = world.views.person_message(last, user.id) if last else None
        listed.append(shown)
    listed.sort(key=lambda one: -(one["last_message"] or {"date": 0})["date"])
    return {"chats": listed}


@route("GET", "/chats")
def chats(asked: Asked) -> Json:
    world = asked.sandbox.world
    return {"chats": [chat_view(world, chat, None) for chat in world.chats.values()]}


@route("GET", "/chats/{chat}")
def one_chat(asked: Asked) -> Json:
    chat = asked.chat()
    user = asked.user() if "user" in asked else (asked.user("chat") if chat.type == "private" else None)
    return chat_view(asked.sandbox.world, chat, user)


@route("GET", "/chats/{chat}/messages")
def transcript(asked: Asked) -> Json:
    world, chat = asked.sandbox.world, asked.chat()
    user = asked.integer("user", chat.id if chat.type == "private" else 0)
    limit = max(1, min(1000, asked.integer("limit", 100)))
    messages = [
        one for one in world.messages.get(chat.id, {}).values() if asked.flag("deleted") or not one.deleted
    ]
    if "after" in asked:
        after = asked.integer("after")
        later = [one for one in messages if one.message_id > after]
        chosen, more = later[:limit], len(later) > limit
    else:
        before = asked.integer("before", 0)
        earlier = [one for one in messages if not before or one.message_id < before]
        chosen, more = earlier[-limit:], len(earlier) > limit
    return {
        "messages": [world.views.person_message(one, user) for one in chosen],
        "more": more,
        "keyboard": keyboard_of(chat, user),
        "last_event": world.events.last,
    }


@route("POST", "/chats/{chat}/await")
async def await_text(asked: Asked) -> Json:
    """Waits until a message that is not the person's own shows a text (as `sandbox.reading` reads it)."""
    world, chat, user = asked.sandbox.world, asked.chat(), asked.user()
    wanted, deadline = asked.text("text"), time.monotonic() + asked.seconds("wait")
    while True:
        for message in reversed(world.messages.get(chat.id, {}).values()):
            shown = world.views.person_message(message, user.id)
            if not message.deleted and message.sender != user.id and wanted in shown_text(shown):
                return {"message": shown}
        left = deadline - time.monotonic()
        if left <= 0 or not await world.events.news(left):
            return {"message": None}


@route("GET", "/files/{file_id}")
def file(asked: Asked) -> web.Response:
    files = asked.sandbox.world.files
    found = files.find(asked.text("file_id"))
    if found is None:
        raise PersonError(404, "there is no such file")
    headers = {"Cache-Control": "max-age=86400", "X-Content-Type-Options": "nosniff"}
    if found.kind == "sticker":
        return web.Response(text=sticker_picture(found.name), content_type="image/svg+xml", headers=headers)
    if asked.flag("name") or found.kind != "photo":
        headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(found.name or found.path.split('/')[-1])}"
        )
    return web.Response(body=files.content(found), content_type=found.mime, headers=headers)
