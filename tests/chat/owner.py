"""The shop's owner at the command line: each command is a process of its own, with the shop's settings as its environment."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.settings import PREFIX, Settings

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    out: str
    err: str


def environment(settings: Settings) -> dict[str, str]:
    """This machine's, with nothing of Bookstall's but these settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    for name, value in settings:
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if isinstance(value, tuple):
            value = ",".join(str(part) for part in value)
        ours[PREFIX + name.upper()] = str(value)
    return ours | {"PYTHONPATH": str(_ROOT), "COLUMNS": "200"}


async def says(settings: Settings, folder: Path, *arguments: str) -> Said:
    """Run ``python -m bot`` in a folder that holds no settings file."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environment(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Said(process.returncode or 0, out.decode(), err.decode())
