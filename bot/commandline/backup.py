"""``python -m bot backup``: the shop as one file, open or closed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from shlex import quote

from bot.commandline.backup_file import Backup, write
from bot.database_file import sqlite_file
from bot.secret import secret_file
from bot.settings import Settings, load
from identity.clock import SystemClock
from storage.backup import CannotCopy
from storage.libpq import libpq_address


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "backup", help="write the whole shop into one file; it may stay open meanwhile"
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a new file, or a folder for one with the time in its name"
    )
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    settings = load()
    shop = sqlite_file(settings.database)
    if shop is None:
        print(_by_postgres(settings, options.file), file=sys.stderr)
        return 1
    now = SystemClock().now()
    to = options.file / f"bookstall-{now:%Y%m%d-%H%M%S}.zip" if options.file.is_dir() else options.file
    try:
        backup = write(shop, made_secret(settings, shop), to.absolute(), now)
    except CannotCopy as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{to} ({to.stat().st_size / 1000:,.0f} kB): {described(backup)}")
    print(
        "Whoever has it has the shop's data: keep it where only you can read it, and a copy on another machine."
    )
    print("The settings (.env) are not in it: keep a copy of those too.")
    return 0


def made_secret(settings: Settings, shop: Path) -> Path | None:
    """The file of the secret that is made because none is set; None if one is."""
    return None if settings.secret.get_secret_value() else secret_file(shop)


def described(backup: Backup) -> str:
    contents = backup.contents
    last = f", the last of {contents.last_order:%Y-%m-%d %H:%M} UTC" if contents.last_order else ""
    secret = "with the shop's secret" if backup.secret else "the secret is with the settings"
    return f"{contents.books:,} books, {contents.customers:,} customers, {contents.orders:,} orders{last}; checked; {secret}."


def _by_postgres(settings: Settings, file: Path) -> str:
    """Its own program is the right one, and has to be the server's version or newer: so it is named, not run."""
    return (
        "A PostgreSQL database is backed up by PostgreSQL's own program, while the shop is open:\n\n"
        f"  (umask 077 && pg_dump --format=custom --file={quote(str(file))} '{libpq_address(settings.database)}')\n\n"
        "It asks for the password. Nothing was backed up by this command."
    )
