"""The sandbox's own time, which tests can move forward."""

from __future__ import annotations

import time


class Clock:
    """Real time plus what `advance` added. Nothing else on the machine is moved by it."""

    def __init__(self) -> None:
        self.advanced = 0.0

    def now(self) -> float:
        """Seconds since 1970, with fractions."""
        return time.time() + self.advanced

    def unix(self) -> int:
        """Whole seconds since 1970, as Telegram dates its messages."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Moves forward; time never goes back."""
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        self.advanced += seconds
