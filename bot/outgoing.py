"""One message out: a text, a picture with a caption, an invoice or a document, sent or edited where it is.

A picture goes by its file id once Telegram has it. Every TelegramError is raised, but for an edit that finds nothing to do, or
nothing to be edited.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import telegram
from telegram import InputMediaPhoto, LabeledPrice
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.pictures import Pictures, Prepared
from bot.recorder import Recorder
from bot.rendering import keyboard_of, markup_of, message_of, picture_key, shortened
from bot.screen import Document, Invoice, Screen
from bot.transport import LeanBot
from domain.ids import ChatId

_DESCRIPTION = 255  # Bot API, sendInvoice.description


class Outgoing:
    def __init__(self, bot: LeanBot, pictures: Pictures, recorder: Recorder) -> None:
        self._bot = bot
        self._pictures = pictures
        self._recorder = recorder

    async def send(self, chat_id: ChatId, thread_id: int, screen: Screen) -> tuple[int, str]:
        """A new message with this screen; returns its id and of what kind it is (see `bot.rendering.kind_of`)."""
        thread = thread_id or None
        if screen.invoice is not None:
            return await self._send_invoice(chat_id, thread, screen, screen.invoice), "invoice"
        if screen.picture is None:
            message = await self._bot.call(
                "sendMessage", message_of(chat_id, screen) | {"message_thread_id": thread}
            )
            return int(message["message_id"]), "text"

        async def send(photo: str | bytes) -> telegram.Message | bool:
            return await self._bot.send_photo(
                chat_id,
                photo,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=thread,
                reply_markup=keyboard_of(screen.rows),
            )

        return (await self._with_picture(screen, send)).message_id, "photo"

    async def send_document(self, chat_id: ChatId, document: Document) -> None:
        await self._bot.send_document(
            chat_id, document.content, filename=document.name, caption=document.caption or None
        )

    async def edit_text(self, chat_id: ChatId, message_id: int, screen: Screen) -> bool:
        """Make a text message show this; False if it is not there to be edited any more."""
        try:
            await self._bot.call("editMessageText", message_of(chat_id, screen) | {"message_id": message_id})
        except BadRequest as error:
            return _unchanged(error)
        return True

    async def edit_photo(self, chat_id: ChatId, message_id: int, digest: str, screen: Screen) -> bool:
        """The same for a message with a picture; ``digest`` is of what it shows now."""
        if screen.picture is None:
            return False
        try:
            if picture_key(digest) == self._pictures.key(screen.picture):
                given = {
                    "chat_id": chat_id,
                    "message_id": message_id,
                    "caption": screen.text,
                    "parse_mode": ParseMode.HTML,
                    "reply_markup": markup_of(screen.rows),
                }
                await self._bot.call("editMessageCaption", given)
                return True

            async def swap(photo: str | bytes) -> telegram.Message | bool:
                media = InputMediaPhoto(photo, caption=screen.text, parse_mode=ParseMode.HTML)
                return await self._bot.edit_message_media(
                    media, chat_id, message_id, reply_markup=keyboard_of(screen.rows)
                )

            await self._with_picture(screen, swap)
        except BadRequest as error:
            return _unchanged(error)
        return True

    async def _send_invoice(
        self, chat_id: ChatId, thread: int | None, screen: Screen, invoice: Invoice
    ) -> int:
        message = await self._bot.send_invoice(
            chat_id,
            invoice.title,
            shortened(invoice.description, _DESCRIPTION),
            invoice.payload,
            invoice.currency,
            [LabeledPrice(label, amount) for label, amount in invoice.prices],
            provider_token=invoice.provider_token,
            message_thread_id=thread,
            reply_markup=keyboard_of(screen.rows),
        )
        return message.message_id

    async def _with_picture(
        self, screen: Screen, send: Callable[[str | bytes], Awaitable[telegram.Message | bool]]
    ) -> telegram.Message:
        """Send by file id if the picture was sent before; a file id that Telegram no longer takes is dropped."""
        if screen.picture is None:
            raise ValueError("no picture")
        prepared: Prepared = await self._pictures.prepare(screen.picture)
        try:
            message = await send(prepared.photo)
        except BadRequest as error:
            if prepared.drawn or "not modified" in reason(error) or "not found" in reason(error):
                raise
            prepared = await self._pictures.redraw(screen.picture)
            message = await send(prepared.photo)
        if not isinstance(message, telegram.Message):
            raise TypeError("Telegram answered without the message")
        if message.photo and prepared.photo != message.photo[-1].file_id:
            await self._recorder.file(prepared.key, message.photo[-1].file_id)
        return message


def reason(error: TelegramError) -> str:
    return str(error.message).lower()


def _unchanged(error: BadRequest) -> bool:
    """Whether an edit failed only because nothing was to do. False: the message is gone or of another kind."""
    said = reason(error)
    if "not modified" in said:
        return True
    if any(sign in said for sign in ("not found", "can't be edited", "no text in the message", "no caption")):
        return False
    raise error
