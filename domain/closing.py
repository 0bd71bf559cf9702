"""A day's close: what came in, what went back, and what somebody still has to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Difference:
    number: str
    gateway: str
    finding: Finding
    ours: Money
    theirs: Money | None = None


@dataclass(frozen=True, slots=True)
class DayClose:
    """``day`` is the shop's own. Takings and refunds are the day's; the rest is how it stands now. ``differences`` is None for
    a close that the gateways were not asked for; ``unasked`` are gateways that took money and cannot be asked."""

    day: date
    booked: tuple[Booked, ...]
    taken: tuple[Sum, ...]
    given_back: tuple[Sum, ...]
    total: Money
    owed: tuple[Owed, ...]
    open_orders: int
    held_copies: int
    doubts: tuple[Doubt, ...]
    differences: tuple[Difference, ...] | None = None
    unasked: tuple[str, ...] = ()
    taxed: tuple[Taxed, ...] = ()
    """By rate, the lowest first; empty if no rate is known of anything that moved."""
    kept: tuple[Sum, ...] = ()
    """Of orders that their customers cancelled that day: a part of what was taken then or before, which does not go back."""
