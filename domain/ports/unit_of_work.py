"""One transaction over everything that is stored."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.ports.books import Books
from domain.ports.carts import Carts
from domain.ports.customers import Customers, Limits, MailedCodes, Sessions
from domain.ports.dialogues import Dialogues, Files, Inbox
from domain.ports.feed_jobs import FeedJobs
from domain.ports.orders import Orders
from domain.ports.outbox import Outbox
from domain.ports.payments import Payments
from domain.ports.questions import Questions
from domain.ports.staff import Staff
from domain.ports.stock import StockLedger


class Look(Protocol):
    """A consistent reading, which locks nothing and never waits for a writer."""

    @property
    def books(self) -> Books: ...
    @property
    def stock(self) -> StockLedger: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def codes(self) -> MailedCodes: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def carts(self) -> Carts: ...
    @property
    def orders(self) -> Orders: ...
    @property
    def payments(self) -> Payments: ...
    @property
    def staff(self) -> Staff: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def feed_jobs(self) -> FeedJobs: ...
    @property
    def files(self) -> Files: ...


class Work(Look, Protocol):
    """A transaction that may write. Leaving it without `commit` rolls everything back."""

    async def commit(self) -> None: ...


class UnitOfWork(Protocol):
    """Raises `domain.errors.PassingFailure` when the database is busy or away; no driver's exception comes through."""

    def writing(self) -> AbstractAsyncContextManager[Work]: ...

    def reading(self) -> AbstractAsyncContextManager[Look]: ...
