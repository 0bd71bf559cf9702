"""Groups, as people make and change them."""

from __future__ import annotations

from sandbox.errors import PersonError
from sandbox.model import Chat, Json, User
from sandbox.person.reading import chat_view
from sandbox.person.routes import Asked, route


def _user(asked: Asked, value: object) -> User:
    world = asked.sandbox.world
    if value in ("bot", str(world.bot.id), world.bot.id):
        return world.bot
    if not str(value).isdigit():
        raise PersonError(400, f"{value!r} is no user")
    return world.person(int(str(value)))


def _by(asked: Asked, chat: Chat) -> User:
    """Who acts: `by`, else the group's creator."""
    if "by" in asked:
        return _user(asked, asked.get("by"))
    creator = next((user for user, member in chat.members.items() if member.status == "creator"), None)
    if creator is None:
        raise PersonError(400, "say who does it: by")
    return asked.sandbox.world.users[creator]


def _shown(asked: Asked, chat: Chat) -> Json:
    return chat_view(asked.sandbox.world, chat, None)


@route("POST", "/chats")
def create(asked: Asked) -> Json:
    members = asked.get("members", [])
    kind = asked.text("type", "group")
    if (
        kind not in ("group", "supergroup")
        or not isinstance(members, list)
        or not asked.text("title").strip()
    ):
        raise PersonError(400, "a group has a title, a creator, members and the type group or supergroup")
    people = [_user(asked, one) for one in members]
    forum = asked.flag("forum")
    chat = asked.sandbox.groups.create(
        asked.text("title").strip(),
        asked.user("creator"),
        people,
        "supergroup" if kind == "supergroup" or forum else "group",
        forum=forum,
    )
    return _shown(asked, chat)


@route("POST", "/chats/{chat}/members")
def add(asked: Asked) -> Json:
    chat = asked.chat()
    asked.sandbox.groups.add(chat, _user(asked, asked.get("user")), by=_by(asked, chat))
    return _shown(asked, chat)


@route("DELETE", "/chats/{chat}/members/{user}")
def remove(asked: Asked) -> Json:
    chat = asked.chat()
    asked.sandbox.groups.remove(chat, _user(asked, asked.get("user")), by=_by(asked, chat))
    return _shown(asked, chat)


@route("POST", "/chats/{chat}/promote")
def promote(asked: Asked) -> Json:
    chat = asked.chat()
    user = _user(asked, asked.get("user"))
    asked.sandbox.groups.promote(
        chat, user, asked.text("status", "administrator"), asked.get("rights"), by=_by(asked, chat)
    )
    return _shown(asked, chat)


@route("POST", "/chats/{chat}/title")
def rename(asked: Asked) -> Json:
    chat = asked.chat()
    asked.sandbox.groups.rename(chat, asked.text("title"), by=_by(asked, chat))
    return _shown(asked, chat)


@route("POST", "/chats/{chat}/migrate")
def migrate(asked: Asked) -> Json:
    chat = asked.chat()
    return _shown(asked, asked.sandbox.groups.migrate(chat, by=_by(asked, chat)))
