"""The real program in a process of its own, which kills itself at a named point once it was told to: ``python -m
tests.crash.shop_process SETTINGS.json POINT COUNT``.

It says ``open`` when it takes updates. SIGUSR1 arms it: the COUNT-th time that POINT is reached from then on is its last
moment, by SIGKILL, so that nothing is tidied up.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from bot.app import building
from bot.logs import configure
from bot.settings import Settings, given


async def main(settings: Settings, point: str, count: int) -> None:
    configure("json", "error")
    armed, left = False, count

    def arm() -> None:
        nonlocal armed
        armed = True

    def reached(name: str) -> None:
        nonlocal left
        if armed and name == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, arm)
    async with building(settings, faults=reached) as app:
        await app.run(asyncio.Event(), ready=lambda: print("open", flush=True))


if __name__ == "__main__":
    settings = given(**json.loads(Path(sys.argv[1]).read_text()))
    asyncio.run(main(settings, sys.argv[2], int(sys.argv[3])))
