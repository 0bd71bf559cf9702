from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.book import Form, Supply
from domain.cart import CartOwner
from domain.catalogue import CatalogueRow, Contributor
from domain.errors import BookNotFound
from domain.ids import BookId, ChatId, UserId
from domain.listing import PAGE_SIZE, Kind, Listing, Option
from domain.money import Money
from domain.ports.book_search import Hit, SearchQuery, SearchResults
from domain.ports.books import Filters
from domain.services.browsing import Browsing, at_price, is_only_isbn, slipped_isbn, typed
from domain.views import Surroundings
from storage.memory.catalogue import MemoryCatalogue
from storage.memory.unit_of_work import MemoryLook, MemoryUnitOfWork

NOW = datetime(2026, 3, 1, tzinfo=UTC)
GUEST = CartOwner(None, ChatId(1), UserId(1))


@dataclass
class ScriptedSearch:
    """Answers what it was told to, and remembers what it was asked."""

    answer: SearchResults = field(default_factory=lambda: SearchResults((), 0))
    asked: list[SearchQuery] = field(default_factory=list)

    async def search(self, query: SearchQuery) -> SearchResults:
        self.asked.append(query)
        hits = self.answer.hits[query.offset : query.offset + query.limit]
        return replace(self.answer, hits=hits)


def row(title: str, minor: int | None = 1090, **changes: Any) -> CatalogueRow:
    usual: dict[str, Any] = {
        "source": "tests", "source_ref": title + str(changes.get("form", "")), "title": title, "currency": "EUR",
        "price": None if minor is None else Money(minor, "EUR"), "contributors": (Contributor("Ivy Many"),),
        "language": "eng", "form": Form.PAPERBACK, "subjects": ("poetry",), "year": 1974,
        "supply": Supply.ORDERABLE, "on_hand": 3, "popularity": 5,
    }  # fmt: skip
    return CatalogueRow(**(usual | changes))


ROWS = [
    row("Alpha", 890, popularity=90),
    row("Alpha", 2400, form=Form.HARDBACK, popularity=80),
    row("Beta", 1500, language="deu", subjects=("crime",), year=1813, popularity=70),
    row(
        "Gamma",
        None,
        contributors=(Contributor("Nora Late"),),
        series="Letters",
        series_no="3",
        popularity=60,
    ),
    *(
        row(f"More {number:02}", 500, contributors=(Contributor("Olga Other"),), popularity=9)
        for number in range(20)
    ),
]


@pytest.fixture
async def look() -> AsyncIterator[MemoryLook]:
    unit_of_work = MemoryUnitOfWork()
    async for _ in MemoryCatalogue(unit_of_work).load(ROWS, NOW):
        pass
    async with unit_of_work.reading() as look:
        yield look


async def ids(look: MemoryLook) -> dict[str, BookId]:
    return {f"{book.title} {book.form}": book.id for book in await look.books.newest(100)}


async def test_guest_finds_what_is_new_and_an_empty_cart(look: MemoryLook) -> None:
    view = await Browsing(search=ScriptedSearch(), currency="EUR").home(look, GUEST)
    assert (view.cart_copies, view.customer_name, view.open_orders, view.picks) == (0, None, 0, 0)
    assert len(view.new) > 4
    assert len({book.work for book in view.new}) == len(view.new)


async def test_new_at_home_are_works_by_their_newest_edition() -> None:
    unit_of_work = MemoryUnitOfWork()
    rows = [
        row("Alpha", form=form, added_at=NOW + timedelta(days=day))
        for day, form in enumerate((Form.HARDBACK, Form.PAPERBACK))
    ]
    async for _ in MemoryCatalogue(unit_of_work).load([*rows, row("Beta", added_at=NOW)], NOW):
        pass
    async with unit_of_work.reading() as look:
        view = await Browsing(search=ScriptedSearch(), currency="EUR").home(look, GUEST)
    assert [(book.title, book.form) for book in view.new] == [
        ("Alpha", Form.PAPERBACK),
        ("Beta", Form.PAPERBACK),
    ]


async def test_book_knows_what_is_around_it(look: MemoryLook) -> None:
    alpha = (await ids(look))["Alpha paperback"]
    view = await Browsing(search=ScriptedSearch(), currency="EUR").book(look, GUEST, alpha)
    assert view.around == Surroundings(by_author=2, in_series=0, editions=2)
    assert (view.in_cart, view.cart_copies) == (0, 0)


async def test_what_is_around_a_book_is_not_counted_twice(look: MemoryLook) -> None:
    alpha = (await ids(look))["Alpha paperback"]
    known = Surroundings(by_author=77)
    view = await Browsing(search=ScriptedSearch(), currency="EUR").book(look, GUEST, alpha, known)
    assert view.around is known


