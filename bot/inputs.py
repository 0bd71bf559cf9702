"""Telegram's updates as the shop's own inputs. Nothing past this module knows how an update looks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import telegram

from bot.actions import Action
from bot.codec import decode
from domain.ids import ChatId, UserId
from domain.ports.dialogues import DialogueKey


@dataclass(frozen=True, slots=True)
class Who:
    """The person and the chat. ``language`` is what their Telegram is set to, such as ``de`` (may be empty)."""

    user_id: UserId
    chat_id: ChatId
    private: bool
    thread_id: int = 0
    first_name: str = ""
    full_name: str = ""
    language: str = ""
    chat_title: str = ""

    @property
    def key(self) -> DialogueKey:
        return DialogueKey(self.chat_id, self.thread_id, self.user_id)


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed. It may be a password: it is never logged (repr leaves it out). ``under`` is the first button of the
    bot's message that it answers, if it answers one."""

    text: str = field(repr=False)
    message_id: int
    under: Action | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A document. ``caption`` is what stands beneath it; ``under`` as in `Text`."""

    file_id: str
    name: str
    size: int
    mime: str
    message_id: int
    caption: str = ""
    under: Action | None = None

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/") or self.name.lower().endswith(_PICTURES)


_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif", ".avif", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Command:
    """``/name argument``, the name in lower case, without the bot's name. ``typed`` is all of it, as it was typed; ``file``
    is the document that it answers, if it answers one."""

    name: str
    argument: str
    message_id: int
    typed: str = field(default="", repr=False)
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A tap on an inline button. ``action`` is None if the data is not one of ours (forged, or from an older program)."""

    action: Action | None
    query_id: str
    message_id: int
    chosen_inline: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    file_id: str
    size: int
    message_id: int
    caption: str = ""
    under: Action | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Anything that the shop cannot read: a sticker, a voice message, a place."""

    kind: str
    message_id: int
    under: Action | None = None


@dataclass(frozen=True, slots=True)
class PreCheckout:
    """Telegram asks whether a payment may go through; it wants the answer within 10 seconds."""

    query_id: str
    payload: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """Telegram says that a payment went through."""

    payload: str
    amount: int
    currency: str
    charge_id: str
    provider_charge_id: str
    message_id: int


@dataclass(frozen=True, slots=True)
class InlineQuery:
    query_id: str
    query: str
    offset: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The group became the supergroup ``new``."""

    old: ChatId
    new: ChatId


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added, made an admin, restricted, blocked or removed: ``status`` is Telegram's word for what it is now."""

    status: str


Input = (
    Text
    | Command
    | Press
    | Photo
    | File
    | Other
    | PreCheckout
    | PaymentDone
    | InlineQuery
    | ChatMoved
    | Membership
)


@dataclass(frozen=True, slots=True)
class Received:
    update_id: int
    who: Who
    input: Input


def read(update: telegram.Update, bot_username: str) -> Received | None:
    """What the update is for the shop; None if it is nothing that a shop answers (an edit, a channel's post, a service message)."""
    if (query := update.callback_query) is not None:
        return _press(update.update_id, query)
    if (message := update.message) is not None:
        return _message(update.update_id, message, bot_username)
    if (checkout := update.pre_checkout_query) is not None:
        who = _who(checkout.from_user, None)
        done = PreCheckout(
            checkout.id, checkout.invoice_payload, int(checkout.total_amount), checkout.currency
        )
        return Received(update.update_id, who, done)
    if (inline := update.inline_query) is not None:
        who = _who(inline.from_user, None)
        return Received(update.update_id, who, InlineQuery(inline.id, inline.query, inline.offset))
    if (member := update.my_chat_member) is not None:
        who = _who(member.from_user, member.chat)
        return Received(update.update_id, who, Membership(member.new_chat_member.status))
    return None


