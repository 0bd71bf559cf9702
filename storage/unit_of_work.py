"""One transaction over everything that is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property

from storage.books import SqlBooks
from storage.carts import SqlCarts
from storage.codes import SqlMailedCodes
from storage.connection import Connection
from storage.customers import SqlCustomers
from storage.dialogues import SqlDialogues
from storage.engine import Database
from storage.feed_jobs import SqlFeedJobs
from storage.files import SqlFiles
from storage.inbox import SqlInbox
from storage.limits import SqlLimits
from storage.orders import SqlOrders
from storage.outbox import SqlOutbox
from storage.payments import SqlPayments
from storage.questions import SqlQuestions
from storage.sessions import SqlSessions
from storage.staff import SqlStaff
from storage.stock import SqlStockLedger

Faults = Callable[[str], None]
"""Called with the name of a point where a test may kill the program: ``before-commit`` and ``after-commit``."""


def _no_faults(point: str) -> None:
    """Nothing happens there."""


class SqlLook:
    """The repositories over one connection, each made when it is first asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def books(self) -> SqlBooks:
        return SqlBooks(self._connection)

    @cached_property
    def stock(self) -> SqlStockLedger:
        return SqlStockLedger(self._connection)

    @cached_property
    def customers(self) -> SqlCustomers:
        return SqlCustomers(self._connection)

    @cached_property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self._connection)

    @cached_property
    def codes(self) -> SqlMailedCodes:
        return SqlMailedCodes(self._connection)

    @cached_property
    def limits(self) -> SqlLimits:
        return SqlLimits(self._connection)

    @cached_property
    def carts(self) -> SqlCarts:
        return SqlCarts(self._connection)

    @cached_property
    def orders(self) -> SqlOrders:
        return SqlOrders(self._connection)

    @cached_property
    def payments(self) -> SqlPayments:
        return SqlPayments(self._connection)

    @cached_property
    def staff(self) -> SqlStaff:
        return SqlStaff(self._connection)

    @cached_property
    def questions(self) -> SqlQuestions:
        return SqlQuestions(self._connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection)

    @cached_property
    def dialogues(self) -> SqlDialogues:
        return SqlDialogues(self._connection)

    @cached_property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._connection)

    @cached_property
    def feed_jobs(self) -> SqlFeedJobs:
        return SqlFeedJobs(self._connection)

    @cached_property
    def files(self) -> SqlFiles:
        return SqlFiles(self._connection)


class SqlWork(SqlLook):
    def __init__(self, connection: Connection, faults: Faults) -> None:
        super().__init__(connection)
        self._faults = faults

    async def commit(self) -> None:
        """Make everything so far durable. Once; nothing may be read or written after it."""
        self._faults("before-commit")
        await self._connection.commit()
        self._faults("after-commit")


class SqlUnitOfWork:
    def __init__(self, database: Database, *, faults: Faults = _no_faults) -> None:
        self._database = database
        self._faults = faults

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlWork]:
        async with self._database.work() as connection:
            yield SqlWork(connection, self._faults)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlLook]:
        async with self._database.look() as connection:
            yield SqlLook(connection)
