"""Customers' questions in the staff's chat: a card each, answered by answering it.

As with orders, a tap changes the question, and the card follows by the outbox.
"""

from __future__ import annotations

from datetime import datetime

from bot.actions import StaffCloseQuestion, StaffQuestion, StaffQuestions
from bot.conversation import Notice, Occasion, Route, Routes, Turn
from bot.inputs import File, Other, Photo, Text
from bot.screen import Result, Screen
from bot.screens import staff_questions as screens
from bot.screens.lengths import shorten
from domain.errors import QuestionNotFound
from domain.ids import ChatId, QuestionId
from domain.ports.outbox import Message
from domain.ports.unit_of_work import Work
from domain.question import LONGEST_ANSWER, QuestionCard
from domain.services.questions import AskTheShop
from domain.staff import Member

_AT_ONCE = 10
"""Cards that ``/questions`` brings down."""


class StaffQuestionsConversation:
    def __init__(self, ask_the_shop: AskTheShop) -> None:
        self._ask_the_shop = ask_the_shop

    def routes(self) -> Routes:
        answer = Route(self.answer, staff=True)
        return Routes(
            actions={
                StaffQuestion: Route(self.show, staff=True),
                StaffQuestions: Route(self.bring_down, staff=True),
                StaffCloseQuestion: Route(self.close, staff=True),
            },
            group_commands={"questions": StaffQuestions()},
            group_answers={StaffQuestion: answer, StaffCloseQuestion: answer},
            notices={"staff-question": self.card, "staff-question-gone": self.gone},
            undelivered={"question-answered": self.refused},
        )

    async def answer(self, turn: Turn, given: Text | Photo | File | Other) -> Result:
        """What is said of it can be answered as the card can: people answer what stands at the end of the chat."""
        words = turn.words
        if not isinstance(given.under, StaffQuestion | StaffCloseQuestion):
            return Result()
        question_id = QuestionId(given.under.question_id)
        text = given.text.replace("\0", "").strip() if isinstance(given, Text) else ""
        if not text:
            return Result(screens.only_text(question_id, words))
        sent = shorten(text, LONGEST_ANSWER)
        question = await self._ask_the_shop.answer(
            turn.work, question_id, sent, _member(turn), turn.now, cut=sent != text
        )
        return Result(screens.answer_taken(question, words))

    async def show(self, turn: Turn, action: StaffQuestion) -> Result:
        question_id = QuestionId(action.question_id)
        if await turn.work.questions.get(question_id) is None:
            raise QuestionNotFound
        await self._ask_the_shop.show_staff(turn.work, question_id, turn.now, anew=True)
        return Result()

    async def bring_down(self, turn: Turn, action: StaffQuestions) -> Result:
        waiting = await turn.work.questions.open_ones(_AT_ONCE)
        for question_id in waiting:
            await self._ask_the_shop.show_staff(turn.work, question_id, turn.now, anew=True)
        return Result(Screen(turn.words.html("staff-questions-open", count=len(waiting))))

    async def close(self, turn: Turn, action: StaffCloseQuestion) -> Result:
        changed = await self._ask_the_shop.set_done(
            turn.work, QuestionId(action.question_id), _member(turn), turn.now, done=action.done
        )
        if not changed:
            return Result(toast=turn.words.plain("staff-toast-done-already"))
        said = "staff-question-toast-done" if action.done else "staff-question-toast-open"
        return Result(toast=turn.words.plain(said))

    async def card(self, occasion: Occasion) -> Notice | None:
        look = occasion.look
        question = await look.questions.get(QuestionId(int(occasion.data["question"] or 0)))
        if question is None:
            return None
        chat = await look.staff.chat()
        customer = None
        if question.customer_id is not None:
            customer = await look.customers.get(question.customer_id)
        view = screens.QuestionView(
            question=question,
            account="" if customer is None else customer.name,
            book=None if question.book_id is None else await look.books.get(question.book_id),
            earlier=None if question.earlier_id is None else await look.questions.get(question.earlier_id),
        )
        words = occasion.texts.words(chat.language if chat is not None else "")
        screen = screens.card(view, words, occasion.now)
        return Notice(screen, question=question.id, anew=bool(occasion.data.get("anew")))

    async def gone(self, occasion: Occasion) -> Notice | None:
        """What is forgotten does not stay in the staff's chat either."""
        chat = await occasion.look.staff.chat()
        words = occasion.texts.words(chat.language if chat is not None else "")
        where, message = (int(occasion.data[name] or 0) for name in ("chat", "message"))
        card = QuestionCard(QuestionId(0), ChatId(where), message)
        return Notice(screens.gone(words), instead_of=card)

    async def refused(self, work: Work, message: Message, now: datetime) -> None:
        """The customer blocked the bot, or is no more: whoever answered hears that it was in vain."""
        question_id = QuestionId(int(message.data["question"] or 0))
        if await work.questions.locked(question_id) is not None:
            number = int(message.data["answer"] or 0)
            await self._ask_the_shop.refused(work, question_id, number, now)


def _member(turn: Turn) -> Member:
    return Member(turn.who.user_id, turn.who.first_name or turn.who.full_name)
