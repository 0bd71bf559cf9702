"""The demo as a person starts, stops and kills it: processes of their own, and everything is where it was."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.commandline.demo import GROUP
from sandbox.card.client import CardClient
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox

pytestmark = pytest.mark.slow

OPEN = re.compile(r"The shop is open: (http://127\.0\.0\.1:\d+)")
Start = Callable[..., Awaitable["Demo"]]


class Demo:
    """One started demo."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.said = ""

    async def says(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Waits until it says so."""
        assert self.process.stdout is not None
        async with asyncio.timeout(90):
            while not (found := pattern.search(self.said)):
                line = await self.process.stdout.readline()
                assert line, f"it ended with: {self.said}"
                self.said += line.decode()
        return found

    async def opens(self) -> str:
        return str((await self.says(OPEN))[1])

    async def ends(self) -> tuple[int, str]:
        """Its status, and everything that it said."""
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            self.said += (await self.process.stdout.read()).decode()
            return await self.process.wait(), self.said

    async def ctrl_c(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        return await self.ends()


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts it on a free port, in this test's folder."""
    demos: list[Demo] = []

    async def started(*arguments: str) -> Demo:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", "0", "--state", str(tmp_path), *arguments),
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        demos.append(Demo(process))
        return demos[-1]

    yield started
    for demo in demos:
        if demo.process.returncode is None:
            demo.process.kill()
            await demo.process.wait()


async def gone(url: str) -> None:
    """Waits until nothing answers there any more."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(10):
        while True:
            try:
                async with http.get(f"{url}/sandbox/info"):
                    await asyncio.sleep(0.05)
            except aiohttp.ClientError:
                return


async def at_book(person: Person, words: str) -> None:
    """Searches, and goes on to the first book whether by a list, its editions or at once."""
    await person.types(words)
    async with asyncio.timeout(20):
        while True:
            await person.looks()
            labels = [label for row in person.buttons for label in row]
            if "Add to cart" in labels:
                return
            if "1" in labels:
                await person.taps("1")
            else:
                await asyncio.sleep(0.05)


async def test_cards_in_other_chats_have_covers(start: Start) -> None:
    demo = await start()
    url = await demo.opens()
    async with SandboxClient(url) as telegram, aiohttp.ClientSession(url) as page:
        ann = await telegram.person("Ann")
        answer = await ann.asks_inline("dune")
        first = answer["results"][0]
        path = f"/sandbox/inline/{answer['id']}/thumbnail?result_id={first['id']}"
        async with page.get(path) as picture:
            assert (picture.status, picture.content_type) == (200, "image/jpeg")
        assert (await ann.chooses(answer, first["id"]))["link_preview"]["photo"]
    assert (await demo.ctrl_c())[0] == 0


async def test_killed_and_started_again_everything_is_where_it_was_and_pending_events_arrive(
    start: Start,
) -> None:
    demo = await start()
    url = await demo.opens()
    async with SandboxClient(url) as telegram:
        ann = await telegram.person("Ann")
        await ann.starts()
        await ann.types("/login")
        await ann.taps("I am new here")
        await ann.types("ann@example.org")
        code = re.search(r"\b\d{6}\b", (await telegram.mails("ann@example.org", wait=5))[-1]["text"])
        assert code is not None
        await ann.types(code[0])
        await ann.waits_for("What may I call you")
        await ann.taps("Ann")
        await ann.waits_for("Now a password")
        await ann.types("correct horse battery")
        await ann.waits_for("you are logged in")
        await at_book(ann, "dune")
        await ann.taps("Add to cart")
        await ann.types("/cart")
        await ann.waits_for("Check out")
        await ann.taps("Check out")
        await ann.waits_for("by card, online")
        await ann.taps("by card, online")
        await ann.waits_for("on the page")
        # Killed before it is marked as shown, a screen would rightly come again.
        assert (await telegram.request("GET", "/quiet?after=0&calls=0&ms=1000&timeout=30"))["quiet"]
        before = ann.transcript()
        demo.process.kill()
        await demo.process.wait()
        await gone(url)  # its sandbox ends with it

    demo = await start("--port", url.rpartition(":")[2])
    assert await demo.opens() == url
    async with SandboxClient(url) as telegram:
        ann = await telegram.person("Ann", id=ann.id)
        await ann.looks()
        assert ann.transcript() == before
        card = CardClient(telegram)
        await card.events_to("")
        await card.pays()
        assert [event["delivered"] for event in await card.events()] == [False]
        demo.process.kill()
        await demo.process.wait()

    demo = await start("--port", url.rpartition(":")[2])
    assert await demo.opens() == url
    async with SandboxClient(url) as telegram:
        ann = await telegram.person("Ann", id=ann.id)
        await ann.waits_for("Paid: order B-")
        assert [event["delivered"] for event in await CardClient(telegram).events()] == [True]
    assert "Closed. Everything is kept" in (await demo.ctrl_c())[1]


async def test_a_second_demo_in_the_same_place_says_where_the_first_one_is(
    start: Start, tmp_path: Path
) -> None:
    demo = await start()
    url = await demo.opens()
    assert await (await start()).ends() == (1, f"The demo is running already at {url}.\n")
    assert (await demo.ctrl_c())[0] == 0
    await gone(url)
    assert not (tmp_path / "address").exists()


async def test_ctrl_c_ends_it_at_any_moment_without_a_word_too_many_and_the_next_one_opens(
    start: Start,
) -> None:
    for wait in (0.4, 0.8, 1.2, 1.6, 2.0, 2.6):
        demo = await start()
        await asyncio.sleep(wait)
        status, said = await demo.ctrl_c()
        # By the signal itself: Python was still starting.
        assert status in (0, 130, -signal.SIGINT)
        assert "Traceback" not in said or status == -signal.SIGINT
    demo = await start()
    url = await demo.opens()
    async with SandboxClient(url) as telegram:
        ann = await telegram.person("Ann")
        await ann.starts()
        await ann.types("operation shylock")  # nearly the last of the catalogue
        await ann.waits_for("Philip Roth")
    await demo.ctrl_c()


async def test_a_start_that_was_killed_before_the_group_was_linked_is_gone_on_with(
    start: Start, tmp_path: Path
) -> None:
    """At any step of making the group: it is one group in the end, and it gets the orders."""
    for steps in range(4):
        state = tmp_path / f"demo{steps}"
        async with (
            Sandbox.running(state=state / "sandbox", bot_username="corner_bookshop_bot") as sandbox,
            SandboxClient(sandbox.url) as telegram,
        ):
            tom = await telegram.person("Tom")
            if steps > 0:
                group = await telegram.group(GROUP, tom, bot=steps > 1)
            if steps > 2:
                await telegram.promote(group)
        demo = await start("--state", str(state))
        async with SandboxClient(await demo.opens()) as telegram:
            groups = [chat for chat in (await telegram.request("GET", "/chats"))["chats"] if "title" in chat]
            assert [chat["title"] for chat in groups] == [GROUP]
            member = (await telegram.person("Tom", id=groups[0]["members"][0]["user"]["id"])).at(
                groups[0]["id"]
            )
            await member.waits_for("This group now gets the orders")
        await demo.ctrl_c()


def children_of(process: int) -> list[int]:
    """By Linux' word (proc_pid_children(5))."""
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


async def test_a_sandbox_that_dies_ends_the_demo_with_one_line(start: Start) -> None:
    demo = await start()
    url = await demo.opens()
    async with SandboxClient(url) as telegram:
        info = await telegram.request("GET", "/info")
    assert info["bot"]["username"] == "corner_bookshop_bot"
    (sandbox,) = children_of(demo.process.pid)
    os.kill(sandbox, signal.SIGKILL)
    status, said = await demo.ends()
    assert status == 1
    assert "The sandbox has ended, and the shop with it." in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
async def test_a_port_that_there_is_not_is_one_clear_line(start: Start, port: str) -> None:
    status, said = await (await start("--port", port)).ends()
    assert status == 2
    assert said.endswith("a port is a number from 0 to 65535\n")


async def test_a_place_that_is_none_is_one_clear_line(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert await (await start("--state", str(file))).ends() == (2, f"--state {file}: File exists\n")


@pytest.mark.parametrize("loaded", ["pydantic_core", "rich.console", "sqlalchemy.sql", "telegram._message"])
async def test_ctrl_c_while_it_loads_ends_it_without_a_traceback(loaded: str, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "importtime", "-m", "bot", "demo", "--port", "0", "--state", str(tmp_path)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while line := (await process.stderr.readline()).decode():
            if line.split("|")[-1].strip().startswith(loaded):
                break
        assert line, f"{loaded} was never loaded"
        process.send_signal(signal.SIGINT)
        said = (await process.stderr.read()).decode()
        assert await process.wait() in (-signal.SIGINT, 130)
    assert "Traceback" not in said
