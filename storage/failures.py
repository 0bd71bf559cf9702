"""Foreign errors, translated where they enter: what may work in a moment is a PassingFailure, the rest a StorageFault."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import ExceptionContext

from domain.errors import PassingFailure

# SQLite's primary result codes (sqlite.org/rescode.html): busy and locked are other writers, the others the disk.
_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)

# SQLSTATE (PostgreSQL manual, appendix A). Classes: connections, resources, the system; then single codes:
# serialization, deadlock, lock timeout, cancelled (statement timeout), shutting down, idle too long.
_PASSING_CLASSES = ("08", "53", "58")
_PASSING_STATES = frozenset(
    {"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04"}
)


class StorageFault(Exception):
    """The database refused something that it should not have been asked: a defect, not a passing failure."""


def passing(error: BaseException) -> bool:
    """Whether a driver's error may be gone when the same is tried again."""
    if isinstance(error, OSError):  # TimeoutError is one
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return (code & 0xFF) in _PASSING_CODES
    state = getattr(error, "sqlstate", None)
    return state is not None and (state in _PASSING_STATES or state.startswith(_PASSING_CLASSES))


def translated(error: BaseException, *, disconnected: bool = False) -> Exception:
    """What to raise instead. The text names the error and holds no statement's values."""
    name = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    what = f"database: {type(error).__name__}" + (f" ({name})" if name else "")
    if disconnected or passing(error):
        return PassingFailure(what)
    return StorageFault(f"{what}: {error}")


def translate(context: ExceptionContext) -> None:
    """SQLAlchemy's ``handle_error`` hook: every error of a driver passes here first."""
    error = context.original_exception
    # PostgreSQL's own error quotes the row's values in its detail; logs that show where an error comes from would too.
    error.__cause__, error.__suppress_context__ = None, True
    # What is no driver's error (a cancelled task, a defect of ours) goes on as it is.
    if isinstance(context.sqlalchemy_exception, sa.exc.StatementError) or isinstance(error, OSError):
        raise translated(error, disconnected=context.is_disconnect) from error


@contextmanager
def entering() -> Iterator[None]:
    """Around getting a connection, where the pool and the network speak for themselves."""
    try:
        yield
    except (sa.exc.TimeoutError, OSError) as error:
        raise PassingFailure(f"database: {type(error).__name__} on connecting") from error
    except sa.exc.SQLAlchemyError as error:
        raise translated(error.__cause__ or error) from error
