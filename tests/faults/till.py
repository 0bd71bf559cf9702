"""A gateway that really pays out: it keeps idempotency keys as Stripe documents them, and counts what left the till."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ids import AttemptId
from domain.money import Money
from domain.ports.gateway import Declined, Succeeded, Unknown
from tests.domain.pretend_gateway import PretendGateway


@dataclass
class Till(PretendGateway):
    charge: int = 1000
    """What each charge is of, in minor units."""
    loses_answers: int = 0
    """So many refunds are made, and nobody hears of it."""
    refuses: bool = False
    """It gives nothing back."""
    paid_out: dict[str, int] = field(default_factory=dict)

    @property
    def out(self) -> int:
        """Minor units that went back in all."""
        return sum(self.paid_out.values())

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        if self.refuses:
            return Declined("charge_already_refunded")
        # One that knows no parts gives back all of the charge, whatever it was asked for.
        of_it = amount.minor if self.capabilities.partial_refunds else self.charge
        self.paid_out.setdefault(key, of_it)
        if self.loses_answers:
            self.loses_answers -= 1
            return Unknown("no answer")
        return Succeeded(f"re-{key}", amount)
