"""What customers asked the shop's people."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.ids import ChatId, CustomerId, QuestionId
from domain.question import Answer, Question, QuestionCard


class Questions(Protocol):
    async def add(self, question: Question) -> QuestionId:
        """Keep a new question; its ``id`` and ``answers`` are not looked at."""
        ...

    async def get(self, question_id: QuestionId) -> Question | None: ...

    async def locked(self, question_id: QuestionId) -> Question | None:
        """The same, and nobody else changes it until the transaction ends."""
        ...

    async def count_open(self, chat_id: ChatId) -> int:
        """How many questions of a chat were neither answered nor said to need no answer."""
        ...

    async def open_ones(self, limit: int) -> tuple[QuestionId, ...]:
        """The same of all chats, oldest first."""
        ...

    async def set_done(self, question_id: QuestionId, at: datetime | None, by_name: str) -> None:
        """It needs no answer, says ``by_name``; None: it does after all."""
        ...

    async def add_answer(self, question_id: QuestionId, answer: Answer) -> None: ...

    async def mark_refused(self, question_id: QuestionId, number: int) -> None:
        """That answer does not reach the customer."""
        ...

    async def card(self, question_id: QuestionId) -> QuestionCard | None: ...

    async def put_card(self, card: QuestionCard) -> None:
        """Keep where the card is; nothing if the question was forgotten meanwhile."""
        ...

    async def of_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[Question, ...]:
        """What was asked by the customer, and from the chat by nobody who was logged in; oldest first."""
        ...

    async def forget_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[QuestionCard, ...]:
        """Drop the same, with the answers; returns the cards that still show them."""
        ...

    async def forget_before(self, at: datetime) -> tuple[QuestionCard, ...]:
        """Drop what was asked before then (housekeeping); returns the cards that still show it."""
        ...
