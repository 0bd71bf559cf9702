"""Carts and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.cart import Cart, CartLine, CartOwner
from domain.errors import PassingFailure
from domain.ids import BookId, CartId
from domain.money import Money
from storage.connection import Connection
from storage.statements import insert, locked, unawaited
from storage.tables import cart_lines, carts

_OWNER = carts.c.owner == bindparam("whose")
_CART = cart_lines.c.cart_id == bindparam("cart")

# The owner's cart.
LOCK = locked(sa.select(carts.c.id).where(_OWNER))

# A cart for an owner who has none; nothing comes back if somebody else was quicker.
MAKE = insert(carts).on_conflict_do_nothing(index_elements=["owner"]).returning(carts.c.id)

# A cart's lines, in the order in which the books came.
LINES = (
    sa.select(
        cart_lines.c.book_id,
        cart_lines.c.quantity,
        cart_lines.c.seen_price,
        cart_lines.c.seen_currency,
        cart_lines.c.seen_here,
    )
    .where(_CART)
    .order_by(cart_lines.c.position)
)

# The owner's cart with its lines, in one reading; a cart without lines is one row of nothings.
OF = (
    sa.select(
        carts.c.id,
        cart_lines.c.book_id,
        cart_lines.c.quantity,
        cart_lines.c.seen_price,
        cart_lines.c.seen_currency,
        cart_lines.c.seen_here,
    )
    .select_from(carts.outerjoin(cart_lines, cart_lines.c.cart_id == carts.c.id))
    .where(_OWNER)
    .order_by(cart_lines.c.position)
)

# How many copies are in the owner's cart.
COPIES = (
    sa.select(sa.func.coalesce(sa.func.sum(cart_lines.c.quantity), 0))
    .select_from(carts.join(cart_lines, cart_lines.c.cart_id == carts.c.id))
    .where(_OWNER)
)

_LINE = insert(cart_lines)

# A book's line; it keeps its place if the book is there already, and comes last if not.
PUT = unawaited(
    _LINE.values(
        cart_id=bindparam("cart"),
        position=sa.select(sa.func.coalesce(sa.func.max(cart_lines.c.position), 0) + 1)
        .where(_CART)
        .scalar_subquery(),
    )
).on_conflict_do_update(
    index_elements=["cart_id", "book_id"],
    set_={name: _LINE.excluded[name] for name in ("quantity", "seen_price", "seen_currency", "seen_here")},
)
ADD = sa.insert(cart_lines)
REMOVE = unawaited(sa.delete(cart_lines).where(_CART, cart_lines.c.book_id == bindparam("book")))
EMPTY = unawaited(sa.delete(cart_lines).where(_CART))
DELETE = unawaited(sa.delete(carts).where(carts.c.id == bindparam("cart")))


class SqlCarts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def locked(self, owner: CartOwner) -> Cart:
        name = owner_name(owner)
        # Three times: found; made by somebody else meanwhile; deleted again by a third.
        for _ in range(3):
            found = (await self._connection.execute(LOCK, {"whose": name})).scalar_one_or_none()
            if found is not None:
                rows = await self._connection.execute(LINES, {"cart": found})
                return Cart(CartId(found), tuple(_line(row) for row in rows))
            new = {"owner": name, "customer_id": owner.customer_id}
            made = (await self._connection.execute(MAKE, new)).scalar_one_or_none()
            if made is not None:
                return Cart(CartId(made))
        raise PassingFailure("the cart came and went while it was to be locked")

    async def of(self, owner: CartOwner) -> Cart | None:
        rows = (await self._connection.execute(OF, {"whose": owner_name(owner)})).all()
        if not rows:
            return None
        return Cart(CartId(rows[0].id), tuple(_line(row[1:]) for row in rows if row.book_id is not None))

    async def copies(self, owner: CartOwner) -> int:
        found = await self._connection.execute(COPIES, {"whose": owner_name(owner)})
        return int(found.scalar_one())

    async def put(self, cart_id: CartId, line: CartLine) -> None:
        await self._connection.execute(PUT, {"cart": cart_id, **_columns(line)})

    async def remove(self, cart_id: CartId, book_id: BookId) -> None:
        await self._connection.execute(REMOVE, {"cart": cart_id, "book": book_id})

    async def replace(self, cart_id: CartId, lines: Sequence[CartLine]) -> None:
        await self._connection.execute(EMPTY, {"cart": cart_id})
        if lines:
            new = [
                {"cart_id": cart_id, "position": position, **_columns(line)}
                for position, line in enumerate(lines, start=1)
            ]
            await self._connection.execute(ADD, new)

    async def delete(self, cart_id: CartId) -> None:
        await self._connection.execute(DELETE, {"cart": cart_id})


def owner_name(owner: CartOwner) -> str:
    """What a cart is found by: a customer's is the same in all chats, a guest's belongs to one chat and person."""
    if owner.customer_id is not None:
        return f"customer:{owner.customer_id}"
    return f"guest:{owner.chat_id}:{owner.user_id}"


def _line(row: Sequence[Any]) -> CartLine:
    book_id, quantity, price, currency, here = row
    return CartLine(BookId(book_id), quantity, None if price is None else Money(price, currency), here)


def _columns(line: CartLine) -> dict[str, object]:
    return {
        "book_id": line.book_id,
        "quantity": line.quantity,
        "seen_price": None if line.seen_price is None else line.seen_price.minor,
        "seen_currency": "" if line.seen_price is None else line.seen_price.currency,
        "seen_here": line.seen_here,
    }
