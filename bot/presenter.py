"""Send, edit, replace, delete: the only module that knows how Telegram's messages behave.

A text message and one with a picture do not turn into each other by editing (Bot API: editMessageText, editMessageCaption,
editMessageMedia), an invoice's text never changes: then the new message is sent first and the old one deleted after, so that
the person is never left with nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import structlog
import telegram
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    LabeledPrice,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.pictures import Pictures, Prepared
from bot.recorder import Recorder
from bot.rendering import digest_of, keyboard_of, kind_of, markup_of, message_of, picture_key, shortened
from bot.screen import Document, Html, InlineCard, Invoice, Screen
from bot.transport import LeanBot
from domain.ids import ChatId
from domain.ports.dialogues import DialogueKey, Live

log = structlog.get_logger("bot.presenter")

_NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
_TOAST = 200  # Bot API, answerCallbackQuery.text
_DESCRIPTION = 255  # Bot API, sendInvoice.description
_AGAIN = (0.3, 1.5)
"""Seconds after which a screen is tried again whose connection broke or that Telegram failed at (5xx). Longer trouble is a job's."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Showing:
    """What to bring on the screen of one chat. ``edit``: in place of the live message, else beneath it."""

    chat_id: ChatId
    thread_id: int = 0
    live: Live | None = None
    screen: Screen | None = None
    edit: bool = False
    query_id: str = ""
    toast: str = ""
    alert: bool = False
    documents: tuple[Document, ...] = ()
    fresh: bool = False
    keep_old: bool = False
    """Leave the old live message as it is: a paid invoice becomes the customer's receipt in Telegram itself."""


