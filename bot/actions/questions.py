"""Buttons for asking the shop's people. A draft waits in the dialogue, as a text does not fit into a button."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class AskForBook(Action):
    """Ask for a book that cannot be bought here (no price, not to be had); 0: for what was not found."""

    tag = "ask"
    book_id: int


@dataclass(frozen=True, slots=True)
class AskInPerson(Action):
    """How else the shop can be asked: phone, mail, counter. ``book_id`` as in `AskForBook`."""

    tag = "asp"
    book_id: int


@dataclass(frozen=True, slots=True)
class AskFurther(Action):
    """Go on from a question that was answered; 0: ask something new."""

    tag = "asr"
    question_id: int


@dataclass(frozen=True, slots=True)
class SendQuestion(Action):
    """Send the draft. Another than the present one is an old button, one that was sent is not sent again."""

    tag = "asq"
    draft: int


@dataclass(frozen=True, slots=True)
class WriteQuestion(Action):
    """Write something else instead of what the draft says."""

    tag = "asw"
    draft: int


@dataclass(frozen=True, slots=True)
class SearchInstead(Action):
    """What was typed was meant as a search."""

    tag = "asf"
    draft: int
