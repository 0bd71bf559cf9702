"""Looking around in the shop: gathers what the screens before buying are drawn from. It changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.book import Book, Form
from domain.cart import CartOwner
from domain.errors import BookNotFound
from domain.ids import BookId
from domain.listing import (
    MAX_TYPED,
    PAGE_SIZE,
    Entry,
    Kind,
    Listing,
    ListingView,
    Option,
    Others,
    choices_of,
    filters_of,
    limits,
    span,
)
from domain.money import exponent
from domain.ports.book_search import BookSearch, Hit, SearchQuery, SearchResults
from domain.ports.books import Shelf, Sort
from domain.ports.unit_of_work import Look
from domain.search.isbn import spot
from domain.subjects import SUBJECTS
from domain.views import BookView, Facet, HomeView, Surroundings

_NEW_AT_HOME = 4
_COUNTED = 200
"""How many of a search's results are looked at to count what they can be narrowed by."""
_FEW = 3
"""With so few results, more by the same author are offered beside them."""

_PRICES = (10, 15, 20, 30)
"""Where the bands of prices meet, in major units of a currency with hundredths."""
_YEARS = (1900, 1950, 1980, 2000, 2010, 2020)


class Browsing:
    """Reads through a `Look`; searches through the port, which has its own reading. ``currency`` is the shop's."""

    def __init__(self, *, search: BookSearch, currency: str) -> None:
        self._search = search
        self.currency = currency

    async def home(self, look: Look, owner: CartOwner) -> HomeView:
        customer_id = owner.customer_id
        customer = None if customer_id is None else await look.customers.get(customer_id)
        return HomeView(
            new=await look.books.newest(_NEW_AT_HOME),
            picks=await look.books.count(Shelf(picks=True)),
            cart_copies=await look.carts.copies(owner),
            customer_name=None if customer is None else customer.name,
            open_orders=0 if customer_id is None else await look.orders.count_open(customer_id),
        )

    # --- a book -------------------------------------------------------------------------------------------------------

    async def book(
        self, look: Look, owner: CartOwner, book_id: BookId, around: Surroundings | None = None
    ) -> BookView:
        """A book's page. ``around``, if it is known from a moment ago, is not counted again. Raises BookNotFound."""
        book = await self.known(look, book_id)
        cart = await look.carts.of(owner)
        return BookView(
            book=book,
            in_cart=0 if cart is None else cart.quantity(book_id),
            cart_copies=0 if cart is None else cart.copies,
            around=around or await self._around(look, book),
        )

    async def known(self, look: Look, book_id: BookId) -> Book:
        """Raises BookNotFound."""
        book = await look.books.get(book_id)
        if book is None:
            raise BookNotFound(book_id)
        return book

    async def editions(self, look: Look, book: Book) -> tuple[Book, ...]:
        """All editions of the same work, this book among them."""
        found = await look.books.editions(book.work) if book.work else ()
        return found if any(one.id == book.id for one in found) else (book, *found)

    async def _around(self, look: Look, book: Book) -> Surroundings:
        books = look.books
        return Surroundings(
            by_author=await books.count(Shelf(author=book.authors[0])) if book.authors else 0,
            in_series=await books.count(Shelf(series=book.series)) if book.series else 0,
            editions=len(await self.editions(look, book)),
        )

    # --- a listing ----------------------------------------------------------------------------------------------------

    async def find(self, listing: Listing, size: int = PAGE_SIZE) -> SearchResults:
        """Search for a listing's page. Outside of any transaction: it may take a while."""
        return await self._search.search(_query(listing, listing.page * size, size))

    async def page(
        self, look: Look, listing: Listing, found: SearchResults | None = None, size: int = PAGE_SIZE
    ) -> ListingView:
        """A listing's page as it stands now, the last one if there are fewer. ``found`` is what `find` brought."""
        if listing.kind is Kind.SEARCH:
            return await self._searched(look, listing, found or await self.find(listing, size), size)
        if listing.kind is Kind.PHOTO:
            known = await look.books.many(listing.books)
            books = [known[one] for one in listing.books if one in known]
            return ListingView(listing, tuple(map(Entry, books)), len(books), self.currency)
        page = await look.books.browse(
            listing.shelf, listing.filters, listing.sort, offset=listing.page * size, limit=size
        )
        last = (page.total - 1) // size
        if not page.books and 0 <= last < listing.page:
            return await self.page(look, replace(listing, page=last), None, size)
        return ListingView(listing, tuple(map(Entry, page.books)), page.total, self.currency)

    async def _searched(self, look: Look, listing: Listing, found: SearchResults, size: int) -> ListingView:
        last = (found.total - 1) // size
        if not found.hits and 0 <= last < listing.page:
            listing = replace(listing, page=last)
            found = await self.find(listing, size)
        hits = found.hits or found.nearest
        known = await look.books.many([one for hit in hits for one in hit.editions])
        listing = replace(listing, words=found.words, understood=choices_of(found.understood))
        entries = tuple(_entry(hit, known) for hit in hits if hit.book_id in known)
        return ListingView(
            listing,
            entries if found.hits else (),
            found.total,
            self.currency,
            shown_as=found.shown_as,
            quantity=found.quantity,
            nearest=() if found.hits else entries,
            others=await self._others(look, entries) if 0 < found.total <= _FEW else None,
        )

    async def _others(self, look: Look, entries: Sequence[Entry]) -> Others | None:
        """More by the best result's author than are among the results."""
        best = entries[0].book if entries else None
        if best is None or not best.authors:
            return None
        author = best.authors[0]
        count = await look.books.count(Shelf(author=author))
        shown = sum(entry.editions for entry in entries if author in entry.book.authors)
        return Others(best.id, author, count) if count > shown else None

    # --- what it can be narrowed by -----------------------------------------------------------------------------------

    async def options(self, look: Look, listing: Listing, by: str) -> tuple[Option, ...]:
        """The values of ``by`` that leave something, with how much; of a search, among its best results."""
        chosen = dict(listing.narrowed).get(by, "")
        others = listing.without(by)
        if listing.kind is Kind.SEARCH:
            counts = {
                facet.key: facet.count
                for facet in _count(await self._sample(look, listing, by), by, self._bands(by))
            }
        elif by in ("subject", "language"):
            facets = await look.books.facets(others.shelf, others.filters, by)
            counts = {facet.key: facet.count for facet in facets}
        else:
            counts = {}
            for value in self._bands(by):
                narrowed = filters_of((*others.choices, (by, value)))
                page = await look.books.browse(others.shelf, narrowed, Sort.BEST, offset=0, limit=1)
                counts[value] = page.total
        if chosen and chosen not in counts:
            counts[chosen] = 0
        order = self._order(by, counts)
        return tuple(
            Option(value, counts[value], value == chosen)
            for value in order
            if counts[value] or value == chosen
        )

    async def _sample(self, look: Look, listing: Listing, by: str) -> tuple[Book, ...]:
        """A search's best results, not narrowed by ``by``, to count what is among them."""
        found = await self._search.search(_query(listing.without(by), 0, _COUNTED))
        known = await look.books.many([hit.book_id for hit in found.hits])
        return tuple(known.values())

    def _bands(self, by: str) -> tuple[str, ...]:
        if by == "price":
            scale = 10 ** exponent(self.currency) if exponent(self.currency) else 100
            return _between([edge * scale for edge in _PRICES])
        if by == "year":
            return _between(_YEARS)
        return tuple(form for form in Form if form is not Form.OTHER) if by == "form" else ()

    def _order(self, by: str, counts: dict[str, int]) -> list[str]:
        if by in ("subject", "language"):
            return sorted(counts, key=lambda value: (-counts[value], value))
        bands = self._bands(by)
        return sorted(counts, key=lambda value: bands.index(value) if value in bands else len(bands))

    # --- shelves ------------------------------------------------------------------------------------------------------

    async def shelves(self, look: Look, by: str) -> tuple[Facet, ...]:
        """Shelves by ``subject``, in the shop's order, or by ``language``, fullest first."""
        if by == "language":
            return await look.books.languages()
        known = {facet.key: facet for facet in await look.books.subjects()}
        return tuple(known[subject] for subject in SUBJECTS if subject in known)


