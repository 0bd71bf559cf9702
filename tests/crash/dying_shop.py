"""A shop that dies at a point, and opens again."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

from pydantic import SecretStr

from tests.chat.shop import Shop

ROOT = Path(__file__).parents[2]


async def dies_at(shop: Shop, point: str, count: int, folder: Path) -> asyncio.subprocess.Process:
    """Close the shop here and open it in a process that dies at that point; it is armed when this returns."""
    await shop.stop()
    given = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in shop.settings.model_dump().items()
        if name in shop.settings.model_fields_set
    }
    file = folder / "settings.json"
    file.write_text(json.dumps(given))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.shop_process",
        str(file),
        point,
        str(count),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    if process.stdout is None:
        raise AssertionError("no output to read")
    async with asyncio.timeout(60):
        line = await process.stdout.readline()
    if line.strip() != b"open":
        raise AssertionError(f"the shop did not open: {line!r}")
    process.send_signal(signal.SIGUSR1)
    await asyncio.sleep(0.05)
    return process


async def has_died(process: asyncio.subprocess.Process) -> None:
    """Wait for its last moment; AssertionError if it never came to that point."""
    try:
        async with asyncio.timeout(60):
            status = await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise AssertionError("the point was never reached") from None
    if status != -signal.SIGKILL:
        raise AssertionError(f"it ended by itself, with {status}")
