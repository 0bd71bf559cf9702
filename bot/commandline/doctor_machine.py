"""What `doctor` says of the machine: its clock, its disk, and who may read the settings."""

from __future__ import annotations

import os
import shutil
import stat
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from bot.commandline.findings import Finding, Verdict
from bot.database_file import sqlite_file
from bot.settings import Settings

_CLOCK_OFF = 30.0
"""Seconds: a login's expiry or a payment's hold that is off by more would surprise somebody."""
_LITTLE, _HARDLY_ANY = 2_000_000_000, 200_000_000
"""Bytes of free disk: an import needs some hundred million for a while, a day's orders some ten thousand."""


async def clock(settings: Settings) -> list[Finding]:
    """Against the Date of the Bot API's answer (RFC 9110, 6.6.1), which is good to a second."""
    try:
        async with aiohttp.ClientSession() as session, session.get(settings.api_url) as response:
            stated = response.headers.get("Date")
    except aiohttp.ClientError:
        stated = None
    if stated is None:
        return [Finding("clock", Verdict.NOTE, "could not be compared with Telegram's")]
    off = abs(time.time() - parsedate_to_datetime(stated).timestamp())
    if off > _CLOCK_OFF:
        return [
            Finding("clock", Verdict.BAD, f"is {off:.0f} seconds off", "switch on time synchronisation (NTP)")
        ]
    return [Finding("clock", Verdict.GOOD, "agrees with Telegram's")]


async def machine(settings: Settings) -> list[Finding]:
    found = []
    if (file := sqlite_file(settings.database)) is not None:
        free = shutil.disk_usage(file.parent).free
        says = f"{free / 1e9:,.1f} GB free where the shop is kept"
        if free < _HARDLY_ANY:
            found.append(Finding("disk", Verdict.BAD, says, "make room: without it no order can be taken"))
        elif free < _LITTLE:
            found.append(Finding("disk", Verdict.NOTE, says, "make room before it is needed"))
        else:
            found.append(Finding("disk", Verdict.GOOD, says))
    return found + _readable(Path(".env"))


def _readable(path: Path) -> list[Finding]:
    """Whether everybody with an account on this machine can read the settings, with the token and the keys in them."""
    if os.name == "nt" or not path.exists() or not stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO:
        return []
    return [
        Finding(
            "settings",
            Verdict.BAD,
            f"{path.absolute()} can be read by everybody on this machine, token and keys included",
            f"chmod o= {path.absolute()}",
        )
    ]