def typed(serial: int, text: str) -> tuple[Listing, bool]:
    """The listing of a typed text, and whether it was cut to what is searched for."""
    text = " ".join(text.split())
    return Listing(serial, Kind.SEARCH, text=text[:MAX_TYPED].rstrip()), len(text) > MAX_TYPED


_MEANT_AS_ISBN = re.compile(r"(?i)(?:97[89][0-9]{10}|isbn(?:1[03])?:?(?:[0-9]{13}|[0-9]{9}[0-9X]))\Z")
_BETWEEN_DIGITS = re.compile("[\\s\u00ad\u2010-\u2015\u2212-]")


def slipped_isbn(text: str) -> bool:
    """Whether somebody meant an ISBN and nothing else, but one of its digits is wrong."""
    return not spot(text)[0] and _MEANT_AS_ISBN.match(_BETWEEN_DIGITS.sub("", text)) is not None


def is_only_isbn(text: str) -> bool:
    """Whether somebody typed an ISBN and nothing else: then they want that book and no list."""
    isbns, rest = spot(text)
    return len(isbns) == 1 and not rest


def _query(listing: Listing, offset: int, limit: int) -> SearchQuery:
    return SearchQuery(
        text=listing.text,
        filters=filters_of(listing.choices),
        sort=listing.sort,
        literal=listing.literal,
        understand=not (listing.plain or listing.literal),
        offset=offset,
        limit=limit,
    )


def _entry(hit: Hit, known: dict[BookId, Book]) -> Entry:
    editions = [known[one] for one in hit.editions if one in known]
    prices = [book.price for book in editions if book.price is not None]
    return Entry(known[hit.book_id], max(1, len(editions)), min(prices, default=None))


def _between(edges: Sequence[int]) -> tuple[str, ...]:
    """Bands below, between and above the edges; a band begins at its edge."""
    lows = (None, *edges)
    highs = (*(edge - 1 for edge in edges), None)
    return tuple(span(low, high) for low, high in zip(lows, highs, strict=True))


def _count(books: Sequence[Book], by: str, bands: Sequence[str]) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    for book in books:
        counts.update(_values(book, by, bands))
    return tuple(Facet(value, count) for value, count in counts.items())


def _values(book: Book, by: str, bands: Sequence[str]) -> tuple[str, ...]:
    match by:
        case "subject":
            return book.subjects
        case "language":
            return (book.language,) if book.language else ()
        case "form":
            return (book.form,) if book.form in bands else ()
        case "price":
            return _band(None if book.price is None else book.price.minor, bands)
        case _:
            return _band(book.year, bands)


def _band(number: int | None, bands: Sequence[str]) -> tuple[str, ...]:
    if number is None:
        return ()
    for value in bands:
        low, high = limits(value)
        if (low is None or low <= number) and (high is None or number <= high):
            return (value,)
    return ()