def _press(update_id: int, query: telegram.CallbackQuery) -> Received | None:
    action = decode(query.data) if query.data else None
    if query.message is None:  # a button of a message that was sent by way of inline mode
        press = Press(action, query.id, 0, query.inline_message_id or "")
        return Received(update_id, _who(query.from_user, None), press)
    thread = query.message.message_thread_id if isinstance(query.message, telegram.Message) else None
    who = _who(query.from_user, query.message.chat, thread)
    return Received(update_id, who, Press(action, query.id, query.message.message_id))


def _message(update_id: int, message: telegram.Message, bot_username: str) -> Received | None:
    if message.migrate_to_chat_id is not None:
        who = _who(message.from_user, message.chat)
        moved = ChatMoved(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))
        return Received(update_id, who, moved)
    if message.from_user is None or message.from_user.is_bot or message.via_bot is not None:
        return None
    thread = message.message_thread_id if message.is_topic_message else None
    who = _who(message.from_user, message.chat, thread)
    content = _content(message, bot_username)
    return None if content is None else Received(update_id, who, content)


def _content(message: telegram.Message, bot_username: str) -> Input | None:
    at = message.message_id
    if message.text is not None:
        return _text(message, bot_username)
    if (payment := message.successful_payment) is not None:
        return PaymentDone(
            payment.invoice_payload,
            int(payment.total_amount),
            payment.currency,
            payment.telegram_payment_charge_id,
            payment.provider_payment_charge_id,
            at,
        )
    under = _first_button(message.reply_to_message, bot_username)
    if message.photo:
        best = message.photo[-1]
        return Photo(best.file_id, best.file_size or 0, at, message.caption or "", under)
    if (file := _file(message)) is not None:
        return replace(file, under=under)
    kind = telegram.helpers.effective_message_type(message)
    return Other(kind, at, under) if kind in _UNREADABLE else None


_UNREADABLE = frozenset(
    {"animation", "audio", "contact", "dice", "game", "location", "paid_media"}
    | {"poll", "sticker", "story", "venue", "video", "video_note", "voice"}
)


def _file(message: telegram.Message) -> File | None:
    document = message.document
    if document is None:
        return None
    return File(
        document.file_id,
        document.file_name or "",
        document.file_size or 0,
        document.mime_type or "",
        message.message_id,
        message.caption or "",
    )


def _text(message: telegram.Message, bot_username: str) -> Text | Command | None:
    text = message.text or ""
    first = message.entities[0] if message.entities else None
    if first is not None and first.type == "bot_command" and first.offset == 0:
        # Offsets count UTF-16 units; a command at the start is ASCII, so they are characters here.
        name, _, addressee = text[1 : first.length].partition("@")
        if addressee and addressee.lower() != bot_username.lower():
            return None
        answered = message.reply_to_message
        file = _file(answered) if answered is not None else None
        return Command(name.lower(), text[first.length :].strip(), message.message_id, text, file)
    return Text(text, message.message_id, _first_button(message.reply_to_message, bot_username))


def _first_button(answered: telegram.Message | None, bot_username: str) -> Action | None:
    """What the bot's own message that is answered offers first: it tells what the answer is about."""
    if answered is None or answered.reply_markup is None or answered.from_user is None:
        return None
    if (answered.from_user.username or "").lower() != bot_username.lower():
        return None
    data = answered.reply_markup.inline_keyboard[0][0].callback_data
    return decode(data) if isinstance(data, str) else None


def _who(user: telegram.User | None, chat: telegram.Chat | None, thread: int | None = None) -> Who:
    user_id = user.id if user is not None else 0
    return Who(
        user_id=UserId(user_id),
        chat_id=ChatId(chat.id if chat is not None else user_id),
        private=chat is None or chat.type == "private",
        thread_id=thread or 0,
        first_name=user.first_name if user is not None else "",
        full_name=user.full_name if user is not None else "",
        language=(user.language_code or "") if user is not None else "",
        chat_title=(chat.title or "") if chat is not None else "",
    )
