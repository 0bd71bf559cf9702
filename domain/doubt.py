"""A payment of which nobody knows what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.order import Order
from domain.payment import Attempt, AttemptState


@dataclass(frozen=True, slots=True)
class InDoubt:
    """``decided``: somebody knows by now."""

    order: Order
    attempt: Attempt

    @property
    def decided(self) -> bool:
        return self.attempt.state is not AttemptState.IN_DOUBT
