"""A book as a card of inline mode: what the list of results shows, and the message that choosing it sends."""

from __future__ import annotations

from bot.screen import CoverAddresses, InlineCard, lines
from bot.screens import offer
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.book import Book

_BLURB = 300


def card(book: Book, words: Words, link: str, cover: CoverAddresses) -> InlineCard:
    """``link`` opens the book's page in the chat with the shop; ``cover`` is where its picture is."""
    authors = offer.authors(book.authors, words)
    offered = offer.price_and_availability(book, words)
    return InlineCard(
        id=str(book.id),
        title=offer.title(book, 100),
        description=" · ".join(filter(None, (authors, offer.form(book, words), *offered))),
        text=lines(
            words.html("book-title", title=offer.title(book, 200)),
            words.html("as-it-is", text=authors) if authors else None,
            words.html("as-it-is", text=shorten(book.blurb, _BLURB)) if book.blurb else None,
            offer.joined([offer.form(book, words), *offered], words),
        ),
        button_label=words.plain("card-button"),
        button_url=link,
        cover=cover,
    )
