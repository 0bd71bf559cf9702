"""Looking around in the shop: gathers what the screens before buying are drawn from. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.book import Book
from domain.cart import CartOwner
from domain.errors import BookNotFound
from domain.facets import bands, counted, in_order
from domain.ids import BookId
from domain.listing import (
    AFTER,
    AUTHOR,
    COPIES,
    LIKE,
    MAX_TYPED,
    PAGE_SIZE,
    SORT,
    Choice,
    Entry,
    Kind,
    Listing,
    ListingView,
    Option,
    Others,
    choices_of,
    filters_of,
)
from domain.ports.book_search import BookSearch, Hit, SearchQuery, SearchResults
from domain.ports.books import Shelf, Sort
from domain.ports.unit_of_work import Look
from domain.search.folding import key as folded
from domain.search.folding import words
from domain.search.isbn import spot
from domain.subjects import SUBJECTS
from domain.views import BookView, Facet, HomeView, NamedShelf, Surroundings

_NEW_AT_HOME = 16
"""Enough that some are in the reader's language."""
_EDITIONS = 50
"""Of how many editions the lowest price is told; the most popular of them are looked at."""
_COUNTED = 200
"""How many of a search's results are looked at to count what they can be narrowed by."""
_FEW = 3
"""With so few results, more by the same author are offered beside them."""


