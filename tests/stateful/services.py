"""Whatever is done to the services, this holds: always, and once everything has come to rest."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis.stateful import invariant

from domain.order import OrderState
from domain.payment import Balance, EntryKind
from domain.services.closing import DailyClose
from tests.domain.trade import eur
from tests.stateful.deeds import DeedsMachine
from tests.stateful.gateway import WELL
from tests.stateful.shop import by_gateway, gives_books_for_money, held, leads

_S = OrderState
_ENDED = {
    _S.PAID: "order-paid", _S.READY: "order-ready", _S.COLLECTED: "order-collected", _S.EXPIRED: "order-expired",
    _S.CANCELLED: "order-cancelled", _S.REFUNDED: "order-cancelled",
}  # fmt: skip
_STAFFS = frozenset({_S.RESERVED, _S.PAID, _S.READY})


class ServicesMachine(DeedsMachine):
    """Money in is orders paid, or went back, or is owed or kept; stock adds up; everybody concerned was told."""

    @invariant()
    def it_all_adds_up(self) -> None:
        if self.books:
            self.run(self._adds_up())

    async def _adds_up(self) -> None:
        orders = await self.shop.orders_of(self.buyers)
        entries = await self.shop.journal(orders)
        till, invoices = self.shop.till, self.shop.invoices
        # What we count was taken; what the gateway gave back was due, and at most what it took.
        assert by_gateway(entries, "till", EntryKind.PAID) <= till.taken
        assert by_gateway(entries, "telegram", EntryKind.PAID) <= invoices.taken
        assert by_gateway(entries, "till", EntryKind.REFUNDED) <= till.given_back
        assert till.given_back <= by_gateway(entries, "till", EntryKind.REFUND_DUE)
        for order in orders:
            own = [entry for entry in entries if entry.order_id == order.id]
            balance = Balance.of(own, "EUR")
            told = self.agreed.get(order.id)
            assert balance.owed.minor >= 0
            # Kept is what the customer was told when they cancelled it, and nothing of what anybody else cancels.
            assert balance.kept == (told.kept if told is not None else eur(0)), (order, own)
            assert balance.here == (order.total if gives_books_for_money(order) else balance.kept), (
                order,
                own,
            )
            before = self.states.get(order.id, order.state)
            assert order.state is before or leads(before, order.state), (before, order.state)
            self.states[order.id] = order.state
        async with self.shop.trade.uow.reading() as look:
            books = await look.books.many(self.books)
            for book_id in self.books:
                stock = books[book_id].stock
                assert stock == await look.stock.sums(book_id)
                assert 0 <= stock.held <= stock.on_hand
                assert stock.held == held(orders, book_id)

    def teardown(self) -> None:
        try:
            if self.books:
                self.everything_comes_to_rest()
        finally:
            super().teardown()

    def everything_comes_to_rest(self) -> None:
        """Everybody is well again, everything is told and asked, and hours go by."""
        self.shop.till.mood = WELL
        for number in range(len(self.shop.till.events)):
            self.the_till_tells(number, 0)
        for number in range(len(self.unreported)):
            self.telegram_reports(number, 0)
        for minutes in (2, 20, 120, 120, 480, 480):
            self.time_passes(minutes, 0)
            self.time_passes(0, 0)
        for number in range(len(self.shop.till.events)):
            self.the_till_tells(number, 0)
        for order in self.placed():
            owed = self.run(self.shop.trade.balance(order)).owed
            if owed:
                # The till gives back by itself; what was paid in Telegram somebody gives back at the provider.
                assert self.refunds_by_hand(order.id, owed, 0) is not None
        self.shop.clock.pass_time(timedelta(minutes=5))
        self.run(self.shop.relay())
        self.run(self._adds_up())
        self.run(self._is_at_rest())

    async def _is_at_rest(self) -> None:
        orders = await self.shop.orders_of(self.buyers)
        entries = await self.shop.journal(orders)
        assert by_gateway(entries, "till", EntryKind.PAID) == self.shop.till.taken
        assert by_gateway(entries, "telegram", EntryKind.PAID) == self.shop.invoices.taken
        assert by_gateway(entries, "till", EntryKind.REFUNDED) == self.shop.till.given_back
        failed = [entry.charge_id for entry in entries if entry.kind is EntryKind.REFUND_FAILED]
        assert sorted(failed) == sorted(f"re-{key}" for key in self.shop.till.came_back)
        for order in orders:
            balance = Balance.of([entry for entry in entries if entry.order_id == order.id], "EUR")
            assert not balance.owed, order
            heard = self.shop.heard(order)
            if order.state in _ENDED and order.id not in self.agreed:
                assert heard[_ENDED[order.state]], (order, heard)
            async with self.shop.trade.uow.reading() as look:
                states = {event.state for event in await look.orders.events(order.id)}
            if states & _STAFFS or balance.paid:
                assert heard["staff-card"], (order, heard)
            if any(entry.order_id == order.id and entry.kind is EntryKind.REFUND_FAILED for entry in entries):
                assert heard["refund-failed"], (order, heard)
            back = sum(
                entry.amount.minor
                for entry in entries
                if entry.order_id == order.id and entry.kind is EntryKind.REFUNDED
            )
            said = {(number, amount) for number, about, kind, amount in self.shop.told
                    if about == order.id and kind == "order-refunded"}  # fmt: skip
            assert sum(amount for _, amount in said) == back
        await self._closes_agree({entry.at.date() for entry in entries})
        twice = len(self.shop.told) - len({number for number, *_ in self.shop.told})
        assert twice <= self.shop.crashes

    async def _closes_agree(self, days: set[date]) -> None:
        """Each day's close, held against the till's own list, finds nothing."""
        trade = self.shop.trade
        daily = DailyClose(gateways=trade.gateways, shop=trade.shop, clock=self.shop.clock)
        for day in days | {daily.today(self.shop.clock.now())}:
            compared = (await daily.close(trade.uow.reading, day)).compared
            assert compared is not None
            assert not compared.unheard
            assert compared.differences == (), day
