"""A payment gateway: how money that is not cash comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink, PriceLabel, ShowInvoice


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a gateway can do. Without refunds, money that has to go back is owed; without look-up, doubt needs a person; without
    statements, nobody can tell what it has beside our books."""

    refunds: bool = False
    partial_refunds: bool = False
    look_up: bool = False
    expire: bool = False
    statements: bool = False


@dataclass(frozen=True, slots=True)
class Payable:
    """What to pay for: one attempt. ``attempt_id`` is the idempotency key. ``until`` is when the hold ends."""

    attempt_id: AttemptId
    number: str
    title: str
    description: str
    labels: tuple[PriceLabel, ...]
    total: Money
    until: datetime | None
    email: str = ""
    language: str = "en"


Started = OpenLink | ShowInvoice


@dataclass(frozen=True, slots=True)
class Succeeded:
    charge_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Declined:
    """``reason`` is the gateway's short code, such as ``insufficient_funds``."""

    reason: str


@dataclass(frozen=True, slots=True)
class Expired:
    """Nothing was paid and nothing can be any more."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Nothing was paid so far; it still can be."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The gateway did not say, or could not be reached after it was asked: money may have moved."""

    why: str = ""


Outcome = Succeeded | Declined | Expired | Pending | Unknown


@dataclass(frozen=True, slots=True)
class RefundFailed:
    """A refund that counted as done, and did not reach the customer: the bank sent it back. ``refund_id`` is the gateway's own
    name for it, as `Succeeded` gave it; ``charge_id`` the charge it was of, by which a refund is known that was not made by us;
    ``reason`` its short code."""

    refund_id: str
    amount: Money
    reason: str = ""
    charge_id: str = ""


@dataclass(frozen=True, slots=True)
class Charged:
    """A charge as it stands in a gateway's own books. ``charge_id`` is the one that `Succeeded` tells."""

    charge_id: str
    attempt_id: AttemptId
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class GaveBack:
    """A refund as it stands in a gateway's own books, whoever made it. ``refund_id`` is the one that a refund's `Succeeded` tells."""

    refund_id: str
    charge_id: str
    attempt_id: AttemptId
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """What a gateway took and gave back in a span, for this program: other business on the same account is left out."""

    charges: tuple[Charged, ...] = ()
    refunds: tuple[GaveBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A verified event: which attempt it is about (None: none of ours) and what happened to it (None: nothing we count).

    ``refunded`` is how much of the attempt's charge has gone back in all.
    """

    event_id: str
    kind: str
    attempt_id: AttemptId | None
    outcome: Outcome | None
    refunded: Money | None = None
    refund_failed: RefundFailed | None = None
    raw: str = field(default="", repr=False)


class GatewayUnreachable(Exception):
    """It was not asked: nothing can have happened. (When it may have been asked, the outcome is `Unknown`.)"""


class BadSignature(Exception):
    """An event that did not come from the gateway."""


class PaymentGateway(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def start(self, payable: Payable) -> Started | Unknown:
        """Make it payable; with the same attempt id again, the same. Raises GatewayUnreachable."""
        ...

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome: ...

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        """End it; the answer says how it stands after that (it may turn out paid)."""
        ...

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        """Give back all or part. ``key`` is the idempotency key of this refund."""
        ...

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        """All charges and refunds from ``start`` to just before ``end``, by the gateway's clock. Unknown: it cannot be had now,
        not even in part. Only of a gateway whose ``capabilities.statements`` says so; others answer Unknown."""
        ...

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        """How much of a charge in this currency has gone back so far, whoever gave it back; of a gateway with statements."""
        ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Check the signature, then read. Raises BadSignature, or ValueError for a body that is none of its own."""
        ...


@runtime_checkable
class Closing(Protocol):
    """A gateway that holds connections, to be given back when the program ends."""

    async def close(self) -> None: ...
