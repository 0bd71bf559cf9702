"""A question that a customer asks the shop's people, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ids import BookId, ChatId, CustomerId, QuestionId

LONGEST_QUESTION = 500
"""Characters."""
LONGEST_ANSWER = 3500
"""UTF-16 units: with what stands around it, it fits a message of 4096 (Bot API, sendMessage.text)."""
MOST_OPEN = 5
"""Questions of one chat that wait for an answer."""
MOST_A_DAY = 20
"""Questions of one chat within 24 hours, answered or not."""
KEPT_FOR = timedelta(days=90)
"""From when it was asked. Then the question is forgotten with its answers, whether or not it was answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``cut``: more was written than fits. ``refused``: Telegram did not take it to the customer, who blocked the bot perhaps."""

    number: int
    text: str
    at: datetime
    by_name: str
    cut: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` is empty if all that is asked is whether ``book_id`` can be had; ``searched``: it is what was searched for in vain,
    not written for the shop. ``first_name`` is the one in Telegram,
    ``customer_id`` who was logged in. ``earlier_id`` is the question that it goes on from. ``done_at``: somebody of the staff
    said that it needs no answer. ``answers`` are in their order, numbered from 1."""

    id: QuestionId
    chat_id: ChatId
    customer_id: CustomerId | None
    first_name: str
    language: str
    text: str
    searched: bool
    book_id: BookId | None
    earlier_id: QuestionId | None
    asked_at: datetime
    done_at: datetime | None = None
    done_name: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def open(self) -> bool:
        return self.done_at is None and not self.answers


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """The message in the staff's chat that shows a question, edited as it changes."""

    question_id: QuestionId
    chat_id: ChatId
    message_id: int
