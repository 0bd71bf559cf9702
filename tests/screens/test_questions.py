"""Questions to the shop: what the customer is about to send, what the staff see, what comes back."""

from __future__ import annotations

import dataclasses
import html
from datetime import timedelta
from typing import Any

import pytest

from bot.actions import (
    AskFurther,
    SendQuestion,
    ShowBook,
    ShowHome,
    ShowPage,
    StaffCloseQuestion,
    StaffQuestion,
    StaffStockBeneath,
)
from bot.drafts import Draft, present, put
from bot.screens import questions as screens
from bot.screens import staff_questions
from bot.screens.staff_questions import QuestionView
from bot.texts import Words
from domain.ids import ChatId, QuestionId
from domain.ports.dialogues import Data
from domain.question import LONGEST_ANSWER, LONGEST_QUESTION, Answer, Question
from tests.screens.samples import (
    ENGLISH,
    GERMAN,
    LONGEST,
    RTL,
    SHOP,
    TUESDAY_EVENING,
    a_book,
    button,
    labels,
    length,
    shown_text,
)

BACK = ShowPage(3, 0)
MESSAGE = 4096
"""Bot API, sendMessage.text"""
ODD = '<b>&" "maps"</b>'


def question(**changes: Any) -> Question:
    asked = Question(QuestionId(4), ChatId(5), None, "Ann", "de", ODD, False, None, None, TUESDAY_EVENING)
    return dataclasses.replace(asked, **changes)


def answer(**changes: Any) -> Answer:
    given = Answer(1, f"Two {ODD}", TUESDAY_EVENING + timedelta(minutes=9), "Tom")
    return dataclasses.replace(given, **changes)


def test_what_was_not_found_is_offered_with_its_own_send() -> None:
    screen = screens.offered(Draft(7, "dune 99"), None, BACK, ENGLISH)
    assert "Shall I ask the shop for <b>“dune 99”</b>?" in shown_text(screen)
    assert button(screen, "Send").action == SendQuestion(7)
    assert button(screen, "Back").action == BACK
    assert "No, search for it" not in labels(screen)


def test_what_was_typed_unasked_may_be_a_search() -> None:
    typed = Draft(7, "dune", typed=True)
    assert "No, search for it" in labels(screens.offered(typed, None, BACK, ENGLISH))
    asked_for = dataclasses.replace(typed, asking=True)
    assert "No, search for it" not in labels(screens.offered(asked_for, None, BACK, ENGLISH))


def test_a_question_about_a_book_names_it() -> None:
    screen = screens.offered(Draft(7, "Signed?", book_id=7, typed=True), a_book(), BACK, GERMAN)
    assert "Es geht um: The Dispossessed" in shown_text(screen)
    alone = screens.offered(Draft(7, book_id=7), a_book(), BACK, ENGLISH)
    assert "“The Dispossessed”" in shown_text(alone)
    assert "About:" not in shown_text(alone)


def test_a_draft_is_ready_when_there_is_something_to_send() -> None:
    assert not Draft(1).ready
    assert Draft(1, "text").ready
    assert Draft(1, book_id=7).ready
    assert not Draft(1, book_id=7, earlier_id=4).ready


def test_a_draft_is_kept_as_it_is_and_one_that_makes_no_sense_is_none() -> None:
    data: Data = {}
    assert present(data) is None
    draft = Draft(9, ODD, 7, 4, "h", asking=True, typed=True)
    put(data, draft)
    assert present(data) == draft
    data["question"] = {"text": "of an older program"}
    assert present(data) is None


@pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])
def test_the_card_tells_the_staff_who_asks_for_what_in_which_language(words: Words) -> None:
    view = QuestionView(question(), account="Ann & Co", book=a_book(), earlier=question(text="Globes?"))
    screen = staff_questions.card(view, words, TUESDAY_EVENING)
    said = html.unescape(shown_text(screen))
    expected = {
        "en": ("Question", "in German", "Logged in as Ann & Co", "Going on from: “Globes?”"),
        "de": ("Frage", "auf Deutsch", "Angemeldet als Ann & Co", "Anschließend an: „Globes?“"),
    }[words.language]
    assert [part for part in (*expected, ODD, "The Dispossessed", "9780061054884") if part not in said] == []
    assert screen.rows[0][0].action == StaffCloseQuestion(QuestionId(4), True)
    assert screen.rows[0][1].action == StaffStockBeneath(7)


def test_the_first_button_always_names_the_question() -> None:
    """By it an answer to the card is understood."""
    answered = question(answers=(answer(),))
    done = question(done_at=TUESDAY_EVENING, done_name="Mia")
    firsts = [
        staff_questions.card(QuestionView(one, book=a_book()), ENGLISH, TUESDAY_EVENING).rows[0][0].action
        for one in (question(), answered, done)
    ]
    assert firsts == [StaffCloseQuestion(4, True), StaffQuestion(4), StaffCloseQuestion(4, False)]
    for screen in (
        staff_questions.answer_taken(answered, ENGLISH),
        staff_questions.only_text(QuestionId(4), ENGLISH),
    ):
        assert screen.rows[0][0].action == StaffQuestion(4)


def test_the_card_says_what_became_of_each_answer() -> None:
    both = question(answers=(answer(), answer(number=2, by_name="Mia", refused=True)))
    said = shown_text(staff_questions.card(QuestionView(both), ENGLISH, TUESDAY_EVENING))
    assert "Answered 17:49 by Tom\n" in said
    assert "by Mia, but <b>not delivered</b>" in said
    assert "reply to this message" not in said


def test_an_answer_leads_on_and_to_the_book() -> None:
    screen = screens.answered(question(), answer(), a_book(), ENGLISH)
    assert f"Two {html.escape(ODD, quote=False)}" in shown_text(screen)
    assert button(screen, "Ask further").action == AskFurther(4)
    assert button(screen, "Open: The Dispossessed").action == ShowBook(7)
    assert labels(screens.answered(question(), answer(), None, ENGLISH)) == ["Ask further"]


@pytest.mark.parametrize("book", [LONGEST, RTL, None], ids=["longest", "right to left", "none"])
@pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])
def test_the_longest_of_everything_fits_a_message(words: Words, book: Any) -> None:
    long = question(
        first_name="📚" * 64,
        text="<&>📚" * (LONGEST_QUESTION // 4),
        answers=tuple(answer(number=at, by_name="📚" * 64) for at in range(1, 30)),
        done_at=TUESDAY_EVENING,
        done_name="📚" * 64,
    )
    view = QuestionView(long, account="&" * 300, book=book, earlier=long)
    full = answer(text="<&>" * (LONGEST_ANSWER // 3), cut=True)
    draft = Draft(7, long.text, 7 if book else 0, typed=True)
    for screen in (
        staff_questions.card(view, words, TUESDAY_EVENING),
        staff_questions.answer_taken(question(answers=(full,)), words),
        screens.answered(long, full, book, words),
        screens.offered(draft, book, BACK, words),
        screens.write(draft, book, BACK, words),
        screens.sent(ShowHome(), words, SHOP, TUESDAY_EVENING),
    ):
        assert length(screen) <= MESSAGE
