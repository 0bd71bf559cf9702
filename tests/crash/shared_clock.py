"""The present of several processes, moved by one of them."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.chat.shop import ShopClock

_AHEAD = struct.Struct("d")


class SharedClock(ShopClock):
    """Real time and what was added to it, which stands in a file that all of them have in their memory."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        if not path.exists():
            path.write_bytes(_AHEAD.pack(0.0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _AHEAD.size)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=_AHEAD.unpack_from(self._shared)[0])

    def pass_time(self, span: timedelta) -> None:
        _AHEAD.pack_into(self._shared, 0, _AHEAD.unpack_from(self._shared)[0] + span.total_seconds())

    def close(self) -> None:
        self._shared.close()
