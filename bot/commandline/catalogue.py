"""``python -m bot catalogue import | search | export``: the books, in and out. None of it needs a bot's token."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import re
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commandline import exporting, searching
from bot.database_file import sqlite_file
from bot.feed_texts import outcome, place, reason, unread
from bot.importing import Imported, Importer, Report, feed_options
from bot.settings import Settings, SettingsError, load
from bot.texts import Texts, Words
from catalogue.feeds import Feed
from catalogue.feeds.apart import FeedApart
from domain.errors import PassingFailure
from domain.feed import FeedOptions
from domain.ports.catalogue_intake import CatalogueIntake
from identity.clock import SystemClock
from storage.engine import Database
from storage.failures import StorageFault
from storage.intake import SqlIntake
from storage.migrate import migrate
from storage.rehearsal import rehearsal
from storage.search import SearchIndex

LARGE = 4_000_000
"""Bytes, as the file lies there: some seconds of reading."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("catalogue", help="the books, in and out")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    database = argparse.ArgumentParser(add_help=False)
    database.add_argument("--database", metavar="URL", help="another database than the one that is set")

    bring = actions.add_parser(
        "import",
        parents=[database],
        help="bring files into the catalogue: CSV, ONIX 3, MARC 21, MARCXML; plain, gzip or zip",
    )
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bring.add_argument("--dry-run", action="store_true", help="say what would be, and write nothing")
    bring.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="where the report goes (else a file in reports/, by the shop's)",
    )
    bring.add_argument("--currency", help="the shop's currency (ISO 4217), if not the one that is set")
    bring.add_argument("--country", help="the shop's country (ISO 3166-1), if not its time zone's")
    bring.add_argument(
        "--tax", metavar="PERCENT", help="added to prices without tax that do not bring their rate"
    )
    bring.set_defaults(do=do_import)

    search = actions.add_parser("search", parents=[database], help="find books as a customer would")
    search.add_argument("query", nargs="*", metavar="QUERY")
    search.add_argument(
        "--queries", type=Path, metavar="FILE", help="one query a line: text, or JSON with a query key"
    )
    search.add_argument("--json", action="store_true", help="one JSON line a query")
    search.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="results a query (default 10)"
    )
    search.set_defaults(do=do_search)

    export = actions.add_parser("export", parents=[database], help="the whole catalogue as CSV")
    export.add_argument("file", metavar="FILE", help="- for standard output")
    export.set_defaults(do=do_export)


def do_import(options: argparse.Namespace) -> int:
    settings = _settings(options)
    tax = _percent(options.tax)
    currency = options.currency or settings.shop_currency
    now = SystemClock().now()
    feed = feed_options(
        now, currency=currency, zone=settings.shop_timezone, country=options.country or "", tax_percent=tax
    )
    if not re.fullmatch("[A-Z]{2}", feed.country):
        raise SettingsError("--country: two letters (ISO 3166-1), like DE")
    # Records come and go by the hundred thousand, and none of them in circles: the collector would look in vain, and each time
    # at the whole program as well. It takes an eighth of the time otherwise.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    return _with(settings, lambda database: _import(database, options, feed, now))


