"""What it costs to import a trade's file, while the shop goes on: the bars that the project sets itself, and how far it is from them.

``python -m benchmarks.feeds --books CSV [--products N] [--rate TURNS_PER_SECOND]``

The CSV is a list of books as `catalogue import` takes it, of 100,000 or more rows; an ONIX file is made from it. The import is
the real command in a process of its own, on a SQLite file that the real bot, another process, serves people from at the same
time. Taps come by chance at a given rate, whether or not those before were answered, and the wait for each answer is measured:
before the import begins, and while it runs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks.onix_file import write_onix
from benchmarks.people import Chat, People
from benchmarks.processes import ROOT, running
from benchmarks.telegram_load import Account, LoadServer
from benchmarks.turns import fill_carts, search, step, stock_up

SECONDS, MEMORY, TAP = 60.0, 250.0, 300.0
"""The bars: seconds for the whole import, MB of its peak, milliseconds that all but one tap of a hundred take at most."""

_CHATS = 40
_BEFORE = 200
"""Taps before the import begins."""


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    cpu: float
    memory: float
    said: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Of taps, in milliseconds."""

    count: int
    p50: float
    p99: float
    longest: float

    @classmethod
    def of(cls, waits: list[float]) -> Waits:
        ordered = sorted(waits)
        return cls(
            len(ordered),
            ordered[len(ordered) // 2] * 1000,
            ordered[int(len(ordered) * 0.99)] * 1000,
            ordered[-1] * 1000,
        )


def resident(pid: int) -> float:
    """MB of resident memory of a process and of those that it started; pages that they share count for each."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        threads = [task for task in Path(f"/proc/{pid}/task").iterdir() if task.name != str(pid)]
        children += [child for task in threads for child in (task / "children").read_text().split()]
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own / 1024 + sum(resident(int(child)) for child in children)


async def imported(path: Path, folder: Path, database: str) -> Cost:
    """Run the command to its end."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BOOKSTALL_")}
    started = time.perf_counter()
    with (folder / "import.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "catalogue", "import", str(path), "--database", database),
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        # Not the loop's own waiting: it throws away what the system says of the process's life.
        ended = asyncio.create_task(asyncio.to_thread(os.wait4, process.pid, 0))
        peak = 0.0
        while not ended.done():
            peak = max(peak, resident(process.pid))
            await asyncio.wait({ended}, timeout=0.2)
        _, status, used = await ended
    said = (folder / "import.log").read_text()
    if status:
        raise SystemExit(f"the import failed: {said[-2000:]}")
    return Cost(
        time.perf_counter() - started,
        used.ru_utime + used.ru_stime,
        max(peak, used.ru_maxrss / 1024),
        said.splitlines()[0],
    )


def act(chat: Chat, number: int) -> None:
    """One person in four searches, the others change their carts: what they tap is written beside what the import writes."""
    if chat.number % 4:
        step(chat, number)
    else:
        search(chat, number)


async def measure(books: Path, products: int, rate: float) -> tuple[Cost, Waits, Waits, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, database = folder / "feed.xml", f"sqlite+aiosqlite:///{folder}/shop.db"
        made = await asyncio.to_thread(write_onix, books, path, products)
        if made < products:
            raise SystemExit(f"{books} has only {made} books with an ISBN; {products} are needed")
        isbns = await stock_up(database)
        account = Account(7_000_001, "bookstall_bench_bot")
        async with LoadServer(account) as url:
            environment = {
                "BOOKSTALL_TOKEN": account.token,
                "BOOKSTALL_API_URL": url,
                "BOOKSTALL_DATABASE": database,
                "BOOKSTALL_LOG_LEVEL": "warning",
            }
            async with running("the shop", account, folder, "bot", "run", env=environment):
                people = People(account, _CHATS)
                await fill_carts(people, isbns)
                before = await people.at_rate(act, _BEFORE, rate, seed=1)
                importing = asyncio.create_task(imported(path, folder, database))
                during: list[float] = []
                seed = 2
                while not importing.done():
                    during += await people.at_rate(act, max(1, round(rate)), rate, seed)
                    seed += 1
                return await importing, Waits.of(before), Waits.of(during), path.stat().st_size / 1e6


def show(cost: Cost, before: Waits, during: Waits, size: float, products: int) -> bool:
    """Print the table; returns whether every bar is met."""
    table = Table(title=f"{products:,} ONIX products, {size:,.0f} MB, on SQLite, beside a bot that answers")
    for heading in ("", "measured", "bar", ""):
        table.add_column(heading, justify="left" if not heading else "right")
    lines = (
        ("import, seconds", cost.seconds, SECONDS),
        ("import, peak MB", cost.memory, MEMORY),
        ("a tap meanwhile, p99 ms", during.p99, TAP),
    )
    for what, value, bar in lines:
        table.add_row(what, f"{value:,.1f}", f"{bar:,.0f}", "met" if value < bar else "missed")
    table.add_section()
    for what, value in (
        ("import, CPU seconds", cost.cpu),
        ("a tap meanwhile, p50 ms", during.p50),
        ("a tap meanwhile, longest ms", during.longest),
        ("a tap before, p50 ms", before.p50),
        ("a tap before, p99 ms", before.p99),
    ):
        table.add_row(what, f"{value:,.1f}", "", "")
    console = Console()
    console.print(table)
    load = os.getloadavg()[0]
    console.print(
        f"{during.count} taps while it ran; {os.cpu_count()} cores, load {load:.1f} at the end. {cost.said}"
    )
    return all(value < bar for _, value, bar in lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.feeds", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--books", type=Path, required=True, metavar="CSV", help="at least as many books as products"
    )
    parser.add_argument("--products", type=int, default=100_000, metavar="N")
    parser.add_argument("--rate", type=float, default=10.0, metavar="N", help="taps a second (default 10)")
    options = parser.parse_args()
    results = uvloop.run(measure(options.books, options.products, options.rate))
    return 0 if show(*results, options.products) else 1


if __name__ == "__main__":
    sys.exit(main())
