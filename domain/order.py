"""An order: what was promised, and the states it may go through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.cancelling import WHOLE, CancelTerms
from domain.errors import TransitionRefused
from domain.ids import BookId, ChatId, CustomerId, OrderId, UserId
from domain.money import Money
from domain.tax import TaxRate


class OrderState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    RESERVED = "reserved"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDED = "refunded"


class Way(StrEnum):
    """How an order is paid."""

    ONLINE = "online"
    COUNTER = "counter"


class Tender(StrEnum):
    """What a counter payment was made with."""

    CASH = "cash"
    CARD = "card"


_S = OrderState
TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    # RESERVED: the customer, before paying, chose the counter instead.
    _S.AWAITING_PAYMENT: frozenset({_S.PAID, _S.RESERVED, _S.CANCELLED, _S.EXPIRED}),
    _S.PAID: frozenset({_S.READY, _S.REFUNDED}),
    # A payment under way when the customer chose the counter pays the order all the same.
    _S.RESERVED: frozenset({_S.READY, _S.PAID, _S.CANCELLED, _S.EXPIRED}),
    # A ready order that was paid online is refunded, one to be paid at the counter is cancelled or expires.
    _S.READY: frozenset({_S.COLLECTED, _S.CANCELLED, _S.EXPIRED, _S.REFUNDED}),
    # A payment that lands late takes the stock again if it is still there.
    _S.EXPIRED: frozenset({_S.PAID}),
    _S.COLLECTED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.REFUNDED: frozenset(),
}

OPEN = frozenset({_S.AWAITING_PAYMENT, _S.PAID, _S.RESERVED, _S.READY})
"""States in which the order holds stock and somebody still has something to do."""


def check_transition(number: str, old: OrderState, new: OrderState) -> None:
    """TransitionRefused unless the table has it."""
    if new not in TRANSITIONS[old]:
        raise TransitionRefused(number, old.value, new.value)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A promise, copied from the book at the time: later changes of the book do not touch it.

    ``held`` of ``quantity`` copies were taken from the shop's stock; the rest is to be ordered from the supplier.
    """

    book_id: BookId
    title: str
    authors: tuple[str, ...]
    form: str
    shelf: str
    unit_price: Money
    quantity: int
    held: int

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def to_order(self) -> int:
        return self.quantity - self.held


@dataclass(frozen=True, slots=True)
class Order:
    """``hold_until`` is when the hold ends: for a payment to come (awaiting_payment) or for the pick-up (ready, counter).

    ``number`` is what people say (``B-7K4Q``), ``pickup_code`` what the customer shows at the counter. ``checkout_id`` is
    the checkout that placed it: one checkout places one order. ``customer_id`` is None once the customer deleted the account.
    ``accepted_by`` is the member of staff who claimed it. ``cancel_terms`` are those that its customer read, and
    ``tax`` is what the total included then (None: not known).
    """

    id: OrderId
    number: str
    customer_id: CustomerId | None
    chat_id: ChatId
    customer_name: str
    language: str
    state: OrderState
    way: Way
    total: Money
    lines: tuple[OrderLine, ...]
    checkout_id: str
    pickup_code: str
    created_at: datetime
    hold_until: datetime | None = None
    ready_at: datetime | None = None
    closed_at: datetime | None = None
    accepted_by: UserId | None = None
    accepted_name: str = ""
    accepted_at: datetime | None = None
    closed_name: str = ""
    tender: Tender | None = None
    cancel_reason: str = ""
    cancel_terms: CancelTerms = WHOLE
    tax: TaxRate | None = None

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def copies(self) -> int:
        return sum(line.quantity for line in self.lines)


class OrderEventKind(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """Who did what to an order, kept for good. ``by`` is None when the program did it (expiry, a payment)."""

    order_id: OrderId
    at: datetime
    kind: OrderEventKind
    state: OrderState
    by: UserId | None = None
    by_name: str = ""
    note: str = ""
