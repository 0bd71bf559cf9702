"""Logging in."""

from __future__ import annotations

from datetime import datetime

from bot.actions import ForgotPassword, GiveUp, LogIn, Register
from bot.screen import Button, Row, Screen, paragraphs
from bot.texts import Words


def email_wanted(words: Words, *, odd: bool = False) -> Screen:
    """``odd``: what was typed is no address."""
    return Screen(
        paragraphs(words.html("email-odd") if odd else None, words.html("login-email")),
        ((Button(words.plain("register"), Register()), _cancel(words)),),
    )


def password_wanted(email: str, words: Words) -> Screen:
    return Screen(words.html("login-password", email=email), (_other_email(words), _ways_out(words)))


def refused(email: str, tries_left: int, words: Words) -> Screen:
    return Screen(
        paragraphs(words.html("login-refused", left=tries_left), words.html("login-once-more", email=email)),
        (_other_email(words), _ways_out(words)),
    )


def locked(until: datetime, now: datetime, *, by_mail: bool, words: Words) -> Screen:
    return Screen(
        paragraphs(
            words.html("login-locked", until=words.moment(until, now)),
            words.html("login-locked-mail") if by_mail else None,
        ),
        (_ways_out(words),),
    )


def _other_email(words: Words) -> Row:
    return (Button(words.plain("login-other-email"), LogIn()),)


def _ways_out(words: Words) -> tuple[Button, ...]:
    return Button(words.plain("login-forgot"), ForgotPassword()), _cancel(words)


def _cancel(words: Words) -> Button:
    return Button(words.plain("cancel"), GiveUp())
