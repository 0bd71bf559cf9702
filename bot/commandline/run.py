"""``python -m bot run``: the shop, for the real Telegram."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable

from telegram.error import InvalidToken, TelegramError

from bot.app import building
from bot.event_loop import start_event_loop
from bot.logs import configure
from bot.settings import Settings, load
from storage.migrate import migrate


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "run", help="open the shop: polling, or a webhook if a public address is set"
    )
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    settings = load()
    configure(settings.log_format, settings.log_level)
    return start_event_loop(serve(settings))


async def serve(settings: Settings, *, ready: Callable[[], None] = lambda: None) -> int:
    """Migrate, build and run until SIGINT or SIGTERM. Returns the exit status."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await migrate(settings.database)
    try:
        async with building(settings) as app:
            await app.run(stop, ready=ready)
    except InvalidToken:
        print(
            "BOOKSTALL_TOKEN: Telegram does not know this token. @BotFather shows the right one.",
            file=sys.stderr,
        )
        return 2
    except TelegramError as error:
        print(f"Telegram cannot be reached at {settings.api_url}: {type(error).__name__}.", file=sys.stderr)
        return 1
    return 0
