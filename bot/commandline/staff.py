"""``python -m bot staff link``: make a group the staff's chat."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from datetime import timedelta

from telegram.error import TelegramError

from bot.app import building
from bot.conversations.staff import code_hash
from bot.settings import Settings, load
from domain.ports.clock import Clock
from domain.ports.unit_of_work import UnitOfWork
from domain.staff import LinkCode
from identity.clock import SystemClock
from storage.engine import Database
from storage.migrate import migrate
from storage.unit_of_work import SqlUnitOfWork

LIFETIME = timedelta(hours=1)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("staff", help="link the staff's group")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    link = actions.add_parser("link", help="print a one-time code that makes a group the staff's chat")
    link.set_defaults(do=do_link)
    unlink = actions.add_parser("unlink", help="take the orders away from the group")
    unlink.set_defaults(do=do_unlink)


def do_link(options: argparse.Namespace) -> int:
    return asyncio.run(_link(load()))


def do_unlink(options: argparse.Namespace) -> int:
    return asyncio.run(_unlink(load()))


async def make_link_code(unit_of_work: UnitOfWork, clock: Clock) -> str:
    """A code that links one group once, within the hour."""
    code = secrets.token_urlsafe(16)
    async with unit_of_work.writing() as work:
        await work.staff.put_code(LinkCode(code_hash(code), clock.now() + LIFETIME))
        await work.commit()
    return code


async def _link(settings: Settings) -> int:
    await migrate(settings.database)
    try:
        async with building(settings) as app:
            code = await make_link_code(app.unit_of_work, SystemClock())
            name = app.bot.username
    except TelegramError as error:
        print(f"Telegram cannot be reached at {settings.api_url}: {type(error).__name__}.")
        return 1
    print(
        f"Open this link within the hour and choose the staff's group:\n\n  https://t.me/{name}?startgroup=link_{code}\n"
    )
    print(f"Or, if I am in the group already, send there:\n\n  /start@{name} link_{code}\n")
    print("Whoever is in that group can work the orders. A code works once.")
    return 0


async def _unlink(settings: Settings) -> int:
    await migrate(settings.database)
    database = Database(settings.database)
    try:
        async with SqlUnitOfWork(database).writing() as work:
            await work.staff.unlink()
            await work.commit()
    finally:
        await database.close()
    print("No group gets the orders now; they wait until one is linked.")
    return 0
