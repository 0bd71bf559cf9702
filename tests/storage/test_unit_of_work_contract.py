"""Transactions: all of it or nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest

from domain.errors import CartEmpty
from domain.ids import ChatId, UserId
from domain.ports.dialogues import DialogueKey
from domain.ports.unit_of_work import UnitOfWork
from storage.memory import MemoryUnitOfWork
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store, opened
from tests.storage.samples import NOW

KEY = DialogueKey(ChatId(1), 0, UserId(2))


async def claimed(store: Store, update_id: int) -> bool:
    """Whether an update counts as handled, found out without leaving a trace."""
    async with store.uow.writing() as work:
        return not await work.inbox.claim(1, update_id, NOW)


async def test_what_was_committed_stays(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.inbox.claim(1, 7, NOW)
        await work.commit()
    assert await claimed(store, 7)


async def test_leaving_without_a_commit_rolls_everything_back(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.inbox.claim(1, 7, NOW)
        await work.dialogues.locked(KEY, NOW)
    assert not await claimed(store, 7)
    async with store.uow.reading() as look:
        assert await look.dialogues.read(KEY) is None


async def test_an_error_rolls_everything_back_and_passes_through(store: Store) -> None:
    async def turn() -> None:
        async with store.uow.writing() as work:
            await work.inbox.claim(1, 7, NOW)
            raise CartEmpty

    with pytest.raises(CartEmpty):
        await turn()
    assert not await claimed(store, 7)


async def test_a_reader_does_not_see_what_is_not_committed_and_does_not_wait_for_it(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.dialogues.locked(KEY, NOW)
        async with store.uow.reading() as look:
            assert await look.dialogues.read(KEY) is None
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.dialogues.read(KEY) is not None


async def test_a_reading_sees_one_moment_throughout(store: Store) -> None:
    async with store.uow.reading() as look:
        assert await look.dialogues.read(KEY) is None
        async with store.uow.writing() as work:
            await work.dialogues.locked(KEY, NOW)
            await work.commit()
        assert await look.dialogues.read(KEY) is None


async def test_many_turns_at_once_all_get_through(store: Store) -> None:
    async def turn(number: int) -> None:
        async with store.uow.writing() as work:
            assert await work.inbox.claim(1, number, NOW)
            await work.commit()

    await asyncio.gather(*(turn(number) for number in range(30)))
    assert all([await claimed(store, number) for number in range(30)])


async def test_a_cancelled_turn_leaves_nothing_behind_and_the_next_one_works(store: Store) -> None:
    begun = asyncio.Event()

    async def turn() -> None:
        async with store.uow.writing() as work:
            await work.inbox.claim(1, 7, NOW)
            begun.set()
            while True:
                await work.inbox.claim(1, 8, NOW)
                await asyncio.sleep(0)

    task = asyncio.create_task(turn())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not await claimed(store, 7)
    assert not await claimed(store, 8)


@contextlib.asynccontextmanager
async def with_faults(kept_in: str, faults: Callable[[str], None]) -> AsyncIterator[UnitOfWork]:
    if not kept_in:
        yield MemoryUnitOfWork(faults=faults)
        return
    async with opened(kept_in) as database:
        yield SqlUnitOfWork(database, faults=faults)


async def test_faults_are_called_around_the_commit(kept_in: str) -> None:
    points: list[str] = []
    async with with_faults(kept_in, points.append) as unit_of_work, unit_of_work.writing() as work:
        await work.commit()
    assert points == ["before-commit", "after-commit"]


async def test_a_fault_before_the_commit_undoes_the_turn(kept_in: str) -> None:
    class Killed(BaseException):
        """What nothing catches."""

    def dies(point: str) -> None:
        if point == "before-commit":
            raise Killed

    async with with_faults(kept_in, dies) as unit_of_work:

        async def turn() -> None:
            async with unit_of_work.writing() as work:
                await work.inbox.claim(1, 7, NOW)
                await work.commit()

        with pytest.raises(Killed):
            await turn()
        async with unit_of_work.writing() as work:
            assert await work.inbox.claim(1, 7, NOW)
