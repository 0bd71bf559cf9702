"""Asking what somebody looks for, and saying what cannot be read."""

from __future__ import annotations

from typing import Final

from bot.actions import AskForBook, ShowHome, ShowShelves
from bot.screen import Button, Html, Row, Screen, paragraphs
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.barcode import NoIsbn

NO_ISBN: Final = {
    NoIsbn.NOTHING: "photo-no-barcode",
    NoIsbn.OTHER_CODE: "photo-other-code",
    NoIsbn.NOT_A_PICTURE: "photo-not-read",
    NoIsbn.TOO_LARGE: "photo-too-big",
}


def ask(words: Words) -> Screen:
    return Screen(paragraphs(words.html("search-ask"), words.html("search-ask-more")), (_ways_on(words),))


def unreadable(words: Words) -> Screen:
    """For a sticker, a voice message, emoji alone."""
    return Screen(words.html("search-unreadable"), (_ways_on(words),))


def no_such_isbn(typed: str, words: Words) -> Screen:
    return _not_here(words.html("search-no-such-isbn", isbn=shorten(typed, 40)), words)


def slipped_isbn(typed: str, words: Words) -> Screen:
    return Screen(words.html("search-slipped-isbn", isbn=shorten(typed, 40)), (_ways_on(words),))


def no_isbn(why: NoIsbn, words: Words) -> Screen:
    return Screen(words.html(NO_ISBN[why]), (_ways_on(words),))


def barcode_not_here(isbns: tuple[str, ...], words: Words) -> Screen:
    return _not_here(words.html("photo-not-here", count=len(isbns), isbns=", ".join(isbns[:8])), words)


def _not_here(said: Html, words: Words) -> Screen:
    return Screen(said, ((Button(words.plain("ask-the-shop"), AskForBook(0)),), _ways_on(words)))


def _ways_on(words: Words) -> Row:
    return (Button(words.plain("shelves"), ShowShelves()), Button(words.plain("home"), ShowHome()))
