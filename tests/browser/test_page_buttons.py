"""Buttons on the page: callbacks, keyboards, links, the command menu, inline mode."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import ChatPane
from tests.browser.practice_bot import PracticeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_tap_shows_the_toast_of_its_answer(ann: ChatPane) -> None:
    await ann.taps("Toast")
    await ann.told("A toast")


async def test_an_alert_waits_for_its_ok(ann: ChatPane) -> None:
    await ann.taps("Alert")
    alert = ann.dialog("Practice")
    await expect(alert).to_contain_text("An alert")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await ann.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)
    await expect(ann.button("Alert")).to_be_focused()


async def test_a_button_shows_that_it_waits_until_the_bot_answers(ann: ChatPane, bot: PracticeBot) -> None:
    await ann.taps("Slow")
    await expect(ann.button("Slow")).to_have_attribute("aria-busy", "true")
    await ann.taps("Toast")
    await ann.told("A toast")
    await expect(ann.button("Slow")).to_have_attribute("aria-busy", "true")
    bot.release.set()
    await ann.told("At last")
    await expect(ann.button("Slow")).not_to_have_attribute("aria-busy", "true")


async def test_a_second_tap_on_a_waiting_button_asks_only_once(ann: ChatPane, bot: PracticeBot) -> None:
    await ann.taps("Slow")
    await ann.taps("Slow")
    bot.release.set()
    await ann.told("At last")
    assert bot.taps == ["slow"]


async def test_a_key_of_the_reply_keyboard_is_sent_and_the_keyboard_goes(ann: ChatPane) -> None:
    await ann.types("/keyboard")
    keys = ann.pane.get_by_role("group", name="Keyboard of the bot")
    await keys.get_by_role("button", name="Perhaps").click()
    await ann.sees("You said: Perhaps")
    await expect(keys).to_be_hidden()
    await ann.pane.get_by_role("button", name="Show the bot's keyboard").click()
    await expect(keys).to_be_visible()


async def test_a_keyboard_that_was_put_away_comes_back_when_the_bot_sends_it_again(ann: ChatPane) -> None:
    keys = ann.pane.get_by_role("group", name="Keyboard of the bot")
    for _ in range(2):
        await ann.types("/keyboard")
        await keys.get_by_role("button", name="Perhaps").click()
        await expect(keys).to_be_hidden()


async def test_the_last_message_stays_in_view_when_a_keyboard_opens(ann: ChatPane) -> None:
    await ann.types("/many 20")
    await ann.sees("Message 19")
    await ann.types("/keyboard")
    await expect(ann.button("Perhaps")).to_be_visible()
    await expect(ann.message("Choose.")).to_be_in_viewport(ratio=0.99)


async def test_a_forced_reply_answers_the_question(ann: ChatPane) -> None:
    await ann.types("/force")
    await expect(ann.pane.get_by_text("Reply to Practice")).to_be_visible()
    await ann.types("Ann B.")
    await expect(ann.log.get_by_role("button", name="In reply to: Your name, please.")).to_be_visible()


async def test_typing_a_slash_lists_the_commands_and_tab_completes(ann: ChatPane) -> None:
    await ann.field.press_sequentially("/")
    options = ann.pane.get_by_role("option")
    await expect(options).to_have_text(["/startBegin", "/photoShow a photo", "/invoicePay for a book"])
    await ann.field.press_sequentially("ph")
    await expect(options).to_have_count(1)
    await ann.field.press("Tab")
    await expect(ann.field).to_have_value("/photo")
    await ann.field.press("Enter")
    await ann.sees("A blue photo")


async def test_the_command_menu_sends_what_is_chosen(ann: ChatPane) -> None:
    await ann.taps("Commands of the bot")
    await ann.field.press("ArrowDown")
    await ann.field.press("Enter")
    await ann.sees("A blue photo")
    await expect(ann.field).to_have_value("")


async def test_a_deep_link_to_the_bot_opens_in_the_page(ann: ChatPane) -> None:
    await ann.types("/links")
    await ann.log.get_by_role("link", name="Deep link").click()
    await ann.sees("you came with deep")
    await ann.log.get_by_role("link", name="start=text").click()
    await ann.sees("you came with text")
    assert len(ann.page.context.pages) == 1


async def test_other_links_open_in_a_window_of_their_own(ann: ChatPane) -> None:
    await ann.types("/links")
    await ann.page.context.route("https://example.org/", lambda route: route.fulfill(body="elsewhere"))
    async with ann.page.context.expect_page() as opened:
        await ann.log.get_by_role("link", name="Elsewhere").click()
    assert (await opened.value).url == "https://example.org/"


async def test_inline_results_are_listed_and_the_chosen_one_is_sent(ann: ChatPane) -> None:
    await ann.types("/links")
    await ann.taps("Search here")
    await expect(ann.field).to_have_value("@practice_bot dune")
    await expect(ann.pane.get_by_role("option")).to_have_count(3)
    await ann.field.press("ArrowDown")
    await ann.field.press("Enter")
    await ann.sees("Chosen: dune 2")
    await expect(ann.field).to_have_value("")


async def test_typing_shows_in_the_head(ann: ChatPane) -> None:
    await ann.types("/typing")
    await expect(ann.pane.get_by_text("typing", exact=True)).to_be_visible()


async def test_a_blocked_bot_offers_restart(ann: ChatPane) -> None:
    await ann.taps("More")
    await ann.taps("Block the bot")
    await ann.taps("Restart")
    await expect(ann.log.locator(".message").filter(has_text="Hello Ann")).to_have_count(2)
    await expect(ann.field).to_be_visible()


async def test_a_refusal_of_the_sandbox_is_said_in_the_pane(ann: ChatPane, sandbox: Sandbox) -> None:
    await ann.page.route("**/tap", lambda route: route.fulfill(status=409, json={"error": "Not now."}))
    await ann.taps("Toast")
    await ann.told("Not now.")
    await expect(ann.button("Toast")).not_to_have_attribute("aria-busy", "true")
