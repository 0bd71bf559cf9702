"""How to ask the shop's people for a book that the chat cannot sell."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from bot.actions import Action, ShowHome
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import whereabouts
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.book import Book
from domain.shop import Shop


def for_book(shown: Book, words: Words, shop: Shop, now: datetime, back: Action) -> Screen:
    title = shorten(shown.title, 120)
    if shown.isbn13:
        return _screen(
            words.html("ask-book-isbn", title=title, isbn=shown.isbn13), title, words, shop, now, back
        )
    return _screen(words.html("ask-book", title=title), title, words, shop, now, back)


def for_anything(searched: str, words: Words, shop: Shop, now: datetime, back: Action) -> Screen:
    """``searched`` is what was not found; empty if that is not known."""
    text = shorten(searched, 120)
    said = words.html("ask-searched", text=text) if text else words.html("ask-anything")
    return _screen(said, text, words, shop, now, back)


def _screen(said: Html, about: str, words: Words, shop: Shop, now: datetime, back: Action) -> Screen:
    ways = [
        words.html("ask-phone", phone=shop.contact_phone) if shop.contact_phone else None,
        words.html("ask-email", email=shop.contact_email) if shop.contact_email else None,
        whereabouts.counter(shop, words, now),
    ]
    home = Button(words.plain("home"), ShowHome())
    rows: list[Row] = [(home,) if back == ShowHome() else (Button(words.plain("back"), back), home)]
    if shop.contact_telegram:
        # Bot API, deep links: t.me/<name>?text=<draft> opens the chat with the words ready to be sent.
        draft = quote(words.plain("ask-draft", about=about) if about else "", safe="")
        url = f"https://t.me/{shop.contact_telegram.lstrip('@')}" + (f"?text={draft}" if draft else "")
        rows.insert(0, (Button(words.plain("ask-telegram"), url=url),))
    return Screen(paragraphs(said, lines(*ways)), tuple(rows))
