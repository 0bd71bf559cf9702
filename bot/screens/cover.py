"""A book's cover, as it is shown wherever the book is: on its page in the chat, on a card, at the shop's public address."""

from __future__ import annotations

from bot.screen import Cover
from domain.book import Book


def cover_of(book: Book) -> Cover:
    return Cover(book.id, book.title, book.authors, book.cover_url)
