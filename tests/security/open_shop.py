"""The program as its owner runs it: a process with its settings in the environment, its log in a file, at its most talkative."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

_ROOT = Path(__file__).parent.parent.parent
_PATIENCE = 30.0


@asynccontextmanager
async def running(log: Path, settings: Mapping[str, object]) -> AsyncIterator[int]:
    """Until the block ends; yields the process's id. What it writes is appended to ``log``.

    AssertionError, with the end of the log, if it does not open.
    """
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BOOKSTALL_")}
    chosen = {f"BOOKSTALL_{name.upper()}": str(value) for name, value in settings.items()}
    opened = _times(log, '"open"')
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-X", "dev", "-m", "bot", "run"),
            cwd=log.parent,
            env=inherited | {"PYTHONPATH": str(_ROOT)} | chosen,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        async with asyncio.timeout(_PATIENCE):
            while _times(log, '"open"') == opened:
                assert process.returncode is None, _end_of(log)
                await asyncio.sleep(0.05)
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 15)
            except TimeoutError:
                process.kill()
                await process.wait()


async def told(log: Path, text: str) -> None:
    """Returns once the log says this; AssertionError if it does not in good time."""
    for _ in range(int(_PATIENCE / 0.05)):
        if _times(log, text):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(_end_of(log))


def _times(log: Path, text: str) -> int:
    return log.read_bytes().count(text.encode()) if log.exists() else 0


def _end_of(log: Path) -> str:
    return log.read_text()[-2000:]
