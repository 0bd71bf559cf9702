"""The shop's own pages, in the chat."""

from __future__ import annotations

import re

import pytest

from tests.chat.accounts import logs_in
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop


async def test_a_language_is_chosen_and_kept(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/language")
    ann.sees("In which language shall we talk?", "English ✓", "Deutsch")
    await ann.taps("Deutsch")
    ann.sees("Also auf Deutsch.")
    await shop.restart()
    await ann.types("/help")
    ann.sees("So geht es")
    bob = await shop.person("Bob")
    await bob.types("/help")
    bob.sees("How this works")


async def test_a_customers_language_comes_along_to_the_next_phone(shop: Shop) -> None:
    ann, tablet = await shop.customer("Ann"), await shop.person("Ann")
    await ann.types("/language")
    await ann.taps("Deutsch")
    await logs_in(tablet, "ann@example.org")
    tablet.sees("Willkommen zurück, Ann.")


async def test_a_language_that_the_shop_does_not_speak_is_met_in_its_own(shop: Shop) -> None:
    zoe = await shop.person("Zoé", language="fr")
    await zoe.types("/help")
    zoe.sees("How this works")


@pytest.mark.parametrize(
    ("command", "heading"),
    [
        ("/help", "How this works"),
        ("/terms", "Terms of The Corner Bookshop"),
        ("/privacy", "What we keep, and why"),
        ("/support", "12 Mill Lane"),
        ("/language", "In which language"),
    ],
)
async def test_every_page_says_its_thing_typed_or_tapped(shop: Shop, command: str, heading: str) -> None:
    ann = await shop.person("Ann")
    await ann.types(command)
    ann.sees(heading)
    typed = ann.last["text"]
    await ann.types("/help")
    label = {"/terms": "Terms", "/privacy": "Privacy", "/support": "Contact", "/language": "Language"}
    if command in label:
        await ann.taps(label[command])
        assert ann.last["text"] == typed


async def test_contact_shows_the_coming_week_with_its_closed_days(open_shop: OpenShop) -> None:
    shop = await open_shop(
        shop_hours="Mo-Fr 09:00-12:30, 14:00-18:30", shop_phone="+44 20 7946 0123", shop_telegram="@corner"
    )
    ann = await shop.person("Ann")
    await ann.types("/support")
    text = ann.last["text"]
    days = re.findall(r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*$", text, re.MULTILINE)
    assert len(days) == 7
    assert len([day for day in days if day.endswith("09:00–12:30, 14:00–18:30")]) == 5
    assert len([day for day in days if day.endswith("closed")]) == 2
    ann.sees("+44 20 7946 0123", "hello@corner.example", "@corner")


async def test_a_page_leaves_a_step_and_comes_as_a_new_message_when_typed(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.types("/privacy")
    ann.sees("What we keep, and why")
    await ann.types("dune")
    ann.sees("Frank Herbert")
