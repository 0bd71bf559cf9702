"""`python -m sandbox`: starts a sandbox and prints one line of JSON when it is ready."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sqlite3
import sys
from pathlib import Path

from sandbox.sandbox import Sandbox
from sandbox.settings import DEFAULT_TOKEN, Settings


def parse(arguments: list[str] | None = None) -> Settings:
    """The settings from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="Telegram on this machine: docs/sandbox.md"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (loopback unless told otherwise)"
    )
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free port")
    parser.add_argument(
        "--state", type=Path, help="the directory that keeps everything; without it, memory only"
    )
    parser.add_argument(
        "--smtp-port", type=int, default=0, help="the mailbox's SMTP port: 0 a free one, -1 none"
    )
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token, ID:SECRET")
    parser.add_argument("--bot-name", default="Sandbox Bot")
    parser.add_argument("--bot-username", default="sandbox_bot")
    parser.add_argument("--flood-limits", action="store_true", help="Telegram's documented rates, with 429")
    parser.add_argument("--no-inline", action="store_true", help="no inline mode")
    parser.add_argument("--reads-groups", action="store_true", help="privacy mode off")
    parser.add_argument("--with-input", action="store_true", help="end when the standard input does")
    given = parser.parse_args(arguments)
    number, _, secret = given.token.partition(":")
    if not (number.isascii() and number.isdigit() and not number.startswith("0") and secret):
        parser.error("a token is ID:SECRET, with a number as ID")
    return Settings(
        host=given.host,
        port=given.port,
        state=given.state,
        smtp_port=given.smtp_port,
        token=given.token,
        bot_name=given.bot_name,
        bot_username=given.bot_username,
        flood_limits=given.flood_limits,
        inline=not given.no_inline,
        reads_groups=given.reads_groups,
        with_input=given.with_input,
    )


async def serve(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM, or until its input ends."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    if settings.with_input:
        loop.add_reader(sys.stdin.fileno(), _read_on, stopped)
    async with Sandbox.running(settings) as sandbox:
        ready = {
            "url": sandbox.url,
            "token": sandbox.token,
            "smtp": sandbox.smtp_address,
            "bot": settings.bot_username,
            "card_key": settings.card_key,
            "card_webhook_secret": settings.card_webhook_secret,
        }
        print(json.dumps(ready), flush=True)
        await stopped.wait()


def _read_on(ended: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        ended.set()


def main() -> int:
    """0 after a clean end, 1 if the address is taken or the directory cannot be used."""
    settings = parse()
    try:
        asyncio.run(serve(settings))
    except OSError as error:
        print(
            f"sandbox: cannot start on {settings.host}:{settings.port}: {error.strerror or error}",
            file=sys.stderr,
        )
        return 1
    except sqlite3.Error as error:
        print(f"sandbox: cannot use {settings.state}: {error}; is another sandbox using it?", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
