"""Paying in the chat by Telegram's invoice: counted once, never by somebody else, and every failure has its own way on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from domain.errors import PassingFailure
from domain.order import Order
from domain.services.payments import OnlinePayments
from sandbox.persons import Button, Person
from storage.tables import attempts
from storage.unit_of_work import SqlWork
from tests.chat.buying import at_summary, with_invoice, with_reservation
from tests.chat.shop import Shop
from tests.chat.stockroom import stock_of


async def test_a_paid_order_is_shown_with_its_code_and_the_staff_hear(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    ann.sees("Order B-", "Dune. Held for you till", "Pay €12.50", "Pay at the counter", "Cancel order")
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received. Order B-")
    ann.sees("is paid", "Your pickup code:", "Receipt")
    card = await tom.waits_for("paid online €12.50")
    assert "Dune" in card["text"]


async def test_staff_see_nothing_of_an_order_that_is_not_paid_yet(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await with_invoice(shop, "Ann", "dune")
    await shop.run_jobs()
    await tom.looks()
    assert "Dune" not in tom.transcript()


async def test_a_double_tap_on_pay_places_one_order_and_sends_one_invoice(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay", times=2)
    assert sum("invoice" in message for message in ann.messages) == 1
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")
    await ann.types("/orders")
    ann.sees("Your order", "paid")


async def test_the_payment_reported_twice_counts_once(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays(delivery="twice")
    await ann.waits_for("Thank you, €12.50 received")
    await ann.types("/orders")
    await ann.taps("B-")
    ann.sees("Paid: order B-", "€12.50, paid")
    ann.does_not_see("goes back")


async def test_a_question_that_was_answered_and_comes_again_is_no_failure(shop: Shop) -> None:
    """As after a crash between the answer and Telegram's hearing that the update was handled."""
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays()
    await shop.telegram.repeat(payment["update_id"])
    await ann.types("/orders")
    async with shop.app.unit_of_work.reading() as look:
        assert await look.inbox.failures(5) == ()
    ann.sees("paid")


