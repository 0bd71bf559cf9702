"""What the program counts while it runs: turns, calls to the Bot API, floods, jobs.

Plain dictionaries on the event loop's own thread, as a turn has no time to lose: 1 µs a turn, where counting in the client
library itself would take 8. That library (prometheus_client) writes them out when `/metrics` is asked for: `bot.exposition`.
"""

from __future__ import annotations

import bisect
from collections import Counter
from dataclasses import dataclass, field

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds in seconds. A turn takes milliseconds; what takes longer waits for Telegram or the database."""


@dataclass(slots=True)
class Histogram:
    """How many took how long."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    """By bucket; the last is for what took longer than any bound."""
    seconds: float = 0.0

    def observe(self, seconds: float) -> None:
        self.counts[bisect.bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds


class Metrics:
    """One running program's counts, from 0 at its start. For the event loop's thread only."""

    def __init__(self) -> None:
        self.turns: Counter[tuple[str, str]] = Counter()
        """By kind of input and outcome: ``done``, ``comes_again``, ``given_up``, ``failed_after_commit``."""
        self.committed: dict[str, Histogram] = {}
        """From an update's arrival until it counts as handled, by kind of input."""
        self.shown: dict[str, Histogram] = {}
        """From an update's arrival until its answer is at Telegram, by kind of input."""
        self.calls: Counter[tuple[str, str]] = Counter()
        """By method and result: the HTTP status, ``timed_out``, ``not_sent``, ``broken``."""
        self.floods = 0
        self.flood_seconds = 0.0
        """Waits that Telegram asked for with a 429."""
        self.jobs: Counter[tuple[str, str]] = Counter()
        """By job and outcome: ``done``, ``put_off``, ``failed``."""
        self.last_success: dict[str, float] = {}
        """By job, in Unix time."""

    def turn(self, kind: str, outcome: str, committed: float | None, shown: float) -> None:
        """An update is done with; ``committed`` and ``shown`` are seconds since it came, the first None if it was not."""
        self.turns[kind, outcome] += 1
        if committed is not None:
            self._of(self.committed, kind).observe(committed)
            self._of(self.shown, kind).observe(shown)

    def call(self, url: str, result: str) -> None:
        """A request to the Bot API ended. Of the address, which holds the token, only the method is kept."""
        method = "file" if "/file/bot" in url else url.rpartition("/")[2].lower()
        self.calls[method, result] += 1

    def flood(self, seconds: float) -> None:
        self.floods += 1
        self.flood_seconds += seconds

    def job(self, name: str, outcome: str, at: float) -> None:
        self.jobs[name, outcome] += 1
        if outcome == "done":
            self.last_success[name] = at

    def _of(self, histograms: dict[str, Histogram], kind: str) -> Histogram:
        found = histograms.get(kind)
        if found is None:
            found = histograms[kind] = Histogram()
        return found
