"""One Chromium a test process, a fresh context a test, and a sandbox of its own for each test of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import PATIENCE, ChatPane
from tests.browser.practice_bot import PracticeBot

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The path of the machine's Chromium. Without one the test is skipped, or fails where CI promises one."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is not None:
        return path
    sentence = "no Chromium on this machine: install Debian's chromium to run the browser tests"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The process's one browser."""
    path = chromium()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
def view() -> dict[str, Any]:
    """How the context is opened; a test parametrizes it for a telephone or a dark screen."""
    return {"viewport": {"width": 1280, "height": 860}}


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, view: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """A browser that remembers nothing of other tests."""
    opened = await browser.new_context(**view)
    opened.set_default_timeout(PATIENCE)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A tab. The test fails if a script of the page failed, whatever else it saw."""
    opened = await context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    assert failures == []


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram on a free port, in memory."""
    async with Sandbox.running(bot_name="Practice", bot_username="practice_bot") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox: Sandbox) -> AsyncIterator[PracticeBot]:
    """The bot that lives in that sandbox."""
    async with PracticeBot.running(sandbox.url, sandbox.token) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def ann(page: Page, sandbox: Sandbox, bot: PracticeBot) -> ChatPane:
    """Ann's chat, alone on the page, with Start pressed and the bot's greeting in it."""
    await page.goto(f"{sandbox.url}/?user=Ann")
    chat = ChatPane(page, "Ann")
    await chat.taps("Start")
    await chat.sees("Hello Ann")
    return chat
