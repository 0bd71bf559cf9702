"""The state of this Telegram: its people, chats and messages, and what every change of them sets off."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from sandbox.clock import Clock
from sandbox.events import EventLog
from sandbox.files import Files
from sandbox.model import Chat, Json, Member, Message, User
from sandbox.previews import Previews
from sandbox.settings import Settings
from sandbox.store import Store
from sandbox.updates import UpdateQueue
from sandbox.views import Views

SUPERGROUP_BASE = -1_000_000_000_000


class World:
    """Users, chats and messages. Every change is kept, told to the pages and, where the bot may see it, queued."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.events = EventLog()
        self.updates = UpdateQueue(store, clock)
        self.files = Files(store)
        self.previews = Previews(store)
        self.views = Views(self)
        self.bot = User(settings.bot_id, settings.bot_name, username=settings.bot_username, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.numbers: dict[str, int] = {}
        self._inline: dict[str, Message] = {}
        self.profile: Json = {
            "can_join_groups": True,
            "can_read_all_group_messages": settings.reads_groups,
            "supports_inline_queries": settings.inline,
            "inline_feedback": settings.inline_feedback,
        }
        self._load()

    def _load(self) -> None:
        for key, row in self.store.load("user"):
            self.users[int(key)] = User(**row)
        self.bot = self.users[self.bot.id]
        for key, row in self.store.load("chat"):
            row["members"] = {int(user): Member(**member) for user, member in row["members"].items()}
            row["keyboards"] = {int(user): keyboard for user, keyboard in row["keyboards"].items()}
            self.chats[int(key)] = Chat(**row)
        for _, row in self.store.load("message"):
            message = Message(**row)
            self.messages.setdefault(message.chat_id, {})[message.message_id] = message
            if message.inline_id:
                self._inline[message.inline_id] = message
        for chat_id, messages in self.messages.items():
            self.messages[chat_id] = dict(sorted(messages.items()))
        for key, value in self.store.load("number"):
            self.numbers[key] = value
        for _, value in self.store.load("profile"):
            self.profile.update(value)

    def next_number(self, name: str, start: int = 1) -> int:
        """Counts up and remembers, over restarts."""
        value = self.numbers.get(name, start - 1) + 1
        self.numbers[name] = value
        self.store.put("number", name, value)
        return value

    def save_profile(self, **changes: Any) -> None:
        """What BotFather and the bot's own methods set about the bot."""
        self.profile.update(changes)
        self.store.put("profile", "bot", self.profile)

    def save_user(self, user: User) -> None:
        self.users[user.id] = user
        self.store.put("user", str(user.id), user)

    def save_chat(self, chat: Chat) -> None:
        self.chats[chat.id] = chat
        self.store.put("chat", str(chat.id), asdict(chat))

    def save_message(self, message: Message) -> None:
        self.messages.setdefault(message.chat_id, {})[message.message_id] = message
        if message.inline_id:
            self._inline[message.inline_id] = message
        self.store.put("message", f"{message.chat_id}/{message.message_id}", message)

    def person(self, user_id: int) -> User:
        """The person with that id, who comes into being when first named."""
        user = self.users.get(user_id)
        if user is None:
            user = User(user_id, f"User {user_id}")
            self.save_user(user)
            self.events.tell("user", {"user": self.views.person(user)})
        return user

    def private_chat(self, user_id: int) -> Chat:
        """The chat of a person with the bot."""
        chat = self.chats.get(user_id)
        if chat is None:
            chat = Chat(user_id, "private")
            self.save_chat(chat)
        return chat

    def audience(self, chat: Chat) -> frozenset[int]:
        """The people who see what happens in a chat."""
        if chat.type == "private":
            return frozenset({chat.id})
        return frozenset(user for user, member in chat.members.items() if member.inside)

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """A message that is still there."""
        message = self.messages.get(chat_id, {}).get(message_id)
        return None if message is None or message.deleted else message

    def inline_message(self, inline_id: str) -> Message | None:
        """A message that was sent via the bot, by its inline id."""
        message = self._inline.get(inline_id)
        return None if message is None or message.deleted else message

    def _next_message_id(self, chat: Chat) -> int:
        """One's private chats and basic groups share their numbers; each supergroup counts for itself."""
        if chat.type != "supergroup":
            return self.next_number("message")
        chat.last_message_id += 1
        self.save_chat(chat)
        return chat.last_message_id

    def post(
        self,
        chat: Chat,
        sender: int,
        content: Json,
        markup: Json | None = None,
        *,
        quiet: bool = False,
        **fields: Any,
    ) -> Message:
        """Adds a message to a chat: told to everybody in it and, if the bot may see it, queued as an update.

        `quiet`: without the update.
        """
        message = Message(
            chat.id, self._next_message_id(chat), self.clock.unix(), sender, content, markup, **fields
        )  # fmt: skip
        self.save_message(message)
        if sender == self.bot.id or message.via_bot:
            self._bot_wrote(chat)
        self.tell_message("message", message)
        if sender == self.bot.id and markup and "inline_keyboard" not in markup:
            self._show_keyboard(chat, message, markup)
        if self.bot_sees(chat, message) and not quiet:
            self.meet(sender)
            self.updates.add("message", self.views.bot_message(message))
        return message

    def tell_message(self, event: str, message: Message) -> None:
        """Sends `message` or `edit` to everybody in the chat."""
        chat = self.chats[message.chat_id]
        data = {"chat_id": chat.id, "message": self.views.person_message(message)}
        self.events.tell(event, data, self.audience(chat))

    def changed(self, message: Message, *, by_bot: bool) -> None:
        """Keeps an edited message and tells it; a person's edit becomes an update."""
        message.version += 1
        self.save_message(message)
        self.tell_message("edit", message)
        if not by_bot and self.bot_sees(self.chats[message.chat_id], message):
            self.updates.add("edited_message", self.views.bot_message(message))

    def delete(self, message: Message, by: int) -> None:
        """Takes a message away for everybody; the transcript remembers who did it."""
        chat = self.chats[message.chat_id]
        message.deleted = by
        self.save_message(message)
        if message.message_id in chat.pinned:
            chat.pinned.remove(message.message_id)
            self.save_chat(chat)
        self.events.tell(
            "delete", {"chat_id": chat.id, "message_ids": [message.message_id]}, self.audience(chat)
        )
        for user in [u for u, shown in chat.keyboards.items() if shown["message_id"] == message.message_id]:
            self.set_keyboard(chat, user, None)

    def meet(self, user_id: int) -> None:
        """The bot knows a person from the first update that names them."""
        user = self.users[user_id]
        if not user.known and not user.is_bot:
            user.known = True
            self.save_user(user)

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Privacy mode (core.telegram.org/bots/features#privacy-mode) and what a bot never hears: its own messages."""
        if chat.type == "private":
            return message.sender != self.bot.id
        me = chat.member(self.bot.id)
        if message.sender == self.bot.id:
            return message.kind == "service" and any(
                key in message.content for key in ("pinned_message_id", "left_chat_member")
            )
        if "left_chat_member" in message.content and message.content["left_chat_member"]["id"] == self.bot.id:
            return True
        if not me.inside:
            return False
        if message.kind == "service" or me.is_admin or self.profile["can_read_all_group_messages"]:
            return True
        replied = self.messages.get(chat.id, {}).get(message.reply_to)
        if message.via_bot or (replied is not None and replied.sender == self.bot.id):
            return True
        text = str(message.content.get("text") or message.content.get("caption") or "")
        command = re.match(r"/[A-Za-z0-9_]+(?:@([A-Za-z0-9_]+))?", text)
        if command is None:
            return False
        if command[1]:
            return command[1].lower() == self.bot.username.lower()
        return chat.bot_wrote

    def _bot_wrote(self, chat: Chat) -> None:
        if not chat.bot_wrote:
            chat.bot_wrote = True
            self.save_chat(chat)

    def _show_keyboard(self, chat: Chat, message: Message, markup: Json) -> None:
        """Reply keyboards show for everybody in the chat, selective ones for those who are answered."""
        people = self.audience(chat)
        if markup.get("selective"):
            replied = self.message(chat.id, message.reply_to)
            people = frozenset({replied.sender} if replied is not None else ()) & people
        for user in people:
            gone = "remove_keyboard" in markup
            self.set_keyboard(
                chat, user, None if gone else {"message_id": message.message_id, "markup": markup}
            )

    def set_keyboard(self, chat: Chat, user: int, shown: Json | None) -> None:
        """What stands below the person's text field now."""
        if shown is None and user not in chat.keyboards:
            return
        if shown is None:
            del chat.keyboards[user]
        else:
            chat.keyboards[user] = shown
        self.save_chat(chat)
        markup = shown["markup"] if shown else None
        self.events.tell("keyboard", {"chat_id": chat.id, "keyboard": markup}, frozenset({user}))
