"""What an operator watches, read from the database: `domain.figures`."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.figures import Figures
from domain.order import OPEN, OrderState
from domain.payment import AttemptState, EntryKind
from storage.engine import Database
from storage.failures import entering
from storage.outbox import GIVEN_UP
from storage.payments import OWED_BY
from storage.tables import (
    attempts,
    dialogues,
    money_journal,
    order_lines,
    orders,
    outbox,
    update_failures,
)

ORDERS = sa.select(orders.c.state, sa.func.count()).group_by(orders.c.state)
ATTEMPTS = sa.select(attempts.c.state, sa.func.count()).group_by(attempts.c.state)
HELD = (
    sa.select(
        sa.func.count(sa.distinct(order_lines.c.order_id)),
        sa.func.coalesce(sa.func.sum(order_lines.c.held), 0),
    )
    .select_from(orders.join(order_lines, order_lines.c.order_id == orders.c.id))
    .where(orders.c.state.in_(sorted(state.value for state in OPEN)), order_lines.c.held > 0)
)

# Orders of which more is due back than went back, and how much.
_owed = (
    sa.select(
        money_journal.c.currency.label("currency"),
        sa.func.sum(OWED_BY).label("owed"),
    )
    .where(money_journal.c.kind != EntryKind.PAID.value)
    .group_by(money_journal.c.order_id, money_journal.c.currency)
    .subquery()
)
OWED = (
    sa.select(_owed.c.currency, sa.func.count(), sa.func.sum(_owed.c.owed))
    .where(_owed.c.owed > 0)
    .group_by(_owed.c.currency)
)

# Written out, not bound: the partial indexes serve only a query that says so itself.
WAITING = sa.select(sa.func.count(), sa.func.min(outbox.c.written_at)).where(
    outbox.c.state == sa.literal_column("'waiting'")
)
UNDELIVERABLE = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state == GIVEN_UP)
UNSHOWN = (
    sa.select(sa.func.count()).select_from(dialogues).where(dialogues.c.version > dialogues.c.shown_version)
)
FAILED = sa.select(sa.func.count()).select_from(update_failures)


class SqlFigures:
    """A second's work at most on a large shop, on a connection of its own: nobody's turn waits for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, now: datetime) -> Figures:
        """One moment's figures. Raises PassingFailure when the database is away or busy."""
        async with self._database.reading() as connection:
            with entering():
                return await self._read(connection, now)

    async def _read(self, connection: AsyncConnection, now: datetime) -> Figures:
        async def one(statement: sa.Select[int]) -> int:
            return (await connection.execute(statement)).scalar_one()

        held_orders, held_copies = (await connection.execute(HELD)).one()
        waiting, oldest = (await connection.execute(WAITING)).one()
        owed = (await connection.execute(OWED)).all()
        return Figures(
            orders={OrderState(state): count for state, count in await connection.execute(ORDERS)},
            attempts={AttemptState(state): count for state, count in await connection.execute(ATTEMPTS)},
            held_orders=int(held_orders),
            held_copies=int(held_copies),
            owing_orders=sum(int(count) for _, count, _ in owed),
            owed={currency: int(amount) for currency, _, amount in owed},
            outbox_waiting=int(waiting),
            outbox_oldest=0.0 if oldest is None else max(0.0, (now - oldest).total_seconds()),
            outbox_undeliverable=await one(UNDELIVERABLE),
            updates_failed=await one(FAILED),
            unshown=await one(UNSHOWN),
            database_bytes=await self._size(connection),
        )

    async def _size(self, connection: AsyncConnection) -> int:
        """Of the database with its indexes; on SQLite with the log of what was written since the last checkpoint."""
        if not self._database.sqlite:
            size = await connection.execute(sa.text("SELECT pg_database_size(current_database())"))
            return int(size.scalar_one())
        file = Path(sa.make_url(self._database.url).database or "")
        size_on_disk = 0
        for path in (file, file.with_name(file.name + "-wal")):
            with contextlib.suppress(FileNotFoundError):
                size_on_disk += path.stat().st_size
        return size_on_disk
