"""The SQLite file that is set, and whether this user can work with it."""

from __future__ import annotations

import os
from pathlib import Path

_SQLITE = "sqlite+aiosqlite:///"


def sqlite_file(database: str) -> Path | None:
    """The file of a database's address; None for PostgreSQL."""
    return Path(database.removeprefix(_SQLITE)).absolute() if database.startswith(_SQLITE) else None


def unusable(database: str) -> str:
    """Why the shop's file cannot be used by whoever runs this; empty if it can, or is not there yet and can be made.

    Root can write everywhere, but what SQLite then makes beside the file is root's too, and the shop, which runs as another user,
    cannot write any more.
    """
    file = sqlite_file(database)
    if file is None or os.name == "nt":
        return ""
    there = next(path for path in (file, *file.parents) if path.exists())
    owner = there.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        return f"{there} is {_name(owner)}'s, and you are root: run this as {_name(owner)} (sudo -u {_name(owner)} …)"
    if not os.access(there, os.R_OK | os.W_OK):
        return f"{there} cannot be read and written by {_name(os.geteuid())}: it is {_name(owner)}'s"
    return ""


def _name(user: int) -> str:
    import pwd  # not on Windows

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
