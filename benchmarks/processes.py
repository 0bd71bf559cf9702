"""The measured programs as processes of their own, and what the system says of them (Linux's /proc)."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.telegram_load import Account

ROOT = Path(__file__).parent.parent
_START = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Measured:
    """A running program and its account at the load server."""

    def __init__(self, name: str, account: Account, pid: int) -> None:
        self.name = name
        self.account = account
        self._proc = Path(f"/proc/{pid}")

    def cpu(self) -> float:
        """Seconds of CPU so far, user and system, of all its threads (to 0.01 s: proc(5), /proc/pid/stat)."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in (self._proc / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


@asynccontextmanager
async def running(
    name: str, account: Account, folder: Path, *command: str, env: Mapping[str, str] | None = None
) -> AsyncIterator[Measured]:
    """``python -m COMMAND`` in a folder of its own until the block ends; ready once it polls. Its log is there as NAME.log.

    Raises RuntimeError, with the end of the log, if it does not start.
    """
    log = folder / f"{account.number}.log"
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BOOKSTALL_")}
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *command),
            cwd=folder,
            env=inherited | {"PYTHONPATH": str(ROOT)} | dict(env or {}),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
        )
    try:
        polled = asyncio.create_task(account.polled.wait())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({polled, ended}, timeout=_START, return_when=asyncio.FIRST_COMPLETED)
        polled.cancel()
        ended.cancel()
        if not account.polled.is_set():
            raise RuntimeError(f"{name} did not start: {log.read_text()[-2000:]}")
        yield Measured(name, account, process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 10)
            except TimeoutError:
                process.kill()
                await process.wait()
