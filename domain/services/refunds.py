"""Money that has to go back, charge by charge: due at once, given back by the gateway that took it, or by hand.

What is due is an entry of the journal, written with whatever caused it. A gateway that can give money back is asked by a
job, with the entry's own key as the idempotency key, so that a crash or an unknown outcome is asked again and nothing goes
back twice. One that cannot, or that refuses, leaves the money owed: the staff give it back at the provider and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.cancelling import CancelOffer, CancelTerms
from domain.errors import PassingFailure
from domain.ids import AttemptId
from domain.money import Money, total
from domain.order import Order
from domain.payment import Attempt, Balance, Entry, EntryKind, real_charge
from domain.ports.clock import Clock
from domain.ports.gateway import Declined, PaymentGateway, RefundFailed, Succeeded, Unknown
from domain.ports.unit_of_work import Look, Work
from domain.services.sent_back import ELSEWHERE, failed_key, sent_back

REFUSED = "refund refused: "
"""How the reason of an attempt begins whose gateway will not give the money back."""
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)
_DECIDED = frozenset({EntryKind.REFUND_DUE, EntryKind.KEPT})
"""Entries that say what becomes of money that was paid. Their keys end in that of its entry."""


class Refunds:
    """``gateways`` that can give money back do so; for the others, and for a part where a gateway gives back only all of a
    charge, a person does."""

    def __init__(self, *, clock: Clock, gateways: Mapping[str, PaymentGateway]) -> None:
        self._clock = clock
        self._gateways = {name: gateway for name, gateway in gateways.items() if gateway.capabilities.refunds}

    async def balance(self, look: Look, order: Order) -> Balance:
        return Balance.of(list(await look.payments.journal(order.id)), order.total.currency)

    async def gross(self, look: Look, order: Order) -> int:
        """Minor units that were given back so far, whether or not they arrived: it only grows."""
        return _gross(await look.payments.journal(order.id))

    async def all_due(self, work: Work, order: Order, cause: str, *, keep: Money | None = None) -> Money:
        """Whatever was paid for a locked order, and is not due back yet, is due now, but for ``keep``, which stays with the shop;
        never more than there is. Returns how much is due."""
        entries = await work.payments.journal(order.id)
        rest = keep or Money.zero(order.total.currency)
        due = []
        for paid, left in _not_decided(entries):
            kept = min(rest, left)
            rest -= kept
            if kept:
                await self._keep(work, paid, kept)
            due.append(await self._enter(work, order, paid, left - kept, cause))
        return total(due, order.total.currency)

    async def _keep(self, work: Work, paid: Entry, amount: Money) -> None:
        key, now = f"kept:{paid.key}", self._clock.now()
        await work.payments.enter(
            replace(paid, key=key, kind=EntryKind.KEPT, amount=amount, at=now, by_name="")
        )

    async def charge_due(self, work: Work, order: Order, paid: Entry) -> Money:
        """All of one charge is due back: it was one too many, too late, or not what it should have been."""
        entries = await work.payments.journal(order.id)
        return await self._enter(work, order, paid, _left(paid, entries), "unwanted")

    async def _enter(self, work: Work, order: Order, paid: Entry, amount: Money, cause: str) -> Money:
        zero = Money.zero(order.total.currency)
        if amount.minor <= 0:
            return zero
        due = Entry(
            key=f"due:{cause}:{paid.key}",
            order_id=order.id,
            kind=EntryKind.REFUND_DUE,
            amount=amount,
            way=paid.way,
            at=self._clock.now(),
            attempt_id=paid.attempt_id,
            charge_id=paid.charge_id,
        )
        if not await work.payments.enter(due):
            return zero
        if paid.way in self._gateways and paid.attempt_id is not None:
            await self._look_soon(work, paid.attempt_id)
        return amount

    async def _look_soon(self, work: Work, attempt_id: AttemptId) -> None:
        attempt = await work.payments.get(attempt_id)
        if attempt is not None:
            await work.payments.save(replace(attempt, tries=0, next_look_at=self._clock.now()))

    async def under_way(self, look: Look, order: Order) -> bool:
        """Whether a gateway is about to give back what is owed: then nobody does it by hand as well."""
        for attempt in await look.payments.of_order(order.id):
            if attempt.next_look_at is not None and await self.next_due(look, attempt) is not None:
                return True
        return False

    # --- giving back --------------------------------------------------------------------------------------------------

    async def next_due(self, look: Look, attempt: Attempt) -> Entry | None:
        """The oldest entry that this attempt's gateway still has to give back, with the amount that is left of it."""
        if attempt.gateway not in self._gateways or attempt.reason.startswith(REFUSED):
            return None
        entries = await look.payments.journal(attempt.order_id)
        if Balance.of(list(entries), attempt.amount.currency).owed.minor <= 0:
            return None
        for due in entries:
            if due.kind is not EntryKind.REFUND_DUE or due.attempt_id != attempt.id:
                continue
            if not self._can_give_back(attempt, due, entries):
                continue
            if not any(entry.key == _refunded_key(due) for entry in entries):
                return due
        return None

    def _can_give_back(self, attempt: Attempt, due: Entry, entries: Sequence[Entry]) -> bool:
        """Whether this gateway gives back so much of the charge: all of it, or a part, if it knows parts."""
        return self._gateways[attempt.gateway].capabilities.partial_refunds or any(
            due.key.endswith(f":{paid.key}") and due.amount == paid.amount
            for paid in entries
            if paid.kind is EntryKind.PAID
        )

    async def ask(self, attempt: Attempt, due: Entry) -> Succeeded | Declined | None:
        """Ask the gateway to give it back: the network, outside of any transaction. None: not known; ask again later."""
        charge_id = real_charge(due.charge_id, attempt)
        outcome = await self._gateways[attempt.gateway].refund(attempt.id, charge_id, due.amount, due.key)
        return outcome if isinstance(outcome, Succeeded | Declined) else None

    async def gone_there(self, attempt: Attempt, due: Entry) -> Money | None:
        """How much of the charge has gone back already, by a gateway that keeps statements; None if nobody can say. The network."""
        gateway = self._gateways[attempt.gateway]
        if not gateway.capabilities.statements:
            return None
        charge_id = real_charge(due.charge_id, attempt)
        answer = await gateway.refunded_so_far(charge_id, due.amount.currency)
        return None if isinstance(answer, Unknown) else answer

    async def record(
        self, work: Work, attempt_id: AttemptId, due: Entry, outcome: Succeeded | Declined | None
    ) -> Entry | None:
        """Record what the gateway said, under the order's lock. Returns the entry of money that went back just now."""
        await work.orders.locked(due.order_id)
        attempt = await work.payments.get(attempt_id)
        if attempt is None:
            return None
        now = self._clock.now()
        if isinstance(outcome, Declined):
            refused = replace(attempt, reason=f"{REFUSED}{outcome.reason}", updated_at=now, next_look_at=None)
            await work.payments.save(refused)
            return None
        if outcome is None:
            wait = min(_FIRST * 2 ** min(attempt.tries, 12), _LONGEST)
            await work.payments.save(replace(attempt, tries=attempt.tries + 1, next_look_at=now + wait))
            return None
        # Now rather than later: there may be another charge of this attempt to give back.
        await work.payments.save(replace(attempt, updated_at=now, next_look_at=now))
        gone = Entry(
            key=_refunded_key(due),
            order_id=due.order_id,
            kind=EntryKind.REFUNDED,
            amount=due.amount,
            way=due.way,
            at=now,
            attempt_id=attempt.id,
            charge_id=outcome.charge_id,
        )
        return gone if await work.payments.enter(gone) else None

    async def given_back_elsewhere(
        self, work: Work, order: Order, attempt: Attempt, given_back: Money
    ) -> Money:
        """A locked order's gateway says how much of an attempt's charge has gone back in all: what we do not know of was given
        back by somebody at the provider. Returns how much that is. While we are giving back ourselves, our own entry will say it.

        An order may have been charged twice, so each charge is held against its own entries; those by hand, which name no
        charge, may be any one's.
        """
        entries = list(await work.payments.journal(order.id))
        balance = Balance.of(entries, order.total.currency)
        zero = Money.zero(order.total.currency)
        if given_back.currency != balance.paid.currency or await self.under_way(work, order):
            return zero
        of_charge = [entry for entry in entries if _may_be_of(entry, attempt)]
        known = Balance.of(of_charge, order.total.currency)
        # What came back counts as gone: the gateway's word may be older than that, and must not pay off what is owed again.
        gone_before = Money(_gross(of_charge), order.total.currency)
        more = given_back - gone_before
        if more.minor <= 0 or balance.paid < balance.refunded + more:
            return zero
        paid = next((entry for entry in entries if entry.attempt_id == attempt.id), None)
        if paid is None:
            return zero
        unexpected = more - max(known.owed, zero)
        base = replace(paid, at=self._clock.now(), by_name="")
        due = replace(
            base,
            key=f"due:{ELSEWHERE} {_gross(entries)}+{more.minor}:{paid.key}",
            kind=EntryKind.REFUND_DUE,
            amount=unexpected,
        )
        if unexpected.minor > 0:
            await work.payments.enter(due)
        # By its key this due is done: the gateway is not asked to give the same back once more.
        gone = replace(base, key=_refunded_key(due), kind=EntryKind.REFUNDED, amount=more)
        return more if await work.payments.enter(gone) else zero

    async def came_back(self, work: Work, order: Order, attempt: Attempt, failed: RefundFailed) -> Money:
        """A refund that was booked did not reach the customer after all: it is owed again, and a person has to find another
        way. Returns how much that is; nothing if it is known already, or was never booked.

        What we gave back ourselves is found by the refund's own name; what somebody gave back at the provider, see `sent_back`.

        Raises PassingFailure while a refund of this attempt is under way: its own entry may be the one that is meant.
        """
        entries = await work.payments.journal(order.id)
        gone = next(
            (entry for entry in entries if entry.kind is EntryKind.REFUNDED and entry.attempt_id == attempt.id
             and entry.charge_id == failed.refund_id),
            None,
        )  # fmt: skip
        if gone is None:
            if attempt.next_look_at is not None and await self.next_due(work, attempt) is not None:
                raise PassingFailure("a refund's failure was reported before the refund")
            found = sent_back(entries, attempt, failed)
        else:
            found = [replace(gone, key=failed_key(attempt, failed), kind=EntryKind.REFUND_FAILED)]
        now = self._clock.now()
        entered = [replace(back, at=now) for back in found]
        return total(
            [back.amount for back in entered if await work.payments.enter(back)], order.total.currency
        )


