"""``GET /metrics``: gathered when it is asked for.

Everybody who can reach the address can ask, so what costs something (the database, Telegram's word on what waits there) is
read at most every few seconds, and answered from memory in between.
"""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.metrics import Metrics
from domain.figures import Figures

log = structlog.get_logger("bot.scraping")

T = TypeVar("T")

_FRESH = 5.0
"""Seconds for which the figures of the database and of Telegram are good enough."""
_PATIENCE = 4.0
"""Seconds that a scrape waits for either, side by side: Prometheus itself waits 10 by default."""


@dataclass(frozen=True, slots=True)
class Scrape:
    """Everything that is written out. ``figures`` and ``behind`` are None when they could not be had."""

    metrics: Metrics
    busy: int
    """Updates that are being handled or shown."""
    figures: Figures | None
    behind: int | None
    """Updates that wait at Telegram."""


class Scraping:
    """``figures`` reads the database, ``behind`` asks Telegram how many updates wait there, ``busy`` counts those under way."""

    def __init__(
        self,
        metrics: Metrics,
        *,
        figures: Callable[[], Awaitable[Figures]],
        behind: Callable[[], Awaitable[int]],
        busy: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
        patience: float = _PATIENCE,
    ) -> None:
        self._metrics = metrics
        self._figures = figures
        self._behind = behind
        self._busy = busy
        self._now = now
        self._patience = patience
        self._lock = asyncio.Lock()
        self._read_at = float("-inf")
        self._last: tuple[Figures | None, int | None] = (None, None)

    async def text(self) -> str:
        """Everything as it stands, in Prometheus' text format."""
        async with self._lock:
            if self._now() - self._read_at >= _FRESH:
                self._last = await asyncio.gather(
                    self._or_none("database", self._figures), self._or_none("Telegram", self._behind)
                )
                self._read_at = self._now()
        # The format's library takes long to load, and a shop that nobody watches does without.
        exposition = await asyncio.to_thread(importlib.import_module, "bot.exposition")
        return str(exposition.text_of(Scrape(self._metrics, self._busy(), *self._last)))

    async def _or_none(self, source: str, ask: Callable[[], Awaitable[T]]) -> T | None:
        try:
            async with asyncio.timeout(self._patience):
                return await ask()
        except Exception as error:
            log.warning("not measured", source=source, error=type(error).__name__)
            return None
