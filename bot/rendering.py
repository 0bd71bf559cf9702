"""A screen as the Bot API has it: the message, its keyboard, and what tells two messages apart. And a card of inline mode."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.codec import encode
from bot.pictures import Pictures
from bot.screen import Button, InlineCard, Row, Screen
from domain.ids import ChatId


def message_of(chat_id: ChatId, screen: Screen) -> dict[str, Any]:
    """What sending and editing a text message have in common (Bot API, sendMessage and editMessageText)."""
    return {
        "chat_id": chat_id,
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": markup_of(screen.rows),
    }


def markup_of(rows: tuple[Row, ...]) -> dict[str, Any] | None:
    """The inline keyboard as the Bot API has it (InlineKeyboardMarkup)."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def keyboard_of(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    """The same for python-telegram-bot's methods."""
    markup = markup_of(rows)
    return None if markup is None else InlineKeyboardMarkup.de_json(markup)


def _button(button: Button) -> dict[str, Any]:
    if button.action is not None:
        return {"text": button.label, "callback_data": encode(button.action)}
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.share:
        return {"text": button.label, "switch_inline_query": button.share}
    return {"text": button.label, "pay": True}


def article_of(card: InlineCard, *, pictured: bool) -> InlineQueryResultArticle:
    """The card as a result of inline mode. ``pictured``: with the cover, beside it in the list and above the text once it is sent.

    An article and no photo: the apps show a photo's title and description, here the price, seldom, and those of one that Telegram
    has by its file id never reach them (td, InlineQueriesManager::answer_inline_query). What an article sends cannot be a photo
    (InputMessageContent), but the preview of a link that is nowhere in the text can be one (LinkPreviewOptions.url).
    """
    cover = card.cover.picture if pictured else ""
    preview = LinkPreviewOptions(is_disabled=True)
    if cover:
        preview = LinkPreviewOptions(url=cover, prefer_large_media=True, show_above_text=True)
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(card.text, parse_mode=ParseMode.HTML, link_preview_options=preview),
        description=card.description,
        thumbnail_url=(card.cover.thumbnail if pictured else "") or None,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(card.button_label, url=card.button_url)]]),
    )


def kind_of(screen: Screen) -> str:
    """What kind of message shows it: a message of one kind never becomes one of another."""
    if screen.invoice is not None:
        return "invoice"
    return "text" if screen.picture is None else "photo"


def digest_of(screen: Screen) -> str:
    """What a message shows, in short: the picture's key and a hash of the rest."""
    content = json.dumps([screen.text, markup_of(screen.rows), repr(screen.invoice or "")]).encode()
    picture = "" if screen.picture is None else Pictures.key(screen.picture)
    return f"{picture}|{hashlib.blake2b(content, digest_size=12).hexdigest()}"


def picture_key(digest: str) -> str:
    """The picture's part of a message's digest; empty if it has none."""
    return digest.rpartition("|")[0]


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters; what is cut off leaves an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
