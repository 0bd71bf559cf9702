"""What an operator watches, read from a shop whose figures are known."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from domain.cancelling import CancelTerms
from domain.errors import PassingFailure
from domain.figures import Figures
from domain.ids import AttemptId, ChatId, OrderId, UserId
from domain.money import Money
from domain.order import OrderState
from domain.payment import AttemptState, Entry, EntryKind
from domain.ports.dialogues import DialogueKey, Live
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.figures import SqlFigures
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store, opened
from tests.domain.trade import SHOP, Trade
from tests.storage.samples import (
    LATER,
    NOW,
    SOON,
    attempt,
    eur,
    line,
    loaded,
    message,
    order,
    placed,
    row,
    stocked,
)

_S, _A = OrderState, AttemptState


@pytest.fixture
def store(database: Database) -> Store:
    return Store(SqlUnitOfWork(database), SqlCatalogue(database))


async def figures(database: Database) -> Figures:
    """Without the size, which is the database's own."""
    found = await SqlFigures(database).read(LATER)
    assert found.database_bytes > 10_000
    return dataclasses.replace(found, database_bytes=0)


async def entered(store: Store, number: OrderId, *entries: tuple[EntryKind, Money]) -> None:
    async with store.uow.writing() as work:
        for at, (kind, amount) in enumerate(entries):
            assert await work.payments.enter(Entry(f"{number}:{at}", number, kind, amount, "stripe", NOW))
        await work.commit()


async def test_a_new_shop_has_nothing_to_watch(database: Database) -> None:
    assert await figures(database) == Figures()


async def test_orders_are_counted_by_state_and_copies_while_an_open_order_holds_them(
    database: Database, store: Store
) -> None:
    first, second = await stocked(store, "one", "two", on_hand=50)
    await placed(
        store,
        order(line(first, 2), line(second, 3, held=1), number="B-1"),
        order(line(first, 1), number="B-2", state=_S.PAID),
        order(line(first, 1, held=0), number="B-3", state=_S.READY),
        order(line(first, 5), number="B-4", state=_S.CANCELLED),
        order(line(first, 7), number="B-5", state=_S.COLLECTED),
    )
    found = await figures(database)
    assert found.orders == {_S.RESERVED: 1, _S.PAID: 1, _S.READY: 1, _S.CANCELLED: 1, _S.COLLECTED: 1}
    assert (found.held_orders, found.held_copies) == (2, 4)


async def test_attempts_are_counted_by_state(database: Database, store: Store) -> None:
    [book] = await stocked(store, "one")
    [number] = await placed(store, order(line(book)))
    async with store.uow.writing() as work:
        for name, state in (("a", _A.STARTED), ("b", _A.IN_DOUBT), ("c", _A.IN_DOUBT), ("d", _A.SUCCEEDED)):
            await work.payments.add(attempt(number, name, state=state))
            assert await work.payments.get(AttemptId(name)) is not None
        await work.commit()
    assert (await figures(database)).attempts == {_A.STARTED: 1, _A.IN_DOUBT: 2, _A.SUCCEEDED: 1}


async def test_what_is_owed_is_what_is_due_and_did_not_go_back_by_order_and_currency(
    database: Database, store: Store
) -> None:
    paid, due, back = EntryKind.PAID, EntryKind.REFUND_DUE, EntryKind.REFUNDED
    [book] = await stocked(store, "one")
    a, b, c, d, e = await placed(store, *(order(line(book), number=f"B-{n}") for n in range(5)))
    await entered(store, a, (paid, eur(1290)))
    await entered(store, b, (paid, eur(1290)), (due, eur(1290)), (back, eur(500)), (back, eur(90)))
    await entered(store, c, (paid, eur(1290)), (due, eur(300)))
    await entered(store, d, (due, Money(5, "JPY")))
    # More went back than was due: that is nobody else's debt less.
    await entered(store, e, (paid, eur(1290)), (due, eur(100)), (back, eur(1290)))
    found = await figures(database)
    assert found.owed == {"EUR": 700 + 300, "JPY": 5}
    assert found.owing_orders == 3


async def test_messages_wait_are_sent_or_given_up(database: Database, store: Store) -> None:
    async with store.uow.writing() as work:
        for chat, at in enumerate((SOON, NOW, NOW, SOON), start=1):
            await work.outbox.put(message(f"m{chat}", chat), at)
        leased = {one.message.key: one for one in await work.outbox.lease(SOON, LATER, 10)}
        await work.outbox.delivered(leased["m2"].id, SOON)
        await work.outbox.give_up(leased["m3"].id, SOON, "blocked")
        await work.commit()
    found = await figures(database)
    assert (found.outbox_waiting, found.outbox_undeliverable) == (2, 1)
    assert found.outbox_oldest == (LATER - SOON).total_seconds()


async def test_a_message_of_a_clock_that_was_ahead_is_not_older_than_now(
    database: Database, store: Store
) -> None:
    async with store.uow.writing() as work:
        await work.outbox.put(message("m"), LATER + timedelta(hours=1))
        await work.commit()
    found = await figures(database)
    assert (found.outbox_waiting, found.outbox_oldest) == (1, 0.0)


async def test_failed_updates_are_counted_once_each(database: Database, store: Store) -> None:
    async with store.uow.writing() as work:
        for update in (1, 1, 1, 2):
            await work.inbox.fail(7, update, "ValueError", NOW)
        await work.commit()
    assert (await figures(database)).updates_failed == 2


async def test_screens_that_were_not_shown_are_counted(database: Database, store: Store) -> None:
    keys = [DialogueKey(ChatId(user), 0, UserId(user)) for user in (1, 2, 3)]
    async with store.uow.writing() as work:
        for key in keys:
            dialogue = await work.dialogues.locked(key, NOW)
            await work.dialogues.save(dataclasses.replace(dialogue, version=1), NOW)
        await work.dialogues.shown(keys[0], 1, Live(77, "text", "abc"))
        await work.commit()
    assert (await figures(database)).unshown == 2


async def test_on_sqlite_the_size_is_the_files_with_what_is_only_in_the_log_so_far(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    async with opened(sqlite_url) as database:
        store = Store(SqlUnitOfWork(database), SqlCatalogue(database))
        await loaded(store, [row(f"book {number}") for number in range(50)])
        log = _size(file.with_name(f"{file.name}-wal"))
        assert log > 0
        assert (await SqlFigures(database).read(NOW)).database_bytes == _size(file) + log


def _size(file: Path) -> int:
    return file.stat().st_size


async def test_a_database_that_is_away_is_a_passing_failure() -> None:
    async with opened("postgresql+asyncpg://nobody@127.0.0.1:1/nothing") as database:
        with pytest.raises(PassingFailure):
            await SqlFigures(database).read(NOW)


async def test_what_the_shop_keeps_of_a_cancelled_order_is_not_taken_from_what_it_owes(
    database: Database,
) -> None:
    shop = dataclasses.replace(SHOP, cancel_terms=CancelTerms(percent=60))
    trade = Trade(SqlUnitOfWork(database), SqlCatalogue(database), shop=shop)
    ann, book = await trade.customer(), await trade.book(1)
    bought, paying = await trade.to_pay(ann, (book, 1))
    await trade.charged(paying)
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, bought.id)
    found = await SqlFigures(database).read(trade.clock.now() + timedelta(seconds=1))
    assert (found.owing_orders, found.owed) == (1, {"EUR": 400})
