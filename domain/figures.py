"""What an operator watches of what is stored: counts and ages, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.order import OrderState
from domain.payment import AttemptState


@dataclass(frozen=True, slots=True)
class Figures:
    """How the shop's books stood at one moment."""

    orders: Mapping[OrderState, int] = field(default_factory=dict)
    attempts: Mapping[AttemptState, int] = field(default_factory=dict)
    held_orders: int = 0
    """Open orders that hold copies."""
    held_copies: int = 0
    owing_orders: int = 0
    """Orders of which more money is due back than went back."""
    owed: Mapping[str, int] = field(default_factory=dict)
    """That money in minor units, by currency."""
    outbox_waiting: int = 0
    outbox_oldest: float = 0.0
    """Seconds since the oldest waiting message was written; 0 when none waits."""
    outbox_undeliverable: int = 0
    updates_failed: int = 0
    """Updates that failed, once at least, of those that are still remembered (three days)."""
    unshown: int = 0
    """People whose present screen was not shown yet."""
    database_bytes: int = 0
