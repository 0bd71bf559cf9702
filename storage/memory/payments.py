"""Payment attempts, the events of gateways, and the journal of money."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from domain.ids import AttemptId, OrderId
from domain.payment import Attempt, AttemptState, Entry, EntryKind, GatewayEvent, charge_key
from storage.memory.state import State

_OWED_BY = {EntryKind.REFUND_DUE: 1, EntryKind.REFUND_FAILED: 1, EntryKind.REFUNDED: -1}
"""What an entry adds to the money that is owed."""
_NEVER_CHANGE = ("order_id", "gateway", "amount", "created_at")


class MemoryPayments:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, attempt: Attempt) -> None:
        self._state.attempts[attempt.id] = attempt

    async def get(self, attempt_id: AttemptId) -> Attempt | None:
        return self._state.attempts.get(attempt_id)

    async def by_reference(self, gateway: str, reference: str) -> Attempt | None:
        return next(
            (one for one in self._newest() if (one.gateway, one.reference) == (gateway, reference)), None
        )

    async def by_charge(self, gateway: str, charge_id: str) -> Attempt | None:
        entry = self._state.entries.get(charge_key(gateway, charge_id))
        return None if entry is None or entry.attempt_id is None else await self.get(entry.attempt_id)

    async def of_order(self, order_id: OrderId) -> tuple[Attempt, ...]:
        return tuple(one for one in self._newest() if one.order_id == order_id)

    def _newest(self) -> list[Attempt]:
        return sorted(self._state.attempts.values(), key=lambda one: (one.created_at, one.id), reverse=True)

    async def save(self, attempt: Attempt) -> None:
        kept = self._state.attempts.get(attempt.id)
        if kept is not None:
            fixed = {name: getattr(kept, name) for name in _NEVER_CHANGE}
            self._state.attempts[attempt.id] = dataclasses.replace(attempt, **fixed)

    async def record_event(self, event: GatewayEvent) -> bool:
        key = (event.gateway, event.event_id)
        return self._state.gateway_events.setdefault(key, event) is event

    async def enter(self, entry: Entry) -> bool:
        return self._state.entries.setdefault(entry.key, entry) is entry

    async def journal(self, order_id: OrderId) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._state.entries.values() if entry.order_id == order_id)

    async def journal_between(self, start: datetime, end: datetime) -> tuple[Entry, ...]:
        found = [entry for entry in self._state.entries.values() if start <= entry.at < end]
        return tuple(sorted(found, key=lambda entry: entry.at))

    async def owing(self, limit: int) -> tuple[OrderId, ...]:
        owed: dict[OrderId, int] = {}
        for entry in self._state.entries.values():
            sign = _OWED_BY.get(entry.kind, 0)
            owed[entry.order_id] = owed.get(entry.order_id, 0) + sign * entry.amount.minor
        return tuple(sorted(order for order, minor in owed.items() if minor > 0))[:limit]

    async def in_doubt(self, limit: int) -> tuple[Attempt, ...]:
        found = [one for one in self._newest() if one.state is AttemptState.IN_DOUBT]
        return tuple(found[::-1][:limit])

    async def unsettled(self, now: datetime, limit: int) -> tuple[Attempt, ...]:
        due = [
            (one.next_look_at, one.id)
            for one in self._state.attempts.values()
            if one.next_look_at is not None and one.next_look_at <= now
        ]
        return tuple(self._state.attempts[number] for _, number in sorted(due)[:limit])
