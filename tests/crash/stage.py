"""Ann who buys, Tom who works, the gateways, and the comparisons that must hold whenever the shop is at rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from domain.ids import CustomerId
from domain.order import Order, OrderState
from domain.payment import Balance, Entry, EntryKind
from sandbox.persons import Person
from sandbox.reading import plain, rows_of, shown_text
from storage.tables import dialogues, orders, outbox, staff_cards
from tests.crash.dying_shop import DyingShop
from tests.crash.tills import Record, Till, telegram_charges

EMAIL = "ann@example.org"
_CARD = "staff-card"
_LATER = timedelta(seconds=250)
"""Longer than the lease of a notice, of a look-up (also of the third one) or of an unstarted payment: what a dead process held
is free. Shorter than any hold."""


@dataclass
class Stage:
    shop: DyingShop
    ann: Person
    tom: Person
    book: int
    tills: dict[str, Till]
    customer: CustomerId
    placed: int = 0
    """How many orders Ann has confirmed."""
    number: str = ""
    """The order that this is about."""
    unmarked: frozenset[str] = frozenset()
    """What had no mark yet of having been sent when the shop died (``screen``, or kinds of notices): Telegram may have taken it
    all the same, so it may stand twice."""

    # --- what people do -----------------------------------------------------------------------------------------------

    async def at_summary(self) -> None:
        """Ann sees what she is about to order: one copy of the book."""
        await self.ann.starts(f"book_{self.book}")
        for label in ("Add to cart", "Cart", "Check out"):
            await self.ann.taps(label)

    async def confirms(self, label: str) -> None:
        """Ann taps one of the ways to pay; the shop may die of it."""
        self.placed += 1
        await self.strikes(self.ann, label)

    async def orders(self, label: str) -> None:
        """All of it, and nobody dies."""
        await self.at_summary()
        await self.confirms(label)
        await self.finds_order()

    async def paid(self, till: Till) -> None:
        """An order that was paid at that till, and the shop knows."""
        await self.orders(till.label)
        till.pays()
        assert await self.shop.hears(till.name, *till.event()) == 200

    async def strikes(self, person: Person, label: str, *, message: int = 0) -> None:
        """Tap without waiting for an answer, as a dead shop gives none. Raises Died."""
        await person.looks()
        where, whole = self.button(person, label, message)
        body = {"user": person.id, "label": whole}
        await self.shop.telegram.request("POST", f"/chats/{person.chat}/messages/{where}/tap", body)
        await self.shop.settle(0)

    def button(self, person: Person, label: str, message: int = 0) -> tuple[int, str]:
        """The newest message (or that one) that has such a button, and what the button says."""
        for one in reversed(person.messages):
            if message and one["message_id"] != message:
                continue
            for row in rows_of(one):
                for key in row:
                    if label in plain(str(key["text"])):
                        return int(one["message_id"]), str(key["text"])
        raise AssertionError(f"{person.name} sees no {label!r}:\n{person.transcript()}")

    async def card_taps(self, *labels: str) -> None:
        """Tom taps these on the order's card, one after the other."""
        for label in labels:
            await self.tom.looks()
            await self.strikes(self.tom, label, message=self.cards()[-1])

    # --- dying --------------------------------------------------------------------------------------------------------

    async def reopens(self) -> None:
        """The next process, some time later; everything that is due is done."""
        self.unmarked = await self._unmarked()
        self.shop.clock.pass_time(_LATER)
        await self.shop.start()
        await self.rests()

    async def _unmarked(self) -> frozenset[str]:
        tried = sa.select(outbox.c.kind).where(outbox.c.state == "waiting", outbox.c.tries > 0)
        unshown = sa.select(sa.literal("screen")).where(dialogues.c.version > dialogues.c.shown_version)
        known = sa.select(sa.literal("card known")).where(
            staff_cards.c.order_id == sa.select(sa.func.max(orders.c.id)).scalar_subquery()
        )
        async with self.shop.database.reading() as connection:
            found = (await connection.execute(sa.union(tried, unshown, known))).scalars().all()
        # A card that is known is edited where it is.
        return frozenset(found) - ({_CARD} if "card known" in found else set()) - {"card known"}

    async def rests(self) -> None:
        for _ in range(2):
            await self.shop.settle(0)
            await self.shop.run_jobs()
        await self.shop.settle(0)

    # --- what is so in the end ----------------------------------------------------------------------------------------

    async def all_orders(self) -> tuple[Order, ...]:
        async with self.shop.unit_of_work.reading() as look:
            return (await look.orders.of_customer(self.customer, offset=0, limit=1000))[0]

    async def finds_order(self) -> Order:
        """The newest order: there are exactly as many as were confirmed."""
        found = await self.all_orders()
        assert len(found) == self.placed
        self.number = found[0].number
        return found[0]

    async def ends_as(self, state: OrderState) -> Order:
        order = await self.finds_order()
        assert order.state is state
        return order

    async def adds_up(self) -> None:
        """Journal and gateways agree, stock and ledger agree, nothing is left to be told."""
        placed = await self.all_orders()
        entries: list[Entry] = []
        async with self.shop.unit_of_work.reading() as look:
            for order in placed:
                own = await look.payments.journal(order.id)
                entries += own
                # A tenth stays of what its customer cancelled after paying.
                keeps = order.state is OrderState.REFUNDED and order.cancel_reason == "customer"
                kept = Balance.of(list(own), order.total.currency).kept.minor
                assert kept == (order.total.minor // 10 if keeps else 0), (order, own)
            books = {line.book_id for order in placed for line in order.lines}
            for book_id in books:
                found = await look.books.get(book_id)
                assert found is not None
                assert found.stock == await look.stock.sums(book_id)
                held = sum(line.held for order in placed if order.open for line in order.lines)
                assert found.stock.held == held
            assert await look.outbox.undelivered(5) == ()
        assert journal(entries, "telegram", EntryKind.PAID) == telegram_charges(self.shop.sandbox)
        for till in self.tills.values():
            assert journal(entries, till.name, EntryKind.PAID) == till.charges()
            assert journal(entries, till.name, EntryKind.REFUNDED, due=entries) == till.refunds()

    def cards(self) -> list[int]:
        """The order's cards in the staff's chat."""
        pattern = re.compile(rf"{re.escape(self.number)} · ")
        return [int(one["message_id"]) for one in self.tom.messages if pattern.match(shown_text(one))]

    async def has_one_card(self) -> None:
        await self.tom.looks()
        twice = _CARD in self.unmarked
        assert 1 <= len(self.cards()) <= 1 + twice, self.tom.transcript()

    async def hears_once(self, person: Person, *words: str) -> None:
        """One message with these words and the order's number; two only where the design allows it."""
        await person.looks()
        found = [
            one
            for one in map(shown_text, person.messages)
            if all(text in one for text in (self.number, *words))
        ]
        assert 1 <= len(found) <= 1 + bool(self.unmarked - {_CARD}), (words, person.transcript())


def journal(entries: list[Entry], way: str, kind: EntryKind, *, due: list[Entry] | None = None) -> Record:
    """The journal as that gateway would keep it: a refund by the charge that it gives back."""
    charges = {entry.key: entry.charge_id for entry in due or () if entry.kind is EntryKind.REFUND_DUE}
    return Counter(
        (
            entry.charge_id if kind is EntryKind.PAID else charges[entry.key.removeprefix("refunded:")],
            entry.amount.minor,
        )
        for entry in entries
        if entry.way == way and entry.kind is kind
    )
