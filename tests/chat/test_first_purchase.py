"""The whole path once: from the first hello to the book in hand."""

from __future__ import annotations

from tests.chat.shop import Shop


async def test_a_guest_finds_reserves_and_collects_a_book(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    await ann.starts()
    ann.sees("The Corner Bookshop")
    await ann.types("dispossessed")
    await ann.taps("1")
    await ann.taps("1")
    await ann.taps("Add to cart")
    await ann.taps("Cart")
    ann.sees("The Dispossessed", "€10.90")
    await ann.taps("Check out")
    await ann.taps("I am new here")
    await ann.types("ann@example.org")
    await ann.taps("Ann")
    await ann.types("correct horse battery")
    ann.sees("12 Mill Lane")
    await ann.taps("Reserve")
    ann.sees("B-")
    await tom.waits_for("The Dispossessed")
    await tom.taps("Accept")
    await tom.taps("Ready")
    await ann.waits_for("ready")
    await tom.taps("Paid card")
    await tom.waits_for("handed over")
