"""Who is on the page: customers by address and by the picker, the staff's group, the mailbox."""

from __future__ import annotations

import re
from email.message import EmailMessage

import aiosmtplib
import pytest
from playwright.async_api import Page, expect

from sandbox.sandbox import Sandbox
from tests.browser.chat_pane import ChatPane
from tests.browser.practice_bot import PracticeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_plain_address_shows_a_customer_and_the_staff(
    page: Page, sandbox: Sandbox, bot: PracticeBot
) -> None:
    await page.goto(sandbox.url)
    await expect(ChatPane(page, "Ann").button("Start")).to_be_visible()
    await expect(ChatPane(page, "Staff").pane.get_by_role("heading", name="Staff")).to_be_visible()


async def test_an_empty_chat_says_what_the_bot_can_do(page: Page, sandbox: Sandbox, bot: PracticeBot) -> None:
    await page.goto(f"{sandbox.url}/?user=Ann")
    await expect(page.get_by_text("Shows what a chat can show.")).to_be_visible()


async def test_panes_by_address_have_their_own_people_and_languages(
    page: Page, sandbox: Sandbox, bot: PracticeBot
) -> None:
    await page.goto(f"{sandbox.url}/?panes=Ann,Ben:de,staff:Mia")
    ben = ChatPane(page, "Ben")
    await ben.taps("Start")
    await ben.sees("Hello Ben")
    assert bot.languages[-1] == "de"
    await expect(ChatPane(page, "Ann").button("Start")).to_be_visible()
    await expect(ChatPane(page, "Staff").pane.get_by_role("button", name="You are Mia.")).to_be_visible()


async def test_the_picker_opens_one_more_customer_and_the_address_keeps_it(ann: ChatPane) -> None:
    page = ann.page
    await page.get_by_role("button", name="Customer").click()
    form = page.get_by_role("dialog", name="Add a customer")
    await form.get_by_role("textbox", name="First name").fill("Ben")
    await form.get_by_role("combobox", name="Language").select_option("de")
    await form.get_by_role("button", name="Open chat").click()
    ben = ChatPane(page, "Ben")
    await ben.taps("Start")
    await ben.sees("Hello Ben")
    await expect(page).to_have_url(re.compile(r"\?panes=Ann,Ben:de$"))
    await page.reload()
    await ben.sees("Hello Ben")
    await ann.sees("Hello Ann")


async def test_a_changed_language_reaches_the_bot(ann: ChatPane, bot: PracticeBot) -> None:
    await ann.pane.get_by_role("button", name="You are Ann, language English.").click()
    await ann.taps("Deutsch")
    await expect(ann.pane.get_by_role("button", name="You are Ann, language Deutsch.")).to_be_visible()
    await ann.types("hallo")
    await ann.sees("You said: hallo")
    assert bot.languages[-1] == "de"


async def test_the_staff_see_each_other_by_name_and_answer_the_bot(
    page: Page, sandbox: Sandbox, bot: PracticeBot
) -> None:
    await page.goto(f"{sandbox.url}/?pane=staff")
    staff = ChatPane(page, "Staff")
    await staff.types("/start@practice_bot")
    await staff.sees("Hello Tom")
    await staff.pane.get_by_role("button", name="You are Tom.").click()
    await staff.taps("Mia")
    await expect(staff.pane.get_by_role("button", name="You are Mia.")).to_be_visible()
    await expect(staff.log.locator(".sender").filter(has_text="Tom")).to_be_visible()
    await staff.message("Hello Tom").locator(".text").click(button="right")
    await staff.dialog("Message").get_by_role("button", name="Reply").click()
    await staff.types("On it")
    await staff.sees("You said: On it")
    await staff.taps("Toast")
    await staff.told("A toast")


async def test_what_one_member_does_the_other_sees_at_once(
    page: Page, sandbox: Sandbox, bot: PracticeBot
) -> None:
    await page.goto(f"{sandbox.url}/?pane=staff")
    tom = ChatPane(page, "Staff")
    other = await page.context.new_page()
    await expect(tom.field).to_be_visible()
    await other.goto(f"{sandbox.url}/?panes=staff:Mia")
    mia = ChatPane(other, "Staff")
    await expect(mia.pane.get_by_role("button", name="You are Mia.")).to_be_visible()
    await tom.types("/start@practice_bot")
    await mia.sees("Hello Tom")
    await mia.taps("Edit")
    await tom.sees("Edited in place")


async def test_a_mail_arrives_in_the_open_mailbox_and_its_link_opens_the_chat(
    ann: ChatPane, sandbox: Sandbox
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.org", "ann@example.org", "Your <code>"
    mail.set_content("Your code is 482913.\n\nhttps://t.me/practice_bot?start=confirm\n")
    host, _, port = sandbox.smtp_address.rpartition(":")
    await aiosmtplib.send(mail, hostname=host, port=int(port))
    await ann.page.get_by_role("button", name="Mailbox, 1 unread").click()
    box = ann.page.get_by_role("complementary", name="Mailbox")
    await box.get_by_role("button", name="Your <code>").click()
    await expect(box.get_by_text("Your code is 482913.")).to_be_visible()
    await box.get_by_role("link", name="start=confirm").click()
    await ann.sees("you came with confirm")
    await expect(ann.page.get_by_role("button", name="Mailbox", exact=True)).to_be_visible()
