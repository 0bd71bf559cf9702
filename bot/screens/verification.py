"""A code by mail, typed into the chat."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.actions import Action, ForgotPassword, GiveUp, Register, ResendCode
from bot.screen import Button, Html, Row, Screen, paragraphs
from bot.texts import Words


def code_wanted(
    step: str, email: str, lifetime: timedelta, words: Words, *, said: Html | None = None
) -> Screen:
    """``step`` is ``register`` or ``forgot``; ``said`` is about what was typed before."""
    asked = words.html(f"{step}-code", email=email, lifetime=words.duration(lifetime))
    again: Action = Register() if step == "register" else ForgotPassword()
    return Screen(paragraphs(said, asked), _rows(again, words))


def code_spent(again: Action, words: Words) -> Screen:
    """No code is good any more. ``again`` starts over with another address."""
    return Screen(
        words.html("code-spent"),
        _rows(again, words),
    )


def too_many_mails(again_at: datetime, now: datetime, words: Words) -> Screen:
    return Screen(
        words.html("mails-too-many", again=words.moment(again_at, now)),
        ((Button(words.plain("cancel"), GiveUp()),),),
    )


def _rows(again: Action, words: Words) -> tuple[Row, ...]:
    return (
        (Button(words.plain("code-resend"), ResendCode()), Button(words.plain("code-other-email"), again)),
        (Button(words.plain("cancel"), GiveUp()),),
    )
