"""A guest's cart becomes part of the customer's."""

from __future__ import annotations

from domain.cart import MAX_OF_ONE_BOOK, MAX_TITLES, CartLine, CartOwner
from domain.ids import ChatId, CustomerId, UserId
from domain.ports.carts import Carts


async def adopt_guest_cart(carts: Carts, customer_id: CustomerId, chat_id: ChatId, user_id: UserId) -> int:
    """Put what the guest had into the customer's cart and end the guest's. Returns how many copies did not fit.

    Quantities of the same book add up. What the guest was last shown of a book counts as last shown to the customer.
    """
    guest = CartOwner(None, chat_id, user_id)
    seen = await carts.of(guest)
    if seen is None or not seen.lines:
        return 0
    taken = await carts.locked(guest)
    own = await carts.locked(CartOwner(customer_id, chat_id, user_id))
    quantities = {line.book_id: line.quantity for line in own.lines}
    left_out = 0
    for line in taken.lines:
        has = quantities.get(line.book_id, 0)
        if not has and len(quantities) >= MAX_TITLES:
            left_out += line.quantity
            continue
        together = min(has + line.quantity, MAX_OF_ONE_BOOK)
        left_out += has + line.quantity - together
        quantities[line.book_id] = together
        await carts.put(own.id, CartLine(line.book_id, together, line.seen_price, line.seen_here))
    await carts.delete(taken.id)
    return left_out
