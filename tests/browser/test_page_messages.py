"""Messages on the page: sent, edited in place, deleted, formatted, with photos and files."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chat_pane import ChatPane
from tests.browser.practice_bot import ODD_TEXT, PracticeBot, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOADED = "image => image.complete && image.naturalWidth > 0"


async def test_a_typed_text_is_sent_and_answered(ann: ChatPane) -> None:
    await ann.types("dune")
    await ann.sees("You said: dune")
    await expect(ann.log.locator(".message.out").filter(has_text="dune")).to_have_count(1)


async def test_an_edit_keeps_the_bubble_and_the_focus(ann: ChatPane) -> None:
    bubble = ann.log.locator(".bubble").filter(has_text="Hello Ann")
    await bubble.evaluate("bubble => { bubble.marked = true; }")
    await ann.button("Edit").focus()
    await ann.page.keyboard.press("Enter")
    await ann.sees("Edited in place")
    edited = ann.log.locator(".bubble").filter(has_text="Edited in place")
    assert await edited.evaluate("bubble => bubble.marked")
    await expect(edited.get_by_text("edited", exact=False).last).to_be_visible()
    await expect(ann.button("Edit")).to_be_focused()


async def test_a_deleted_message_goes(ann: ChatPane) -> None:
    await ann.taps("Delete")
    await expect(ann.log.get_by_text("Hello Ann")).to_have_count(0)
    await ann.sees("/start")


async def test_markup_in_a_text_or_a_button_is_shown_as_it_is_written(ann: ChatPane) -> None:
    await ann.types("/odd")
    await ann.sees(ODD_TEXT)
    await expect(ann.button(ODD_TEXT)).to_be_visible()
    await ann.types(ODD_TEXT)
    await ann.sees(f"You said: {ODD_TEXT}")
    assert await ann.log.locator("b, strong").count() == 0


async def test_formatting_becomes_elements(ann: ChatPane) -> None:
    await ann.types("/format")
    await ann.sees("bold")
    for tag, text in {
        "strong": "bold",
        "em": "italic",
        "u": "under",
        "s": "struck",
        "code": "code",
        "blockquote": "quoted",
        "pre": "block",
    }.items():
        await expect(ann.log.locator(tag).filter(has_text=text).first).to_be_visible()
    link = ann.log.get_by_role("link", name="link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await ann.taps("Hidden text, show it")
    await expect(ann.log.locator(".spoiler.revealed")).to_have_text("secret")


async def test_a_photo_shows_and_changes_in_place(ann: ChatPane) -> None:
    await ann.types("/photo")
    await ann.sees("A blue photo")
    image = ann.log.get_by_role("img", name="Photo")
    await ann.page.wait_for_function(LOADED, arg=await image.element_handle())
    source = await image.get_attribute("src")
    await ann.taps("Red")
    await ann.sees("A red photo")
    await expect(image).not_to_have_attribute("src", source or "")
    await ann.taps("Rename")
    await ann.sees("A new caption")


async def test_a_photo_opens_large_and_escape_closes_it(ann: ChatPane) -> None:
    await ann.types("/photo")
    await ann.taps("Open photo")
    await expect(ann.dialog("Photo")).to_be_visible()
    await ann.page.keyboard.press("Escape")
    await expect(ann.dialog("Photo")).to_have_count(0)
    await expect(ann.button("Open photo")).to_be_focused()


async def test_a_chosen_photo_is_sent_with_its_caption(ann: ChatPane, tmp_path: Path) -> None:
    file = tmp_path / "shelf.png"
    file.write_bytes(picture("#208040", 320, 240))
    async with ann.page.expect_file_chooser() as chooser:
        await ann.taps("Attach a photo or file")
    await (await chooser.value).set_files(file)
    sheet = ann.dialog("Send photo")
    await sheet.get_by_role("textbox", name="Caption").fill("My shelf")
    await sheet.get_by_role("button", name="Send", exact=True).click()
    await ann.sees("A photo, 320 by 240: My shelf")


async def test_a_picture_can_go_as_a_file(ann: ChatPane, tmp_path: Path) -> None:
    file = tmp_path / "scan.png"
    file.write_bytes(picture("#208040"))
    async with ann.page.expect_file_chooser() as chooser:
        await ann.taps("Attach a photo or file")
    await (await chooser.value).set_files(file)
    sheet = ann.dialog("Send photo")
    await sheet.get_by_role("checkbox").check()
    await sheet.get_by_role("button", name="Send", exact=True).click()
    await ann.sees("A file: scan.png")


async def test_a_pasted_picture_is_offered_before_it_is_sent(ann: ChatPane) -> None:
    await ann.field.evaluate(
        """(field, bytes) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "pasted.png", { type: "image/png" }));
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        list(picture("#208040", 64, 48)),
    )
    await ann.dialog("Send photo").get_by_role("button", name="Send", exact=True).click()
    await ann.sees("A photo, 64 by 48:")


async def test_a_document_can_be_downloaded(ann: ChatPane) -> None:
    await ann.types("/document")
    link = ann.log.get_by_role("link", name="Download document.png")
    async with ann.page.expect_download() as download:
        await link.click()
    assert (await download.value).suggested_filename == "document.png"


async def test_a_sticker_is_sent(ann: ChatPane) -> None:
    await ann.taps("Stickers")
    await ann.taps("Send sticker 👍")
    await ann.sees("A sticker: 👍")


async def test_one_can_answer_edit_and_delete_ones_own_message(ann: ChatPane) -> None:
    await ann.types("a frist try")
    await ann.sees("You said: a frist try")
    await ann.field.press("ArrowUp")
    await ann.types("a first try")
    await ann.sees("a first try")
    own = ann.log.locator(".message.out").filter(has_text="a first try")
    await own.locator(".text").click(button="right")
    await ann.dialog("Message").get_by_role("button", name="Reply").click()
    await ann.types("an answer")
    await expect(ann.log.get_by_role("button", name="In reply to: a first try")).to_be_visible()
    await own.first.locator(".text").click(button="right")
    await ann.dialog("Message").get_by_role("button", name="Delete").click()
    await expect(ann.log.locator(".message.out .text").filter(has_text="a first try")).to_have_count(0)


async def test_new_messages_are_counted_while_one_reads_further_up(ann: ChatPane, bot: PracticeBot) -> None:
    await ann.types("/many 30")
    await ann.sees("Message 29")
    scroller = ann.pane.locator(".scroller")
    await scroller.hover()
    await ann.page.mouse.wheel(0, -600)
    down = ann.pane.get_by_role("button", name="Go to the newest message")
    await expect(down).to_be_visible()
    place = await scroller.evaluate("scroller => scroller.scrollTop")
    chat = await ann.log.locator("[data-id]").count()
    await bot.send({"id": bot.chats[-1]}, "And one more")
    await expect(ann.pane.get_by_role("button", name="Go to the newest message, 1 unread")).to_be_visible()
    assert await scroller.evaluate("scroller => scroller.scrollTop") == place
    assert await ann.log.locator("[data-id]").count() == chat + 1
    await down.click()
    await expect(ann.message("And one more")).to_be_in_viewport()
    await expect(down).to_be_hidden()
