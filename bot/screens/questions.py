"""Asking the shop's people, as the customer sees it: what is about to be sent, that it was, and what they answer."""

from __future__ import annotations

from datetime import datetime

from bot.actions import (
    Action,
    AskFurther,
    AskInPerson,
    SearchInstead,
    SendQuestion,
    ShowBook,
    ShowHome,
    WriteQuestion,
)
from bot.drafts import Draft
from bot.screen import Button, Html, Row, Screen, paragraphs
from bot.screens import offer, whereabouts
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.book import Book
from domain.question import Answer, Question
from domain.shop import Shop

_QUOTED = 120
_LABEL = 40


def offered(draft: Draft, book: Book | None, back: Action, words: Words) -> Screen:
    """A draft that can be sent as it is."""
    rows: list[Row] = [
        (Button(words.plain("question-send"), SendQuestion(draft.serial)),),
        (Button(words.plain("question-write"), WriteQuestion(draft.serial)),),
    ]
    if draft.typed and not draft.asking:
        rows.append((Button(words.plain("question-search"), SearchInstead(draft.serial)),))
    rows.extend(_ways(draft, back, words))
    about = _about(book, words) if draft.text else None
    return Screen(paragraphs(_wanted(draft, book, words), about, words.html("question-how")), tuple(rows))


def write(draft: Draft, book: Book | None, back: Action, words: Words) -> Screen:
    """What shall be asked?"""
    return Screen(
        paragraphs(words.html("question-write-now"), _about(book, words)), _ways(draft, back, words)
    )


def sent(back: Action, words: Words, shop: Shop, now: datetime) -> Screen:
    text = paragraphs(words.html("question-sent"), whereabouts.here(shop, words, now))
    return Screen(text, (_leave(back, words),))


def answered(question: Question, answer: Answer, book: Book | None, words: Words) -> Screen:
    """What the shop's people say, in a message of its own."""
    asked = subject(question, book, _QUOTED)
    head = words.html("question-answer", text=asked) if asked else words.html("question-answer-plain")
    cut = words.html("question-answer-cut") if answer.cut else None
    buttons = [Button(words.plain("question-further"), AskFurther(question.id))]
    if book is not None:
        label = words.plain("question-book", title=shorten(book.title, _LABEL))
        buttons.append(Button(label, ShowBook(book.id)))
    return Screen(paragraphs(head, words.escape(answer.text), cut), tuple((button,) for button in buttons))


def subject(question: Question, book: Book | None, limit: int) -> str:
    """What was asked, in one line: its words, or else the book's title."""
    text = " ".join(question.text.split()) or (book.title if book is not None else "")
    return shorten(text, limit)


def _wanted(draft: Draft, book: Book | None, words: Words) -> Html:
    if draft.typed:
        return words.html("question-shall-i-send", text=draft.text)
    if draft.text:
        return words.html("question-shall-i-ask", text=draft.text)
    return words.html("question-shall-i-ask", text=shorten(book.title, _QUOTED) if book is not None else "")


def _about(book: Book | None, words: Words) -> Html | None:
    return None if book is None else words.html("question-about", title=offer.title(book))


def _ways(draft: Draft, back: Action, words: Words) -> tuple[Row, ...]:
    other = Button(words.plain("question-other-ways"), AskInPerson(draft.book_id))
    return ((other,), _leave(back, words))


def _leave(back: Action, words: Words) -> Row:
    home = Button(words.plain("home"), ShowHome())
    return (home,) if back == ShowHome() else (Button(words.plain("back"), back), home)
