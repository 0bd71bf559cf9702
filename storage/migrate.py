"""Bringing a database's tables up to date, from any folder and with no settings file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.errors import NewerDatabase
from storage.engine import Database
from storage.failures import entering

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x424F4F4B  # the name of the lock that PostgreSQL's replicas take turns with: any number that is always the same
_PATIENCE = 120.0
"""Seconds that a replica waits for another one's migration."""
_FOREIGN = ("search_", "sqlite_")


class State(NamedTuple):
    """``current`` is the revision of the database (None: empty), ``newest`` the program's."""

    current: str | None
    newest: str

    @property
    def up_to_date(self) -> bool:
        return self.current == self.newest


async def migrate(url: str, revision: str = "head") -> State:
    """Bring the database to the newest revision (or to a named one). Nothing happens if it is there already.

    One at a time across replicas; all of it or nothing. Raises PassingFailure if the database is away or stays busy, and
    NewerDatabase if its revision is none of this program's.
    """
    await _run(url, lambda config: command.upgrade(config, revision))
    return await state_of(url)


async def downgrade(url: str, revision: str) -> State:
    """Back to a revision (``base``: to an empty database). What the later tables held is lost."""
    await _run(url, lambda config: command.downgrade(config, revision))
    return await state_of(url)


async def state_of(url: str) -> State:
    """Where the database stands, without changing it."""
    database = Database(url)
    try:
        async with database.reading() as connection:
            current = await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_revision()
            )
    finally:
        await database.close()
    return State(current, newest())


def newest() -> str:
    """The program's own revision."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise LookupError("the program came without its migrations")
    return found


def revisions() -> frozenset[str]:
    """All revisions that this program can bring to its own."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether a table found in a database is one of `storage.tables`; the search index makes its own."""
    return kind != "table" or not (name or "").startswith(_FOREIGN)


async def _run(url: str, work: Callable[[Config], None]) -> None:
    def run(connection: sa.Connection) -> None:
        config = _config()
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in revisions():
            raise NewerDatabase(current)
        config.attributes["connection"] = connection
        work(config)

    database = Database(url, wait=_PATIENCE)
    try:
        async with database.migrating(_LOCK) as connection:
            with entering():
                await connection.run_sync(run)
            await connection.commit()
    finally:
        await database.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
