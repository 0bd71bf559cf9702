"""Payment attempts, the events of gateways, and the journal of money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ids import AttemptId, OrderId
from domain.money import Money
from domain.payment import Attempt, AttemptState, Entry, EntryKind, GatewayEvent, charge_key
from storage.connection import Connection
from storage.statements import insert, unawaited
from storage.tables import Moment, attempts, gateway_events, money_journal

_ATTEMPT = sa.select(
    attempts.c.id,
    attempts.c.order_id,
    attempts.c.gateway,
    attempts.c.amount,
    attempts.c.currency,
    attempts.c.state,
    attempts.c.created_at,
    attempts.c.updated_at,
    attempts.c.reference,
    attempts.c.approved_until,
    attempts.c.charge_id,
    attempts.c.reason,
    attempts.c.tries,
    attempts.c.next_look_at,
)
_ENTRY = sa.select(
    money_journal.c.key,
    money_journal.c.order_id,
    money_journal.c.kind,
    money_journal.c.amount,
    money_journal.c.currency,
    money_journal.c.way,
    money_journal.c.at,
    money_journal.c.attempt_id,
    money_journal.c.charge_id,
    money_journal.c.by_name,
)

ADD = unawaited(sa.insert(attempts))
GET = _ATTEMPT.where(attempts.c.id == bindparam("attempt"))

# By the gateway's own name for it; the newest, should a gateway ever give one name twice.
BY_REFERENCE = (
    _ATTEMPT.where(attempts.c.gateway == bindparam("through"), attempts.c.reference == bindparam("named"))
    .order_by(attempts.c.created_at.desc(), attempts.c.id.desc())
    .limit(1)
)

# Whose charge an entry of the journal is.
BY_CHARGE = _ATTEMPT.where(
    attempts.c.id
    == sa.select(money_journal.c.attempt_id)
    .where(money_journal.c.key == bindparam("entry"))
    .scalar_subquery()
)
OF_ORDER = _ATTEMPT.where(attempts.c.order_id == bindparam("order")).order_by(
    attempts.c.created_at.desc(), attempts.c.id.desc()
)

# All that may change of an attempt: what it is for, through whom and how much it is stay as they were written.
SAVE = unawaited(
    sa.update(attempts)
    .where(attempts.c.id == bindparam("attempt"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "state",
                "updated_at",
                "reference",
                "approved_until",
                "charge_id",
                "reason",
                "tries",
                "next_look_at",
            )
        }
    )
)

# Attempts that have to be asked about, the longest waiting first.
UNSETTLED = (
    _ATTEMPT.where(attempts.c.next_look_at <= bindparam("now", type_=Moment))
    .order_by(attempts.c.next_look_at)
    .limit(bindparam("most"))
)

# What an entry adds to the money that is owed.
OWED_BY = sa.case(
    (money_journal.c.kind == EntryKind.REFUND_DUE.value, money_journal.c.amount),
    (money_journal.c.kind == EntryKind.REFUND_FAILED.value, money_journal.c.amount),
    (money_journal.c.kind == EntryKind.REFUNDED.value, -money_journal.c.amount),
    else_=0,
)

# Orders of which more is due back than went back.
OWING = (
    sa.select(money_journal.c.order_id)
    .where(money_journal.c.kind != EntryKind.PAID.value)
    .group_by(money_journal.c.order_id)
    .having(sa.func.sum(OWED_BY) > 0)
    .order_by(money_journal.c.order_id)
    .limit(bindparam("most"))
)

# Attempts of which nobody knows what came of them, oldest first.
IN_DOUBT = (
    _ATTEMPT.where(attempts.c.state == AttemptState.IN_DOUBT.value)
    .order_by(attempts.c.created_at, attempts.c.id)
    .limit(bindparam("most"))
)

# An event counts once, by the gateway's own id of it.
RECORD_EVENT = insert(gateway_events).on_conflict_do_nothing()

# An entry counts once, by its key.
ENTER = insert(money_journal).on_conflict_do_nothing(index_elements=["key"])
JOURNAL = _ENTRY.where(money_journal.c.order_id == bindparam("order")).order_by(money_journal.c.id)
JOURNAL_BETWEEN = _ENTRY.where(
    money_journal.c.at >= bindparam("start", type_=Moment),
    money_journal.c.at < bindparam("end", type_=Moment),
).order_by(money_journal.c.at, money_journal.c.id)


class SqlPayments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, attempt: Attempt) -> None:
        await self._connection.execute(
            ADD,
            {
                "id": attempt.id,
                "order_id": attempt.order_id,
                "gateway": attempt.gateway,
                "amount": attempt.amount.minor,
                "currency": attempt.amount.currency,
                "created_at": attempt.created_at,
                **_changing(attempt),
            },
        )

    async def get(self, attempt_id: AttemptId) -> Attempt | None:
        row = (await self._connection.execute(GET, {"attempt": attempt_id})).one_or_none()
        return None if row is None else _attempt(row)

    async def by_reference(self, gateway: str, reference: str) -> Attempt | None:
        row = (
            await self._connection.execute(BY_REFERENCE, {"through": gateway, "named": reference})
        ).one_or_none()
        return None if row is None else _attempt(row)

    async def by_charge(self, gateway: str, charge_id: str) -> Attempt | None:
        entry = {"entry": charge_key(gateway, charge_id)}
        row = (await self._connection.execute(BY_CHARGE, entry)).one_or_none()
        return None if row is None else _attempt(row)

    async def of_order(self, order_id: OrderId) -> tuple[Attempt, ...]:
        rows = await self._connection.execute(OF_ORDER, {"order": order_id})
        return tuple(_attempt(row) for row in rows)

    async def save(self, attempt: Attempt) -> None:
        values = {f"new_{name}": value for name, value in _changing(attempt).items()}
        await self._connection.execute(SAVE, {"attempt": attempt.id, **values})

    async def record_event(self, event: GatewayEvent) -> bool:
        new = {
            "gateway": event.gateway,
            "event_id": event.event_id,
            "kind": event.kind,
            "attempt_id": event.attempt_id,
            "raw": event.raw,
            "at": event.at,
        }
        return (await self._connection.execute(RECORD_EVENT, new)).rowcount == 1

    async def enter(self, entry: Entry) -> bool:
        new = {
            "key": entry.key,
            "order_id": entry.order_id,
            "kind": entry.kind.value,
            "amount": entry.amount.minor,
            "currency": entry.amount.currency,
            "way": entry.way,
            "attempt_id": entry.attempt_id,
            "charge_id": entry.charge_id,
            "by_name": entry.by_name,
            "at": entry.at,
        }
        return (await self._connection.execute(ENTER, new)).rowcount == 1

    async def journal(self, order_id: OrderId) -> tuple[Entry, ...]:
        rows = await self._connection.execute(JOURNAL, {"order": order_id})
        return tuple(_entry(row) for row in rows)

    async def journal_between(self, start: datetime, end: datetime) -> tuple[Entry, ...]:
        """From ``start`` to just before ``end``, oldest first."""
        rows = await self._connection.execute(JOURNAL_BETWEEN, {"start": start, "end": end})
        return tuple(_entry(row) for row in rows)

    async def owing(self, limit: int) -> tuple[OrderId, ...]:
        rows = await self._connection.execute(OWING, {"most": limit})
        return tuple(OrderId(found) for found in rows.scalars())

    async def in_doubt(self, limit: int) -> tuple[Attempt, ...]:
        rows = await self._connection.execute(IN_DOUBT, {"most": limit})
        return tuple(_attempt(row) for row in rows)

    async def unsettled(self, now: datetime, limit: int) -> tuple[Attempt, ...]:
        rows = await self._connection.execute(UNSETTLED, {"now": now, "most": limit})
        return tuple(_attempt(row) for row in rows)


def _changing(attempt: Attempt) -> dict[str, Any]:
    return {
        "state": attempt.state.value,
        "updated_at": attempt.updated_at,
        "reference": attempt.reference,
        "approved_until": attempt.approved_until,
        "charge_id": attempt.charge_id,
        "reason": attempt.reason,
        "tries": attempt.tries,
        "next_look_at": attempt.next_look_at,
    }


def _attempt(row: Sequence[Any]) -> Attempt:
    number, order, gateway, amount, currency, state, *rest = row
    return Attempt(number, order, gateway, Money(amount, currency), AttemptState(state), *rest)


def _entry(row: Sequence[Any]) -> Entry:
    key, order, kind, amount, currency, *rest = row
    return Entry(key, order, EntryKind(kind), Money(amount, currency), *rest)
