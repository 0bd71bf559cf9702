"""Random buyers, staff, gateway and clock; and what holds whatever they do.

- on_hand and held are the ledger's sums, never negative, and what is held is what open orders hold;
- no order loses or changes a line, or its total;
- every payment belongs to one order, and what came in and did not go back is the price of an order that gives books for it, or
  what the shop keeps of one that its customer cancelled: as much as the customer was told, and nothing of any other;
- no order goes a way that the table does not have.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.cancelling import CancelOffer, CancelTerms, CancelUntil
from domain.cart import CartOwner
from domain.errors import PassingFailure, ShopError
from domain.ids import BookId, OrderId
from domain.money import Money
from domain.order import TRANSITIONS, Order, OrderLine, OrderState, Tender, Way
from domain.payment import Attempt
from domain.ports.unit_of_work import Work
from domain.services.settlement import Fate
from domain.views import OrderView, SummaryView
from storage.memory import MemoryCatalogue, MemoryUnitOfWork
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import SHOP, TOM, Trade, eur

T = TypeVar("T")
BOOKS, BUYERS = 3, 3
KEEPING = replace(SHOP, cancel_terms=CancelTerms(CancelUntil.COLLECTED, percent=33, fee=50, free_hours=1))
PICK = st.integers(0, 1000)
_S = OrderState


class AShop(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        memory = MemoryUnitOfWork()
        self.trade = Trade(memory, MemoryCatalogue(memory), PretendGateway("telegram"), shop=KEEPING)
        self.books: list[BookId] = []
        self.buyers: list[CartOwner] = []
        self.summaries: list[tuple[CartOwner, SummaryView]] = []
        self.attempts: list[Attempt] = []
        self.placed: dict[OrderId, tuple[tuple[object, ...], Money]] = {}
        self.states: dict[OrderId, OrderState] = {}
        self.charges = 0
        self.asked: dict[OrderId, CancelOffer] = {}
        self.agreed: dict[OrderId, CancelOffer] = {}

    def teardown(self) -> None:
        self.runner.close()

    def does(self, work: Coroutine[Any, Any, T]) -> T | None:
        """What somebody tries; a fact of the shop that stops it is an answer, not a failure."""
        try:
            return self.runner.run(work)
        except (ShopError, PassingFailure):
            return None

    async def in_turn(self, work: Any) -> Any:
        async with self.trade.turn() as turn:
            return await work(turn)

    # --- who does what ------------------------------------------------------------------------------------------------

    @initialize(
        stock=st.lists(st.integers(1, 6), min_size=BOOKS, max_size=BOOKS),
        orderable=st.lists(st.booleans(), min_size=BOOKS, max_size=BOOKS),
    )
    def opens(self, stock: list[int], orderable: list[bool]) -> None:
        run = self.runner.run
        self.titles = [f"Title {number}" for number in range(BOOKS)]
        self.orderable = orderable
        for title, on_hand, more in zip(self.titles, stock, orderable, strict=True):
            self.books.append(run(self.trade.book(on_hand, orderable=more, title=title)))
        self.buyers = [run(self.trade.customer(f"Buyer {number}")) for number in range(BUYERS)]

    @rule(buyer=PICK, book=PICK, to=st.integers(0, 3), stale=st.sampled_from([0, 0, 0, 1]))
    def changes_the_cart(self, buyer: int, book: int, to: int, stale: int) -> None:
        owner, book_id = self.buyers[buyer % BUYERS], self.books[book % BOOKS]

        async def changes(work: Work) -> None:
            cart = await work.carts.of(owner)
            seen = (cart.quantity(book_id) if cart is not None else 0) + stale
            await self.trade.cart.set_quantity(work, owner, book_id, seen=seen, to=to)

        self.does(self.in_turn(changes))

    @rule(buyer=PICK, book=PICK, copies=st.integers(1, 2))
    def comes_to_a_summary(self, buyer: int, book: int, copies: int) -> None:
        self.changes_the_cart(buyer, book, copies, 0)
        owner = self.buyers[buyer % BUYERS]

        async def looks() -> SummaryView:
            async with self.trade.uow.reading() as look:
                return await self.trade.checkout.summary(look, owner)

        seen = self.does(looks())
        if seen is not None:
            self.summaries.append((owner, seen))

    @precondition(lambda self: self.summaries)
    @rule(which=PICK, online=st.booleans())
    def places_an_order(self, which: int, online: bool) -> None:
        owner, seen = self.summaries[-1 - which % min(3, len(self.summaries))]
        placed = self.does(
            self.in_turn(
                lambda work: self.trade.checkout.place(
                    work,
                    owner,
                    checkout_id=seen.checkout_id,
                    agreed=seen.fingerprint,
                    way="telegram" if online else "counter",
                    language="en",
                )
            )
        )
        if placed is None or placed.repeated:
            return
        assert placed.order.id not in self.placed
        self.placed[placed.order.id] = (_promise(placed.order.lines), placed.order.total)
        self.states[placed.order.id] = placed.order.state
        if placed.attempt is not None:
            self.attempts.append(placed.attempt)
            self.does(self.trade.start(placed.attempt.id))

    @rule(buyer=PICK, book=PICK, copies=st.integers(1, 2), online=st.sampled_from([True, True, False]))
    def buys_at_once(self, buyer: int, book: int, copies: int, online: bool) -> None:
        self.comes_to_a_summary(buyer, book, copies)
        if self.summaries:
            self.places_an_order(0, online)

    @precondition(lambda self: self.attempts)
    @rule(which=PICK)
    def is_approved(self, which: int) -> None:
        attempt = self.attempts[which % len(self.attempts)]
        self.does(self.trade.approve(attempt, f"q{which}"))

    @precondition(lambda self: self.attempts)
    @rule(which=PICK, wrong=st.sampled_from([0, 0, 0, 7]))
    def money_lands(self, which: int, wrong: int) -> None:
        """Whether it was approved or not, early, late, or of another amount."""
        attempt = self.attempts[which % len(self.attempts)]
        self.charges += 1
        settled = self.does(self.trade.charged(attempt, f"c{self.charges}", attempt.amount + eur(wrong)))
        assert settled is not None
        assert settled.fate is not Fate.COUNTED_BEFORE

    @precondition(lambda self: self.attempts and self.charges)
    @rule(which=PICK, charge=PICK)
    def money_is_reported_again(self, which: int, charge: int) -> None:
        """A gateway's charge belongs to one attempt; reported again, even for another one, it changes nothing."""
        attempt = self.attempts[which % len(self.attempts)]
        settled = self.does(self.trade.charged(attempt, f"c{charge % self.charges + 1}"))
        assert settled is not None
        assert settled.fate is Fate.COUNTED_BEFORE

    @precondition(lambda self: self.placed)
    @rule(
        which=PICK, deed=st.sampled_from(["ask", "cancel", "cancel", "reserve_instead", "order_again", "pay"])
    )
    def the_customer_acts(self, which: int, deed: str) -> None:
        order = self.order(which)
        owner = next(one for one in self.buyers if one.customer_id == order.customer_id)
        customer_id = owner.customer_id
        assert customer_id is not None
        orders, payments = self.trade.orders, self.trade.payments
        match deed:
            case "ask":
                self.asks_what_goes_back(order)
            case "cancel":
                # Perhaps long after it was asked.
                told = self.asked.get(order.id) or self.asks_what_goes_back(order)
                done = self.does(
                    self.in_turn(
                        lambda work: orders.cancel(work, customer_id, order.id, agreed=told.back.minor)
                    )
                )
                if done is not None and done[1]:
                    self.agreed[order.id] = told
                self.asked.pop(order.id, None)
            case "reserve_instead":
                self.does(self.in_turn(lambda work: orders.reserve_instead(work, customer_id, order.id)))
            case "order_again":
                self.does(self.in_turn(lambda work: orders.order_again(work, owner, customer_id, order.id)))
            case _:
                attempt = self.does(
                    self.in_turn(lambda work: payments.pay(work, customer_id, order.id, "telegram"))
                )
                if attempt is not None and attempt.id not in {one.id for one in self.attempts}:
                    self.attempts.append(attempt)

    def asks_what_goes_back(self, order: Order) -> CancelOffer:
        async def looks() -> OrderView:
            async with self.trade.uow.reading() as look:
                return await self.trade.orders.view_of(look, order)

        seen = self.runner.run(looks()).cancelling or CancelOffer(eur(0), eur(0))
        self.asked[order.id] = seen
        return seen

    @precondition(lambda self: self.placed)
    @rule(
        which=PICK, deed=st.sampled_from(["accept", "ready", "cash", "card", "nothing", "cancel", "refund"])
    )
    def the_staff_act(self, which: int, deed: str) -> None:
        order, desk, now = self.order(which), self.trade.desk, self.trade.clock.now()
        owed = self.runner.run(self.trade.balance(order)).owed
        match deed:
            case "accept":
                self.does(self.in_turn(lambda work: desk.accept(work, order.id, TOM, now)))
            case "ready":
                self.does(self.in_turn(lambda work: desk.ready(work, order.id, TOM, now)))
            case "cancel":
                self.does(self.in_turn(lambda work: desk.cancel(work, order.id, TOM, "damaged", now)))
            case "refund":
                self.does(
                    self.in_turn(lambda work: desk.refunded_at_provider(work, order.id, TOM, owed.minor, now))
                )
            case _:
                tender = None if deed == "nothing" else Tender(deed)
                self.does(self.in_turn(lambda work: desk.hand_over(work, order.id, TOM, tender, now)))

    @rule(book=PICK, price=st.integers(0, 3), more=st.integers(0, 2))
    def the_catalogue_changes(self, book: int, price: int, more: int) -> None:
        number = book % BOOKS
        title = self.titles[number]
        self.does(self.trade.catalogued(title, more, price=1000 + price, orderable=self.orderable[number]))

    @rule(minutes=st.sampled_from([1, 16, 45, 60 * 24, 60 * 24 * 5]))
    def time_passes(self, minutes: int) -> None:
        self.trade.clock.pass_time(timedelta(minutes=minutes))
        self.runner.run(self.trade.expiry.run(self.trade.uow))
        self.runner.run(self.trade.expiry.remind(self.trade.uow))
        self.runner.run(self.trade.reconciliation.run(self.trade.uow))

    # --- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def the_stock_adds_up(self) -> None:
        self.runner.run(self.trade.stock_adds_up(*self.books))

    @invariant()
    def orders_keep_what_was_promised(self) -> None:
        for order_id, (lines, total) in self.placed.items():
            order = self.runner.run(self.trade.order(order_id))
            assert (_promise(order.lines), order.total) == (lines, total)
            assert sum(line.total.minor for line in order.lines) == total.minor

    @invariant()
    def orders_go_only_where_the_table_leads(self) -> None:
        for order_id, before in self.states.items():
            now = self.runner.run(self.trade.order(order_id)).state
            assert now is before or now in TRANSITIONS[before]
            self.states[order_id] = now

    @invariant()
    def money_is_for_books_or_goes_back(self) -> None:
        for order_id in self.placed:
            order = self.runner.run(self.trade.order(order_id))
            balance = self.runner.run(self.trade.balance(order))
            given = order.state in (_S.PAID, _S.COLLECTED) or (
                order.state is _S.READY and order.way is Way.ONLINE
            )
            told = self.agreed.get(order_id)
            assert balance.kept == (told.kept if told is not None else eur(0)), (order, balance)
            assert balance.here == (order.total if given else balance.kept), (order, balance)
            assert balance.owed.minor >= 0

    @invariant()
    def every_payment_belongs_to_one_order(self) -> None:
        async def looks() -> None:
            async with self.trade.uow.reading() as look:
                keys = [
                    entry.key for order_id in self.placed for entry in await look.payments.journal(order_id)
                ]
                assert len(keys) == len(set(keys))
                for attempt in self.attempts:
                    found = await look.payments.get(attempt.id)
                    assert found is not None
                    assert (found.order_id, found.amount) == (
                        attempt.order_id,
                        self.placed[attempt.order_id][1],
                    )

        self.runner.run(looks())

    def order(self, which: int) -> Order:
        ids = list(self.placed)
        return self.runner.run(self.trade.order(ids[which % len(ids)]))


def _promise(lines: tuple[OrderLine, ...]) -> tuple[object, ...]:
    return tuple((line.book_id, line.title, line.unit_price, line.quantity) for line in lines)


AShop.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestAShop = AShop.TestCase
