"""Foreign errors, translated where they enter."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import PassingFailure
from storage.engine import Database
from storage.failures import StorageFault, passing
from storage.tables import customers, files, limits
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.storage.samples import NOW

Work = Callable[[AsyncConnection], Awaitable[object]]


async def turn(database: Database, *work: Work) -> None:
    async with database.writing() as connection:
        for step in work:
            await step(connection)
        await connection.commit()


def sql(text: str) -> Work:
    return lambda connection: connection.exec_driver_sql(text)


async def works(database: Database) -> None:
    async with SqlUnitOfWork(database).writing() as work:
        assert await work.inbox.claim(1, 1, NOW)


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reading() as connection:
        with pytest.raises(StorageFault, match=r"SQLITE_READONLY|25006"):
            await connection.execute(files.insert(), {"bot_id": 1, "key": "a", "file_id": "x"})
    await works(database)


async def test_a_defect_is_no_passing_failure_and_does_not_quote_what_was_written(database: Database) -> None:
    secret = "ann@example.org"
    row = {"email": secret, "email_key": secret, "name": secret, "password_hash": secret, "created_at": NOW}
    add = customers.insert()
    with pytest.raises(StorageFault) as caught:
        await turn(database, lambda c: c.execute(add, row), lambda c: c.execute(add, row))
    shown: BaseException | None = caught.value
    while shown is not None:
        assert secret not in str(shown)
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    await works(database)


async def test_a_statement_that_makes_no_sense_is_a_fault(database: Database) -> None:
    with pytest.raises(StorageFault):
        await turn(database, sql("SELECT * FROM nowhere"))


async def test_a_moment_without_a_zone_is_a_fault(database: Database) -> None:
    with pytest.raises(StorageFault, match="naive"):
        await turn(
            database, lambda c: c.execute(limits.insert(), {"key": "a", "at": NOW.replace(tzinfo=None)})
        )


async def test_too_many_writers_at_once_is_a_passing_failure(database_url: str) -> None:
    async with opened(database_url, writers=1, wait=0.05) as database:
        async with database.writing() as connection:
            await connection.exec_driver_sql("SELECT 1")
            with pytest.raises(PassingFailure):
                await turn(database, sql("SELECT 1"))
        await works(database)


async def test_too_many_readers_at_once_is_a_passing_failure(database_url: str) -> None:
    async with opened(database_url, readers=1, wait=0.05) as database:
        async with database.reading():
            with pytest.raises(PassingFailure):
                async with database.reading():
                    pass
        async with database.reading() as connection:
            await connection.exec_driver_sql("SELECT 1")


async def test_another_process_that_writes_for_too_long_is_a_passing_failure(
    sqlite_url: str, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "shop.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        async with opened(sqlite_url, wait=0.05) as database:
            with pytest.raises(PassingFailure, match="SQLITE_BUSY"):
                await works(database)
            other.execute("ROLLBACK")
            await works(database)
    other.close()


async def test_a_file_that_cannot_be_opened_is_a_passing_failure(tmp_path: Path) -> None:
    (tmp_path / "shop.db").mkdir()
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/shop.db") as database:
        with pytest.raises(PassingFailure):
            await works(database)


async def test_a_full_disk_is_a_passing_failure_and_the_next_turn_works(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        await turn(database, sql("PRAGMA max_page_count = 1"))  # it stays at the pages that there are
        large = {"bot_id": 1, "key": "a", "file_id": "x" * 100_000}
        with pytest.raises(PassingFailure, match="SQLITE_FULL"):
            await turn(database, lambda connection: connection.execute(files.insert(), large))
        await turn(database, sql("PRAGMA max_page_count = 1000000"))
        await works(database)


@pytest.mark.postgres
async def test_a_server_that_is_away_is_a_passing_failure() -> None:
    async with opened("postgresql+asyncpg://nobody@127.0.0.1:1/none") as database:
        with pytest.raises(PassingFailure):
            await works(database)
        with pytest.raises(PassingFailure):
            async with database.reading():
                pass


@pytest.mark.postgres
async def test_a_database_that_does_not_exist_is_a_fault_that_says_so(postgres_url: str) -> None:
    base, _, query = postgres_url.partition("?")
    async with opened(f"{base}-not-here?{query}") as database:
        with pytest.raises(StorageFault, match=r"not-here.*does not exist"):
            await works(database)


@pytest.mark.postgres
async def test_waiting_too_long_for_a_lock_is_a_passing_failure(postgres_url: str) -> None:
    lock = sql("LOCK TABLE files IN EXCLUSIVE MODE")
    async with opened(postgres_url) as one, opened(postgres_url) as two:
        async with one.writing() as connection:
            await lock(connection)
            with pytest.raises(PassingFailure, match="55P03"):
                await turn(two, sql("SET LOCAL lock_timeout = '20ms'"), lock)
        await works(two)


@pytest.mark.postgres
async def test_a_statement_that_takes_too_long_is_a_passing_failure(postgres_url: str) -> None:
    async with opened(postgres_url) as database:
        with pytest.raises(PassingFailure, match="57014"):
            await turn(database, sql("SET LOCAL statement_timeout = '20ms'"), sql("SELECT pg_sleep(5)"))
        await works(database)


@pytest.mark.postgres
async def test_a_deadlock_is_a_passing_failure_of_one_of_the_two(postgres_url: str) -> None:
    ready = asyncio.Barrier(2)

    async def crossing(database: Database, first: str, second: str) -> None:
        async with database.writing() as connection:
            await connection.exec_driver_sql("SET LOCAL deadlock_timeout = '20ms'")
            await connection.exec_driver_sql(f"LOCK TABLE {first}")
            await ready.wait()
            await connection.exec_driver_sql(f"LOCK TABLE {second}")
            await connection.commit()

    async with opened(postgres_url) as database:
        ends = await asyncio.gather(
            crossing(database, "files", "limits"),
            crossing(database, "limits", "files"),
            return_exceptions=True,
        )
        assert [type(end) for end in ends if end is not None] == [PassingFailure]


@pytest.mark.postgres
async def test_a_lost_connection_is_a_passing_failure_and_the_next_turn_has_a_new_one(
    postgres_url: str,
) -> None:
    async with opened(postgres_url) as database, opened(postgres_url) as other:
        pid = sa.text("SELECT pg_backend_pid()")

        async def cut(connection: AsyncConnection) -> None:
            number = (await connection.execute(pid)).scalar_one()
            await turn(other, sql(f"SELECT pg_terminate_backend({number})"))

        with pytest.raises(PassingFailure):
            await turn(database, cut, sql("SELECT 1"))
        await works(database)
        # Cut while it is idle, too: nobody is told until the next turn, and the one after that works.
        async with database.writing() as connection:
            number = (await connection.execute(pid)).scalar_one()
        await turn(other, sql(f"SELECT pg_terminate_backend({number})"))
        with pytest.raises(PassingFailure):
            await works(database)
        await works(database)


@pytest.mark.parametrize("state", ["08006", "40001", "40P01", "53300", "55P03", "57014", "57P01"])
def test_states_that_pass(state: str) -> None:
    error = Exception()
    error.sqlstate = state  # type: ignore[attr-defined]  # as the driver's errors have
    assert passing(error)


@pytest.mark.parametrize("state", ["22001", "23505", "42601", "25006", "XX000"])
def test_states_that_do_not_pass(state: str) -> None:
    error = Exception()
    error.sqlstate = state  # type: ignore[attr-defined]  # as the driver's errors have
    assert not passing(error)
