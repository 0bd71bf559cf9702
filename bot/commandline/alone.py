"""One program at a time in one folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

_PATIENCE = 10.0
"""Seconds that a child of a program that was killed may take to end."""


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[int]:
    """Hold the folder's lock; yields its file descriptor, for a child that shares it. BlockingIOError if somebody else has it.

    A child that outlives a program that was killed is waited for: it still has the files and the port.
    """
    with (folder / "lock").open("a+") as lock:
        _take(lock)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def _take(lock: TextIO) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until or _lives(lock):
                raise
            time.sleep(0.05)
        else:
            return


def _lives(lock: TextIO) -> bool:
    """Whether the program that wrote itself down is still there."""
    lock.seek(0)
    try:
        os.kill(int(lock.read()), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True  # it has not written itself down yet, or belongs to somebody else
    return True
