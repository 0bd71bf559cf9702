"""Orders. Whoever changes one reads it locked first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.ids import ChatId, CustomerId, OrderId
from domain.order import Order, OrderEvent, OrderLine


class Orders(Protocol):
    async def add(self, order: Order) -> OrderId | None:
        """Write an order (its ``id`` is ignored) and its lines. None if the number or the pickup code is taken.

        The caller looks up the checkout first, under the cart's lock: see `by_checkout`.
        """
        ...

    async def get(self, order_id: OrderId) -> Order | None: ...

    async def locked(self, order_id: OrderId) -> Order | None:
        """As it is now, locked until the end of the transaction; never a row read earlier."""
        ...

    async def by_checkout(self, checkout_id: str) -> Order | None: ...

    async def by_number(self, number: str) -> Order | None: ...

    async def by_pickup_code(self, code: str) -> Order | None: ...

    async def of_customer(
        self, customer_id: CustomerId, *, offset: int, limit: int
    ) -> tuple[tuple[Order, ...], int]:
        """Newest first, and how many there are."""
        ...

    async def count_open(self, customer_id: CustomerId) -> int: ...

    async def save(self, order: Order) -> None:
        """Write everything of a locked order that may change; lines do not."""
        ...

    async def set_lines_held(self, order_id: OrderId, lines: Sequence[OrderLine]) -> None:
        """Write how many copies of each line are held (goods to order came in, or stock was taken again)."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[OrderId, ...]:
        """Open orders whose hold has ended."""
        ...

    async def unaccepted(self, before: datetime, limit: int) -> tuple[OrderId, ...]:
        """Paid or reserved orders placed before then that nobody accepted, and of which the staff were not reminded."""
        ...

    async def mark_reminded(self, order_id: OrderId, at: datetime) -> None: ...

    async def open_ones(self, *, offset: int, limit: int) -> tuple[tuple[Order, ...], int]:
        """All open orders, oldest first, for the staff."""
        ...

    async def record(self, event: OrderEvent) -> None: ...

    async def events(self, order_id: OrderId) -> tuple[OrderEvent, ...]: ...

    async def move_chat(self, old: ChatId, new: ChatId) -> None: ...
