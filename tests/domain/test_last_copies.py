"""Many buyers at once, on real databases, through two engines as two replicas have them."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from domain.cart import CartOwner
from domain.errors import OutOfStock, PassingFailure, SummaryChanged
from domain.ids import BookId
from domain.order import Order
from domain.services.checkout import Placed
from storage.catalogue import SqlCatalogue
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.domain.trade import Trade

BUYERS, COPIES = 50, 5


async def _tries(trade: Trade, owner: CartOwner, checkout_id: str, agreed: str) -> Placed:
    """As a turn does it: a passing failure is tried again."""
    while True:
        try:
            async with trade.turn() as work:
                return await trade.checkout.place(
                    work, owner, checkout_id=checkout_id, agreed=agreed, way="counter", language="en"
                )
        except PassingFailure:
            await asyncio.sleep(0.01)


async def _answer(trade: Trade, owner: CartOwner, checkout_id: str, agreed: str) -> str:
    try:
        placed = await _tries(trade, owner, checkout_id, agreed)
    except (OutOfStock, SummaryChanged) as error:
        return type(error).__name__
    return placed.order.number


@pytest.mark.slow
async def test_fifty_buyers_of_five_copies_place_exactly_five_orders(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two:
        replicas = [Trade(SqlUnitOfWork(database), SqlCatalogue(database)) for database in (one, two)]
        book = await replicas[0].book(COPIES)
        summaries = []
        for number in range(BUYERS):
            buyer = await replicas[0].customer(f"Buyer {number}")
            await replicas[0].fill(buyer, (book, 1))
            async with replicas[0].uow.reading() as look:
                summary = await replicas[0].checkout.summary(look, buyer)
            summaries.append((buyer, summary.checkout_id, summary.fingerprint))
        answers = await asyncio.gather(
            *(_answer(replicas[number % 2], *summary) for number, summary in enumerate(summaries))
        )
        numbers = {answer for answer in answers if answer.startswith("B-")}
        assert len(numbers) == COPIES
        assert (
            sum(Counter(answers)[refusal] for refusal in ("OutOfStock", "SummaryChanged")) == BUYERS - COPIES
        )
        async with replicas[1].uow.reading() as look:
            orders, count = await look.orders.open_ones(offset=0, limit=100)
        assert count == COPIES
        assert {order.number for order in orders} == numbers
        await replicas[1].stock_adds_up(book)


@pytest.mark.slow
async def test_one_checkout_tapped_on_two_replicas_at_once_places_one_order(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two:
        replicas = [Trade(SqlUnitOfWork(database), SqlCatalogue(database)) for database in (one, two)]
        ann, book = await replicas[0].customer(), await replicas[0].book(9)
        await replicas[0].fill(ann, (book, 2))
        async with replicas[0].uow.reading() as look:
            summary = await replicas[0].checkout.summary(look, ann)
        placed = await asyncio.gather(
            *(
                _tries(replicas[number % 2], ann, summary.checkout_id, summary.fingerprint)
                for number in range(8)
            )
        )
        assert len({one.order.id for one in placed}) == 1
        assert sum(not one.repeated for one in placed) == 1
        await replicas[1].stock_adds_up(book)


@pytest.mark.slow
async def test_carts_with_the_same_books_in_opposite_order_never_deadlock(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two:
        replicas = [Trade(SqlUnitOfWork(database), SqlCatalogue(database)) for database in (one, two)]
        books = [await replicas[0].book(100) for _ in range(4)]

        async def buys_and_cancels(number: int, order_of_books: list[BookId]) -> list[Order]:
            trade = replicas[number % 2]
            buyer = await trade.customer(f"Buyer {number}")
            assert buyer.customer_id is not None
            placed = []
            for _ in range(3):
                await trade.fill(buyer, *((book, 1) for book in order_of_books))
                order = (await trade.place(buyer)).order
                placed.append(order)
                async with trade.turn() as work:
                    await trade.cancel(work, buyer.customer_id, order.id)
            return placed

        async with asyncio.timeout(30):
            done = await asyncio.gather(
                *(buys_and_cancels(n, books if n % 2 else books[::-1]) for n in range(8))
            )
        assert sum(map(len, done)) == 24
        await replicas[0].stock_adds_up(*books)
