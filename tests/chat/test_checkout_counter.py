"""Checking out and paying at the counter: once, whatever is tapped, and never on terms that the customer did not see."""

from __future__ import annotations

from datetime import timedelta

from tests.chat.buying import at_summary, finds, puts_in_cart, with_reservation
from tests.chat.shop import PASSWORD, Shop
from tests.chat.stockroom import reprice, restock, withdraw


async def test_a_guest_logs_in_and_comes_back_to_exactly_the_summary(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Check out")
    ann.sees("please log in", "Your cart stays as it is", "I am new here")
    await ann.taps("Log in")
    await ann.types("ann@example.org")
    await ann.types(PASSWORD)
    ann.sees("1 × Dune · €12.50", "Pick up at 12 Mill Lane, open till", "Reserve, pay at the counter")


async def test_a_reservation_shows_number_code_and_what_comes_next(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    ann.sees("Reserved: order B-", "1 × Dune · €12.50", "€12.50, to pay at the counter", "Your pickup code:")
    ann.sees("We'll tell you when it is ready; then we keep it for 3 days.")
    assert "photo" in ann.last
    await ann.types("/cart")
    ann.sees("Your cart is empty")


async def test_a_double_tap_on_reserve_places_one_order(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Reserve", times=2)
    assert ann.transcript().count("Reserved: order B-") == 1
    await ann.types("/orders")
    ann.sees("Your order")
    ann.does_not_see("orders")


async def test_the_reserve_button_of_an_earlier_message_shows_the_order_it_placed(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    reserve = ann.button("Reserve")
    await ann.taps("Reserve")
    await shop.restart()
    await puts_in_cart(ann, "pride and prejudice")
    await ann.presses(reserve)
    ann.sees("Reserved: order B-", "1 × Dune")
    await ann.types("/cart")
    ann.sees("1 × Pride and Prejudice")


async def test_a_crash_after_the_tap_leaves_one_order_and_shows_it(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    reserve = ann.button("Reserve")
    await ann.taps("Reserve")
    await shop.crash()
    await shop.start()
    await ann.presses(reserve)
    ann.sees("Reserved: order B-")
    await ann.types("/orders")
    ann.sees("Your order")


async def test_a_price_that_changed_since_the_cart_is_told_and_asked_about(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await reprice(shop, "Dune", "13.00")
    await ann.taps("Check out")
    ann.sees("Something changed", "now €13.00, was €12.50", "Fine, go on", "Back to cart")
    await ann.taps("Fine, go on")
    ann.sees("1 × Dune · €13.00", "Reserve")
    ann.does_not_see("was €12.50")


async def test_a_price_that_changed_since_the_summary_places_nothing_until_agreed(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await reprice(shop, "Dune", "11.00")
    await ann.taps("Reserve")
    ann.sees("nothing was ordered yet", "now €11.00, was €12.50")
    await ann.types("/orders")
    ann.sees("You have no orders yet")
    await ann.types("/cart")
    await ann.taps("Check out")
    await ann.taps("Reserve")
    ann.sees("€11.00, to pay at the counter")


async def test_the_last_copy_gone_meanwhile_leads_back_to_the_cart_and_sells_nothing(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune messiah")
    bob = await with_reservation(shop, "Bob", "dune messiah")
    bob.sees("Reserved: order B-")
    await ann.taps("Reserve")
    ann.sees("nothing was ordered yet", "not to be had any more: please take it out")
    await ann.taps("Back to cart")
    ann.sees("1 × Dune Messiah")
    assert "Check out" not in str(ann.buttons)
    await ann.taps("Remove")
    ann.sees("Your cart is empty")


async def test_a_book_that_was_withdrawn_meanwhile_is_not_sold(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "emma", "pride and prejudice")
    await withdraw(shop, "Emma")
    await ann.taps("Reserve")
    ann.sees("nothing was ordered yet", "not to be had any more: please take it out")
    await ann.taps("Back to cart")
    assert "Check out" not in str(ann.buttons)
    await ann.taps("✕")
    await ann.taps("Check out")
    ann.sees("Pride and Prejudice")
    ann.does_not_see("Emma")


async def test_an_old_button_adds_no_book_that_was_withdrawn(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, "emma")
    old = ann.button("Add to cart")
    await withdraw(shop, "Emma")
    await ann.presses(old)
    ann.sees("No longer in our range.")
    ann.does_not_see("In cart", "Add to cart")


async def test_the_last_copy_gone_of_a_book_to_order_is_asked_about(shop: Shop) -> None:
    await restock(shop, "Emma", on_hand=1, orderable=True)
    ann = await at_summary(shop, "Ann", "emma")
    await with_reservation(shop, "Bob", "emma")
    await ann.taps("Reserve")
    ann.sees("none is here any more", "1 we order for you")
    await ann.taps("Fine, go on")
    await ann.taps("Reserve")
    ann.sees("Reserved: order B-", "1 is on order")


async def test_two_phones_at_the_summary_place_one_order(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    phone = await shop.person("Ann too")
    await phone.types("/login")
    await phone.types("ann@example.org")
    await phone.types(PASSWORD)
    await phone.types("/cart")
    await phone.taps("Check out")
    await ann.taps("Reserve")
    await phone.taps("Reserve")
    phone.sees("Your cart is empty, so there is nothing to order", "Your order", "reserved")


async def test_somebody_who_logged_out_places_nothing_with_the_old_button(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    reserve = ann.button("Reserve")
    await ann.types("/logout")
    await ann.presses(reserve)
    ann.sees("please log in")


async def test_too_many_open_orders_are_refused_with_the_way_to_them(shop: Shop) -> None:
    await shop.restart(max_open_orders=1)
    ann = await with_reservation(shop, "Ann", "dune")
    await puts_in_cart(ann, "emma")
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Reserve")
    ann.sees("You have an open order", "Your order", "reserved")


async def test_a_ready_order_is_told_with_its_code_and_expires_when_nobody_comes(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "dune messiah")
    await tom.waits_for("Dune Messiah")
    await tom.taps("Accept")
    await tom.waits_for("is on it")
    await tom.taps("Ready")
    ready = await ann.waits_for("is ready for you")
    assert "photo" in ready
    ann.sees("Pick it up at 12 Mill Lane, till", "Your pickup code:")
    await shop.pass_time(timedelta(days=2))
    await ann.types("/orders")
    ann.sees("ready for you")
    await shop.pass_time(timedelta(days=2))
    await ann.waits_for("was not collected in time")
    ann.sees("Order again")
    bob = await with_reservation(shop, "Bob", "dune messiah")
    bob.sees("Reserved: order B-")


async def test_the_handed_over_order_is_the_receipt(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "dune")
    await tom.waits_for("Dune")
    await tom.taps("Accept")
    await tom.waits_for("is on it")
    await tom.taps("Ready")
    await tom.waits_for("ready since")
    await tom.taps("Paid cash")
    await ann.waits_for("Thank you! Order B-")
    ann.sees("1 × Dune · €12.50", "€12.50, paid in cash", "Order again")


async def test_an_order_cancelled_by_the_shop_says_why(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "dune")
    await tom.waits_for("Dune")
    await tom.taps("Cancel…")
    await tom.taps("The copy is damaged")
    await ann.waits_for("was cancelled")
    ann.sees("the copy is damaged, and there is no other")
