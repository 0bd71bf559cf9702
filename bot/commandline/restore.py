"""``python -m bot restore``: a back-up in the place of the shop that is there, or of none."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from shlex import quote

from bot.commandline.backup import described, made_secret
from bot.commandline.backup_file import read
from bot.database_file import sqlite_file
from bot.settings import Settings, load
from identity.clock import SystemClock
from storage.backup import CannotCopy, InUse
from storage.libpq import libpq_address


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "restore", help="put a back-up in the shop's place; what was there is kept beside it"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    settings = load()
    shop = sqlite_file(settings.database)
    if shop is None:
        print(_by_postgres(settings, options.file), file=sys.stderr)
        return 1
    secret = made_secret(settings, shop)
    try:
        restored = read(options.file, shop, secret, SystemClock().now())
    except InUse:
        print(f"{shop} is in use: close the shop first. Nothing was changed.", file=sys.stderr)
        return 1
    except CannotCopy as error:
        print(f"{error} Nothing was changed.", file=sys.stderr)
        return 1
    backup = restored.backup
    print(f"{shop} is now as it was on {backup.made_at:%Y-%m-%d %H:%M} UTC: {described(backup)}")
    if restored.aside is not None:
        print(f"What was there before is {restored.aside}.")
    if backup.secret and secret is None:
        print("BOOKSTALL_SECRET is set, so the secret in the back-up was left out.")
    if not backup.secret and secret is not None:
        print(
            "The back-up has no secret: set BOOKSTALL_SECRET as it was then, or everybody has to log in again."
        )
    print("What happened since is not in it: see docs/operations.md, “After a restore”.")
    return 0


def _by_postgres(settings: Settings, file: Path) -> str:
    into, dump = libpq_address(settings.database), quote(str(file))
    return (
        "A PostgreSQL database is restored by PostgreSQL's own program, into an empty database, with the shop closed:\n\n"
        f"  pg_restore --exit-on-error --single-transaction --no-owner --dbname='{into}' {dump}\n\n"
        "It asks for the password. Nothing was changed by this command."
    )
