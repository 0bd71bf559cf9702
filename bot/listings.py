"""The listings of a chat, as its dialogue remembers them: the present one, and those it was reached from.

From a book a person goes on to its author's other books and from there to another book; Back has to lead out again the way
they came in, so the listings that a book's page opens stand on top of the one before. Anything that is searched or picked
from the shelves begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import Action, ShowBook, ShowHome, ShowPage, ShowShelves
from domain.ids import BookId
from domain.listing import Choice, Kind, Listing
from domain.ports.books import Sort
from domain.ports.dialogues import Data, Json

_DEEPEST = 5
"""How many listings are remembered beneath one another; nobody finds their way back through more."""


def next_serial(data: Data) -> int:
    """The serial of the chat's next listing."""
    trail = _trail(data)
    return trail[-1].serial + 1 if trail else 1


def present(data: Data) -> Listing | None:
    trail = _trail(data)
    return trail[-1] if trail else None


def find(data: Data, serial: int) -> Listing | None:
    """The listing of this serial, if the chat remembers it."""
    return next((listing for listing in _trail(data) if listing.serial == serial), None)


def put(data: Data, listing: Listing) -> None:
    """Make this the present listing. One that is remembered comes back as it is given, and what was opened from it is
    forgotten; a new one stands on top if it was opened from a book, else it begins anew."""
    trail = _trail(data)
    kept = [one for one in trail if one.serial < listing.serial]
    known = len(kept) < len(trail)
    if not known and not listing.of_a_book:
        kept = []
    if not known and kept and (kept[-1].kind, kept[-1].key) == (listing.kind, listing.key):
        kept.pop()
    data["listings"] = [_dump(one) for one in [*kept, listing][-_DEEPEST:]]
    # What was remembered of the book that was looked at before is counted afresh when it is opened again.
    data.pop("editions", None)
    data.pop("book", None)


def way_back_from_book(data: Data, book_id: BookId) -> Action:
    """Where Back on a book's page leads: to the listing it was found in, not to one that was opened from itself."""
    for listing in reversed(_trail(data)):
        if not (listing.of_a_book and listing.key == str(book_id)):
            return ShowPage(listing.serial, listing.page)
    return ShowHome()


def way_back(listing: Listing) -> Action:
    """Where Back on a listing leads."""
    if listing.of_a_book:
        return ShowBook(int(listing.key))
    if listing.shelved or listing.kind in (Kind.SUBJECT, Kind.LANGUAGE):
        return ShowShelves(listing.kind.value)
    if listing.kind is Kind.SEARCH and listing.key:
        return ShowShelves("price")
    return ShowHome()


def _trail(data: Data) -> list[Listing]:
    stored = data.get("listings")
    if not isinstance(stored, list):
        return []
    return [_load(one) for one in stored if isinstance(one, dict)]


def _dump(listing: Listing) -> dict[str, Json]:
    """Only what differs from a listing's beginning: a dialogue is written with every turn."""
    stored: dict[str, Json] = {"n": listing.serial, "kind": listing.kind.value}
    for name in ("key", "name", "text", "words"):
        if value := getattr(listing, name):
            stored[name] = value
    for name in ("literal", "plain", "shelved"):
        if getattr(listing, name):
            stored[name] = True
    for name in ("understood", "choices"):
        if pairs := getattr(listing, name):
            stored[name] = [list(pair) for pair in pairs]
    if listing.sort is not Sort.BEST:
        stored["sort"] = listing.sort.value
    if listing.page:
        stored["page"] = listing.page
    if listing.like is not None:
        stored["like"] = listing.like
    if listing.books:
        stored["books"] = list(listing.books)
    return stored


def _load(stored: dict[str, Json]) -> Listing:
    listing = Listing(
        serial=_number(stored.get("n")),
        kind=Kind(str(stored["kind"])),
        key=_text(stored.get("key")),
        name=_text(stored.get("name")),
        text=_text(stored.get("text")),
        words=_text(stored.get("words")),
        understood=_choices(stored.get("understood")),
        choices=_choices(stored.get("choices")),
        sort=Sort(_text(stored.get("sort")) or Sort.BEST),
        page=_number(stored.get("page")),
    )
    books = stored.get("books")
    return replace(
        listing,
        literal=stored.get("literal") is True,
        plain=stored.get("plain") is True,
        shelved=stored.get("shelved") is True,
        like=BookId(_number(stored["like"])) if "like" in stored else None,
        books=tuple(BookId(_number(one)) for one in books) if isinstance(books, list) else (),
    )


def _choices(stored: Json) -> tuple[Choice, ...]:
    pairs: Sequence[Json] = stored if isinstance(stored, list) else []
    return tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0
