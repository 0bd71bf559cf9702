"""A cart: books and quantities, with what the customer was last shown of each."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import BookId, CartId, ChatId, CustomerId, UserId
from domain.money import Money

MAX_OF_ONE_BOOK = 20
"""Copies of one book in a cart; who wants more (a school class) talks to the shop."""
MAX_TITLES = 50
"""Different books in a cart, so that it can be shown and an invoice can list it."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """``seen_price`` and ``seen_here`` are what the customer was last shown; a difference is told, never passed over."""

    book_id: BookId
    quantity: int
    seen_price: Money | None
    seen_here: int


@dataclass(frozen=True, slots=True)
class Cart:
    id: CartId
    lines: tuple[CartLine, ...] = ()

    def quantity(self, book_id: BookId) -> int:
        return next((line.quantity for line in self.lines if line.book_id == book_id), 0)

    @property
    def copies(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class CartOwner:
    """Whose cart: a customer's (shared by all their chats), or a guest's in one chat."""

    customer_id: CustomerId | None
    chat_id: ChatId
    user_id: UserId
