"""``python -m bot demo``: a shop to try in the browser. Telegram's part is played by the sandbox, a process of its own.

The bot is the real one and knows the sandbox only by its address. Everything is kept under ``var/demo``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console

from bot.app import Application, building
from bot.commandline.alone import alone_in
from bot.commandline.shelves import stock_up
from bot.commandline.staff import make_link_code
from bot.event_loop import start_event_loop
from bot.logs import configure
from bot.settings import SettingsError, given
from identity.clock import SystemClock
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
    ended: asyncio.Task[int]
    """Done when its process is."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="a shop to try in the browser, with no Telegram account")
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"where the page is (default {PORT}; 0: a free one)"
    )
    parser.add_argument("--state", type=Path, default=Path("var/demo"), help="where everything is kept")
    parser.add_argument("--verbose", action="store_true", help="show the bot's log")
    parser.set_defaults(do=do)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def do(options: argparse.Namespace) -> int:
    configure("console", "info" if options.verbose else "error")
    state: Path = options.state
    try:
        state.mkdir(parents=True, exist_ok=True)
        with alone_in(state) as lock:
            return start_event_loop(_demo(options.port, state, lock))
    except BlockingIOError:
        address = state / "address"
        where = f" at {address.read_text().strip()}" if address.exists() else ""
        print(f"The demo is running already{where}.", file=sys.stderr)
        return 1
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise SettingsError(f"--state {state}: {error.strerror}") from None


async def _demo(port: int, state: Path, lock: int) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    database = f"sqlite+aiosqlite:///{(state / 'shop.db').absolute()}"
    stocking = asyncio.create_task(
        stock_up(database, SHOP["shop_currency"], state / "stocked", out)
    )  # while the sandbox starts
    async with _sandbox(port, state, lock) as sandbox:
        sandbox.ended.add_done_callback(lambda _: stop.set())
        if not await _unless(stop, stocking):
            return 130
        heard = f"127.0.0.1:{_free_port()}"
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
            webhook_listen=heard,  # for the card gateway's events, and where cards have their covers from
            public_url=f"http://{heard}",
            **SHOP,
        )
        async with building(settings) as app:
            await _open_group(sandbox, app.unit_of_work)
            opened = asyncio.Event()
            serving = asyncio.create_task(app.run(stop, ready=opened.set))
            telling = asyncio.create_task(_say_where(opened, sandbox, app, state))
            # Nobody could find a shop of which nobody was told: without it, it closes.
            telling.add_done_callback(
                lambda done: stop.set() if done.cancelled() or done.exception() else None
            )
            try:
                await serving
                if telling.done() and not sandbox.ended.done():
                    telling.result()
            finally:
                telling.cancel()
        if sandbox.ended.done():
            print("The sandbox has ended, and the shop with it. Start again to go on.", file=sys.stderr)
            return 1
    _forget_address(state)
    out.print("Closed. Everything is kept; start again to go on.")
    return 0


async def _unless(stop: asyncio.Event, task: asyncio.Task[None]) -> bool:
    """Wait for the task; False if we were told to stop before it was done, and it was given up."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return False
    await task
    return True


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


def _forget_address(state: Path) -> None:
    (state / "address").unlink(missing_ok=True)


@asynccontextmanager
async def _sandbox(port: int, state: Path, lock: int) -> AsyncIterator[Sandbox]:
    """The sandbox as a process of its own, ended with us, also if we are killed: then its input ends, and until it has ended it
    holds the lock. A taken port is left for a free one."""
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
        "--with-input",
        stdin=asyncio.subprocess.PIPE,
        pass_fds=(lock,),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us: the bot says its last words before Telegram goes away
    )
    ended = asyncio.create_task(process.wait())
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
            ended=ended,
        )
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(5):
                await asyncio.shield(ended)
        except TimeoutError:
            process.kill()
            await ended


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


async def _open_group(sandbox: Sandbox, unit_of_work: SqlUnitOfWork) -> None:
    """The staff's group with Tom and Mia, made and linked the first time, as the shop's owner would by hand. What a start that
    was killed has made of it is gone on with: in a second group, the page would not show the orders."""
    async with unit_of_work.reading() as look:
        if await look.staff.chat() is not None:
            return
    code = await make_link_code(unit_of_work, SystemClock())
    async with aiohttp.ClientSession(sandbox.url) as session:

        async def post(path: str, body: dict[str, object]) -> dict[str, Any]:
            async with session.post(f"/sandbox/{path}", json=body) as response:
                return await _answer(response)

        async with session.get("/sandbox/chats") as response:
            chats = (await _answer(response))["chats"]
        group = next((chat for chat in chats if chat.get("title") == GROUP), None)
        if group is None:
            tom = await post("users", {"first_name": "Tom", "language_code": "en"})
            mia = await post("users", {"first_name": "Mia", "language_code": "en"})
            group = await post("chats", {"title": GROUP, "creator": tom["id"], "members": [mia["id"]]})
        inside = {member["user"]["id"]: member["status"] for member in group["members"]}
        creator = next(user for user, status in inside.items() if status == "creator")
        here, bot = f"chats/{group['id']}", int(sandbox.token.partition(":")[0])
        if bot not in inside:
            await post(f"{here}/members", {"user": "bot", "by": creator})
        if inside.get(bot) != "administrator":
            await post(f"{here}/promote", {"user": "bot", "status": "administrator", "by": creator})
        await post(f"users/{creator}/start", {"payload": f"link_{code}", "chat": group["id"]})


async def _answer(response: aiohttp.ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = await response.json()
    if response.status != 200:
        raise SettingsError(f"the sandbox: {answer.get('error')}")
    return answer
