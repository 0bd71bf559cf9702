"""F9: lines or prices changed between summary and charge."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.cart import CartOwner
from domain.errors import PaymentRefused, SummaryChanged
from domain.order import Order
from storage.tables import books, order_lines
from tests.chat.buying import at_summary
from tests.chat.shop import Shop
from tests.chat.stockroom import reprice
from tests.domain.trade import Trade, eur
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.replicas import replicas
from tests.faults.rules import AGREED


def _priced_as_now(lines: Any) -> Any:
    """The lines of all orders that were read, at today's prices."""
    return (
        sa.select(
            *(books.c.price if column.name == "unit_price" else column for column in lines.selected_columns)
        )
        .join(books, books.c.id == order_lines.c.book_id)
        .where(order_lines.c.order_id.in_(bindparam("orders", expanding=True)))
        .order_by(order_lines.c.order_id, order_lines.c.position)
    )


COPIED_PRICES = replaced("prices that are copied into the order", "storage.orders:LINES", _priced_as_now)
ASKED_AMOUNT = rewritten(
    "the amount at a pre-checkout",
    "domain.services.payments:OnlinePayments.approve",
    "amount != attempt.amount or amount != order.total",
)


async def _places(trade: Trade, owner: CartOwner, checkout_id: str, agreed: str) -> Order | None:
    try:
        async with trade.turn() as work:
            placed = await trade.checkout.place(
                work, owner, checkout_id=checkout_id, agreed=agreed, way="telegram", language="en"
            )
    except SummaryChanged:
        return None
    return placed.order


@pytest.mark.parametrize("change", ["price", "lines"])
@prevented_by(AGREED)
async def test_f9_what_is_charged_is_what_the_summary_said(database_url: str, change: str) -> None:
    """The price by a feed, the lines by a second phone."""
    async with replicas(database_url) as (trade, _):
        ann, book, other = await trade.customer(), await trade.book(5, title="Dune"), await trade.book(5)
        await trade.fill(ann, (book, 1))
        async with trade.uow.reading() as look:
            summary = await trade.checkout.summary(look, ann)
        if change == "price":
            await trade.catalogued("Dune", 5, price=1500)
        else:
            await trade.fill(ann, (other, 1))
        order = await _places(trade, ann, summary.checkout_id, summary.fingerprint)
        fault_if(order is not None, "an order was placed for something else than the summary said")


@prevented_by(AGREED)
async def test_f9_a_price_that_rose_under_the_summary_is_shown_and_asked_again(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await reprice(shop, "Dune", "19.90")
    await ann.taps("Reserve")
    async with shop.app.unit_of_work.reading() as look:
        _, placed = await look.orders.open_ones(offset=0, limit=10)
    fault_if(placed, "an order was placed at a price that the customer had not seen")
    ann.sees("€19.90")


@prevented_by(COPIED_PRICES)
async def test_f9_a_price_that_changes_after_the_order_changes_nothing_of_it(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(5, title="Dune")
        order, attempt = await trade.to_pay(ann, (book, 2))
        await trade.catalogued("Dune", 5, price=1500)
        async with trade.uow.reading() as look:
            payable = await trade.payments.payable(look, attempt.id)
        assert payable is not None
        asked = sum(label.amount.minor for label in payable[1].labels)
        fault_if(asked != 2000, f"20.00 were agreed, {asked / 100:.2f} stand on the invoice")
        assert payable[1].total == order.total == eur(2000)


@prevented_by(ASKED_AMOUNT)
async def test_f9_another_amount_than_the_orders_is_not_approved(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        _, attempt = await trade.to_pay(ann, (book, 1))
        try:
            await trade.approve(attempt, amount=eur(1))
        except PaymentRefused:
            return
        fault_if(True, "a charge of 0.01 was approved for an order of 10.00")
