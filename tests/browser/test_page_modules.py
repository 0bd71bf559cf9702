"""The page's modules by themselves: entities, links, addresses, amounts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from sandbox.sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def module(browser: Browser) -> AsyncIterator[Page]:
    """An empty document beside the page, into which the page's modules, which keep no state, can be imported."""
    async with Sandbox.running() as sandbox:
        page = await browser.new_page()
        await page.route(
            "**/empty", lambda route: route.fulfill(content_type="text/html", body="<!doctype html>")
        )
        await page.goto(f"{sandbox.url}/empty")
        yield page
        await page.close()


async def _html(page: Page, text: str, entities: list[dict[str, Any]]) -> str:
    html: str = await page.evaluate(
        """async ([text, entities]) => {
          const { formatted } = await import("/js/entities.js");
          const box = document.createElement("div");
          box.append(...formatted(text, entities));
          return box.innerHTML;
        }""",
        [text, entities],
    )
    return html


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


async def test_nested_entities_nest(module: Page) -> None:
    html = await _html(module, "abcdef", [entity("italic", 2, 2), entity("bold", 0, 6)])
    assert html == "<strong>ab<em>cd</em>ef</strong>"


async def test_an_entity_that_reaches_beyond_another_goes_on_after_it(module: Page) -> None:
    html = await _html(module, "abcdef", [entity("bold", 0, 4), entity("italic", 2, 4)])
    assert html == "<strong>ab<em>cd</em></strong><em>ef</em>"


async def test_offsets_count_utf16_units(module: Page) -> None:
    html = await _html(module, "📚 dune", [entity("bold", 3, 4)])
    assert html == "📚 <strong>dune</strong>"


async def test_a_block_swallows_the_line_breaks_around_it(module: Page) -> None:
    html = await _html(module, "before\nquote\nafter", [entity("blockquote", 7, 5)])
    assert html == "before<blockquote>quote</blockquote>after"


async def test_text_is_never_markup(module: Page) -> None:
    html = await _html(module, '<b>&"', [entity("italic", 0, 5)])
    assert html == '<em>&lt;b&gt;&amp;"</em>'


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "no address", ""])
async def test_only_addresses_that_a_chat_may_open_become_links(module: Page, address: str) -> None:
    html = await _html(module, "here", [entity("text_link", 0, 4, url=address)])
    assert html == "<span>here</span>"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://t.me/Corner_Bot?start=abc", {"payload": "abc"}),
        ("https://t.me/corner_bot", {"payload": ""}),
        ("tg://resolve?domain=corner_bot&start=abc", {"payload": "abc"}),
        ("https://t.me/corner_bot?startgroup=x", {"payload": "", "group": "x"}),
        ("https://t.me/another_bot?start=abc", None),
        ("https://example.org/corner_bot?start=abc", None),
    ],
)
async def test_deep_links_to_the_bot_are_known(
    module: Page, address: str, link: dict[str, str] | None
) -> None:
    found = await module.evaluate(
        "async (address) => (await import('/js/links.js')).botLink(address, 'corner_bot')", address
    )
    assert found == link


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ann", "staff:Tom"]),
        ("?user=Ben&lang=de", ["Ben:de"]),
        ("?pane=staff", ["staff:Tom"]),
        ("?panes=Ann,Ben:de,staff:Mia", ["Ann", "Ben:de", "staff:Mia"]),
        ("?panes=Ann,ann,%20,staff,staff", ["Ann", "staff:Tom"]),
        ("?panes=J%C3%BCrgen", ["Jürgen"]),
    ],
)
async def test_an_address_names_the_panes_and_is_read_back(
    module: Page, query: str, names: list[str]
) -> None:
    found = await module.evaluate(
        """async (query) => {
          const { addressOf, placesIn } = await import("/js/address.js");
          const name = (place) => [place.kind === "staff" ? "staff" : place.name,
            place.kind === "staff" ? place.name : place.language].filter(Boolean).join(":");
          const places = placesIn(query);
          return [places.map(name), placesIn(addressOf(places)).map(name)];
        }""",
        query,
    )
    assert found == [names, names]


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        (1090, "EUR", "en", "€10.90"),
        (1090, "EUR", "de", "10,90\N{NO-BREAK SPACE}€"),
        (1090, "JPY", "en", "¥1,090"),
        (1090, "KWD", "en", "KWD\N{NO-BREAK SPACE}1.090"),
        (50, "XTR", "en", "50 ⭐"),
    ],
)
async def test_amounts_are_written_as_the_reader_writes_them(
    module: Page, amount: int, currency: str, language: str, text: str
) -> None:
    written = await module.evaluate(
        "async (given) => (await import('/js/money.js')).money(...given)", [amount, currency, language]
    )
    assert written == text
