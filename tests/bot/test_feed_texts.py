"""Why a record was refused, in every language, with what the sentence needs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.feed_texts import outcome, place, reason, unread
from bot.texts import Texts
from domain.feed import FeedProblem, Reason, Severity
from domain.feed_job import Tally

TEXTS = Texts(("en", "de"), "en", ZoneInfo("UTC"))


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_reason_has_its_sentence(language: str) -> None:
    words = TEXTS.words(language)
    said = [reason(words, FeedProblem(Severity.RECORD, one)) for one in Reason]
    assert len(set(said)) == len(Reason)
    assert all(sentence[-1] in ".?" for sentence in said)


def test_a_sentence_names_its_values_and_its_place() -> None:
    values = {"isbn": "9780441013590", "found": "0", "expected": "3", "corrected": "9780441013593"}
    problem = FeedProblem(Severity.RECORD, Reason.ISBN_CHECK_DIGIT, 4, 5, "r", values)
    english, german = TEXTS.words("en"), TEXTS.words("de")
    assert reason(english, problem) == (
        "The ISBN 9780441013590 ends with the check digit 0, but 3 would be right: 9780441013593."
    )
    assert place(english, problem) == "line 5, record 4"
    assert place(german, FeedProblem(Severity.RECORD, Reason.NO_TITLE, 1)) == "Datensatz 1"
    assert place(german, FeedProblem(Severity.FILE, Reason.EMPTY_FILE)) == ""


def test_of_an_archive_it_is_said_which_file_it_is() -> None:
    german = TEXTS.words("de")
    assert (
        unread(german, FeedProblem(Severity.FILE, Reason.EMPTY_FILE, within="a.csv"))
        == "a.csv im Archiv: Die Datei ist leer."
    )
    assert unread(german, FeedProblem(Severity.FILE, Reason.EMPTY_FILE)) == "Die Datei ist leer."
    problem = FeedProblem(Severity.RECORD, Reason.NO_TITLE, 4, 5, within="a.csv")
    assert place(german, problem) == "a.csv, Zeile 5, Datensatz 4"


def test_an_outcome_counts_one_record_as_one() -> None:
    words = TEXTS.words("en")
    assert outcome(words, Tally(added=1), kept=True) == (
        "1 record read: 1 added, 0 changed, 0 unchanged, 0 withdrawn, 0 refused."
    )
    assert "nothing written" in outcome(words, Tally(notes=2), kept=False)
