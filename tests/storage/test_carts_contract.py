"""Carts."""

from __future__ import annotations

import dataclasses

from domain.cart import Cart, CartLine, CartOwner
from domain.ids import BookId, ChatId, UserId
from domain.money import Money
from tests.databases import Store
from tests.storage.samples import customer, eur, stocked

GUEST = CartOwner(None, ChatId(5), UserId(6))


async def filled(store: Store, owner: CartOwner, *lines: CartLine) -> Cart:
    async with store.uow.writing() as work:
        cart = await work.carts.locked(owner)
        for line in lines:
            await work.carts.put(cart.id, line)
        await work.commit()
    return dataclasses.replace(cart, lines=lines)


async def read(store: Store, owner: CartOwner) -> Cart | None:
    async with store.uow.reading() as look:
        return await look.carts.of(owner)


def line(book: BookId, quantity: int = 1, price: Money | None = None, here: int = 0) -> CartLine:
    return CartLine(book, quantity, price, here)


async def test_a_cart_is_made_when_it_is_first_locked(store: Store) -> None:
    assert await read(store, GUEST) is None
    cart = await filled(store, GUEST)
    assert await read(store, GUEST) == cart
    async with store.uow.writing() as work:
        assert await work.carts.locked(GUEST) == cart


async def test_lines_keep_what_was_last_seen_and_the_order_in_which_the_books_came(store: Store) -> None:
    ids = await stocked(store, "one", "two", "three")
    lines = (line(ids[2], 3, eur(0), 2), line(ids[0], 1, None, 0), line(ids[1], 2, Money(5, "JPY"), 9))
    cart = await filled(store, GUEST, *lines)
    assert await read(store, GUEST) == cart
    async with store.uow.writing() as work:
        assert await work.carts.locked(GUEST) == cart


async def test_a_book_that_is_there_already_keeps_its_place(store: Store) -> None:
    ids = await stocked(store, "one", "two")
    await filled(store, GUEST, line(ids[0]), line(ids[1]), line(ids[0], 7, eur(1), 3))
    found = await read(store, GUEST)
    assert found is not None
    assert found.lines == (line(ids[0], 7, eur(1), 3), line(ids[1]))


async def test_copies_are_counted_over_all_lines(store: Store) -> None:
    ids = await stocked(store, "one", "two")
    async with store.uow.reading() as look:
        assert await look.carts.copies(GUEST) == 0
    await filled(store, GUEST, line(ids[0], 2), line(ids[1], 3))
    async with store.uow.reading() as look:
        assert await look.carts.copies(GUEST) == 5


async def test_a_line_can_be_removed_and_a_missing_one_too(store: Store) -> None:
    ids = await stocked(store, "one", "two")
    cart = await filled(store, GUEST, line(ids[0]), line(ids[1]))
    async with store.uow.writing() as work:
        await work.carts.remove(cart.id, ids[0])
        await work.carts.remove(cart.id, ids[0])
        await work.commit()
    found = await read(store, GUEST)
    assert found is not None
    assert found.lines == (line(ids[1]),)


async def test_replacing_makes_these_all_the_lines(store: Store) -> None:
    ids = await stocked(store, "one", "two", "three")
    cart = await filled(store, GUEST, line(ids[0]), line(ids[1]))
    new = (line(ids[2], 2), line(ids[0], 5))
    async with store.uow.writing() as work:
        await work.carts.replace(cart.id, new)
        await work.carts.put(cart.id, line(ids[1]))
        await work.commit()
    found = await read(store, GUEST)
    assert found is not None
    assert found.lines == (*new, line(ids[1]))
    async with store.uow.writing() as work:
        await work.carts.replace(cart.id, ())
        await work.commit()
    assert await read(store, GUEST) == Cart(cart.id)


async def test_a_deleted_cart_is_gone_with_its_lines(store: Store) -> None:
    ids = await stocked(store, "one")
    cart = await filled(store, GUEST, line(ids[0]))
    async with store.uow.writing() as work:
        await work.carts.delete(cart.id)
        await work.commit()
    assert await read(store, GUEST) is None
    again = await filled(store, GUEST)
    assert await read(store, GUEST) == again


async def test_a_customers_cart_is_the_same_in_every_chat(store: Store) -> None:
    ann = await customer(store)
    here, there = CartOwner(ann, ChatId(1), UserId(1)), CartOwner(ann, ChatId(2), UserId(2))
    cart = await filled(store, here)
    assert await read(store, there) == cart


async def test_guests_of_one_chat_do_not_share_a_cart(store: Store) -> None:
    ann = await customer(store)
    carts = [
        await filled(store, owner)
        for owner in (GUEST, CartOwner(None, ChatId(5), UserId(7)), CartOwner(ann, ChatId(5), UserId(6)))
    ]
    assert len({cart.id for cart in carts}) == 3
