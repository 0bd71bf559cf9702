"""``python -m bot demo``: a shop to try in the browser. Telegram's part is played by the sandbox, a process of its own.

The bot is the real one and knows the sandbox only by its address. Everything is kept under ``var/demo``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import fcntl
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import Application, building
from bot.commandline.staff import make_link_code
from bot.event_loop import start_event_loop
from bot.logs import configure
from bot.settings import SettingsError, given
from catalogue.demo import demo_rows
from identity.clock import SystemClock
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex
from storage.unit_of_work import SqlUnitOfWork

PORT = 8081
GROUP = "The Corner Bookshop · orders"

SHOP = {
    "shop_name": "The Corner Bookshop",
    "shop_address": "12 Mill Lane, Millbrook",
    "shop_hours": "Mo-Fr 09:00-18:30; Sa 10:00-16:00",
    "shop_timezone": "Europe/London",
    "shop_currency": "EUR",
    "shop_email": "hello@corner.example",
    "shop_phone": "+44 20 7946 0123",
    "shop_owner": "Mia Corner",
    "shop_tax_percent": "7",
    "mail_from": "shop@corner.example",
    "telegram_provider_token": "284685063:TEST:corner-bookshop",
}

out = Console(stderr=False, highlight=False)


@dataclass(frozen=True, slots=True)
class Sandbox:
    url: str
    token: str
    smtp_port: int
    card_key: str
    card_webhook_secret: str


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="a shop to try in the browser, with no Telegram account")
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"where the page is (default {PORT}; 0: a free one)"
    )
    parser.add_argument("--state", type=Path, default=Path("var/demo"), help="where everything is kept")
    parser.add_argument("--verbose", action="store_true", help="show the bot's log")
    parser.set_defaults(do=do)


def do(options: argparse.Namespace) -> int:
    configure("console", "info" if options.verbose else "error")
    options.state.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(options.state):
            return start_event_loop(_demo(options.port, options.state))
    except BlockingIOError:
        print(f"The demo is running already; see {options.state / 'address'}.", file=sys.stderr)
        return 1


async def _demo(port: int, state: Path) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    database = f"sqlite+aiosqlite:///{(state / 'shop.db').absolute()}"
    stocking = asyncio.create_task(_stock_up(database))  # while the sandbox starts
    async with _sandbox(port, state) as sandbox:
        await stocking
        if stop.is_set():
            return 130
        settings = given(
            token=sandbox.token,
            api_url=sandbox.url,
            database=database,
            smtp_host="127.0.0.1",
            smtp_port=sandbox.smtp_port,
            smtp_security="none",
            card_api_url=f"{sandbox.url}/card",
            card_key=sandbox.card_key,
            card_webhook_secret=sandbox.card_webhook_secret,
            webhook_listen="127.0.0.1:0",  # for the card gateway's events
            **SHOP,
        )
        async with building(settings) as app:
            await _open_group(sandbox, app.unit_of_work)
            opened = asyncio.Event()
            serving = asyncio.create_task(app.run(stop, ready=opened.set))
            telling = asyncio.create_task(_say_where(opened, sandbox, app, state))
            try:
                await serving
            finally:
                telling.cancel()
    out.print("Closed. Everything is kept; start again to go on.")
    return 0


async def _say_where(opened: asyncio.Event, sandbox: Sandbox, app: Application, state: Path) -> None:
    """Once the shop is open: tell the card gateway where it hears events, as one does at a provider's desk, and the person."""
    await opened.wait()
    body = {"url": f"{app.address}/gateway/sandbox_card"}
    async with (
        aiohttp.ClientSession(sandbox.url) as session,
        session.put("/sandbox/card/webhook", json=body) as answer,
    ):
        answer.raise_for_status()
    _announce(sandbox.url, state)


def _announce(url: str, state: Path) -> None:
    (state / "address").write_text(url + "\n")
    out.print(f"\n  The shop is open: [bold]{url}[/bold]\n")
    out.print("  Left, a customer's chat; right, the staff's group. Ctrl-C closes the shop.\n")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


@contextlib.contextmanager
def _alone(state: Path) -> Iterator[None]:
    """One demo at a time in one place: two bots with one token would take each other's updates. BlockingIOError if it runs."""
    with (state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@asynccontextmanager
async def _sandbox(port: int, state: Path) -> AsyncIterator[Sandbox]:
    """The sandbox as a process of its own, ended with us. A taken port is left for a free one."""
    chosen = port if port == 0 or _free(port) else 0
    if chosen != port:
        out.print(f"Port {port} is taken; using another.")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        str(chosen),
        "--smtp-port",
        "0",
        "--state",
        str(state / "sandbox"),
        "--bot-name",
        SHOP["shop_name"],
        "--bot-username",
        "corner_bookshop_bot",
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: the bot says its last words before Telegram goes away
    )
    try:
        if process.stdout is None:
            raise SettingsError("the sandbox did not start")
        line = await process.stdout.readline()
        if not line:
            raise SettingsError("the sandbox did not start; its own message is above")
        told = json.loads(line)
        yield Sandbox(
            url=told["url"],
            token=told["token"],
            smtp_port=int(told["smtp"].rpartition(":")[2]),
            card_key=told["card_key"],
            card_webhook_secret=told["card_webhook_secret"],
        )
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


async def _stock_up(url: str) -> None:
    """Migrate, and fill the shelves the first time."""
    await migrate(url)
    database = Database(url)
    try:
        catalogue = SqlCatalogue(database, index=SearchIndex())
        if await catalogue.count():
            return
        now = SystemClock().now()
        rows = demo_rows(now, SHOP["shop_currency"])
        columns = (
            TextColumn("Filling the shelves"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=out, transient=True) as progress:
            task = progress.add_task("", total=len(rows))
            async for loaded in catalogue.load(rows, now):
                progress.update(task, completed=loaded.rows)
    finally:
        await database.close()


async def _open_group(sandbox: Sandbox, unit_of_work: SqlUnitOfWork) -> None:
    """The staff's group with Tom and Mia, made and linked the first time, as the shop's owner would by hand."""
    async with unit_of_work.reading() as look:
        if await look.staff.chat() is not None:
            return
    code = await make_link_code(unit_of_work, SystemClock())
    async with aiohttp.ClientSession(sandbox.url) as session:

        async def post(path: str, body: dict[str, object]) -> dict[str, object]:
            async with session.post(f"/sandbox/{path}", json=body) as response:
                answer: dict[str, object] = await response.json()
                if response.status != 200:
                    raise SettingsError(f"the sandbox: {answer.get('error')}")
                return answer

        tom = await post("users", {"first_name": "Tom", "language_code": "en"})
        mia = await post("users", {"first_name": "Mia", "language_code": "en"})
        group = await post("chats", {"title": GROUP, "creator": tom["id"], "members": [mia["id"]]})
        await post(f"chats/{group['id']}/members", {"user": "bot", "by": tom["id"]})
        await post(
            f"chats/{group['id']}/promote", {"user": "bot", "status": "administrator", "by": tom["id"]}
        )
        await post(f"users/{tom['id']}/start", {"payload": f"link_{code}", "chat": group["id"]})
