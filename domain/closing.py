"""A day's close: what came in, what went back, and what somebody still has to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import Attempt, Entry, EntryKind
from domain.tax import TaxRate


@dataclass(frozen=True, slots=True)
class Sum:
    """What moved by one way of payment: how often, and how much."""

    way: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Booked:
    """A row of the journal, with the number that people say."""

    number: str
    entry: Entry
    tax: TaxRate | None = None
    """The rate of its order; None: not known."""

    @property
    def contained(self) -> Money | None:
        """The tax in money that moved."""
        moved = self.entry.kind in (EntryKind.PAID, EntryKind.REFUNDED, EntryKind.REFUND_FAILED)
        return self.tax.contained(self.entry.amount) if moved and self.tax is not None else None


@dataclass(frozen=True, slots=True)
class Taxed:
    """What was taken at one rate (None: not known), less what was given back, and the tax in it: the sum of what each payment's and
    each refund's own document says, so that the books agree with the receipts to the last minor unit."""

    rate: TaxRate | None
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class Hold:
    """An open order, and how many copies it holds; ``until`` None: no hold ends by itself."""

    number: str
    amount: Money
    copies: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Owed:
    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Doubt:
    number: str
    attempt: Attempt


class Finding(StrEnum):
    """How a gateway's word differs from the journal."""

    NOT_PAID = "not_paid"
    OTHER_AMOUNT = "other_amount"
    OTHER_CHARGE = "other_charge"
    NOT_KNOWN = "not_known"
    """It could not be asked, or did not say."""
    NOT_IN_BOOKS = "not_in_books"
    """It took money that our books do not have."""
    REFUND_NOT_MADE = "refund_not_made"
    """Less went back there than our books say."""
    REFUND_NOT_IN_BOOKS = "refund_not_in_books"
    """More went back there than our books say."""
    REFUND_NOT_KNOWN = "refund_not_known"


@dataclass(frozen=True, slots=True)
class Difference:
    """``number`` is empty for an attempt that our books do not have at all. ``ours`` and ``theirs`` are what each side has; of
    refunds, what one side has and the other lacks."""

    number: str
    gateway: str
    finding: Finding
    ours: Money
    theirs: Money | None = None
    charge_id: str = ""
    attempt_id: AttemptId | None = None
    at: datetime | None = None
    told: tuple[tuple[AttemptId, Money], ...] = ()
    """Of refunds: how much the gateway says went back of each attempt's charges in all."""

    @property
    def can_be_taken_in(self) -> bool:
        """Whether our books can be brought to what the gateway says: it has more, for an order that we know."""
        return self.number != "" and self.finding in (Finding.NOT_IN_BOOKS, Finding.REFUND_NOT_IN_BOOKS)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of holding a day against the gateways. ``unasked`` are ways that money moved by and that cannot be asked;
    ``unheard`` could be, and gave no answer; of ``one_by_one`` it was asked about each payment of ours, and nobody can tell what
    else it has."""

    differences: tuple[Difference, ...] = ()
    unasked: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    one_by_one: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayClose:
    """``day`` is the shop's own, from ``start`` to just before ``end``. Takings and refunds are the day's; the rest is how it
    stands now. ``compared`` is None for a close that the gateways were not asked for."""

    day: date
    start: datetime
    end: datetime
    booked: tuple[Booked, ...]
    taken: tuple[Sum, ...]
    given_back: tuple[Sum, ...]
    came_back: tuple[Sum, ...]
    """Refunds that a bank could not pay out."""
    total: Money
    owed: tuple[Owed, ...]
    open_orders: int
    holds: tuple[Hold, ...]
    doubts: tuple[Doubt, ...]
    compared: Compared | None = None
    taxed: tuple[Taxed, ...] = ()
    """By rate, the lowest first; empty if no rate is known of anything that moved."""
    kept: tuple[Sum, ...] = ()
    """Of orders that their customers cancelled that day: a part of what was taken then or before, which does not go back."""

    @property
    def held_copies(self) -> int:
        return sum(hold.copies for hold in self.holds)
