"""Payment attempts, until the money moves: written, started at the gateway, approved. What came of them: `settlement`.

An attempt is written and committed before the gateway is called; the call itself (`ask`) holds no transaction; what it answered
is recorded in the next one (`record_start`). A crash in between leaves the attempt CREATED, and `claim_unstarted` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.errors import OrderNotFound, PaymentRefused, PaymentUnavailable
from domain.ids import AttemptId, ChatId, CustomerId, OrderId, UserId
from domain.money import Money
from domain.order import Order, OrderState, Way
from domain.payment import SETTLED, Attempt, AttemptState, PriceLabel
from domain.ports.clock import Clock, Ids
from domain.ports.gateway import GatewayUnreachable, Payable, PaymentGateway, Started, Unknown
from domain.ports.unit_of_work import Look, Work
from domain.services.lifecycle import Lifecycle
from domain.shop import Shop

START_AGAIN_AFTER = timedelta(seconds=30)
"""An attempt that is still unstarted then was left by a crash."""
LOOK_AFTER = timedelta(seconds=20)
"""When a gateway that can be asked is asked first whether the customer has paid: its own report may never come."""
APPROVAL = timedelta(seconds=30)
"""How long one approved pre-checkout keeps other payments of the order out, and cancelling it. Telegram tells nobody of a charge
that failed after the approval, so it is short."""
SECOND_TRY_AFTER = timedelta(seconds=10)
"""Whoever was approved for this very invoice is let in again after that: the bank said no, and another card is tried."""
HOLD_AFTER_APPROVAL = timedelta(minutes=5)
"""How long the books are held at least once money may be moving."""

_OPEN_ATTEMPT = frozenset({AttemptState.CREATED, AttemptState.STARTED, AttemptState.APPROVED})
_WHY = {
    OrderState.EXPIRED: "expired",
    OrderState.CANCELLED: "cancelled",
    OrderState.REFUNDED: "cancelled",
    OrderState.RESERVED: "counter",
}


@dataclass(frozen=True, slots=True)
class Unstarted:
    """An attempt that a crash left behind, and the chat that waits for it."""

    attempt_id: AttemptId
    chat_id: ChatId


class OnlinePayments:
    def __init__(
        self,
        *,
        lifecycle: Lifecycle,
        gateways: Mapping[str, PaymentGateway],
        clock: Clock,
        ids: Ids,
        shop: Shop,
    ) -> None:
        self._lifecycle = lifecycle
        self._gateways = dict(gateways)
        self._clock = clock
        self._ids = ids
        self._shop = shop

    @property
    def ways(self) -> tuple[str, ...]:
        """The names of the gateways that can be paid with."""
        return tuple(self._gateways)

    async def begin(self, work: Work, order: Order, gateway: str) -> Attempt:
        """Write an attempt for an order that awaits payment. PaymentUnavailable if the shop has no such gateway (any more)."""
        if gateway not in self._gateways:
            raise PaymentUnavailable(order.id)
        now = self._clock.now()
        attempt = Attempt(
            id=AttemptId(self._ids.token()),
            order_id=order.id,
            gateway=gateway,
            amount=order.total,
            state=AttemptState.CREATED,
            created_at=now,
            updated_at=now,
            next_look_at=now + START_AGAIN_AFTER,
        )
        await work.payments.add(attempt)
        return attempt

    async def pay(self, work: Work, customer_id: CustomerId, order_id: OrderId, gateway: str) -> Attempt:
        """The attempt to pay this order with: the one that is open at this gateway, else a new one.

        Raises PaymentRefused when the order does not await payment or another payment of it is being approved.
        """
        order = await self._lifecycle.locked(work, order_id)
        if order.customer_id != customer_id:
            raise OrderNotFound
        if order.state is not OrderState.AWAITING_PAYMENT:
            raise PaymentRefused(_why(order), order.number)
        now, present = self._clock.now(), None
        for attempt in await work.payments.of_order(order.id):
            if attempt.state not in _OPEN_ATTEMPT:
                continue
            if being_approved(attempt, self._clock):
                raise PaymentRefused("busy", order.number)
            if attempt.gateway == gateway and present is None:
                present = attempt
                continue
            look_at = now if attempt.reference else None
            left = replace(attempt, state=AttemptState.ABANDONED, updated_at=now, next_look_at=look_at)
            await work.payments.save(left)
        return present or await self.begin(work, order, gateway)

    # --- starting -----------------------------------------------------------------------------------------------------

    async def payable(self, look: Look, attempt_id: AttemptId) -> tuple[str, Payable] | None:
        """The gateway and what it is to make payable; None if this attempt is not to be paid any more."""
        attempt = await look.payments.get(attempt_id)
        order = await look.orders.get(attempt.order_id) if attempt is not None else None
        if attempt is None or order is None or attempt.state not in _OPEN_ATTEMPT:
            return None
        if order.state is not OrderState.AWAITING_PAYMENT or attempt.gateway not in self._gateways:
            return None
        return attempt.gateway, self._payable(attempt, order)

    def _payable(self, attempt: Attempt, order: Order) -> Payable:
        labels = tuple(
            PriceLabel(f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title, line.total)
            for line in order.lines
        )
        return Payable(
            attempt_id=attempt.id,
            number=order.number,
            title=f"{self._shop.name} · {order.number}",
            description=", ".join(label.label for label in labels),
            labels=labels,
            total=attempt.amount,
            until=order.hold_until,
            language=order.language,
        )

    async def ask(self, gateway: str, payable: Payable) -> Started | Unknown:
        """Call the gateway: the network, outside of any transaction. Asked again with the same attempt it answers the same, so
        an unreachable gateway and one that did not answer are alike: nothing can be paid yet."""
        try:
            return await self._gateways[gateway].start(payable)
        except GatewayUnreachable as error:
            return Unknown(str(error))

    async def record_start(self, work: Work, attempt_id: AttemptId, answer: Started | Unknown) -> Order:
        """Record what the gateway answered. Raises PaymentRefused if the order no longer awaits payment, or this attempt gave
        way to another; PaymentUnavailable if the gateway could not be reached (nothing is written then, see `not_reached`)."""
        order, attempt = await self._locked(work, attempt_id)
        if order.state is not OrderState.AWAITING_PAYMENT:
            raise PaymentRefused(_why(order), order.number)
        if attempt.state not in _OPEN_ATTEMPT:
            raise PaymentRefused("replaced", order.number)
        if isinstance(answer, Unknown):
            raise PaymentUnavailable(order.id)
        if attempt.state is AttemptState.CREATED:
            looks_up = self._gateways[attempt.gateway].capabilities.look_up
            started = replace(
                attempt,
                state=AttemptState.STARTED,
                updated_at=self._clock.now(),
                reference=getattr(answer, "reference", ""),
                next_look_at=self._clock.now() + LOOK_AFTER if looks_up else None,
            )
            await work.payments.save(started)
        return order

    async def not_reached(self, work: Work, attempt_id: AttemptId) -> Order:
        """Note that the gateway could not be reached. The customer is told and decides: it is not tried again by itself."""
        order, attempt = await self._locked(work, attempt_id)
        if attempt.state is AttemptState.CREATED:
            noted = replace(attempt, tries=attempt.tries + 1, updated_at=self._clock.now(), next_look_at=None)
            await work.payments.save(noted)
        return order

    async def any_unstarted(self, look: Look) -> bool:
        """Whether a crash may have left one behind."""
        waiting = await look.payments.unsettled(self._clock.now(), 20)
        return any(attempt.state is AttemptState.CREATED for attempt in waiting)

    async def claim_unstarted(self, work: Work, limit: int = 20) -> tuple[Unstarted, ...]:
        """Attempts that a crash left unstarted, each given to one caller once."""
        now, claimed = self._clock.now(), []
        for seen in await work.payments.unsettled(now, limit):
            if seen.state is not AttemptState.CREATED:
                continue
            order, attempt = await self._locked(work, seen.id)
            due = attempt.next_look_at is not None and attempt.next_look_at <= now
            if attempt.state is not AttemptState.CREATED or not due:
                continue
            await work.payments.save(replace(attempt, tries=attempt.tries + 1, next_look_at=None))
            if order.state is OrderState.AWAITING_PAYMENT and order.chat_id:
                claimed.append(Unstarted(attempt.id, order.chat_id))
        return tuple(claimed)

    # --- approving ----------------------------------------------------------------------------------------------------

    async def approve(
        self,
        work: Work,
        attempt_id: AttemptId,
        *,
        query_id: str,
        payer: UserId,
        shown_to: UserId,
        amount: Money,
    ) -> Order:
        """A pre-checkout may go through: money may move from now on. The same query again gets the same answer.

        ``shown_to`` is whom the invoice was made for. Raises PaymentRefused, and nothing was written then.
        """
        order, attempt = await self._locked(work, attempt_id)
        if payer != shown_to:
            raise PaymentRefused("payer", order.number)
        if order.state is not OrderState.AWAITING_PAYMENT:
            raise PaymentRefused(_why(order), order.number)
        if attempt.state not in _OPEN_ATTEMPT:
            raise PaymentRefused("replaced", order.number)
        if amount != attempt.amount or amount != order.total:
            raise PaymentRefused("amount", order.number)
        if attempt.state is AttemptState.APPROVED and attempt.reference == query_id:
            return order
        now = self._clock.now()
        for other in await work.payments.of_order(order.id):
            second_try = other.id == attempt.id and other.updated_at + SECOND_TRY_AFTER <= now
            if being_approved(other, self._clock) and not second_try:
                raise PaymentRefused("busy", order.number)
        approved = replace(
            attempt,
            state=AttemptState.APPROVED,
            updated_at=now,
            reference=query_id,
            approved_until=now + APPROVAL,
            next_look_at=None,
        )
        await work.payments.save(approved)
        held = max(order.hold_until or now, now + HOLD_AFTER_APPROVAL)
        if held != order.hold_until:
            order = replace(order, hold_until=held)
            await work.orders.save(order)
        return order

    async def _locked(self, work: Work, attempt_id: AttemptId) -> tuple[Order, Attempt]:
        """The order's lock guards its attempts; what is read before it only says which order."""
        seen = await work.payments.get(attempt_id)
        if seen is None:
            raise PaymentRefused("unknown")
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(attempt_id)
        return order, attempt or seen


def being_approved(attempt: Attempt, clock: Clock) -> bool:
    """Whether money may be moving for it right now."""
    until = attempt.approved_until
    return attempt.state is AttemptState.APPROVED and until is not None and until > clock.now()


def may_have_charged(attempt: Attempt) -> bool:
    """Whether its charge was allowed, or its gateway does not say, and nobody has reported what came of it."""
    allowed = attempt.approved_until is not None and attempt.state not in SETTLED
    return allowed or attempt.state is AttemptState.IN_DOUBT


def _why(order: Order) -> str:
    """Why an order that does not await payment cannot be paid."""
    if order.state is OrderState.READY and order.way is Way.COUNTER:
        return "counter"
    return _WHY.get(order.state, "paid")
