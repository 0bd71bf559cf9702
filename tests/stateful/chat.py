"""What holds of the services holds through the whole bot as well, whatever people, Telegram and crashes do to it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis.stateful import invariant

from domain.order import OrderState
from domain.payment import Balance, EntryKind
from tests.crash.stage import journal
from tests.crash.tills import telegram_charges
from tests.stateful.chat_deeds import ChatDeedsMachine

_S = OrderState
_SAYS = {
    _S.RESERVED: ("Reserved: order",),
    _S.PAID: ("is paid", "Paid: order"),
    _S.READY: ("is ready for you",),
    _S.COLLECTED: ("Thank you! Order",),
    _S.EXPIRED: ("expired",),
    _S.CANCELLED: ("was cancelled",),
    _S.REFUNDED: ("was cancelled", "given back"),
}


class ChatMachine(ChatDeedsMachine):
    def teardown(self) -> None:
        try:
            self.run(self._comes_to_rest())
        finally:
            super().teardown()

    @invariant()
    def it_all_adds_up(self) -> None:
        if self.people:
            self.run(self._adds_up())

    async def _adds_up(self) -> None:
        orders = await self._orders()
        entries = await self._entries(orders)
        assert journal(entries, "telegram", EntryKind.PAID) <= telegram_charges(self.shop.sandbox)
        assert journal(entries, "sandbox_card", EntryKind.PAID) <= self.card.charges()
        assert journal(entries, "sandbox_card", EntryKind.REFUNDED, due=entries) <= self.card.refunds()
        for order in orders:
            balance = Balance.of([entry for entry in entries if entry.order_id == order.id], "EUR")
            online = order.state is _S.READY and order.way.value == "online"
            given = order.state in (_S.PAID, _S.COLLECTED) or online
            # A tenth stays of what a customer cancelled that had paid; nothing of any other order.
            keeps = order.state is _S.REFUNDED and order.cancel_reason == "customer" and not order.closed_name
            assert balance.kept.minor == (order.total.minor // 10 if keeps else 0), (order, balance)
            assert balance.here == (order.total if given else balance.kept), (order, balance)
        async with self.shop.app.unit_of_work.reading() as look:
            for book in await look.books.newest(10):
                stock = book.stock
                assert stock == await look.stock.sums(book.id)
                held = [
                    line.held
                    for order in orders
                    if order.open
                    for line in order.lines
                    if line.book_id == book.id
                ]
                assert 0 <= stock.held == sum(held) <= stock.on_hand

    async def _comes_to_rest(self) -> None:
        if not self.people:
            return
        await self.shop.reopens_if_dead()
        for payment_id in self.held:
            await self._release(payment_id)
        for minutes in (2, 5, 20, 90):
            await self.shop.waits(timedelta(minutes=minutes))
            await self.shop.waits(timedelta(minutes=1))
        while await self._tap(self.tom, "Refunded"):
            await self.shop.waits(timedelta(seconds=1))
        await self.shop.waits(timedelta(minutes=2))
        await self._adds_up()
        await self._everything_is_told()

    async def _everything_is_told(self) -> None:
        orders = await self._orders()
        entries = await self._entries(orders)
        assert journal(entries, "telegram", EntryKind.PAID) == telegram_charges(self.shop.sandbox)
        assert journal(entries, "sandbox_card", EntryKind.PAID) == self.card.charges()
        assert journal(entries, "sandbox_card", EntryKind.REFUNDED, due=entries) == self.card.refunds()
        async with self.shop.app.unit_of_work.reading() as look:
            assert await look.outbox.undelivered(5) == ()
            assert await look.dialogues.unshown(self.shop.clock.now(), 5) == ()
            theirs = {order.id for order in orders if await look.staff.card(order.id) is not None}
            cards = await self._read(self.tom)
        for order in orders:
            balance = Balance.of([entry for entry in entries if entry.order_id == order.id], "EUR")
            assert not balance.owed, order
            person = next(one for one in self.people if one.chat == order.chat_id)
            said = [text for text in await self._read(person) if order.number in text]
            assert any(words in text for words in _SAYS.get(order.state, ()) for text in said), (order, said)
            shown = sum(text.startswith(f"{order.number} · ") for text in cards)
            assert shown >= (order.id in theirs)
            # Twice only where something went wrong between Telegram's taking it and our mark.
            assert shown <= 1 + self.shop.deaths + sum(
                self.troubles[one] for one in ("drop_after", "500", "502")
            )
            if balance.paid or order.state is _S.RESERVED:
                assert shown
