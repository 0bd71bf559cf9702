"""getChat, its members, leaving, pins, reactions.

Rules: telegram-bot-api Client.cpp (process_get_chat_*_query, TdOnGetChatMemberCallback) and td ChatManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.access import check_chat, check_message
from sandbox.errors import bad_request
from sandbox.methods.registry import method
from sandbox.model import Chat, Json
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getChat")
def get_chat(sandbox: Sandbox, args: Args) -> Json:
    world = sandbox.world
    chat = check_chat(world, args.text("chat_id"), "read")
    shown = world.views.chat(chat)
    if chat.type == "private":
        if "username" in shown:
            shown["active_usernames"] = [shown["username"]]
        shown["can_send_gift"] = True
    else:
        shown["permissions"] = dict.fromkeys(PERMISSIONS, True)
        if chat.type == "supergroup":
            shown["join_to_send_messages"] = True
            shown["can_send_paid_media"] = False
    shown["accepted_gift_types"] = NO_GIFTS
    pinned = world.message(chat.id, chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        shown["pinned_message"] = world.views.bot_message(pinned)
    shown["max_reaction_count"] = 11
    shown["accent_color_id"] = abs(chat.id) % 7
    return shown


def _group(sandbox: Sandbox, args: Args) -> Chat:
    return check_chat(sandbox.world, args.text("chat_id"), "members")


@method("getChatMember")
def get_chat_member(sandbox: Sandbox, args: Args) -> Json:
    world = sandbox.world
    user_id = args.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = check_chat(world, args.text("chat_id"), "read" if user_id == world.bot.id else "members")
    user = world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID" if chat.type == "supergroup" else "Member not found")
    if chat.type == "private":
        if user_id not in (chat.id, world.bot.id):
            raise bad_request("Member not found")
        return {"user": user.view(), "status": "member"}
    return world.views.member(user_id, chat.member(user_id), chat)


@method("getChatAdministrators")
def get_chat_administrators(sandbox: Sandbox, args: Args) -> list[Json]:
    chat = _group(sandbox, args)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        sandbox.world.views.member(user, member, chat)
        for user, member in chat.members.items()
        if member.is_admin
    ]


@method("getChatMemberCount", "getChatMembersCount")
def get_chat_member_count(sandbox: Sandbox, args: Args) -> int:
    chat = _group(sandbox, args)
    if chat.type == "private":
        return 2
    return sum(member.inside for member in chat.members.values())


@method("leaveChat")
def leave_chat(sandbox: Sandbox, args: Args) -> bool:
    chat = check_chat(sandbox.world, args.text("chat_id"), "write")
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    sandbox.groups.leave(chat)
    return True


@method("pinChatMessage")
def pin_chat_message(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    chat = check_chat(world, args.text("chat_id"), "write")
    message = check_message(world, chat, args.integer("message_id"), "message to pin")
    _check_pin(sandbox, chat)
    if message.kind == "service":
        raise bad_request("Service messages can't be pinned")
    sandbox.groups.pin(chat, message, world.bot.id, pinned=True)
    return True


@method("unpinChatMessage")
def unpin_chat_message(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    chat = check_chat(world, args.text("chat_id"), "write")
    _check_pin(sandbox, chat)
    wanted = args.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("Message to unpin not found")
    message = check_message(world, chat, wanted, "message to unpin")
    sandbox.groups.pin(chat, message, world.bot.id, pinned=False)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    chat = check_chat(world, args.text("chat_id"), "write")
    _check_pin(sandbox, chat)
    for message_id in list(chat.pinned):
        sandbox.groups.pin(chat, world.messages[chat.id][message_id], world.bot.id, pinned=False)
    return True


def _check_pin(sandbox: Sandbox, chat: Chat) -> None:
    me = chat.member(sandbox.world.bot.id)
    if chat.type == "supergroup" and not me.can("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("setMessageReaction")
def set_message_reaction(sandbox: Sandbox, args: Args) -> bool:
    world = sandbox.world
    chat = check_chat(world, args.text("chat_id"), "write")
    message = check_message(world, chat, args.integer("message_id"), "message to react")
    value = args.json("reaction", "Can't parse reaction types JSON object")
    reaction = value if value is not None else []
    if not isinstance(reaction, list) or not all(isinstance(one, dict) and "type" in one for one in reaction):
        raise bad_request("Expected an Array of ReactionType")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.details = {**message.details, "reaction": reaction}
    world.save_message(message)
    data = {"chat_id": chat.id, "message_id": message.message_id, "reaction": reaction}
    world.events.tell("reaction", data, world.audience(chat))
    return True
