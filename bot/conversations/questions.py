"""Asking the shop's people: for what was not found, about a book, on from an answer.

One tap offers what was looked for, a second one sends it. Until then nothing is written but the draft in the dialogue, and
whatever is typed takes its place.
"""

from __future__ import annotations

from dataclasses import replace

from bot.actions import (
    Action,
    AskForBook,
    AskFurther,
    AskInPerson,
    SearchFor,
    SearchInstead,
    SendQuestion,
    ShowBook,
    ShowHome,
    ShowPage,
    WriteQuestion,
)
from bot.codec import decode, encode
from bot.conversation import Notice, Occasion, Route, Routes, Turn
from bot.drafts import Draft, present, put
from bot.errors import describe
from bot.inputs import Text
from bot.listings import present as present_listing
from bot.screen import Result
from bot.screens import ask
from bot.screens import questions as screens
from bot.screens.lengths import shorten
from domain.book import Book
from domain.errors import ShopError
from domain.ids import BookId, QuestionId
from domain.listing import Kind
from domain.question import LONGEST_QUESTION, Question
from domain.services.browsing import Browsing
from domain.services.questions import AskTheShop

STEP = "question"


class QuestionsConversation:
    def __init__(self, *, browsing: Browsing, ask_the_shop: AskTheShop) -> None:
        self._browsing = browsing
        self._ask_the_shop = ask_the_shop

    def routes(self) -> Routes:
        return Routes(
            actions={
                AskForBook: Route(self.offer, recover=self.gone),
                AskInPerson: Route(self.in_person, recover=self.gone),
                AskFurther: Route(self.further),
                WriteQuestion: Route(self.write),
                SendQuestion: Route(self.send),
                SearchInstead: Route(self.search_instead),
            },
            steps={STEP: Route(self.typed)},
            notices={"question-answered": self.answered},
        )

    async def gone(self, turn: Turn, action: Action, error: ShopError) -> Result:
        return Result(go=ShowHome(), toast=describe(error, turn.words, turn.now))

    async def offer(self, turn: Turn, action: AskForBook) -> Result:
        """What was looked for, ready to be sent; with no staff's chat, how else the shop can be asked."""
        text, back = await self._sought(turn, action.book_id)
        if await turn.work.staff.chat() is None:
            return await self._other_ways(turn, action.book_id, back)
        draft = Draft(turn.dialogue.version, text, action.book_id, back=encode(back))
        return await self._show(turn, replace(draft, asking=not draft.ready))

    async def in_person(self, turn: Turn, action: AskInPerson) -> Result:
        return await self._other_ways(turn, action.book_id, AskForBook(action.book_id))

    async def further(self, turn: Turn, action: AskFurther) -> Result:
        if await turn.work.staff.chat() is None:
            return await self._other_ways(turn, 0, ShowHome())
        earlier = await self._own(turn, action.question_id)
        draft = Draft(turn.dialogue.version, back=encode(ShowHome()), asking=True)
        if earlier is not None:
            draft = replace(draft, book_id=earlier.book_id or 0, earlier_id=earlier.id)
        return await self._show(turn, draft)

    async def write(self, turn: Turn, action: WriteQuestion) -> Result:
        draft = present(turn.dialogue.data)
        if draft is None or draft.sent or draft.serial != action.draft:
            return await self._older(turn, draft)
        draft = replace(draft, asking=True)
        put(turn.dialogue.data, draft)
        turn.enter(STEP)
        return Result(screens.write(draft, await self._book(turn, draft), _back(draft), turn.words))

    async def typed(self, turn: Turn, given: Text) -> Result:
        draft = present(turn.dialogue.data) or Draft(turn.dialogue.version, asking=True)
        text = given.text.replace("\0", "").strip()
        if not any(c.isalnum() for c in text):
            return await self._show(turn, draft, turn.words.plain("only-words-here"))
        if len(text) > LONGEST_QUESTION:
            toast = turn.words.plain("question-too-long", limit=LONGEST_QUESTION, length=len(text))
            return await self._show(turn, draft, toast)
        return await self._show(turn, replace(draft, serial=turn.dialogue.version, text=text, typed=True))

    async def send(self, turn: Turn, action: SendQuestion) -> Result:
        draft = present(turn.dialogue.data)
        if draft is not None and draft.sent and draft.serial == action.draft:
            screen = screens.sent(_back(draft), turn.words, turn.shop, turn.now)
            return Result(screen, toast=turn.words.plain("question-sent-already"))
        if draft is None or draft.serial != action.draft or not draft.ready:
            return await self._older(turn, draft)
        if await turn.work.staff.chat() is None:
            return await self._other_ways(turn, draft.book_id, _back(draft))
        question = Question(
            id=QuestionId(0),
            chat_id=turn.who.chat_id,
            customer_id=await turn.customer_id(),
            first_name=turn.who.first_name or turn.who.full_name,
            language=turn.words.language,
            text=draft.text,
            searched=bool(draft.text) and not draft.typed,
            book_id=BookId(draft.book_id) if draft.book_id else None,
            earlier_id=QuestionId(draft.earlier_id) if draft.earlier_id else None,
            asked_at=turn.now,
        )
        await self._ask_the_shop.ask(turn.work, question)
        # What was sent is kept as a question, and no longer as a draft.
        put(turn.dialogue.data, Draft(draft.serial, back=draft.back, sent=True))
        return Result(screens.sent(_back(draft), turn.words, turn.shop, turn.now))

    async def search_instead(self, turn: Turn, action: SearchInstead) -> Result:
        draft = present(turn.dialogue.data)
        if draft is None or draft.sent or draft.serial != action.draft:
            return await self._older(turn, draft)
        return Result(go=SearchFor(draft.text))

    async def answered(self, occasion: Occasion) -> Notice | None:
        look = occasion.look
        question = await look.questions.get(QuestionId(int(occasion.data["question"] or 0)))
        number = occasion.data["answer"]
        answer = next((one for one in question.answers if one.number == number), None) if question else None
        if question is None or answer is None:
            return None
        book = None if question.book_id is None else await look.books.get(question.book_id)
        words = occasion.texts.words(question.language)
        return Notice(screens.answered(question, answer, book, words))

    # --- what all of them need ----------------------------------------------------------------------------------------

    async def _show(self, turn: Turn, draft: Draft, toast: str = "") -> Result:
        """The draft, ready to be sent, or the wish for one; the next text is for it."""
        put(turn.dialogue.data, draft)
        turn.enter(STEP)
        book = await self._book(turn, draft)
        if draft.ready:
            return Result(screens.offered(draft, book, _back(draft), turn.words), toast)
        return Result(screens.write(draft, book, _back(draft), turn.words), toast)

    async def _older(self, turn: Turn, draft: Draft | None) -> Result:
        toast = turn.words.plain("older-button")
        if draft is None or draft.sent or turn.dialogue.step != STEP:
            return Result(go=ShowHome(), toast=toast)
        return await self._show(turn, draft, toast)

    async def _other_ways(self, turn: Turn, book_id: int, back: Action) -> Result:
        words, shop, now = turn.words, turn.shop, turn.now
        if book_id:
            book = await self._browsing.known(turn.work, BookId(book_id))
            return Result(ask.for_book(book, words, shop, now, back))
        searched, _ = await self._sought(turn, 0)
        return Result(ask.for_anything(searched, words, shop, now, back))

    async def _sought(self, turn: Turn, book_id: int) -> tuple[str, Action]:
        """What was searched for, with its wishes as they were typed (empty for a book, or if that is not known), and where Back
        leads. Raises BookNotFound."""
        if book_id:
            return "", ShowBook((await self._browsing.known(turn.work, BookId(book_id))).id)
        listing = present_listing(turn.dialogue.data)
        if listing is None or listing.kind is not Kind.SEARCH:
            return "", ShowHome()
        return shorten(listing.text, LONGEST_QUESTION), ShowPage(listing.serial, listing.page)

    async def _book(self, turn: Turn, draft: Draft) -> Book | None:
        return await turn.work.books.get(BookId(draft.book_id)) if draft.book_id else None

    async def _own(self, turn: Turn, question_id: int) -> Question | None:
        """A question that was asked here, by whoever is logged in now or by nobody who was."""
        found = await turn.work.questions.get(QuestionId(question_id))
        if found is None or found.chat_id != turn.who.chat_id:
            return None
        return found if found.customer_id in (None, await turn.customer_id()) else None


def _back(draft: Draft) -> Action:
    return decode(draft.back) or ShowHome()
