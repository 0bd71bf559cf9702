"""Carts. Whoever changes one locks it first: two phones may share it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.cart import Cart, CartLine, CartOwner
from domain.ids import BookId, CartId


class Carts(Protocol):
    async def locked(self, owner: CartOwner) -> Cart:
        """The owner's cart, made if there is none, locked until the end of the transaction."""
        ...

    async def of(self, owner: CartOwner) -> Cart | None:
        """The owner's cart as it stands, for reading."""
        ...

    async def copies(self, owner: CartOwner) -> int:
        """How many copies are in it."""
        ...

    async def put(self, cart_id: CartId, line: CartLine) -> None:
        """Insert or replace the line of its book; new books come last."""
        ...

    async def remove(self, cart_id: CartId, book_id: BookId) -> None: ...

    async def replace(self, cart_id: CartId, lines: Sequence[CartLine]) -> None:
        """Make these all the cart's lines, in this order."""
        ...

    async def delete(self, cart_id: CartId) -> None: ...