async def test_book_that_is_not_there_is_a_fact(look: MemoryLook) -> None:
    with pytest.raises(BookNotFound):
        await Browsing(search=ScriptedSearch(), currency="EUR").book(look, GUEST, BookId(9999))


async def test_page_beyond_the_end_is_the_last_one(look: MemoryLook) -> None:
    browsing = Browsing(search=ScriptedSearch(), currency="EUR")
    view = await browsing.page(look, Listing(1, Kind.SUBJECT, "poetry", page=99))
    assert (view.listing.page, view.pages, len(view.entries)) == (2, 3, 22 - 2 * PAGE_SIZE)


async def test_search_page_beyond_the_end_is_the_last_one(look: MemoryLook) -> None:
    every = [Hit(one, (one,)) for one in (await ids(look)).values()]
    search = ScriptedSearch(SearchResults(tuple(every), len(every)))
    view = await Browsing(search=search, currency="EUR").page(
        look, Listing(1, Kind.SEARCH, text="x", page=50)
    )
    assert (view.listing.page, view.total) == (2, 24)
    assert len(view.entries) == 24 - 2 * PAGE_SIZE


async def test_editions_are_one_entry_at_the_lowest_price(look: MemoryLook) -> None:
    by_name = await ids(look)
    paperback, hardback = by_name["Alpha paperback"], by_name["Alpha hardback"]
    search = ScriptedSearch(SearchResults((Hit(hardback, (hardback, paperback)),), 1))
    view = await Browsing(search=search, currency="EUR").page(look, Listing(1, Kind.SEARCH, text="alpha"))
    entry = view.entries[0]
    assert (entry.book.id, entry.editions, entry.from_price) == (hardback, 2, Money(890, "EUR"))
    assert view.others is not None
    assert (view.others.author, view.others.count) == ("Ivy Many", 2)


async def test_editions_are_one_entry_on_a_shelf_as_well_and_filters_choose_among_them(
    look: MemoryLook,
) -> None:
    by_name = await ids(look)
    browsing = Browsing(search=ScriptedSearch(), currency="EUR")
    author = Listing(1, Kind.AUTHOR, "1", "Ivy Many")

    async def first(listing: Listing) -> tuple[BookId, int, Money | None, int]:
        view = await browsing.page(look, listing)
        entry = view.entries[0]
        return entry.book.id, entry.editions, entry.from_price, view.total

    assert await first(author) == (by_name["Alpha paperback"], 2, Money(890, "EUR"), 2)
    hardbacks = author.narrow("form", "hardback")
    assert await first(hardbacks) == (by_name["Alpha hardback"], 1, Money(2400, "EUR"), 1)


async def test_author_who_has_nothing_else_is_not_offered(look: MemoryLook) -> None:
    gamma = (await ids(look))["Gamma paperback"]
    search = ScriptedSearch(SearchResults((Hit(gamma, (gamma,)),), 1))
    view = await Browsing(search=search, currency="EUR").page(look, Listing(1, Kind.SEARCH, text="gamma"))
    assert view.others is None
    assert view.entries[0].from_price is None


async def test_suggestions_are_never_among_the_results(look: MemoryLook) -> None:
    gamma = (await ids(look))["Gamma paperback"]
    search = ScriptedSearch(SearchResults((), 0, nearest=(Hit(gamma, (gamma,)),)))
    view = await Browsing(search=search, currency="EUR").page(look, Listing(1, Kind.SEARCH, text="gama"))
    assert view.entries == ()
    assert [entry.book.title for entry in view.nearest] == ["Gamma"]


async def test_what_was_understood_narrows_and_once_changed_is_not_understood_again(look: MemoryLook) -> None:
    beta = (await ids(look))["Beta paperback"]
    understood = Filters(language="deu", price_max=1500)
    search = ScriptedSearch(SearchResults((Hit(beta, (beta,)),), 1, understood=understood, words="crime"))
    browsing = Browsing(search=search, currency="EUR")
    view = await browsing.page(look, Listing(1, Kind.SEARCH, text="crime in german under 15"))
    assert view.listing.narrowed == (("language", "deu"), ("price", "-1500"))
    await browsing.find(view.listing.narrow("price", ""))
    assert search.asked[-1] == SearchQuery("crime", Filters(language="deu"), understand=False)


async def test_narrowing_what_is_like_a_book_goes_on_showing_what_is_like_it(look: MemoryLook) -> None:
    by_name = await ids(look)
    beta, gamma = by_name["Beta paperback"], by_name["Gamma paperback"]
    understood = Filters(price_max=1500)
    answer = SearchResults((Hit(gamma, (gamma,)),), 1, understood=understood, words="beta", like=beta)
    view = await Browsing(search=ScriptedSearch(answer), currency="EUR").page(
        look, Listing(4, Kind.SEARCH, text="like beta under 15")
    )
    assert view.like is not None
    assert view.listing.narrow("price", "") == Listing(4, Kind.SIMILAR, str(beta), "Beta")


