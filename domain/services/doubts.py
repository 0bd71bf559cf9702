"""Payments of which nobody knows what came of them, until somebody of the staff looks at the provider and says so.

A gateway that can be asked is asked on and on (`reconciliation`). One that cannot, and has been allowed to charge, leaves the
outcome to a person: what they say is counted as if the gateway had said it, and with their name.
"""

from __future__ import annotations

from domain.doubt import InDoubt
from domain.errors import OrderNotFound
from domain.ids import AttemptId
from domain.payment import SAID_PAID, AttemptState
from domain.ports.gateway import Declined
from domain.ports.unit_of_work import Look, Work
from domain.services.lifecycle import Lifecycle
from domain.services.settlement import Charge, Settlement
from domain.staff import Member

SAID_NOT_PAID = "not paid, says "
"""How the reason of an attempt begins of which somebody said so."""


class Doubts:
    def __init__(self, *, lifecycle: Lifecycle, settlement: Settlement) -> None:
        self._lifecycle = lifecycle
        self._settlement = settlement

    async def look(self, look: Look, attempt_id: AttemptId) -> InDoubt:
        """Raises OrderNotFound."""
        attempt = await look.payments.get(attempt_id)
        order = await look.orders.get(attempt.order_id) if attempt is not None else None
        if attempt is None or order is None:
            raise OrderNotFound
        return InDoubt(order, attempt)

    async def decide(self, work: Work, attempt_id: AttemptId, member: Member, *, paid: bool) -> bool:
        """Whoever looked at the provider says whether this was paid. False, and nothing is changed, if it is no longer in doubt.
        Raises OrderNotFound."""
        order = (await self.look(work, attempt_id)).order
        await self._lifecycle.locked(work, order.id)
        attempt = (await self.look(work, attempt_id)).attempt
        if attempt.state is not AttemptState.IN_DOUBT:
            return False
        if paid:
            charge = Charge(attempt.gateway, f"{SAID_PAID}{attempt.id}", attempt.amount, by_name=member.name)
            await self._settlement.charged(work, attempt.id, charge, tell=True)
        else:
            await self._settlement.settle(work, attempt.id, Declined(f"{SAID_NOT_PAID}{member.name}"))
        return True
