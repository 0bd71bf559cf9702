"""Placing an order: once, on the terms that were seen, with the stock held in the same transaction."""

from __future__ import annotations

import dataclasses

import pytest

from domain.cart import MAX_OF_ONE_BOOK, MAX_TITLES
from domain.errors import (
    CartChanged,
    CartEmpty,
    CartFull,
    NotForSale,
    NotLoggedIn,
    OrderNotFound,
    OutOfStock,
    SummaryChanged,
    TooManyOpenOrders,
)
from domain.order import OrderState
from tests.databases import Store
from tests.domain.trade import SHOP, Trade, eur


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


async def test_the_same_quantity_again_changes_nothing_and_another_start_is_refused(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(5)
    await trade.fill(ann, (book, 2))
    async with trade.turn() as work:
        again = await trade.cart.set_quantity(work, ann, book, seen=0, to=2)
    assert (again.applied, again.quantity) == (False, 2)
    async with trade.uow.writing() as work:
        with pytest.raises(CartChanged):
            await trade.cart.set_quantity(work, ann, book, seen=1, to=3)


async def test_a_cart_holds_no_more_than_can_be_promised(trade: Trade) -> None:
    ann, scarce, gone = await trade.customer(), await trade.book(2), await trade.book(0)
    asked = await trade.book(3, price=None)
    async with trade.uow.writing() as work:
        with pytest.raises(OutOfStock) as short:
            await trade.cart.set_quantity(work, ann, scarce, seen=0, to=3)
        assert short.value.left == 2
        for book in (gone, asked):
            with pytest.raises(NotForSale):
                await trade.cart.set_quantity(work, ann, book, seen=0, to=1)


async def test_copies_beyond_the_shelf_need_a_yes_of_their_own(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(2, orderable=True)
    await trade.fill(ann, (book, 2))
    async with trade.uow.writing() as work:
        with pytest.raises(OutOfStock):
            await trade.cart.set_quantity(work, ann, book, seen=2, to=3, order_more=False)
    async with trade.turn() as work:
        change = await trade.cart.set_quantity(work, ann, book, seen=2, to=3)
    assert (change.quantity, change.here) == (3, 2)


async def test_the_limits_of_a_cart_are_kept(trade: Trade) -> None:
    ann, many = await trade.customer(), await trade.book(100)
    async with trade.uow.writing() as work:
        with pytest.raises(CartFull) as full:
            await trade.cart.set_quantity(work, ann, many, seen=0, to=MAX_OF_ONE_BOOK + 1)
        assert full.value.copies == MAX_OF_ONE_BOOK
    for _ in range(MAX_TITLES):
        await trade.fill(ann, (await trade.book(1), 1))
    async with trade.uow.writing() as work:
        with pytest.raises(CartFull) as full:
            await trade.cart.set_quantity(work, ann, many, seen=0, to=1)
        assert full.value.titles == MAX_TITLES


async def test_an_emptied_cart_is_put_back_once_and_keeps_what_came_meanwhile(trade: Trade) -> None:
    ann, first, second = await trade.customer(), await trade.book(5), await trade.book(5)
    await trade.fill(ann, (first, 2), (second, 1))
    async with trade.turn() as work:
        taken = await trade.cart.empty(work, ann, seen=3)
    await trade.fill(ann, (first, 1))
    for _ in range(2):
        async with trade.turn() as work:
            await trade.cart.put_back(work, ann, taken)
    async with trade.uow.reading() as look:
        cart = await look.carts.of(ann)
    assert cart is not None
    assert [(line.book_id, line.quantity) for line in cart.lines] == [(first, 1), (second, 1)]


async def test_placing_holds_the_stock_and_empties_the_cart(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order = await trade.reserved(ann, (book, 2))
    assert order.state is OrderState.RESERVED
    assert order.total == eur(2000)
    assert [(line.book_id, line.quantity, line.held) for line in order.lines] == [(book, 2, 2)]
    async with trade.uow.reading() as look:
        found = await look.books.get(book)
        assert found is not None
        assert (found.stock.on_hand, found.stock.held) == (3, 2)
        assert await look.carts.copies(ann) == 0
        assert [event.kind.value for event in await look.orders.events(order.id)] == ["placed"]
    assert await trade.told() == {"staff-card": 1}
    await trade.stock_adds_up(book)


async def test_copies_that_are_not_here_become_copies_to_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(2, orderable=True)
    order = await trade.reserved(ann, (book, 5))
    assert (order.lines[0].held, order.lines[0].to_order) == (2, 3)
    await trade.stock_adds_up(book)


async def test_one_checkout_places_one_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    await trade.fill(ann, (book, 1))
    async with trade.uow.reading() as look:
        summary = await trade.checkout.summary(look, ann)
    placed = []
    for _ in range(2):
        async with trade.turn() as work:
            placed.append(
                await trade.checkout.place(
                    work,
                    ann,
                    checkout_id=summary.checkout_id,
                    agreed=summary.fingerprint,
                    way="counter",
                    language="en",
                )
            )
    assert [one.repeated for one in placed] == [False, True]
    assert placed[0].order.id == placed[1].order.id
    await trade.stock_adds_up(book)


async def test_somebody_elses_checkout_shows_nothing_of_their_order(trade: Trade) -> None:
    ann, bob, book = await trade.customer("Ann"), await trade.customer("Bob"), await trade.book(3)
    order = await trade.reserved(ann, (book, 1))
    async with trade.uow.writing() as work:
        with pytest.raises(OrderNotFound):
            await trade.checkout.place(
                work, bob, checkout_id=order.checkout_id, agreed="", way="counter", language="en"
            )


async def test_nobody_orders_on_terms_that_were_not_seen(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3, title="Dune")
    await trade.fill(ann, (book, 1))
    async with trade.uow.reading() as look:
        summary = await trade.checkout.summary(look, ann)
    await trade.catalogued("Dune", 3, price=1150)
    async with trade.uow.writing() as work:
        with pytest.raises(SummaryChanged):
            await trade.checkout.place(
                work,
                ann,
                checkout_id=summary.checkout_id,
                agreed=summary.fingerprint,
                way="counter",
                language="en",
            )
    async with trade.uow.reading() as look:
        seen = (await trade.checkout.summary(look, ann)).cart.lines[0]
        assert (seen.was, seen.book.price) == (eur(1000), eur(1150))
        assert await look.carts.copies(ann) == 1


async def test_what_was_shown_is_not_told_again(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3, title="Dune")
    await trade.fill(ann, (book, 1))
    await trade.catalogued("Dune", 3, price=1150)
    async with trade.turn() as work:
        view = await trade.cart.view(work, ann)
        assert view.changed
        await trade.cart.saw(work, ann, view.lines)
    async with trade.uow.reading() as look:
        assert not (await trade.cart.view(look, ann)).changed


async def test_a_guest_an_empty_cart_and_an_unknown_way_place_nothing(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    guest = dataclasses.replace(ann, customer_id=None)
    async with trade.uow.reading() as look:
        with pytest.raises(NotLoggedIn):
            await trade.checkout.summary(look, guest)
        with pytest.raises(CartEmpty):
            await trade.checkout.summary(look, ann)
    await trade.fill(ann, (book, 1))
    with pytest.raises(SummaryChanged):
        await trade.place(ann, "barter")


async def test_open_orders_are_limited_and_closed_ones_do_not_count(store: Store) -> None:
    trade = Trade.over(store, shop=dataclasses.replace(SHOP, max_open_orders=1))
    ann, book = await trade.customer(), await trade.book(9)
    first = await trade.reserved(ann, (book, 1))
    await trade.fill(ann, (book, 1))
    with pytest.raises(TooManyOpenOrders):
        await trade.place(ann)
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, first.id)
    assert (await trade.place(ann)).order.id != first.id


async def test_a_number_that_is_taken_is_drawn_again(trade: Trade, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    numbers = iter(["B-AAAA", "B-AAAA", "B-AAAA", "B-CCCC"])
    monkeypatch.setattr("identity.clock.SecretIds.order_number", lambda self: next(numbers))
    first = await trade.reserved(ann, (book, 1))
    second = await trade.reserved(ann, (book, 1))
    assert (first.number, second.number) == ("B-AAAA", "B-CCCC")
