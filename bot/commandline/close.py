"""``python -m bot close``: a day's money, as the staff's ``/close`` shows it, and as a table."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.adapters import gateways_of
from bot.close_table import bare, close_csv
from bot.screens.closing import closing
from bot.settings import Settings, load
from bot.texts import Texts
from bot.typed_day import typed_day
from domain.ports.gateway import Closing
from domain.services.closing import DailyClose
from identity.clock import SystemClock
from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork


class NoClose(Exception):
    """There is none of that day: its text says why."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("close", help="a day's takings, refunds and what is left to do")
    parser.add_argument(
        "--day",
        default="today",
        metavar="DAY",
        help="the shop's day: 2026-11-27, 27.11. or yesterday (today)",
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the day's close there as a table")
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    try:
        table = asyncio.run(_close(load(), options.day))
    except NoClose as error:
        print(error, file=sys.stderr)
        return 2
    if options.csv is not None:
        options.csv.write_bytes(table)
    return 0


async def _close(settings: Settings, typed: str) -> bytes:
    """Print the close; returns its table. Raises NoClose."""
    await migrate(settings.database)
    shop = settings.shop()
    gateways = gateways_of(settings, settings.api_url)
    database = Database(settings.database)
    try:
        clock = SystemClock()
        daily_close = DailyClose(gateways=gateways, shop=shop, clock=clock)
        today = daily_close.today(clock.now())
        day = typed_day(typed, today)
        if day is None:
            raise NoClose(f"{typed!r} is no day (2026-11-27, 27.11., today or yesterday)")
        if day > today:
            raise NoClose(f"{day} has yet to come")
        close = await daily_close.close(SqlUnitOfWork(database).reading, day)
    finally:
        await database.close()
        for gateway in gateways.values():
            if isinstance(gateway, Closing):
                await gateway.close()
    words = Texts(shop.languages, shop.default_language, shop.zone).words(shop.default_language)
    print(bare(closing(close, words, shop.tax_name, in_chat=False)))
    return close_csv(close, shop.zone, words)
