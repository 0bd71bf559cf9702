"""What people send, change and delete; users; blocking."""

from __future__ import annotations

import mimetypes
from typing import Any

from sandbox.errors import ApiError, PersonError
from sandbox.files import document_field, photo_field
from sandbox.model import Chat, Json, User
from sandbox.people import dice_value
from sandbox.person.routes import Asked, route
from sandbox.sticker import sticker_field

FILE_KINDS = ("photo", "document", "voice", "video", "audio")


@route("POST", "/users")
def create_user(asked: Asked) -> Json:
    world = asked.sandbox.world
    number = asked.integer("id") if "id" in asked else world.next_number("user", 1001)
    while "id" not in asked and number in world.users:
        number = world.next_number("user", 1001)
    if number <= 0 or number == world.bot.id:
        raise PersonError(400, "a person's id is a positive number, and not the bot's")
    user = world.users.get(number) or User(number, f"User {number}")
    for name in ("first_name", "last_name", "username", "language_code"):
        if name in asked:
            setattr(user, name, asked.text(name))
    world.save_user(user)
    world.private_chat(user.id)
    world.events.tell("user", {"user": world.views.person(user)})
    return world.views.person(user)


@route("POST", "/users/{user}/start")
def start(asked: Asked) -> Json:
    sandbox, user = asked.sandbox, asked.user()
    payload = asked.text("payload")
    if "chat" not in asked:
        return sandbox.world.views.person_message(sandbox.people.start(user, payload), user.id)
    group = asked.chat()
    if not group.member(sandbox.world.bot.id).inside:
        sandbox.groups.add(group, sandbox.world.bot, by=user)
    text = f"/start@{sandbox.world.bot.username} {payload}".strip()
    return sandbox.world.views.person_message(sandbox.people.send_text(user, group, text, None), user.id)


@route("POST", "/users/{user}/block")
def block(asked: Asked) -> Json:
    asked.sandbox.people.block(asked.user(), blocked=True)
    return {}


@route("POST", "/users/{user}/unblock")
def unblock(asked: Asked) -> Json:
    asked.sandbox.people.block(asked.user(), blocked=False)
    return {}


@route("POST", "/chats/{chat}/messages")
def send(asked: Asked) -> Json:
    sandbox, user, chat = asked.sandbox, asked.user(), asked.chat()
    fields: dict[str, Any] = {"reply_to": asked.integer("reply_to", 0), "thread": asked.integer("thread", 0)}
    if "text" in asked:
        message = sandbox.people.send_text(user, chat, asked.text("text"), asked.get("entities"), **fields)
    else:
        message = sandbox.people.send(user, chat, _content(asked, user, chat), **fields)
    last = sandbox.world.updates.last_id
    return {**sandbox.world.views.person_message(message, user.id), "update_id": last}


def _content(asked: Asked, user: User, chat: Chat) -> Json:
    files = asked.sandbox.world.files
    if "sticker" in asked:
        return {"sticker": sticker_field(files, asked.text("sticker"))}
    if "location" in asked:
        place = asked.get("location")
        return {"location": {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}}
    if "contact" in asked:
        contact = dict(asked.get("contact"))
        keyboard = chat.keyboards.get(user.id, {}).get("markup", {}).get("keyboard", [])
        if any(button.get("request_contact") for row in keyboard for button in row):
            contact.setdefault("user_id", user.id)
        return {"contact": {"first_name": user.first_name, **contact}}
    if "dice" in asked:
        emoji = asked.text("dice") or "🎲"
        return {"dice": {"emoji": emoji, "value": dice_value(emoji)}}
    if "voice" in asked and not asked.files:
        file = files.add("voice", "", "audio/ogg", b"OggS")
        return {"voice": {"duration": asked.integer("voice"), **document_field(file)}}
    return {**_file_content(asked), **({"caption": asked.text("caption")} if asked.text("caption") else {})}


def _file_content(asked: Asked) -> Json:
    files = asked.sandbox.world.files
    kind = next((kind for kind in FILE_KINDS if kind in asked.files), None)
    if kind is None:
        raise PersonError(
            400, "nothing to send: give text, sticker, location, contact, dice, voice or a file"
        )
    upload = asked.files[kind]
    if kind == "photo":
        try:
            return {"photo": photo_field(files.add_photo(upload.data))}
        except ApiError as error:
            raise PersonError(400, f"this is no photo that Telegram takes ({error.description})") from None
    mime = upload.type or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    file = files.add(kind, upload.name, mime, upload.data)
    extra: Json = {} if kind == "document" else {"duration": 1}
    if kind == "video":
        extra.update(width=640, height=480)
    return {kind: {**extra, **document_field(file)}}


@route("POST", "/chats/{chat}/messages/{message_id}/edit")
def edit(asked: Asked) -> Json:
    user = asked.user()
    message = asked.sandbox.people.edit(user, asked.message(), asked.text("text"))
    return asked.sandbox.world.views.person_message(message, user.id)


@route("DELETE", "/chats/{chat}/messages/{message_id}")
def delete(asked: Asked) -> Json:
    asked.sandbox.people.delete(asked.user(), asked.message())
    return {}


@route("POST", "/chats/{chat}/messages/{message_id}/forward")
def forward(asked: Asked) -> Json:
    user = asked.user()
    message = asked.sandbox.people.forward(user, asked.message(), asked.chat("to"))
    return asked.sandbox.world.views.person_message(message, user.id)


@route("POST", "/chats/{chat}/messages/{message_id}/pin")
def pin(asked: Asked) -> Json:
    user, message, chat = asked.user(), asked.message(), asked.chat()
    allowed = chat.type == "private" or chat.member(user.id).can("can_pin_messages") or chat.type == "group"
    if user.id not in asked.sandbox.world.audience(chat) or not allowed:
        raise PersonError(403, "this person may not pin here")
    pinned = asked.flag("pinned") if "pinned" in asked else True
    asked.sandbox.groups.pin(chat, message, user.id, pinned=pinned)
    return {}
