"""Works on shelves: one row each, shown by one of the editions that fit, and counted as they are shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.book import Form
from domain.catalogue import Contributor
from domain.ports.books import Filters, Page, Shelf, Sort
from domain.views import Facet, NamedShelf
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.tables import book_subjects, books
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import Store
from tests.storage.browsing import ALL_OF_IT, NOTHING, titles
from tests.storage.samples import NOW, eur, loaded, row

HARDBACK, PAPERBACK, EBOOK = (
    {"form": Form.HARDBACK, "price": eur(3000), "popularity": 90, "on_hand": 0},
    {"form": Form.PAPERBACK, "price": eur(1200), "popularity": 50, "year": 1999},
    {"form": Form.EBOOK, "price": eur(800), "popularity": 70, "on_hand": None, "added_at": NOW + timedelta(days=9)},
)  # fmt: skip


async def dune_and_emma(store: Store) -> None:
    """Dune in three editions, Emma in one."""
    await loaded(
        store,
        [
            *(row(f"dune {form['form']}", title="Dune", **form) for form in (HARDBACK, PAPERBACK, EBOOK)),
            row("emma", popularity=60, price=eur(1000), on_hand=1),
        ],
    )


async def shown(
    store: Store, shelf: Shelf = ALL_OF_IT, filters: Filters = NOTHING, sort: Sort = Sort.BEST
) -> list[str]:
    """Each work as a line: its title, the form it is shown by, all its editions' forms, and the lowest price."""
    async with store.uow.reading() as look:
        page = await look.books.browse(shelf, filters, sort, offset=0, limit=50)
        known = await look.books.many([one for work in page.works for one in work.editions])
    assert page.total == len(page.works)
    return [
        f"{work.book.title} {'+'.join(known[one].form for one in work.editions)} from {work.from_price.minor}"
        if work.from_price
        else work.book.title
        for work in page.works
    ]


async def test_a_work_is_shown_once_by_its_most_popular_edition(store: Store) -> None:
    await dune_and_emma(store)
    assert await shown(store) == ["Dune hardback+ebook+paperback from 800", "Emma other from 1000"]
    for shelf in (Shelf(author="Frank Herbert"), Shelf(language="eng"), Shelf()):
        assert await titles(store, shelf) == ["Dune", "Emma"]


@pytest.mark.parametrize(
    ("filters", "dune"),
    [
        (Filters(in_stock=True), "Dune paperback from 1200"),
        (Filters(price_max=1200), "Dune ebook+paperback from 800"),
        (Filters(form="paperback"), "Dune paperback from 1200"),
        (Filters(year_min=1990), "Dune paperback from 1200"),
        (Filters(price_min=801), "Dune hardback+paperback from 1200"),
    ],
    ids=str,
)
async def test_a_work_of_which_one_edition_fits_is_shown_by_it(
    store: Store, filters: Filters, dune: str
) -> None:
    await dune_and_emma(store)
    for shelf in (ALL_OF_IT, Shelf(author="Frank Herbert"), Shelf(language="eng"), Shelf(new=True), Shelf()):
        assert dune in await shown(store, shelf, filters)


async def test_an_order_shows_the_edition_that_it_is_about(store: Store) -> None:
    await dune_and_emma(store)
    dune, emma = "Dune ebook+hardback+paperback from 800", "Emma other from 1000"
    assert await shown(store, sort=Sort.PRICE_UP) == [dune, emma]
    assert await shown(store, sort=Sort.PRICE_DOWN) == [emma, dune]
    assert await shown(store, sort=Sort.NEWEST) == ["Dune paperback+hardback+ebook from 800", emma]
    assert await shown(store, Shelf(new=True)) == [dune, emma]
    assert await shown(store, sort=Sort.TITLE) == ["Dune hardback+ebook+paperback from 800", emma]


