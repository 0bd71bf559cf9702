"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup.

Rules: telegram-bot-api Client.cpp (process_edit_message_*_query) and td MessagesManager.cpp (edit_message_*). Text and
media do not turn into each other by editMessageText; an edit without `reply_markup` takes the keyboard away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import text as texts
from sandbox.access import check_can_edit, check_chat, check_message
from sandbox.errors import bad_request
from sandbox.inputs import document_input, photo_input
from sandbox.markup import check_pay_buttons, inline_markup
from sandbox.methods.registry import method
from sandbox.methods.sending import mentions_resolved, text_content
from sandbox.model import MEDIA_KINDS, Json, Message
from sandbox.params import Args
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def target(world: World, args: Args) -> Message:
    """The message that an edit means: by chat and message, or by inline message."""
    if not args.text("chat_id") and args.integer("message_id") <= 0:
        inline_id = args.text("inline_message_id")
        if not inline_id:
            raise bad_request("message identifier is not specified")
        found = world.inline_message(inline_id)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    chat = check_chat(world, args.text("chat_id"), "edit")
    return check_message(world, chat, args.integer("message_id"), "message to edit")


def apply(sandbox: Sandbox, args: Args, message: Message, content: Json, markup: Json | None) -> Any:
    """Changes a message, unless nothing would change."""
    world = sandbox.world
    check_pay_buttons(markup, invoice="invoice" in content)
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    sandbox.flood.check(world.chats[message.chat_id], edit=True)
    message.edit_date = world.clock.unix()
    message.content, message.markup = content, markup
    world.changed(message, by_bot=True)
    return (
        True
        if args.text("inline_message_id") and not args.text("chat_id")
        else world.views.bot_message(message)
    )


@method("editMessageText")
async def edit_message_text(sandbox: Sandbox, args: Args) -> Any:
    content = await text_content(sandbox, args, too_long="MESSAGE_TOO_LONG")
    markup = inline_markup(args)
    message = target(sandbox.world, args)
    check_can_edit(sandbox.world, message)
    if message.kind != "text":
        raise bad_request("There is no text in the message to edit")
    return apply(sandbox, args, message, content, markup)


@method("editMessageCaption")
def edit_message_caption(sandbox: Sandbox, args: Args) -> Any:
    markup = inline_markup(args)
    caption = texts.call_caption(args, too_long="MEDIA_CAPTION_TOO_LONG")
    if "caption_entities" in caption:
        caption["caption_entities"] = mentions_resolved(sandbox.world, caption["caption_entities"])
    message = target(sandbox.world, args)
    check_can_edit(sandbox.world, message)
    if message.kind not in MEDIA_KINDS:
        raise bad_request("There is no caption in the message to edit")
    if caption and args.flag("show_caption_above_media") and message.kind != "document":
        caption["show_caption_above_media"] = True
    kept = {key: value for key, value in message.content.items() if key not in CAPTION_FIELDS}
    return apply(sandbox, args, message, {**kept, **caption}, markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(sandbox: Sandbox, args: Args) -> Any:
    markup = inline_markup(args)
    message = target(sandbox.world, args)
    check_can_edit(sandbox.world, message, only_markup=True)
    return apply(sandbox, args, message, message.content, markup)


@method("editMessageMedia")
async def edit_message_media(sandbox: Sandbox, args: Args) -> Any:
    markup = inline_markup(args)
    content = await media_content(sandbox, args)
    message = target(sandbox.world, args)
    check_can_edit(sandbox.world, message)
    return apply(sandbox, args, message, content, markup)


async def media_content(sandbox: Sandbox, args: Args) -> Json:
    """The content that an `InputMedia` describes (Client.cpp: get_input_media)."""
    if not args.text("media"):
        raise bad_request('Parameter "media" is required')
    media = args.json("media", "Can't parse input media JSON object")
    if not isinstance(media, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    kind = str(media.get("type", ""))
    if not kind:
        raise bad_request("Can't parse InputMedia: Can't find field \"type\"")
    if kind not in ("photo", "document"):
        raise bad_request(f'Can\'t parse InputMedia: type "{kind}" is not supported by the sandbox')
    source = str(media.get("media", ""))
    if not source:
        raise bad_request("Can't parse InputMedia: media not found")
    read = photo_input if kind == "photo" else document_input
    text, entities = texts.caption(
        str(media.get("caption", "")), str(media.get("parse_mode", "")), media.get("caption_entities")
    )
    content = await read(sandbox, args, "", source)
    caption = texts.caption_fields(text, mentions_resolved(sandbox.world, entities))
    extra: Json = {}
    if kind == "photo" and media.get("has_spoiler"):
        extra["has_media_spoiler"] = True
    if kind == "photo" and caption and media.get("show_caption_above_media"):
        extra["show_caption_above_media"] = True
    return {**content, **caption, **extra}
