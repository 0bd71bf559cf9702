"""What customers, staff, gateways, the clock and crashes do to the services, at random."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.cancelling import CancelOffer
from domain.cart import CartOwner
from domain.ids import AttemptId, BookId, OrderId
from domain.money import Money
from domain.order import Order, OrderState, Tender, Way
from domain.payment import Attempt
from domain.ports.unit_of_work import Work
from domain.services.settlement import Charge
from domain.views import OrderView
from tests.domain.trade import TOM, eur
from tests.stateful.gateway import AWAY, LOSES_ANSWERS, WELL
from tests.stateful.shop import CrashingShop

BOOKS, BUYERS = 2, 2
PICK = st.integers(0, 100)
CRASH = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6])
"""At which point that is met the process dies; 0: it lives."""


class DeedsMachine(RuleBasedStateMachine):
    """``url`` and ``empty`` are the database's, set by whoever runs it."""

    url = ""
    empty: Callable[[], None]

    def __init__(self) -> None:
        super().__init__()
        type(self).empty()
        self.runner = asyncio.Runner()
        self.shop = self.run(_opened(type(self).url))
        self.books: list[BookId] = []
        self.buyers: list[CartOwner] = []
        self.states: dict[OrderId, OrderState] = {}
        self.asked: dict[OrderId, CancelOffer] = {}
        self.agreed: dict[OrderId, CancelOffer] = {}
        self.unreported: list[tuple[AttemptId, str]] = []

    def teardown(self) -> None:
        self.run(self.shop.database.close())
        self.runner.close()

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def does(self, work: Callable[[], Awaitable[Any]], crash: int) -> Any:
        return self.run(self.shop.does(work, crash))

    def in_turn(self, work: Callable[[Work], Awaitable[Any]], crash: int) -> Any:
        async def turn() -> Any:
            async with self.shop.trade.turn() as held:
                return await work(held)

        return self.does(turn, crash)

    # --- who does what ------------------------------------------------------------------------------------------------

    @initialize(stock=st.lists(st.integers(1, 3), min_size=BOOKS, max_size=BOOKS), orderable=st.booleans())
    def opens(self, stock: list[int], orderable: bool) -> None:
        trade = self.shop.trade
        for number, on_hand in enumerate(stock):
            more = orderable and not number
            self.books.append(self.run(trade.book(on_hand, orderable=more, title=f"Title {number}")))
        self.buyers = [self.run(trade.customer(f"Buyer {number}")) for number in range(BUYERS)]

    @rule(buyer=PICK, book=PICK, copies=st.integers(1, 2), way=st.sampled_from(["till", "till", "telegram", "counter"]),
          crash=CRASH)  # fmt: skip
    def orders(self, buyer: int, book: int, copies: int, way: str, crash: int) -> None:
        owner, wanted = self.buyers[buyer % BUYERS], (self.books[book % BOOKS], copies)
        before = len(self.placed())

        async def fills_and_looks() -> Any:
            await self.shop.trade.fill(owner, wanted)
            async with self.shop.trade.uow.reading() as look:
                return await self.shop.trade.checkout.summary(look, owner)

        seen = self.does(fills_and_looks, 0)
        if seen is None:
            return
        placed = self.in_turn(
            lambda work: self.shop.trade.checkout.place(
                work, owner, checkout_id=seen.checkout_id, agreed=seen.fingerprint, way=way, language="en"
            ),
            crash,
        )
        # Once or not at all, also if it died of it and was asked again.
        assert len(self.placed()) == before + (placed is not None)
        if placed is not None:
            self.states[placed.order.id] = placed.order.state
            if placed.attempt is not None:
                self.starts(placed.attempt.id, crash)

    def starts(self, attempt_id: AttemptId, crash: int) -> None:
        async def start() -> None:
            async with self.shop.trade.uow.reading() as look:
                payable = await self.shop.trade.payments.payable(look, attempt_id)
            if payable is not None:
                answer = await self.shop.trade.payments.ask(*payable)
                async with self.shop.trade.turn() as work:
                    await self.shop.trade.payments.record_start(work, attempt_id, answer)

        self.does(start, crash)

    @precondition(lambda self: any(page.state == "open" for page in self.shop.till.pages.values()))
    @rule(which=PICK, tells=st.booleans(), crash=CRASH)
    def pays_on_the_page(self, which: int, tells: bool, crash: int) -> None:
        """In time or late: a page is open until it was ended."""
        still_open = [page for page in self.shop.till.pages.values() if page.state == "open"]
        self.shop.till.pays(still_open[which % len(still_open)])
        if tells:
            self.the_till_tells(-1, crash)

    @precondition(lambda self: self.shop.till.events)
    @rule(which=PICK, crash=CRASH)
    def the_till_tells(self, which: int, crash: int) -> None:
        """In any order, and any number of times."""
        events = self.shop.till.events
        event = events[which % len(events)]
        body = self.shop.till.told(*event)
        # That a refund failed is told once more when our own entry of it is not written yet.
        assert self.does(lambda: self.shop.events.receive(body, {}), crash) in (
            (200, 503) if event[2] else (200,)
        )

    @precondition(lambda self: self.shop.till.arrived)
    @rule(which=PICK, crash=CRASH)
    def the_bank_sends_back(self, which: int, crash: int) -> None:
        """A refund that the till had made long ago."""
        arrived = self.shop.till.arrived
        self.shop.till.sends_back(arrived[which % len(arrived)])
        self.the_till_tells(-1, crash)

    @precondition(lambda self: self.shop.till.pages)
    @rule(mood=st.sampled_from([WELL, WELL, AWAY, LOSES_ANSWERS]))
    def the_till_changes(self, mood: str) -> None:
        self.shop.till.mood = mood

    @precondition(lambda self: self.attempts("telegram"))
    @rule(which=PICK, approved=st.booleans(), reported=st.booleans(), crash=CRASH)
    def pays_an_invoice(self, which: int, approved: bool, reported: bool, crash: int) -> None:
        """As Telegram has it: approved first; but money lands also where nobody approved it (a provider's own doing)."""
        attempts = self.attempts("telegram")
        attempt = attempts[which % len(attempts)]
        if approved and self.does(lambda: self.shop.trade.approve(attempt, f"q{which}"), crash) is None:
            return
        charge_id = self.shop.invoices.pays(attempt.id, attempt.amount)
        self.unreported.append((attempt.id, charge_id))
        if reported:
            self.telegram_reports(-1, crash)

    @rule(buyer=PICK, book=PICK, way=st.sampled_from(["till", "till", "telegram"]), crash=CRASH)
    def buys_and_pays(self, buyer: int, book: int, way: str, crash: int) -> None:
        """The usual case, so that what comes after it is met often."""
        self.orders(buyer, book, 1, way, 0)
        attempts = self.attempts(way)
        if way == "telegram" and attempts:
            self.pays_an_invoice(len(attempts) - 1, True, True, crash)
        elif way == "till" and any(page.state == "open" for page in self.shop.till.pages.values()):
            self.pays_on_the_page(-1, True, crash)

    @rule(buyer=PICK, asked=st.booleans(), by=st.sampled_from(["customer", "customer", "staff"]), crash=CRASH)
    def is_paid_and_cancelled_late(self, buyer: int, asked: bool, by: str, crash: int) -> None:
        """Once a part would be kept; by a customer who perhaps asked before."""
        self.buys_and_pays(buyer, 0, "till", 0)
        which = len(self.states) - 1
        if asked and which >= 0:
            self.the_customer_acts(which, "ask", 0)
        self.time_passes(61, 0)
        if by == "staff" and which >= 0:
            self.the_staff_act(which, "cancel", crash)
        elif which >= 0:
            self.the_customer_acts(which, "cancel", crash)

    @precondition(lambda self: self.unreported)
    @rule(which=PICK, crash=CRASH)
    def telegram_reports(self, which: int, crash: int) -> None:
        """An update that comes once more is known by its charge."""
        attempt_id, charge_id = self.unreported[which % len(self.unreported)]
        amount = self.shop.invoices.charges[charge_id][1]

        async def counts(work: Work) -> Any:
            charge = Charge("telegram", charge_id, amount)
            return await self.shop.trade.settlement.charged(work, attempt_id, charge, tell=True)

        assert self.in_turn(counts, crash) is not None

    @precondition(lambda self: self.states)
    @rule(
        which=PICK, deed=st.sampled_from(["ask", "cancel", "cancel", "reserve instead", "pay"]), crash=CRASH
    )
    def the_customer_acts(self, which: int, deed: str, crash: int) -> None:
        order = self.order(which)
        customer_id = order.customer_id
        assert customer_id is not None
        trade = self.shop.trade
        match deed:
            case "ask":
                self.asks_what_goes_back(order)
            case "cancel":
                # Perhaps long after it was asked.
                told = self.asked.pop(order.id, None) or self.asks_what_goes_back(order)
                done = self.in_turn(
                    lambda work: trade.orders.cancel(work, customer_id, order.id, agreed=told.back.minor),
                    crash,
                )
                if done is not None and order.open:
                    self.agreed[order.id] = told
            case "reserve instead":
                self.in_turn(lambda work: trade.orders.reserve_instead(work, customer_id, order.id), crash)
            case _:
                way = "till" if which % 2 else "telegram"
                attempt = self.in_turn(
                    lambda work: trade.payments.pay(work, customer_id, order.id, way), crash
                )
                if attempt is not None:
                    self.starts(attempt.id, 0)

    def asks_what_goes_back(self, order: Order) -> CancelOffer:
        async def looks() -> OrderView:
            async with self.shop.trade.uow.reading() as look:
                view: OrderView = await self.shop.trade.orders.view_of(look, order)
                return view

        seen: OrderView = self.run(looks())
        told = seen.cancelling or CancelOffer(eur(0), eur(0))
        self.asked[order.id] = told
        return told

    @precondition(lambda self: self.states)
    @rule(
        which=PICK,
        deed=st.sampled_from(["accept", "ready", "ready", "hand over", "cancel", "refund"]),
        crash=CRASH,
    )
    def the_staff_act(self, which: int, deed: str, crash: int) -> None:
        order, desk, now = self.order(which), self.shop.trade.desk, self.shop.clock.now()
        owed = self.run(self.shop.trade.balance(order)).owed
        match deed:
            case "accept":
                self.in_turn(lambda work: desk.accept(work, order.id, TOM, now), crash)
            case "ready":
                self.in_turn(lambda work: desk.ready(work, order.id, TOM, now), crash)
            case "cancel":
                self.in_turn(lambda work: desk.cancel(work, order.id, TOM, "damaged", now), crash)
            case "refund":
                self.refunds_by_hand(order.id, owed, crash)
            case _:
                tender = Tender.CASH if order.way is Way.COUNTER else None
                self.in_turn(lambda work: desk.hand_over(work, order.id, TOM, tender, now), crash)

    def refunds_by_hand(self, order_id: OrderId, owed: Money, crash: int) -> Any:
        now = self.shop.clock.now()
        return self.in_turn(
            lambda work: self.shop.trade.desk.refunded_at_provider(work, order_id, TOM, owed.minor, now),
            crash,
        )

    @rule(minutes=st.sampled_from([1, 2, 16, 16, 61, 60 * 24 * 5]), crash=CRASH)
    def time_passes(self, minutes: int, crash: int) -> None:
        self.shop.clock.pass_time(timedelta(minutes=minutes))
        self.does(self.shop.jobs, crash)

    @rule(seconds=st.integers(1, 300))
    def the_clock_is_set_back(self, seconds: int) -> None:
        self.shop.clock.pass_time(timedelta(seconds=-seconds))

    @rule(crash=CRASH)
    def messages_go_out(self, crash: int) -> None:
        self.does(self.shop.relay, crash)

    # --- looking ------------------------------------------------------------------------------------------------------

    def placed(self) -> list[Order]:
        found: list[Order] = self.run(self.shop.orders_of(self.buyers))
        return found

    def order(self, which: int) -> Order:
        ids = list(self.states)
        found: Order = self.run(self.shop.trade.order(ids[which % len(ids)]))
        return found

    def attempts(self, gateway: str) -> list[Attempt]:
        async def looks() -> list[Attempt]:
            async with self.shop.trade.uow.reading() as look:
                found = [one for order in self.states for one in await look.payments.of_order(order)]
            return [one for one in found if one.gateway == gateway]

        found: list[Attempt] = self.run(looks())
        return found


async def _opened(url: str) -> CrashingShop:
    return CrashingShop(url)