class Presenter:
    """Raises TelegramError when Telegram cannot be reached now; a person who blocked the bot is no error."""

    def __init__(self, bot: LeanBot, pictures: Pictures, recorder: Recorder) -> None:
        self._bot = bot
        self._pictures = pictures
        self._recorder = recorder

    async def show(self, showing: Showing) -> Live | None:
        """Answer the tap and show the screen; returns the live message as it is now (None: there is none)."""
        if not showing.query_id:
            return await self._place(showing)
        answer = asyncio.create_task(self.answer(showing.query_id, showing.toast, alert=showing.alert))
        try:
            return await self._place(showing)
        finally:
            await answer

    async def record(self, key: DialogueKey, version: int, live: Live | None) -> None:
        await self._recorder.shown(key, version, live)

    async def answer(self, query_id: str, toast: str, *, alert: bool) -> None:
        """Answer a tap. One that is too old to be answered is not: the screen says it all."""
        try:
            given = {
                "callback_query_id": query_id,
                "text": shortened(toast, _TOAST) or None,
                "show_alert": alert or None,
            }
            await self._bot.call("answerCallbackQuery", given)
        except BadRequest as error:
            log.info("tap not answered", reason=_reason(error))
        except TelegramError as error:
            log.warning("tap not answered", error=type(error).__name__)

    async def answer_checkout(self, query_id: str, refusal: str) -> None:
        """Answer a pre-checkout: with a yes when there is no refusal. One that was answered before, or waits no more, is not."""
        try:
            await self._bot.answer_pre_checkout_query(query_id, ok=not refusal, error_message=refusal or None)
        except BadRequest as error:
            log.warning("pre-checkout not answered", reason=_reason(error))

    async def answer_inline(self, query_id: str, cards: tuple[InlineCard, ...], next_offset: str) -> None:
        """Answer an inline query. Personal and kept for a minute only, as stock changes."""
        results = [
            InlineQueryResultArticle(
                card.id,
                card.title,
                InputTextMessageContent(
                    card.text, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
                ),
                description=card.description,
                thumbnail_url=card.thumbnail or None,
                reply_markup=InlineKeyboardMarkup(
                    [[InlineKeyboardButton(card.button_label, url=card.button_url)]]
                ),
            )
            for card in cards
        ]
        await self._bot.answer_inline_query(
            query_id, results, cache_time=60, is_personal=True, next_offset=next_offset
        )

    async def say(self, chat_id: ChatId, text: Html) -> None:
        """A plain message that nothing hangs on."""
        try:
            await self._bot.send_message(chat_id, text, parse_mode=ParseMode.HTML)
        except TelegramError as error:
            log.warning("not said", error=type(error).__name__, chat=chat_id)

    async def delete(self, chat_id: ChatId, message_id: int) -> bool:
        """Delete somebody's message; False if Telegram refuses or cannot be reached. Gone already counts as deleted."""
        try:
            await _insistently(partial(self._bot.delete_message, chat_id, message_id))
        except BadRequest as error:
            return "not found" in _reason(error)
        except TelegramError:
            return False
        return True

    async def send(self, chat_id: ChatId, screen: Screen, thread_id: int = 0) -> int:
        """A new message with this screen; returns its id. Raises every TelegramError."""
        return (await self._send(chat_id, thread_id, screen))[0]

    async def send_document(self, chat_id: ChatId, document: Document) -> None:
        await self._bot.send_document(
            chat_id, document.content, filename=document.name, caption=document.caption or None
        )

    async def edit(self, chat_id: ChatId, message_id: int, screen: Screen) -> bool:
        """Make a text message show this; False if it is not there to be edited any more."""
        try:
            await self._bot.call("editMessageText", message_of(chat_id, screen) | {"message_id": message_id})
        except BadRequest as error:
            return _unchanged(error)
        return True

    # --- the live message ---------------------------------------------------------------------------------------------

    async def _place(self, showing: Showing) -> Live | None:
        live, screen = showing.live, showing.screen
        try:
            for document in showing.documents:
                await _insistently(partial(self.send_document, showing.chat_id, document))
            if screen is None:
                return live
            return await _insistently(partial(self._place_screen, showing, screen, live))
        except Forbidden:
            log.info("cannot write to this chat", chat=showing.chat_id)
            return live

    async def _place_screen(self, showing: Showing, screen: Screen, live: Live | None) -> Live:
        if live is None:
            return await self._new(showing, screen)
        if showing.edit and not showing.fresh and not showing.documents:
            return await self._turn_into(showing, live, screen)
        if showing.keep_old:
            return await self._new(showing, screen)
        new, _ = await asyncio.gather(self._new(showing, screen), self._retire(showing.chat_id, live))
        return new

    async def _turn_into(self, showing: Showing, live: Live, screen: Screen) -> Live:
        """Edit the live message; where Telegram has no way, send a new one and delete the old."""
        kind, digest = kind_of(screen), digest_of(screen)
        if kind == live.kind and digest == live.digest:
            return live
        edited = False
        if kind == live.kind == "text":
            edited = await self.edit(showing.chat_id, live.message_id, screen)
        elif kind == live.kind == "photo":
            edited = await self._edit_photo(showing.chat_id, live, screen)
        if edited:
            return Live(live.message_id, kind, digest)
        new = await self._new(showing, screen)
        await self.delete(showing.chat_id, live.message_id)
        return new

    async def _edit_photo(self, chat_id: ChatId, live: Live, screen: Screen) -> bool:
        if screen.picture is None:
            return False
        try:
            if picture_key(live.digest) == self._pictures.key(screen.picture):
                given = {
                    "chat_id": chat_id,
                    "message_id": live.message_id,
                    "caption": screen.text,
                    "parse_mode": ParseMode.HTML,
                    "reply_markup": markup_of(screen.rows),
                }
                await self._bot.call("editMessageCaption", given)
                return True

            async def swap(photo: str | bytes) -> telegram.Message | bool:
                media = InputMediaPhoto(photo, caption=screen.text, parse_mode=ParseMode.HTML)
                return await self._bot.edit_message_media(
                    media, chat_id, live.message_id, reply_markup=keyboard_of(screen.rows)
                )

            await self._with_picture(screen, swap)
        except BadRequest as error:
            return _unchanged(error)
        return True

    async def _new(self, showing: Showing, screen: Screen) -> Live:
        message_id, kind = await self._send(showing.chat_id, showing.thread_id, screen)
        return Live(message_id, kind, digest_of(screen))

    async def _send(self, chat_id: ChatId, thread_id: int, screen: Screen) -> tuple[int, str]:
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
            if prepared.drawn or "not modified" in _reason(error) or "not found" in _reason(error):
                raise
            prepared = await self._pictures.redraw(screen.picture)
            message = await send(prepared.photo)
        if not isinstance(message, telegram.Message):
            raise TypeError("Telegram answered without the message")
        if message.photo and prepared.photo != message.photo[-1].file_id:
            await self._recorder.file(prepared.key, message.photo[-1].file_id)
        return message

    async def _retire(self, chat_id: ChatId, live: Live) -> None:
        """Take the buttons off a message that is no longer the live one. An invoice cannot be without: it goes."""
        if live.kind == "invoice":
            await self.delete(chat_id, live.message_id)
            return
        try:
            given = {"chat_id": chat_id, "message_id": live.message_id}
            await self._bot.call("editMessageReplyMarkup", given)
        except TelegramError as error:
            log.debug("not retired", reason=_reason(error))


async def _insistently(call: Callable[[], Awaitable[T]]) -> T:
    """Once more, and once more, while the network or Telegram stumbles: a person is waiting. What took its whole time already
    (`TimedOut`), and what Telegram refuses, is not asked again."""
    for pause in _AGAIN:
        try:
            return await call()
        except (BadRequest, TimedOut):
            raise
        except NetworkError as error:
            log.warning("shown again", error=type(error).__name__)
            await asyncio.sleep(pause)
    return await call()


def _reason(error: TelegramError) -> str:
    return str(error.message).lower()


def _unchanged(error: BadRequest) -> bool:
    """Whether an edit failed only because nothing was to do. False: the message is gone or of another kind."""
    reason = _reason(error)
    if "not modified" in reason:
        return True
    if any(
        sign in reason for sign in ("not found", "can't be edited", "no text in the message", "no caption")
    ):
        return False
    raise error
