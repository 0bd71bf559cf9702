"""What came of a payment attempt. Money that moved is counted once, whenever and however often a gateway says so.

What the money does to the order depends on how the order stands when it lands:

- it awaits payment, or is reserved for the counter: it is paid;
- it expired: its copies are held again if all of them are still there, and it is paid; if not, the money is due back;
- it is paid already, cancelled, or the amount is another: the money is due back.

The journal's key, gateway and charge id, is the guard: the second report of a charge changes nothing. Money that cannot be
put to an order, or is in another currency, is kept in sight (an attempt in doubt, a message to the staff), never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import OrderNotFound, PassingFailure
from domain.ids import AttemptId
from domain.money import Money
from domain.order import Order, OrderState, Way
from domain.payment import (
    SAID_PAID,
    SETTLED,
    Attempt,
    AttemptState,
    Entry,
    EntryKind,
    GatewayEvent,
    charge_key,
)
from domain.ports.clock import Clock
from domain.ports.gateway import Declined, Expired, Outcome, Pending, RefundFailed, Succeeded, Unknown
from domain.ports.outbox import STAFF_LANE, Message
from domain.ports.unit_of_work import Work
from domain.services.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that a gateway says it took. ``charge_id`` is its own name for it, unique at that gateway.

    ``provider_charge_id`` is what the money is found by where it has to be given back by hand, if that is another name.
    ``rightful`` False: it was paid by somebody the invoice was not made for. ``by_name`` is who of the staff says so, if no gateway.
    """

    gateway: str
    charge_id: str
    amount: Money
    provider_charge_id: str = ""
    rightful: bool = True
    by_name: str = ""


class Fate(StrEnum):
    """What became of a charge."""

    PAID = "paid"
    PAID_LATE = "paid_late"
    """The order had expired; its copies were still there."""
    COUNTED_BEFORE = "counted_before"
    DUE_LATE = "due_late"
    """The order had expired and a copy is gone: the money goes back."""
    DUE_TWICE = "due_twice"
    DUE_CANCELLED = "due_cancelled"
    DUE_AMOUNT = "due_amount"
    DUE_PAYER = "due_payer"
    IN_DOUBT = "in_doubt"
    UNPLACED = "unplaced"
    """It names no attempt of ours."""


@dataclass(frozen=True, slots=True)
class Settled:
    """``order`` is None for what could not be placed."""

    fate: Fate
    order: Order | None = None
    amount: Money | None = None

    @property
    def due(self) -> bool:
        return self.fate.value.startswith("due_")


