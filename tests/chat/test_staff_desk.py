"""The staff's group: every order is one card, worked by whoever is there, and only there."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.actions import StaffAccept, StaffHandOver
from bot.codec import encode
from bot.commandline.staff import make_link_code
from domain.ports.books import Filters, Shelf, Sort
from sandbox.persons import Person
from tests.chat.buying import with_invoice, with_reservation
from tests.chat.shop import Shop

_NUMBER = re.compile(r"(?<![\w-])B-[0-9A-Z]{4,6}(?!\w)")


def cards(person: Person) -> list[str]:
    """The orders' numbers, a message each."""
    texts = [message.get("text", "") for message in person.messages]
    return [match[0] for text in texts if (match := _NUMBER.match(text))]


async def test_an_order_is_one_card_from_new_to_handed_over(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "Emma")
    await tom.waits_for("new · pays at the counter €8.50")
    tom.sees("F-12", "1 × Emma · Jane Austen · pbk")
    await tom.taps("Accept")
    tom.sees("Tom is on it")
    await tom.taps("Ready")
    tom.sees("ready since")
    await ann.waits_for("is ready")
    await tom.taps("Paid cash")
    await tom.looks()
    tom.sees("by Tom", "cash €8.50")
    assert len(cards(tom)) == 1
    await ann.waits_for("Thank you")


async def test_a_second_tap_on_accept_changes_nothing_and_says_so(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await with_reservation(shop, "Ann", "Emma")
    await tom.looks()
    accept = tom.button("Accept")
    await tom.taps("Accept", times=2)
    tom.sees("Tom is on it")
    await tom.presses(accept)
    assert "yours already" in tom.toast
    assert len(cards(tom)) == 1


async def test_an_order_that_somebody_is_on_cannot_be_taken(shop: Shop) -> None:
    tom, mia = await shop.staff("Tom", "Mia")
    await with_reservation(shop, "Ann", "Emma")
    await tom.looks()
    accept = tom.button("Accept")
    await tom.taps("Accept")
    await mia.presses(accept)
    assert "Tom is on" in mia.toast
    assert mia.alerted


async def test_cash_that_is_taken_as_an_online_payment_lands_is_not_taken_in_silence(shop: Shop) -> None:
    """Tom's card is a moment behind: he takes the cash, and taps. It is not in the books, so he has to hear of it."""
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    await ann.taps("Pay at the counter")
    await tom.waits_for("new · pays at the counter €12.50")
    await tom.taps("Accept")
    await tom.taps("Ready")
    await tom.waits_for("ready since")
    cash = tom.button("Paid cash")
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await ann.waits_for("Thank you, €12.50 received")
    await tom.waits_for("paid online €12.50")
    await tom.presses(cash)
    assert "was paid online meanwhile" in tom.toast
    assert tom.alerted
    tom.does_not_see("handed over")
    await tom.taps("Handed over")
    await tom.waits_for("handed over")


async def test_cancelling_asks_why_and_the_customer_reads_it(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "Emma")
    await tom.looks()
    await tom.taps("Cancel…")
    tom.sees("The customer reads the reason")
    await tom.taps("Keep the order")
    tom.sees("new · pays at the counter")
    await tom.taps("Cancel…")
    await tom.taps("The copy is damaged")
    tom.sees("cancelled", "by Tom")
    await ann.waits_for("damaged")
    async with shop.app.unit_of_work.reading() as look:
        (book,) = (
            await look.books.browse(Shelf(), Filters(subject="classics"), Sort.PRICE_UP, offset=1, limit=1)
        ).books
    assert (book.title, book.stock.held) == ("Emma", 0)


async def test_nobody_outside_the_group_works_an_order(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "Emma")
    await tom.waits_for("Emma")
    async with shop.app.unit_of_work.reading() as look:
        (order,), _ = await look.orders.open_ones(offset=0, limit=5)
    for forged in (StaffAccept(order.id), StaffHandOver(order.id, "cash")):
        await shop.telegram.request(
            "POST",
            f"/chats/{ann.chat}/messages/{ann.messages[-1]['message_id']}/tap",
            {"user": ann.id, "data": encode(forged), "stale": True},
        )
        await shop.settle(0)
    async with shop.app.unit_of_work.reading() as look:
        after = await look.orders.get(order.id)
    assert after == order


async def test_orders_follow_the_group_when_it_becomes_a_supergroup(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await with_reservation(shop, "Ann", "Emma")
    await tom.waits_for("Emma")
    new = await shop.telegram.migrate(shop.group)
    await with_reservation(shop, "Ben", "Dune")
    there = tom.at(new)
    await there.waits_for("Dune")
    await there.taps("Accept")
    there.sees("Tom is on it")


async def test_orders_wait_for_a_group_and_come_when_one_is_linked(shop: Shop) -> None:
    await with_reservation(shop, "Ann", "Emma")
    (tom,) = await shop.staff("Tom")
    await shop.pass_time(timedelta(minutes=2))
    await tom.waits_for("Emma")


async def test_what_is_open_is_listed_and_a_card_can_be_brought_down(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await with_reservation(shop, "Ann", "Emma")
    await with_reservation(shop, "Ben", "Dune")
    await tom.types("/orders@sandbox_bot")
    await tom.looks()
    tom.sees("2 open orders")
    number = cards(tom)[0]
    await tom.taps(number)
    await tom.looks()
    assert cards(tom)[-1] == number
    assert sorted(cards(tom)) == sorted(set(cards(tom)))


async def test_the_staff_are_reminded_once_of_an_order_that_nobody_took(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await with_reservation(shop, "Ann", "Emma")
    await shop.pass_time(timedelta(minutes=31))
    await tom.waits_for("Nobody is on it yet")
    await shop.pass_time(timedelta(minutes=31))
    await tom.looks()
    assert tom.transcript().count("Nobody is on it yet") == 1


async def test_a_link_code_works_once_and_only_in_a_group(shop: Shop) -> None:
    ann = await shop.person("Ann")
    code = await make_link_code(shop.app.unit_of_work, shop.clock)
    await ann.starts(f"link_{code}")
    ann.sees("belongs into the staff's group")
    group = await shop.telegram.group("Somewhere", ann)
    there = ann.at(group)
    await there.types(f"/start@sandbox_bot link_{code}")
    await there.waits_for("now gets the orders")
    await there.types(f"/start@sandbox_bot link_{code}")
    await there.waits_for("wrong, used or too old")


async def test_customers_are_sent_to_the_private_chat_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    group = await shop.telegram.group("Friends", ann)
    there = ann.at(group)
    await there.types("/cart@sandbox_bot")
    await there.waits_for("private chat")
    await there.types("/search@sandbox_bot")
    await there.looks()
    assert there.transcript().count("I serve customers in a private chat") == 1


async def test_the_staffs_commands_are_explained_in_their_chat_and_mean_nothing_in_another(
    shop: Shop,
) -> None:
    (tom,) = await shop.staff("Tom")
    await tom.types("/help")
    tom.sees("The staff's chat of The Corner Bookshop", "/orders", "/stock", "/import", "/close")
    await tom.types("/start")
    assert tom.transcript().count("The staff's chat of") == 2
    bob = await shop.person("Bob")
    there = bob.at(await shop.telegram.group("Book club", bob))
    for command in ("orders", "help", "stock", "close"):
        await there.types(f"/{command}@{shop.app.bot.username}")
    await there.waits_for("I serve customers in a private chat")
    assert there.transcript().count("I serve customers in a private chat") == 1
    there.does_not_see("That button works only", "No open orders", "The staff's chat of")
