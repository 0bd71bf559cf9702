"""The service for questions: what is written, what is told to whom, and how often."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import QuestionNotFound, TooManyOpenQuestions, TooManyQuestions
from domain.ids import ChatId, CustomerId, QuestionId, UserId
from domain.ports.unit_of_work import Work
from domain.question import KEPT_FOR, MOST_A_DAY, MOST_OPEN, Question, QuestionCard
from domain.services.questions import AskTheShop, forget_old, forget_person
from domain.staff import Member
from tests.databases import Store
from tests.storage.samples import LATER, NOW

HERE, THERE = ChatId(5), ChatId(6)
TOM = Member(UserId(9), "Tom")
SHOP = AskTheShop()


def question(**changes: Any) -> Question:
    asked = Question(QuestionId(0), HERE, None, "Ann", "en", "Have you maps?", False, None, None, NOW)
    return dataclasses.replace(asked, **changes)


async def told(work: Work) -> list[tuple[str, str, dict[str, object]]]:
    """What waits in the outbox, by lane: each lane's head."""
    found: list[tuple[str, str, dict[str, object]]] = []
    while leased := await work.outbox.lease(LATER + KEPT_FOR, LATER + 2 * KEPT_FOR, 50):
        for item in leased:
            found.append((item.message.lane, item.message.kind, dict(item.message.data)))
            await work.outbox.delivered(item.id, LATER)
    return found


async def test_a_question_is_told_to_the_staff_and_an_answer_to_who_asked(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await SHOP.ask(work, question())
        assert await told(work) == [("staff", "staff-question", {"question": number, "anew": False})]
        answered = await SHOP.answer(work, number, "Two.", TOM, LATER, cut=False)
        assert [(one.number, one.text, one.by_name) for one in answered.answers] == [(1, "Two.", "Tom")]
        assert sorted(lane for lane, _, _ in await told(work)) == ["chat:5", "staff"]
        again = await SHOP.answer(work, number, "Three.", TOM, LATER + timedelta(seconds=1), cut=False)
        assert [one.number for one in again.answers] == [1, 2]
        assert ("chat:5", "question-answered", {"question": number, "answer": 2}) in await told(work)


async def test_limits_are_each_chats_own_and_end(store: Store) -> None:
    async with store.uow.writing() as work:
        numbers = [await SHOP.ask(work, question()) for _ in range(MOST_OPEN)]
        with pytest.raises(TooManyOpenQuestions):
            await SHOP.ask(work, question())
        await SHOP.ask(work, question(chat_id=THERE))
        for number in numbers:
            assert await SHOP.set_done(work, number, TOM, NOW, done=True)
        for _ in range(MOST_A_DAY - MOST_OPEN):
            number = await SHOP.ask(work, question())
            await SHOP.set_done(work, number, TOM, NOW, done=True)
        with pytest.raises(TooManyQuestions) as refused:
            await SHOP.ask(work, question())
        assert refused.value.at == NOW + timedelta(days=1)
        await SHOP.ask(work, question(asked_at=refused.value.at))


async def test_done_is_said_once_and_taken_back_once(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await SHOP.ask(work, question())
        assert await SHOP.set_done(work, number, TOM, NOW, done=True)
        assert not await SHOP.set_done(work, number, TOM, LATER, done=True)
        found = await work.questions.get(number)
        assert found is not None
        assert (found.done_at, found.done_name) == (NOW, "Tom")
        assert await SHOP.set_done(work, number, TOM, LATER, done=False)
        assert not await SHOP.set_done(work, number, TOM, LATER, done=False)


async def test_an_answer_to_what_is_forgotten_goes_to_nobody(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await SHOP.ask(work, question())
        await forget_old(work, NOW + KEPT_FOR)
        assert await work.questions.get(number) is not None
        await told(work)
        await work.questions.put_card(QuestionCard(number, ChatId(-5), 7))
        await forget_old(work, NOW + KEPT_FOR + timedelta(seconds=1))
        assert await told(work) == [("staff", "staff-question-gone", {"chat": -5, "message": 7})]
        with pytest.raises(QuestionNotFound):
            await SHOP.answer(work, number, "Two.", TOM, LATER, cut=False)
        with pytest.raises(QuestionNotFound):
            await SHOP.set_done(work, number, TOM, LATER, done=True)
        assert await told(work) == []


async def test_what_a_person_asked_is_forgotten_where_the_staff_see_it_too(store: Store) -> None:
    async with store.uow.writing() as work:
        guests = await SHOP.ask(work, question())
        others = await SHOP.ask(work, question(chat_id=THERE))
        for at, number in enumerate((guests, others)):
            await work.questions.put_card(QuestionCard(number, ChatId(-5), at))
        await told(work)
        await forget_person(work, CustomerId(1), HERE, NOW)
        assert await told(work) == [("staff", "staff-question-gone", {"chat": -5, "message": 0})]
        assert await work.questions.get(others) is not None
