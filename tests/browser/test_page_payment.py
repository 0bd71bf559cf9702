"""The Pay sheet: paid, declined, refused by the bot, and amounts as their currency writes them."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.chat_pane import ChatPane
from tests.browser.practice_bot import PracticeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_sheet_lists_what_is_paid_for_and_paying_ends_in_a_receipt(ann: ChatPane) -> None:
    await ann.types("/invoice")
    await ann.taps("Pay €11.10")
    sheet = ann.dialog("Checkout")
    await expect(sheet.locator("dl")).to_contain_text("The Dispossessed€10.90")
    await expect(sheet.locator("dl")).to_contain_text("Total€11.10")
    await sheet.get_by_role("button", name="Pay €11.10").click()
    await ann.sees("You have paid €11.10")
    await ann.sees("Thank you for your payment.")
    await expect(sheet).to_have_count(0)
    await ann.taps("Receipt")
    await expect(ann.dialog("Receipt")).to_contain_text("Total: €11.10")


async def test_a_declined_card_takes_nothing_and_another_can_be_tried(ann: ChatPane) -> None:
    await ann.types("/invoice")
    await ann.taps("Pay €11.10")
    sheet = ann.dialog("Checkout")
    await sheet.get_by_role("radio", name="the bank declines").check()
    await sheet.get_by_role("button", name="Pay €11.10").click()
    await expect(sheet.get_by_role("status")).to_contain_text("declined by the bank")
    await sheet.get_by_role("radio", name="Test card 4242").check()
    await sheet.get_by_role("button", name="Pay €11.10").click()
    await ann.sees("Thank you for your payment.")


async def test_the_bots_refusal_is_shown_in_its_own_words(ann: ChatPane, bot: PracticeBot) -> None:
    bot.refusal = "The last copy has just been sold."
    await ann.types("/invoice")
    await ann.taps("Pay €11.10")
    sheet = ann.dialog("Checkout")
    await sheet.get_by_role("button", name="Pay €11.10").click()
    await expect(sheet.get_by_role("status")).to_have_text("The last copy has just been sold.")
    await ann.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)


@pytest.mark.parametrize(("currency", "label"), [("JPY", "Pay ¥1,110"), ("USD", "Pay $11.10")])
async def test_amounts_have_the_digits_of_their_currency(ann: ChatPane, currency: str, label: str) -> None:
    await ann.types(f"/invoice {currency}")
    await expect(ann.button(label)).to_be_visible()
