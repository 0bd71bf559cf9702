"""A payment gateway that answers as a test tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink
from domain.ports.gateway import (
    Capabilities,
    Declined,
    Event,
    Expired,
    GatewayUnreachable,
    Outcome,
    Payable,
    Pending,
    Statement,
    Succeeded,
    Unknown,
)


@dataclass
class PretendGateway:
    """Answers as it is told. ``told`` are outcomes by attempt for whoever asks."""

    name: str = "telegram"
    capabilities: Capabilities = field(default_factory=Capabilities)
    away: bool = False
    told: dict[str, Outcome] = field(default_factory=dict)
    started: list[AttemptId] = field(default_factory=list)
    asked: list[AttemptId] = field(default_factory=list)
    ended: list[AttemptId] = field(default_factory=list)
    given_back: list[tuple[str, int]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Attempts of which it answers what no program of ours can read."""
    charges_given_back: list[str] = field(default_factory=list)
    lists: Statement | Unknown = field(default_factory=Statement)
    """What it says of any span."""
    gone: dict[str, Money | Unknown] = field(default_factory=dict)
    """How much went back of a charge."""
    listed: list[tuple[datetime, datetime]] = field(default_factory=list)
    refund_answers: list[Outcome] = field(default_factory=list)

    async def start(self, payable: Payable) -> OpenLink:
        if self.away:
            raise GatewayUnreachable(self.name)
        self.started.append(payable.attempt_id)
        return OpenLink(f"https://pay.example/{payable.attempt_id}", f"ref-{payable.attempt_id}")

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        self.asked.append(attempt_id)
        return self.told.get(attempt_id, Pending())

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        self.ended.append(attempt_id)
        if attempt_id in self.unreadable:
            raise KeyError("currency")
        return self.told.get(attempt_id, Expired())

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        self.given_back.append((key, amount.minor))
        self.charges_given_back.append(charge_id)
        answer = self.refund_answers.pop(0) if self.refund_answers else Succeeded(f"re-{key}", amount)
        assert isinstance(answer, Succeeded | Declined | Unknown)
        return answer

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        self.listed.append((start, end))
        return self.lists

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        return self.gone.get(charge_id, Money(0, "EUR"))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        raise ValueError("it sends none")
