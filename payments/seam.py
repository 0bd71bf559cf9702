"""A gateway with a moment before and after each call that leaves the program: tests end it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from domain.ids import AttemptId
from domain.money import Money
from domain.ports.gateway import (
    Capabilities,
    Declined,
    Event,
    Outcome,
    Payable,
    PaymentGateway,
    Started,
    Statement,
    Succeeded,
    Unknown,
)


class GatewaySeam:
    """The same gateway. ``faults`` is told, say, ``before stripe.refund`` and ``after stripe.refund``."""

    def __init__(self, gateway: PaymentGateway, faults: Callable[[str], None]) -> None:
        self._gateway = gateway
        self._faults = faults

    @property
    def name(self) -> str:
        return self._gateway.name

    @property
    def capabilities(self) -> Capabilities:
        return self._gateway.capabilities

    async def start(self, payable: Payable) -> Started | Unknown:
        self._tell("before", "start")
        started = await self._gateway.start(payable)
        self._tell("after", "start")
        return started

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        self._tell("before", "look_up")
        outcome = await self._gateway.look_up(attempt_id, reference)
        self._tell("after", "look_up")
        return outcome

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        self._tell("before", "expire")
        outcome = await self._gateway.expire(attempt_id, reference)
        self._tell("after", "expire")
        return outcome

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        self._tell("before", "refund")
        outcome = await self._gateway.refund(attempt_id, charge_id, amount, key)
        self._tell("after", "refund")
        return outcome

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        """Nothing is changed by this, here or there."""
        return await self._gateway.statement(start, end)

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        """Nothing is changed by this, here or there."""
        return await self._gateway.refunded_so_far(charge_id, currency)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Nothing leaves the program for this."""
        return self._gateway.read_event(body, headers)

    def _tell(self, when: str, call: str) -> None:
        self._faults(f"{when} {self.name}.{call}")
