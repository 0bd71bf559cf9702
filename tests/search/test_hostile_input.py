"""Whatever is typed is searched for, and nothing more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from domain.ports.book_search import SearchQuery
from tests.search.shops import Shop, book, opened_shop


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    async with opened_shop(database_url) as found:
        await found.load(
            [
                book("NEAR the Andes OR Not"),
                book('The "Quoted" Life'),
                book("Rock & Roll"),
                book("C'est la vie"),
                book("كتاب الرمل", "خورخي لويس"),
                book("🐙 Eight Arms"),
                book("!!!", "Mark One"),
                book("???", "Mark Two"),
                book("Endless" * 900, "Mark Three"),
                book("On and on " * 900, "Mark Four"),
                book("無" * 3_000, "Mark Five"),
            ]
        )
        yield found


@pytest.mark.parametrize(
    "typed",
    [
        "near(the andes, 2)",
        'andes OR "',
        "andes AND NOT (",
        "terms:andes*",
        "^andes + - ~",
        "'; DROP TABLE search_entries; --",
        "\"quoted\" 'life' \\",
        "andes & ! | <-> :*",
        "%_%",
        "{andes} [near] $1 ?1 :a @b",
        "\x00andes\x00",
        "🐙🐙🐙",
        "\u202eandes\u202c near",
        "\ud800 broken",
        " \t\n",
        "-",
        "a" * 5_000,
        "andes " * 1_000,
        "9" * 5_000,
        "((((((((((" * 500,
        "é\u0301\u0301\u0301" * 300,
    ],
)
async def test_any_text_is_answered(shop: Shop, typed: str) -> None:
    found = await shop.find(typed)
    assert len(found.titles) <= 8
    assert (await shop.find("near the andes")).titles == ["NEAR the Andes OR Not"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("near the andes or not", "NEAR the Andes OR Not"),
        ('"quoted"', 'The "Quoted" Life'),
        ("rock and roll", "Rock & Roll"),
        ("cest la vie", "C'est la vie"),
        ("\u202bكتاب الرمل\u202c", "كتاب الرمل"),
        ("eight arms 🐙", "🐙 Eight Arms"),
    ],
)
async def test_what_looks_like_syntax_is_words(shop: Shop, typed: str, title: str) -> None:
    assert (await shop.find(typed)).titles[0] == title


async def test_titles_without_letters_are_books_of_their_own(shop: Shop) -> None:
    found = await shop.find("mark")
    assert sorted(len(hit.editions) for hit in found.results.hits) == [1] * 5


async def test_endless_titles_are_found_by_their_beginning(shop: Shop) -> None:
    assert (await shop.find("mark four on and on")).first.authors == ("Mark Four",)
    assert (await shop.find("無無")).first.authors == ("Mark Five",)


async def test_forty_different_words_take_no_longer_than_a_blink(shop: Shop) -> None:
    words = " ".join(f"{first}{second}ndes" for first in "abcdefgh" for second in "aeiou")
    started = time.perf_counter()
    await shop.find(words)
    assert time.perf_counter() - started < 2.5


async def test_searches_at_once_do_not_wait_for_a_writer(shop: Shop) -> None:
    async with shop.database.writing():
        async with asyncio.timeout(5):
            found = await asyncio.gather(*(shop.search.search(SearchQuery("andes")) for _ in range(6)))
    assert all(one.total == 1 for one in found)
