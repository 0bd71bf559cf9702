"""Becoming a customer."""

from __future__ import annotations

from bot.actions import ForgotPassword, GiveUp, LogIn, Register, ShowPrivacy, UseName
from bot.screen import Button, Screen, paragraphs
from bot.screens.new_password import weakness
from bot.texts import Words
from domain.errors import WeakPassword


def email_wanted(words: Words, *, by_mail: bool, odd: bool = False) -> Screen:
    """``odd``: what was typed is no address. What it is for was said before."""
    return Screen(
        paragraphs(words.html("email-odd"), words.html("login-email"))
        if odd
        else paragraphs(words.html("register-email"), words.html("register-email-code") if by_mail else None),
        (
            (Button(words.plain("log-in"), LogIn()), Button(words.plain("info-privacy"), ShowPrivacy())),
            (_cancel(words),),
        ),
    )


def name_wanted(offered: str, words: Words, *, odd: bool = False) -> Screen:
    """``offered`` is the name that Telegram knows; empty: none."""
    offer = ((Button(words.plain("register-use-name", name=offered), UseName()),),) if offered else ()
    return Screen(
        paragraphs(words.html("name-odd") if odd else None, words.html("register-name")),
        (*offer, (_cancel(words),)),
    )


def password_wanted(words: Words, refused: WeakPassword | None = None) -> Screen:
    return Screen(paragraphs(weakness(refused, words), words.html("register-password")), ((_cancel(words),),))


def email_taken(email: str, words: Words) -> Screen:
    return Screen(
        words.html("register-taken", email=email),
        (
            (Button(words.plain("log-in"), LogIn()), Button(words.plain("login-forgot"), ForgotPassword())),
            (Button(words.plain("code-other-email"), Register()), _cancel(words)),
        ),
    )


def _cancel(words: Words) -> Button:
    return Button(words.plain("cancel"), GiveUp())
