"""What the staff see of a customer's question: one card, from when it was asked to its last answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.actions import StaffCloseQuestion, StaffQuestion, StaffStockBeneath
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer
from bot.screens.lengths import shorten
from bot.screens.questions import subject
from bot.texts import Words
from domain.book import Book
from domain.ids import QuestionId
from domain.question import KEPT_FOR, Question

_QUOTED = 120
_NAME = 60
_END = 30
_ANSWERS = 5
"""Answers of which the card says who gave them; of more, the latest."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """``account`` is the name of the account that was logged in, if one was."""

    question: Question
    account: str = ""
    book: Book | None = None
    earlier: Question | None = None


def card(view: QuestionView, words: Words, now: datetime) -> Screen:
    """Its first button is always one that names the question: by it, an answer to the card is understood."""
    return Screen(_text(view, words, now), _buttons(view, words))


def answer_taken(question: Question, words: Words) -> Screen:
    """The answer is on its way to the customer; of one that was too long, how much of it."""
    answer, name = question.answers[-1], shorten(question.first_name, _NAME)
    said = words.html("staff-question-sent", name=name)
    if answer.cut:
        end = answer.text[-_END:].strip()
        said = words.html("staff-question-sent-cut", name=name, end=end)
    return Screen(said, ((_bring_down(question.id, words),),))


def only_text(question_id: QuestionId, words: Words) -> Screen:
    return Screen(words.html("staff-question-only-text"), ((_bring_down(question_id, words),),))


def gone(words: Words) -> Screen:
    """What stands where a question stood."""
    return Screen(words.html("staff-question-gone", days=KEPT_FOR.days))


def _bring_down(question_id: QuestionId, words: Words) -> Button:
    return Button(words.plain("staff-question-bring-down"), StaffQuestion(question_id))


def _text(view: QuestionView, words: Words, now: datetime) -> Html:
    question = view.question
    head = words.html(
        "staff-question-head",
        name=shorten(question.first_name, _NAME),
        at=words.moment(question.asked_at, now),
        language=words.language_name(question.language),
    )
    account = None
    if view.account and view.account != question.first_name:
        account = words.html("staff-question-account", name=shorten(view.account, _NAME))
    asked = words.html("staff-question-book-only")
    if question.text:
        message = "staff-question-searched" if question.searched else "staff-question-text"
        asked = words.html(message, text=question.text)
    earlier = None
    if view.earlier is not None:
        earlier = words.html("staff-question-earlier", text=subject(view.earlier, view.book, _QUOTED))
    return paragraphs(
        lines(head, account),
        asked,
        lines(_about(view.book, words), earlier),
        _how_it_stands(view, words, now),
    )


def _about(book: Book | None, words: Words) -> Html | None:
    if book is None:
        return None
    parts = [
        offer.title(book),
        offer.authors(book.authors, words),
        offer.form(book, words),
        book.isbn13 or "",
    ]
    return words.html("staff-question-about", book=offer.joined([part for part in parts if part], words))


def _how_it_stands(view: QuestionView, words: Words, now: datetime) -> Html:
    question = view.question
    said = [
        words.html(
            "staff-question-refused" if answer.refused else "staff-question-answered",
            name=answer.by_name,
            at=words.moment(answer.at, now),
        )
        for answer in question.answers[-_ANSWERS:]
    ]
    if question.done_at is not None:
        at = words.moment(question.done_at, now)
        said.append(words.html("staff-question-done", name=question.done_name, at=at))
    if question.open:
        said.append(words.html("staff-question-how"))
    return lines(*said)


def _buttons(view: QuestionView, words: Words) -> tuple[Row, ...]:
    question = view.question
    if question.done_at is not None:
        first = Button(words.plain("staff-question-reopen"), StaffCloseQuestion(question.id, False))
    elif question.open:
        first = Button(words.plain("staff-question-close"), StaffCloseQuestion(question.id, True))
    else:
        first = _bring_down(question.id, words)
    if view.book is None:
        return ((first,),)
    return ((first, Button(words.plain("staff-question-stock"), StaffStockBeneath(view.book.id))),)
