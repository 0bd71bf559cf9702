"""One transaction over the memory: a copy that takes the state's place when it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from storage.memory.books import MemoryBooks
from storage.memory.carts import MemoryCarts
from storage.memory.customers import MemoryCustomers, MemoryLimits, MemoryMailedCodes, MemorySessions
from storage.memory.dialogues import MemoryDialogues, MemoryFiles, MemoryInbox
from storage.memory.feed_jobs import MemoryFeedJobs
from storage.memory.orders import MemoryOrders
from storage.memory.outbox import MemoryOutbox
from storage.memory.payments import MemoryPayments
from storage.memory.questions import MemoryQuestions
from storage.memory.staff import MemoryStaff
from storage.memory.state import State
from storage.memory.stock import MemoryStockLedger


class MemoryLook:
    def __init__(self, state: State) -> None:
        self.state = state
        self.books = MemoryBooks(state)
        self.stock = MemoryStockLedger(state)
        self.customers = MemoryCustomers(state)
        self.sessions = MemorySessions(state)
        self.codes = MemoryMailedCodes(state)
        self.limits = MemoryLimits(state)
        self.carts = MemoryCarts(state)
        self.orders = MemoryOrders(state)
        self.payments = MemoryPayments(state)
        self.staff = MemoryStaff(state)
        self.questions = MemoryQuestions(state)
        self.outbox = MemoryOutbox(state)
        self.dialogues = MemoryDialogues(state)
        self.inbox = MemoryInbox(state)
        self.files = MemoryFiles(state)
        self.feed_jobs = MemoryFeedJobs(state)


class MemoryWork(MemoryLook):
    def __init__(self, state: State, publish: Callable[[State], None], faults: Callable[[str], None]) -> None:
        super().__init__(state)
        self._publish = publish
        self._faults = faults

    async def commit(self) -> None:
        self._faults("before-commit")
        self._publish(self.state)
        self._faults("after-commit")


class MemoryUnitOfWork:
    """One writer at a time; readers see what was committed when they began."""

    def __init__(self, *, faults: Callable[[str], None] = lambda point: None) -> None:
        self._state = State()
        self._turn = asyncio.Lock()
        self._faults = faults

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryWork]:
        async with self._turn:
            yield MemoryWork(self._state.copy(), self._publish, self._faults)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryLook]:
        yield MemoryLook(self._state)

    def _publish(self, state: State) -> None:
        # What the transaction still does to its own state after this is nobody's.
        self._state = state.copy()
