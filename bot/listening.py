"""An HTTP server while it is wanted."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.settings import PREFIX, SettingsError


@asynccontextmanager
async def listening(app: web.Application, at: str) -> AsyncIterator[str]:
    """Serve at ``host:port`` (port 0: a free one); yields the address, ``http://host:port``.

    SettingsError if it cannot be had: a shop that is believed to hear its gateways and does not is worse than one that says so.
    """
    # Whoever goes on sending after a refusal is listened to for a second, and holds up no restart.
    runner = web.AppRunner(app, access_log=None, lingering_time=1.0, shutdown_timeout=5.0)
    await runner.setup()
    try:
        host, _, port = at.rpartition(":")
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            raise SettingsError(f"{PREFIX}WEBHOOK_LISTEN: cannot listen at {at}: {_why(error)}") from None
        bound = runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        yield f"http://{shown}:{bound[1]}"
    finally:
        await runner.cleanup()


def _why(error: OSError) -> str:
    """In the system's words; asyncio's own repeat the address, and for a name that nobody knows only they have any."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or type(error).__name__
