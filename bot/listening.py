"""An HTTP server while it is wanted."""

from __future__ import annotations

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
            why = error.strerror or type(error).__name__
            raise SettingsError(f"{PREFIX}WEBHOOK_LISTEN: cannot listen at {at}: {why}") from None
        bound = runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        yield f"http://{shown}:{bound[1]}"
    finally:
        await runner.cleanup()
