"""A shop need not tell its address or its hours; what it does tell is said without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.screens import whereabouts
from bot.texts import Words
from domain.hours import OpeningHours
from tests.screens.samples import ENGLISH, GERMAN, SHOP, TUESDAY_EVENING, ZONE, spaced

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
NO_HOURS = OpeningHours.parse("", ZONE)


@pytest.mark.parametrize(
    ("words", "address", "now", "said"),
    [
        (ENGLISH, "12 Mill Lane", TUESDAY_EVENING, "12 Mill Lane · open till 18:30"),
        (ENGLISH, "12 Mill Lane", SUNDAY, "12 Mill Lane · opens Mon 09:00"),
        (ENGLISH, "", TUESDAY_EVENING, "Open till 18:30"),
        (ENGLISH, "", SUNDAY, "Opens Mon 09:00"),
        (GERMAN, "", TUESDAY_EVENING, "Geöffnet bis 18:30"),
        (GERMAN, "", SUNDAY, "Öffnet Mo 09:00"),
    ],
)
def test_what_the_front_page_says(words: Words, address: str, now: datetime, said: str) -> None:
    here = whereabouts.here(replace(SHOP, address=address), words, now)
    assert here is not None
    assert spaced(here) == said


def test_a_shop_without_hours_tells_where_it_is_or_nothing() -> None:
    shop = replace(SHOP, hours=NO_HOURS)
    assert whereabouts.here(shop, ENGLISH, SUNDAY) == "12 Mill Lane"
    assert whereabouts.here(replace(shop, address=""), ENGLISH, SUNDAY) is None


@pytest.mark.parametrize(
    ("words", "pick_up", "counter"),
    [
        (ENGLISH, "Pick up at our shop, open till 18:30", "In person: our shop, open till 18:30"),
        (
            GERMAN,
            "Abholung: bei uns im Laden, geöffnet bis 18:30",
            "Persönlich: bei uns im Laden, geöffnet bis 18:30",
        ),
    ],
)
def test_a_shop_without_an_address_is_still_a_place(words: Words, pick_up: str, counter: str) -> None:
    shop = replace(SHOP, address="")
    assert spaced(whereabouts.pick_up(shop, words, TUESDAY_EVENING)) == pick_up
    assert spaced(whereabouts.counter(shop, words, TUESDAY_EVENING)) == counter
