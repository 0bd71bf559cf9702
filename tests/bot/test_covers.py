"""The covers at the shop's public address: what their addresses are, how they are drawn, and what is kept."""

from __future__ import annotations

import asyncio

import pytest

from bot import covers as covers_module
from bot.covers import CoverName, TooManyAsked, addresses
from bot.screen import CoverAddresses
from bot.screens.cover import cover_of
from tests.bot.bookcase import book, name_of, shown


def test_an_address_tells_the_book_and_what_is_to_be_seen_and_nothing_else() -> None:
    one = addresses("https://books.example.org")(cover_of(book()))
    name = name_of(book())
    assert one == CoverAddresses(
        f"https://books.example.org/covers/{name}".replace(".jpg", "-square.jpg"),
        f"https://books.example.org/covers/{name}",
    )
    assert CoverName.parse(str(name)) == name
    assert CoverName.parse(one.thumbnail.rpartition("/")[2]) == name_of(book(), square=True)


def test_another_title_and_another_edition_have_other_addresses() -> None:
    names = {
        str(name_of(one))
        for one in (book(), book(title="Emma!"), book(8), book(cover_url="https://a.example/"))
    }
    assert len(names) == 4


def test_a_feeds_own_cover_comes_first_and_without_any_address_there_is_none() -> None:
    feeds = cover_of(book(cover_url="https://covers.example.org/7.jpg"))
    theirs = CoverAddresses("https://covers.example.org/7.jpg", "https://covers.example.org/7.jpg")
    assert addresses("https://books.example.org")(feeds) == addresses("")(feeds) == theirs
    assert addresses("")(cover_of(book())) == CoverAddresses()


@pytest.mark.parametrize(
    "text",
    [
        "", "7", "7.jpg", "7-0123456789ab.png", "7-0123456789AB.jpg", "7-0123456789a.jpg", "07-0123456789ab.jpg", "0-0123456789ab.jpg",
        "-7-0123456789ab.jpg", "7-0123456789ab-square.jpg/", "7-0123456789ab-large.jpg", "7-0123456789ab.jpg\n", "٧-0123456789ab.jpg",
        "9999999999999999999-0123456789ab.jpg", "../7-0123456789ab.jpg", "7-0123456789ab.jpg.jpg", "7-0123456789ab-square-square.jpg",
    ],
)  # fmt: skip
def test_a_name_that_nothing_was_ever_called_is_none(text: str) -> None:
    assert CoverName.parse(text) is None


# --- drawing ----------------------------------------------------------------------------------------------------------------


async def test_a_cover_is_drawn_once_and_kept() -> None:
    covers, case, press = shown(book())
    assert await covers.find(name_of(book())) == b"Emma      "
    assert await covers.find(name_of(book())) == b"Emma      "
    assert (press.drawn, case.asked) == (["Emma"], 1)
    assert await covers.find(name_of(book(), square=True)) == b"small Emma      "
    assert press.drawn == ["Emma"]


async def test_many_who_ask_at_once_wait_for_the_same_drawing() -> None:
    covers, _, press = shown(book())
    press.free.clear()
    waiting = [asyncio.create_task(covers.find(name_of(book()))) for _ in range(50)]
    await asyncio.sleep(0.05)
    waiting[0].cancel()  # who gives up takes nothing away from the others
    press.free.set()
    assert set(await asyncio.gather(*waiting[1:])) == {b"Emma      "}
    assert press.drawn == ["Emma"]


async def test_one_is_drawn_at_a_time_and_no_more_wait_than_can_be_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(covers_module, "_WAITING", 8)
    shelf = [book(number, f"Emma {number}") for number in range(1, 30)]
    covers, _, press = shown(*shelf)
    press.free.clear()
    asked = [asyncio.create_task(covers.find(name_of(one))) for one in shelf]
    await asyncio.sleep(0.05)
    press.free.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(one, TooManyAsked) for one in found) == len(shelf) - 8
    assert press.most_at_once == 1
    # And then there is room again.
    assert await covers.find(name_of(shelf[-1])) == b"Emma 29   "


async def test_what_is_kept_stays_within_its_bounds_and_what_is_asked_for_stays_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(covers_module, "_KEPT", 1000)
    shelf = [book(number, f"Emma {number}") for number in range(1, 30)]
    covers, _, press = shown(*shelf)
    press.size = 100
    for one in shelf:
        await covers.find(name_of(one))
        await covers.find(name_of(shelf[0]))
    assert press.drawn.count("Emma 1") == 1
    await covers.find(name_of(shelf[1]))
    assert press.drawn.count("Emma 2") == 2


async def test_a_drawing_that_fails_is_tried_again_by_the_next_who_asks() -> None:
    covers, _, press = shown(book())
    press.ink = False
    with pytest.raises(OSError, match="no more ink"):
        await covers.find(name_of(book()))
    press.ink = True
    assert await covers.find(name_of(book())) == b"Emma      "


async def test_a_book_that_is_called_something_else_by_now_tells_its_new_name_and_draws_nothing() -> None:
    covers, _, press = shown(book(title="Emma, revised"))
    assert await covers.find(name_of(book())) == name_of(book(title="Emma, revised"))
    assert await covers.find(name_of(book(), square=True)) == name_of(
        book(title="Emma, revised"), square=True
    )
    assert await covers.find(name_of(book(8))) is None
    assert press.drawn == []
