"""Orders."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from domain.cancelling import CancelTerms, CancelUntil
from domain.ids import ChatId, OrderId, UserId
from domain.order import Order, OrderEvent, OrderEventKind, OrderState, Tender, Way
from domain.tax import TaxRate
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, customer, eur, line, order, placed, stocked


async def read(store: Store, number: OrderId) -> Order:
    async with store.uow.reading() as look:
        found = await look.orders.get(number)
    assert found is not None
    return found


async def test_an_order_is_kept_whole_and_found_by_all_its_names(store: Store) -> None:
    ann = await customer(store)
    one, two = await stocked(store, "one", "two")
    new = order(
        line(two, 2, held=1, title="Zwei | “2”", authors=("A. B.", "Ç"), unit_price=eur(0)),
        line(one),
        customer_id=ann,
        hold_until=LATER,
        state=OrderState.AWAITING_PAYMENT,
        way=Way.ONLINE,
        cancel_terms=CancelTerms(CancelUntil.COLLECTED, percent=15, fee=250, free_hours=24),
        tax=TaxRate(550),
    )
    [number] = await placed(store, new)
    kept = dataclasses.replace(new, id=number)
    async with store.uow.writing() as work:
        for found in (
            await work.orders.get(number),
            await work.orders.locked(number),
            await work.orders.by_number("B-7K4Q"),
            await work.orders.by_checkout("checkout-B-7K4Q"),
            await work.orders.by_pickup_code("pickup-B-7K4Q"),
        ):
            assert found == kept


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.orders.get(OrderId(9)) is None
        assert await work.orders.locked(OrderId(9)) is None
        assert await work.orders.by_number("B-0000") is None
        assert await work.orders.by_checkout("none") is None
        assert await work.orders.by_pickup_code("none") is None
        assert await work.orders.open_ones(offset=0, limit=5) == ((), 0)


async def test_a_taken_number_or_code_places_nothing(store: Store) -> None:
    [book] = await stocked(store, "one")
    await placed(store, order(line(book)))
    for changes in (
        {"checkout_id": "c", "pickup_code": "p"},
        {"number": "B-2", "checkout_id": "c"},
        {"number": "B-2", "pickup_code": "p"},
    ):
        other = dataclasses.replace(order(line(book)), **changes)  # type: ignore[arg-type]  # all are texts
        async with store.uow.writing() as work:
            assert await work.orders.add(other) is None
            assert (await work.orders.open_ones(offset=0, limit=5))[1] == 1


async def test_saving_writes_what_may_change_and_never_the_promise(store: Store) -> None:
    [book] = await stocked(store, "one")
    new = order(line(book))
    [number] = await placed(store, new)
    changed = dataclasses.replace(
        new,
        id=number,
        state=OrderState.COLLECTED,
        way=Way.ONLINE,
        chat_id=ChatId(-100123),
        customer_name="",
        language="de",
        hold_until=SOON,
        ready_at=NOW,
        closed_at=LATER,
        accepted_by=UserId(2**40),
        accepted_name="Tom",
        accepted_at=SOON,
        closed_name="Mia",
        tender=Tender.CARD,
        cancel_reason="sold out",
    )
    async with store.uow.writing() as work:
        promises = dataclasses.replace(
            changed,
            lines=(),
            number="other",
            created_at=LATER,
            cancel_terms=CancelTerms(percent=100),
            tax=TaxRate(0),
        )
        await work.orders.save(promises)
        await work.commit()
    assert await read(store, number) == changed


async def test_the_held_copies_of_lines_can_be_written(store: Store) -> None:
    one, two = await stocked(store, "one", "two")
    lines = (line(one, 3, held=0), line(two, 2, held=2))
    [number] = await placed(store, order(*lines))
    async with store.uow.writing() as work:
        await work.orders.set_lines_held(number, [line(one, 3, held=3)])
        await work.commit()
    assert [one.held for one in (await read(store, number)).lines] == [3, 2]


async def test_a_customers_orders_come_newest_first_page_by_page(store: Store) -> None:
    ann, eve = await customer(store), await customer(store, "eve@example.org")
    [book] = await stocked(store, "one")
    mine = await placed(store, *(order(line(book), number=f"B-{n}", customer_id=ann) for n in range(5)))
    await placed(store, order(line(book), number="B-9", customer_id=eve))
    async with store.uow.reading() as look:
        first, count = await look.orders.of_customer(ann, offset=0, limit=2)
        assert ([one.id for one in first], count) == ([mine[4], mine[3]], 5)
        last, _ = await look.orders.of_customer(ann, offset=4, limit=2)
        assert [one.id for one in last] == [mine[0]]
        assert all(one.lines == (line(book),) for one in first)


async def test_open_orders_are_those_with_something_left_to_do(store: Store) -> None:
    ann = await customer(store)
    [book] = await stocked(store, "one")
    numbers = await placed(
        store,
        *(order(line(book), number=f"B-{state.value}", customer_id=ann, state=state) for state in OrderState),
    )
    open_ones = [number for number, state in zip(numbers, OrderState, strict=True) if order(state=state).open]
    async with store.uow.reading() as look:
        assert await look.orders.count_open(ann) == 4
        found, count = await look.orders.open_ones(offset=1, limit=2)
        assert ([one.id for one in found], count) == (open_ones[1:3], 4)


async def test_due_are_open_orders_whose_hold_has_ended(store: Store) -> None:
    [book] = await stocked(store, "one")
    late, never, soon, closed, exact = await placed(
        store,
        order(line(book), number="B-1", hold_until=SOON),
        order(line(book), number="B-2"),
        order(line(book), number="B-3", hold_until=NOW),
        order(line(book), number="B-4", hold_until=NOW, state=OrderState.COLLECTED),
        order(line(book), number="B-5", hold_until=LATER),
    )
    async with store.uow.reading() as look:
        assert await look.orders.due(SOON, 5) == (soon, late)
        assert await look.orders.due(LATER, 5) == (soon, late, exact)
        assert await look.orders.due(LATER, 1) == (soon,)
    assert never
    assert closed


async def test_orders_that_nobody_accepted_are_told_of_once(store: Store) -> None:
    [book] = await stocked(store, "one")
    reserved, accepted, waiting, young, paid = await placed(
        store,
        order(line(book), number="B-1"),
        order(line(book), number="B-2", accepted_at=NOW, accepted_by=UserId(1), accepted_name="Tom"),
        order(line(book), number="B-3", state=OrderState.AWAITING_PAYMENT),
        order(line(book), number="B-4", created_at=SOON),
        order(line(book), number="B-5", state=OrderState.PAID),
    )
    async with store.uow.writing() as work:
        assert await work.orders.unaccepted(SOON, 5) == (reserved, paid)
        assert await work.orders.unaccepted(SOON, 1) == (reserved,)
        await work.orders.mark_reminded(reserved, SOON)
        assert await work.orders.unaccepted(SOON, 5) == (paid,)
        assert await work.orders.unaccepted(LATER, 5) == (young, paid)
    assert accepted
    assert waiting


async def test_what_happened_is_kept_in_order(store: Store) -> None:
    [book] = await stocked(store, "one")
    number, other = await placed(store, order(line(book)), order(line(book), number="B-2"))
    first = OrderEvent(number, NOW, OrderEventKind.PLACED, OrderState.RESERVED)
    second = OrderEvent(number, NOW, OrderEventKind.STATE, OrderState.CANCELLED, UserId(7), "Tom", "damaged")
    async with store.uow.writing() as work:
        for event in (first, dataclasses.replace(first, order_id=other), second):
            await work.orders.record(event)
        assert await work.orders.events(number) == (first, second)


async def test_orders_follow_a_chat_that_moved(store: Store) -> None:
    [book] = await stocked(store, "one")
    moved, stays = await placed(
        store, order(line(book), number="B-1"), order(line(book), number="B-2", chat_id=ChatId(6))
    )
    async with store.uow.writing() as work:
        await work.orders.move_chat(ChatId(5), ChatId(-100))
        await work.commit()
    assert (await read(store, moved)).chat_id == -100
    assert (await read(store, stays)).chat_id == 6


async def test_moments_are_kept_to_the_microsecond_in_any_zone(store: Store) -> None:
    [book] = await stocked(store, "one")
    precise = NOW + timedelta(microseconds=1)
    [number] = await placed(store, order(line(book), created_at=precise))
    assert (await read(store, number)).created_at == precise
