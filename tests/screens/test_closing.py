"""The close of a day as the staff read it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.screen import Html
from bot.screens.closing import closing, difference_line, taking_in
from bot.texts import Texts
from domain.closing import Compared, DayClose, Difference, Doubt, Finding, Hold, Owed, Sum, Taxed
from domain.ids import AttemptId, OrderId
from domain.money import Money
from domain.payment import Attempt, AttemptState
from domain.tax import TaxRate

TEXTS = Texts(("en", "de"), "en", ZoneInfo("Europe/Berlin"))
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MUCH = Money(12_345_678_90, "EUR")
LONG = "pay_0123456789abcdef0123/chg_0123456789abcdef0123"
ATTEMPT = Attempt(AttemptId("a"), OrderId(1), "sandbox_card", MUCH, AttemptState.IN_DOUBT, NOON, NOON)


def _differences() -> tuple[Difference, ...]:
    """Each finding, for an order and, where it can be, for nobody's, twenty times over."""
    found = [Difference("B-7K4Q", "sandbox_card", one, MUCH, MUCH, LONG, ATTEMPT.id, NOON) for one in Finding]
    nobody = [
        dataclasses.replace(one, number="")
        for one in found
        if one.finding in (Finding.NOT_IN_BOOKS, Finding.REFUND_NOT_IN_BOOKS)
    ]
    return tuple((nobody + found[::-1]) * 20)


def _fullest() -> DayClose:
    ways = ("telegram", "stripe", "sandbox_card", "cash", "card", "provider")
    return DayClose(
        day=date(2026, 11, 25),
        start=NOON,
        end=NOON,
        booked=(),
        taken=tuple(Sum(way, 1000, MUCH) for way in ways),
        given_back=tuple(Sum(way, 1000, MUCH) for way in ways),
        came_back=(Sum("stripe", 1000, MUCH), Sum("sandbox_card", 1000, MUCH)),
        total=MUCH,
        owed=(Owed("B-7K4Q", MUCH),) * 500,
        open_orders=500,
        holds=(Hold("B-7K4Q", MUCH, 20, NOON),) * 500,
        doubts=(Doubt("B-7K4Q", ATTEMPT),) * 500,
        taxed=tuple(Taxed(TaxRate(points) if points else None, MUCH, MUCH) for points in (0, 700, 1900)),
        kept=(Sum("stripe", 1000, MUCH),),
        compared=Compared(_differences(), ("telegram", "old"), ("stripe",), ("other",)),
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_fullest_close_fits_a_message(language: str) -> None:
    words, close = TEXTS.words(language), _fullest()
    for in_chat in (True, False):  # Bot API, sendMessage: 4096 characters after entities parsing
        assert len(closing(close, words, in_chat=in_chat)) <= 4096
    assert len(taking_in(close, words)) <= 6


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("one", set(_differences()))
def test_every_finding_has_words_that_name_the_service(language: str, one: Difference) -> None:
    said = difference_line(one, TEXTS.words(language))
    assert "Sandbox Card" in said
    assert one.number in said


def test_what_stands_on_a_gateways_list_is_no_markup() -> None:
    one = Difference("", "stripe", Finding.NOT_IN_BOOKS, MUCH, MUCH, "<b>&")
    assert "&lt;b&gt;&amp;" in difference_line(one, TEXTS.words("en"))
    assert isinstance(difference_line(one, TEXTS.words("en")), Html)
