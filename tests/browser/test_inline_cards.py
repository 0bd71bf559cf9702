"""The shop's cards on the page, in a chat where the shop is not: found by typing, with covers, and sent."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import ChatPane
from tests.browser.test_purchase import picture, stocked
from tests.chat.shop import Shop, settings_for
from tests.chat.test_webhook import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop with a public address, as far as this machine is the public, and a group of two friends in which it is not."""
    name, at = "The Corner Bookshop", f"127.0.0.1:{free_port()}"
    async with (
        Sandbox.running(smtp_port=0, bot_name=name, bot_username="corner_bookshop_bot") as sandbox,
        SandboxClient(sandbox.url) as client,
    ):
        settings = settings_for(
            sandbox, await stocked(tmp_path / "shop.db"), public_url=f"http://{at}", webhook_listen=at
        )
        opened = Shop(sandbox, client, settings)
        await opened.start()
        friends = [await client.person("Ann"), await client.person("Ben")]
        await client.group("Book club", *friends, bot=False)
        try:
            yield opened
        finally:
            await opened.stop()


async def test_a_book_is_recommended_to_friends(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.sandbox.url}/?panes=staff:Ann")
    club = ChatPane(page, "Staff")
    options = club.pane.get_by_role("option")
    await club.field.fill("@corner_bookshop_bot terry pratchett")
    await expect(options.first).to_contain_text(re.compile("€.*here"))
    await all_pictures_shown(club)
    title = await options.first.locator(".suggestion-title").inner_text()
    await club.field.press("Enter")
    await club.sees(title)
    card = club.message(title)
    await expect(card.locator("[data-part=preview] img.picture")).to_be_visible()
    await expect(card.get_by_role("link", name="Open in the shop")).to_be_visible()
    text = await card.locator("[data-part=text]").inner_text()
    assert "[object" not in text
    await club.field.fill("@corner_bookshop_bot fantasy under 12")
    await all_pictures_shown(club)
    await picture(page, "share")


async def test_more_cards_come_as_one_scrolls_down(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.sandbox.url}/?panes=staff:Ann")
    club = ChatPane(page, "Staff")
    options = club.pane.get_by_role("option")
    await club.field.fill("@corner_bookshop_bot ")
    await expect(options).to_have_count(20)
    await options.last.scroll_into_view_if_needed()
    await expect(options).to_have_count(40)
    await all_pictures_shown(club)
    titles = await club.pane.locator(".suggestion-title").all_inner_texts()
    assert len(titles) == 40


async def test_what_is_not_found_is_asked_for_in_the_shop(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.sandbox.url}/?user=Ann")
    ann = ChatPane(page, "Ann")
    await ann.taps("Start")
    await ann.sees("welcome to The Corner Bookshop")
    await ann.field.fill("@corner_bookshop_bot xqzvw jjkq")
    await ann.pane.get_by_role("option", name="Nothing found. Look in the shop").click()
    await ann.sees("Nothing here for “xqzvw jjkq”.")
    await expect(ann.field).to_have_value("")


async def all_pictures_shown(pane: ChatPane) -> None:
    """Every picture in sight has been drawn, fetched and shown."""
    await pane.page.wait_for_function(
        "() => { const seen = [...document.querySelectorAll('.suggestion-picture img')]"
        ".filter((one) => one.getBoundingClientRect().top < innerHeight);"
        " return seen.length > 1 && seen.every((one) => one.complete && one.naturalWidth > 0); }"
    )
