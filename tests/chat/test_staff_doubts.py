"""A payment of which Telegram reports nothing stays in sight until somebody of the staff says what came of it."""

from __future__ import annotations

from datetime import timedelta

from sandbox.persons import Person
from tests.chat.buying import with_invoice
from tests.chat.shop import Shop


async def _never_heard_of(shop: Shop) -> tuple[Person, Person]:
    """Ann's payment was allowed, and nothing came of it that Telegram would tell. Tom reads of it when her order has expired."""
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.declines()
    await shop.pass_time(timedelta(minutes=20))
    await shop.run_jobs()
    tom.does_not_see("nothing has been reported")
    await shop.pass_time(timedelta(minutes=11))
    await tom.waits_for("A payment was allowed, and nothing has been reported since.")
    return tom, ann


async def test_the_staff_say_that_it_was_paid_and_everybody_hears_of_it(shop: Shop) -> None:
    tom, ann = await _never_heard_of(shop)
    tom.sees("€12.50", "Ann", "Please look in your account at the payment provider: was this payment taken?")
    old = tom.button("It was not")
    await tom.taps("It was paid")
    assert "Noted." in tom.toast
    tom.sees("Tom says: it was paid.", "It is in the books as paid.")
    await ann.waits_for("Paid: order B-")
    await tom.waits_for("paid online €12.50")
    await tom.presses(old)
    assert "That is known already." in tom.toast
    await tom.types("/close")
    tom.sees("in Telegram · 1 payment · €12.50")
    tom.does_not_see("Nobody knows yet")


async def test_a_doubt_stands_in_every_close_until_it_is_decided_there(shop: Shop) -> None:
    tom, ann = await _never_heard_of(shop)
    await shop.pass_time(timedelta(days=3))
    await tom.types("/close")
    tom.sees("Nobody knows yet whether this was paid", "in Telegram · €12.50")
    await tom.taps("€12.50: was it paid?")
    await tom.taps("To the day")
    await tom.taps("€12.50: was it paid?")
    await tom.taps("It was not")
    tom.sees("Tom says: it was not paid.", "If the money turns up after all, it is counted.")
    await tom.taps("To the day")
    tom.does_not_see("Nobody knows yet", "was it paid?")
    ann.does_not_see("Paid: order")


async def test_who_pays_at_the_second_try_is_no_doubt(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.declines()
    await shop.pass_time(timedelta(seconds=30))
    await ann.pays()
    await ann.waits_for("Thank you")
    await shop.pass_time(timedelta(hours=2))
    await shop.pass_time(timedelta(hours=2))
    await tom.types("/close")
    tom.does_not_see("Nobody knows yet", "nothing has been reported")
