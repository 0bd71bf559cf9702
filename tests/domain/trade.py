"""A shop's services for carts, orders and money over any store, with a clock that a test turns."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.book import Supply
from domain.cart import CartOwner
from domain.catalogue import CatalogueRow
from domain.hours import OpeningHours
from domain.ids import AttemptId, BookId, ChatId, CustomerId, OrderId, UserId
from domain.money import Money
from domain.order import OPEN, Order
from domain.payment import Attempt, Balance
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.services.carts import ShoppingCart
from domain.services.checkout import Checkout, Placed
from domain.services.desk import Desk
from domain.services.expiry import Expiry
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.orders import CustomerOrders
from domain.services.payments import OnlinePayments
from domain.services.reconciliation import Reconciliation
from domain.services.refunds import Refunds
from domain.services.settlement import Charge, Settled, Settlement
from domain.shop import Shop
from domain.staff import Member
from identity.clock import SecretIds
from storage.catalogue import SqlCatalogue
from storage.memory import MemoryCatalogue
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TOM = Member(UserId(900), "Tom")
SHOP = Shop(
    name="The Corner Bookshop",
    address="12 Mill Lane",
    hours=OpeningHours.parse("Mo-Su 09:00-18:00", ZoneInfo("Europe/London")),
    currency="EUR",
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@dataclass
class Hands:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def pass_time(self, span: timedelta) -> None:
        self.at += span


class Running(Hands):
    """Hands that go on by a second each time they are looked at, once they run."""

    running = False

    def now(self) -> datetime:
        if self.running:
            self.at += timedelta(seconds=1)
        return self.at


class Trade:
    """Each method is one transaction, as a turn is."""

    def __init__(
        self,
        uow: UnitOfWork,
        catalogue: SqlCatalogue | MemoryCatalogue,
        *gateways: PretendGateway,
        shop: Shop = SHOP,
        clock: Hands | None = None,
    ) -> None:
        self.uow = uow
        self.catalogue = catalogue
        self.shop = shop
        self.clock = clock or Hands()
        self.gateways = {gateway.name: gateway for gateway in gateways or (PretendGateway(),)}
        ids = SecretIds()
        self.refunds = Refunds(clock=self.clock, gateways=self.gateways)
        self.lifecycle = Lifecycle(
            holds=Holds(clock=self.clock), refunds=self.refunds, clock=self.clock, ids=ids, shop=shop
        )
        self.cart = ShoppingCart(shop=shop)
        self.payments = OnlinePayments(
            lifecycle=self.lifecycle, gateways=self.gateways, clock=self.clock, ids=ids, shop=shop
        )
        self.checkout = Checkout(
            cart=self.cart,
            payments=self.payments,
            lifecycle=self.lifecycle,
            clock=self.clock,
            ids=ids,
            shop=shop,
        )
        self.orders = CustomerOrders(lifecycle=self.lifecycle, cart=self.cart, clock=self.clock)
        self.settlement = Settlement(lifecycle=self.lifecycle, clock=self.clock)
        self.reconciliation = Reconciliation(
            settlement=self.settlement, lifecycle=self.lifecycle, gateways=self.gateways, clock=self.clock
        )
        self.expiry = Expiry(
            lifecycle=self.lifecycle, reconciliation=self.reconciliation, clock=self.clock, shop=shop
        )
        self.desk = Desk(self.lifecycle)
        self._numbers = itertools.count(1)

    @classmethod
    def over(cls, store: Store, *gateways: PretendGateway, shop: Shop = SHOP) -> Trade:
        return cls(store.uow, store.catalogue, *gateways, shop=shop)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Work]:
        """A transaction that is committed unless something is raised."""
        async with self.uow.writing() as work:
            yield work
            await work.commit()

    # --- the shop and its people --------------------------------------------------------------------------------------

    async def book(
        self, on_hand: int, *, price: int | None = 1000, orderable: bool = False, title: str = ""
    ) -> BookId:
        title = title or f"Book {next(self._numbers)}"
        await self.catalogued(title, on_hand, price=price, orderable=orderable)
        async with self.uow.reading() as look:
            return next(book.id for book in await look.books.newest(100) if book.title == title)

    async def catalogued(
        self, title: str, on_hand: int, *, price: int | None = 1000, orderable: bool = False
    ) -> None:
        """The feed's record of a book, new or changed."""
        row = CatalogueRow(
            source="tests",
            source_ref=title,
            title=title,
            currency="EUR",
            price=None if price is None else eur(price),
            supply=Supply.ORDERABLE if orderable else Supply.UNAVAILABLE,
            lead_days=4 if orderable else None,
            on_hand=on_hand,
        )
        async for _ in self.catalogue.load([row], self.clock.now()):
            pass

    async def customer(self, name: str = "Ann") -> CartOwner:
        number = next(self._numbers)
        async with self.turn() as work:
            customer_id = await work.customers.add(
                email=f"{name.lower()}{number}@example.org",
                name=name,
                language="en",
                password_hash="hash",
                at=self.clock.now(),
                confirmed=True,
            )
        return CartOwner(customer_id, ChatId(number), UserId(number))

    # --- buying -------------------------------------------------------------------------------------------------------

    async def fill(self, owner: CartOwner, *wanted: tuple[BookId, int]) -> None:
        async with self.turn() as work:
            for book_id, quantity in wanted:
                await self.cart.set_quantity(work, owner, book_id, seen=0, to=quantity)

    async def place(self, owner: CartOwner, way: str = "counter") -> Placed:
        """What is in the cart, on the terms of this moment."""
        async with self.uow.reading() as look:
            summary = await self.checkout.summary(look, owner)
        async with self.turn() as work:
            return await self.checkout.place(
                work,
                owner,
                checkout_id=summary.checkout_id,
                agreed=summary.fingerprint,
                way=way,
                language="en",
            )

    async def reserved(self, owner: CartOwner, *wanted: tuple[BookId, int]) -> Order:
        await self.fill(owner, *wanted)
        return (await self.place(owner)).order

    async def to_pay(self, owner: CartOwner, *wanted: tuple[BookId, int]) -> tuple[Order, Attempt]:
        """An order that awaits payment, its attempt started."""
        await self.fill(owner, *wanted)
        placed = await self.place(owner, next(iter(self.gateways)))
        assert placed.attempt is not None
        await self.start(placed.attempt.id)
        return placed.order, placed.attempt

    async def start(self, attempt_id: AttemptId) -> None:
        async with self.uow.reading() as look:
            payable = await self.payments.payable(look, attempt_id)
        assert payable is not None
        answer = await self.payments.ask(*payable)
        async with self.turn() as work:
            await self.payments.record_start(work, attempt_id, answer)

    async def approve(self, attempt: Attempt, query: str = "q1", amount: Money | None = None) -> Order:
        async with self.turn() as work:
            return await self.payments.approve(
                work,
                attempt.id,
                query_id=query,
                payer=UserId(1),
                shown_to=UserId(1),
                amount=amount or attempt.amount,
            )

    async def charged(
        self, attempt: Attempt, charge_id: str = "c1", amount: Money | None = None, *, rightful: bool = True
    ) -> Settled:
        charge = Charge(attempt.gateway, charge_id, amount or attempt.amount, rightful=rightful)
        async with self.turn() as work:
            return await self.settlement.charged(work, attempt.id, charge, tell=True)

    async def cancel(self, work: Work, customer_id: CustomerId, order_id: OrderId) -> tuple[Order, bool]:
        """The customer asks, reads what goes back, and confirms, all at one moment."""
        seen = (await self.orders.view(work, customer_id, order_id)).cancelling
        agreed = seen.back.minor if seen is not None else 0
        return await self.orders.cancel(work, customer_id, order_id, agreed=agreed)

    # --- looking ------------------------------------------------------------------------------------------------------

    async def order(self, order_id: OrderId) -> Order:
        async with self.uow.reading() as look:
            found = await look.orders.get(order_id)
        assert found is not None
        return found

    async def balance(self, order: Order) -> Balance:
        async with self.uow.reading() as look:
            return await self.lifecycle.balance(look, order)

    async def attempt(self, attempt_id: AttemptId) -> Attempt:
        async with self.uow.reading() as look:
            found = await look.payments.get(attempt_id)
        assert found is not None
        return found

    async def told(self) -> Counter[str]:
        """The kinds of what waited in the outbox; it is delivered."""
        async with self.uow.writing() as work:
            kinds: Counter[str] = Counter()
            now = self.clock.now() + timedelta(days=1)
            while leased := await work.outbox.lease(now, now + timedelta(days=1), 100):
                for item in leased:
                    kinds[item.message.kind] += 1
                    await work.outbox.delivered(item.id, now)
            await work.commit()
            return kinds

    async def stock_adds_up(self, *books: BookId) -> None:
        """Both numbers are the ledger's sums, not negative, and what is held is what open orders hold."""
        async with self.uow.reading() as look:
            orders, _ = await look.orders.open_ones(offset=0, limit=1000)
            found = await look.books.many(books)
            for book_id in books:
                stock = found[book_id].stock
                assert stock == await look.stock.sums(book_id)
                assert 0 <= stock.held <= stock.on_hand
                promised = sum(
                    line.held
                    for order in orders
                    if order.state in OPEN
                    for line in order.lines
                    if line.book_id == book_id
                )
                assert stock.held == promised
