"""What screens are drawn from: facts gathered by the services, free of storage and of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.book import Book
from domain.cancelling import CancelOffer
from domain.customer import Customer
from domain.ids import BookId
from domain.money import Money
from domain.order import Order
from domain.payment import Balance


@dataclass(frozen=True, slots=True)
class CartLineView:
    """A line as it stands now. ``was`` is the price last shown, if it differs; ``here`` copies of ``quantity`` can be
    had from stock, ``was_here`` as last shown, if fewer are now. ``problem``: cannot be bought as it stands."""

    book: Book
    quantity: int
    here: int
    was: Money | None = None
    was_here: int | None = None
    problem: bool = False

    @property
    def total(self) -> Money | None:
        return None if self.book.price is None else self.book.price * self.quantity

    @property
    def to_order(self) -> int:
        return self.quantity - self.here

    @property
    def changed(self) -> bool:
        return self.was is not None or self.was_here is not None or self.problem


@dataclass(frozen=True, slots=True)
class CartView:
    lines: tuple[CartLineView, ...]
    total: Money

    @property
    def copies(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def changed(self) -> bool:
        return any(line.changed for line in self.lines)

    @property
    def problem(self) -> bool:
        return any(line.problem for line in self.lines)


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A checkout's summary. ``fingerprint`` names exactly what is shown: a confirmation that carries another is refused."""

    cart: CartView
    checkout_id: str
    fingerprint: str
    customer_name: str
    online: tuple[str, ...]
    """The names of the gateways that can be paid with; empty: only at the counter."""


@dataclass(frozen=True, slots=True)
class OrderView:
    """``cancelling`` is what it would mean if the customer cancelled it now; None: they cannot."""

    order: Order
    balance: Balance
    cancelling: CancelOffer | None
    can_pay: bool
    attempt: str = ""
    """The state of the newest payment attempt, empty if there is none."""
    unheard: bool = False
    """Whether money may have been taken of which nothing was reported so far."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """``new`` are the latest additions, more than are shown, so that some are in the reader's language."""

    new: tuple[Book, ...]
    picks: int
    cart_copies: int
    customer_name: str | None
    open_orders: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down, with how many works it leaves."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class NamedShelf:
    """All there is by an author, or of a series: ``count`` works, of one of which ``book_id`` is an edition."""

    book_id: BookId
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else there is around a book: how many works by its first author and of its series, its own among them, and
    how many editions of that."""

    by_author: int = 0
    in_series: int = 0
    editions: int = 1


@dataclass(frozen=True, slots=True)
class BookView:
    """A book's page. ``in_cart`` copies of it are in the cart, which holds ``cart_copies`` in all."""

    book: Book
    in_cart: int
    cart_copies: int
    around: Surroundings


@dataclass(frozen=True, slots=True)
class Day:
    """One day's opening: from ``opens`` to ``closes``; both None when closed."""

    on: date
    opens: datetime | None
    closes: datetime | None


@dataclass(frozen=True, slots=True)
class BookRef:
    id: BookId
    title: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """A customer's account at a glance. ``logins`` are those that are good now, this one included."""

    customer: Customer
    cart_copies: int
    orders: int
    open_orders: int
    logins: int
