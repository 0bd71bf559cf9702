"""A shop's services over a real database, which may end at any commit and any call of a gateway, and begin anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from bot.gateway_events import GatewayEvents
from domain.cancelling import CancelTerms, CancelUntil
from domain.cart import CartOwner
from domain.errors import PassingFailure, ShopError
from domain.ids import BookId, OrderId
from domain.order import TRANSITIONS, Order, OrderState, Way
from domain.payment import Entry, EntryKind
from domain.ports.gateway import PaymentGateway
from payments.seam import GatewaySeam
from payments.telegram import TelegramInvoices
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import SHOP, Hands, Trade
from tests.stateful.gateway import Invoices, TillGateway

KEEPING = replace(SHOP, cancel_terms=CancelTerms(CancelUntil.COLLECTED, percent=33, fee=50, free_hours=1))
"""It keeps a part of what a customer cancels later than an hour after paying."""


class Crash(BaseException):
    """The process is gone: nothing handles that."""


class CrashingShop:
    """``till`` and ``invoices`` are the gateways' own books; ``told`` is what arrived: the message's number, order, kind and amount."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.clock = Hands()
        self.till, self.invoices = TillGateway(), Invoices()
        self.told: list[tuple[int, OrderId, str, int]] = []
        self.crashes = 0
        self._left = 0
        self.trade: Trade
        self.events: GatewayEvents
        self._open()

    def _open(self) -> None:
        """A new process: nothing is left of the old one but the database."""
        uow = SqlUnitOfWork(self.database, faults=self._meet)
        gateways: dict[str, PaymentGateway] = {
            "till": GatewaySeam(self.till, self._meet),
            "telegram": TelegramInvoices("token"),
        }
        pretended = cast("tuple[PretendGateway, ...]", tuple(gateways.values()))  # any gateway will do
        self.trade = Trade(uow, SqlCatalogue(self.database), *pretended, shop=KEEPING, clock=self.clock)
        self.events = GatewayEvents(
            gateway=gateways["till"],
            settlement=self.trade.settlement,
            unit_of_work=uow,
            clock=self.clock,
            after_commit=lambda: None,
        )

    def _meet(self, point: str) -> None:
        if self._left:
            self._left -= 1
            if not self._left:
                raise Crash(point)

    async def does(self, work: Callable[[], Awaitable[Any]], crash_at: int = 0) -> Any:
        """What somebody tries. A fact of the shop that stops it is an answer: None.

        ``crash_at``: it dies at that point, if it meets so many. Whoever asked for it asks again: Telegram, a gateway, a job.
        """
        self._left = crash_at
        for _ in range(2):
            try:
                return await work()
            except (ShopError, PassingFailure):
                return None
            except Crash:
                self.crashes += 1
                self._open()
            finally:
                self._left = 0
        raise AssertionError("it crashed twice")

    # --- what is done by itself ---------------------------------------------------------------------------------------

    async def jobs(self) -> None:
        trade, uow = self.trade, self.trade.uow
        await trade.expiry.run(uow)
        await trade.expiry.remind(uow)
        await trade.reconciliation.run(uow)
        async with trade.turn() as work:
            left_behind = await trade.payments.claim_unstarted(work)
        for left in left_behind:
            try:
                await trade.start(left.attempt_id)
            except (ShopError, AssertionError):
                continue  # it moved on meanwhile

    async def relay(self) -> None:
        """Each message is taken, arrives, and is marked: in three steps, between which the process may end."""
        uow, now = self.trade.uow, self.clock.now()
        while True:
            async with uow.writing() as work:
                leased = await work.outbox.lease(now, now + timedelta(seconds=20), 16)
                await work.commit()
            if not leased:
                return
            for item in leased:
                data = item.message.data
                amount = int(data.get("amount") or 0)
                self.told.append((item.id, OrderId(int(data.get("order") or 0)), item.message.kind, amount))
                async with uow.writing() as work:
                    await work.outbox.delivered(item.id, now)
                    await work.commit()

    # --- looking ------------------------------------------------------------------------------------------------------

    async def orders_of(self, buyers: list[CartOwner]) -> list[Order]:
        found: list[Order] = []
        async with self.trade.uow.reading() as look:
            for buyer in buyers:
                assert buyer.customer_id is not None
                found += (await look.orders.of_customer(buyer.customer_id, offset=0, limit=1000))[0]
        return found

    async def journal(self, orders: list[Order]) -> list[Entry]:
        async with self.trade.uow.reading() as look:
            return [entry for order in orders for entry in await look.payments.journal(order.id)]

    def heard(self, order: Order) -> Counter[str]:
        """What arrived about an order, by kind."""
        return Counter(kind for _, order_id, kind, _ in self.told if order_id == order.id)


def by_gateway(entries: list[Entry], way: str, kind: EntryKind) -> Counter[tuple[str, int]]:
    """The journal as that gateway would keep it: by the charge that was taken, or is given back."""
    charge_of = {entry.key: entry.charge_id for entry in entries if entry.kind is not EntryKind.REFUNDED}
    return Counter(
        (charge_of[entry.key.removeprefix("refunded:")], entry.amount.minor)
        for entry in entries
        if entry.way == way and entry.kind is kind
    )


def leads(before: OrderState, after: OrderState) -> bool:
    """Whether the table leads there, in as many steps as were made at once (a job may expire and then pay)."""
    reached, new = {before}, {before}
    while new:
        new = {state for one in new for state in TRANSITIONS[one]} - reached
        reached |= new
    return after in reached


def gives_books_for_money(order: Order) -> bool:
    return order.state in (OrderState.PAID, OrderState.COLLECTED) or (
        order.state is OrderState.READY and order.way is Way.ONLINE
    )


def held(orders: list[Order], book_id: BookId) -> int:
    return sum(line.held for order in orders if order.open for line in order.lines if line.book_id == book_id)
