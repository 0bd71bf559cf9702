"""Whose question it was is checked when somebody wants to go on from it: chat and login both."""

from __future__ import annotations

import pytest

from bot.actions import AskFurther, LogOut
from bot.codec import encode
from sandbox.persons import Button, Person
from tests.chat.shop import Shop
from tests.chat.test_ask_the_shop import asks_for_the_chair

ASKED = "The Silver Chair of Nowhere"


async def goes_on_from_the_first(person: Person) -> None:
    await person.looks()
    await person.presses(Button(int(person.last["message_id"]), "Ask further", encode(AskFurther(1))))


@pytest.mark.parametrize("who", ["herself", "another chat", "whoever has the chat next"])
async def test_only_who_asked_goes_on_from_it(shop: Shop, who: str) -> None:
    (tom,) = await shop.staff("Tom")
    bob = await shop.person("Bob")
    # A guest's question is no account's: only the chat tells whose it is.
    ann = await (shop.person("Ann") if who == "another chat" else shop.customer("Ann"))
    await asks_for_the_chair(ann)
    await ann.taps("Send")
    await bob.types("/start")
    if who == "whoever has the chat next":
        await ann.presses(Button(int(ann.last["message_id"]), "Log out", encode(LogOut())))
    asking = bob if who == "another chat" else ann
    await goes_on_from_the_first(asking)
    asking.sees("What would you like to ask the shop?")
    assert (ASKED in asking.screen) == (who == "herself")
    await asking.types("Is it signed?")
    await asking.taps("Send")
    await tom.waits_for("“Is it signed?”")
    assert ("Going on from" in tom.screen) == (who == "herself")
