"""Checkouts a second: 1, 16 and 64 buyers at once, spread over many books and all after one, on SQLite and PostgreSQL.

``python -m benchmarks.checkout [--checkouts N] [--only sqlite|postgres] [--database URL]``

A checkout goes through the domain's services, from the summary of a full cart to a confirmed order: reserved for the counter
(one commit), or paid with an invoice (four: placed, invoice, pre-checkout, payment). Every commit is durable: on SQLite it is
in the write-ahead log, and the log on the disk, when it returns (``synchronous=FULL``); on PostgreSQL ``fsync`` and
``synchronous_commit`` are on. The hot book has copies for half of the buyers; the others have to hear that it is sold out,
which is counted apart. What is stored is checked after each row: stock, ledger, orders, the journal of money, and what the
buyers were told.

Nothing else runs: no chat, no network but PostgreSQL's socket. The buyers are tasks of the measured process itself, so its CPU
is the checkouts' whole cost on this side. PostgreSQL runs on the same machine; ``--database`` names a server elsewhere (its
database has to be empty).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks.postgres import durable_server
from benchmarks.till import Answers, DoesNotAddUp, Till
from domain.services.checkout import COUNTER
from payments.telegram import TelegramInvoices
from storage.engine import Database
from storage.migrate import migrate

BAR = 100.0
"""Confirmed checkouts a second, spread over books on SQLite, that the shop has to reach."""
BUYERS = (1, 16, 64)
_TITLES = 400
_COPIES = 10_000
"""Of each book when the buyers are spread: nobody goes away empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of so many checkouts by so many buyers at once."""

    where: str
    hot: bool
    way: str
    at_once: int
    answers: Answers
    seconds: float
    cpu: float
    """Of this process."""
    waits: list[float]
    """Seconds of each checkout, sorted."""

    @property
    def rate(self) -> float:
        """Answers a second: orders, and clear refusals where the book is sold out."""
        return (len(self.answers.orders) + self.answers.sold_out) / self.seconds

    @property
    def bar(self) -> float:
        return BAR if self.where == "SQLite" and not self.hot else 0.0

    @property
    def passed(self) -> bool:
        return self.rate >= self.bar and not self.answers.unclear


async def measure(till: Till, where: str, *, hot: bool, way: str, at_once: int, checkouts: int) -> Row:
    """Raises DoesNotAddUp if what is stored afterwards is not what it should be."""
    name = f"{'hot' if hot else 'spread'} {way} {at_once}"
    copies = checkouts // 2 if hot else _COPIES
    books = await till.books(name, 1 if hot else _TITLES, copies)
    carts = [
        books if hot else (books[2 * number % _TITLES], books[(2 * number + 1) % _TITLES])
        for number in range(checkouts)
    ]
    owners = iter(await till.buyers(name.replace(" ", "-") + "-", carts))
    answers, waits = Answers(), []

    async def shop_on() -> None:
        for owner in owners:
            began = time.perf_counter()
            await till.buy(owner, way, answers)
            waits.append(time.perf_counter() - began)

    cpu, started = time.process_time(), time.perf_counter()
    await asyncio.gather(*(shop_on() for _ in range(at_once)))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    if len(answers.orders) + answers.sold_out + answers.unclear.total() != checkouts:
        raise DoesNotAddUp("somebody got no answer")
    if not answers.unclear and len(answers.orders) != min(copies, checkouts):
        raise DoesNotAddUp(f"{len(answers.orders)} orders for {min(copies, checkouts)} copies")
    await till.check(books, copies, way, answers)
    return Row(where, hot, way, at_once, answers, seconds, cpu, sorted(waits))


async def measure_all(where: str, url: str, checkouts: int, out: Console) -> list[Row]:
    await migrate(url)
    database = Database(url)
    rows = []
    try:
        till = Till(database)
        await measure(till, where, hot=False, way=TelegramInvoices.name, at_once=2, checkouts=20)  # warm
        for hot in (False, True):
            for way in (COUNTER, TelegramInvoices.name):
                for at_once in BUYERS:
                    out.print(f"{where}, {'one hot book' if hot else 'spread'}, {way}, {at_once} at once ...")
                    rows.append(
                        await measure(till, where, hot=hot, way=way, at_once=at_once, checkouts=checkouts)
                    )
    finally:
        await database.close()
    return rows


def show(rows: Sequence[Row], out: Console) -> None:
    table = Table(title="Confirmed checkouts")
    for heading in ("database", "books", "way"):
        table.add_column(heading)
    for heading in ("at once", "a second", "bar", "orders", "sold out", "unclear", "tried again"):
        table.add_column(heading, justify="right")
    for heading in ("p50 ms", "p99 ms", "CPU ms each", "core busy"):
        table.add_column(heading, justify="right")
    before = None
    for row in rows:
        if before is not None and (row.where, row.hot) != (before.where, before.hot):
            table.add_section()
        before, count = row, len(row.waits)
        table.add_row(
            row.where,
            "one" if row.hot else "spread",
            "counter" if row.way == COUNTER else "paid",
            str(row.at_once),
            f"{row.rate:.0f}",
            f"{row.bar:.0f}" if row.bar else "-",
            str(len(row.answers.orders)),
            str(row.answers.sold_out),
            str(row.answers.unclear.total()),
            str(row.answers.again),
            f"{row.waits[count // 2] * 1000:.1f}",
            f"{row.waits[int(count * 0.99)] * 1000:.1f}",
            f"{row.cpu / count * 1000:.2f}",
            f"{row.cpu / row.seconds:.0%}",
        )
    out.print(table)
    out.print("Stock, ledger, orders, the journal and what the buyers were told agree in every row.")
    for row in rows:
        for failure, count in row.answers.unclear.items():
            out.print(f"{row.where}, {row.at_once} at once: {count} times {failure}, which is no answer.")


def durable_write(folder: Path) -> float:
    """Milliseconds that appending 4 KB and waiting for the disk takes there: the least that a durable commit can cost."""
    waits = []
    with (folder / "probe").open("wb", buffering=0) as file:
        for _ in range(50):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())
            waits.append(time.perf_counter() - started)
    return statistics.median(waits) * 1000


@contextmanager
def databases(options: argparse.Namespace, folder: Path) -> Iterator[list[tuple[str, str]]]:
    """What is measured: names and addresses."""
    if options.database:
        name = "SQLite" if options.database.startswith("sqlite") else "PostgreSQL"
        yield [(name, options.database)]
        return
    found = [] if options.only == "postgres" else [("SQLite", f"sqlite+aiosqlite:///{folder}/shop.db")]
    if options.only == "sqlite":
        yield found
        return
    with durable_server() as url:
        yield [*found, ("PostgreSQL", url)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status: 1 if a bar was missed or a failure was no clear answer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checkout", description="Checkouts a second.")
    parser.add_argument("--checkouts", type=int, default=160, help="in each row (default 160)")
    parser.add_argument("--only", choices=("sqlite", "postgres"), default="", help="one of both databases")
    parser.add_argument("--database", default="", help="an empty database's URL, and no other is measured")
    options = parser.parse_args(arguments)
    if not 2 <= options.checkouts <= 100_000:
        parser.error("--checkouts: from 2 to 100000")
    out = Console(highlight=False, width=140)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bookstall-benchmark-") as name:
        folder = Path(name)
        out.print(f"A durable write takes {durable_write(folder):.2f} ms here.")
        load = os.getloadavg()[0]
        try:
            with databases(options, folder) as found:
                for where, url in found:
                    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                        rows += runner.run(measure_all(where, url, options.checkouts, out))
        except (DoesNotAddUp, RuntimeError) as error:
            print(f"Nothing was measured: {error}", file=sys.stderr)
            return 1
    show(rows, out)
    out.print(
        f"The machine's load was {load:.1f} before and is {os.getloadavg()[0]:.1f} now, on {os.cpu_count()} cores."
    )
    return 0 if all(row.passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
