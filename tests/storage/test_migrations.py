"""The migrations make what the tables say, forwards and backwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from domain.book import Form
from domain.cancelling import WHOLE, CancelTerms, CancelUntil
from domain.catalogue import Contributor
from domain.tax import TaxRate
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.failures import StorageFault
from storage.migrate import State, downgrade, migrate, newest, ours, state_of
from storage.tables import metadata, shelf_counts
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import SQL, Server, Store, opened
from tests.storage.samples import eur, line, loaded, order, placed, row, stocked


@pytest.fixture(params=SQL)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/deeper/shop.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = f"empty_{uuid4().hex}"
    server.do(f'CREATE DATABASE "{name}"')
    yield server.url(name)
    server.do(f'DROP DATABASE "{name}" WITH (FORCE)')


async def tables_of(url: str) -> set[str]:
    async with opened(url) as database, database.reading() as connection:
        return set(await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()))


async def test_the_migrations_make_the_tables(database: Database) -> None:
    def compare(sync: sa.Connection) -> list[object]:
        options = {"include_name": ours, "compare_type": True}
        context = MigrationContext.configure(sync, opts=options)
        return list(compare_metadata(context, metadata))

    async with database.reading() as connection:
        assert await connection.run_sync(compare) == []


async def test_the_migrations_make_the_checks(database: Database) -> None:
    def checks(sync: sa.Connection) -> dict[str, set[str]]:
        inspector = sa.inspect(sync)
        return {
            name: {str(check["name"]) for check in inspector.get_check_constraints(name)}
            for name in metadata.tables
        }

    async with database.reading() as connection:
        found = await connection.run_sync(checks)
    assert found == {
        name: {str(one.name) for one in table.constraints if isinstance(one, sa.CheckConstraint)}
        for name, table in metadata.tables.items()
    }


async def test_up_down_and_up_again_from_any_folder(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert await state_of(empty_url) == State(None, newest())
    assert (await migrate(empty_url)).up_to_date
    there = await tables_of(empty_url)
    assert there >= set(metadata.tables)
    assert await downgrade(empty_url, "base") == State(None, newest())
    assert await tables_of(empty_url) <= {"alembic_version"}
    assert (await migrate(empty_url)).up_to_date
    assert await tables_of(empty_url) == there


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    there = await tables_of(database_url)
    assert await migrate(database_url) == State(newest(), newest())
    assert await tables_of(database_url) == there


async def test_replicas_that_start_at_once_migrate_one_after_the_other(empty_url: str) -> None:
    states = await asyncio.gather(*(migrate(empty_url) for _ in range(3)))
    assert all(state.up_to_date for state in states)


async def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    async with opened(empty_url) as database, database.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE updates (mine INTEGER)")
        await connection.commit()
    with pytest.raises(StorageFault, match="updates"):
        await migrate(empty_url)
    assert await tables_of(empty_url) <= {"updates", "alembic_version"}
    assert (await state_of(empty_url)).current is None


async def test_orders_from_before_their_terms_were_kept_have_those_that_held_then(database_url: str) -> None:
    terms = CancelTerms(CancelUntil.NEVER, percent=10, fee=50, free_hours=2)
    async with opened(database_url) as database:
        store = Store(SqlUnitOfWork(database), SqlCatalogue(database))
        [book] = await stocked(store, "one")
        [number] = await placed(store, order(line(book), cancel_terms=terms, tax=TaxRate(700)))
    await downgrade(database_url, "0004_search_unspelled")
    await migrate(database_url)
    async with opened(database_url) as database, SqlUnitOfWork(database).reading() as look:
        found = await look.orders.get(number)
    assert found is not None
    assert (found.cancel_terms, found.tax) == (WHOLE, None)
    assert found.total == eur(1290)


async def test_shelves_from_before_works_were_counted_are_filled(database_url: str) -> None:
    forms = {"series": "Dune", "series_no": "1"}
    async with opened(database_url) as database:
        store = Store(SqlUnitOfWork(database), SqlCatalogue(database))
        await loaded(
            store,
            [
                row("dune", form=Form.EBOOK, **forms),
                row("again", title="Dune", form=Form.AUDIO, **forms),
                row("messiah", series="Dune", series_no="2", language="deu"),
                row("alone", contributors=(Contributor("Somebody Else"),), series="One", subjects=("art",)),
                row("gone", series="Dune", withdrawn=True),
            ],
        )
    kinds = ("author", "series", "subject", "language")
    now = await shelves_of(database_url)
    assert [(kind, sorted(now[kind].values())) for kind in kinds] == [
        ("author", [2]),
        ("series", [2]),
        ("subject", [1, 2]),
        ("language", [1, 2]),
    ]
    await downgrade(database_url, "0007_unknown_codes")
    was = await shelves_of(database_url)
    assert was.keys() == {"subject", "language"}
    assert was["subject"] == {"science-fiction": 3, "art": 1}
    await migrate(database_url)
    assert await shelves_of(database_url) == {kind: now[kind] for kind in kinds}


async def test_an_empty_shop_has_no_shelves_to_fill(database_url: str) -> None:
    await downgrade(database_url, "0007_unknown_codes")
    await migrate(database_url)
    assert await shelves_of(database_url) == {}


async def shelves_of(url: str) -> dict[str, dict[str, int]]:
    async with opened(url) as database, database.reading() as connection:
        found: dict[str, dict[str, int]] = {}
        for kind, key, count in await connection.execute(sa.select(shelf_counts)):
            found.setdefault(kind, {})[key] = count
    return found
