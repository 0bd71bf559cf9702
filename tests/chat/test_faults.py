"""Telegram at its worst: what people see when calls fail, updates come twice, and the shop closes in between."""

from __future__ import annotations

import pytest

from sandbox.persons import Person
from tests.chat.buying import at_summary, finds, puts_in_cart
from tests.chat.shop import PASSWORD, Shop


async def open_orders(shop: Shop) -> int:
    async with shop.app.unit_of_work.reading() as look:
        return (await look.orders.open_ones(offset=0, limit=10))[1]


def answers(person: Person) -> int:
    """How many messages in the chat are the bot's."""
    return sum(1 for message in person.messages if message["from"]["is_bot"])


async def test_an_update_that_comes_twice_is_answered_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await shop.telegram.fault("update_duplicate")
    await ann.types("dune")
    await shop.settle(0)
    await ann.looks()
    assert answers(ann) == 1


async def test_the_same_confirmation_twice_places_one_order(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "Emma")
    await shop.telegram.fault("update_duplicate", update_type="callback_query")
    await ann.taps("Reserve")
    assert await open_orders(shop) == 1


@pytest.mark.parametrize("kind", ["500", "502", "429", "drop_before"])
async def test_a_tap_whose_edit_fails_is_shown_all_the_same(shop: Shop, kind: str) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await shop.telegram.fault(kind, "editMessageText", times=1 if kind == "429" else 3, retry_after=1)
    await ann.taps("Shelves")
    await shop.run_jobs()
    await shop.pass_time_for_unshown()
    await ann.waits_for("Science fiction")


@pytest.mark.parametrize("kind", ["500", "502", "drop_before"])
async def test_an_answer_that_telegram_failed_at_comes_a_moment_later(shop: Shop, kind: str) -> None:
    ann = await shop.person("Ann")
    await shop.telegram.fault(kind, "sendMessage", times=2)
    await ann.types("dune")
    await ann.waits_for("Frank Herbert")
    assert answers(ann) == 1


async def test_what_was_typed_is_answered_although_sending_failed(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await shop.telegram.fault("502", "sendMessage", times=3)
    await ann.types("dune")
    await shop.pass_time_for_unshown()
    await ann.waits_for("Frank Herbert")


async def test_a_password_is_deleted_even_if_it_begins_like_a_command(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.taps("I am new here")
    await ann.types("ann@example.org")
    await ann.taps("Ann")
    await ann.types("/secret of the shop")
    await ann.looks()
    assert "/secret" not in ann.transcript()
    ann.sees("Ann")


async def test_a_shop_that_was_closed_answers_what_was_typed_meanwhile(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await shop.stop()
    await ann.types("dune")
    await ann.types("emma")
    await shop.start()
    await shop.eventually(lambda: _sees(ann, "Jane Austen"))
    ann.sees("Jane Austen")


async def _sees(person: Person, text: str) -> bool:
    await person.looks()
    return text in person.transcript()


async def test_a_restart_in_the_middle_changes_nothing(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, "dune messiah")
    await shop.restart()
    await ann.taps("Add to cart")
    await shop.restart()
    await ann.taps("Cart")
    ann.sees("Dune Messiah")
    await ann.taps("Check out")
    await shop.restart()
    await ann.taps("I am new here")
    await ann.types("ann@example.org")
    await shop.restart()
    await ann.taps("Ann")
    await ann.types(PASSWORD)
    ann.sees("Dune Messiah", "12 Mill Lane")
    await shop.restart()
    await ann.taps("Reserve")
    await shop.restart()
    await ann.types("/orders")
    ann.sees("B-")


async def test_two_phones_share_a_cart_and_an_old_plus_does_not_undo_the_other(shop: Shop) -> None:
    ann = await shop.customer("Ann", "ann@example.org")
    await puts_in_cart(ann, "Dune Messiah", "Pride and Prejudice")
    other = await shop.person("Ann's tablet")
    await other.types("/login")
    await other.types("ann@example.org")
    await other.types(PASSWORD)
    await other.types("/cart")
    other.sees("Pride and Prejudice", "Dune Messiah")
    await ann.types("/cart")
    plus = [button for row in ann.buttons for button in row].count("+")
    assert plus == 2


async def test_somebody_who_blocked_the_bot_stops_nothing(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "Emma")
    await ann.taps("Reserve")
    await ann.blocks()
    await tom.looks()
    await tom.taps("Accept")
    await tom.taps("Ready")
    ben = await shop.person("Ben")
    await ben.types("dune")
    ben.sees("Frank Herbert")
    await tom.looks()
    tom.sees("ready since")


@pytest.mark.parametrize(
    "text",
    ["😀😀", "\u202eevil", "a" * 5000, '<b>&"', "%s %d {0}", "'; DROP TABLE books;--", "مرحبا", "\u0000x"],
)
async def test_nonsense_is_answered_kindly_and_the_shop_goes_on(shop: Shop, text: str) -> None:
    ann = await shop.person("Ann")
    await ann.types(text)
    assert answers(ann) >= 1
    await ann.types("dune")
    ann.sees("Frank Herbert")
