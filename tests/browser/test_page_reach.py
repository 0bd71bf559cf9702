"""The page by keyboard alone, on a telephone's width, and through an outage of its server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import ChatPane
from tests.browser.practice_bot import PracticeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
TARGET = 44
"""The least width and height, in CSS pixels, of what a thumb must hit."""


async def test_a_chat_is_held_by_keyboard_alone(page: Page, sandbox: Sandbox, bot: PracticeBot) -> None:
    await page.goto(f"{sandbox.url}/?user=Ann")
    chat = ChatPane(page, "Ann")
    await chat.button("Start").focus()
    await page.keyboard.press("Enter")
    await chat.sees("Hello Ann")
    await chat.field.focus()
    await page.keyboard.type("two")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lines")
    await page.keyboard.press("Enter")
    await chat.sees("You said: two\nlines")
    await _tabs_back_to(chat, "Alert")
    await page.keyboard.press("Enter")
    await expect(chat.dialog("Practice")).to_contain_text("An alert")
    await page.keyboard.press("Escape")
    await expect(chat.dialog("Practice")).to_have_count(0)
    await expect(chat.button("Alert")).to_be_focused()


async def _tabs_back_to(chat: ChatPane, label: str) -> None:
    for _ in range(12):
        await chat.page.keyboard.press("Shift+Tab")
        if await chat.button(label).evaluate("button => button === document.activeElement"):
            return
    raise AssertionError(f"{label} was not reached with Shift+Tab")


async def test_control_and_arrows_choose_the_message_to_answer(ann: ChatPane) -> None:
    await ann.types("first")
    await ann.sees("You said: first")
    await ann.field.press("Control+ArrowUp")
    await ann.field.press("Control+ArrowUp")
    await expect(ann.pane.get_by_text("Reply to Ann")).to_be_visible()
    await ann.field.press("Control+ArrowDown")
    await expect(ann.pane.get_by_text("Reply to Practice")).to_be_visible()
    await ann.field.press("Control+ArrowDown")
    await expect(ann.pane.get_by_text("Reply to")).to_be_hidden()


async def test_what_has_the_focus_can_be_seen(ann: ChatPane) -> None:
    await ann.field.focus()
    await _tabs_back_to(ann, "Delete")
    width = await ann.button("Delete").evaluate("button => getComputedStyle(button).outlineWidth")
    assert width != "0px"


async def test_every_control_has_a_name(ann: ChatPane) -> None:
    await ann.types("/photo")
    await ann.sees("A blue photo")
    unnamed = await ann.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, textarea, select")]
          .filter((control) => control.checkVisibility())
          .filter((control) => !(control.getAttribute("aria-label") || control.textContent.trim()))
          .map((control) => control.outerHTML)"""
    )
    assert unnamed == []


@pytest.mark.parametrize("view", [PHONE])
async def test_a_telephone_shows_one_chat_at_a_time_and_never_scrolls_sideways(
    page: Page, sandbox: Sandbox, bot: PracticeBot, view: dict[str, Any]
) -> None:
    await page.goto(sandbox.url)
    ann, staff = ChatPane(page, "Ann"), ChatPane(page, "Staff")
    await ann.taps("Start")
    await ann.sees("Hello Ann")
    await ann.types("w" * 300)
    await ann.sees("You said: www")
    await ann.types("/photo")
    await ann.sees("A blue photo")
    await ann.types("/format")
    await ann.sees("bold")
    await ann.types("/invoice")
    await ann.taps("Pay €11.10")
    await expect(ann.dialog("Checkout")).to_be_visible()
    assert await _too_wide(page) == []
    await page.keyboard.press("Escape")
    assert await _too_wide(page) == []
    await expect(staff.pane).to_be_hidden()
    await page.get_by_role("navigation").get_by_role("button", name="Staff").click()
    await expect(staff.pane).to_be_visible()
    await expect(ann.pane).to_be_hidden()
    await page.get_by_role("button", name="Mailbox").click()
    assert await _too_wide(page) == []


async def _too_wide(page: Page) -> list[str]:
    """What reaches beyond the screen's sides."""
    found: list[str] = await page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll("body *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return element.checkVisibility() && !element.closest(".photo, .unseen") && (box.right > width + 1 || box.left < -1);
          });
          const page = document.documentElement.scrollWidth > width ? ["the page itself"] : [];
          return [...page, ...wide.map((element) => element.className || element.tagName)];
        }"""
    )
    return found


@pytest.mark.parametrize("view", [PHONE])
async def test_what_a_thumb_presses_is_large_enough(ann: ChatPane, view: dict[str, Any]) -> None:
    await ann.types("/keyboard")
    await ann.sees("Choose.")
    small = await ann.page.evaluate(
        """(least) => [...document.querySelectorAll("button, a, textarea")]
          .filter((control) => control.checkVisibility() && !control.closest(".text"))
          .filter((control) => control.getBoundingClientRect().height < least)
          .map((control) => control.outerHTML)""",
        TARGET,
    )
    assert small == []


async def test_the_page_comes_back_by_itself_when_the_sandbox_does(page: Page, tmp_path: Path) -> None:
    async with Sandbox.running(state=tmp_path) as first, PracticeBot.running(first.url, first.token):
        port = first.port
        await page.goto(f"{first.url}/?user=Ann")
        chat = ChatPane(page, "Ann")
        await chat.taps("Start")
        await chat.sees("Hello Ann")
    connecting = page.get_by_role("status").filter(has_text="Connecting…")
    await expect(connecting).to_be_visible()
    async with (
        Sandbox.running(state=tmp_path, port=port) as second,
        PracticeBot.running(second.url, second.token),
    ):
        await expect(connecting).to_be_hidden()
        await chat.sees("Hello Ann")
        await chat.types("still here")
        await chat.sees("You said: still here")


async def test_what_was_said_during_an_outage_is_there_after_it(page: Page, tmp_path: Path) -> None:
    async with Sandbox.running(state=tmp_path) as first, PracticeBot.running(first.url, first.token) as bot:
        port = first.port
        await page.goto(f"{first.url}/?user=Ann")
        chat = ChatPane(page, "Ann")
        await chat.taps("Start")
        await chat.sees("Hello Ann")
        ann = bot.chats[-1]
        await page.context.set_offline(True)
        await page.evaluate("dispatchEvent(new Event('offline'))")
    async with (
        Sandbox.running(state=tmp_path, port=port) as second,
        PracticeBot.running(second.url, second.token) as bot,
    ):
        await bot.send({"id": ann}, "While you were away")
        await page.context.set_offline(False)
        await chat.sees("While you were away")
        await expect(chat.log.get_by_text("While you were away")).to_have_count(1)
