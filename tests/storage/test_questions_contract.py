"""What customers asked the shop's people, in every kind of database."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from domain.ids import ChatId, CustomerId, QuestionId
from domain.ports.unit_of_work import Work
from domain.question import Answer, Question, QuestionCard
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, stocked

HERE, THERE = ChatId(5), ChatId(6)
ANSWER = Answer(1, 'Yes, <b>&" two.', SOON, "Tom")


def question(**changes: Any) -> Question:
    """Asked by a guest in English, about no book."""
    asked = Question(QuestionId(0), HERE, None, "Ann", "en", "Have you <b>maps</b>?", False, None, None, NOW)
    return dataclasses.replace(asked, **changes)


async def customer(work: Work, email: str = "ann@example.org") -> CustomerId:
    number = await work.customers.add(
        email=email, name="Ann B.", language="en", password_hash="x", at=NOW, confirmed=True
    )
    assert number is not None
    return number


async def test_a_question_is_kept_as_it_was_asked(store: Store) -> None:
    [book] = await stocked(store, "dune")
    async with store.uow.writing() as work:
        ann = await customer(work)
        asked = question(customer_id=ann, searched=True, book_id=book, earlier_id=QuestionId(77))
        number = await work.questions.add(asked)
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.questions.get(number) == dataclasses.replace(asked, id=number)
        assert await look.questions.get(QuestionId(number + 1)) is None


async def test_answers_keep_their_order_and_one_can_be_refused(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await work.questions.add(question())
        other = await work.questions.add(question(text="And globes?"))
        second = Answer(2, "Three, that is.", LATER, "Mia", cut=True)
        await work.questions.add_answer(number, ANSWER)
        await work.questions.add_answer(other, ANSWER)
        await work.questions.add_answer(number, second)
        await work.questions.mark_refused(number, 2)
        await work.commit()
    async with store.uow.writing() as work:
        found, untouched = await work.questions.locked(number), await work.questions.locked(other)
        assert found is not None
        assert untouched is not None
        assert found.answers == (ANSWER, dataclasses.replace(second, refused=True))
        assert untouched.answers == (ANSWER,)


async def test_open_is_what_was_neither_answered_nor_done(store: Store) -> None:
    async with store.uow.writing() as work:
        first, second, third = [await work.questions.add(question()) for _ in range(3)]
        elsewhere = await work.questions.add(question(chat_id=THERE))
        assert await work.questions.count_open(HERE) == 3
        assert await work.questions.open_ones(3) == (first, second, third)
        await work.questions.add_answer(first, ANSWER)
        await work.questions.set_done(second, SOON, "Tom")
        assert await work.questions.count_open(HERE) == 1
        assert await work.questions.open_ones(9) == (third, elsewhere)
        found = await work.questions.get(second)
        assert found is not None
        assert (found.done_at, found.done_name, found.open) == (SOON, "Tom", False)
        await work.questions.set_done(second, None, "")
        assert await work.questions.count_open(HERE) == 2


async def test_a_question_has_one_card(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await work.questions.add(question())
        assert await work.questions.card(number) is None
        await work.questions.put_card(QuestionCard(number, ChatId(-5), 7))
        await work.questions.put_card(QuestionCard(number, ChatId(-1005), 8))
        assert await work.questions.card(number) == QuestionCard(number, ChatId(-1005), 8)
        gone = QuestionId(number + 1)
        await work.questions.put_card(QuestionCard(gone, ChatId(-5), 7))
        assert await work.questions.card(gone) is None


async def test_a_persons_are_the_accounts_and_the_guests_of_the_chat(store: Store) -> None:
    async with store.uow.writing() as work:
        ann, bob = await customer(work), await customer(work, "bob@example.org")
        own = await work.questions.add(question(customer_id=ann, chat_id=THERE))
        guests = await work.questions.add(question())
        others = await work.questions.add(question(customer_id=bob))
        await work.questions.add_answer(own, ANSWER)
        await work.questions.put_card(QuestionCard(own, ChatId(-5), 7))
        await work.questions.put_card(QuestionCard(others, ChatId(-5), 8))
        assert [one.id for one in await work.questions.of_person(ann, HERE)] == [own, guests]
        assert await work.questions.forget_person(ann, HERE) == (QuestionCard(own, ChatId(-5), 7),)
        assert await work.questions.of_person(ann, HERE) == ()
        assert await work.questions.get(others) is not None


async def test_questions_go_with_their_customer(store: Store) -> None:
    async with store.uow.writing() as work:
        ann = await customer(work)
        own = await work.questions.add(question(customer_id=ann))
        await work.questions.add_answer(own, ANSWER)
        guests = await work.questions.add(question())
        await work.customers.delete(ann)
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.questions.get(own) is None
        assert await look.questions.get(guests) is not None


async def test_what_was_asked_long_ago_is_forgotten(store: Store) -> None:
    async with store.uow.writing() as work:
        old = await work.questions.add(question())
        await work.questions.add_answer(old, ANSWER)
        await work.questions.put_card(QuestionCard(old, ChatId(-5), 7))
        new = await work.questions.add(question(asked_at=NOW + timedelta(days=1)))
        await work.questions.put_card(QuestionCard(new, ChatId(-5), 8))
        forgotten = await work.questions.forget_before(NOW + timedelta(hours=1))
        assert forgotten == (QuestionCard(old, ChatId(-5), 7),)
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.questions.get(old) is None
        assert await look.questions.card(old) is None
        assert await look.questions.get(new) is not None
