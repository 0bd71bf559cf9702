"""SQLite in the event loop's own thread: what runs there, and what never holds it up."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from domain.errors import PassingFailure
from domain.ids import ChatId, UserId
from domain.ports.books import Filters, Shelf, Sort
from domain.ports.dialogues import DialogueKey
from storage.connection import lengthy
from storage.engine import Database
from storage.failures import StorageFault
from storage.tables import files, limits
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.storage.samples import NOW

KEY = DialogueKey(ChatId(1), 0, UserId(2))
SLOW = sa.text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT count(*) FROM n"
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@contextmanager
def seen(database: Database) -> Iterator[list[tuple[str, bool]]]:
    """Each statement's first word, and whether it ran in the loop's thread."""
    here, found = threading.get_ident(), list[tuple[str, bool]]()

    def note(connection: sa.Connection, cursor: object, sql: str, *rest: object) -> None:
        found.append((sql.split()[0], threading.get_ident() == here))

    def note_commit(connection: sa.Connection) -> None:
        found.append(("COMMIT", threading.get_ident() == here))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    sa.event.listen(sa.Engine, "commit", note_commit)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
        sa.event.remove(sa.Engine, "commit", note_commit)


@contextmanager
def another_process_writes(url: str) -> Iterator[None]:
    with closing(sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def test_a_turn_runs_where_the_loop_runs_and_only_its_commit_waits_for_the_disk_elsewhere(
    database: Database,
) -> None:
    with seen(database) as found:
        async with SqlUnitOfWork(database).writing() as work:
            await work.inbox.claim(1, 7, NOW)
            dialogue = await work.dialogues.locked(KEY, NOW)
            await work.dialogues.save(dialogue, NOW)
            await work.commit()
    assert found[-1] == ("COMMIT", False)
    assert [here for _, here in found[:-1]] == [True] * 4


async def test_what_may_read_much_of_the_catalogue_is_read_in_a_thread(database: Database) -> None:
    with seen(database) as found:
        async with SqlUnitOfWork(database).reading() as look:
            await look.books.browse(Shelf(), Filters(), Sort.TITLE, offset=0, limit=8)
            await look.books.facets(Shelf(), Filters(), "subject")
    assert found
    assert not any(here for _, here in found)


async def test_the_loop_goes_on_while_something_lengthy_is_read(database: Database) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with database.look() as connection:
        going_on = asyncio.create_task(others())
        await connection.execute(SLOW)
        assert turns == 0
        assert (await connection.execute(lengthy(SLOW))).scalar_one() == 400000
        assert turns > 1
        going_on.cancel()


async def test_another_process_that_writes_is_waited_for_and_the_loop_goes_on(database: Database) -> None:
    async def write() -> None:
        async with database.work() as connection:
            await connection.execute(limits.insert(), {"key": "a", "at": NOW})
            await connection.commit()

    with another_process_writes(database.url):
        writing = asyncio.create_task(write())
        for _ in range(5):
            await asyncio.sleep(0.005)
        assert not writing.done()
    await writing


async def test_another_process_that_writes_for_long_is_a_passing_failure(sqlite_url: str) -> None:
    async with opened(sqlite_url, wait=0.05) as database:
        with another_process_writes(sqlite_url), pytest.raises(PassingFailure, match="SQLITE_BUSY"):
            async with database.work():
                pass
        async with database.work() as connection:
            await connection.execute(limits.insert(), {"key": "a", "at": NOW})


async def test_a_look_waits_for_the_looks_before_it_and_not_for_ever(sqlite_url: str) -> None:
    async with opened(sqlite_url, readers=1, wait=0.05) as database:
        async with database.look():
            with pytest.raises(PassingFailure):
                async with database.look():
                    pass
        async with database.look() as connection:
            assert (await connection.execute(sa.text("SELECT 1"))).scalar_one() == 1


async def test_a_look_sees_one_moment_and_cannot_write(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(limits)
    async with database.look() as look:
        assert (await look.execute(count)).scalar_one() == 0
        async with database.work() as work:
            await work.execute(limits.insert(), {"key": "a", "at": NOW})
            await work.commit()
        assert (await look.execute(count)).scalar_one() == 0
        with pytest.raises(StorageFault, match="SQLITE_READONLY"):
            await look.execute(limits.insert(), {"key": "b", "at": NOW})
    async with database.look() as look:
        assert (await look.execute(count)).scalar_one() == 1


async def test_what_is_not_committed_never_happened(database: Database) -> None:
    async with database.work() as work:
        await work.execute(limits.insert(), {"key": "a", "at": NOW})
    async with database.work() as work:
        await work.execute(files.insert(), {"bot_id": 1, "key": "a", "file_id": "x"})
        with pytest.raises(StorageFault):
            await work.execute(files.insert(), {"bot_id": 1, "key": "a", "file_id": "x"})
    async with database.look() as look:
        for table in (limits, files):
            assert (await look.execute(sa.select(table))).all() == []


async def test_results_are_whole_and_can_be_fetched_piece_by_piece(database: Database) -> None:
    async with database.work() as work:
        made = await work.execute(limits.insert(), [{"key": str(n), "at": NOW} for n in range(6)])
        assert made.rowcount == 6
        result = await work.execute(sa.select(limits.c.key).order_by(limits.c.id))
        gone = await work.execute(sa.delete(limits).returning(limits.c.id))
        assert len(gone.all()) == 6
        assert result.fetchone() == ("0",)
        assert result.fetchmany(2) == [("1",), ("2",)]
        assert result.scalars().all() == ["3", "4", "5"]


async def test_a_turn_that_is_cancelled_while_it_commits_leaves_the_next_one_a_whole_connection(
    database: Database,
) -> None:
    async def write(key: str) -> None:
        async with database.work() as work:
            await work.execute(limits.insert(), {"key": key, "at": NOW})
            await work.commit()

    for number in range(20):
        task = asyncio.create_task(write(f"cut {number}"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await write(f"whole {number}")
    async with database.look() as look:
        keys = [*(await look.execute(sa.select(limits.c.key))).scalars()]
    assert sum(key.startswith("whole") for key in keys) == 20


async def test_no_thread_is_left_after_closing(sqlite_url: str) -> None:
    before = set(threading.enumerate())
    async with opened(sqlite_url) as database, database.work() as work:
        await work.execute(limits.insert(), {"key": "a", "at": NOW})
        await work.commit()
    assert set(threading.enumerate()) == before


async def test_a_turn_and_a_load_of_books_take_turns(database: Database) -> None:
    async with database.writing() as loading:
        await loading.execute(limits.insert(), {"key": "load", "at": NOW})
        turn = asyncio.create_task(_claim(database))
        await asyncio.sleep(0.01)
        assert not turn.done()
        await loading.commit()
    assert await turn


async def _claim(database: Database) -> bool:
    async with SqlUnitOfWork(database).writing() as work:
        return await work.inbox.claim(1, 1, NOW)
