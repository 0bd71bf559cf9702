"""The shop's shelves, each with how many books stand there."""

from __future__ import annotations

from bot.actions import Browse, ShowHome, ShowShelves
from bot.screen import Button, Row, Screen
from bot.screens.numbers import in_rows
from bot.texts import Words
from domain.listing import Kind
from domain.views import Facet

_MOST = 60


def by_subject(shelves: tuple[Facet, ...], words: Words) -> Screen:
    buttons = [
        Button(f"{words.plain(f'subject-{one.key}')} · {one.count}", Browse(Kind.SUBJECT.value, one.key))
        for one in shelves
        if words.has(f"subject-{one.key}")
    ]
    other = Button(words.plain("shelves-by-language"), ShowShelves("language"))
    return Screen(words.html("shelves-title"), (*in_rows(buttons, 2), _leave(words, other)))


def by_language(shelves: tuple[Facet, ...], words: Words) -> Screen:
    buttons = [
        Button(f"{words.language_name(one.key)} · {one.count}", Browse(Kind.LANGUAGE.value, one.key))
        for one in shelves[:_MOST]
    ]
    other = Button(words.plain("shelves-by-subject"), ShowShelves())
    return Screen(words.html("shelves-language-title"), (*in_rows(buttons, 2), _leave(words, other)))


def _leave(words: Words, other: Button) -> Row:
    return (other, Button(words.plain("home"), ShowHome()))
