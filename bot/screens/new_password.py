"""A new password for an account that is there."""

from __future__ import annotations

from bot.actions import GiveUp
from bot.screen import Button, Html, Screen, paragraphs
from bot.texts import Words
from domain.errors import WeakPassword


def password_wanted(words: Words, refused: WeakPassword | None = None) -> Screen:
    cancel = Button(words.plain("cancel"), GiveUp())
    return Screen(paragraphs(weakness(refused, words), words.html("new-password")), ((cancel,),))


def weakness(refused: WeakPassword | None, words: Words) -> Html | None:
    """Why a password will not do."""
    if refused is None:
        return None
    return words.html("error-weak-password", reason=refused.reason, limit=refused.limit)
