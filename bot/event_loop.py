"""The event loop that the program runs on."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any


def start_event_loop(main: Coroutine[Any, Any, int]) -> int:
    """Run the program on uvloop where there is one, with the garbage collector out of the way of the turns.

    Measured: the default thresholds cost a fifth of the turns (`benchmarks/turns.py`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
