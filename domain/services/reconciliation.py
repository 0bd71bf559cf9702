"""Asking gateways about what nobody told us, and to give back what is due; with back-off, by whichever replica comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain.errors import PassingFailure
from domain.ids import OrderId
from domain.money import Money
from domain.order import Order
from domain.payment import Attempt, AttemptState, Entry
from domain.ports.clock import Clock
from domain.ports.gateway import Declined, Outcome, PaymentGateway, Pending, Unknown
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.services.lifecycle import Lifecycle
from domain.services.settlement import Settlement

_AT_A_TIME = 20
_LEASE = timedelta(minutes=1)
_STARTED = (timedelta(seconds=20), timedelta(minutes=2))
"""First and longest wait between two looks at a payment that the customer can make now."""
_OTHERS = (timedelta(minutes=1), timedelta(hours=6))
UNHEARD_FOR = timedelta(minutes=10)
"""How long a charge that was allowed may go unreported after its order ended, where nobody can be asked about it."""
_CAN_END = frozenset({AttemptState.STARTED, AttemptState.APPROVED, AttemptState.IN_DOUBT})


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
        self._refunds = lifecycle.refunds
        self._gateways = dict(gateways)
        self._clock = clock

    async def run(self, unit_of_work: UnitOfWork) -> int:
        """Ask about what is due; returns how many attempts were asked about. (Unstarted ones are `OnlinePayments`' own.) What goes
        wrong with one attempt is raised when the others are done; it is asked about again when it would have been anyway."""
        async with unit_of_work.reading() as look:
            due = await look.payments.unsettled(self._clock.now(), _AT_A_TIME)
        asked, failed = 0, list[Exception]()
        for seen in due:
            if seen.state is AttemptState.CREATED:
                continue
            async with unit_of_work.writing() as work:
                attempt, refund = await self._claim(work, seen)
                await work.commit()
            if attempt is None:
                continue
            asked += 1
            try:
                if refund is not None:
                    await self._give_back(unit_of_work, attempt, refund)
                else:
                    await self._settle(unit_of_work, attempt, await self._ask(attempt))
            except PassingFailure:
                raise
            except Exception as error:
                failed.append(error)
        if failed:
            raise failed[0]
        return asked

    async def end(self, unit_of_work: UnitOfWork, order_id: OrderId) -> bool:
        """End what an order can still be paid by, where the gateway knows how; what turns out paid is counted.

        False if a gateway could not say: money may still be on its way.
        """
        async with unit_of_work.reading() as look:
            attempts = await look.payments.of_order(order_id)
        ended = True
        for attempt in attempts:
            gateway = self._gateways.get(attempt.gateway)
            if attempt.state not in _CAN_END or gateway is None or not gateway.capabilities.expire:
                continue
            outcome = await gateway.expire(attempt.id, attempt.reference)
            await self._settle(unit_of_work, attempt, outcome)
            ended = ended and not isinstance(outcome, Unknown | Pending)
        return ended

    async def _claim(self, work: Work, seen: Attempt) -> tuple[Attempt | None, Entry | None]:
        """Put the next look off, so that one replica asks. Nothing if there is nothing to ask (any more); with an entry, if it
        is money to be given back."""
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(seen.id)
        now = self._clock.now()
        if attempt is None or attempt.next_look_at is None or attempt.next_look_at > now:
            return None, None
        if attempt.state is AttemptState.SUCCEEDED:
            refund = await self._refunds.next_due(work, attempt)
            claimed = replace(attempt, next_look_at=None if refund is None else now + _LEASE)
            await work.payments.save(claimed)
            return (None if refund is None else claimed), refund
        gateway = self._gateways.get(attempt.gateway)
        asked = gateway is not None and gateway.capabilities.look_up
        if not asked and _may_be_charged(attempt):
            await self._leave_in_doubt(work, order, attempt)
            return None, None
        if attempt.state is AttemptState.DECLINED or not asked:
            await work.payments.save(replace(attempt, next_look_at=None))
            return None, None
        first, longest = _STARTED if attempt.state is AttemptState.STARTED else _OTHERS
        wait = min(first * 2 ** min(attempt.tries, 12), longest)
        claimed = replace(attempt, tries=attempt.tries + 1, next_look_at=now + wait)
        await work.payments.save(claimed)
        return claimed, None

    async def _leave_in_doubt(self, work: Work, order: Order, attempt: Attempt) -> None:
        """Its charge was allowed, its order ended, and nothing was reported. Mostly a bank said no; the staff can look it up."""
        now, until = self._clock.now(), attempt.updated_at + UNHEARD_FOR
        if now < until:
            await work.payments.save(replace(attempt, next_look_at=until))
            return
        doubted = replace(
            attempt,
            state=AttemptState.IN_DOUBT,
            reason="allowed, and nothing was reported",
            updated_at=now,
            next_look_at=None,
        )
        await work.payments.save(doubted)
        await self._lifecycle.tell_staff(work, order, "staff-payment-unheard", attempt=attempt.id)

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

    async def _settle(self, unit_of_work: UnitOfWork, attempt: Attempt, outcome: Outcome) -> None:
        async with unit_of_work.writing() as work:
            await self._settlement.settle(work, attempt.id, outcome)
            await work.commit()

    async def _give_back(self, unit_of_work: UnitOfWork, attempt: Attempt, due: Entry) -> None:
        outcome = await self._refunds.ask(attempt, due)
        # It may refuse because somebody gave the money back at the provider, and nobody told us.
        gone_there = await self._refunds.gone_there(attempt, due) if isinstance(outcome, Declined) else None
        async with unit_of_work.writing() as work:
            order = await self._lifecycle.locked(work, due.order_id)
            gone = await self._refunds.record(work, attempt.id, due, outcome)
            amount = gone.amount if gone is not None else Money.zero(due.amount.currency)
            if gone_there is not None:
                amount = await self._refunds.given_back_elsewhere(work, order, attempt, gone_there)
            if amount or isinstance(outcome, Declined):
                await self._lifecycle.show_staff(work, order)
            if amount:
                await self._lifecycle.tell_customer(work, order, "order-refunded", amount=amount.minor)
            if isinstance(outcome, Declined):
                left = min(due.amount, (await self._lifecycle.balance(work, order)).owed)
                if left.minor > 0:
                    await self._lifecycle.tell_staff_of_refund(work, order, left, "due_refused")
            await work.commit()


def _may_be_charged(attempt: Attempt) -> bool:
    """Given up by us after its charge was allowed."""
    return attempt.state is AttemptState.ABANDONED and attempt.approved_until is not None
