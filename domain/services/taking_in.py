"""Bringing our books to what a gateway's say, order by order, when a member of the staff wants it.

It is the same as if the gateway had reported it by itself: counted once, by the charge's own id, and with whatever follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.closing import Difference, Finding
from domain.errors import OrderNotFound, PassingFailure
from domain.ports.unit_of_work import Work
from domain.services.settlement import Charge, Settlement


class TakingIn:
    def __init__(self, settlement: Settlement) -> None:
        self._settlement = settlement

    async def take_in(self, work: Work, differences: Iterable[Difference]) -> None:
        """Count what one order's gateway has and our books lack: charges first, since a refund needs its charge."""
        wanted = [one for one in differences if one.can_be_taken_in]
        for one in wanted:
            if one.finding is Finding.NOT_IN_BOOKS and one.attempt_id is not None and one.theirs is not None:
                charge = Charge(one.gateway, one.charge_id, one.theirs)
                await self._settlement.charged(work, one.attempt_id, charge, tell=True)
        for one in wanted:
            for attempt_id, gone in one.told:
                try:
                    await self._settlement.given_back(work, attempt_id, gone)
                except (OrderNotFound, PassingFailure):
                    continue  # its charge is not in our books (yet); the next close names both
