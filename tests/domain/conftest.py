"""Services over a migrated SQLite file, copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork
from tests.domain.accounts import Accounts


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "shop.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def unit_of_work(empty_database: Path, tmp_path: Path) -> AsyncIterator[SqlUnitOfWork]:
    path = shutil.copy(empty_database, tmp_path / "shop.db")
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        yield SqlUnitOfWork(database)
    finally:
        await database.close()


@pytest.fixture
async def accounts(unit_of_work: SqlUnitOfWork) -> Accounts:
    """The account services of a shop that sends mails."""
    return Accounts(unit_of_work)


@pytest.fixture
async def mailless(unit_of_work: SqlUnitOfWork) -> Accounts:
    """The account services of a shop that sends none."""
    return Accounts(unit_of_work, by_mail=False)
