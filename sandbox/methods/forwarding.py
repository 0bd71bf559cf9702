"""forwardMessage and copyMessage (telegram-bot-api Client.cpp, td MessagesManager.cpp: get_forwarded_messages)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import text as texts
from sandbox.access import check_can_send, check_chat, check_message
from sandbox.errors import bad_request
from sandbox.methods.registry import method
from sandbox.methods.sending import send
from sandbox.model import MEDIA_KINDS, Json, Message
from sandbox.params import Args
from sandbox.people import forwarded

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def _original(sandbox: Sandbox, args: Args, what: str) -> Message:
    world = sandbox.world
    if not args.text("from_chat_id"):
        raise bad_request("chat_id is empty")
    source = check_chat(world, args.text("from_chat_id"), "read")
    message = check_message(world, source, args.integer("message_id"), f"message to {what}")
    if message.kind == "service":
        raise bad_request(
            "The message can't be copied" if what == "copy" else "The message can't be forwarded"
        )
    if message.protected:
        raise bad_request("Message has protected content and can't be forwarded")
    return message


@method("forwardMessage")
def forward_message(sandbox: Sandbox, args: Args) -> Json:
    world = sandbox.world
    message = _original(sandbox, args, "forward")
    chat = check_chat(world, args.text("chat_id"), "write")
    check_can_send(world, chat)
    sandbox.flood.check(chat)
    sent = world.post(chat, world.bot.id, message.content, **forwarded(world, message))
    return world.views.bot_message(sent)


@method("copyMessage")
def copy_message(sandbox: Sandbox, args: Args) -> Json:
    """A copy has no link to the original, and no keyboard but a given one; an invoice cannot be copied."""
    message = _original(sandbox, args, "copy")
    if message.kind == "invoice":
        raise bad_request("The message can't be copied")
    content = dict(message.content)
    if "caption" in args and message.kind in MEDIA_KINDS:
        content = {
            key: value for key, value in content.items() if key not in CAPTION_FIELDS
        } | texts.call_caption(args)
    return {"message_id": send(sandbox, args, content)["message_id"]}
