"""``/close`` in the staff's chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.actions import StaffClose
from bot.codec import encode
from bot.conversations.closing import ClosingConversation
from domain.payment import AttemptState
from sandbox.card.client import CardClient
from sandbox.persons import Button
from tests.chat.buying import at_summary, with_invoice, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop


async def test_the_staff_close_the_day_and_look_back(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("Thank you")
    await with_reservation(shop, "Bob", "emma")
    await tom.types("/close")
    tom.sees(
        "Close of", "in Telegram · 1 payment · €12.50", "together €12.50", "2 open orders, 2 copies held."
    )
    tom.sees("Not checked: the provider behind Telegram, which cannot be asked. Compare the day with")
    table = next(message for message in reversed(tom.messages) if "document" in message)
    assert table["document"]["file_name"].endswith(".csv")
    assert b"12.50,EUR" in await tom.picture(table)
    await tom.taps("‹")
    tom.sees("Nothing was taken.")
    await tom.taps("›")
    tom.sees("together €12.50")


async def test_another_day_begins_at_zero(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("Thank you")
    await shop.pass_time(timedelta(days=1))
    await tom.types("/close")
    tom.sees("Nothing was taken.", "1 open order, 1 copy held.")


async def test_a_day_can_be_named_in_several_ways_and_brings_its_table(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("Thank you")
    there = shop.clock.now().astimezone(shop.app.settings.shop().zone).date()
    await shop.pass_time(timedelta(days=1))
    for typed in (there.isoformat(), "yesterday", "gestern", f"{there:%d.%m.%Y}", f"{there:%d.%m.}"):
        await tom.types(f"/close {typed}")
        tom.sees("together €12.50")
        table = next(message for message in reversed(tom.messages) if "document" in message)
        assert table["document"]["file_name"] == f"close-{there.isoformat()}.csv"
    await tom.types("/close")
    tom.sees("Nothing was taken.")


async def test_what_is_no_day_or_has_yet_to_come_is_said_so(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    for typed in ("<b>soon", "2026-13-01", "31.2.", "0", "' OR 1=1 --"):
        await tom.types(f"/close {typed}")
        tom.sees(
            f"“{typed}” is no day that I can read. Send /close 2026-11-27, /close 27.11. or /close yesterday."
        )
    await tom.types("/close 2199-01-01")
    tom.sees("1 January 2199 has yet to come.")


async def test_what_the_gateway_has_and_the_books_lack_is_shown_and_counted_by_a_tap(
    open_shop: OpenShop,
) -> None:
    shop = await open_shop(card=True, telegram_provider_token=SecretStr(""))
    card = CardClient(shop.telegram)
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await _forget_it_is_asked_about(shop)
    payment = await card.pays(telling="never")
    await tom.types("/close")
    tom.sees("Nothing was taken.", "The payment services agree with our books.")
    await shop.pass_time(timedelta(minutes=6))
    await tom.types("/close")
    tom.sees(
        "At Sandbox Card, not in our books: €12.50 for B-",
        f"{payment['id']}/{payment['charge']}",
        "Tap an order below to count what our books lack",
    )
    table = next(message for message in reversed(tom.messages) if "document" in message)
    assert b"At Sandbox Card, not in our books" in await tom.picture(table)
    old = tom.button("Count €12.50 for B-")
    await tom.taps("Count €12.50 for B-")
    tom.sees("together €12.50", "The payment services agree with our books.")
    await ann.waits_for("Paid: order B-")
    await tom.presses(old)
    assert "There is nothing left to count" in tom.toast
    await tom.types("/close")
    tom.sees("by card, online · 1 payment · €12.50")


async def test_a_refund_at_the_providers_desk_that_nobody_told_of_is_counted_by_a_tap(
    open_shop: OpenShop,
) -> None:
    shop = await open_shop(card=True, telegram_provider_token=SecretStr(""))
    card = CardClient(shop.telegram)
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await card.pays(telling="never")
    await shop.pass_time(timedelta(seconds=30))
    await ann.waits_for("Paid: order B-")
    await card.refunds(amount=400)
    await shop.pass_time(timedelta(minutes=6))
    await tom.types("/close")
    tom.sees("Given back at Sandbox Card, not in our books: €4.00 for B-")
    await tom.taps("Count €4.00 for B-")
    tom.sees("Given back", "€4.00", "The payment services agree with our books.")
    await ann.waits_for("€4.00")
    await tom.types("/close")
    tom.sees("The payment services agree with our books.")


async def test_a_gateway_that_does_not_answer_is_named(open_shop: OpenShop) -> None:
    shop = await open_shop(card=True)
    (tom,) = await shop.staff("Tom")
    await CardClient(shop.telegram).fault("500", "find", times=1)
    await tom.types("/close")
    tom.sees("Not checked: Sandbox Card did not answer. Send /close")
    tom.does_not_see("agree with our books")


async def _forget_it_is_asked_about(shop: Shop) -> None:
    """As in a restored back-up of the moment before the gateway answered: nobody asks about this attempt any more."""
    async with shop.app.unit_of_work.writing() as work:
        (attempt,) = await work.payments.unsettled(shop.clock.now() + timedelta(days=1), 2)
        await work.payments.save(replace(attempt, state=AttemptState.CREATED, next_look_at=None))
        await work.commit()


async def test_nobody_but_the_staff_sees_the_money(shop: Shop) -> None:
    await shop.staff("Tom")
    eve = await shop.person("Eve")
    group = await shop.telegram.group("Elsewhere", eve)
    there = eve.at(group)
    await there.types("/close@sandbox_bot")
    there.does_not_see("Close of")
    await eve.types("/close")
    eve.does_not_see("Close of")


async def test_strangers_have_nothing_reckoned_for_them(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow part of what only the staff may do, and the gateways' time, is not for whoever presses a forged button."""
    await shop.staff("Tom")
    eve = await shop.person("Eve")
    there = eve.at(await shop.telegram.group("Elsewhere", eve))
    reckoned = []

    async def reckon(*_: object) -> None:
        reckoned.append(1)

    monkeypatch.setattr(ClosingConversation, "reckon", reckon)
    await shop.restart()
    await there.types("/close@sandbox_bot")
    await eve.types("/help")
    await eve.presses(Button(eve.button("Home").message_id, "forged", encode(StaffClose())))
    assert not reckoned