def offer(entries: Sequence[Entry], terms: CancelTerms, now: datetime, currency: str) -> CancelOffer:
    """What would become of the money of a journal if its order were cancelled by these terms at that moment. The hours in which all
    of it goes back begin with the last payment."""
    found = _not_decided(entries)
    left = total([amount for _, amount in found], currency)
    if not found:
        return CancelOffer(left, left)
    paid_at = max(paid.at for paid, _ in found)
    kept, end = terms.keeps(left, paid_at, now), terms.free_until(paid_at)
    return CancelOffer(left - kept, kept, end if now < end and not terms.whole else None)


def _not_decided(entries: Sequence[Entry]) -> list[tuple[Entry, Money]]:
    """The charges of which something is neither due back nor kept, and how much."""
    found = [(paid, _left(paid, entries)) for paid in entries if paid.kind is EntryKind.PAID]
    return [(paid, left) for paid, left in found if left.minor > 0]


def _left(paid: Entry, entries: Sequence[Entry]) -> Money:
    """What of a charge is not due back yet, nor kept."""
    due = sum(
        entry.amount.minor
        for entry in entries
        if entry.kind in _DECIDED and entry.key.endswith(f":{paid.key}")
    )
    return Money(paid.amount.minor - due, paid.amount.currency)


def _may_be_of(entry: Entry, attempt: Attempt) -> bool:
    by_hand = entry.kind is EntryKind.REFUNDED and entry.attempt_id is None
    return by_hand or entry.attempt_id == attempt.id


def _gross(entries: Iterable[Entry]) -> int:
    return sum(entry.amount.minor for entry in entries if entry.kind is EntryKind.REFUNDED)


def _refunded_key(due: Entry) -> str:
    return f"refunded:{due.key}"
