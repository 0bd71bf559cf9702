"""Shelves: what stands on them, in which order, and what filters leave."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.book import Form, Supply
from domain.catalogue import Contributor, Role
from domain.ports.books import Filters, Shelf, Sort
from domain.stock import StockChange, StockReason
from domain.views import Facet
from tests.databases import Store
from tests.storage.browsing import ALL_OF_IT, NOTHING, filled, ids, titles
from tests.storage.samples import NOW, eur


async def test_shelves(store: Store) -> None:
    await filled(
        store,
        Dune={"series": "Dune", "staff_pick": "Read it"},
        Emma={"contributors": (Contributor("Jane Austen"),), "subjects": ("classics", "romance")},
        Momo={"contributors": (Contributor("Michael Ende"),), "subjects": ("children",), "language": "deu"},
    )
    assert await titles(store, Shelf(subject="classics")) == ["Emma"]
    assert await titles(store, Shelf(language="deu")) == ["Momo"]
    assert await titles(store, Shelf(author="jane AUSTEN")) == ["Emma"]
    assert await titles(store, Shelf(series="dune!")) == ["Dune"]
    assert await titles(store, Shelf(picks=True)) == ["Dune"]
    assert await titles(store, Shelf(new=True)) == ["Momo", "Emma", "Dune"]


async def test_an_authors_shelf_has_what_they_wrote_and_not_what_they_translated(store: Store) -> None:
    ende = Contributor("Michael Ende")
    await filled(
        store,
        Momo={"contributors": (Contributor("Somebody"), ende)},
        Hobbit={"contributors": (Contributor("Tolkien"), dataclasses.replace(ende, role=Role.TRANSLATOR))},
    )
    assert await titles(store, Shelf(author="Michael Ende")) == ["Momo"]


async def test_a_shelf_begins_with_the_most_popular_and_is_paged(store: Store) -> None:
    await filled(store, A={"popularity": 1}, B={"popularity": 9}, C={"popularity": 5}, D={"popularity": 5})
    async with store.uow.reading() as look:

        async def page(offset: int) -> tuple[list[str], int]:
            found = await look.books.browse(ALL_OF_IT, NOTHING, Sort.BEST, offset=offset, limit=3)
            return [book.title for book in found.books], found.total

        assert await page(0) == (["B", "D", "C"], 4)
        assert await page(3) == (["A"], 4)
        assert await page(6) == ([], 4)


async def test_the_new_shelf_is_the_latest_additions(store: Store) -> None:
    await filled(
        store,
        Old={"added_at": NOW - timedelta(days=9)},
        New={"added_at": NOW},
        Newer={"added_at": NOW + timedelta(days=1)},
    )
    assert await titles(store, Shelf(new=True)) == ["Newer", "New", "Old"]
    async with store.uow.reading() as look:
        assert [book.title for book in await look.books.newest(2)] == ["Newer", "New"]


async def test_a_series_stands_in_its_order(store: Store) -> None:
    volumes = {
        "Ten": "10", "Two": "2", "One": "1", "Extra": "", "Nine": "Band 9", "Between": "1.5", "Later": "1,7", "Box": "1-3",
        "Prologue": "0", "Hors": "hors", "Far": "9" * 40,
    }  # fmt: skip
    await filled(store, **{title: {"series": "Saga", "series_no": no} for title, no in volumes.items()})
    assert await titles(store, Shelf(series="Saga")) == [
        *("Prologue", "One", "Box", "Between", "Later", "Two", "Nine", "Ten", "Far"),
        *("Extra", "Hors"),
    ]


async def test_sorting_by_title_leaves_the_article_and_the_accents_aside(store: Store) -> None:
    await filled(store, **{"The Zoo": {}, "Éclair": {}, "an Apple": {}, "Das Kapital": {"language": "deu"}})
    assert await titles(store, sort=Sort.TITLE) == ["an Apple", "Éclair", "Das Kapital", "The Zoo"]


async def test_sorting_by_price_puts_books_without_a_price_last(store: Store) -> None:
    await filled(store, Dear={"price": eur(3000)}, Ask={"price": None}, Cheap={"price": eur(500)})
    assert await titles(store, sort=Sort.PRICE_UP) == ["Cheap", "Dear", "Ask"]
    assert await titles(store, sort=Sort.PRICE_DOWN) == ["Dear", "Cheap", "Ask"]


async def test_sorting_by_novelty(store: Store) -> None:
    await filled(store, Old={"added_at": NOW - timedelta(days=1), "popularity": 99}, New={})
    assert await titles(store, sort=Sort.NEWEST) == ["New", "Old"]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(subject="classics"), ["B"]),
        (Filters(language="deu"), ["B"]),
        (Filters(form="hardback"), ["C"]),
        (Filters(price_min=1290), ["A", "C"]),
        (Filters(price_max=1290), ["A", "B"]),
        (Filters(price_min=501, price_max=1290), ["A"]),
        (Filters(in_stock=True), ["A"]),
        (Filters(year_min=1965), ["A", "C"]),
        (Filters(year_max=1965), ["A"]),
        (Filters(year_min=1965, year_max=1965), ["A"]),
        (Filters(language="eng", price_min=1291), ["C"]),
        (Filters(language="deu", form="hardback"), []),
    ],
    ids=str,
)
async def test_filters_leave_what_matches_all_of_them(
    store: Store, filters: Filters, left: list[str]
) -> None:
    await filled(
        store,
        A={"year": 1965},
        B={"subjects": ("science-fiction", "classics"), "language": "deu", "price": eur(500), "on_hand": 0},
        C={"form": Form.HARDBACK, "price": eur(2000), "year": 2020, "supply": Supply.RECALLED},
        D={"price": None, "on_hand": None},
    )
    assert sorted(await titles(store, filters=filters)) == left


async def test_copies_that_are_held_are_not_in_stock(store: Store) -> None:
    await filled(store, A={"on_hand": 1})
    number = (await ids(store))["A"]
    async with store.uow.writing() as work:
        await work.stock.apply([StockChange(number, 0, 1, StockReason.HELD, NOW)])
        await work.commit()
    assert await titles(store, filters=Filters(in_stock=True)) == []
    assert await titles(store) == ["A"]


async def test_similar_books_share_the_most_subjects_in_the_same_language_by_somebody_else(
    store: Store,
) -> None:
    def by(name: str, *subjects: str, **more: Any) -> dict[str, Any]:
        return {"contributors": (Contributor(name),), "subjects": subjects, **more}

    await filled(
        store,
        Dune=by("Herbert", "science-fiction", "classics"),
        Messiah=by("Herbert", "science-fiction", "classics"),
        Foundation=by("Asimov", "science-fiction", "classics", popularity=1),
        Neuromancer=by("Gibson", "science-fiction", popularity=7),
        Emma=by("Austen", "classics", "romance", popularity=8),
        Solaris=by("Lem", "science-fiction", "classics", language="pol"),
        Cookbook=by("Oliver", "cooking"),
    )
    shelf = Shelf(similar_to=(await ids(store))["Dune"])
    assert await titles(store, shelf) == ["Foundation", "Emma", "Neuromancer"]
    assert await titles(store, shelf, sort=Sort.TITLE) == ["Emma", "Foundation", "Neuromancer"]
    assert await titles(store, shelf, Filters(subject="romance")) == ["Emma"]
    async with store.uow.reading() as look:
        page = await look.books.browse(shelf, NOTHING, Sort.BEST, offset=1, limit=1)
        assert ([book.title for book in page.books], page.total) == (["Emma"], 3)
        assert await look.books.facets(shelf, NOTHING, "subject") == (
            Facet("classics", 2),
            Facet("science-fiction", 2),
            Facet("romance", 1),
        )


async def test_facets_count_what_a_choice_would_leave(store: Store) -> None:
    await filled(
        store,
        A={"subjects": ("science-fiction", "romance")},
        B={"subjects": ("science-fiction",), "language": "deu"},
        C={"subjects": ("science-fiction", "romance"), "price": eur(1)},
        D={"subjects": ("art",)},
    )
    filters = Filters(subject="romance", language="eng", price_min=2)
    async with store.uow.reading() as look:
        # The choice that is made already is left aside, the others count.
        assert await look.books.facets(ALL_OF_IT, filters, "subject") == (
            Facet("romance", 1),
            Facet("science-fiction", 1),
        )
        assert await look.books.facets(ALL_OF_IT, filters, "language") == (Facet("eng", 1),)
        assert await look.books.facets(ALL_OF_IT, Filters(), "language") == (Facet("eng", 2), Facet("deu", 1))
        with pytest.raises(ValueError, match="colour"):
            await look.books.facets(ALL_OF_IT, filters, "colour")
