"""Payment attempts, the events of gateways, and the journal of money."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.ids import AttemptId, OrderId
from domain.payment import Attempt, Entry, GatewayEvent


class Payments(Protocol):
    async def add(self, attempt: Attempt) -> None: ...

    async def get(self, attempt_id: AttemptId) -> Attempt | None: ...

    async def by_reference(self, gateway: str, reference: str) -> Attempt | None: ...

    async def by_charge(self, gateway: str, charge_id: str) -> Attempt | None:
        """Whose charge this is, by the gateway's own name for it, as it was reported and counted."""
        ...

    async def of_order(self, order_id: OrderId) -> tuple[Attempt, ...]:
        """Newest first."""
        ...

    async def save(self, attempt: Attempt) -> None: ...

    async def record_event(self, event: GatewayEvent) -> bool:
        """False if this gateway's event was recorded before."""
        ...

    async def enter(self, entry: Entry) -> bool:
        """Append to the journal. False if an entry of this key is there already: it counts once."""
        ...

    async def journal(self, order_id: OrderId) -> tuple[Entry, ...]:
        """An order's entries, oldest first."""
        ...

    async def journal_between(self, start: datetime, end: datetime) -> tuple[Entry, ...]: ...

    async def owing(self, limit: int) -> tuple[OrderId, ...]:
        """Orders of which money still has to go back, oldest first."""
        ...

    async def in_doubt(self, limit: int) -> tuple[Attempt, ...]:
        """Attempts whose outcome nobody knows, oldest first."""
        ...

    async def unsettled(self, now: datetime, limit: int) -> tuple[Attempt, ...]:
        """Attempts whose outcome has to be asked about by now."""
        ...
