"""How users, chats and messages look: to the bot (the Bot API's objects) and to people.

Rules: telegram-bot-api Client.cpp (JsonUser, JsonChat, JsonMessage, JsonChatMember).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.model import ADMIN_RIGHTS, MEDIA_KINDS, Chat, Json, Member, Message, User

if TYPE_CHECKING:
    from sandbox.world import World


class Views:
    """Builds the JSON of things; changes nothing."""

    def __init__(self, world: World) -> None:
        self._world = world

    def person(self, user: User) -> Json:
        """A user as the person's side lists them."""
        return {**user.view(), "blocked": user.blocked}

    def chat(self, chat: Chat) -> Json:
        """The short `Chat` of messages."""
        if chat.type == "private":
            user = self._world.users[chat.id].view()
            names: Json = {
                name: user[name] for name in ("first_name", "last_name", "username") if name in user
            }
            return {"id": chat.id, **names, "type": "private"}
        shown: Json = {"id": chat.id, "title": chat.title, "type": chat.type}
        if chat.type == "group":
            shown["all_members_are_administrators"] = False
        if chat.forum:
            shown["is_forum"] = True
        return shown

    def group(self, chat: Chat) -> Json:
        """A chat with what people see of it: members, pins, what became of it."""
        shown = self.chat(chat)
        shown["pinned"] = list(chat.pinned)
        if chat.type == "private":
            user = self._world.users[chat.id]
            return {**shown, "blocked": user.blocked, "started": user.started}
        shown["members"] = [
            {"user": self._world.users[one].view(), "status": member.status, "rights": member.rights}
            for one, member in chat.members.items()
        ]
        shown["migrated_to"] = chat.migrated_to or None
        return shown

    def member(self, user_id: int, member: Member, chat: Chat) -> Json:
        """The Bot API's `ChatMember`."""
        shown: Json = {"user": self._world.users[user_id].view(), "status": member.status}
        if member.status == "creator":
            shown["is_anonymous"] = False
        elif member.status == "administrator":
            shown["can_be_edited"] = False
            shown.update({right: member.rights.get(right, False) for right in ADMIN_RIGHTS})
            shown["is_anonymous"] = False
        elif member.status == "kicked":
            shown["until_date"] = 0
        return shown

    def _base(self, message: Message, *, with_reply: bool) -> Json:
        world = self._world
        shown: Json = {
            "message_id": message.message_id,
            "from": world.users[message.sender].view(),
            "chat": self.chat(world.chats[message.chat_id]),
            "date": message.date,
        }
        if message.edit_date:
            shown["edit_date"] = message.edit_date
        if message.thread:
            shown["message_thread_id"] = message.thread
            shown["is_topic_message"] = True
        if message.forward_origin is not None:
            shown["forward_origin"] = message.forward_origin
            if "sender_user" in message.forward_origin:
                shown["forward_from"] = message.forward_origin["sender_user"]
            shown["forward_date"] = message.forward_origin["date"]
        if with_reply and message.reply_to:
            replied = world.message(message.chat_id, message.reply_to)
            if replied is not None:
                shown["reply_to_message"] = self._shown(replied, with_reply=False)
        return shown

    def _shown(self, message: Message, *, with_reply: bool) -> Json:
        shown = self._base(message, with_reply=with_reply)
        shown.update({key: value for key, value in message.content.items() if key != "pinned_message_id"})
        if "pinned_message_id" in message.content and with_reply:
            pinned = self._world.message(message.chat_id, message.content["pinned_message_id"])
            if pinned is not None:
                shown["pinned_message"] = self._shown(pinned, with_reply=False)
            else:
                shown["pinned_message"] = self.inaccessible(
                    message.chat_id, message.content["pinned_message_id"]
                )
        if message.protected:
            shown["has_protected_content"] = True
        if message.via_bot:
            shown["via_bot"] = self._world.bot.view()
        if message.inline_keyboard is not None:
            shown["reply_markup"] = message.inline_keyboard
        return shown

    def inaccessible(self, chat_id: int, message_id: int) -> Json:
        """A message that is gone: its date is 0 (`InaccessibleMessage`)."""
        return {"chat": self.chat(self._world.chats[chat_id]), "message_id": message_id, "date": 0}

    def bot_message(self, message: Message) -> Json:
        """The Bot API's `Message`."""
        return self._shown(message, with_reply=True)

    def person_message(self, message: Message, user: int = 0) -> Json:
        """A message as people see it: the Bot API's and what `docs/sandbox.md` adds."""
        shown = self._shown(message, with_reply=True)
        if message.markup is not None:
            shown["reply_markup"] = message.markup
        if message.deleted:
            shown["deleted"] = "bot" if message.deleted == self._world.bot.id else message.deleted
        shown["version"] = message.version
        shown["mine"] = bool(user) and message.sender == user
        shown.update(message.details)
        if (preview := self._world.previews.of(message.content)) is not None:
            shown["link_preview"] = preview
        self._add_addresses(shown)
        return shown

    def _add_addresses(self, shown: Json) -> None:
        for kind in (*MEDIA_KINDS, "sticker"):
            if kind == "photo" and "photo" in shown:
                shown["photo"] = [
                    {**size, "url": f"/sandbox/files/{size['file_id']}"} for size in shown["photo"]
                ]
            elif kind in shown:
                shown[kind] = {**shown[kind], "url": f"/sandbox/files/{shown[kind]['file_id']}"}
        if "link_preview" in shown:
            shown["link_preview"] = {**shown["link_preview"]}
            self._add_addresses(shown["link_preview"])
        replied = shown.get("reply_to_message")
        if replied is not None:
            self._add_addresses(replied)
