"""A chat on the page, as the person in front of it uses it."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

PATIENCE = 15_000
"""How long, in ms, a test waits for what must come: for a busy machine, not for the page."""


class ChatPane:
    """One pane of the page, by the name that its tab bears."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.pane = page.get_by_role("region", name=name, exact=True)
        self.log = self.pane.get_by_role("log")
        self.field = self.pane.get_by_role("textbox", name="Message", exact=True)

    async def types(self, text: str) -> None:
        """Writes into the field and presses Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    def button(self, label: str) -> Locator:
        """The newest button with that label, wherever in the pane."""
        return self.pane.get_by_role("button", name=label, exact=True).last

    async def taps(self, label: str) -> None:
        await self.button(label).click()

    def message(self, text: str) -> Locator:
        """The newest message that contains the text."""
        return self.log.locator(".message, .service").filter(has_text=text).last

    async def sees(self, text: str) -> None:
        """Waits until the text stands in the transcript."""
        await expect(self.message(text)).to_be_visible()

    async def told(self, text: str) -> None:
        """Waits for a toast."""
        await expect(self.pane.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def dialog(self, title: str) -> Locator:
        """The sheet, alert or menu with that title."""
        box = self.pane.get_by_role("dialog", name=title)
        return box.or_(self.pane.get_by_role("alertdialog", name=title))
