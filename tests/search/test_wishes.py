"""Messages that are wishes in part: told from titles, narrowed down, and given up where nothing is as it was wished."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.book import Form
from domain.ports.books import Filters
from tests.search.shops import Shop, book, opened_shop
from tests.storage.samples import eur


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    rows = [
        book("Orchard", "Lea Brandt", price=eur(990), popularity=500, subjects=("crime",), form=Form.PAPERBACK),
        book("Orchard Road", "Per Holm", form=Form.HARDBACK, price=eur(2400), popularity=90),
        book("Orcherd", "Cy Lund", language="fra", popularity=5),
        book("Orchard Songs", "Per Holm", price=eur(700), on_hand=0, popularity=60),
        book("Garten", "Uma Reed", language="deu", popularity=70),
        book("Cinder", "Lea Brandt", subjects=("crime",), popularity=50, price=eur(1800)),
        book("Gloss", "Lea Brandt", subjects=("fantasy", "children"), popularity=40, on_hand=0),
        book("Pale Horror", "Otto Stein", popularity=30),
        book("Night", "Otto Stein", subjects=("horror",), popularity=20),
        book("The History of Salt", "Otto Stein", popularity=200),
        book("Salt", "Otto Stein", subjects=("history",), popularity=10),
        book("Moon Tide: The Film Companion", "Fay Bell", popularity=15, subjects=("art",)),
        book("Moon Tide and the Lost Key", "Ida Marsh", popularity=900, series="Moon Tide", series_no="1",
             subjects=("fantasy",)),
        book("Moon Tide and the Old Door", "Ida Marsh", popularity=800, series="Moon Tide", series_no="2",
             subjects=("fantasy",)),
    ]  # fmt: skip
    async with opened_shop(database_url) as found:
        await found.load(rows)
        yield found


@pytest.mark.parametrize(
    ("typed", "filters", "titles"),
    [
        ("orchard hardcover", Filters(form="hardback"), ["Orchard Road"]),
        ("orchard papperback in stok", Filters(form="paperback", in_stock=True), ["Orchard"]),
        ("lea brandt books in stock", Filters(in_stock=True), ["Orchard", "Cinder"]),
        ("history books", Filters(subject="history"), ["Salt"]),
        ("horror books", Filters(subject="horror"), ["Night"]),
        ("orchard english", Filters(language="eng"), ["Orchard", "Orchard Road", "Orchard Songs"]),
        ("english orchard", Filters(language="eng"), ["Orchard", "Orchard Road", "Orchard Songs"]),
        ("kriminalroman english", Filters(subject="crime", language="eng"), ["Orchard", "Cinder"]),
        ("lea brandt krimis", Filters(subject="crime"), ["Orchard", "Cinder"]),
        ("lea brandt's crime novels under 10", Filters(subject="crime", price_max=1000), ["Orchard"]),
        ("fantasy for kids", Filters(subject="fantasy", readers="children"), ["Gloss"]),
        ("kriminalroman", Filters(subject="crime"), ["Orchard", "Cinder"]),
    ],
)
async def test_a_wish_narrows_what_is_found(
    shop: Shop, typed: str, filters: Filters, titles: list[str]
) -> None:
    found = await shop.find(typed)
    assert found.results.understood == filters
    assert found.titles == titles


async def test_whose_books_are_asked_for_in_the_possessive_is_an_author(shop: Shop) -> None:
    found = await shop.find("lea brandt's books")
    assert (found.results.author, found.titles) == ("lea brandt", ["Orchard", "Cinder", "Gloss"])


async def test_no_other_word_is_found_because_a_book_is_not_as_wished(shop: Shop) -> None:
    """The French book called by nearly that name is not what was asked for."""
    for found in (
        await shop.find("orchard en français"),
        await shop.find("orchard", filters=Filters(language="fra")),
    ):
        assert found.titles == []
        assert found.nearest[0] == "Orchard"


async def test_stock_that_is_asked_about_leaves_nothing_if_nothing_is_here(shop: Shop) -> None:
    found = await shop.find("fantasy by lea brandt in stock")
    assert found.results.understood == Filters(subject="fantasy", in_stock=True)
    assert found.titles == []


async def test_a_subject_that_titles_have_as_well_is_told_beside_them(shop: Shop) -> None:
    found = await shop.find("horror")
    assert (found.titles, found.results.shelf) == (["Pale Horror"], "horror")


@pytest.mark.parametrize("typed", ["like orchard road", "wie orchard road"])
async def test_like_a_book_is_supposed_if_the_rest_is_a_title(shop: Shop, typed: str) -> None:
    found = await shop.find(typed)
    assert found.results.like is None or found.books[found.results.like].title == "Orchard Road"


@pytest.mark.parametrize(
    "typed", ["moon tide and the lost key sequel", "moon tide and the lost key fortsetzung"]
)
async def test_a_sequel_is_supposed_behind_a_title(shop: Shop, typed: str) -> None:
    assert (await shop.find(typed)).titles == ["Moon Tide and the Old Door"]


async def test_a_language_is_supposed_beside_a_series(shop: Shop) -> None:
    found = await shop.find("moon tide english")
    assert found.results.understood == Filters(language="eng")
    assert "Moon Tide and the Lost Key" in found.titles


async def test_something_like_an_author_is_like_what_that_author_wrote(shop: Shop) -> None:
    await shop.load([book("Lea Brandt: A Life in Letters", "Jo Tell", popularity=900)])
    found = await shop.find("something like lea brandt")
    assert found.results.like is not None
    assert found.books[found.results.like].authors == ("Lea Brandt",)


async def test_something_like_a_series_is_like_its_best_known_book(shop: Shop) -> None:
    found = await shop.find("something like moon tide")
    assert found.results.like is not None
    assert found.books[found.results.like].title == "Moon Tide and the Lost Key"


@pytest.mark.parametrize(
    "typed", ["garten brandt german", "pale german", "no such orchard german", "kriminalroman italien"]
)
async def test_a_language_beside_what_is_no_title_is_a_word(shop: Shop, typed: str) -> None:
    assert not (await shop.find(typed)).results.understood.any


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("smoething like summer", "Something Like Summer"),
        ("smothing like sumer", "Something Like Summer"),
        ("the pocke orchard", "The Pocket Orchard"),
        ("do you have the book art in orchards", "Art in Orchards"),
        ("lea brandts", "Lea Brandt's Letters"),
        ("art salter, do you have books by him", "Plain Tales"),
    ],
)
async def test_words_of_wishes_stay_a_titles_however_they_are_typed(
    shop: Shop, typed: str, title: str
) -> None:
    await shop.load(
        [
            book("Something Like Summer", "Jay Fell"),
            book("Summer", "Bo Fern", popularity=900),
            book("The Pocket Orchard", "Jay Fell"),
            book("Art in Orchards", "Jay Fell"),
            book("Plain Tales", "Art Salter"),
            book("Lea Brandt's Letters", "Jo Tell"),
        ]
    )
    assert (await shop.find(typed)).titles[0] == title


async def test_a_book_by_somebody_that_is_asked_for_is_shown_although_it_is_not_here(shop: Shop) -> None:
    found = await shop.find("do you have gloss by lea brandt in stock?")
    assert (found.titles[0], found.results.understood.in_stock) == ("Gloss", False)
