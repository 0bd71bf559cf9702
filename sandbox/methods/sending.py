"""sendMessage, sendPhoto, sendDocument, sendChatAction and what all sends share.

Rules: telegram-bot-api Client.cpp (do_send_message, get_reply_parameters, get_link_preview_options, get_chat_action)
and td MessageContent.cpp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import text as texts
from sandbox.access import check_can_send, check_chat, check_message
from sandbox.errors import bad_request
from sandbox.inputs import document_input, photo_input
from sandbox.markup import check_pay_buttons, reply_markup
from sandbox.methods.registry import method
from sandbox.model import Chat, Json
from sandbox.params import Args, leading_integer
from sandbox.previews import checked_options
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "record_audio", "upload_voice",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "pick_up_location", "record_video_note",
    "upload_video_note", "cancel",
}  # fmt: skip
ACTION_SECONDS = 5


def mentions_resolved(world: World, entities: list[Json]) -> list[Json]:
    """Mentions by id name the user; those of people the bot does not know are dropped, as the server does."""
    resolved: list[Json] = []
    for entity in entities:
        if entity["type"] == "text_mention" and "user_id" in entity:
            user = world.users.get(entity["user_id"])
            if user is None or not (user.known or user.started or user.is_bot):
                continue
            entity = {key: value for key, value in entity.items() if key != "user_id"} | {"user": user.view()}
        resolved.append(entity)
    return resolved


async def text_content(sandbox: Sandbox, args: Args, *, too_long: str = "Message is too long") -> Json:
    """The content of a text message from a call's parameters; what it is to show of a link is fetched."""
    text, entities = texts.message_text(args, too_long=too_long)
    content: Json = {"text": text}
    if entities := mentions_resolved(sandbox.world, entities):
        content["entities"] = entities
    if (options := link_preview_options(args)) is not None:
        content["link_preview_options"] = options
        await sandbox.world.previews.look(sandbox, content)
    return content


def link_preview_options(args: Args) -> Json | None:
    value = args.json("link_preview_options", "Can't parse link preview options JSON object")
    if value is None:
        return {"is_disabled": True} if args.flag("disable_web_page_preview") else None
    try:
        return checked_options(value)
    except ValueError as wrong:
        raise bad_request(str(wrong)) from None


def reply_target(world: World, chat: Chat, args: Args) -> int:
    """The message that is replied to, 0 for none."""
    value: Any = args.json("reply_parameters", "Can't parse reply parameters JSON object")
    if "reply_parameters" not in args:
        value = {
            "message_id": args.integer("reply_to_message_id"),
            "allow_sending_without_reply": args.flag("allow_sending_without_reply"),
        }
    if value is None:
        return 0
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply parameters")
    if value and not isinstance(value.get("message_id"), int | str):
        raise bad_request('Can\'t find field "message_id"')
    message_id = leading_integer(str(value.get("message_id", 0)))
    if message_id <= 0:
        return 0
    other = value.get("chat_id")
    if other is not None and str(other) != str(chat.id):
        check_message(world, check_chat(world, str(other), "read"), message_id, "message to be replied")
        return 0
    if value.get("allow_sending_without_reply") and world.message(chat.id, message_id) is None:
        return 0
    return check_message(world, chat, message_id, "message to be replied").message_id


def send(sandbox: Sandbox, args: Args, content: Json, **fields: Any) -> Json:
    """Sends what a call's own parameters made into the chat that its common parameters name."""
    world = sandbox.world
    markup = reply_markup(args)
    chat = check_chat(world, args.text("chat_id"), "write")
    if chat.type != "private":
        markup = reply_markup(args, chat.type)
    check_pay_buttons(markup, invoice="invoice" in content)
    reply_to = reply_target(world, chat, args)
    thread = args.integer("message_thread_id")
    if thread > 1 and not (chat.forum and world.message(chat.id, thread) is not None):
        raise bad_request("message thread not found")
    check_can_send(world, chat)
    sandbox.flood.check(chat)
    message = world.post(
        chat,
        world.bot.id,
        content,
        markup,
        reply_to=reply_to,
        thread=thread if thread > 1 else 0,
        protected=args.flag("protect_content"),
        details={
            **({"silent": True} if args.flag("disable_notification") else {}),
            **fields.pop("details", {}),
        },
        **fields,
    )
    return world.views.bot_message(message)


@method("sendMessage")
async def send_message(sandbox: Sandbox, args: Args) -> Json:
    return send(sandbox, args, await text_content(sandbox, args))


@method("sendPhoto")
def send_photo(sandbox: Sandbox, args: Args) -> Any:
    return _send_file(sandbox, args, "photo")


@method("sendDocument")
def send_document(sandbox: Sandbox, args: Args) -> Any:
    return _send_file(sandbox, args, "document")


async def _send_file(sandbox: Sandbox, args: Args, kind: str) -> Json:
    caption = texts.call_caption(args)
    if "caption_entities" in caption:
        caption["caption_entities"] = mentions_resolved(sandbox.world, caption["caption_entities"])
    read = photo_input if kind == "photo" else document_input
    content = await read(sandbox, args, kind, args.text(kind))
    extra: Json = {}
    if kind == "photo" and args.flag("has_spoiler"):
        extra["has_media_spoiler"] = True
    if kind == "photo" and caption and args.flag("show_caption_above_media"):
        extra["show_caption_above_media"] = True
    return send(sandbox, args, {**content, **caption, **extra})


@method("sendChatAction")
def send_chat_action(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    action = args.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = check_chat(world, args.text("chat_id"), "write")
    check_can_send(world, chat)
    data = {"chat_id": chat.id, "action": action, "until": world.clock.now() + ACTION_SECONDS}
    world.events.tell("action", data, world.audience(chat))
    return True
