"""What customers asked the shop's people."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime

from domain.ids import ChatId, CustomerId, QuestionId
from domain.question import Answer, Question, QuestionCard
from storage.memory.state import State


class MemoryQuestions:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, question: Question) -> QuestionId:
        number = QuestionId(next(self._state.numbers))
        self._state.questions[number] = dataclasses.replace(question, id=number, answers=())
        return number

    async def get(self, question_id: QuestionId) -> Question | None:
        return self._state.questions.get(question_id)

    async def locked(self, question_id: QuestionId) -> Question | None:
        return self._state.questions.get(question_id)

    async def count_open(self, chat_id: ChatId) -> int:
        return sum(one.open and one.chat_id == chat_id for one in self._state.questions.values())

    async def open_ones(self, limit: int) -> tuple[QuestionId, ...]:
        found = [one for one in self._state.questions.values() if one.open]
        return tuple(one.id for one in sorted(found, key=lambda one: (one.asked_at, one.id))[:limit])

    async def set_done(self, question_id: QuestionId, at: datetime | None, by_name: str) -> None:
        self._change(question_id, lambda one: dataclasses.replace(one, done_at=at, done_name=by_name))

    async def add_answer(self, question_id: QuestionId, answer: Answer) -> None:
        self._change(question_id, lambda one: dataclasses.replace(one, answers=(*one.answers, answer)))

    async def mark_refused(self, question_id: QuestionId, number: int) -> None:
        def marked(one: Question) -> Question:
            answers = tuple(
                dataclasses.replace(answer, refused=answer.refused or answer.number == number)
                for answer in one.answers
            )
            return dataclasses.replace(one, answers=answers)

        self._change(question_id, marked)

    async def card(self, question_id: QuestionId) -> QuestionCard | None:
        return self._state.question_cards.get(question_id)

    async def put_card(self, card: QuestionCard) -> None:
        if card.question_id in self._state.questions:
            self._state.question_cards[card.question_id] = card

    async def of_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[Question, ...]:
        found = [one for one in self._state.questions.values() if _theirs(one, customer_id, chat_id)]
        return tuple(sorted(found, key=lambda one: one.id))

    async def forget_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[QuestionCard, ...]:
        return self._drop(lambda one: _theirs(one, customer_id, chat_id))

    async def forget_before(self, at: datetime) -> tuple[QuestionCard, ...]:
        return self._drop(lambda one: one.asked_at < at)

    def _change(self, question_id: QuestionId, change: Callable[[Question], Question]) -> None:
        kept = self._state.questions.get(question_id)
        if kept is not None:
            self._state.questions[question_id] = change(kept)

    def _drop(self, which: Callable[[Question], bool]) -> tuple[QuestionCard, ...]:
        dropped = [number for number, kept in self._state.questions.items() if which(kept)]
        for number in dropped:
            del self._state.questions[number]
        cards = [self._state.question_cards.pop(number, None) for number in dropped]
        return tuple(card for card in cards if card is not None)


def _theirs(one: Question, customer_id: CustomerId, chat_id: ChatId) -> bool:
    return one.customer_id == customer_id or (one.customer_id is None and one.chat_id == chat_id)
