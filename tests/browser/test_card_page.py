"""Paying on the card gateway's page as a person does: from the chat, in a tab of its own, and back."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from playwright.async_api import Error as PlaywrightError
from pydantic import SecretStr

from sandbox.card.client import CardClient
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import ChatPane
from tests.browser.test_page_reach import PHONE
from tests.chat.buying import at_summary
from tests.chat.shelves import stock_up
from tests.chat.shop import Shop, settings_for

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop that is paid on the page, and that the gateway tells."""
    path = tmp_path / "shop.db"
    await asyncio.to_thread(stock_up, path)
    shops: list[Shop] = []

    async def settle(update_id: int) -> None:
        await shops[0].settle(update_id)

    async with (
        Sandbox.running(smtp_port=0, bot_username="corner_bookshop_bot") as sandbox,
        SandboxClient(sandbox.url, settle=settle) as client,
    ):
        settings = settings_for(sandbox, path, card=True, telegram_provider_token=SecretStr(""))
        opened = Shop(sandbox, client, settings)
        shops.append(opened)
        await opened.start()
        await CardClient(client).events_to(f"{opened.app.address}/gateway/sandbox_card")
        try:
            yield opened
        finally:
            await opened.stop()


async def at_link(page: Page, shop: Shop) -> tuple[ChatPane, Person]:
    """Ann's chat on the page, with the button that leads to the gateway's, and Ann as the test's own hands have her."""
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await page.goto(f"{shop.sandbox.url}/?user=Ann")
    chat = ChatPane(page, "Ann")
    await chat.sees("on the page that the button opens")
    return chat, ann


async def opened_from(chat: ChatPane, label: str = "Pay €12.50 now") -> Page:
    """The tab that the link's button opens."""
    async with chat.page.context.expect_page() as opening:
        await chat.pane.get_by_role("link", name=label).last.click()
    opened = await opening.value
    await opened.wait_for_load_state()
    return opened


async def pays_with(tab: Page, card: str) -> None:
    await tab.get_by_role("radio", name=card).check()
    await tab.get_by_role("button", name="Pay €12.50").click()


async def _closes(tab: Page, doing: Awaitable[None]) -> None:
    """What is done closes the tab, perhaps before a key or the mouse is let go again."""
    async with tab.expect_event("close"):
        with contextlib.suppress(PlaywrightError):
            await doing


async def test_one_card_is_declined_another_pays_and_the_chat_has_it_when_one_comes_back(
    page: Page, shop: Shop
) -> None:
    (tom,) = await shop.staff("Tom")
    chat, _ = await at_link(page, shop)
    tab = await opened_from(chat)
    failures: list[str] = []
    tab.on("console", lambda said: failures.append(said.text) if said.type == "error" else None)
    await expect(tab.get_by_role("listitem").filter(has_text="Dune")).to_contain_text("€12.50")
    await pays_with(tab, "0002")
    await expect(tab.get_by_role("alert")).to_contain_text("not enough money on this card")
    await pays_with(tab, "4242")
    await expect(tab.get_by_role("status")).to_contain_text("€12.50 went to the shop")
    await expect(tab).to_have_title(re.compile("^Paid · "))
    await _closes(tab, tab.get_by_role("link", name="Back to the chat").click())
    await chat.sees("Paid: order B-")
    await tom.waits_for("paid online €12.50")
    # The button stays further up in the chat: the page that it opens says how it stands.
    again = await opened_from(chat)
    await expect(again.get_by_role("status")).to_contain_text("€12.50 went to the shop")
    await expect(again.get_by_role("button")).to_have_count(0)
    assert failures == []


async def test_a_bank_that_takes_its_time_is_waited_for_on_the_page_and_told_in_the_chat(
    page: Page, shop: Shop
) -> None:
    chat, _ = await at_link(page, shop)
    tab = await opened_from(chat)
    await pays_with(tab, "0119")
    await expect(tab.get_by_role("status")).to_contain_text("The bank is thinking")
    await shop.telegram.advance(21)
    await expect(tab.get_by_role("status")).to_contain_text("€12.50 went to the shop")
    await chat.sees("Paid: order B-")


async def test_an_order_that_is_cancelled_in_the_chat_can_no_longer_be_paid_on_the_open_page(
    page: Page, shop: Shop
) -> None:
    chat, ann = await at_link(page, shop)
    tab, second = await opened_from(chat), await opened_from(chat)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    await shop.run_jobs()
    await pays_with(tab, "4242")
    await expect(tab.get_by_role("status")).to_contain_text("This link has ended")
    await pays_with(second, "0002")
    await expect(second.get_by_role("status")).to_contain_text("Nothing was charged")
    assert (await CardClient(shop.telegram).payment())["state"] == "cancelled"


@pytest.mark.parametrize("view", [PHONE | {"color_scheme": "dark"}])
async def test_a_german_customer_pays_on_a_telephone_and_by_keyboard_alone(page: Page, shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.types("/language")
    await ann.taps("Deutsch")
    await page.goto(f"{shop.sandbox.url}/?user=Ann")
    chat = ChatPane(page, "Ann")
    await chat.types("/cart")
    await chat.taps("Zur Kasse")
    await chat.taps("Jetzt 12,50 € zahlen")
    link = chat.pane.get_by_role("link", name="Jetzt 12,50 € zahlen")
    await link.focus()
    async with page.context.expect_page() as opening:
        await page.keyboard.press("Enter")
    tab = await opening.value
    await expect(tab.get_by_role("radio", name="4242")).to_be_focused()
    width, room = await tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room
    await tab.keyboard.press("ArrowDown")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("alert")).to_contain_text("nicht genug Guthaben")
    await expect(tab.get_by_role("radio", name="4242")).to_be_focused()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("status")).to_contain_text("12,50 € gingen an den Laden")
    back = tab.get_by_role("link", name="Zurück zum Chat")
    await expect(back).to_be_focused()
    await _closes(tab, tab.keyboard.press("Enter"))
    await chat.sees("Bezahlt: Bestellung B-")


async def test_without_scripts_the_page_pays_as_well_and_leads_to_the_chat(
    browser: Browser, shop: Shop
) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Pay")
    await ann.taps("Pay €12.50 now")
    context = await browser.new_context(java_script_enabled=False)
    try:
        tab = await context.new_page()
        await tab.goto(ann.opened)
        await pays_with(tab, "0259")
        await expect(tab.get_by_role("status")).to_contain_text("€12.50 went to the shop")
        await tab.get_by_role("link", name="Back to the chat").click()
        await expect(tab).to_have_url(f"{shop.sandbox.url}/")
    finally:
        await context.close()
    await ann.waits_for("Paid: order B-")
