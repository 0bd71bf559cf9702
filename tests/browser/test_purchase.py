"""The whole shop on its page: from /start to the staff's "Handed over", clicked as a person would.

With BOOKSTALL_SCREENSHOTS set to a folder, the pictures that the README shows are written there.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from catalogue.demo import demo_rows
from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex
from tests.browser.chat_pane import ChatPane
from tests.chat.shop import Shop, settings_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

BESTSELLERS = 600
"""Books of the demo catalogue that this shop has; the first are the most popular."""


async def stocked(path: Path) -> Path:
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    database = Database(url)
    now = datetime.now(UTC)
    try:
        async for _ in SqlCatalogue(database, index=SearchIndex()).load(
            demo_rows(now, "EUR")[:BESTSELLERS], now
        ):
            pass
    finally:
        await database.close()
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    name = "The Corner Bookshop"
    async with (
        Sandbox.running(smtp_port=0, bot_name=name, bot_username="corner_bookshop_bot") as sandbox,
        SandboxClient(sandbox.url) as client,
    ):
        opened = Shop(sandbox, client, settings_for(sandbox, await stocked(tmp_path / "shop.db"), mail=True))
        await opened.start()
        await opened.staff("Tom")
        try:
            yield opened
        finally:
            await opened.stop()


async def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("BOOKSTALL_SCREENSHOTS"):
        await page.wait_for_timeout(500)  # let what moves come to rest
        await page.screenshot(path=f"{folder}/{name}.png")


async def test_a_purchase_from_start_to_handed_over(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.sandbox.url}/?panes=Ann,staff")
    ann, tom = ChatPane(page, "Ann"), ChatPane(page, "Staff")
    await ann.taps("Start")
    await ann.sees("welcome to The Corner Bookshop")
    await picture(page, "home")

    await ann.types("do you have the hobit by tolkien")
    await ann.sees("The Hobbit")
    await picture(page, "search")
    await ann.taps("1")
    await ann.sees("J.R.R. Tolkien")
    await ann.taps("Add to cart")
    await ann.told("In your cart: 1 book")
    await picture(page, "book")
    await ann.taps("Cart · 1")
    await ann.sees("Your cart")
    await expect(ann.log.locator("img")).to_have_count(0)  # the book's page has gone and all lies still
    await picture(page, "cart")
    await ann.taps("Check out")
    await picture(page, "login")
    await ann.taps("I am new here")
    await ann.types("ann@example.org")
    await ann.sees("six digits")
    code = await mailed_code(shop, "ann@example.org")
    await ann.types(code)
    await ann.taps("Ann")
    await ann.types("correct horse battery")
    await expect(ann.message("correct horse battery")).to_have_count(0)
    await ann.sees("12 Mill Lane")
    await picture(page, "checkout")

    await ann.pane.get_by_role("button", name=re.compile("^Pay €.* now$")).last.click()
    await expect(ann.log.get_by_role("button", name=re.compile("^Pay €.* now$"))).to_have_count(0)
    await expect(ann.log.locator(".leaving")).to_have_count(0)
    await ann.log.get_by_role("button", name=re.compile(r"^Pay €[\d.]+$")).last.click()
    sheet = ann.dialog("Checkout")
    await picture(page, "pay")
    await sheet.get_by_role("button", name=re.compile("^Pay €")).click()
    await ann.sees("Paid")
    await tom.sees("paid online")
    await tom.taps("Accept")
    await tom.sees("Tom is on it")
    await tom.taps("Ready")
    await ann.sees("ready")
    await picture(page, "ready")
    await tom.taps("Handed over")
    await tom.sees("handed over")
    await ann.sees("Thank you! Order")
    await picture(page, "handed-over")


async def mailed_code(shop: Shop, address: str) -> str:
    """The six digits of the newest mail to that address."""
    mails = await shop.telegram.mails(address, wait=5)
    match = re.search(r"\b\d{6}\b", mails[-1]["text"])
    assert match is not None
    return match[0]