async def test_a_series_shows_the_edition_that_has_a_number(store: Store) -> None:
    await loaded(
        store,
        [
            row("a", title="Dune", series="Saga", popularity=99),
            row("b", title="Dune", series="Saga", series_no="1", form=Form.PAPERBACK),
            row("c", title="Messiah", series="Saga", series_no="2"),
        ],
    )
    assert await shown(store, Shelf(series="Saga")) == [
        "Dune paperback+other from 1290",
        "Messiah other from 1290",
    ]


async def test_shelves_of_picks_and_subjects_have_the_editions_that_stand_there(store: Store) -> None:
    await loaded(
        store,
        [
            row("a", title="Dune", form=Form.HARDBACK, popularity=99, subjects=("classics",)),
            row("b", title="Dune", form=Form.PAPERBACK, staff_pick="Read it", subjects=("classics", "science-fiction")),
        ],
    )  # fmt: skip
    assert await shown(store, Shelf(picks=True)) == ["Dune paperback from 1290"]
    assert await shown(store, ALL_OF_IT) == ["Dune paperback from 1290"]
    assert await shown(store, Shelf(subject="classics")) == ["Dune hardback+paperback from 1290"]
    assert await shown(store, Shelf(subject="classics"), Filters(subject="science-fiction")) == [
        "Dune paperback from 1290"
    ]


async def test_titles_without_letters_are_works_of_their_own(store: Store) -> None:
    await loaded(
        store, [row(ref, title="!!!", form=form) for ref, form in (("a", Form.EBOOK), ("b", Form.AUDIO))]
    )
    assert await shown(store) == ["!!! audio from 1290", "!!! ebook from 1290"]
    async with store.uow.reading() as look:
        assert await look.books.count(Shelf(author="Frank Herbert")) == 2


async def test_pages_neither_repeat_nor_skip_a_work(store: Store) -> None:
    rows = [
        row(f"{number}", title=f"Book {number % 17}", popularity=number % 3, price=eur(100 * (number % 7)),
            series="Saga", series_no=str(number % 4), staff_pick="x", added_at=NOW + timedelta(days=number % 5))
        for number in range(60)
    ]  # fmt: skip
    await loaded(store, rows)
    shelves = (
        ALL_OF_IT,
        Shelf(language="eng"),
        Shelf(author="Frank Herbert"),
        Shelf(series="saga"),
        Shelf(picks=True),
    )
    for shelf in (*shelves, Shelf(new=True), Shelf()):
        for sort in Sort:
            for filters in (NOTHING, Filters(price_max=300)):
                async with store.uow.reading() as look:
                    pages = [
                        await look.books.browse(shelf, filters, sort, offset=offset, limit=5)
                        for offset in range(0, 25, 5)
                    ]
                found = [book for page in pages for book in page.books]
                assert len({book.work for book in found}) == len(found) == 17
                assert {page.total for page in pages} == {17}
                prices = [book.price.minor for book in found if book.price]
                if sort in (Sort.PRICE_UP, Sort.PRICE_DOWN):
                    assert prices == sorted(prices, reverse=sort is Sort.PRICE_DOWN)


async def test_counts_are_of_works(store: Store) -> None:
    await dune_and_emma(store)
    async with store.uow.reading() as look:
        emma = (await look.books.browse(ALL_OF_IT, NOTHING, Sort.TITLE, offset=1, limit=1)).books[0]
        dune = (await look.books.browse(ALL_OF_IT, NOTHING, Sort.TITLE, offset=0, limit=1)).books[0]
        assert await look.books.subjects() == (Facet("science-fiction", 2),)
        assert await look.books.languages() == (Facet("eng", 2),)
        assert [NamedShelf(one.book_id, one.name, one.count) for one in await look.books.named("author")] == [
            NamedShelf(dune.id, "Frank Herbert", 2)
        ]
        assert await look.books.facets(Shelf(author="Frank Herbert"), NOTHING, "language") == (
            Facet("eng", 2),
        )
        assert emma.title == "Emma"


async def test_a_series_of_which_there_are_editions_of_one_volume_is_no_shelf(store: Store) -> None:
    await loaded(
        store, [row(f"d{form}", title="Dune", series="Dune", form=form) for form in (Form.EBOOK, Form.AUDIO)]
    )
    async with store.uow.reading() as look:
        assert await look.books.named("series") == ()
        assert await look.books.named("author") == ()


