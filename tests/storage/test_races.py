"""Two replicas at once: two engines over one database."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from domain.book import Stock
from domain.cart import CartLine, CartOwner
from domain.ids import BookId, ChatId, UserId
from domain.payment import Entry, EntryKind
from domain.ports.dialogues import DialogueKey
from domain.ports.unit_of_work import Work
from domain.staff import LinkCode
from domain.stock import StockChange, StockReason
from storage.catalogue import SqlCatalogue
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store, opened
from tests.storage.samples import NOW, eur, line, loaded, message, order, placed, row, stocked

GUEST = CartOwner(None, ChatId(5), UserId(6))
KEY = DialogueKey(ChatId(5), 0, UserId(6))


@contextlib.asynccontextmanager
async def replicas_of(url: str) -> AsyncIterator[list[Store]]:
    async with opened(url) as one, opened(url) as two:
        yield [Store(SqlUnitOfWork(database), SqlCatalogue(database)) for database in (one, two)]


@pytest.fixture
async def replicas(database_url: str) -> AsyncIterator[list[Store]]:
    async with replicas_of(database_url) as found:
        yield found


async def both_at_once(
    replicas: list[Store], work: Callable[[Work], Awaitable[object]], *, commit: bool = True
) -> tuple[object, object]:
    """The first does its work and waits with its end until the second has begun to wait for it; then both end."""
    done = asyncio.Event()
    first, second = replicas

    async def ahead() -> object:
        async with first.uow.writing() as here:
            found = await work(here)
            done.set()
            await asyncio.sleep(0.1)
            if commit:
                await here.commit()
        return found

    async def behind() -> object:
        await done.wait()
        async with second.uow.writing() as here:
            found = await work(here)
            await here.commit()
        return found

    one, two = await asyncio.gather(ahead(), behind())
    return one, two


async def test_an_update_that_two_replicas_take_is_handled_by_one(replicas: list[Store]) -> None:
    assert await both_at_once(replicas, lambda work: work.inbox.claim(1, 7, NOW)) == (True, False)


async def test_an_update_whose_first_taker_failed_is_handled_by_the_second(replicas: list[Store]) -> None:
    ends = await both_at_once(replicas, lambda work: work.inbox.claim(1, 7, NOW), commit=False)
    assert ends == (True, True)


async def test_a_first_dialogue_that_two_replicas_begin_is_one(replicas: list[Store]) -> None:
    async def turn(work: Work) -> tuple[bool, int]:
        dialogue = await work.dialogues.locked(KEY, NOW)
        dialogue.version += 1
        await work.dialogues.save(dialogue, NOW)
        return dialogue.new, dialogue.version

    assert await both_at_once(replicas, turn) == ((True, 1), (False, 2))
    assert await both_at_once(replicas, turn) == ((False, 3), (False, 4))


async def test_two_phones_that_fill_one_new_cart_fill_the_same(replicas: list[Store]) -> None:
    [book] = await stocked(replicas[0], "one")

    async def add(work: Work) -> int:
        cart = await work.carts.locked(GUEST)
        quantity = cart.quantity(book) + 1
        await work.carts.put(cart.id, CartLine(book, quantity, eur(1290), 3))
        return quantity

    assert await both_at_once(replicas, add) == (1, 2)
    assert await both_at_once(replicas, add) == (3, 4)


async def test_an_order_that_two_replicas_change_is_changed_one_after_the_other(
    replicas: list[Store],
) -> None:
    [book] = await stocked(replicas[0], "one")
    [number] = await placed(replicas[0], order(line(book)))

    async def rename(work: Work) -> str:
        found = await work.orders.locked(number)
        assert found is not None
        await work.orders.save(dataclasses.replace(found, closed_name=found.closed_name + "x"))
        return found.closed_name

    assert await both_at_once(replicas, rename) == ("", "x")


async def test_a_number_that_two_orders_want_goes_to_one(replicas: list[Store]) -> None:
    [book] = await stocked(replicas[0], "one")
    numbers = await both_at_once(replicas, lambda work: work.orders.add(order(line(book))))
    assert numbers[0] is not None
    assert numbers[1] is None


async def test_money_that_two_replicas_hear_of_counts_once(replicas: list[Store]) -> None:
    [book] = await stocked(replicas[0], "one")
    [number] = await placed(replicas[0], order(line(book)))
    entry = Entry("paid:ch", number, EntryKind.PAID, eur(1), "telegram", NOW)
    assert await both_at_once(replicas, lambda work: work.payments.enter(entry)) == (True, False)


async def test_a_link_code_that_is_sent_twice_links_once(replicas: list[Store]) -> None:
    async with replicas[0].uow.writing() as work:
        await work.staff.put_code(LinkCode("hash", NOW + timedelta(hours=1)))
        await work.commit()
    assert await both_at_once(replicas, lambda work: work.staff.take_code("hash", NOW)) == (True, False)


async def hold(store: Store, *books: BookId) -> bool:
    """Whether one copy of each could be held."""
    async with store.uow.writing() as work:
        changes = [StockChange(book, 0, 1, StockReason.HELD, NOW) for book in books]
        if await work.stock.apply(changes) is not None:
            return False
        await work.commit()
        return True


async def test_the_last_copies_are_sold_once(replicas: list[Store]) -> None:
    [book] = await stocked(replicas[0], "one", on_hand=5)
    ends = await asyncio.gather(*(hold(replicas[buyer % 2], book) for buyer in range(30)))
    assert sum(ends) == 5
    async with replicas[1].uow.reading() as look:
        assert await look.stock.sums(book) == Stock(5, 5)


async def test_carts_with_the_same_books_in_opposite_order_never_deadlock(replicas: list[Store]) -> None:
    one, two, three = await stocked(replicas[0], "one", "two", "three", on_hand=100)
    ends = await asyncio.gather(
        *(
            hold(replicas[buyer % 2], *((one, two, three) if buyer % 4 < 2 else (three, two, one)))
            for buyer in range(40)
        )
    )
    assert all(ends)


async def test_attempts_at_the_same_moment_do_not_all_find_room(replicas: list[Store]) -> None:
    """As many as are allowed are counted, however many come at once: see `domain.services.login`."""
    at_most = 5

    async def tries(number: int) -> bool:
        async with replicas[number % 2].uow.writing() as work:
            await work.limits.locked("login:account:ann", f"login:chat:{number}")
            used, _ = await work.limits.hits("login:account:ann", NOW - timedelta(minutes=15))
            if used >= at_most:
                return False
            await asyncio.sleep(0.01)
            await work.limits.hit("login:account:ann", NOW)
            await work.commit()
        return True

    counted = await asyncio.gather(*(tries(number) for number in range(12)))
    assert sum(counted) == at_most


async def test_two_relays_never_lease_the_same_message_nor_two_of_one_lane(replicas: list[Store]) -> None:
    async with replicas[0].uow.writing() as work:
        for number in range(40):
            await work.outbox.put(message(f"m{number}", chat=number % 10), NOW)
        await work.commit()

    async def lease(store: Store) -> list[str]:
        async with store.uow.writing() as work:
            found = await work.outbox.lease(NOW, NOW + timedelta(minutes=1), 4)
            await asyncio.sleep(0.01)
            await work.commit()
        return [item.message.key for item in found]

    found = await asyncio.gather(*(lease(replicas[relay % 2]) for relay in range(6)))
    leased = sorted(key for keys in found for key in keys)
    assert leased == sorted(set(leased))
    assert set(leased) <= {f"m{number}" for number in range(10)}
    rest = await asyncio.gather(*(lease(replicas[0]) for _ in range(3)))
    assert sorted(leased + [key for keys in rest for key in keys]) == sorted(
        f"m{number}" for number in range(10)
    )


@pytest.mark.postgres
async def test_a_feed_does_not_wait_for_a_cart_that_refers_to_its_books(postgres_url: str) -> None:
    async with replicas_of(postgres_url) as (one, two):
        [book] = await stocked(one, "one")
        async with two.uow.writing() as work:
            cart = await work.carts.locked(GUEST)
            await work.carts.put(cart.id, CartLine(book, 1, eur(1290), 3))
            assert (await loaded(one, [row("one", price=eur(1))])).changed == 1


async def test_a_feed_and_buyers_of_the_same_books_get_along(replicas: list[Store]) -> None:
    names = [f"book{number}" for number in range(20)]
    ids = await stocked(replicas[0], *names, on_hand=50)

    async def feed() -> None:
        for price in range(1, 4):
            async for _ in replicas[0].catalogue.load(
                [row(name, price=eur(price), on_hand=50) for name in names], NOW
            ):
                pass

    async def buy() -> bool:
        return all([await hold(replicas[1], *ids[start::-1]) for start in (19, 10, 5)])

    _, *bought = await asyncio.gather(feed(), *(buy() for _ in range(4)))
    assert all(bought)
    async with replicas[0].uow.reading() as look:
        assert await look.stock.sums(ids[0]) == Stock(50, 12)
