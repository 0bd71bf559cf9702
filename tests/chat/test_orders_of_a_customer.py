"""The customer's orders: look, cancel, order again; and nobody else's."""

from __future__ import annotations

import re

from tests.chat.buying import finds, puts_in_cart, with_reservation
from tests.chat.shop import PASSWORD, Shop
from tests.chat.stockroom import stock_of


async def test_orders_are_listed_newest_first_and_open_by_their_number(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    await puts_in_cart(ann, "pride and prejudice")
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Reserve")
    await ann.types("/orders")
    ann.sees("Your 2 orders", "1 book", "€8.90", "€12.50", "reserved")
    assert ann.screen.index("€8.90") < ann.screen.index("€12.50")
    await ann.taps(ann.buttons[0][1])
    ann.sees("Reserved: order B-", "1 × Dune")


async def test_cancelling_asks_first_and_frees_the_copy_once(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune messiah")
    held, _ = await stock_of(shop, "Dune Messiah")
    assert held.held == 1
    await ann.taps("Cancel order")
    ann.sees("Cancel order B-", "€11.00")
    await ann.taps("Yes, cancel it", times=2)
    ann.sees("was cancelled", "As you asked", "Order again")
    stock, ledger = await stock_of(shop, "Dune Messiah")
    assert stock == ledger
    assert (stock.on_hand, stock.held) == (1, 0)


async def test_an_order_kept_after_all_stays_as_it_is(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    await ann.taps("Cancel order")
    await ann.taps("No, keep it")
    ann.sees("Reserved: order B-")


async def test_a_guest_at_their_orders_logs_in_and_comes_back_to_them(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    await ann.types("/logout")
    await ann.types("/orders")
    ann.sees("To see your orders, please log in.")
    await ann.taps("Log in")
    await ann.types("ann@example.org")
    await ann.types(PASSWORD)
    ann.sees("Your order", "reserved")


async def test_the_button_of_a_person_who_used_this_chat_before_opens_nothing(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    cancel = ann.button("Cancel order")
    await ann.types("/logout")
    await shop.register(ann, "eve@example.org")
    await ann.presses(cancel)
    ann.sees("not one of your orders", "You have no orders yet")


async def test_order_again_fills_the_cart_as_far_as_can_be_and_twice_is_once(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune", "dune messiah")
    bought = ann.button("Cancel order")
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    again = ann.button("Order again")
    await with_reservation(shop, "Bob", "dune messiah")
    await ann.presses(again)
    ann.sees("Of 1 title there are fewer now, or none.", "1 × Dune · €12.50")
    ann.does_not_see("Dune Messiah")
    await ann.presses(again)
    ann.sees("1 × Dune · €12.50")
    await ann.presses(bought)
    ann.sees("was cancelled")


async def test_a_ready_counter_order_can_still_be_cancelled_by_the_customer(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "dune")
    await tom.waits_for("Dune")
    await tom.taps("Accept")
    await tom.waits_for("is on it")
    await tom.taps("Ready")
    await ann.waits_for("is ready for you")
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled")
    await tom.waits_for("cancelled")


async def test_a_guest_sees_the_order_page_of_nobody(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    cancel = ann.button("Cancel order")
    await ann.types("/logout")
    await ann.presses(cancel)
    ann.sees("please log in")
    ann.does_not_see("B-", "Dune")


async def test_orders_speak_german_to_who_reads_german(shop: Shop) -> None:
    eva = await shop.person("Eva", language="de")
    await eva.types("/login")
    await eva.taps("Ich bin neu hier")
    await eva.types("eva@example.org")
    await eva.taps("Eva")
    await eva.types(PASSWORD)
    await eva.types("dune messiah")
    await eva.taps("1")
    await eva.taps("In den Warenkorb")
    await eva.types("/cart")
    await eva.taps("Zur Kasse")
    eva.sees("Ihre Bestellung", "11,00 €", "Abholung: 12 Mill Lane")
    await eva.taps("Reservieren")
    eva.sees("Reserviert: Bestellung B-", "Ihr Abholcode:")


async def test_an_order_of_a_very_long_title_fits_beside_its_code(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await finds(ann, "robinson crusoe")
    await ann.taps("Add to cart")
    await ann.taps("Cart")
    ann.sees("1 × The Life and Strange")
    await ann.taps("Check out")
    await ann.taps("Reserve")
    ann.sees("1 × The Life and Strange", "Your pickup code:")


async def test_the_receipt_comes_as_a_document_and_the_order_stays_in_sight(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "dune")
    assert "Receipt" not in str(ann.buttons)
    await tom.waits_for("Dune")
    await tom.taps("Accept")
    await tom.waits_for("is on it")
    await tom.taps("Ready")
    await tom.waits_for("ready since")
    await tom.taps("Paid card")
    await ann.waits_for("Thank you! Order B-")
    await ann.taps("Receipt")
    document = next(message for message in reversed(ann.messages) if "document" in message)
    assert document["document"]["file_name"].startswith("receipt-B-")
    assert (await ann.picture(document)).startswith(b"%PDF-")
    ann.sees("Thank you! Order B-", "€12.50, paid by card")


async def test_an_orders_number_opens_it_for_whoever_ordered_and_says_nothing_to_others(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    number = re.search(r"B-[0-9A-Z]{4}", ann.last["caption"])
    assert number is not None
    await ann.types(f" {number[0].lower()} ")
    ann.sees(f"Reserved: order {number[0]}", "Cancel order")
    bob = await shop.customer("Bob")
    for bob_types in (number[0], "B-0000"):
        await bob.types(bob_types)
        bob.does_not_see("Reserved", "Cancel order", "pickup code")
