"""Facts that stop a service. They are worded in the chat's language elsewhere, never here.

Not frozen: a context manager has to be able to set an exception's traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.ids import BookId, OrderId
    from domain.money import Money


class ShopError(Exception):
    """A fact about the shop that the person has to be told. Whatever the transaction did until then is rolled back."""


@dataclass(unsafe_hash=True)
class BookNotFound(ShopError):
    book_id: BookId


@dataclass(unsafe_hash=True)
class NotForSale(ShopError):
    """The book has no price, was withdrawn, or cannot be had any more."""

    book_id: BookId
    title: str


@dataclass(unsafe_hash=True)
class OutOfStock(ShopError):
    """Fewer copies can be promised than asked for. ``left`` can."""

    book_id: BookId
    title: str
    left: int


@dataclass(unsafe_hash=True)
class CountedMeanwhile(ShopError):
    """The copies are not as many as the button was drawn for: there are ``on_hand``."""

    on_hand: int


@dataclass(unsafe_hash=True)
class HeldForOrders(ShopError):
    """There cannot be fewer copies than are ``held`` for orders."""

    held: int


@dataclass(unsafe_hash=True)
class CartFull(ShopError):
    """A limit of the cart: ``titles`` different books, or ``copies`` of one."""

    titles: int | None = None
    copies: int | None = None


@dataclass(unsafe_hash=True)
class CartChanged(ShopError):
    """The cart is not what the button was drawn for: another phone or an earlier tap changed it."""


@dataclass(unsafe_hash=True)
class CartEmpty(ShopError):
    pass


@dataclass(unsafe_hash=True)
class SummaryChanged(ShopError):
    """A price or the availability changed since the customer saw the summary, or the cart did."""


@dataclass(unsafe_hash=True)
class NotLoggedIn(ShopError):
    pass


@dataclass(unsafe_hash=True)
class WeakPassword(ShopError):
    """``reason`` is ``short`` or ``long`` (``limit`` characters), ``common`` or ``email``."""

    reason: str
    limit: int = 0


@dataclass(unsafe_hash=True)
class OrderNotFound(ShopError):
    pass


@dataclass(unsafe_hash=True)
class TransitionRefused(ShopError):
    number: str
    old: str
    new: str


@dataclass(unsafe_hash=True)
class CancelOfferChanged(ShopError):
    """Cancelling would give back another amount than the customer was told: time passed, or money came in."""

    number: str


@dataclass(unsafe_hash=True)
class TooManyOpenOrders(ShopError):
    limit: int


@dataclass(unsafe_hash=True)
class TooManyOpenQuestions(ShopError):
    """So many questions of this chat wait for an answer."""

    limit: int


@dataclass(unsafe_hash=True)
class TooManyQuestions(ShopError):
    """So many were asked from this chat within a day; the next one can be at ``at``."""

    limit: int
    at: datetime


@dataclass(unsafe_hash=True)
class QuestionNotFound(ShopError):
    """It is not kept any more, or never was."""


@dataclass(unsafe_hash=True)
class AlreadyAccepted(ShopError):
    number: str
    by_name: str
    at: datetime


@dataclass(unsafe_hash=True)
class NotStaff(ShopError):
    pass


@dataclass(unsafe_hash=True)
class PaymentMismatch(ShopError):
    """A payment's payer, amount or currency is not what its attempt says. ``what`` is ``payer``, ``amount`` or ``order``."""

    what: str


@dataclass(unsafe_hash=True)
class PaymentRefused(ShopError):
    """A payment that must not go through. ``why`` is ``expired``, ``paid``, ``cancelled``, ``counter`` (it is reserved),
    ``payer``, ``amount``, ``busy`` (another one is being approved), ``replaced`` (by a newer invoice) or ``unknown``."""

    why: str
    number: str = ""


@dataclass(unsafe_hash=True)
class PaidOnline(ShopError):
    """Money that is handed over at the counter for an order that was paid online, a moment ago perhaps."""

    number: str


@dataclass(unsafe_hash=True)
class PaymentUnavailable(ShopError):
    """The gateway could not be reached; nothing was charged as far as is known."""

    order_id: OrderId


@dataclass(unsafe_hash=True)
class RefundUnderWay(ShopError):
    """The gateway is giving the money back: nobody may do it by hand as well."""

    number: str


@dataclass(unsafe_hash=True)
class OverRefund(ShopError):
    left: Money


class PassingFailure(Exception):
    """Something outside failed and may work in a moment: the database is busy, a server did not answer. The update comes again."""


@dataclass(unsafe_hash=True)
class NewerDatabase(Exception):
    """The database is of a ``revision`` that this program does not know: a newer program has worked with it."""

    revision: str