def do_search(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if options.queries is None:
        words = None if options.json else _english()
        if not (text := " ".join(options.query).strip()):
            raise SettingsError("Say what to search for, or give a file with --queries.")
        return _with(
            settings,
            lambda database: searching.one(
                database,
                text,
                options.limit,
                settings.shop_currency,
                words,
                sys.stdout,
            ),
        )
    if options.query:
        raise SettingsError("Either words to search for or --queries, not both.")

    async def run(database: Database) -> int:
        with options.queries.open(encoding="utf-8-sig", errors="replace") as lines:
            return await searching.many(database, lines, options.limit, settings.shop_currency, sys.stdout)

    return _with(settings, run)


def do_export(options: argparse.Namespace) -> int:
    settings = _settings(options)
    now = SystemClock().now()

    async def run(database: Database) -> int:
        if options.file == "-":
            await exporting.write(database, sys.stdout, now)
            return 0
        path = Path(options.file)
        # Beside it first: what was exported last stays whole until this one is.
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                books = await exporting.write(database, file, now)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        print(f"{path}: {books} books.")
        return 0

    return _with(settings, run)


def _with(settings: Settings, work: Callable[[Database], Coroutine[Any, Any, int]]) -> int:
    """Do something with an up-to-date database. What the surroundings refuse is one line, and status 1."""

    async def run() -> int:
        await migrate(settings.database)
        database = Database(settings.database, readers=1)
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except BrokenPipeError:
        # Whoever read our output has seen enough. What is left must not fail when the interpreter flushes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or 'input or output'}: {error.strerror or error}", file=sys.stderr)
    except PassingFailure as error:
        print(f"The database cannot be used just now ({error}). Start again: it goes on.", file=sys.stderr)
    except StorageFault as error:
        print(f"The database refuses: {error}", file=sys.stderr)
    return 1


async def _import(database: Database, options: argparse.Namespace, feed: FeedOptions, now: datetime) -> int:
    words = _english()
    kept = not options.dry_run
    status = 0
    async with contextlib.AsyncExitStack() as stack:
        intake: CatalogueIntake = SqlIntake(database, index=SearchIndex())
        if not kept:
            intake = await stack.enter_async_context(rehearsal(database))
        shared = _opened(stack, options.report, words) if options.report else None
        for path in options.files:
            started = time.monotonic()
            try:
                path.open("rb").close()
            except OSError as error:
                print(f"{path}: cannot be read: {error.strerror or error}", file=sys.stderr)
                status = 1
                continue
            where = options.report or _report_path(path, now, database.url)
            report = shared or _opened(stack, where, words)
            importer = Importer(_opened_feed, intake, feed, now, report)
            done = await _watched(importer, path)
            seconds = time.monotonic() - started
            print(f"{path}: {outcome(words, done.tally, kept=kept)} ({seconds:.1f} s)")
            _print_refused(words, done)
            print(f"  report: {where}")
            for one in done.unread:
                print(f"{path}: {unread(words, one)}", file=sys.stderr)
                status = 1
    return status


def _opened_feed(path: Path, options: FeedOptions) -> Feed | FeedApart:
    """A large file is worth a process of its own, which takes a moment to start."""
    return FeedApart(path, options) if path.stat().st_size >= LARGE else Feed(path, options)


async def _watched(importer: Importer, path: Path) -> Imported:
    """Import with a bar on standard error, if somebody looks at it."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(path.name, total=None)

        async def show(done: Imported) -> None:
            progress.update(task, completed=done.position, total=done.size)

        return await importer.run(path, show)


def _print_refused(words: Words, done: Imported) -> None:
    for one in done.refused:
        named = f" ({one.reference})" if one.reference else ""
        print(f"  {place(words, one)}{named}: {reason(words, one)}")
    if more := done.tally.refused - len(done.refused):
        print(f"  {words.plain('feed-more-refused', count=more)}")


def _opened(stack: contextlib.AsyncExitStack, path: Path, words: Words) -> Report:
    path.parent.mkdir(parents=True, exist_ok=True)
    return Report(stack.enter_context(path.open("w", encoding="utf-8", newline="")), words)


def _report_path(file: Path, now: datetime, database: str) -> Path:
    """Beside the shop's own file, where it surely may write. A name that is free: two files of one name may come in the same
    second."""
    shop = sqlite_file(database)
    reports = (Path("var") if shop is None else shop.parent) / "reports"
    stem = f"{file.name}-{now.astimezone():%Y%m%d-%H%M%S}"
    names = (f"{stem}{mark}.csv" for mark in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for name in names if not (path := reports / name).exists())


def _settings(options: argparse.Namespace) -> Settings:
    given = {"database": _url(options.database)} if options.database else {}
    if currency := getattr(options, "currency", None):
        given["shop_currency"] = currency
    return load(**given)


def _url(text: str) -> str:
    """As people write it, with the driver that is ours."""
    for plain, ours in (("sqlite:///", "sqlite+aiosqlite:///"), ("postgresql://", "postgresql+asyncpg://")):
        if text.startswith(plain):
            return ours + text.removeprefix(plain)
    return text


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        percent = Decimal(text.replace(",", ".").removesuffix("%"))
    except InvalidOperation:
        percent = Decimal(-1)
    if not (percent.is_finite() and 0 <= percent <= 100):
        raise SettingsError("--tax: a percentage, like 7 or 19")
    return percent


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _english() -> Words:
    return Texts(("en",), "en", ZoneInfo("UTC")).words("en")
