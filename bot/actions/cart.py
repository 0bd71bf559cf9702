"""The cart's buttons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action
from bot.actions.browsing import ShowBook


@dataclass(frozen=True, slots=True)
class AddToCart(Action):
    """From a book's page. The button was drawn when ``seen`` copies were in the cart; afterwards there are ``to``."""

    tag = "a"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowBook(self.book_id)


@dataclass(frozen=True, slots=True)
class SetQuantity(Action):
    """In the cart. ``to`` 0 removes the line."""

    tag = "q"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class OrderMore(Action):
    """As `SetQuantity`, knowing that some of the copies are not in the shop and have to be ordered."""

    tag = "qo"
    anywhere = False
    book_id: int
    seen: int
    to: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class ShowCart(Action):
    tag = "c"
    page: int = 0


@dataclass(frozen=True, slots=True)
class EmptyCart(Action):
    """``seen`` copies were in it when the button was drawn."""

    tag = "ce"
    anywhere = False
    seen: int

    def instead(self) -> Action:
        return ShowCart()


@dataclass(frozen=True, slots=True)
class UndoEmpty(Action):
    """Put back what `EmptyCart` took out (kept in the dialogue)."""

    tag = "cu"
    anywhere = False

    def instead(self) -> Action:
        return ShowCart()
