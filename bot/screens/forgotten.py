"""A forgotten password."""

from __future__ import annotations

from bot.actions import GiveUp, LogIn, ShowSupport
from bot.screen import Button, Screen, paragraphs
from bot.texts import Words


def email_wanted(words: Words, *, odd: bool = False) -> Screen:
    return Screen(
        paragraphs(words.html("email-odd") if odd else None, words.html("forgot-email")),
        ((_cancel(words),),),
    )


def come_by(words: Words) -> Screen:
    """The shop has no mail, so it takes a person."""
    return Screen(
        words.html("forgot-come-by"),
        (
            (Button(words.plain("info-support"), ShowSupport()),),
            (Button(words.plain("log-in"), LogIn()), _cancel(words)),
        ),
    )


def _cancel(words: Words) -> Button:
    return Button(words.plain("cancel"), GiveUp())
