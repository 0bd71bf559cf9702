"""Carts and their lines."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from domain.cart import Cart, CartLine, CartOwner
from domain.ids import BookId, CartId
from storage.carts import owner_name
from storage.memory.state import KeptCart, State


class MemoryCarts:
    def __init__(self, state: State) -> None:
        self._state = state

    async def locked(self, owner: CartOwner) -> Cart:
        name = owner_name(owner)
        if name not in self._state.carts:
            number = CartId(next(self._state.numbers))
            self._state.carts[name] = KeptCart(number, owner.customer_id)
        kept = self._state.carts[name]
        return Cart(kept.id, kept.lines)

    async def of(self, owner: CartOwner) -> Cart | None:
        kept = self._state.carts.get(owner_name(owner))
        return None if kept is None else Cart(kept.id, kept.lines)

    async def copies(self, owner: CartOwner) -> int:
        cart = await self.of(owner)
        return 0 if cart is None else cart.copies

    async def put(self, cart_id: CartId, line: CartLine) -> None:
        name, kept = self._find(cart_id)
        lines = [line if old.book_id == line.book_id else old for old in kept.lines]
        if line not in lines:
            lines.append(line)
        self._state.carts[name] = dataclasses.replace(kept, lines=tuple(lines))

    async def remove(self, cart_id: CartId, book_id: BookId) -> None:
        name, kept = self._find(cart_id)
        left = tuple(line for line in kept.lines if line.book_id != book_id)
        self._state.carts[name] = dataclasses.replace(kept, lines=left)

    async def replace(self, cart_id: CartId, lines: Sequence[CartLine]) -> None:
        name, kept = self._find(cart_id)
        self._state.carts[name] = dataclasses.replace(kept, lines=tuple(lines))

    async def delete(self, cart_id: CartId) -> None:
        name, _ = self._find(cart_id)
        del self._state.carts[name]

    def _find(self, cart_id: CartId) -> tuple[str, KeptCart]:
        return next((name, kept) for name, kept in self._state.carts.items() if kept.id == cart_id)
