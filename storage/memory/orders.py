"""Orders with their lines."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime

from domain.ids import ChatId, CustomerId, OrderId
from domain.order import Order, OrderEvent, OrderLine, OrderState
from storage.memory.state import KeptOrder, State

_NEVER_CHANGE = ("number", "checkout_id", "pickup_code", "created_at", "lines", "cancel_terms", "tax")


class MemoryOrders:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, order: Order) -> OrderId | None:
        taken = (order.number, order.checkout_id, order.pickup_code)
        for one in self._all():
            if any(mine == theirs for mine, theirs in zip(taken, _unique(one), strict=True)):
                return None
        number = OrderId(next(self._state.numbers))
        self._state.orders[number] = KeptOrder(dataclasses.replace(order, id=number))
        return number

    async def get(self, order_id: OrderId) -> Order | None:
        kept = self._state.orders.get(order_id)
        return None if kept is None else kept.order

    async def locked(self, order_id: OrderId) -> Order | None:
        return await self.get(order_id)

    async def by_checkout(self, checkout_id: str) -> Order | None:
        return self._first(lambda order: order.checkout_id == checkout_id)

    async def by_number(self, number: str) -> Order | None:
        return self._first(lambda order: order.number == number)

    async def by_pickup_code(self, code: str) -> Order | None:
        return self._first(lambda order: order.pickup_code == code)

    async def of_customer(
        self, customer_id: CustomerId, *, offset: int, limit: int
    ) -> tuple[tuple[Order, ...], int]:
        mine = [order for order in self._all() if order.customer_id == customer_id][::-1]
        return tuple(mine[offset : offset + limit]), len(mine)

    async def count_open(self, customer_id: CustomerId) -> int:
        return sum(order.open for order in self._all() if order.customer_id == customer_id)

    async def open_ones(self, *, offset: int, limit: int) -> tuple[tuple[Order, ...], int]:
        found = [order for order in self._all() if order.open]
        return tuple(found[offset : offset + limit]), len(found)

    async def save(self, order: Order) -> None:
        kept = self._state.orders.get(order.id)
        if kept is not None:
            fixed = {name: getattr(kept.order, name) for name in _NEVER_CHANGE}
            self._state.orders[order.id] = dataclasses.replace(
                kept, order=dataclasses.replace(order, **fixed)
            )

    async def set_lines_held(self, order_id: OrderId, lines: Sequence[OrderLine]) -> None:
        kept = self._state.orders[order_id]
        held = {line.book_id: line.held for line in lines}
        new = tuple(
            dataclasses.replace(line, held=held.get(line.book_id, line.held)) for line in kept.order.lines
        )
        self._state.orders[order_id] = dataclasses.replace(
            kept, order=dataclasses.replace(kept.order, lines=new)
        )

    async def due(self, now: datetime, limit: int) -> tuple[OrderId, ...]:
        found = [
            (order.hold_until, order.id)
            for order in self._all()
            if order.open and order.hold_until is not None and order.hold_until <= now
        ]
        return tuple(number for _, number in sorted(found)[:limit])

    async def unaccepted(self, before: datetime, limit: int) -> tuple[OrderId, ...]:
        found = [
            number
            for number, kept in self._state.orders.items()
            if kept.order.state in (OrderState.PAID, OrderState.RESERVED)
            and kept.order.accepted_at is None
            and kept.reminded_at is None
            and kept.order.created_at < before
        ]
        return tuple(found[:limit])

    async def mark_reminded(self, order_id: OrderId, at: datetime) -> None:
        kept = self._state.orders[order_id]
        self._state.orders[order_id] = dataclasses.replace(kept, reminded_at=at)

    async def record(self, event: OrderEvent) -> None:
        self._state.order_events.append(event)

    async def events(self, order_id: OrderId) -> tuple[OrderEvent, ...]:
        return tuple(event for event in self._state.order_events if event.order_id == order_id)

    async def move_chat(self, old: ChatId, new: ChatId) -> None:
        for number, kept in self._state.orders.items():
            if kept.order.chat_id == old:
                there = dataclasses.replace(kept.order, chat_id=new)
                self._state.orders[number] = dataclasses.replace(kept, order=there)

    def _all(self) -> list[Order]:
        return [kept.order for kept in self._state.orders.values()]

    def _first(self, fits: Callable[[Order], bool]) -> Order | None:
        return next((order for order in self._all() if fits(order)), None)


def _unique(order: Order) -> tuple[str, str, str]:
    return order.number, order.checkout_id, order.pickup_code
