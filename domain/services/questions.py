"""Asking the shop's people, and their answers: each goes its way once, with the change that causes it.

What is to be told goes by the outbox, in the caller's transaction: the staff's card of a question (kind ``staff-question``,
data ``{"question": id}``), and an answer to the customer (kind ``question-answered``, with ``"answer": number`` as well).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import QuestionNotFound, TooManyOpenQuestions, TooManyQuestions
from domain.ids import ChatId, CustomerId, QuestionId
from domain.ports.outbox import STAFF_LANE, Message, chat_lane
from domain.ports.unit_of_work import Work
from domain.question import KEPT_FOR, MOST_A_DAY, MOST_OPEN, Answer, Question, QuestionCard
from domain.services.attempts import Limit
from domain.staff import Member


def questions_a_day(chat_id: ChatId) -> Limit:
    return Limit(f"question:chat:{chat_id}", MOST_A_DAY, timedelta(days=1))


async def forget_person(work: Work, customer_id: CustomerId, chat_id: ChatId, now: datetime) -> None:
    """Drop what a customer asked, and what was asked from the chat by nobody who was logged in."""
    await _blank(work, await work.questions.forget_person(customer_id, chat_id), now)


async def forget_old(work: Work, now: datetime) -> None:
    """Drop what is kept no longer (`KEPT_FOR`)."""
    await _blank(work, await work.questions.forget_before(now - KEPT_FOR), now)


async def _blank(work: Work, cards: Sequence[QuestionCard], now: datetime) -> None:
    """What was asked goes from the staff's chat as well (kind ``staff-question-gone``): a bot may edit its messages at any time,
    but delete them only for 48 hours (Bot API, deleteMessage)."""
    for card in cards:
        where: dict[str, str | int | bool | None] = {"chat": card.chat_id, "message": card.message_id}
        key = f"staff-question-gone:{card.question_id}"
        await work.outbox.put(Message(key, STAFF_LANE, "staff-question-gone", where), now)


class AskTheShop:
    """What the staff do raises QuestionNotFound when the question is not kept any more."""

    async def ask(self, work: Work, question: Question) -> QuestionId:
        """Write a new question and tell the staff. Raises TooManyOpenQuestions, TooManyQuestions."""
        limit, now = questions_a_day(question.chat_id), question.asked_at
        await work.limits.locked(limit.key)
        if await work.questions.count_open(question.chat_id) >= MOST_OPEN:
            raise TooManyOpenQuestions(MOST_OPEN)
        closed_until = await limit.closed_until(work.limits, now)
        if closed_until is not None:
            raise TooManyQuestions(MOST_A_DAY, closed_until)
        await work.limits.hit(limit.key, now)
        question_id = await work.questions.add(question)
        await self.show_staff(work, question_id, now)
        return question_id

    async def answer(
        self, work: Work, question_id: QuestionId, text: str, member: Member, now: datetime, *, cut: bool
    ) -> Question:
        """Send an answer to the customer, be it the first or a further one."""
        question = await self._locked(work, question_id)
        answer = Answer(len(question.answers) + 1, text, now, member.name, cut)
        await work.questions.add_answer(question_id, answer)
        told = Message(
            f"question-answered:{question_id}:{answer.number}",
            chat_lane(question.chat_id),
            "question-answered",
            {"question": question_id, "answer": answer.number},
        )
        await work.outbox.put(told, now)
        await self.show_staff(work, question_id, now)
        return replace(question, answers=(*question.answers, answer))

    async def set_done(
        self, work: Work, question_id: QuestionId, member: Member, now: datetime, *, done: bool
    ) -> bool:
        """It needs no answer, or does after all. False if it was so before; then the card is shown once more, as the one that
        was tapped seems to be behind."""
        question = await self._locked(work, question_id)
        changed = (question.done_at is not None) != done
        if changed:
            await work.questions.set_done(question_id, now if done else None, member.name if done else "")
        await self.show_staff(work, question_id, now)
        return changed

    async def refused(self, work: Work, question_id: QuestionId, number: int, now: datetime) -> None:
        """An answer could not be delivered: the staff hear of it."""
        await work.questions.mark_refused(question_id, number)
        await self.show_staff(work, question_id, now)

    async def show_staff(
        self, work: Work, question_id: QuestionId, now: datetime, *, anew: bool = False
    ) -> None:
        """The card as it stands when it is sent. ``anew``: at the end of the staff's chat, instead of where it was."""
        key = f"staff-question:{question_id}:{now.timestamp()}"
        message = Message(key, STAFF_LANE, "staff-question", {"question": question_id, "anew": anew})
        await work.outbox.put(message, now)

    async def _locked(self, work: Work, question_id: QuestionId) -> Question:
        question = await work.questions.locked(question_id)
        if question is None:
            raise QuestionNotFound
        return question