async def test_a_declined_card_leaves_the_order_and_another_card_pays_it(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.declines()
    assert payment["state"] == "declined"
    await shop.pass_time(timedelta(seconds=15))
    payment = await ann.pays()
    assert payment["state"] == "paid"
    await ann.waits_for("Thank you, €12.50 received")


async def test_after_a_declined_card_the_counter_is_a_way_on(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.declines()
    await ann.taps("Pay at the counter")
    ann.sees("Reserved: order B-", "to pay at the counter")


async def test_two_payments_of_one_invoice_at_once_are_approved_once(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    first = asyncio.create_task(ann.pays(bank_delay=1.0))
    await asyncio.sleep(0.4)
    second = await ann.pays()
    assert second["state"] == "refused"
    assert "just being checked by the bank" in second["error_message"]
    assert (await first)["state"] == "paid"


async def test_a_forwarded_invoice_is_not_paid_by_somebody_else(shop: Shop) -> None:
    *_, payment = await _pays_somebody_elses(shop)
    assert payment["state"] == "refused"
    assert "somebody else" in payment["error_message"]


@pytest.mark.parametrize("error", [PassingFailure("disk is busy"), ZeroDivisionError()])
async def test_a_payment_that_could_not_be_written_down_is_not_allowed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Else nobody would know that money may move: the hold ends, and no look is taken for what was never reported."""
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")

    async def commit() -> None:
        raise error

    async def approve(payments: OnlinePayments, work: SqlWork, *given: Any, **asked: Any) -> Order:
        monkeypatch.setattr(work, "commit", commit)
        return await approved(payments, work, *given, **asked)

    approved = OnlinePayments.approve
    monkeypatch.setattr(OnlinePayments, "approve", approve)
    payment = await ann.pays()
    assert payment["state"] == "refused"
    monkeypatch.setattr(OnlinePayments, "approve", approved)
    # Nothing of it is left that keeps her from trying again, or that would be taken for a payment.
    payment = await ann.pays(delivery="held")
    assert payment["state"] == "paid"
    await ann.waits_for("Dune. Held for you till")
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await ann.waits_for("Thank you, €12.50 received")
    await tom.waits_for("paid online €12.50")


async def test_who_paid_somebody_elses_invoice_all_the_same_sees_nothing_of_the_order(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if another program had let it pass, which has the bot's token too."""
    checked = OnlinePayments.approve

    async def approve(payments: OnlinePayments, *given: Any, **asked: Any) -> Order:
        return await checked(payments, *given, **asked | {"payer": asked["shown_to"]})

    monkeypatch.setattr(OnlinePayments, "approve", approve)
    (tom,) = await shop.staff("Tom")
    ann, bob, payment = await _pays_somebody_elses(shop)
    assert payment["state"] == "paid"
    await tom.waits_for("from somebody whom the invoice was not made for")
    for person in (ann, bob):
        await person.looks()
    text = bob.transcript() + ann.transcript()
    assert "from somebody else than it was made for. It goes back." in text
    assert "Dune" not in bob.transcript()


async def test_an_invoice_of_an_expired_order_is_refused_and_the_customer_was_told(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune messiah")
    await shop.pass_time(timedelta(minutes=16))
    await ann.waits_for("was not paid in time")
    ann.sees("Nothing was charged", "Order again")
    payment = await ann.pays()
    assert payment["state"] == "refused"
    assert "has expired" in payment["error_message"]
    stock, ledger = await stock_of(shop, "Dune Messiah")
    assert stock == ledger
    assert stock.held == 0


async def test_an_invoice_of_a_cancelled_order_is_refused(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    invoice = next(message for message in reversed(ann.messages) if "invoice" in message)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled")
    path = f"/chats/{ann.chat}/messages/{invoice['message_id']}"
    gone = [message for message in ann.messages if message["message_id"] == invoice["message_id"]]
    assert not gone, f"the invoice of a cancelled order is still there: {path}"


async def test_money_that_lands_late_gets_the_books_if_they_are_still_there(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune messiah")
    payment = await ann.pays(delivery="held")
    await shop.pass_time(timedelta(minutes=30))
    await ann.waits_for("was not paid in time")
    ann.sees("If your bank took the money all the same, it is not lost")
    ann.does_not_see("Nothing was charged")
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await ann.waits_for("came after the time was up, but your books were still here")
    await tom.waits_for("paid online €11.00")
    stock, ledger = await stock_of(shop, "Dune Messiah")
    assert stock == ledger
    assert stock.held == 1


async def test_money_that_lands_late_goes_back_when_the_book_is_gone(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune messiah")
    payment = await ann.pays(delivery="held")
    await shop.pass_time(timedelta(minutes=30))
    await with_reservation(shop, "Bob", "dune messiah")
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await ann.waits_for("a book has been sold meanwhile")
    ann.sees("all of it goes back to you", "€11.00 goes back to you")
    ann.does_not_see("Nothing was charged", "If your bank took the money")
    await tom.waits_for("its books are gone")
    await tom.waits_for("Refunded €11.00")
    await tom.taps("Refunded €11.00")
    await ann.waits_for("is on its way back to you")


async def test_money_for_a_reserved_order_pays_it(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    await ann.taps("Pay at the counter")
    ann.sees("Reserved: order B-")
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await ann.waits_for("Thank you, €12.50 received")


async def test_a_cancelled_paid_order_owes_the_money_and_the_staff_are_told(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")
    await ann.taps("Cancel order")
    ann.sees("€12.50 goes back to you.")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled", "€12.50 goes back to you: we are seeing to it.")
    await tom.waits_for("which was paid: €12.50 is due back. It has to go back")


async def test_an_invoice_that_a_crash_left_unsent_comes_once(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await shop.telegram.fault("drop_before", "sendInvoice", times=0)
    await ann.taps("Pay")
    await shop.crash()
    await shop.telegram.clear_faults()
    await shop.start()
    await shop.pass_time(timedelta(minutes=1))
    await ann.waits_for("Held for you till")
    assert sum("invoice" in message for message in ann.messages) == 1
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")


async def test_payment_in_the_middle_of_a_restart_is_counted(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    payment = await ann.pays(delivery="held")
    await shop.stop()
    await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await shop.start()
    await ann.waits_for("Thank you, €12.50 received")


async def test_a_forged_button_brings_nobody_elses_invoice(shop: Shop) -> None:
    await with_invoice(shop, "Ann", "dune")
    async with shop.app.database.reading() as connection:
        attempt_id = (await connection.execute(sa.select(attempts.c.id))).scalar_one()
    eve = await shop.customer("Eve")
    await eve.types("/help")
    old = eve.button("Home")
    await eve.presses(Button(old.message_id, "forged", f"sp:{attempt_id}"))
    eve.sees("You have no orders yet")
    assert not any("invoice" in message for message in eve.messages)


async def test_without_a_provider_only_the_counter_is_offered(shop: Shop) -> None:
    await shop.restart(telegram_provider_token=SecretStr(""))
    ann = await at_summary(shop, "Ann", "dune")
    ann.does_not_see("now")
    ann.sees("Reserve, pay at the counter")


async def _pays_somebody_elses(shop: Shop) -> tuple[Person, Person, dict[str, Any]]:
    """Ann, whose invoice it is, Bob, who tries to pay it, and what came of that."""
    bob = await shop.person("Bob")
    await bob.starts()
    ann = await with_invoice(shop, "Ann", "dune")
    invoice = next(message for message in reversed(ann.messages) if "invoice" in message)
    path = f"/chats/{ann.chat}/messages/{invoice['message_id']}/pay"
    return (
        ann,
        bob,
        await shop.telegram.request("POST", path, {"user": bob.id, "outcome": "paid", "wait": 10}),
    )
