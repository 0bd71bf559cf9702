"""Asking the shop for something else than a book, in so many words."""

from __future__ import annotations

import pytest

from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.search import SearchIndex
from tests.chat.shelves import NOW, book
from tests.chat.shop import Shop


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("what's in my cart?", "Your cart is empty"),
        ("what's new?", "New in the shop"),
        ("what do you recommend?", "Staff picks"),
        ("bestsellers", "Asked for most"),
        ("what books do you have?", "Our shelves"),
        ("when are you open?", "12 Mill Lane"),
        ("do you deliver?", "we do not deliver"),
        ("how does this work?", "How this works"),
    ],
)
async def test_what_is_asked_of_the_shop_is_answered(shop: Shop, text: str, seen: str) -> None:
    ann = await shop.person("Ann")
    await ann.types(text)
    ann.sees(seen)


async def test_bestsellers_begin_with_what_is_asked_for_most_and_can_be_leafed_through(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("bestsellers")
    ann.sees("Asked for most", "1  Dune")
    await ann.taps("›")
    ann.sees("Asked for most")
    await ann.taps("‹")
    await ann.taps("1")
    ann.sees("Frank Herbert", "[ Add to cart ]")
    await ann.taps("Back")
    ann.sees("Asked for most")


async def test_where_is_my_order_shows_the_orders_of_whoever_is_logged_in(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("where is my order?")
    ann.sees("You have no orders yet")


async def test_a_guest_who_asks_for_an_order_is_asked_to_log_in_first(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("where is my order?")
    ann.sees("To see your orders, please log in.")


async def test_asked_to_log_out_the_shop_logs_out(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("please log me out")
    ann.sees("logged out")


async def test_a_book_that_is_called_so_comes_first_and_the_errand_is_a_tap_away(shop: Shop) -> None:
    await _add(shop, "Opening Hours", "Ida Marsh")
    ann = await shop.person("Ann")
    await ann.types("opening hours")
    ann.sees("Opening Hours", "Ida Marsh", "[ The shop: hours, address, people ]")
    await ann.taps("The shop: hours, address, people")
    ann.sees("12 Mill Lane")


async def test_in_german_too(shop: Shop) -> None:
    ann = await shop.person("Ann", language="de")
    await ann.types("Was können Sie mir empfehlen?")
    ann.sees("Tipps")
    await ann.types("wann haben Sie geöffnet?")
    ann.sees("12 Mill Lane")


async def _add(shop: Shop, title: str, author: str) -> None:
    database = Database(shop.settings.database)
    try:
        async for _ in SqlCatalogue(database, index=SearchIndex()).load([book(title, author)], NOW):
            pass
    finally:
        await database.close()
