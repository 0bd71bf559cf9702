"""A shop's services for buying, without the chat: buyers with full carts, their checkouts, and whether the books add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.book import Supply
from domain.cart import CartOwner
from domain.catalogue import CatalogueRow
from domain.errors import OutOfStock, PassingFailure, SummaryChanged
from domain.hours import OpeningHours
from domain.ids import BookId, ChatId, UserId
from domain.money import Money
from domain.order import Order
from domain.payment import EntryKind
from domain.ports.unit_of_work import Work
from domain.services.carts import ShoppingCart
from domain.services.checkout import COUNTER, Checkout, Placed
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.payments import OnlinePayments
from domain.services.refunds import Refunds
from domain.services.settlement import Charge, Fate, Settlement
from domain.shop import Shop
from domain.views import SummaryView
from identity.clock import SecretIds, SystemClock
from payments.telegram import TelegramInvoices
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork

TRIES = 3
"""How often a passing failure is met before it counts: as often as an update comes again."""
_PAGE = 500


class DoesNotAddUp(Exception):
    """What is stored contradicts itself, or what the buyers were told."""


@dataclass(slots=True)
class Answers:
    """What the buyers were told."""

    orders: list[str] = field(default_factory=list)
    """The numbers of the orders that were confirmed."""
    sold_out: int = 0
    again: int = 0
    """Passing failures after which the same checkout was tried once more."""
    unclear: Counter[str] = field(default_factory=Counter)
    """Failures that are no answer to a customer, by name."""


class Till:
    """The domain's services as the bot wires them, over one database, paid with Telegram's invoices."""

    def __init__(self, database: Database) -> None:
        clock, ids = SystemClock(), SecretIds()
        gateways = {TelegramInvoices.name: TelegramInvoices("1:BENCHMARK")}
        shop = Shop(
            name="The Corner Bookshop",
            address="12 Mill Lane",
            hours=OpeningHours.parse("Mo-Su 09:00-18:00", ZoneInfo("Europe/London")),
            currency="EUR",
        )
        self._uow = SqlUnitOfWork(database)
        self._catalogue = SqlCatalogue(database)
        lifecycle = Lifecycle(
            holds=Holds(clock=clock),
            refunds=Refunds(clock=clock, gateways=gateways),
            clock=clock,
            ids=ids,
            shop=shop,
        )
        cart = ShoppingCart(shop=shop)
        self._cart = cart
        self._payments = OnlinePayments(
            lifecycle=lifecycle, gateways=gateways, clock=clock, ids=ids, shop=shop
        )
        self._checkout = Checkout(
            cart=cart, payments=self._payments, lifecycle=lifecycle, clock=clock, ids=ids, shop=shop
        )
        self._settlement = Settlement(lifecycle=lifecycle, clock=clock)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[Work]:
        async with self._uow.writing() as work:
            yield work
            await work.commit()

    # --- before ---------------------------------------------------------------------------------------------------------

    async def books(self, name: str, count: int, copies: int) -> list[BookId]:
        """New books, so many copies of each."""
        rows = [
            CatalogueRow(
                source="benchmark",
                source_ref=f"{name} {number}",
                title=f"{name} {number}",
                currency="EUR",
                price=Money(995 + number, "EUR"),
                supply=Supply.UNAVAILABLE,
                on_hand=copies,
            )
            for number in range(count)
        ]
        async for _ in self._catalogue.load(rows, datetime.now(UTC)):
            pass
        titles = {row.title for row in rows}
        async with self._uow.reading() as look:
            found = [book.id for book in await look.books.newest(count) if book.title in titles]
        if len(found) != count:
            raise DoesNotAddUp(f"{len(found)} of {count} books are there")
        return found

    async def buyers(self, name: str, carts: Sequence[Sequence[BookId]]) -> list[CartOwner]:
        """New customers, each with one copy of each of these books in the cart."""
        owners = []
        now = datetime.now(UTC)
        async with self._turn() as work:
            for number, books in enumerate(carts):
                customer_id = await work.customers.add(
                    email=f"{name}{number}@example.org",
                    name=f"Reader {number}",
                    language="en",
                    password_hash="",
                    at=now,
                    confirmed=True,
                )
                if customer_id is None:
                    raise DoesNotAddUp(f"{name}{number} was here before: the database has to be new")
                owner = CartOwner(customer_id, ChatId(customer_id), UserId(customer_id))
                for book_id in books:
                    await self._cart.set_quantity(work, owner, book_id, seen=0, to=1)
                owners.append(owner)
        return owners

    # --- a checkout -----------------------------------------------------------------------------------------------------

    async def buy(self, owner: CartOwner, way: str, answers: Answers) -> None:
        """From the summary to a confirmed order: reserved at the counter, or paid. What comes of it is put into ``answers``."""
        try:
            async with self._uow.reading() as look:
                summary = await self._checkout.summary(look, owner)
            placed = await self._place(owner, summary, way, answers)
            if placed.attempt is not None:
                await self._pay(owner, placed, answers)
        except (OutOfStock, SummaryChanged):
            answers.sold_out += 1
        except Exception as error:  # whatever it is, it is counted as one that no customer should see
            answers.unclear[type(error).__name__] += 1
        else:
            answers.orders.append(placed.order.number)

    async def _place(self, owner: CartOwner, summary: SummaryView, way: str, answers: Answers) -> Placed:
        for again in range(TRIES):
            try:
                async with self._turn() as work:
                    return await self._checkout.place(
                        work,
                        owner,
                        checkout_id=summary.checkout_id,
                        agreed=summary.fingerprint,
                        way=way,
                        language="en",
                    )
            except PassingFailure:
                if again == TRIES - 1:
                    raise
                answers.again += 1
        raise AssertionError("the last try returns or raises")

    async def _pay(self, owner: CartOwner, placed: Placed, answers: Answers) -> None:
        """The invoice, the pre-checkout and the payment, each committed on its own as in the chat."""
        attempt = placed.attempt
        if attempt is None:
            raise DoesNotAddUp("nothing to pay")
        async with self._uow.reading() as look:
            payable = await self._payments.payable(look, attempt.id)
        if payable is None:
            raise DoesNotAddUp("a new attempt cannot be paid")
        answer = await self._payments.ask(*payable)
        async with self._turn() as work:
            await self._payments.record_start(work, attempt.id, answer)
        async with self._turn() as work:
            await self._payments.approve(
                work,
                attempt.id,
                query_id=f"q{attempt.id}",
                payer=owner.user_id,
                shown_to=owner.user_id,
                amount=attempt.amount,
            )
        async with self._turn() as work:
            charge = Charge(attempt.gateway, f"c{attempt.id}", attempt.amount)
            settled = await self._settlement.charged(work, attempt.id, charge, tell=False)
            if settled.fate is not Fate.PAID:
                raise DoesNotAddUp(f"a payment is {settled.fate}")

    # --- afterwards -----------------------------------------------------------------------------------------------------

    async def check(self, books: Sequence[BookId], copies: int, way: str, answers: Answers) -> None:
        """Raises DoesNotAddUp unless stock, ledger, orders, journal and what the buyers were told agree."""
        orders = [order for order in await self._orders() if order.lines[0].book_id in set(books)]
        if sorted(order.number for order in orders) != sorted(answers.orders):
            raise DoesNotAddUp(f"{len(orders)} orders are stored, {len(answers.orders)} were confirmed")
        sold: Counter[BookId] = Counter()
        for order in orders:
            for line in order.lines:
                sold[line.book_id] += line.quantity
        async with self._uow.reading() as look:
            for start in range(0, len(books), _PAGE):
                page = books[start : start + _PAGE]
                for book_id, book in (await look.books.many(page)).items():
                    ledger = await look.stock.sums(book_id)
                    if not book.stock == ledger or (book.stock.on_hand, book.stock.held) != (
                        copies,
                        sold[book_id],
                    ):
                        raise DoesNotAddUp(
                            f"{book.title}: {book.stock}, ledger {ledger}, ordered {sold[book_id]}"
                        )
            for order in orders:
                entries = await look.payments.journal(order.id)
                paid = sum(entry.amount.minor for entry in entries if entry.kind is EntryKind.PAID)
                if paid != (0 if way == COUNTER else order.total.minor):
                    raise DoesNotAddUp(f"{order.number}: {paid} of {order.total} was paid")

    async def _orders(self) -> list[Order]:
        orders: list[Order] = []
        async with self._uow.reading() as look:
            while True:
                page, count = await look.orders.open_ones(offset=len(orders), limit=_PAGE)
                orders.extend(page)
                if len(orders) >= count:
                    return orders
