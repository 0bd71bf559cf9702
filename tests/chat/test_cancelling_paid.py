"""Cancelling what is paid, by the shop's terms: read before it is confirmed, once, and in plain words for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from domain.cancelling import CancelUntil
from sandbox.card.client import CardClient
from sandbox.persons import Person
from tests.chat.buying import at_summary, with_invoice
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop

PART = "€11.25 of €12.50 goes back to you; the shop keeps €1.25, as its terms say."


async def _paid_by_card(open_shop: OpenShop, **changes: Any) -> tuple[Shop, CardClient]:
    """A shop that is paid by card alone, and the gateway."""
    shop = await open_shop(card=True, telegram_provider_token=SecretStr(""), **changes)
    card = CardClient(shop.telegram)
    await card.events_to(f"{shop.app.address}/gateway/sandbox_card")
    return shop, card


async def _paid_in_telegram(shop: Shop, name: str = "Ann") -> Person:
    person = await with_invoice(shop, name, "dune")
    await person.pays()
    await person.waits_for("Thank you, €12.50 received")
    return person


async def test_who_pays_reads_the_terms_first_and_what_goes_back_before_it_goes(open_shop: OpenShop) -> None:
    shop, card = await _paid_by_card(open_shop, cancel_keeps_percent=10)
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "dune")
    ann.sees("can be cancelled until it lies ready for you", "The shop then keeps 10% of what you paid")
    await ann.taps("Pay")
    await card.pays()
    await ann.waits_for("Paid: order B-")
    ann.sees("If you cancel it, the shop keeps €1.25, as its terms say.")
    await ann.taps("Cancel order")
    ann.sees(PART)
    await ann.taps("Yes, cancel it", times=2)
    ann.sees("was cancelled", "€11.25 goes back to you: we are seeing to it", "The shop keeps €1.25")
    for _ in range(3):
        await shop.pass_time(timedelta(minutes=5))
    await ann.waits_for("€11.25 for order")
    assert [refund["amount"] for refund in (await card.payment())["refunds"]] == [1125]
    await tom.waits_for(
        "which was paid: €1.25 stays with the shop, and €11.25 is due back. It goes back by itself."
    )
    await tom.waits_for("refunded €11.25, kept €1.25")
    await tom.types("/close")
    tom.sees("together €12.50", "€1.25 is kept of 1 order that its customer cancelled.")


async def test_in_telegram_a_part_is_owed_and_given_back_by_hand(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_keeps_fee="1.25")
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await ann.taps("Cancel order")
    ann.sees(PART)
    await ann.taps("Yes, cancel it")
    ann.sees("€11.25 goes back to you: we are seeing to it.", "The shop keeps €1.25, as its terms say.")
    await tom.waits_for("It has to go back: see the card.")
    await tom.waits_for("⚠️ €11.25 has to go back")
    tom.sees("The shop keeps €1.25, as its terms say.")
    await tom.taps("Refunded €11.25", times=2)
    await ann.waits_for("is on its way back to you")
    await tom.waits_for("refunded €11.25, kept €1.25")
    ann.sees("€11.25 was given back to you.", "The shop keeps €1.25")


async def test_when_the_free_time_ends_under_the_question_it_is_asked_again(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_keeps_percent=10, cancel_free_hours=1)
    ann = await _paid_in_telegram(shop)
    ann.sees("You can cancel it free of charge until")
    await ann.taps("Cancel order")
    ann.sees("€12.50 goes back to you.", "That holds until", "After that the shop keeps a part")
    old = ann.button("Yes, cancel it")
    await shop.pass_time(timedelta(hours=1))
    await ann.presses(old)
    ann.sees("Something changed about order B-", "was not cancelled yet", PART)
    await ann.taps("No, keep it")
    ann.sees("Paid: order B-", "If you cancel it, the shop keeps €1.25")
    await ann.presses(old)
    ann.sees(PART)
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled", "The shop keeps €1.25")
    await ann.presses(old)
    ann.sees("was cancelled", "€11.25 goes back to you")


async def test_a_payment_that_lands_under_the_question_is_asked_about(open_shop: OpenShop) -> None:
    shop, card = await _paid_by_card(open_shop, cancel_keeps_percent=10)
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await ann.taps("Cancel order")
    ann.does_not_see("goes back")
    old = ann.button("Yes, cancel it")
    await card.pays()
    await ann.waits_for("Paid: order B-")
    await ann.presses(old)
    ann.sees("was not cancelled yet", PART)


async def test_what_the_staff_cancel_goes_back_whole(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_keeps_percent=50)
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await tom.waits_for("paid online €12.50")
    await tom.taps("Cancel…")
    tom.sees("€12.50 goes back to the customer.")
    await tom.taps("Sold out after all")
    await ann.waits_for("€12.50 goes back to you")
    ann.does_not_see("keeps")
    await tom.waits_for("Refunded €12.50")


async def test_customer_and_staff_who_cancel_at_once_cancel_once(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_keeps_percent=10)
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await tom.waits_for("paid online €12.50")
    await ann.taps("Cancel order")
    yes = ann.button("Yes, cancel it")
    await tom.taps("Cancel…")
    await tom.taps("Sold out after all")
    await ann.presses(yes)
    ann.sees("was cancelled", "€12.50 goes back to you")
    ann.does_not_see("keeps")


async def test_what_may_not_be_cancelled_says_so_whatever_button_is_left(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_paid_until=CancelUntil.NEVER)
    ann = await at_summary(shop, "Ann", "dune")
    ann.sees("Once an order is paid, it cannot be cancelled here")
    await ann.taps("Pay")
    old = ann.button("Cancel order")
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")
    assert "Cancel order" not in str(ann.buttons[-3:])
    await ann.presses(old)
    ann.sees("is paid, so it cannot be cancelled here", "Paid: order B-")


async def test_once_somebody_is_at_it_the_customer_hears_so(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_paid_until=CancelUntil.ACCEPTED)
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await ann.taps("Cancel order")
    yes = ann.button("Yes, cancel it")
    await tom.waits_for("paid online €12.50")
    await tom.taps("Accept")
    await ann.presses(yes)
    ann.sees("The shop is at work on order B-", "Paid: order B-")


async def test_a_ready_order_can_be_cancelled_where_the_shop_says_so(open_shop: OpenShop) -> None:
    shop = await open_shop(cancel_paid_until=CancelUntil.COLLECTED, cancel_keeps_percent=10)
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await tom.waits_for("paid online €12.50")
    await tom.taps("Accept")
    await tom.waits_for("is on it")
    await tom.taps("Ready")
    await ann.waits_for("is ready for you")
    ann.sees("If you cancel it, the shop keeps €1.25")
    await ann.taps("Cancel order")
    ann.sees(PART)
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled", "The shop keeps €1.25")


async def test_an_order_keeps_the_terms_that_its_customer_read(open_shop: OpenShop) -> None:
    shop = await open_shop()
    ann = await _paid_in_telegram(shop)
    await shop.restart(cancel_paid_until=CancelUntil.NEVER, cancel_keeps_percent=100)
    await ann.types("/terms")
    ann.sees("Once an order is paid, it cannot be cancelled here")
    await ann.types("/orders")
    await ann.taps("B-")
    await ann.taps("Cancel order")
    ann.sees("€12.50 goes back to you.")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled", "€12.50 goes back to you")


async def test_the_terms_say_the_rule_in_both_languages(open_shop: OpenShop) -> None:
    shop = await open_shop(
        cancel_paid_until=CancelUntil.ACCEPTED,
        cancel_keeps_percent=10,
        cancel_keeps_fee="2.50",
        cancel_free_hours=24,
    )
    ann = await shop.person("Ann")
    await ann.types("/terms")
    ann.sees(
        "A reservation can be cancelled under Orders at any time, free of charge.",
        "A paid order can be cancelled until the shop begins to work on it. "
        "The shop then keeps 10% of what you paid and €2.50 besides; the rest goes back the way you paid it. "
        "Within 24 hours of paying you get all of it back.",
        "If it is us who cancel, you always get all of it back.",
    )
    eva = await shop.person("Eva", language="de")
    await eva.types("/terms")
    eva.sees(
        "Eine bezahlte Bestellung können Sie stornieren, bis der Laden daran zu arbeiten beginnt.",
        "10 % des bezahlten Betrags und außerdem 2,50 € ein",
        "In den ersten 24 Stunden nach der Zahlung bekommen Sie alles zurück.",
    )


async def test_what_is_owed_of_an_order_in_a_currency_the_shop_had_before_is_given_back_by_hand(
    open_shop: OpenShop,
) -> None:
    shop = await open_shop()
    (tom,) = await shop.staff("Tom")
    ann = await _paid_in_telegram(shop)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    await tom.waits_for("Refunded €12.50")
    await shop.restart(shop_currency="CHF")
    await tom.taps("Refunded €12.50")
    assert "Noted: the money went back." in tom.toast
    await ann.waits_for("€12.50 for order")
