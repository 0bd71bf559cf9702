"""deleteMessage and deleteMessages (telegram-bot-api Client.cpp, td MessagesManager.cpp: delete_messages)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sandbox.access import check_can_delete, check_chat, check_message
from sandbox.errors import bad_request
from sandbox.methods.registry import method
from sandbox.params import Args, leading_integer

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

MAX_AT_ONCE = 100


def message_ids(args: Args) -> list[int]:
    """The list `message_ids` of the methods that take many."""
    text = args.text("message_ids")
    if not text:
        raise bad_request("Message identifiers are not specified")
    try:
        value = json.loads(text)
    except ValueError:
        raise bad_request("Can't parse message_ids JSON object") from None
    if not isinstance(value, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(value) > MAX_AT_ONCE:
        raise bad_request("Too many message identifiers specified")
    ids = [leading_integer(str(one)) for one in value]
    if any(one <= 0 for one in ids):
        raise bad_request("Invalid message identifier specified")
    return ids


@method("deleteMessage")
def delete_message(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    if not args.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if args.integer("message_id") <= 0:
        raise bad_request("Message identifier is not specified")
    chat = check_chat(world, args.text("chat_id"), "write")
    message = check_message(world, chat, args.integer("message_id"), "message to delete")
    check_can_delete(world, chat, message)
    world.delete(message, world.bot.id)
    return True


@method("deleteMessages")
def delete_messages(sandbox: Sandbox, args: Args) -> bool:
    """Those that are not found are skipped; one that may not be deleted refuses all."""
    world = sandbox.world
    ids = message_ids(args)
    if not ids:
        raise bad_request("Message identifiers are not specified")
    chat = check_chat(world, args.text("chat_id"), "write")
    found = [message for one in ids if (message := world.message(chat.id, one)) is not None]
    for message in found:
        check_can_delete(world, chat, message)
    for message in found:
        world.delete(message, world.bot.id)
    return True
