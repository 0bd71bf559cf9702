"""Asking gateways about attempts whose outcome nobody told us, with back-off, by whichever replica comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain.payment import SETTLED, Attempt, AttemptState
from domain.ports.clock import Clock
from domain.ports.gateway import Outcome, PaymentGateway, Pending, Unknown
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.services.lifecycle import Lifecycle
from domain.services.settlement import Settlement

_AT_A_TIME = 20
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)


class Reconciliation:
    def __init__(
        self,
        *,
        settlement: Settlement,
        lifecycle: Lifecycle,
        gateways: Mapping[str, PaymentGateway],
        clock: Clock,
    ) -> None:
        self._settlement = settlement
        self._lifecycle = lifecycle
        self._gateways = dict(gateways)
        self._clock = clock

    async def run(self, unit_of_work: UnitOfWork) -> int:
        """Ask about what is due; returns how many attempts were asked about. (Unstarted ones are `OnlinePayments`' own.)"""
        async with unit_of_work.reading() as look:
            due = await look.payments.unsettled(self._clock.now(), _AT_A_TIME)
        asked = 0
        for seen in due:
            if seen.state is AttemptState.CREATED:
                continue
            async with unit_of_work.writing() as work:
                attempt = await self._claim(work, seen)
                await work.commit()
            if attempt is None:
                continue
            outcome = await self._ask(attempt)
            async with unit_of_work.writing() as work:
                await self._settlement.settle(work, attempt.id, outcome)
                await work.commit()
            asked += 1
        return asked

    async def _claim(self, work: Work, seen: Attempt) -> Attempt | None:
        """Put the next look off, so that one replica asks; None if there is nothing to ask (any more)."""
        await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(seen.id)
        now = self._clock.now()
        if attempt is None or attempt.next_look_at is None or attempt.next_look_at > now:
            return None
        gateway = self._gateways.get(attempt.gateway)
        if attempt.state in SETTLED or gateway is None or not gateway.capabilities.look_up:
            await work.payments.save(replace(attempt, next_look_at=None))
            return None
        wait = min(_FIRST * 2 ** min(attempt.tries, 12), _LONGEST)
        claimed = replace(attempt, tries=attempt.tries + 1, next_look_at=now + wait)
        await work.payments.save(claimed)
        return claimed

    async def _ask(self, attempt: Attempt) -> Outcome:
        gateway = self._gateways[attempt.gateway]
        if attempt.state is AttemptState.ABANDONED and gateway.capabilities.expire:
            outcome = await gateway.expire(attempt.id, attempt.reference)
        else:
            outcome = await gateway.look_up(attempt.id, attempt.reference)
        # Not knowing about an attempt that we gave up ourselves is no doubt that anybody has to look into yet.
        if isinstance(outcome, Unknown) and attempt.state is AttemptState.ABANDONED:
            return Pending()
        return outcome
