"""Copies of a SQLite file: made while the shop goes on, looked at before they are trusted, put in another's place.

By the standard library's own connections, as `python -m bot backup` and `restore` are processes of their own. Everything here
waits for the disk and blocks the thread that calls it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from storage.migrate import revisions

_PATIENCE = 20.0
"""Seconds that a copy waits for whoever holds the file alone (a recovery after a crash, say)."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file (sqlite.org/tempfiles.html)."""


class CannotCopy(Exception):
    """A copy cannot be made, or not be used. The text is for whoever typed the command, and holds nothing of the data."""


class InUse(Exception):
    """Another process has the file open."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a shop's file, so that a person sees whether it is the one that was meant."""

    revision: str
    """Of the tables (see `storage.migrate`)."""
    books: int
    customers: int
    orders: int
    last_order: datetime | None
    """When the newest order was placed, in UTC."""


def copy(source: Path, target: Path) -> Contents:
    """Copy a file as it is at one moment, whoever writes to it meanwhile, and look the copy over. ``target`` must not exist.

    The copy is made in one step of SQLite's backup API (sqlite.org/backup.html), which on a file with a write-ahead log is one
    reader beside the others: nobody's turn waits for it. It needs nothing beside it. Raises CannotCopy; there is no copy then
    that could be taken for a good one.
    """
    with _told(source), closing(_opened(source)) as shop, closing(sqlite3.connect(target)) as ours:
        shop.execute("PRAGMA query_only=ON")
        shop.backup(ours)
        ours.execute("PRAGMA journal_mode=DELETE")
        ours.execute("PRAGMA synchronous=FULL")
    return look_over(target)


def look_over(path: Path) -> Contents:
    """Check a file that nobody else has open: each page, index and reference, and that its tables are of a version known here.
    Raises CannotCopy."""
    with _told(path), closing(_opened(path)) as file:
        for check in ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"):
            found = file.execute(check).fetchone()
            if found is not None and found[0] != "ok":
                raise CannotCopy(
                    f"{path.name} is damaged: {check.removeprefix('PRAGMA ')} finds faults in it."
                )
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "orders", "books", "customers"} <= tables:
            raise CannotCopy(f"{path.name} holds no shop.")
        (revision,) = file.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        if revision not in revisions():
            raise CannotCopy(
                f"{path.name} is of another version of the program ({revision}): update it first."
            )
        books, customers, orders, last = file.execute(
            "SELECT (SELECT count(*) FROM books), (SELECT count(*) FROM customers), count(*), max(created_at) FROM orders"
        ).fetchone()
    return Contents(revision, books, customers, orders, _moment(last))


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Have a file that stays closed to others as long as this lasts, with all that was written in the file itself.

    Raises InUse if another process has it open. One that is too damaged to be opened is nobody's.
    """
    with contextlib.ExitStack() as stack:
        if path.exists():
            try:
                connection = stack.enter_context(closing(_opened(path, patience=0.0)))
                # Leaving the write-ahead log is refused as long as there is another connection (sqlite.org/wal.html).
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in (
                    sqlite3.SQLITE_BUSY,
                    sqlite3.SQLITE_LOCKED,
                ):
                    raise InUse from None
            except sqlite3.DatabaseError:
                pass
        yield


def put_in_place(new: Path, path: Path, aside: Path | None = None) -> bool:
    """Give a finished file its name, in one step of the file system. Raises FileExistsError if there is such a file, unless it
    is to be kept as ``aside``; nobody has it open then (`alone`). Returns whether there was anything to keep."""
    _to_disk(new)
    if aside is None:
        _second_name(new, path)
        _to_disk(path.parent)
        return False
    for end in _BESIDE:
        # Left by a file that could not be opened. With the new one they would be taken for its own.
        left = path.with_name(path.name + end)
        if left.exists():
            left.rename(aside.with_name(aside.name + end))
    kept = path.exists()
    if kept:
        _second_name(path, aside)
    new.replace(path)
    _to_disk(path.parent)
    return kept


def _second_name(file: Path, name: Path) -> None:
    """Raises FileExistsError if there is one of that name. What is no file system for second names (a memory stick's, say) gets
    a second file."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        with file.open("rb") as given, name.open("xb") as taken:
            name.chmod(0o600)
            shutil.copyfileobj(given, taken, 1 << 20)
        _to_disk(name)


def _to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk. Windows knows this for no folder, and needs it for none."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(path: Path, patience: float = _PATIENCE) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, timeout=patience, isolation_level=None
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CannotCopy(f"{path.name} cannot be read or copied: {error}.") from None


def _moment(microseconds: int | None) -> datetime | None:
    """As `storage.tables.Moment` keeps it."""
    return None if microseconds is None else datetime.fromtimestamp(microseconds / 1_000_000, UTC)
