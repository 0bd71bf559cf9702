"""Searching: editions, filters, orders, pages, spelling, and what there is when there is nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator

import pytest

from domain.book import Form, Supply
from domain.catalogue import Contributor, Role
from domain.ports.books import Filters, Sort
from tests.search.shops import Shop, book, opened_shop
from tests.storage.samples import eur

VOLUMES = [
    book(
        f"The {name} Tide",
        "Ida Marsh",
        series="Tides of Morrow",
        series_no=str(number),
        popularity=100 - number,
    )
    for number, name in enumerate(("First", "Second", "Third", "Tenth"), start=1)
]


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    rows = [
        book("The Glass Orchard", form=Form.PAPERBACK, price=eur(990), popularity=500, ref="orchard-pb"),
        book("The Glass Orchard", form=Form.HARDBACK, price=eur(2400), popularity=90, ref="orchard-hb"),
        book("Der gläserne Garten", language="deu", other_titles=("The Glass Orchard",), ref="orchard-de"),
        book("Orchards of Europe", "Per Holm", subjects=("nature",), price=eur(3900), year=1994),
        book("An Orchard Keeper", "Lea Brandt", price=eur(700), on_hand=0, year=2012),
        book("Cinder Road", "Lea Brandt", subjects=("crime",), year=1987),
        book("Under 15", "Mo Quist", price=eur(2000)),
        book("Paperback Heart", "Mo Quist", form=Form.HARDBACK),
        book("Something Like Summer", "Jay Fell"),
        book("Is Your Garden Asleep?", "Bo Fern", popularity=5),
        book("Gardens", "Cy Lund", popularity=900),
        book("Marsh", "Otto Stein", popularity=900),
        book("Wolf in Willow Street", "Uma Reed", popularity=5),
        book("Snow in Winter", "Rolf Wolf", popularity=90),
        book("Recalled Harvest", supply=Supply.RECALLED),
        dataclasses.replace(
            book("Northern Songs", "Ola Frisk"),
            contributors=(Contributor("Ola Frisk"), Contributor("Wanda Kuhl", Role.TRANSLATOR)),
        ),
        *VOLUMES,
    ]
    async with opened_shop(database_url) as found:
        await found.load(rows)
        yield found


# --- results ----------------------------------------------------------------------------------------------------------


async def test_editions_of_one_work_are_one_result_with_its_editions(shop: Shop) -> None:
    found = await shop.find("the glass orchard")
    assert found.titles[0] == "The Glass Orchard"
    editions = [found.books[one].form for one in found.results.hits[0].editions]
    assert editions == [Form.PAPERBACK, Form.HARDBACK]
    assert found.titles.count("The Glass Orchard") == 1


async def test_a_title_of_another_edition_finds_the_book_too(shop: Shop) -> None:
    assert "Der gläserne Garten" in (await shop.find("the glass orchard")).titles
    assert (await shop.find("der glaserne garten")).titles == ["Der gläserne Garten"]


async def test_a_translators_books_are_found_by_her_name(shop: Shop) -> None:
    assert (await shop.find("wanda kuhl")).titles == ["Northern Songs"]


@pytest.mark.parametrize(
    "typed",
    [
        "i wnat to buy cindr road",
        "do yuo have cinder road",
        "the latest cindr road",
        "somebody in my family keeps talking about cinder road",
        "meine Kollegin sagt, Cindre Road ist gut",
    ],
)
async def test_a_slip_in_the_request_hides_no_book(shop: Shop, typed: str) -> None:
    assert (await shop.find(typed)).titles[0] == "Cinder Road"


async def test_a_title_that_begins_like_a_request_is_found_by_its_beginning(shop: Shop) -> None:
    assert (await shop.find("is your gard")).titles[0] == "Is Your Garden Asleep?"


async def test_an_author_who_is_announced_comes_before_a_title_of_that_name(shop: Shop) -> None:
    assert (await shop.find("marsh")).titles[0] == "Marsh"
    assert set((await shop.find("anything by marsh")).titles[:4]) == {
        "The First Tide",
        "The Second Tide",
        "The Third Tide",
        "The Tenth Tide",
    }


async def test_an_unfinished_word_is_not_one_that_was_typed_before(shop: Shop) -> None:
    assert (await shop.find("wolf in w")).titles[0] == "Wolf in Willow Street"


async def test_pages_neither_repeat_nor_skip_a_result(shop: Shop) -> None:
    whole = await shop.find("orchard")
    pages = [await shop.find("orchard", offset=place, limit=1) for place in range(len(whole.titles))]
    assert [page.titles[0] for page in pages] == whole.titles
    assert {page.results.total for page in pages} == {whole.results.total} == {len(whole.titles)}
    assert (await shop.find("orchard", offset=50)).results.hits == ()


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        (
            Sort.PRICE_UP,
            ["An Orchard Keeper", "The Glass Orchard", "Der gläserne Garten", "Orchards of Europe"],
        ),
        (
            Sort.PRICE_DOWN,
            ["Orchards of Europe", "Der gläserne Garten", "The Glass Orchard", "An Orchard Keeper"],
        ),
        (Sort.TITLE, ["Der gläserne Garten", "The Glass Orchard", "An Orchard Keeper", "Orchards of Europe"]),
    ],
)
async def test_results_come_in_the_order_that_is_chosen(shop: Shop, sort: Sort, titles: list[str]) -> None:
    assert (await shop.find("orchard", sort=sort)).titles == titles


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(language="deu"), {"Der gläserne Garten"}),
        (Filters(form="hardback"), {"The Glass Orchard"}),
        (Filters(subject="nature"), {"Orchards of Europe"}),
        (Filters(price_max=990), {"The Glass Orchard", "An Orchard Keeper"}),
        (Filters(price_min=1290, price_max=2400), {"The Glass Orchard", "Der gläserne Garten"}),
        (Filters(in_stock=True, year_min=1990), {"Orchards of Europe"}),
        (Filters(year_min=2000, year_max=2015), {"An Orchard Keeper"}),
    ],
)
async def test_filters_leave_only_what_matches_them(shop: Shop, filters: Filters, titles: set[str]) -> None:
    assert set((await shop.find("orchard", filters=filters)).titles) == titles


async def test_a_filtered_result_shows_no_edition_that_the_filter_leaves_out(shop: Shop) -> None:
    found = await shop.find("the glass orchard", filters=Filters(form="hardback"))
    assert [found.books[one].form for one in found.results.hits[0].editions] == [Form.HARDBACK]


async def test_filters_alone_say_what_is_found(shop: Shop) -> None:
    found = await shop.find("", filters=Filters(price_max=990))
    assert set(found.titles) == {"The Glass Orchard", "An Orchard Keeper"}
    assert found.results.total == 2


async def test_a_recalled_book_is_not_in_stock(shop: Shop) -> None:
    assert (await shop.find("recalled harvest")).titles == ["Recalled Harvest"]
    assert (await shop.find("recalled harvest", filters=Filters(in_stock=True))).titles == []


# --- spelling ---------------------------------------------------------------------------------------------------------


async def test_a_mended_spelling_is_said(shop: Shop) -> None:
    found = await shop.find("the glas orchrad")
    assert found.titles[0] == "The Glass Orchard"
    assert found.results.shown_as == "The Glass Orchard"


async def test_a_number_is_found_in_words_and_in_figures(shop: Shop) -> None:
    await shop.load([book("Seven Winters"), book("20 Letters")])
    assert (await shop.find("7 winters")).titles == ["Seven Winters"]
    assert (await shop.find("twenty letters")).titles == ["20 Letters"]


async def test_only_the_part_of_a_title_that_was_meant_is_said(shop: Shop) -> None:
    await shop.load([book("Windmill: A Life in Sails")])
    assert (await shop.find("windmlil")).results.shown_as == "Windmill"


async def test_a_request_that_is_not_known_as_one_is_not_said_with_the_title(shop: Shop) -> None:
    assert (await shop.find("i wnat the glas orchrad")).results.shown_as == "The Glass Orchard"


async def test_what_needed_no_mending_says_so(shop: Shop) -> None:
    assert (await shop.find("Glass Orchard")).results.shown_as == ""
    assert (await shop.find("glass orch")).results.shown_as == ""


async def test_taken_literally_nothing_is_mended(shop: Shop) -> None:
    found = await shop.find("the glas orchrad", literal=True)
    assert found.titles == []
    assert found.results.shown_as == ""


# --- wishes -----------------------------------------------------------------------------------------------------------


async def test_a_price_in_the_message_narrows_the_results(shop: Shop) -> None:
    found = await shop.find("orchard under 10 euros")
    assert set(found.titles) == {"The Glass Orchard", "An Orchard Keeper"}
    assert found.results.understood == Filters(price_max=1000)
    assert found.results.words == "orchard"


async def test_wishes_without_a_title_browse_the_shop(shop: Shop) -> None:
    found = await shop.find("krimis aus den 80ern")
    assert found.titles == ["Cinder Road"]
    assert found.results.understood == Filters(subject="crime", year_min=1980, year_max=1989)


async def test_copies_are_counted_and_not_searched_for(shop: Shop) -> None:
    found = await shop.find("2 copies of cinder road")
    assert found.titles == ["Cinder Road"]
    assert found.results.quantity == 2


@pytest.mark.parametrize("title", ["Under 15", "Paperback Heart", "Something Like Summer"])
async def test_a_title_is_never_eaten_by_what_it_could_mean(shop: Shop, title: str) -> None:
    found = await shop.find(title.lower())
    assert found.titles[0] == title
    assert found.results.understood == Filters()
    assert found.results.like is None


async def test_what_is_not_to_be_understood_stays_words(shop: Shop) -> None:
    found = await shop.find("orchard under 10 euros", understand=False)
    assert found.results.understood == Filters()


async def test_whether_a_book_is_in_stock_is_answered_with_the_book(shop: Shop) -> None:
    found = await shop.find("is an orchard keeper in stock?")
    assert found.titles[0] == "An Orchard Keeper"


async def test_the_next_one_after_a_volume_follows_it_by_number(shop: Shop) -> None:
    found = await shop.find("the next one after the first tide")
    assert found.titles == ["The Second Tide", "The Third Tide", "The Tenth Tide"]
    assert found.results.after is not None
    assert found.books[found.results.after].title == "The First Tide"


async def test_after_the_last_volume_nothing_follows(shop: Shop) -> None:
    found = await shop.find("what comes after the tenth tide?")
    assert found.titles == []
    assert found.results.after is not None


async def test_something_like_a_book_names_it(shop: Shop) -> None:
    found = await shop.find("something like cinder road")
    assert found.results.like is not None
    assert found.books[found.results.like].title == "Cinder Road"
    assert "Cinder Road" not in found.titles


async def test_a_volume_is_found_by_its_series_and_number(shop: Shop) -> None:
    assert (await shop.find("tides of morrow 3")).titles[0] == "The Third Tide"
    assert (await shop.find("tides of morrow, book 2")).titles[0] == "The Second Tide"


# --- nothing found ----------------------------------------------------------------------------------------------------


async def test_nonsense_finds_nothing(shop: Shop) -> None:
    for nonsense in ("vbnmqx", "gazebo trampoline licence", "9789999999991"):
        found = await shop.find(nonsense)
        assert found.titles == []
        assert found.results.total == 0


async def test_a_whole_title_is_found_anywhere_in_a_message(shop: Shop) -> None:
    found = await shop.find("my neighbour wallpapered his kitchen while humming cinder road backwards")
    assert found.titles == ["Cinder Road"]


async def test_a_whole_author_is_found_anywhere_in_a_message(shop: Shop) -> None:
    found = await shop.find("my neighbour wallpapered his kitchen while quoting lea brandt backwards")
    assert set(found.titles) == {"An Orchard Keeper", "Cinder Road"}


async def test_suggestions_come_only_when_nothing_is_found(shop: Shop) -> None:
    found = await shop.find("orchard monsters of the unwritten xylophone")
    assert found.titles == []
    assert any("Orchard" in title for title in found.nearest)
    assert (await shop.find("cinder road")).nearest == []


async def test_a_wish_that_nothing_meets_suggests_the_book_itself(shop: Shop) -> None:
    found = await shop.find("the glass orchard under 2 euros")
    assert found.titles == []
    assert found.nearest[0] == "The Glass Orchard"
    assert found.results.understood == Filters(price_max=200)


async def test_wishes_narrow_what_follows_not_the_book_that_is_named(shop: Shop) -> None:
    await shop.load([book("Der zweite Abend", "Eva Rau", language="deu", series="Abende", series_no="2")])
    await shop.load([book("The Other Evening", "Eva Rau", series="Abende", series_no="3")])
    await shop.load([book("An Evening", "Eva Rau", series="Abende", series_no="1")])
    found = await shop.find("the next one after an evening in german")
    assert found.titles == ["Der zweite Abend"]
    assert found.results.understood == Filters(language="deu")


async def test_what_follows_is_found_when_the_wish_was_taken_out_of_the_words(shop: Shop) -> None:
    found = await shop.find("first tide", following=True, understand=False)
    assert found.titles == ["The Second Tide", "The Third Tide", "The Tenth Tide"]


async def test_wishes_narrow_the_books_like_one_not_the_book_that_is_named(shop: Shop) -> None:
    await shop.load(
        [
            book("Harbour Law", "Ann Post", subjects=("crime",), price=eur(3000)),
            book("Harbour Dust", "Bea Lind", subjects=("crime",), price=eur(700)),
            book("Harbour Gold", "Cem Aras", subjects=("crime",), price=eur(2700)),
        ]
    )
    found = await shop.find("something like harbour law under 10 euro")
    assert "Harbour Dust" in found.titles
    assert "Harbour Gold" not in found.titles


@pytest.mark.parametrize(
    ("typed", "author", "words"),
    [
        ("the glass orchard by nora vale", "nora vale", "the glass orchard"),
        ("do you have anything by ida marsh", "ida marsh", ""),
        ("cinder road von lea brandd", "lea brandd", "cinder road"),
        ("cinder road by night", "", "cinder road by night"),
    ],
)
async def test_whose_books_are_asked_for_is_told_apart_from_the_other_words(
    shop: Shop, typed: str, author: str, words: str
) -> None:
    results = (await shop.find(typed)).results
    assert (results.author, results.words) == (author, words)