class Browsing:
    """Reads through a `Look`; searches through the port, which has its own reading. ``currency`` is the shop's."""

    def __init__(self, *, search: BookSearch, currency: str) -> None:
        self._search = search
        self.currency = currency

    async def home(self, look: Look, owner: CartOwner) -> HomeView:
        customer_id = owner.customer_id
        customer = None if customer_id is None else await look.customers.get(customer_id)
        return HomeView(
            new=_one_a_work(await look.books.newest(_NEW_AT_HOME)),
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
        if not page.works and 0 <= last < listing.page:
            return await self.page(look, replace(listing, page=last), None, size)
        entries = tuple(Entry(work.book, len(work.editions), work.from_price) for work in page.works)
        return ListingView(listing, entries, page.total, self.currency)

    async def _searched(self, look: Look, listing: Listing, found: SearchResults, size: int) -> ListingView:
        last = (found.total - 1) // size
        if not found.hits and 0 <= last < listing.page:
            listing = replace(listing, page=last)
            found = await self.find(listing, size)
        hits = found.hits or found.nearest
        named = [one for one in (found.like, found.after) if one is not None]
        known = await look.books.many([*named, *(one for hit in hits for one in hit.editions[:_EDITIONS])])
        like = None if found.like is None else known.get(found.like)
        after = None if found.after is None else known.get(found.after)
        listing = replace(
            listing,
            words=found.words,
            understood=() if listing.plain or listing.literal else _understood(found, known),
            like=None if like is None else like.id,
            name="" if like is None else like.title,
        )
        entries = tuple(_entry(hit, known) for hit in hits if hit.book_id in known)
        return ListingView(
            listing,
            entries if found.hits else (),
            found.total,
            self.currency,
            shown_as=found.shown_as,
            quantity=found.quantity or _copies(listing),
            nearest=() if found.hits else entries,
            like=like,
            after=after,
            others=await self._others(look, entries) if 0 < found.total <= _FEW and not named else None,
            shelf=await self._shelf(look, found.shelf),
        )

    async def _shelf(self, look: Look, subject: str) -> Facet | None:
        count = await look.books.count(Shelf(subject=subject)) if subject else 0
        return Facet(subject, count) if count else None

    async def _others(self, look: Look, entries: Sequence[Entry]) -> Others | None:
        """More by the best result's author than are among the results."""
        best = entries[0].book if entries else None
        if best is None or not best.authors:
            return None
        author = best.authors[0]
        count = await look.books.count(Shelf(author=author))
        shown = sum(author in entry.book.authors for entry in entries)
        return Others(best.id, author, count) if count > shown else None

    # --- what it can be narrowed by -----------------------------------------------------------------------------------

    async def options(self, look: Look, listing: Listing, by: str) -> tuple[Option, ...]:
        """The values of ``by`` that leave something, with how much."""
        chosen, others = dict(listing.narrowed).get(by, ""), listing.without(by)
        counts = await self._counts(look, others, by)
        if chosen and chosen not in counts:
            # None of the usual bands (``under 15`` was typed), or nothing is left: what it leaves is asked for by itself.
            counts[chosen] = (await self.page(look, listing, size=1)).total
        return tuple(
            Option(value, counts[value], value == chosen) for value in in_order(by, counts, self.currency)
        )

    async def _counts(self, look: Look, listing: Listing, by: str) -> dict[str, int | None]:
        if listing.kind is Kind.SEARCH and listing.asked:
            return await self._among_the_best(look, listing, by)
        if by in ("subject", "language"):
            shelf = Shelf() if listing.kind is Kind.SEARCH else listing.shelf
            facets = await look.books.facets(shelf, listing.filters, by)
            return {facet.key: facet.count for facet in facets}
        counts: dict[str, int | None] = {}
        for value in bands(by, self.currency):
            narrowed = await self.page(look, listing.narrow(by, value), size=1)
            if narrowed.total:
                counts[value] = narrowed.total
        return counts

    async def _among_the_best(self, look: Look, listing: Listing, by: str) -> dict[str, int | None]:
        """What a search's best results have; not counted if there are more results than are looked at."""
        found = await self._search.search(_query(listing, 0, _COUNTED))
        known = await look.books.many([hit.book_id for hit in found.hits])
        counts = counted(known.values(), by, self.currency)
        return dict(counts) if found.total <= _COUNTED else dict.fromkeys(counts)

    # --- shelves ------------------------------------------------------------------------------------------------------

    async def shelves(self, look: Look, by: str) -> tuple[Facet, ...]:
        """Shelves by ``subject``, in the shop's order; by ``language``, fullest first; or by ``price``, cheapest first.

        Those by price search, so they are to be read outside of any transaction.
        """
        if by == "language":
            return await look.books.languages()
        if by == "price":
            counted = [
                Facet(value, (await self.find(at_price(0, value), 1)).total)
                for value in bands(by, self.currency)
            ]
            return tuple(facet for facet in counted if facet.count)
        known = {facet.key: facet for facet in await look.books.subjects()}
        return tuple(known[subject] for subject in SUBJECTS if subject in known)

    async def named_shelves(self, look: Look, by: str) -> tuple[NamedShelf, ...]:
        """Those by ``author`` or by ``series``, in the order of their names."""
        return tuple(sorted(await look.books.named(by), key=lambda shelf: folded(shelf.name)))


def typed(serial: int, text: str) -> tuple[Listing, bool]:
    """The listing of a typed text, and whether it was cut to what is searched for."""
    text = " ".join(text.split())
    return Listing(serial, Kind.SEARCH, text=text[:MAX_TYPED].rstrip()), len(text) > MAX_TYPED


_MEANT_AS_ISBN = re.compile(r"(?i)(?:97[89][0-9]{10}|isbn(?:1[03])?:?(?:[0-9]{13}|[0-9]{9}[0-9X]))\Z")
_BETWEEN_DIGITS = re.compile("[\\s\u00ad\u2010-\u2015\u2212-]")


def slipped_isbn(text: str) -> bool:
    """Whether somebody meant an ISBN and nothing else, but one of its digits is wrong."""
    return not spot(text)[0] and _MEANT_AS_ISBN.match(_BETWEEN_DIGITS.sub("", text)) is not None


def at_price(serial: int, value: str) -> Listing:
    """Everything in a band of prices: a search for no words, narrowed down."""
    return Listing(serial, Kind.SEARCH, "price", plain=True, choices=(("price", value),))


def is_only_isbn(text: str) -> bool:
    """Whether somebody typed an ISBN and nothing else: then they want that book and no list."""
    isbns, rest = spot(text)
    return len(isbns) == 1 and not rest


def _one_a_work(books: Sequence[Book]) -> tuple[Book, ...]:
    """Of several editions of a work, the first one."""
    found: dict[str | BookId, Book] = {}
    for book in books:
        found.setdefault(book.work or book.id, book)
    return tuple(found.values())


def _query(listing: Listing, offset: int, limit: int) -> SearchQuery:
    return SearchQuery(
        text=listing.asked,
        filters=filters_of(listing.choices),
        sort=listing.sorting,
        literal=listing.literal,
        understand=not (listing.plain or listing.literal),
        following=AFTER in dict(listing.choices),
        offset=offset,
        limit=limit,
    )


def _understood(found: SearchResults, known: dict[BookId, Book]) -> tuple[Choice, ...]:
    """All that was read out of a message, each a choice that can be taken away."""
    wishes: list[Choice] = []
    if found.author and found.hits:
        wishes.append((AUTHOR, _in_full(found.author, known[found.hits[0].book_id])))
    if found.quantity is not None:
        wishes.append((COPIES, str(found.quantity)))
    if found.sort is not Sort.BEST:
        wishes.append((SORT, found.sort.value))
    for name, book_id in ((LIKE, found.like), (AFTER, found.after)):
        if book_id is not None and book_id in known:
            wishes.append((name, known[book_id].title))
    return (*choices_of(found.understood), *wishes)


def _in_full(typed: str, book: Book) -> str:
    """The author's name as the book has it."""
    said = set(typed.split())
    return max(book.authors, key=lambda name: len(said.intersection(words(name))), default=typed)


def _copies(listing: Listing) -> int | None:
    said = dict(listing.choices).get(COPIES)
    return None if said is None else int(said)


def _entry(hit: Hit, known: dict[BookId, Book]) -> Entry:
    editions = [known[one] for one in hit.editions if one in known]
    prices = [book.price for book in editions if book.price is not None]
    return Entry(known[hit.book_id], len(hit.editions), min(prices, default=None))
