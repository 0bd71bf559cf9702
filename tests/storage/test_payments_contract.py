"""Payments."""

from __future__ import annotations

import dataclasses

from domain.ids import AttemptId, OrderId
from domain.payment import AttemptState, Entry, EntryKind, GatewayEvent
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, attempt, eur, line, order, placed, stocked


async def an_order(store: Store, *names: str) -> list[OrderId]:
    [book] = await stocked(store, "one")
    return await placed(store, *(order(line(book), number=name) for name in names))


async def test_an_attempt_is_kept_whole(store: Store) -> None:
    [number] = await an_order(store, "B-1")
    new = attempt(
        number,
        reference="inv-1",
        approved_until=SOON,
        charge_id="ch",
        reason="slow",
        tries=2,
        next_look_at=LATER,
    )
    async with store.uow.writing() as work:
        await work.payments.add(new)
        assert await work.payments.get(new.id) == new
        assert await work.payments.get(AttemptId("other")) is None
        assert await work.payments.by_reference("telegram", "inv-1") == new
        assert await work.payments.by_reference("stripe", "inv-1") is None


async def test_saving_an_attempt_leaves_what_it_is_for(store: Store) -> None:
    first, second = await an_order(store, "B-1", "B-2")
    new = attempt(first)
    changed = dataclasses.replace(
        new, state=AttemptState.SUCCEEDED, updated_at=LATER, charge_id="ch", approved_until=SOON, tries=1
    )
    async with store.uow.writing() as work:
        await work.payments.add(new)
        await work.payments.save(dataclasses.replace(changed, order_id=second, amount=eur(1), gateway="x"))
        assert await work.payments.get(new.id) == changed


async def test_an_orders_attempts_come_newest_first(store: Store) -> None:
    number, other = await an_order(store, "B-1", "B-2")
    old, new = attempt(number, "a"), attempt(number, "b", created_at=SOON)
    async with store.uow.writing() as work:
        for one in (old, new, attempt(other, "c")):
            await work.payments.add(one)
        assert await work.payments.of_order(number) == (new, old)


async def test_unsettled_are_those_to_be_asked_about_by_now(store: Store) -> None:
    [number] = await an_order(store, "B-1")
    soon, now = attempt(number, "a", next_look_at=SOON), attempt(number, "b", next_look_at=NOW)
    async with store.uow.writing() as work:
        for one in (soon, now, attempt(number, "c", next_look_at=LATER), attempt(number, "d")):
            await work.payments.add(one)
        assert await work.payments.unsettled(SOON, 5) == (now, soon)
        assert await work.payments.unsettled(SOON, 1) == (now,)


async def test_an_event_counts_once_for_each_gateway(store: Store) -> None:
    event = GatewayEvent("stripe", "evt_1", "paid", None, "{}", NOW)
    async with store.uow.writing() as work:
        assert await work.payments.record_event(event)
        assert not await work.payments.record_event(dataclasses.replace(event, at=LATER))
        assert await work.payments.record_event(dataclasses.replace(event, gateway="telegram"))


async def test_an_entry_counts_once_and_the_journal_keeps_its_order(store: Store) -> None:
    number, other = await an_order(store, "B-1", "B-2")
    paid = Entry("paid:ch", number, EntryKind.PAID, eur(1290), "telegram", SOON, AttemptId("a"), "ch", "Tom")
    due = Entry("due:ch", number, EntryKind.REFUND_DUE, eur(1290), "telegram", NOW)
    cash = Entry("cash:2", other, EntryKind.PAID, eur(1), "cash", LATER)
    async with store.uow.writing() as work:
        assert await work.payments.enter(paid)
        assert await work.payments.enter(due)
        assert await work.payments.enter(cash)
        assert not await work.payments.enter(dataclasses.replace(paid, amount=eur(5), order_id=other))
        assert await work.payments.journal(number) == (paid, due)
        assert await work.payments.journal_between(NOW, LATER) == (due, paid)
        assert await work.payments.journal_between(SOON, SOON) == ()


async def test_an_attempt_is_found_by_a_charge_that_was_counted(store: Store) -> None:
    [number] = await an_order(store, "B-1")
    new = attempt(number)
    paid = Entry("stripe:pi_1", number, EntryKind.PAID, eur(1290), "stripe", NOW, new.id, "pi_1")
    async with store.uow.writing() as work:
        await work.payments.add(new)
        await work.payments.enter(paid)
        await work.payments.enter(dataclasses.replace(paid, key="counter:1", attempt_id=None))
        assert await work.payments.by_charge("stripe", "pi_1") == new
        assert await work.payments.by_charge("telegram", "pi_1") is None
        assert await work.payments.by_charge("stripe", "") is None
        assert await work.payments.by_charge("counter", "1") is None


async def test_what_is_owed_and_what_is_in_doubt_is_found_oldest_first(store: Store) -> None:
    number, other = await an_order(store, "B-1", "B-2")
    due = Entry("due:1", number, EntryKind.REFUND_DUE, eur(1290), "telegram", NOW)
    back = Entry("refunded:1", number, EntryKind.REFUNDED, eur(1290), "provider", SOON)
    doubtful = [
        attempt(number, name, state=AttemptState.IN_DOUBT, created_at=at)
        for name, at in (("b", SOON), ("a", NOW))
    ]
    async with store.uow.writing() as work:
        for one in (*doubtful, attempt(number, "c")):
            await work.payments.add(one)
        assert await work.payments.in_doubt(5) == (doubtful[1], doubtful[0])
        assert await work.payments.in_doubt(1) == (doubtful[1],)
        await work.payments.enter(due)
        await work.payments.enter(dataclasses.replace(due, key="due:2", order_id=other))
        await work.payments.enter(dataclasses.replace(due, key="paid:2", kind=EntryKind.PAID, order_id=other))
        assert await work.payments.owing(5) == (number, other)
        await work.payments.enter(
            dataclasses.replace(due, key="kept:1", kind=EntryKind.KEPT, amount=eur(5000))
        )
        await work.payments.enter(dataclasses.replace(back, amount=eur(1)))
        assert await work.payments.owing(1) == (number,)
        await work.payments.enter(dataclasses.replace(back, key="refunded:2", amount=eur(1289)))
        assert await work.payments.owing(5) == (other,)
