"""SQLite in one trip a statement."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa

from storage.engine import Database
from storage.failures import StorageFault
from storage.onetrip import OneTripCursor
from storage.statements import unawaited
from storage.tables import files, limits
from tests.databases import opened
from tests.storage.samples import LATER, NOW


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is sent to any connection's thread."""
    made: list[str] = []
    execute: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, work: Any, *args: Any, **kwargs: Any) -> Any:
        made.append(getattr(args[0], "__name__", "?") if args else work.__name__)
        return await execute(self, work, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return iter([made])


async def test_a_turn_that_does_nothing_makes_no_trip(database: Database, trips: Iterator[list[str]]) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")
    made = next(trips)
    made.clear()
    async with database.writing():
        pass
    async with database.writing() as connection:
        await connection.commit()
    assert made == []


async def test_a_turn_that_is_not_committed_is_rolled_back_in_one_trip(
    database: Database, trips: Iterator[list[str]]
) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")
    made = next(trips)
    made.clear()
    async with database.writing() as connection:
        await connection.execute(limits.insert(), {"key": "a", "at": NOW})
    assert made == ["_execute", "rollback"]


async def test_a_writing_transaction_begins_immediate_and_a_reading_one_deferred(database: Database) -> None:
    async with opened(database.url, wait=0.05) as other, database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")  # nothing is written, and yet nobody else may
        with pytest.raises(Exception, match="SQLITE_BUSY"):
            await _write(other)
        async with other.reading() as reader:
            assert (await reader.exec_driver_sql("SELECT 2")).scalar_one() == 2
    await _write(database)


async def _write(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(limits.insert(), {"key": "a", "at": NOW})
        await connection.commit()


async def test_results_have_rows_names_counts_and_ids(database: Database) -> None:
    async with database.writing() as connection:
        made = await connection.execute(limits.insert(), {"key": "a", "at": NOW})
        assert made.inserted_primary_key == (1,)
        assert made.rowcount == 1
        returned = await connection.execute(
            limits.insert().returning(limits.c.id, limits.c.at), {"key": "b", "at": LATER}
        )
        assert returned.all() == [(2, LATER)]
        changed = await connection.execute(sa.update(limits).values(key="c"))
        assert changed.rowcount == 2
        kept = await connection.execute(sa.update(limits).where(limits.c.id == 9).values(key="c"))
        assert kept.rowcount == 0
        gone = await connection.execute(sa.delete(limits).returning(limits.c.id))
        assert sorted(gone.scalars()) == [1, 2]
        empty = await connection.execute(sa.select(limits))
        assert list(empty.keys()) == ["id", "key", "at"]
        assert empty.all() == []


async def test_many_parameters_go_in_one_trip(database: Database, trips: Iterator[list[str]]) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")
        made = next(trips)
        made.clear()
        result = await connection.execute(limits.insert(), [{"key": str(n), "at": NOW} for n in range(100)])
        assert result.rowcount == 100
        assert made == ["_execute_many"]


async def test_rows_can_be_fetched_piece_by_piece(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(limits.insert(), [{"key": str(n), "at": NOW} for n in range(5)])
        result = await connection.execute(sa.select(limits.c.key).order_by(limits.c.id))
        assert result.fetchone() == ("0",)
        assert result.fetchmany(2) == [("1",), ("2",)]
        assert result.scalars().all() == ["3", "4"]


async def test_a_failed_statement_leaves_the_transaction_to_be_rolled_back(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(files.insert(), {"bot_id": 1, "key": "a", "file_id": "x"})
        with pytest.raises(StorageFault):
            await connection.execute(files.insert(), {"bot_id": 1, "key": "a", "file_id": "x"})
    async with database.reading() as connection:
        assert (await connection.execute(sa.select(sa.func.count()).select_from(files))).scalar_one() == 0


ADD_UNAWAITED = unawaited(files.insert())
ONE, OTHER = {"bot_id": 1, "key": "a", "file_id": "x"}, {"bot_id": 1, "key": "b", "file_id": "y"}


async def kept(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(sa.select(files.c.key).order_by(files.c.key))).scalars())


async def test_an_unawaited_statement_is_done_before_the_next_one(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, ONE)
        await connection.execute(ADD_UNAWAITED, OTHER)
        changed = await connection.execute(sa.update(files).values(file_id="z"))
        assert changed.rowcount == 2
        await connection.commit()
    assert await kept(database) == ["a", "b"]


async def test_unawaited_statements_alone_are_committed_in_one_trip(
    database: Database, trips: Iterator[list[str]]
) -> None:
    await _write(database)
    made = next(trips)
    made.clear()
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, ONE)
        await connection.execute(ADD_UNAWAITED, OTHER)
        await connection.commit()
    assert made == ["commit"]
    assert await kept(database) == ["a", "b"]


async def test_an_unawaited_statement_that_is_not_committed_never_happens(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, ONE)
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, OTHER)
        await connection.commit()
    assert await kept(database) == ["b"]


async def test_an_unawaited_statement_that_fails_fails_the_commit_and_all_of_it(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, OTHER)
        await connection.execute(ADD_UNAWAITED, ONE)
        await connection.execute(ADD_UNAWAITED, ONE)
        with pytest.raises(StorageFault, match="CONSTRAINT"):
            await connection.commit()
    assert await kept(database) == []
    async with database.writing() as connection:
        await connection.execute(ADD_UNAWAITED, ONE)
        await connection.commit()
    assert await kept(database) == ["a"]


async def test_a_cursor_without_a_result_says_so(database: Database) -> None:
    def look(sync: sa.Connection) -> None:
        cursor = sync.connection.cursor()
        assert isinstance(cursor, OneTripCursor)
        assert (cursor.description, cursor.rowcount, cursor.fetchone()) == (None, -1, None)
        assert cursor.arraysize == 1
        cursor.arraysize = 2
        cursor.execute("SELECT 1 AS one UNION SELECT 2 UNION SELECT 3")
        assert cursor.description[0][0] == "one"
        assert cursor.fetchmany() == [(1,), (2,)]
        cursor.close()
        assert cursor.fetchall() == []

    async with database.reading() as connection:
        await connection.run_sync(look)


async def test_every_connection_is_set_up(database: Database) -> None:
    async def pragma(connection: Any, name: str) -> object:
        return (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()

    async with database.writing() as connection:
        assert await pragma(connection, "journal_mode") == "wal"
        assert await pragma(connection, "synchronous") == 2  # FULL
        assert await pragma(connection, "foreign_keys") == 1
        assert await pragma(connection, "query_only") == 0
        assert await pragma(connection, "busy_timeout") == 5000
    async with database.reading() as one, database.reading() as two:
        for connection in (one, two):
            assert await pragma(connection, "foreign_keys") == 1
            assert await pragma(connection, "query_only") == 1


async def test_no_connection_is_left_after_closing(database: Database) -> None:
    before = set(threading.enumerate())
    async with opened(database.url) as other, other.writing() as connection, other.reading() as reader:
        await connection.exec_driver_sql("SELECT 1")
        await reader.exec_driver_sql("SELECT 1")
        ours = set(threading.enumerate()) - before
        assert len(ours) == 2
    for thread in ours:
        thread.join(2)  # it ends just after it has said that it is closed
        assert not thread.is_alive()


def test_a_database_in_memory_is_refused() -> None:
    for url in ("sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"):
        with pytest.raises(ValueError, match="file"):
            Database(url)
