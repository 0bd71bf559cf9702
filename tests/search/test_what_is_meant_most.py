"""Of several readings, the one that more people mean; and guesses that nothing speaks for but a resemblance."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.search import ladder
from tests.search.shops import Shop, book, opened_shop

SAGA = [
    book(
        f"Ember Vane and the {thing}",
        "Tess Alder",
        series="Ember Vane",
        series_no=str(number),
        popularity=sold,
    )
    for number, (thing, sold) in enumerate(
        (("Salt Door", 900_000), ("Ninth Bell", 300_000), ("Paper King", 290_000)), start=1
    )
]


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    rows = [
        *SAGA,
        book("Ember Vane", "Hugh Pym", popularity=1_500),
        book("Chasing Ember Wood", "Lou Vance", popularity=9_000),
        book("Emberlands", "Lou Vance", series="Emberlands", popularity=80_000),
        book("Ottilie Krug", "Jo Sand", popularity=3_000),
        book("The Lamp Yard", "Ottilie Krug", popularity=90_000),
        book("A Room of Sparrows", "Ottilie Krug", popularity=80_000),
        book("Hob Tarrow", "Jo Sand", popularity=90_000),
        book("Small Poems", "Hob Tarrow", popularity=2),
        book("G. K. Lowe: A Life", "Jo Sand", popularity=90_000),
        book("Sea Wall", "G. K. Lowe", popularity=900),
        book("Quildern", popularity=1),
        book("Marzipanic", popularity=70_000),
        book("The Rise and the Fall of a Province of Vermany", popularity=60_000),
        book("The Silk Notebook", popularity=60_000),
        book("Tin Owls of Brambly Quay", popularity=1),
        book("Kelpish Gorrow and the Nine Lamps", popularity=1),
    ]
    async with opened_shop(database_url) as found:
        await found.load(rows)
        yield found


# --- a name, a title, a series ----------------------------------------------------------------------------------------


async def test_a_series_name_leads_to_its_books_before_one_that_few_ask_for_and_is_called_so(
    shop: Shop,
) -> None:
    found = await shop.find("ember vane")
    assert found.titles[0] == "Ember Vane and the Salt Door"
    assert set(found.titles[:4]) == {*(one.title for one in SAGA), "Ember Vane"}


async def test_one_word_leads_to_the_title_that_begins_so_before_one_that_has_it(shop: Shop) -> None:
    titles = (await shop.find("ember")).titles
    assert titles.index(SAGA[0].title) < titles.index("Chasing Ember Wood")


async def test_a_mistyped_series_name_leads_there_too(shop: Shop) -> None:
    assert (await shop.find("embre vane")).titles[0] == "Ember Vane and the Salt Door"


async def test_a_whole_name_is_the_author_whose_books_more_people_ask_for(shop: Shop) -> None:
    assert (await shop.find("ottilie krug")).titles[:2] == ["The Lamp Yard", "A Room of Sparrows"]


async def test_a_whole_name_is_a_title_if_that_is_what_more_people_ask_for(shop: Shop) -> None:
    assert (await shop.find("hob tarrow")).titles[0] == "Hob Tarrow"


async def test_books_from_an_author_with_initials_are_by_that_author(shop: Shop) -> None:
    assert (await shop.find("do you have books from g. k. lowe")).titles[0] == "Sea Wall"


# --- guesses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["varmani crise", "the notebook with the red sulky"])
async def test_words_that_only_resemble_a_part_of_a_title_are_not_answered_with_it(
    shop: Shop, typed: str
) -> None:
    found = await shop.find(typed)
    assert not found.titles
    assert found.nearest


DOUBTFUL = ["qildren", "toobq", "klepsh gorow"]


@pytest.mark.parametrize("typed", ["quildren", *DOUBTFUL])
async def test_a_guess_is_believed_where_there_are_few_books(shop: Shop, typed: str) -> None:
    assert (await shop.find(typed)).titles


@pytest.mark.parametrize("typed", DOUBTFUL)
async def test_among_very_many_books_a_bold_guess_at_one_that_nobody_asks_for_is_only_a_suggestion(
    shop: Shop, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "SOUGHT", 5)
    found = await shop.find(typed)
    assert not found.titles


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("marzpianik", "Marzipanic"),
        ("quildren", "Quildern"),
        ("tin owls of brambley quya", "Tin Owls of Brambly Quay"),
    ],
)
async def test_among_very_many_books_a_plain_slip_is_forgiven_and_a_bold_guess_at_what_many_ask_for(
    shop: Shop, typed: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "SOUGHT", 5)
    assert (await shop.find(typed)).titles == [title]
