"""What a turn of the shop costs, beside an echo bot on python-telegram-bot's defaults, in one run.

``python -m benchmarks.turns [--turns N] [--chats N] [--rounds N] [--database URL]``

Every program is a process of its own and meets the same load server on this machine (`benchmarks.telegram_load`), which runs
in the process that measures. Rounds take turns between the programs, so that what else the machine does meets all of them;
the medians are shown. A search turn is a text that is answered with results, a cart turn a tap on + or − in the cart. With
``--database`` the shop runs on that database, which has to be empty and is filled with the demo catalogue.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks.people import Chat, Doing, NoAnswer, People
from benchmarks.processes import Measured, running
from benchmarks.telegram_load import Account, LoadServer
from catalogue.demo import demo_rows
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex

RATE = 50.0
"""Turns a second at which the wait from tap to answer is measured."""

TYPED = (
    *("harry potter", "tolkien", "pride and prejudice", "the great gatsby", "jane austen", "dune", "orwell 1984"),
    *("stephen king", "agatha christie", "the hobbit", "narnia", "kafka", "murakami", "sherlock holmes", "twilight"),
    *("game of thrones", "little women", "discworld", "hungr games", "hary poter", "dostoyevski", "terry pratchet"),
    *("the lord of the rings", "anne of green gables", "wuthering heights", "brave new world", "crime and punishment"),
)  # fmt: skip
"""What people type: mostly as it is written, one in seven with a slip."""


@dataclasses.dataclass(frozen=True, slots=True)
class Round:
    rate: float
    """Turns a second, everybody acting again as soon as they are answered."""
    cpu: float
    """The program's CPU seconds for 1,000 of them."""
    busy: float
    """How much of one core the program had."""
    load: float
    """How much of one core the load server had."""
    calls: float
    p50: float
    p99: float
    """Milliseconds from tap to answer at `RATE`."""


@dataclasses.dataclass(slots=True)
class Subject:
    """One kind of turn of one program, and its rounds."""

    name: str
    program: Measured
    people: People
    doing: Doing
    shows: str = ""
    """A label that the screen has after the turn: else the answer was another."""
    rounds: list[Round] = dataclasses.field(default_factory=list)

    def median(self, name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in self.rounds))


