"""Orders with their lines: two statements, however many orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import ChatId, CustomerId, OrderId
from domain.order import (
    OPEN,
    Order,
    OrderEvent,
    OrderEventKind,
    OrderLine,
    OrderState,
)
from storage.connection import Connection
from storage.order_rows import COLUMNS, changing, line_of, line_rows, order_of, promised
from storage.statements import insert, locked, unawaited
from storage.tables import Moment, order_events, order_lines, orders

_CHANGING = (
    "customer_id",
    "chat_id",
    "customer_name",
    "language",
    "state",
    "way",
    "total",
    "hold_until",
    "ready_at",
    "closed_at",
    "accepted_by",
    "accepted_name",
    "accepted_at",
    "closed_name",
    "tender",
    "cancel_reason",
)
_ORDER = sa.select(*COLUMNS)
_ID = orders.c.id == bindparam("order")
_MOST: sa.BindParameter[int] = bindparam("most", type_=sa.Integer)
_SKIP: sa.BindParameter[int] = bindparam("skip", type_=sa.Integer)
_IS_OPEN = orders.c.state.in_(sorted(state.value for state in OPEN))
_CUSTOMER = orders.c.customer_id == bindparam("customer")

# A new order, unless its number or its pickup code is taken (or its checkout placed one).
ADD = insert(orders).on_conflict_do_nothing().returning(orders.c.id)
ADD_LINES = sa.insert(order_lines)

GET = _ORDER.where(_ID)
LOCK = locked(GET)
BY_CHECKOUT = _ORDER.where(orders.c.checkout_id == bindparam("name"))
BY_NUMBER = _ORDER.where(orders.c.number == bindparam("name"))
BY_PICKUP_CODE = _ORDER.where(orders.c.pickup_code == bindparam("name"))

OF_CUSTOMER = _ORDER.where(_CUSTOMER).order_by(orders.c.id.desc()).limit(_MOST).offset(_SKIP)
COUNT_OF_CUSTOMER = sa.select(sa.func.count()).select_from(orders).where(_CUSTOMER)
COUNT_OPEN = COUNT_OF_CUSTOMER.where(_IS_OPEN)

OPEN_ONES = _ORDER.where(_IS_OPEN).order_by(orders.c.id).limit(_MOST).offset(_SKIP)
COUNT_OPEN_ONES = sa.select(sa.func.count()).select_from(orders).where(_IS_OPEN)

# The lines of all orders that were read, as they were written.
LINES = (
    sa.select(
        order_lines.c.order_id,
        order_lines.c.book_id,
        order_lines.c.title,
        order_lines.c.authors,
        order_lines.c.form,
        order_lines.c.shelf,
        order_lines.c.unit_price,
        order_lines.c.quantity,
        order_lines.c.held,
    )
    .where(order_lines.c.order_id.in_(bindparam("orders", expanding=True)))
    .order_by(order_lines.c.order_id, order_lines.c.position)
)

SAVE = unawaited(sa.update(orders).where(_ID).values({name: bindparam(f"new_{name}") for name in _CHANGING}))
SET_HELD = (
    sa.update(order_lines)
    .where(order_lines.c.order_id == bindparam("order"), order_lines.c.book_id == bindparam("book"))
    .values(held=bindparam("copies"))
)

# Open orders whose hold has ended, the longest ago first.
DUE = (
    sa.select(orders.c.id)
    .where(_IS_OPEN, orders.c.hold_until <= bindparam("now", type_=Moment))
    .order_by(orders.c.hold_until, orders.c.id)
    .limit(_MOST)
)

# Orders that wait for a member of staff, and of which nobody was reminded.
UNACCEPTED = (
    sa.select(orders.c.id)
    .where(
        orders.c.state.in_([OrderState.PAID.value, OrderState.RESERVED.value]),
        orders.c.accepted_at.is_(None),
        orders.c.reminded_at.is_(None),
        orders.c.created_at < bindparam("before", type_=Moment),
    )
    .order_by(orders.c.id)
    .limit(_MOST)
)
REMIND = unawaited(sa.update(orders).where(_ID).values(reminded_at=bindparam("at")))

RECORD = unawaited(sa.insert(order_events))
EVENTS = (
    sa.select(
        order_events.c.order_id,
        order_events.c.at,
        order_events.c.kind,
        order_events.c.state,
        order_events.c.by_id,
        order_events.c.by_name,
        order_events.c.note,
    )
    .where(order_events.c.order_id == bindparam("order"))
    .order_by(order_events.c.id)
)
MOVE_CHAT = unawaited(
    sa.update(orders).where(orders.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
)


class SqlOrders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, order: Order) -> OrderId | None:
        new = {**changing(order), **promised(order)}
        found = (await self._connection.execute(ADD, new)).scalar_one_or_none()
        if found is None:
            return None
        if order.lines:
            await self._connection.execute(ADD_LINES, line_rows(found, order.lines))
        return OrderId(found)

    async def get(self, order_id: OrderId) -> Order | None:
        return await self._one(GET, {"order": order_id})

    async def locked(self, order_id: OrderId) -> Order | None:
        return await self._one(LOCK, {"order": order_id})

    async def by_checkout(self, checkout_id: str) -> Order | None:
        return await self._one(BY_CHECKOUT, {"name": checkout_id})

    async def by_number(self, number: str) -> Order | None:
        return await self._one(BY_NUMBER, {"name": number})

    async def by_pickup_code(self, code: str) -> Order | None:
        return await self._one(BY_PICKUP_CODE, {"name": code})

    async def of_customer(
        self, customer_id: CustomerId, *, offset: int, limit: int
    ) -> tuple[tuple[Order, ...], int]:
        count = await self._connection.execute(COUNT_OF_CUSTOMER, {"customer": customer_id})
        names = {"customer": customer_id, "skip": offset, "most": limit}
        return await self._many(OF_CUSTOMER, names), count.scalar_one()

    async def count_open(self, customer_id: CustomerId) -> int:
        return int((await self._connection.execute(COUNT_OPEN, {"customer": customer_id})).scalar_one())

    async def open_ones(self, *, offset: int, limit: int) -> tuple[tuple[Order, ...], int]:
        count = await self._connection.execute(COUNT_OPEN_ONES)
        return await self._many(OPEN_ONES, {"skip": offset, "most": limit}), count.scalar_one()

    async def save(self, order: Order) -> None:
        values = {f"new_{name}": value for name, value in changing(order).items()}
        await self._connection.execute(SAVE, {"order": order.id, **values})

    async def set_lines_held(self, order_id: OrderId, lines: Sequence[OrderLine]) -> None:
        if lines:
            held = [{"order": order_id, "book": line.book_id, "copies": line.held} for line in lines]
            await self._connection.execute(SET_HELD, held)

    async def due(self, now: datetime, limit: int) -> tuple[OrderId, ...]:
        rows = await self._connection.execute(DUE, {"now": now, "most": limit})
        return tuple(OrderId(found) for found in rows.scalars())

    async def unaccepted(self, before: datetime, limit: int) -> tuple[OrderId, ...]:
        rows = await self._connection.execute(UNACCEPTED, {"before": before, "most": limit})
        return tuple(OrderId(found) for found in rows.scalars())

    async def mark_reminded(self, order_id: OrderId, at: datetime) -> None:
        await self._connection.execute(REMIND, {"order": order_id, "at": at})

    async def record(self, event: OrderEvent) -> None:
        await self._connection.execute(
            RECORD,
            {
                "order_id": event.order_id,
                "at": event.at,
                "kind": event.kind.value,
                "state": event.state.value,
                "by_id": event.by,
                "by_name": event.by_name,
                "note": event.note,
            },
        )

    async def events(self, order_id: OrderId) -> tuple[OrderEvent, ...]:
        rows = await self._connection.execute(EVENTS, {"order": order_id})
        return tuple(
            OrderEvent(order, at, OrderEventKind(kind), OrderState(state), by, by_name, note)
            for order, at, kind, state, by, by_name, note in rows
        )

    async def move_chat(self, old: ChatId, new: ChatId) -> None:
        await self._connection.execute(MOVE_CHAT, {"old": old, "new": new})

    async def _one(self, statement: sa.Select[Any], names: dict[str, Any]) -> Order | None:
        found = await self._many(statement, names)
        return found[0] if found else None

    async def _many(self, statement: sa.Select[Any], names: dict[str, Any]) -> tuple[Order, ...]:
        rows = (await self._connection.execute(statement, names)).all()
        if not rows:
            return ()
        lines: dict[int, list[OrderLine]] = {row.id: [] for row in rows}
        currencies = {row.id: row.currency for row in rows}
        for order_id, *line in await self._connection.execute(LINES, {"orders": list(lines)}):
            lines[order_id].append(line_of(line, currencies[order_id]))
        return tuple(order_of(row, lines[row.id]) for row in rows)
