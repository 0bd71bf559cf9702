"""The demo's shop before it opens: its database, and the books on its shelves."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from catalogue.demo import demo_rows
from identity.clock import SystemClock
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex


async def stock_up(url: str, currency: str, stocked: Path, out: Console) -> None:
    """Migrate, and fill the shelves the first time: the file ``stocked`` says that it came to its end."""
    await migrate(url)
    database = Database(url)
    try:
        catalogue = SqlCatalogue(database, index=SearchIndex())
        if await catalogue.count() and _is_there(stocked):
            return
        now = SystemClock().now()
        rows = demo_rows(now, currency)
        columns = (
            TextColumn("Filling the shelves"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=out, transient=True) as progress:
            task = progress.add_task("", total=len(rows))
            async for loaded in catalogue.load(rows, now):
                progress.update(task, completed=loaded.rows)
        _make(stocked)
    finally:
        await database.close()


def _is_there(file: Path) -> bool:
    return file.exists()


def _make(file: Path) -> None:
    file.touch()