async def measure(subject: Subject, turns: int, seed: int) -> Round:
    people, program = subject.people, subject.program
    await people.in_turn(subject.doing, min(turns, 2 * len(people.chats)))
    await _quiet(program.account)
    calls, cpu, own = program.account.calls.total(), program.cpu(), time.process_time()
    seconds, _ = await people.in_turn(subject.doing, turns)
    own = time.process_time() - own
    await _quiet(program.account)
    calls, cpu = program.account.calls.total() - calls, program.cpu() - cpu
    _check(subject)
    waits = await people.at_rate(subject.doing, min(turns, 500), RATE, seed)
    await _quiet(program.account)
    _check(subject)
    waits.sort()
    return Round(
        rate=turns / seconds,
        cpu=cpu / turns * 1000,
        busy=cpu / seconds,
        load=own / seconds,
        calls=calls / turns,
        p50=waits[len(waits) // 2] * 1000,
        p99=waits[int(len(waits) * 0.99)] * 1000,
    )


async def _quiet(account: Account) -> None:
    """Wait until the bot makes no more calls."""
    before = -1
    while before != account.calls.total():
        before = account.calls.total()
        await asyncio.sleep(0.15)


def _check(subject: Subject) -> None:
    for chat in subject.people.chats:
        if subject.shows and subject.shows not in chat.labels():
            raise NoAnswer(f"{subject.name}: {chat.live.get('text')!r} came, without {subject.shows!r}")


def search(chat: Chat, number: int) -> None:
    chat.types(TYPED[number % len(TYPED)])


def step(chat: Chat, number: int) -> None:
    """One copy more of the cart's first book if there is one, else one less."""
    labels = chat.labels()
    first = labels.index("−") if "−" in labels else -1
    chat.taps("+" if labels[first + 1] == "1" else "−")


def _type(text: str, chat: Chat, number: int) -> None:
    chat.types(text)


async def fill_carts(people: People, isbns: Sequence[str]) -> None:
    """Everybody finds these books by their ISBNs and puts one copy of each into the cart."""
    await people.each(lambda chat, _: chat.types("/start"))
    for isbn in isbns:
        await people.each(partial(_type, isbn))
        await people.each(lambda chat, _: chat.taps("Add to cart"))


async def stock_up(url: str) -> tuple[str, ...]:
    """Migrate and fill the database; returns the ISBNs of two books of which there are copies enough."""
    await migrate(url)
    database = Database(url)
    try:
        catalogue = SqlCatalogue(database, index=SearchIndex())
        rows = demo_rows(datetime.now(UTC), "EUR")
        async for _ in catalogue.load(rows, datetime.now(UTC)):
            pass
    finally:
        await database.close()
    plenty = [row.isbn13 for row in rows if row.isbn13 and row.price and (row.on_hand or 0) > 9]
    return tuple(isbn for isbn in plenty[:2] if isbn)


async def count_calls(people: People, isbn: str) -> dict[str, float]:
    """API calls for a tap or a text of each kind: what is edited, and what is sent anew because the kind changes."""
    account, found = people.account, {}

    async def one(name: str, doing: Doing) -> None:
        before = account.calls.total()
        await people.each(doing)
        await _quiet(account)
        found[name] = (account.calls.total() - before) / len(people.chats)

    await one("text, answered with results", lambda chat, _: chat.types("agatha christie"))
    await one("tap, text to text", lambda chat, _: chat.taps("Home"))
    await one("text, answered with a picture", lambda chat, _: chat.types(isbn))
    await one("tap, picture to the same picture", lambda chat, _: chat.taps("+"))
    await one("tap, picture to text", lambda chat, _: chat.taps("Home"))
    return found


async def compare(
    options: argparse.Namespace, folder: Path, out: Console
) -> tuple[list[Subject], dict[str, float], tuple[float, float]]:
    """Everything that is measured: the kinds of turns, the calls of each kind of tap, the shop's memory before and after."""
    url = options.database or f"sqlite+aiosqlite:///{folder}/shop.db"
    out.print("Filling the shelves ...")
    books = await stock_up(url)
    echo, concurrent, shop = Account(1001, "echo"), Account(1002, "echo_concurrent"), Account(1003, "shop")
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(LoadServer(echo, concurrent, shop))

        async def start(name: str, account: Account, *command: str, **settings: str) -> Measured:
            env = {f"BOOKSTALL_{key.upper()}": value for key, value in settings.items()}
            return await stack.enter_async_context(running(name, account, folder, *command, env=env))

        bookstall = await start(
            *("the shop", shop, "bot", "run"),
            token=shop.token,
            api_url=address,
            database=url,
            secret="benchmark " * 4,
        )
        plain = await start("echo bot", echo, "benchmarks.echo_bot", address, echo.token)
        other = await start(
            *("echo bot, concurrent", concurrent, "benchmarks.echo_bot"),
            address,
            concurrent.token,
            "concurrent",
        )
        await asyncio.sleep(1.0)
        at_rest = bookstall.memory()
        out.print("Filling the carts ...")
        people = People(shop, options.chats)
        calls = await count_calls(people, books[0])
        await fill_carts(people, books)
        subjects = [
            Subject("echo bot", plain, People(echo, options.chats), search),
            Subject("echo bot, concurrent updates", other, People(concurrent, options.chats), search),
            Subject("the shop: search turn", bookstall, people, search, shows="1"),
            Subject("the shop: cart turn", bookstall, people, step, shows="+"),
        ]
        for number in range(options.rounds):
            for subject in subjects:
                out.print(f"Round {number + 1} of {options.rounds}: {subject.name} ...")
                subject.people.listen()
                if subject.doing is step:
                    await people.each(lambda chat, _: chat.types("/cart"))
                subject.rounds.append(await measure(subject, options.turns, seed=number))
        return subjects, calls, (at_rest, bookstall.memory())


def show(
    subjects: Sequence[Subject], calls: dict[str, float], memory: tuple[float, float], out: Console
) -> None:
    table = Table(title=f"Medians of {len(subjects[0].rounds)} rounds")
    table.add_column("")
    for heading in (
        *(
            "turns/s",
            "of the echo bot's",
            "CPU s per 1,000",
            "echo bot's / it",
            "core busy",
            "load's core",
            "API calls",
        ),
        *("p50 ms", "p99 ms"),
    ):
        table.add_column(heading, justify="right")
    base = subjects[0]
    for one in subjects:
        pairs = list(zip(one.rounds, base.rounds, strict=True))
        table.add_row(
            one.name,
            f"{one.median('rate'):.0f}",
            f"{statistics.median(mine.rate / echo.rate for mine, echo in pairs):.2f}",
            f"{one.median('cpu'):.2f}",
            f"{statistics.median(echo.cpu / mine.cpu for mine, echo in pairs):.2f}",
            f"{one.median('busy'):.0%}",
            f"{one.median('load'):.0%}",
            f"{one.median('calls'):.2f}",
            f"{one.median('p50'):.1f}",
            f"{one.median('p99'):.1f}",
        )
    out.print(table)
    out.print(
        "A core that is not busy was somebody else's: then the CPU's ratio tells what the rate's would be on a quiet machine."
    )
    out.print(f"p50 and p99: from tap to answer at {RATE:g} turns a second, by chance.")
    out.print(f"Memory of the shop: {memory[0]:.0f} MB at rest, {memory[1]:.0f} MB after the run.")
    out.print("API calls: " + "; ".join(f"{name} {count:g}" for name, count in calls.items()) + ".")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description="What a turn costs.")
    parser.add_argument(
        "--turns", type=_between(20, 20_000), default=1000, help="turns a round (default 1000)"
    )
    parser.add_argument("--chats", type=_between(1, 500), default=32, help="people at once (default 32)")
    parser.add_argument("--rounds", type=_between(1, 20), default=3, help="rounds of each kind (default 3)")
    parser.add_argument(
        "--database", default="", help="an empty database's URL (default: SQLite, in a new folder)"
    )
    options = parser.parse_args(arguments)
    out = Console(highlight=False, width=140)
    with tempfile.TemporaryDirectory(prefix="bookstall-benchmark-") as folder:
        try:
            show(*_run(options, Path(folder), out), out)
        except (NoAnswer, RuntimeError) as error:
            print(f"Nothing was measured: {error}", file=sys.stderr)
            return 1
    return 0


def _run(
    options: argparse.Namespace, folder: Path, out: Console
) -> tuple[list[Subject], dict[str, float], tuple[float, float]]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(compare(options, folder, out))


def _between(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"from {low} to {high}")
        return value

    return number


if __name__ == "__main__":
    sys.exit(main())
