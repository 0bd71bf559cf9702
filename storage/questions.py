"""What customers asked, with the answers: two statements, however many questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import ChatId, CustomerId, QuestionId
from domain.question import Answer, Question, QuestionCard
from storage.connection import Connection
from storage.statements import locked, unawaited
from storage.tables import Moment, question_answers, questions

_ID = questions.c.id == bindparam("question")
_QUESTION = sa.select(
    questions.c.id,
    questions.c.chat_id,
    questions.c.customer_id,
    questions.c.first_name,
    questions.c.language,
    questions.c.text,
    questions.c.searched,
    questions.c.book_id,
    questions.c.earlier_id,
    questions.c.asked_at,
    questions.c.done_at,
    questions.c.done_name,
)
# The customer's own, and what was asked from the chat by nobody who was logged in.
_PERSON = sa.or_(
    questions.c.customer_id == bindparam("customer"),
    sa.and_(questions.c.chat_id == bindparam("chat"), questions.c.customer_id.is_(None)),
)

ADD = sa.insert(questions).returning(questions.c.id)
GET = _QUESTION.where(_ID)
LOCK = locked(GET)
OF_PERSON = _QUESTION.where(_PERSON).order_by(questions.c.id)

# The answers of all questions that were read, in their order.
ANSWERS = (
    sa.select(
        question_answers.c.question_id,
        question_answers.c.number,
        question_answers.c.text,
        question_answers.c.at,
        question_answers.c.by_name,
        question_answers.c.cut,
        question_answers.c.refused,
    )
    .where(question_answers.c.question_id.in_(bindparam("questions", expanding=True)))
    .order_by(question_answers.c.question_id, question_answers.c.number)
)

_IS_OPEN = sa.and_(
    questions.c.done_at.is_(None), ~sa.exists().where(question_answers.c.question_id == questions.c.id)
)
COUNT_OPEN = (
    sa.select(sa.func.count())
    .select_from(questions)
    .where(questions.c.chat_id == bindparam("chat"), _IS_OPEN)
)
OPEN_ONES = (
    sa.select(questions.c.id)
    .where(_IS_OPEN)
    .order_by(questions.c.asked_at, questions.c.id)
    .limit(bindparam("most", type_=sa.Integer))
)

SET_DONE = unawaited(
    sa.update(questions)
    .where(_ID)
    .values(done_at=bindparam("at", type_=Moment), done_name=bindparam("by_name"))
)
ADD_ANSWER = unawaited(sa.insert(question_answers))
MARK_REFUSED = unawaited(
    sa.update(question_answers)
    .where(
        question_answers.c.question_id == bindparam("question"),
        question_answers.c.number == bindparam("which"),
    )
    .values(refused=True)
)

_CARD = sa.select(questions.c.id, questions.c.card_chat_id, questions.c.card_message_id).where(
    questions.c.card_message_id.is_not(None)
)
CARD = _CARD.where(_ID)
PUT_CARD = unawaited(
    sa.update(questions)
    .where(_ID)
    .values(card_chat_id=bindparam("chat"), card_message_id=bindparam("message"))
)

CARDS_OF_PERSON = _CARD.where(_PERSON).order_by(questions.c.id)
FORGET_PERSON = unawaited(sa.delete(questions).where(_PERSON))
_OLD = questions.c.asked_at < bindparam("before", type_=Moment)
OLD_CARDS = _CARD.where(_OLD).order_by(questions.c.asked_at)
FORGET = unawaited(sa.delete(questions).where(_OLD))


class SqlQuestions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, question: Question) -> QuestionId:
        new = {
            "chat_id": question.chat_id,
            "customer_id": question.customer_id,
            "first_name": question.first_name,
            "language": question.language,
            "text": question.text,
            "searched": question.searched,
            "book_id": question.book_id,
            "earlier_id": question.earlier_id,
            "asked_at": question.asked_at,
            "done_at": question.done_at,
            "done_name": question.done_name,
        }
        return QuestionId((await self._connection.execute(ADD, new)).scalar_one())

    async def get(self, question_id: QuestionId) -> Question | None:
        return await self._one(GET, question_id)

    async def locked(self, question_id: QuestionId) -> Question | None:
        return await self._one(LOCK, question_id)

    async def count_open(self, chat_id: ChatId) -> int:
        return int((await self._connection.execute(COUNT_OPEN, {"chat": chat_id})).scalar_one())

    async def open_ones(self, limit: int) -> tuple[QuestionId, ...]:
        rows = await self._connection.execute(OPEN_ONES, {"most": limit})
        return tuple(QuestionId(found) for found in rows.scalars())

    async def set_done(self, question_id: QuestionId, at: datetime | None, by_name: str) -> None:
        values = {"question": question_id, "at": at, "by_name": by_name}
        await self._connection.execute(SET_DONE, values)

    async def add_answer(self, question_id: QuestionId, answer: Answer) -> None:
        new = {
            "question_id": question_id,
            "number": answer.number,
            "text": answer.text,
            "at": answer.at,
            "by_name": answer.by_name,
            "cut": answer.cut,
            "refused": answer.refused,
        }
        await self._connection.execute(ADD_ANSWER, new)

    async def mark_refused(self, question_id: QuestionId, number: int) -> None:
        await self._connection.execute(MARK_REFUSED, {"question": question_id, "which": number})

    async def card(self, question_id: QuestionId) -> QuestionCard | None:
        row = (await self._connection.execute(CARD, {"question": question_id})).one_or_none()
        return None if row is None else QuestionCard(*row)

    async def put_card(self, card: QuestionCard) -> None:
        values = {"question": card.question_id, "chat": card.chat_id, "message": card.message_id}
        await self._connection.execute(PUT_CARD, values)

    async def of_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[Question, ...]:
        return await self._many(OF_PERSON, {"customer": customer_id, "chat": chat_id})

    async def forget_person(self, customer_id: CustomerId, chat_id: ChatId) -> tuple[QuestionCard, ...]:
        whose = {"customer": customer_id, "chat": chat_id}
        cards = tuple(QuestionCard(*row) for row in await self._connection.execute(CARDS_OF_PERSON, whose))
        await self._connection.execute(FORGET_PERSON, whose)
        return cards

    async def forget_before(self, at: datetime) -> tuple[QuestionCard, ...]:
        cards = tuple(QuestionCard(*row) for row in await self._connection.execute(OLD_CARDS, {"before": at}))
        await self._connection.execute(FORGET, {"before": at})
        return cards

    async def _one(self, statement: sa.Select[Any], question_id: QuestionId) -> Question | None:
        found = await self._many(statement, {"question": question_id})
        return found[0] if found else None

    async def _many(self, statement: sa.Select[Any], names: dict[str, Any]) -> tuple[Question, ...]:
        rows = (await self._connection.execute(statement, names)).all()
        if not rows:
            return ()
        ids = {"questions": [row.id for row in rows]}
        given: dict[int, list[Answer]] = {}
        for question, *answer in await self._connection.execute(ANSWERS, ids):
            given.setdefault(question, []).append(Answer(*answer))
        return tuple(_question(row, given.get(row.id, [])) for row in rows)


def _question(row: sa.Row[*tuple[Any, ...]], answers: list[Answer]) -> Question:
    return Question(
        id=row.id,
        chat_id=row.chat_id,
        customer_id=row.customer_id,
        first_name=row.first_name,
        language=row.language,
        text=row.text,
        searched=row.searched,
        book_id=row.book_id,
        earlier_id=row.earlier_id,
        asked_at=row.asked_at,
        done_at=row.done_at,
        done_name=row.done_name,
        answers=tuple(answers),
    )