@pytest.mark.parametrize("changed", [False, True])
async def test_bands_of_prices_are_counted_as_they_stand(store: Store, changed: bool) -> None:
    await dune_and_emma(store)
    async with store.uow.writing() as work:
        if changed:
            page = await work.books.browse(ALL_OF_IT, NOTHING, Sort.TITLE, offset=1, limit=1)
            await work.books.set_price(page.books[0].id, eur(3100))
        await work.commit()
    bands = {
        (None, 999): 1,
        (1000, 1499): 1 if changed else 2,
        (1500, 1999): 0,
        (3000, None): 2 if changed else 1,
        (1200, 1300): 1,
    }
    async with store.uow.reading() as look:
        for (low, high), count in bands.items():
            page = await look.books.browse(
                Shelf(), Filters(price_min=low, price_max=high), Sort.BEST, offset=0, limit=1
            )
            assert (len(page.works), page.total) == (min(count, 1), count)


async def test_similar_works_are_shown_once_with_their_editions_in_the_language(store: Store) -> None:
    def by(name: str, **more: Any) -> dict[str, Any]:
        return {"contributors": (Contributor(name),), **more}

    await loaded(
        store,
        [
            row("dune"),
            row("f1", title="Foundation", **by("Asimov", popularity=5, form=Form.HARDBACK, on_hand=0)),
            row("f2", title="Foundation", **by("Asimov", popularity=4, form=Form.PAPERBACK, subjects=("classics",))),
            row("f3", title="Foundation", **by("Asimov", language="deu", price=eur(1))),
            row("solaris", **by("Lem", popularity=1)),
            row("!?", title="!?", **by("Nemo", popularity=0, form=Form.AUDIO)),
        ],
    )  # fmt: skip
    async with store.uow.reading() as look:
        dune = (
            await look.books.browse(Shelf(author="Frank Herbert"), NOTHING, Sort.BEST, offset=0, limit=1)
        ).books
    shelf = Shelf(similar_to=dune[0].id)
    alike = ["Foundation hardback+paperback from 1290", "Solaris other from 1290", "!? audio from 1290"]
    assert await shown(store, shelf) == alike
    assert await shown(store, shelf, Filters(in_stock=True)) == ["Foundation paperback from 1290", *alike[1:]]
    assert await shown(store, shelf, sort=Sort.PRICE_UP) == [alike[2], alike[0], alike[1]]
    async with store.uow.reading() as look:
        assert await look.books.count(shelf) == 3


async def test_a_page_beyond_the_end_says_how_many_there_are(store: Store) -> None:
    await dune_and_emma(store)
    async with store.uow.reading() as look:
        for shelf in (ALL_OF_IT, Shelf(language="eng"), Shelf(picks=True)):
            page = await look.books.browse(shelf, NOTHING, Sort.BEST, offset=50, limit=5)
            assert (page.works, page.total) == ((), 0 if shelf.picks else 2)


async def test_a_shelf_that_was_counted_before_its_books_went_does_not_show_them(database: Database) -> None:
    store = Store(SqlUnitOfWork(database), SqlCatalogue(database))
    await dune_and_emma(store)
    async with database.writing() as connection:
        await connection.execute(sa.update(books).where(books.c.title == "Emma").values(withdrawn_at=NOW))
        await connection.execute(sa.delete(book_subjects).where(book_subjects.c.popularity == 60))
        await connection.commit()
    async with store.uow.reading() as look:
        for shelf in (ALL_OF_IT, Shelf(language="eng")):
            assert await look.books.count(shelf) == 2
            whole = await look.books.browse(shelf, NOTHING, Sort.BEST, offset=0, limit=5)
            beyond = await look.books.browse(shelf, NOTHING, Sort.BEST, offset=1, limit=1)
            assert (len(whole.works), whole.total, beyond) == (1, 1, Page((), 1))
