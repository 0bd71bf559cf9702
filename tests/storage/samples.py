"""Things to keep: each whole, and different only where a test says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.book import Supply
from domain.catalogue import CatalogueRow, Contributor, Loaded
from domain.ids import AttemptId, BookId, ChatId, CustomerId, OrderId, SessionId
from domain.money import Money
from domain.order import Order, OrderLine, OrderState, Way
from domain.payment import Attempt, AttemptState
from domain.ports.outbox import Message, chat_lane
from domain.session import Session
from tests.databases import Store

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def row(ref: str = "dune", **changes: Any) -> CatalogueRow:
    """A record of a feed: Dune, to order, three copies here."""
    base = CatalogueRow(
        source="feed",
        source_ref=ref,
        title=ref.title(),
        currency="EUR",
        price=eur(1290),
        contributors=(Contributor("Frank Herbert"),),
        language="eng",
        subjects=("science-fiction",),
        supply=Supply.ORDERABLE,
        lead_days=4,
        on_hand=3,
        popularity=10,
    )
    return dataclasses.replace(base, **changes)


async def loaded(store: Store, rows: Sequence[CatalogueRow], at: datetime = NOW) -> Loaded:
    """Load them and say what became of them."""
    done = Loaded()
    async for so_far in store.catalogue.load(rows, at):
        done = so_far
    return done


async def stocked(store: Store, *refs: str, **changes: Any) -> list[BookId]:
    """The ids of new books with these references, in this order."""
    await loaded(store, [row(ref, **changes) for ref in refs])
    async with store.uow.reading() as look:
        ids = {book.title: book.id for book in await look.books.newest(100)}
    return [ids[ref.title()] for ref in refs]


async def customer(store: Store, email: str = "ann@example.org") -> CustomerId:
    async with store.uow.writing() as work:
        found = await work.customers.add(
            email=email, name="Ann", language="en", password_hash="hash", at=NOW, confirmed=True
        )
        await work.commit()
    assert found is not None
    return found


def line(book: BookId, quantity: int = 1, **changes: Any) -> OrderLine:
    base = OrderLine(book, "Dune", ("Frank Herbert",), "paperback", "F-12", eur(1290), quantity, quantity)
    return dataclasses.replace(base, **changes)


def order(
    *lines: OrderLine, number: str = "B-7K4Q", customer_id: CustomerId | None = None, **changes: Any
) -> Order:
    base = Order(
        id=OrderId(0),
        number=number,
        customer_id=customer_id,
        chat_id=ChatId(5),
        customer_name="Ann",
        language="en",
        state=OrderState.RESERVED,
        way=Way.COUNTER,
        total=eur(sum(one.total.minor for one in lines)),
        lines=lines,
        checkout_id=f"checkout-{number}",
        pickup_code=f"pickup-{number}",
        created_at=NOW,
    )
    return dataclasses.replace(base, **changes)


async def placed(store: Store, *orders: Order) -> list[OrderId]:
    found = []
    async with store.uow.writing() as work:
        for one in orders:
            number = await work.orders.add(one)
            assert number is not None
            found.append(number)
        await work.commit()
    return found


def attempt(order_id: OrderId, name: str = "attempt-1", **changes: Any) -> Attempt:
    base = Attempt(AttemptId(name), order_id, "telegram", eur(1290), AttemptState.CREATED, NOW, NOW)
    return dataclasses.replace(base, **changes)


def session(customer_id: CustomerId, name: str = "session-1", **changes: Any) -> Session:
    base = Session(SessionId(name), customer_id, ChatId(5), NOW, LATER)
    return dataclasses.replace(base, **changes)


def message(key: str, chat: int = 5, **changes: Any) -> Message:
    base = Message(
        key, chat_lane(ChatId(chat)), "order-ready", {"order": 7, "note": "ready — “now”", "gift": None}
    )
    return dataclasses.replace(base, **changes)
