"""What a customer agrees to about cancelling a paid order: until when they may, and how much of the money the shop keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.money import Money


class CancelUntil(StrEnum):
    """Until when a customer may cancel an order that is paid. A member of staff may at any time."""

    NEVER = "never"
    ACCEPTED = "accepted"
    """Until a member of staff has taken it on."""
    READY = "ready"
    COLLECTED = "collected"


@dataclass(frozen=True, slots=True)
class CancelTerms:
    """The shop's, and an order's own: it keeps those that were in force when it was placed.

    ``percent`` of the money and a ``fee``, in minor units of the order's currency, stay with the shop when the customer cancels
    later than ``free_hours`` after paying; within them, and whenever it is not the customer's doing, all of it goes back.
    """

    until: CancelUntil = CancelUntil.READY
    percent: int = 0
    fee: int = 0
    free_hours: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of the money goes back, whenever it is cancelled."""
        return not (self.percent or self.fee)

    def free_until(self, paid_at: datetime) -> datetime:
        return paid_at + timedelta(hours=self.free_hours)

    def keeps(self, amount: Money, paid_at: datetime, now: datetime) -> Money:
        """What the shop keeps of an amount that was paid then and is cancelled now: never more than all of it. The percentage is
        rounded down to a whole minor unit, for the customer."""
        if now < self.free_until(paid_at):
            return Money.zero(amount.currency)
        wanted = amount.minor * self.percent // 100 + self.fee
        return Money(min(wanted, amount.minor), amount.currency)


WHOLE = CancelTerms()
"""All of it goes back: what the shop cancels, what came too late, what was paid twice; and what a shop has that sets nothing else."""


@dataclass(frozen=True, slots=True)
class CancelOffer:
    """What cancelling an order would mean at this moment: ``back`` goes back, ``kept`` stays with the shop. As long as less would
    be kept than later on, ``whole_until`` says when that ends."""

    back: Money
    kept: Money
    whole_until: datetime | None = None
