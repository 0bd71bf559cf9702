"""A payment of which nobody knows what came of it, for the staff to decide."""

from __future__ import annotations

from datetime import datetime

from bot.actions import StaffClose, StaffDecide, StaffDoubt
from bot.screen import Button, Html, Row, Screen, paragraphs
from bot.screens.orders import way_name
from bot.texts import Words
from domain.closing import Doubt
from domain.doubt import InDoubt

_BUTTONS = 8


def question(doubt: InDoubt, words: Words, now: datetime, note: Html | None = None) -> Screen:
    """What is known, where to look, and the two answers; once it is decided, how it was. ``note`` stands above it."""
    attempt, order = doubt.attempt, doubt.order
    back: Row = (Button(words.plain("doubt-back"), StaffClose()),)
    about = words.html(
        "doubt-about",
        number=order.number,
        amount=attempt.amount,
        way=way_name(attempt.gateway, words),
        name=order.customer_name or words.plain("staff-nobody"),
        at=words.moment(attempt.created_at, now),
    )
    if doubt.decided:
        known = (
            words.html(f"doubt-is-{attempt.state.value}")
            if words.has(f"doubt-is-{attempt.state.value}")
            else None
        )
        return Screen(paragraphs(note, about, known), (back,))
    look = (
        words.html("doubt-look", charge=attempt.charge_id) if attempt.charge_id else words.html("doubt-ask")
    )
    return Screen(paragraphs(note, about, look), (*answers(attempt.id, words), back))


def answers(attempt_id: str, words: Words) -> tuple[Row, ...]:
    return (
        (
            Button(words.plain("doubt-paid"), StaffDecide(attempt_id, True)),
            Button(words.plain("doubt-not-paid"), StaffDecide(attempt_id, False)),
        ),
    )


def to_decide(doubts: tuple[Doubt, ...], words: Words) -> tuple[Row, ...]:
    """Beneath a day's close: a button for each."""
    return tuple(
        (
            Button(
                words.plain("doubt-decide", number=doubt.number, amount=doubt.attempt.amount),
                StaffDoubt(doubt.attempt.id),
            ),
        )
        for doubt in doubts[:_BUTTONS]
    )
