"""SIGKILL at every step of a checkout turn: the order exists once or not at all, the customer is answered, the staff are told."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.persons import Person
from tests.chat.buying import at_summary
from tests.chat.shop import Shop
from tests.crash.dying_shop import dies_at, has_died

_NUMBER = re.compile(r"(?<![\w-])B-[0-9A-Z]{4,6}(?!\w)")

# What a confirmation goes through, in order: the turn's commit (1), the mark of the screen (2) or the outbox's lease, …
COMMITS = [(f"{when}-commit", count) for when in ("before", "after") for count in (1, 2, 3)]
CALLS = [
    (f"{when} {method}", 1)
    for when in ("before", "after")
    for method in ("answerCallbackQuery", "sendPhoto", "deleteMessage", "sendMessage")
]


async def numbers_in(person: Person) -> set[str]:
    await person.looks()
    return set(_NUMBER.findall(person.transcript()))


async def reopened(shop: Shop) -> None:
    """Open again, and let the leases of the dead process run out."""
    await shop.start()

    async def placed() -> bool:
        async with shop.app.unit_of_work.reading() as look:
            return bool((await look.orders.open_ones(offset=0, limit=10))[1])

    await shop.eventually(placed)
    await shop.pass_time(timedelta(seconds=90))


@pytest.mark.slow
@pytest.mark.parametrize(("point", "count"), COMMITS + CALLS)
async def test_a_reservation_survives_a_kill(shop: Shop, tmp_path: Path, point: str, count: int) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "Emma")
    reserve = ann.button("Reserve")
    process = await dies_at(shop, point, count, tmp_path)
    await shop.telegram.request(
        "POST",
        f"/chats/{ann.chat}/messages/{reserve.message_id}/tap",
        {"user": ann.id, "label": reserve.label},
    )
    await has_died(process)
    await reopened(shop)
    # The order is there once: one number, which the customer sees and the staff have one card for.
    async with shop.app.unit_of_work.reading() as look:
        orders, total = await look.orders.open_ones(offset=0, limit=10)
    assert total == 1
    (order,) = orders
    await tom.waits_for(order.number)
    assert await numbers_in(ann) == {order.number}
    assert await numbers_in(tom) == {order.number}
    book = order.lines[0].book_id
    async with shop.app.unit_of_work.reading() as look:
        found = await look.books.get(book)
        assert found is not None
        assert found.stock.held == 1
        assert await look.stock.sums(book) == found.stock
    # And life goes on: the buttons that Ann sees work.
    await ann.taps("Cancel order")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("point", "count"),
    [
        ("before-commit", 1),
        ("after-commit", 1),
        ("before-commit", 2),
        ("after-commit", 2),
        ("before sendInvoice", 1),
        ("after sendInvoice", 1),
    ],
)
async def test_an_order_to_be_paid_survives_a_kill_and_the_invoice_comes(
    shop: Shop, tmp_path: Path, point: str, count: int
) -> None:
    ann = await at_summary(shop, "Ann", "Emma")
    pay = ann.button("Pay")
    process = await dies_at(shop, point, count, tmp_path)
    await shop.telegram.request(
        "POST", f"/chats/{ann.chat}/messages/{pay.message_id}/tap", {"user": ann.id, "label": pay.label}
    )
    await has_died(process)
    await reopened(shop)
    async with shop.app.unit_of_work.reading() as look:
        (order,), total = await look.orders.open_ones(offset=0, limit=10)
    assert total == 1
    await ann.looks()
    await ann.pays()

    async def is_paid() -> bool:
        async with shop.app.unit_of_work.reading() as look:
            found = await look.orders.get(order.id)
        return found is not None and found.state == "paid"

    await shop.eventually(is_paid)
    async with shop.app.unit_of_work.reading() as look:
        journal = await look.payments.journal(order.id)
    assert [entry.amount for entry in journal] == [order.total]
