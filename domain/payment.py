"""Payments: attempts, what a gateway says of them, and the journal of money per order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.ids import AttemptId, OrderId
from domain.money import Money


class AttemptState(StrEnum):
    """A payment attempt: written before the gateway is called, settled by what the gateway says."""

    CREATED = "created"
    """Written; the gateway was not called yet, or died with us while it was."""
    STARTED = "started"
    """The customer can pay: an invoice or a link is out."""
    APPROVED = "approved"
    """A pre-checkout was answered with yes: money may be moving right now."""
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    """Ended by us: the order was cancelled, expired or paid otherwise. Money may still land: see `domain.services.payments`."""
    IN_DOUBT = "in_doubt"
    """The gateway did not answer clearly: asked about again, in sight until someone knows."""


SETTLED = frozenset({AttemptState.SUCCEEDED, AttemptState.DECLINED})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to pay one order through one gateway. ``reference`` is the gateway's own name for it, once known."""

    id: AttemptId
    order_id: OrderId
    gateway: str
    amount: Money
    state: AttemptState
    created_at: datetime
    updated_at: datetime
    reference: str = ""
    approved_until: datetime | None = None
    charge_id: str = ""
    reason: str = ""
    tries: int = 0
    next_look_at: datetime | None = None


def charge_key(gateway: str, charge_id: str) -> str:
    """The key of a charge in the journal: whoever reports it, and for whatever order, it counts once."""
    return f"{gateway}:{charge_id}"


SAID_PAID = "said:"
"""How the charge id begins of a payment that somebody of the staff looked up at the provider: its own is not known, until the
gateway reports it after all."""


def real_charge(charge_id: str, attempt: Attempt) -> str:
    """The gateway's own name for a charge in the books. Of one that somebody said was there the attempt knows it, once it was
    reported; until then it is the one in the books."""
    return attempt.charge_id if charge_id.startswith(SAID_PAID) and attempt.charge_id else charge_id


class EntryKind(StrEnum):
    """Why money moved, or has to. `domain.payment.Balance` is recomputed from these alone."""

    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    """A refund that came back: the bank could not pay it out, so it is owed again."""
    KEPT = "kept"
    """The shop keeps it of an order that its customer cancelled: it is part of what was paid, and does not go back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the append-only journal of money. ``amount`` is positive; ``key`` is unique: the same event counts once."""

    key: str
    order_id: OrderId
    kind: EntryKind
    amount: Money
    way: str
    """The gateway's name, or ``cash`` or ``card`` at the counter."""
    at: datetime
    attempt_id: AttemptId | None = None
    charge_id: str = ""
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """What came in, what went back, what still has to go back, and what the shop keeps of a cancelled order."""

    paid: Money
    refunded: Money
    owed: Money
    kept: Money

    @classmethod
    def of(cls, entries: list[Entry], currency: str) -> Balance:
        zero = Money.zero(currency)
        sums = dict.fromkeys(EntryKind, zero)
        for entry in entries:
            sums[entry.kind] += entry.amount
        paid, due = sums[EntryKind.PAID], sums[EntryKind.REFUND_DUE]
        refunded = sums[EntryKind.REFUNDED] - sums[EntryKind.REFUND_FAILED]
        # What was kept may have been given back after all, at the provider: then it is kept no longer.
        kept = min(sums[EntryKind.KEPT].minor, max(0, paid.minor - due.minor))
        return cls(paid, refunded, due - refunded, Money(kept, currency))

    @property
    def here(self) -> Money:
        """What the shop has, and need not give back."""
        return self.paid - self.refunded - self.owed


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """Something a gateway told us, kept as it came (no card data). Unique by gateway and event id."""

    gateway: str
    event_id: str
    kind: str
    attempt_id: AttemptId | None
    raw: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PriceLabel:
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OpenLink:
    """The customer pays on this page."""

    url: str
    reference: str


@dataclass(frozen=True, slots=True)
class ShowInvoice:
    """The customer pays Telegram's own invoice; ``payload`` names the attempt."""

    provider_token: str = field(repr=False)
    title: str
    description: str
    payload: str
    labels: tuple[PriceLabel, ...]
    currency: str
