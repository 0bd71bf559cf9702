"""Which chat and which message a call means, and whether the bot may touch them.

Rules: telegram-bot-api Client.cpp (check_chat, check_chat_access, check_message) and td MessagesManager.cpp
(on_send_message_fail, can_edit_message, delete_messages).
"""

from __future__ import annotations

from typing import Literal

from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.model import Chat, Message
from sandbox.params import leading_integer
from sandbox.world import World

Rights = Literal["read", "members", "edit", "write"]
TWO_DAYS = 2 * 86400
EDITABLE = ("text", "photo", "document", "video", "audio", "animation", "voice")


def check_chat(world: World, chat_id: str, rights: Rights) -> Chat:
    """The chat that `chat_id` names, if the bot knows it and has the rights there."""
    if not chat_id:
        raise bad_request("chat_id is empty")
    if chat_id.startswith("@"):
        raise bad_request("chat not found")
    number = leading_integer(chat_id)
    if number > 0:
        user = world.users.get(number)
        if user is None or user.is_bot or not (user.known or user.started):
            raise bad_request("chat not found")
        return world.private_chat(number)
    chat = world.chats.get(number)
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    _check_group(world, chat, rights)
    return chat


def _check_group(world: World, chat: Chat, rights: Rights) -> None:
    me = chat.member(world.bot.id)
    if chat.migrated_to:
        if rights in ("write", "members"):
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return
    if chat.type == "group" and rights == "read":
        return
    if me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if me.status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def check_can_send(world: World, chat: Chat) -> None:
    """What only the server finds out when it is asked to send (or to show an action)."""
    if chat.type == "private":
        user = world.users[chat.id]
        if user.blocked:
            raise forbidden("bot was blocked by the user")
        if not user.started:
            raise forbidden("bot can't initiate conversation with a user")


def check_message(world: World, chat: Chat, message_id: int, what: str) -> Message:
    """A message the bot can reach; `what` begins the error: "message to edit"."""
    message = world.message(chat.id, message_id) if message_id > 0 else None
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def check_can_edit(world: World, message: Message, *, only_markup: bool = False) -> None:
    """Only the bot's own messages, without a reply keyboard, not forwarded, of a kind that can be edited."""
    own = message.sender == world.bot.id or message.via_bot
    plain = message.markup is None or message.inline_keyboard is not None
    editable = message.kind in EDITABLE or (only_markup and message.kind != "service")
    if not own or not plain or message.forward_origin is not None or not editable:
        raise bad_request("Message can't be edited")


def check_can_delete(world: World, chat: Chat, message: Message) -> None:
    """In private chats and basic groups within 48 hours; in groups others' messages only as an administrator."""
    own = message.sender == world.bot.id
    service = message.kind == "service"
    age = world.clock.unix() - message.date
    me = chat.member(world.bot.id)
    if chat.type == "supergroup":
        if not (me.can("can_delete_messages") or (own and not service and age <= TWO_DAYS)):
            raise bad_request("message can't be deleted")
        return
    allowed = (
        (own and not service) or me.is_admin
        if chat.type == "group"
        else not ("dice" in message.content and age < 86400)
    )
    if not allowed or age > TWO_DAYS:
        raise bad_request("Message can't be deleted for everyone")
