"""The cart, as people use it: up, down, out, back, on two phones, and when the shop changes meanwhile."""

from __future__ import annotations

from tests.chat.buying import finds, puts_in_cart
from tests.chat.shop import PASSWORD, Shop


async def test_a_book_goes_into_the_cart_and_the_page_and_the_cart_say_so(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, "dune")
    await ann.taps("Add to cart")
    ann.sees("In your cart: 1 book, €12.50", "In cart · 1")
    await ann.taps("Cart")
    ann.sees("1 × Dune · €12.50", "Total €12.50", "Check out", "Go on looking", "Empty")


async def test_a_double_tap_on_add_puts_one_copy_in(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, "dune")
    await ann.taps("Add to cart", times=2)
    await ann.types("/cart")
    ann.sees("1 × Dune · €12.50")


async def test_a_double_tap_on_plus_counts_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("+", times=2)
    ann.sees("2 × Dune · €25.00")


async def test_minus_on_the_last_copy_and_remove_take_the_line_out(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("−")
    ann.sees("Your cart is empty")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Remove")
    ann.sees("Your cart is empty")


async def test_several_lines_are_numbered_and_lead_to_their_books(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune", "pride and prejudice")
    await ann.taps("Cart")
    ann.sees("1. 1 × Dune", "2. 1 × Pride and Prejudice", "Total €21.40")
    await ann.taps("2.")
    ann.sees("The best first sentence in the shop.", "In cart · 1")


async def test_an_emptied_cart_comes_back_with_undo_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune", "pride and prejudice")
    await ann.taps("Cart")
    await ann.taps("Empty")
    ann.sees("Your cart is empty now.")
    undo = ann.button("Undo")
    await ann.taps("Undo")
    ann.sees("1 × Dune", "1 × Pride and Prejudice")
    await ann.presses(undo)
    ann.sees("1. 1 × Dune", "Total €21.40")


async def test_undo_works_after_a_restart(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Empty")
    await shop.restart()
    await ann.taps("Undo")
    ann.sees("1 × Dune · €12.50")


async def test_an_old_plus_changes_nothing_and_shows_the_cart_as_it_is(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    old = ann.button("+")
    await ann.types("/cart")
    await ann.presses(old)
    ann.sees("That button is from an older message", "1 × Dune · €12.50")


async def test_the_copy_that_is_not_here_is_ordered_only_after_a_yes(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "left hand of darkness")
    await ann.taps("Cart")
    await ann.taps("+")
    await ann.taps("+")
    await ann.taps("+", times=2)
    ann.sees("Only 3 are here. Want one ordered?", "3 × The Left Hand of Darkness")
    await ann.taps("Yes, order 1")
    ann.sees("4 × The Left Hand of Darkness · €43.60", "1 we order for you, about 4 days")


async def test_a_book_that_cannot_be_ordered_stays_at_what_is_here(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune messiah")
    await ann.taps("Cart")
    await ann.taps("+")
    ann.sees("Only 1 is here, and no more can be had.", "1 × Dune Messiah")


async def test_more_than_twenty_of_one_book_is_refused_kindly(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    for _ in range(19):
        await ann.taps("+")
    ann.sees("20 × Dune")
    await ann.taps("+")
    ann.sees("20 of one book is the most here", "20 × Dune")


async def test_a_long_cart_has_pages_and_a_tap_stays_on_its_page(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, *(f"the long shelf volume {number}" for number in range(1, 8)))
    await ann.taps("Cart")
    ann.sees("6. 1 × The Long Shelf", "1/2")
    ann.does_not_see("7. 1 ×")
    await ann.taps("›")
    ann.sees("7. 1 ×", "2/2", "Total €35.00")
    await ann.taps("+")
    ann.sees("7. 2 ×", "2/2", "Total €40.00")


async def test_two_phones_share_a_customers_cart_and_the_second_is_told_of_the_first(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    phone = await shop.person("Ann too")
    await phone.types("/login")
    await phone.types("ann@example.org")
    await phone.types(PASSWORD)
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await phone.types("/cart")
    phone.sees("1 × Dune")
    await ann.taps("+")
    await phone.taps("+")
    phone.sees("2 × Dune · €25.00")
    await ann.taps("+")
    ann.sees("3 × Dune")
    await phone.taps("−")
    phone.sees("Your cart changed meanwhile", "3 × Dune")


async def test_a_guests_cart_is_theirs_alone_and_comes_along_at_login(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await puts_in_cart(ann, "dune")
    await ann.types("/logout")
    await ann.types("/cart")
    ann.sees("Your cart is empty")
    await puts_in_cart(ann, "pride and prejudice")
    await ann.types("/login")
    await ann.types("ann@example.org")
    await ann.types(PASSWORD)
    await ann.types("/cart")
    ann.sees("1 × Dune", "1 × Pride and Prejudice", "Total €21.40")


async def test_a_title_full_of_mark_up_stands_in_the_cart_as_it_is_called(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, '<b>&"')
    await ann.taps("Add to cart")
    await ann.taps("Cart")
    ann.sees('1 × <b>&" · €1.00')


async def test_the_cart_speaks_german_to_who_reads_german(shop: Shop) -> None:
    eva = await shop.person("Eva", language="de")
    await eva.types("dune")
    await eva.taps("1")
    await eva.taps("In den Warenkorb")
    await eva.types("/cart")
    eva.sees("Ihr Warenkorb", "1 × Dune · 12,50 €", "Zur Kasse", "Weiter stöbern")
