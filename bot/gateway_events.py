"""A payment gateway's own webhook: checked, kept as it came, and counted, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from domain.errors import OrderNotFound, PassingFailure
from domain.payment import GatewayEvent
from domain.ports.clock import Clock
from domain.ports.gateway import BadSignature, Event, PaymentGateway
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.services.settlement import Settlement

log = structlog.get_logger("bot.gateway_events")


class GatewayEvents:
    """``after_commit`` is told when there may be something in the outbox."""

    def __init__(
        self,
        *,
        gateway: PaymentGateway,
        settlement: Settlement,
        unit_of_work: UnitOfWork,
        clock: Clock,
        after_commit: Callable[[], None],
    ) -> None:
        self._gateway = gateway
        self._settlement = settlement
        self._uow = unit_of_work
        self._clock = clock
        self._after_commit = after_commit

    async def receive(self, body: bytes, headers: Mapping[str, str]) -> int:
        """The HTTP status to answer with: 400 for what is none of the gateway's, 503 for what has to come again."""
        try:
            event = self._gateway.read_event(body, headers)
        except (BadSignature, ValueError) as error:
            log.warning("event refused", gateway=self._gateway.name, why=type(error).__name__)
            return 400
        try:
            async with self._uow.writing() as work:
                new = await self._record(work, event)
                if new:
                    await self._count(work, event)
                    await work.commit()
        except PassingFailure:
            return 503
        self._after_commit()
        log.info("event", gateway=self._gateway.name, about=event.event_id, kind=event.kind, new=new)
        return 200

    async def _record(self, work: Work, event: Event) -> bool:
        kept = GatewayEvent(
            gateway=self._gateway.name,
            event_id=event.event_id,
            kind=event.kind,
            attempt_id=event.attempt_id,
            raw=event.raw,
            at=self._clock.now(),
        )
        return await self._settlement.record_event(work, kept)

    async def _count(self, work: Work, event: Event) -> None:
        try:
            if event.refund_failed is not None:
                failed = event.refund_failed
                await self._settlement.refund_failed(work, self._gateway.name, event.attempt_id, failed)
            if event.attempt_id is None:
                return
            if event.outcome is not None:
                await self._settlement.settle(work, event.attempt_id, event.outcome)
            if event.refunded is not None:
                await self._settlement.given_back(work, event.attempt_id, event.refunded)
        except OrderNotFound:
            # The account may serve more than this shop: an event about a stranger's payment is kept, and nothing else.
            log.warning("event about no attempt of ours", gateway=self._gateway.name, about=event.event_id)
