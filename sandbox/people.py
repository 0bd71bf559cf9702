"""What people do in chats, whoever drives them: the page, a test, a script."""

from __future__ import annotations

import random
from typing import Any

from sandbox.entities import find_entities, to_api, utf16_length
from sandbox.errors import PersonError
from sandbox.model import Chat, Json, Message, User
from sandbox.world import World

MAX_TEXT = 4096


class People:
    """Sending, starting, blocking, editing and deleting, as a person's app does it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, user: User, chat: Chat, content: Json, **fields: Any) -> Message:
        """A message of any content. PersonError 403 if the person is not in the chat."""
        world = self._world
        if chat.migrated_to:
            raise PersonError(409, f"this group became the supergroup {chat.migrated_to}")
        if user.id not in world.audience(chat):
            raise PersonError(403, f"{user.first_name} is not in this chat")
        if chat.type == "private":
            self.enter(user)
        reply_to = fields.get("reply_to", 0)
        if reply_to and world.message(chat.id, reply_to) is None:
            raise PersonError(404, f"there is no message {reply_to} to answer")
        message = world.post(chat, user.id, content, **fields)
        shown = chat.keyboards.get(user.id)
        if shown is not None and "force_reply" in shown["markup"]:
            world.set_keyboard(chat, user.id, None)
        return message

    def enter(self, user: User) -> None:
        """The person opens the chat with the bot to write: a block ends, and the bot may write from now on."""
        if user.blocked:
            self.block(user, blocked=False)
        if not user.started:
            user.started = True
            self._world.save_user(user)

    def send_text(
        self, user: User, chat: Chat, text: str, entities: list[Json] | None, **fields: Any
    ) -> Message:
        """A text, trimmed; a long one goes out in pieces, as the apps send it. The last piece is returned."""
        text = text.replace("\r", "").strip(" \n")
        if not text:
            raise PersonError(400, "there is no text to send")
        message: Message | None = None
        while text:
            piece, text = _split(text)
            given = entities if entities is not None and not text else to_api(piece, find_entities(piece))
            content: Json = {"text": piece}
            if given:
                content["entities"] = given
            message = self.send(user, chat, content, **fields)
        assert message is not None
        return message

    def start(self, user: User, payload: str) -> Message:
        """The Start button, with a deep link's payload."""
        text = f"/start {payload}" if payload else "/start"
        return self.send_text(user, self._world.private_chat(user.id), text, None)

    def block(self, user: User, *, blocked: bool) -> None:
        """The person blocks or unblocks the bot: `my_chat_member`."""
        if user.blocked == blocked:
            return
        world = self._world
        user.blocked = blocked
        world.save_user(user)
        world.meet(user.id)
        me = world.bot.view()
        member = {"user": me, "status": "member"}
        kicked = {"user": me, "status": "kicked", "until_date": 0}
        world.updates.add(
            "my_chat_member",
            {
                "chat": world.views.chat(world.private_chat(user.id)),
                "from": user.view(),
                "date": world.clock.unix(),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            },
        )
        world.events.tell("user", {"user": world.views.person(user)}, frozenset({user.id}))

    def edit(self, user: User, message: Message, text: str) -> Message:
        """Changes one's own text or caption."""
        if message.sender != user.id:
            raise PersonError(403, "one can edit only one's own messages")
        field, marks = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
        if message.kind == "service" or utf16_length(text) > MAX_TEXT or not text.strip():
            raise PersonError(400, "this message cannot become that")
        content = {key: value for key, value in message.content.items() if key not in (field, marks)}
        content[field] = text.strip()
        if found := to_api(content[field], find_entities(content[field])):
            content[marks] = found
        message.content = content
        message.edit_date = self._world.clock.unix()
        self._world.changed(message, by_bot=False)
        return message

    def delete(self, user: User, message: Message) -> None:
        """Deletes for everybody: one's own, in the private chat any, in a group any as an administrator."""
        chat = self._world.chats[message.chat_id]
        admin = chat.member(user.id).can("can_delete_messages")
        if message.sender != user.id and chat.type != "private" and not admin:
            raise PersonError(403, "one can delete only one's own messages here")
        self._world.delete(message, user.id)

    def forward(self, user: User, message: Message, chat: Chat) -> Message:
        """Forwards a message; callback buttons stay behind, links and Pay go along."""
        if message.protected:
            raise PersonError(403, "this message is protected")
        if message.kind == "service":
            raise PersonError(400, "service messages cannot be forwarded")
        return self.send(user, chat, message.content, **forwarded(self._world, message))


def forwarded(world: World, message: Message) -> Json:
    """The fields that a forwarded copy of a message has."""
    origin = message.forward_origin or {
        "type": "user",
        "sender_user": world.users[message.sender].view(),
        "date": message.date,
    }
    markup = None
    rows = (message.inline_keyboard or {}).get("inline_keyboard", [])
    kept = [[button for button in row if "url" in button or "pay" in button] for row in rows]
    if kept := [row for row in kept if row]:
        markup = {"inline_keyboard": kept}
    details = {**message.details}
    if "invoice_details" in details:
        details["invoice_details"] = {
            **details["invoice_details"],
            "payable": not message.content["invoice"]["start_parameter"],
        }
    return {"forward_origin": origin, "markup": markup, "details": details}


def dice_value(emoji: str) -> int:
    """What a die shows."""
    return random.randint(1, {"🎰": 64, "🏀": 5, "⚽": 5}.get(emoji, 6))


def _split(text: str) -> tuple[str, str]:
    if utf16_length(text) <= MAX_TEXT:
        return text, ""
    end = 0
    room = MAX_TEXT
    for char in text:
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            break
        end += 1
    cut = max(text.rfind("\n", end // 2, end), text.rfind(" ", end // 2, end))
    cut = cut if cut > 0 else end
    return text[:cut].rstrip(" \n"), text[cut:].lstrip(" \n")