async def test_searching_as_typed_mends_and_understands_nothing(look: MemoryLook) -> None:
    search = ScriptedSearch()
    await Browsing(search=search, currency="EUR").find(
        Listing(1, Kind.SEARCH, text="dun under 15", literal=True)
    )
    assert search.asked == [SearchQuery("dun under 15", literal=True, understand=False)]


async def test_shelf_is_counted_by_price_year_and_language(look: MemoryLook) -> None:
    browsing, author = (
        Browsing(search=ScriptedSearch(), currency="EUR"),
        Listing(1, Kind.AUTHOR, "1", "Ivy Many"),
    )
    assert await browsing.options(look, author, "price") == (
        Option("-999", 1), Option("1500-1999", 1), Option("2000-2999", 1),
    )  # fmt: skip
    assert await browsing.options(look, author, "year") == (Option("-1899", 1), Option("1950-1979", 1))
    assert await browsing.options(look, author, "language") == (Option("deu", 1), Option("eng", 1))


async def test_chosen_value_stays_among_the_options_even_if_it_leaves_nothing(look: MemoryLook) -> None:
    author = Listing(1, Kind.AUTHOR, "1", "Nora Late", choices=(("language", "deu"),))
    options = await Browsing(search=ScriptedSearch(), currency="EUR").options(look, author, "language")
    assert options == (Option("eng", 1), Option("deu", 0, chosen=True))


async def test_a_chosen_price_between_the_bands_says_what_it_leaves(look: MemoryLook) -> None:
    by_name = await ids(look)
    hits = tuple(Hit(by_name[name], (by_name[name],)) for name in ("Alpha paperback", "Beta paperback"))
    browsing = Browsing(search=ScriptedSearch(SearchResults(hits, 2)), currency="EUR")
    typed_in = Listing(1, Kind.SEARCH, text="under 16", choices=(("price", "-1600"),))
    assert Option("-1600", 2, chosen=True) in await browsing.options(look, typed_in, "price")


async def test_search_is_counted_by_its_results_and_too_many_are_not_counted(look: MemoryLook) -> None:
    by_name = await ids(look)
    hits = tuple(Hit(by_name[name], (by_name[name],)) for name in ("Alpha paperback", "Beta paperback"))
    search = ScriptedSearch(SearchResults(hits, 2))
    browsing, listing = Browsing(search=search, currency="EUR"), Listing(1, Kind.SEARCH, text="a")
    assert await browsing.options(look, listing, "subject") == (Option("crime", 1), Option("poetry", 1))
    assert await browsing.options(look, listing, "price") == (Option("-999", 1), Option("1500-1999", 1))
    search.answer = SearchResults(hits, 5000)
    assert await browsing.options(look, listing, "language") == (Option("deu", None), Option("eng", None))


async def test_shelves_stand_in_the_shops_order(look: MemoryLook) -> None:
    browsing = Browsing(search=ScriptedSearch(), currency="EUR")
    assert [facet.key for facet in await browsing.shelves(look, "subject")] == ["crime", "poetry"]
    assert [facet.key for facet in await browsing.shelves(look, "language")] == ["eng", "deu"]


async def test_shelves_by_price_leave_out_what_is_empty(look: MemoryLook) -> None:
    search = ScriptedSearch(SearchResults((), 7))
    shelves = await Browsing(search=search, currency="JPY").shelves(look, "price")
    assert [facet.key for facet in shelves] == ["-999", "1000-1499", "1500-1999", "2000-2999", "3000-"]
    search.answer = SearchResults((), 0)
    assert await Browsing(search=search, currency="JPY").shelves(look, "price") == ()
    assert {query.text for query in search.asked} == {""}


def test_long_text_is_cut_and_its_spaces_are_closed_up() -> None:
    assert typed(1, "  the \n long   way ") == (Listing(1, Kind.SEARCH, text="the long way"), False)
    listing, cut = typed(1, "x" * 5000)
    assert (len(listing.text), cut) == (200, True)


def test_wordless_search_without_wishes_is_empty() -> None:
    assert not at_price(1, "-999").empty
    assert at_price(1, "-999").narrow("price", "").empty


@pytest.mark.parametrize(
    ("text", "only", "slipped"),
    [
        ("9780340839935", True, False),
        ("ISBN: 978-0-340-83993-5", True, False),
        ("9780340839936", False, True),
        ("978–0–340–83993–6", False, True),
        ("isbn 0340839938", False, True),
        ("0340839938", False, False),
        ("dune 9780340839935", False, False),
        ("1984", False, False),
    ],
)
def test_isbns_alone_and_isbns_with_a_slip_are_told_apart(text: str, only: bool, slipped: bool) -> None:
    assert is_only_isbn(text) is only
    assert slipped_isbn(text) is slipped
