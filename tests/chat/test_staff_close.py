"""``/close`` in the staff's chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions import StaffClose
from bot.codec import encode
from bot.conversations.closing import ClosingConversation
from sandbox.persons import Button
from tests.chat.buying import with_invoice, with_reservation
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
    tom.sees("Not checked: in Telegram, which cannot be asked.")
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
