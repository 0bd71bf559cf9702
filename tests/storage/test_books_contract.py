"""The catalogue, as the shop reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.book import Book, Form, NotToBeHad, Stock, Supply
from domain.catalogue import CatalogueRow, Contributor, Role
from domain.ids import BookId
from domain.ports.books import Page, Shelf, Sort
from domain.views import Facet, NamedShelf
from tests.databases import Store
from tests.storage.browsing import ALL_OF_IT, NOTHING, filled, ids, titles
from tests.storage.samples import NOW, eur, loaded, row

WHOLE = CatalogueRow(
    source="feed",
    source_ref="x",
    title="Der Wüstenplanet",
    currency="EUR",
    price=eur(1499),
    contributors=(
        Contributor("Frank Herbert"),
        Contributor("Jakob Schmidt", Role.TRANSLATOR),
        Contributor("Zweite | Autorin"),
    ),
    subtitle="Roman",
    other_titles=("Dune",),
    isbn13="9783453317178",
    series="Dune",
    series_no="1",
    year=1965,
    language="deu",
    form=Form.PAPERBACK,
    pages=800,
    publisher="Heyne",
    subjects=("science-fiction", "classics"),
    blurb="Sand.",
    staff_pick="Lesen!",
    shelf="S-03",
    cover_url="https://covers.example/1.jpg",
    supply=Supply.PREORDER,
    lead_days=7,
    available_from=date(2026, 5, 1),
    on_hand=4,
    popularity=99,
)


async def test_a_book_is_kept_whole(store: Store) -> None:
    await loaded(store, [WHOLE])
    number = (await ids(store))["Der Wüstenplanet"]
    expected = Book(
        id=number,
        title="Der Wüstenplanet",
        authors=("Frank Herbert", "Zweite / Autorin"),
        price=eur(1499),
        stock=Stock(4, 0),
        supply=Supply.PREORDER,
        lead_days=7,
        available_from=date(2026, 5, 1),
        subtitle="Roman",
        isbn13="9783453317178",
        series="Dune",
        series_no="1",
        year=1965,
        language="deu",
        form=Form.PAPERBACK,
        pages=800,
        publisher="Heyne",
        subjects=("science-fiction", "classics"),
        blurb="Sand.",
        staff_pick="Lesen!",
        shelf="S-03",
        cover_url="https://covers.example/1.jpg",
        work="derwustenplanet|frankherbert",
    )
    async with store.uow.reading() as look:
        assert await look.books.get(number) == expected
        assert await look.books.many([number, BookId(99), number]) == {number: expected}
        assert await look.books.by_isbn("9783453317178") == expected
        assert await look.books.newest(5) == (expected,)
        assert await look.books.editions("derwustenplanet|frankherbert") == (expected,)


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    async with store.uow.reading() as look:
        assert await look.books.get(BookId(9)) is None
        assert await look.books.many([]) == {}
        assert await look.books.by_isbn("9780000000002") is None
        assert await look.books.newest(5) == ()
        assert await look.books.editions("none") == ()
        assert await look.books.subjects() == ()
        assert await look.books.withdrawn(BookId(9)) is False
        assert await look.books.count(Shelf(similar_to=BookId(9))) == 0
        page = await look.books.browse(Shelf(subject="none"), NOTHING, Sort.BEST, offset=0, limit=8)
        assert page == Page((), 0)


async def test_editions_of_a_work_come_most_popular_first(store: Store) -> None:
    await loaded(
        store,
        [
            row("a", title="Dune", popularity=1),
            row("b", title="DUNE!", popularity=5, form=Form.HARDBACK),
            row("c", title="Der Wüstenplanet", work="dune|frankherbert", popularity=3),
            row("d", title="Dune", contributors=(Contributor("Somebody Else"),)),
        ],
    )
    async with store.uow.reading() as look:
        found = await look.books.editions("dune|frankherbert")
    assert [book.title for book in found] == ["DUNE!", "Der Wüstenplanet", "Dune"]


async def test_subjects_and_languages_are_counted_fullest_first(store: Store) -> None:
    await filled(
        store,
        A={"subjects": ("classics", "romance")},
        B={"subjects": ("classics",), "language": "deu"},
        C={"subjects": ("romance", "art"), "language": ""},
        D={"subjects": ()},
    )
    async with store.uow.reading() as look:
        assert await look.books.subjects() == (Facet("classics", 2), Facet("romance", 2), Facet("art", 1))
        assert await look.books.languages() == (Facet("eng", 2), Facet("deu", 1))


async def test_shelves_by_author_and_by_series_are_those_of_several_books_fullest_first(store: Store) -> None:
    ada, bo, cy = Contributor("Ada Post"), Contributor("Bo Fern"), Contributor("Cy Lund", Role.EDITOR)
    await filled(
        store,
        A={"contributors": (ada, bo), "series": "Tides", "series_no": "1"},
        B={"contributors": (Contributor("ADA POST"),), "series": "Tides", "series_no": "2"},
        C={"contributors": (bo, ada), "series": "Alone"},
        D={"contributors": (cy,), "series": "Tides", "series_no": "3"},
        E={"contributors": (cy,), "series": "", "popularity": 900},
    )
    numbers = await ids(store)
    async with store.uow.reading() as look:
        assert await look.books.named("author") == (
            NamedShelf(numbers["A"], "Ada Post", 3),
            NamedShelf(numbers["C"], "Bo Fern", 2),
        )
        assert await look.books.named("series") == (NamedShelf(numbers["A"], "Tides", 3),)
    await store.catalogue.withdraw([numbers["A"]], NOW)
    async with store.uow.reading() as look:
        assert await look.books.named("author") == (NamedShelf(numbers["B"], "ADA POST", 2),)
        assert await look.books.named("series") == (NamedShelf(numbers["B"], "Tides", 2),)


async def test_a_withdrawn_book_is_found_by_its_id_alone(store: Store) -> None:
    await filled(
        store,
        Dune={"isbn13": "9780441013593", "series": "Dune", "staff_pick": "x"},
        Emma={"popularity": 1, "contributors": (Contributor("Jane Austen"),)},
    )
    numbers = await ids(store)
    dune = numbers["Dune"]
    assert await store.catalogue.withdraw([dune, dune, BookId(99)], NOW) == 1
    assert await store.catalogue.withdraw([dune], NOW) == 0
    everywhere: Sequence[Shelf] = (
        ALL_OF_IT,
        Shelf(author="Frank Herbert"),
        Shelf(series="Dune"),
        Shelf(picks=True),
        Shelf(new=True),
        Shelf(language="eng"),
        Shelf(similar_to=numbers["Emma"]),
    )
    for shelf in everywhere:
        assert "Dune" not in await titles(store, shelf)
    async with store.uow.reading() as look:
        assert await look.books.by_isbn("9780441013593") is None
        assert await look.books.editions("dune|frankherbert") == ()
        assert [book.title for book in await look.books.newest(9)] == ["Emma"]
        assert await look.books.subjects() == (Facet("science-fiction", 1),)
        kept = await look.books.get(dune)
        assert kept is not None
        assert (kept.withdrawn, kept.availability, kept.can_sell(1)) == (True, NotToBeHad(), False)
        many = await look.books.many([dune, numbers["Emma"]])
        assert (many[dune].withdrawn, many[numbers["Emma"]].withdrawn) == (True, False)
        assert await look.books.withdrawn(dune)
        assert not await look.books.withdrawn(numbers["Emma"])
    assert await store.catalogue.count() == 1
