"""Every call that the bot made, for the tests and the curious."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Json
from sandbox.params import Args

KEPT = 10_000
POLL = "getupdates"


@dataclass
class CallRecord:
    id: int
    method: str
    at: float
    params: dict[str, Any]
    files: dict[str, Json]
    began: float
    status: int = 0
    answer: Json | None = None
    ms: float = 0.0
    fault: str | None = None

    def view(self) -> Json:
        return {key: value for key, value in vars(self).items() if key != "began"}


@dataclass
class CallLog:
    """The newest calls and whether the bot is at rest."""

    records: deque[CallRecord] = field(default_factory=lambda: deque(maxlen=KEPT))
    last_id: int = 0
    last_id_of_work: int = 0
    """The newest call that is no poll."""
    running: int = 0
    """Calls under way, polls not counted."""
    last_activity: float = field(default_factory=time.monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self, method: str, name: str, at: float, args: Args) -> CallRecord:
        """A call arrives; `method` is the lower-case name, `name` as the bot wrote it."""
        self.last_id += 1
        files = {
            field: {"name": file.name, "type": file.type, "size": len(file.data)}
            for field, file in args.files.items()
        }
        params = {key: _decoded(value) for key, value in args}
        record = CallRecord(self.last_id, name, at, params, files, time.monotonic())
        self.records.append(record)
        if method != POLL:
            self.last_id_of_work = record.id
            self.running += 1
            self.touch()
        return record

    def end(self, method: str, record: CallRecord, status: int, answer: Json | None) -> None:
        record.status, record.answer = status, answer
        record.ms = round((time.monotonic() - record.began) * 1000, 2)
        if method != POLL:
            self.running -= 1
            self.touch()

    def touch(self) -> None:
        """Something happened: whoever waits for quiet waits on."""
        self.last_activity = time.monotonic()
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    def after(self, last_id: int, *, method: str, chat_id: str, polls: bool, limit: int) -> list[Json]:
        """The calls newer than that one, oldest first."""
        found: list[Json] = []
        if last_id >= self.last_id:
            return found
        for record in self.records:
            name = record.method.lower()
            if record.id <= last_id or (name == POLL and not polls and method != POLL):
                continue
            if (method and name != method) or (chat_id and str(record.params.get("chat_id", "")) != chat_id):
                continue
            found.append(record.view())
            if len(found) == limit:
                break
        return found


def _decoded(text: str) -> Any:
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
