"""Where the sandbox keeps its state: one SQLite table of JSON documents, or nowhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol


class Store(Protocol):
    """Documents by kind and key. `put` and `drop` wait for `flush`, which writes all of them at once."""

    def put(self, kind: str, key: str, value: object) -> None: ...
    def drop(self, kind: str, key: str) -> None: ...
    def load(self, kind: str) -> Iterator[tuple[str, Any]]: ...
    def flush(self) -> None: ...
    def put_bytes(self, name: str, data: bytes) -> None: ...
    def get_bytes(self, name: str) -> bytes: ...
    def close(self) -> None: ...


class MemoryStore:
    """Forgets everything with the process; keeps the files' bytes while it lives."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}

    def put(self, kind: str, key: str, value: object) -> None:
        """Nothing to write: the state itself is the memory."""

    def drop(self, kind: str, key: str) -> None:
        """Nothing to write: the state itself is the memory."""

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        return iter(())

    def flush(self) -> None:
        """Nothing to write: the state itself is the memory."""

    def put_bytes(self, name: str, data: bytes) -> None:
        self._bytes[name] = data

    def get_bytes(self, name: str) -> bytes:
        return self._bytes[name]

    def close(self) -> None:
        self._bytes.clear()


class DirectoryStore:
    """`state.db` and `files/` in one directory. A flush is one transaction, so a killed sandbox loses no answered call.

    One sandbox at a time has the directory; a second one gets `sqlite3.OperationalError`.
    """

    def __init__(self, directory: Path) -> None:
        self._files = directory / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(directory / "state.db", timeout=0.2, isolation_level=None)
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS document (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        self._dirty: dict[tuple[str, str], object] = {}

    def put(self, kind: str, key: str, value: object) -> None:
        self._dirty[kind, key] = value

    def drop(self, kind: str, key: str) -> None:
        self._dirty[kind, key] = None

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        for key, value in self._db.execute("SELECT key, value FROM document WHERE kind = ?", (kind,)):
            yield key, json.loads(value)

    def flush(self) -> None:
        if not self._dirty:
            return
        dirty, self._dirty = self._dirty, {}
        self._db.execute("BEGIN IMMEDIATE")
        for (kind, key), value in dirty.items():
            if value is None:
                self._db.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))
            else:
                text = json.dumps(value, default=vars, ensure_ascii=False)
                self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (kind, key, text))
        self._db.execute("COMMIT")

    def put_bytes(self, name: str, data: bytes) -> None:
        (self._files / name).write_bytes(data)

    def get_bytes(self, name: str) -> bytes:
        return (self._files / name).read_bytes()

    def close(self) -> None:
        self.flush()
        self._db.close()