class Settlement:
    def __init__(self, *, lifecycle: Lifecycle, clock: Clock) -> None:
        self._lifecycle = lifecycle
        self._clock = clock

    async def charged(self, work: Work, attempt_id: AttemptId, charge: Charge, *, tell: bool) -> Settled:
        """Count a charge. ``tell``: the customer is not looking at this chat's answer, so send them a notice."""
        seen = await work.payments.get(attempt_id)
        if seen is None:
            await self._report_unplaced(work, attempt_id, charge)
            return Settled(Fate.UNPLACED, amount=charge.amount)
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(attempt_id) or seen
        if charge.amount.currency != order.total.currency or charge.gateway != attempt.gateway:
            return await self._doubt(work, order, attempt, charge)
        if await self._said_before(work, attempt, charge):
            return await self._heard_after_all(work, order, attempt, charge)
        entry = Entry(
            key=charge_key(charge.gateway, charge.charge_id),
            order_id=order.id,
            kind=EntryKind.PAID,
            amount=charge.amount,
            way=charge.gateway,
            at=self._clock.now(),
            attempt_id=attempt.id,
            charge_id=charge.provider_charge_id or charge.charge_id,
            by_name=charge.by_name,
        )
        if not await work.payments.enter(entry):
            return Settled(Fate.COUNTED_BEFORE, order, charge.amount)
        await self._mark_succeeded(work, attempt, charge)
        fate = await self._fate(work, order, attempt, charge)
        if fate in (Fate.PAID, Fate.PAID_LATE):
            order = await self._pay(work, order, attempt, tell=tell)
        else:
            await self._give_back(work, order, entry, fate, tell=tell)
        return Settled(fate, order, charge.amount)

    async def _fate(self, work: Work, order: Order, attempt: Attempt, charge: Charge) -> Fate:
        if not charge.rightful:
            return Fate.DUE_PAYER
        if charge.amount != attempt.amount or charge.amount != order.total:
            return Fate.DUE_AMOUNT
        if order.state in (OrderState.AWAITING_PAYMENT, OrderState.RESERVED):
            return Fate.PAID
        if order.state is OrderState.READY and order.way is Way.COUNTER:
            return Fate.PAID
        if order.state is OrderState.EXPIRED:
            again = await self._lifecycle.holds.can_take_again(work, order)
            return Fate.PAID_LATE if again else Fate.DUE_LATE
        if order.state in (OrderState.CANCELLED, OrderState.REFUNDED):
            return Fate.DUE_CANCELLED
        return Fate.DUE_TWICE

    async def _pay(self, work: Work, order: Order, attempt: Attempt, *, tell: bool) -> Order:
        if order.state is not OrderState.READY:
            return await self._lifecycle.move(work, order, OrderState.PAID, settles=attempt.id, tell=tell)
        # It lies at the counter already: it stays ready, and is paid.
        order = replace(order, way=Way.ONLINE, hold_until=None)
        await work.orders.save(order)
        await self._lifecycle.show_staff(work, order)
        if tell:
            await self._lifecycle.tell_customer(work, order, "order-paid")
        return order

    async def _give_back(self, work: Work, order: Order, paid: Entry, fate: Fate, *, tell: bool) -> None:
        await self._lifecycle.refunds.charge_due(work, order, paid)
        facts = {"amount": paid.amount.minor, "why": fate.value}
        await self._lifecycle.show_staff(work, order)
        await self._lifecycle.tell_staff_of_refund(work, order, paid.amount, fate.value)
        if tell:
            await self._lifecycle.tell_customer(work, order, "refund-due", **facts)

    async def _mark_succeeded(self, work: Work, attempt: Attempt, charge: Charge) -> None:
        if attempt.state is AttemptState.SUCCEEDED:
            return  # a second charge of one attempt: the first stays its own
        done = replace(
            attempt,
            state=AttemptState.SUCCEEDED,
            updated_at=self._clock.now(),
            charge_id=charge.charge_id,
            approved_until=None,
            next_look_at=None,
        )
        await work.payments.save(done)

    async def _said_before(self, work: Work, attempt: Attempt, charge: Charge) -> bool:
        """Whether this is the charge that somebody said was there: the first one that the gateway reports, however often."""
        if not attempt.charge_id.startswith(SAID_PAID) and attempt.charge_id != charge.charge_id:
            return False
        said = charge_key(charge.gateway, f"{SAID_PAID}{attempt.id}")
        return any(entry.key == said for entry in await work.payments.journal(attempt.order_id))

    async def _heard_after_all(self, work: Work, order: Order, attempt: Attempt, charge: Charge) -> Settled:
        """It is in the books already. A further charge is not, so this one's id is kept."""
        await work.payments.save(replace(attempt, charge_id=charge.charge_id, updated_at=self._clock.now()))
        if charge.amount != attempt.amount:
            return await self._doubt(work, order, replace(attempt, charge_id=charge.charge_id), charge)
        return Settled(Fate.COUNTED_BEFORE, order, charge.amount)

    async def _doubt(self, work: Work, order: Order, attempt: Attempt, charge: Charge) -> Settled:
        if attempt.state is not AttemptState.SUCCEEDED:
            doubted = replace(
                attempt,
                state=AttemptState.IN_DOUBT,
                updated_at=self._clock.now(),
                charge_id=charge.charge_id,
                reason=f"charged {charge.amount.minor} {charge.amount.currency} by {charge.gateway}",
                next_look_at=None,
            )
            await work.payments.save(doubted)
        facts: dict[str, str | int] = {"amount": charge.amount.minor, "currency": charge.amount.currency}
        facts["attempt"] = attempt.id
        await self._lifecycle.tell_staff(
            work, order, "staff-payment-in-doubt", charge=charge.charge_id, **facts
        )
        return Settled(Fate.IN_DOUBT, order, charge.amount)

    async def _report_unplaced(self, work: Work, attempt_id: AttemptId, charge: Charge) -> None:
        message = Message(
            key=f"staff-payment-unplaced:{charge.gateway}:{charge.charge_id}",
            lane=STAFF_LANE,
            kind="staff-payment-unplaced",
            data={
                "gateway": charge.gateway,
                "charge": charge.provider_charge_id or charge.charge_id,
                "amount": charge.amount.minor,
                "currency": charge.amount.currency,
            },
        )
        await work.outbox.put(message, self._clock.now())

    # --- what a gateway says when it is asked, or by an event -----------------------------------------------------------

    async def settle(
        self, work: Work, attempt_id: AttemptId, outcome: Outcome, *, tell: bool = True
    ) -> Settled | None:
        """Record what is known of an attempt now. None: nothing was paid. Raises OrderNotFound for an attempt of nobody's."""
        seen = await work.payments.get(attempt_id)
        if seen is None:
            raise OrderNotFound
        if isinstance(outcome, Succeeded):
            charge = Charge(seen.gateway, outcome.charge_id, outcome.amount)
            return await self.charged(work, attempt_id, charge, tell=tell)
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(attempt_id) or seen
        if attempt.state in SETTLED:
            return None
        now = self._clock.now()
        if isinstance(outcome, Declined):
            declined = replace(
                attempt, state=AttemptState.DECLINED, reason=outcome.reason, updated_at=now, next_look_at=None
            )
            await work.payments.save(declined)
            # Of money that was taken, and does not fit, the bank did not say no.
            if tell and order.state is OrderState.AWAITING_PAYMENT and not attempt.charge_id:
                await self._lifecycle.tell_customer(work, order, "payment-declined")
        elif isinstance(outcome, Expired):
            ended = replace(attempt, state=AttemptState.ABANDONED, updated_at=now, next_look_at=None)
            await work.payments.save(ended)
        elif isinstance(outcome, Unknown) and attempt.state is not AttemptState.IN_DOUBT:
            doubted = replace(attempt, state=AttemptState.IN_DOUBT, reason=outcome.why, updated_at=now)
            await work.payments.save(doubted)
        elif isinstance(outcome, Pending) and attempt.state is AttemptState.IN_DOUBT:
            await self._no_doubt(work, order, attempt)
        return None

    async def _no_doubt(self, work: Work, order: Order, attempt: Attempt) -> None:
        """The gateway says again how it stands: nothing was paid, and it still can be. If it should not be any more, it is ended
        there at the next look."""
        now = self._clock.now()
        state = AttemptState.STARTED
        if order.state is not OrderState.AWAITING_PAYMENT:
            state = AttemptState.ABANDONED
        known = replace(attempt, state=state, reason="", tries=0, updated_at=now, next_look_at=now)
        await work.payments.save(known)

    async def given_back(self, work: Work, attempt_id: AttemptId, given_back: Money) -> None:
        """The gateway says how much of a charge has gone back in all, whoever did it. Raises OrderNotFound; PassingFailure when
        the charge itself was not reported yet: events come in any order, and this one has to come again."""
        seen = await work.payments.get(attempt_id)
        if seen is None:
            raise OrderNotFound
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(attempt_id) or seen
        if attempt.state not in (AttemptState.SUCCEEDED, AttemptState.IN_DOUBT) and not attempt.charge_id:
            raise PassingFailure("a refund was reported before its charge")
        more = await self._lifecycle.refunds.given_back_elsewhere(work, order, attempt, given_back)
        if more:
            await self._lifecycle.show_staff(work, order)
            await self._lifecycle.tell_customer(work, order, "order-refunded", amount=more.minor)

    async def refund_failed(
        self, work: Work, gateway: str, attempt_id: AttemptId | None, failed: RefundFailed
    ) -> None:
        """A refund came back from the customer's bank: staff and customer are told. One that somebody made at the provider names
        no attempt: it is found by its charge. Raises OrderNotFound; PassingFailure when it has to be told again later."""
        seen = (
            await work.payments.get(attempt_id)
            if attempt_id is not None
            else await work.payments.by_charge(gateway, failed.charge_id)
        )
        if seen is None:
            raise OrderNotFound
        order = await self._lifecycle.locked(work, seen.order_id)
        attempt = await work.payments.get(seen.id) or seen
        back = await self._lifecycle.refunds.came_back(work, order, attempt, failed)
        if back:
            await self._lifecycle.show_staff(work, order)
            await self._lifecycle.tell_staff_of_refund(work, order, back, "due_came_back")
            await self._lifecycle.tell_customer(work, order, "refund-failed", amount=back.minor)

    async def record_event(self, work: Work, event: GatewayEvent) -> bool:
        """Keep what a gateway told us, as it came. False if it told us before."""
        return await work.payments.record_event(event)
