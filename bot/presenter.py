"""Send, edit, replace, delete: what becomes of a chat's live message.

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
from telegram import InlineQueryResultsButton
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.outgoing import Outgoing, reason
from bot.pictures import Pictures
from bot.recorder import Recorder
from bot.rendering import article_of, digest_of, kind_of, shortened
from bot.screen import Document, Html, Result, Screen
from bot.transport import LeanBot
from domain.ids import ChatId
from domain.ports.dialogues import DialogueKey, Live

log = structlog.get_logger("bot.presenter")

_KEPT = 60
"""Seconds for which Telegram keeps inline results: stock changes. For the person who asked alone, as they are in their language."""
_ABOUT_A_PICTURE = ("webdocument", "webpage", "wc_convert")
"""How Telegram's refusals of a picture's address begin."""
_TOAST = 200  # Bot API, answerCallbackQuery.text
_AGAIN = (0.3, 1.5)
"""Seconds after which a screen is tried again whose connection broke or that Telegram failed at (5xx). Longer trouble is a job's."""

_REMEMBERED = 512
"""Messages that gave way to another just now. Forgotten, a second tap on one shows its screen once more, and no more than that."""

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
    tapped: int = 0
    """The message whose button was pressed."""
    keep_old: bool = False
    """Leave the old live message as it is: a paid invoice becomes the customer's receipt in Telegram itself."""


class Presenter:
    """Raises TelegramError when Telegram cannot be reached now; a person who blocked the bot is no error."""

    def __init__(self, bot: LeanBot, pictures: Pictures, recorder: Recorder) -> None:
        self._bot = bot
        self._recorder = recorder
        self._out = Outgoing(bot, pictures, recorder)
        self._replaced: dict[tuple[ChatId, int], None] = {}

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
            log.info("tap not answered", reason=reason(error))
        except TelegramError as error:
            log.warning("tap not answered", error=type(error).__name__)

    async def answer_checkout(self, query_id: str, refusal: str) -> None:
        """Answer a pre-checkout: with a yes when there is no refusal. One that was answered before, or waits no more, is not."""
        try:
            await self._bot.answer_pre_checkout_query(query_id, ok=not refusal, error_message=refusal or None)
        except BadRequest as error:
            log.warning("pre-checkout not answered", reason=reason(error))

    async def answer_inline(self, query_id: str, result: Result) -> None:
        """Answer an inline query; one that is too old to be answered is not.

        One address of a picture that Telegram takes for none refuses the whole answer (setInlineBotResults: WEBDOCUMENT_URL_INVALID);
        feeds have such addresses. Then all cards come without.
        """
        try:
            await self._answer_inline(query_id, result, pictured=True)
        except BadRequest as error:
            if not any(sign in reason(error) for sign in _ABOUT_A_PICTURE):
                log.info("inline query not answered", reason=reason(error))
                return
            log.warning("cards without pictures", reason=reason(error))
            await self._answer_inline(query_id, result, pictured=False)

    async def _answer_inline(self, query_id: str, result: Result, *, pictured: bool) -> None:
        start = result.start
        await self._bot.answer_inline_query(
            query_id,
            [article_of(card, pictured=pictured) for card in result.cards or ()],
            cache_time=_KEPT,
            is_personal=True,
            next_offset=result.next_offset,
            button=None
            if start is None
            else InlineQueryResultsButton(start.label, start_parameter=start.payload),
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
            return "not found" in reason(error)
        except TelegramError:
            return False
        return True

    async def send(self, chat_id: ChatId, screen: Screen, thread_id: int = 0) -> int:
        """A new message with this screen; returns its id. Raises every TelegramError."""
        return (await self._out.send(chat_id, thread_id, screen))[0]

    async def send_document(self, chat_id: ChatId, document: Document) -> None:
        await self._out.send_document(chat_id, document)

    async def edit(self, chat_id: ChatId, message_id: int, screen: Screen) -> bool:
        """Make a text message show this; False if it is not there to be edited any more."""
        return await self._out.edit_text(chat_id, message_id, screen)

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
        replaced = (showing.chat_id, showing.tapped) in self._replaced
        if replaced and not showing.fresh and not showing.documents and _shows(live, screen):
            return live  # a second tap, underway while the first was answered: the person has it before their eyes
        new, _ = await asyncio.gather(self._new(showing, screen), self._retire(showing.chat_id, live))
        return new

    async def _turn_into(self, showing: Showing, live: Live, screen: Screen) -> Live:
        """Edit the live message; where Telegram has no way, send a new one and delete the old."""
        if _shows(live, screen):
            return live
        kind, digest = kind_of(screen), digest_of(screen)
        edited = False
        if kind == live.kind == "text":
            edited = await self.edit(showing.chat_id, live.message_id, screen)
        elif kind == live.kind == "photo":
            edited = await self._out.edit_photo(showing.chat_id, live.message_id, live.digest, screen)
        if edited:
            return Live(live.message_id, kind, digest)
        new = await self._new(showing, screen)
        await self.delete(showing.chat_id, live.message_id)
        self._replaced[showing.chat_id, live.message_id] = None
        while len(self._replaced) > _REMEMBERED:
            del self._replaced[next(iter(self._replaced))]
        return new

    async def _new(self, showing: Showing, screen: Screen) -> Live:
        message_id, kind = await self._out.send(showing.chat_id, showing.thread_id, screen)
        return Live(message_id, kind, digest_of(screen))

    async def _retire(self, chat_id: ChatId, live: Live) -> None:
        """Take the buttons off a message that is no longer the live one. An invoice cannot be without: it goes."""
        if live.kind == "invoice":
            await self.delete(chat_id, live.message_id)
            return
        try:
            given = {"chat_id": chat_id, "message_id": live.message_id}
            await self._bot.call("editMessageReplyMarkup", given)
        except TelegramError as error:
            log.debug("not retired", reason=reason(error))


def _shows(live: Live, screen: Screen) -> bool:
    return (live.kind, live.digest) == (kind_of(screen), digest_of(screen))


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
