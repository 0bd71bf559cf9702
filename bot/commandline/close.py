"""``python -m bot close``: a day's money, as the staff's ``/close`` shows it, and as a table."""

from __future__ import annotations

import argparse
import asyncio
import html
import re
from datetime import date
from pathlib import Path

from bot.adapters import gateways_of
from bot.close_table import close_csv
from bot.screens.closing import closing
from bot.settings import Settings, load
from bot.texts import Texts
from domain.ports.gateway import Closing
from domain.services.closing import DailyClose
from identity.clock import SystemClock
from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork

_TAG = re.compile(r"<[^>]*>")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("close", help="a day's takings, refunds and what is left to do")
    parser.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="the shop's day (today)")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the day's journal there as a table")
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    table = asyncio.run(_close(load(), options.day))
    if options.csv is not None:
        options.csv.write_bytes(table)
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"no such day: {text} (like: 2026-11-25)") from None


async def _close(settings: Settings, day: date | None) -> bytes:
    """Print the close; returns its table."""
    await migrate(settings.database)
    shop = settings.shop()
    gateways = gateways_of(settings, settings.api_url)
    database = Database(settings.database)
    try:
        daily_close = DailyClose(gateways=gateways, shop=shop)
        when = day or daily_close.today(SystemClock().now())
        close = await daily_close.close(SqlUnitOfWork(database).reading, when)
    finally:
        await database.close()
        for gateway in gateways.values():
            if isinstance(gateway, Closing):
                await gateway.close()
    words = Texts(shop.languages, shop.default_language, shop.zone).words(shop.default_language)
    print(html.unescape(_TAG.sub("", closing(close, words, shop.tax_name))))
    return close_csv(close, shop.zone)
