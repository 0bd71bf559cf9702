"""``python -m bot migrate``: bring the database to today's tables. `run` and `demo` do it by themselves."""

from __future__ import annotations

import argparse
import asyncio

from bot.settings import load
from storage.migrate import migrate


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("migrate", help="bring the database to today's tables")
    parser.add_argument("--database", help="another database than the one that is set", default=None)
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    asyncio.run(migrate(options.database or load().database))
    print("The database is up to date.")
    return 0
