"""A page of books: what was searched or picked from the shelves, a number button for each, and ways to narrow it down."""

from __future__ import annotations

from bot.actions import (
    Action,
    AskForBook,
    Browse,
    SearchAsTyped,
    SetFilter,
    ShowBook,
    ShowEditions,
    ShowFilters,
    ShowHome,
    ShowShelves,
)
from bot.screen import Button, Html, Row, Screen, lines, paragraphs
from bot.screens import offer
from bot.screens.choices import choice
from bot.screens.lengths import shorten
from bot.screens.numbers import numbers, packed, pages
from bot.texts import Words
from domain.listing import AUTHOR, NARROWED_BY, SORT, Entry, Kind, Listing, ListingView

_TYPED = 80
_TYPED_ON_A_BUTTON = 18
_NAME_ON_A_BUTTON = 22
_VOLUME = 12
_WORTH_NARROWING = 4


def listing(view: ListingView, words: Words, back: Action, besides: Button | None = None) -> Screen:
    """``back`` is where Back leads; home is a button of its own. ``besides`` is for what else the words may have meant."""
    if not view.entries:
        return _nothing(view, words)
    return Screen(
        paragraphs(
            _cut(view, words),
            _heading(view, words),
            entries(view.entries, words, numbered=view.listing.kind is Kind.SERIES),
        ),
        (
            *numbers([opening(entry, view.quantity) for entry in view.entries]),
            *pages(view.listing.serial, view.listing.page, view.pages),
            *_more_by(view, words),
            *(((besides,),) if besides else ()),
            *_shelf(view, words),
            *_as_typed(view, words),
            *removals(view.listing, words, view.currency),
            _leave(view, words, back),
        ),
    )


def entries(shown: tuple[Entry, ...], words: Words, *, numbered: bool = False) -> Html:
    """``numbered``: with the volumes' numbers in their series, which are not those that the lines begin with."""
    return lines(
        *(
            words.html(
                "entry",
                number=str(number),
                title=offer.title(entry.book),
                details=_details(entry, words, _volume(entry, words) if numbered else ""),
            )
            for number, entry in enumerate(shown, start=1)
        )
    )


def opening(entry: Entry, quantity: int | None = None) -> Action:
    """A work of which there is one edition opens it; else its editions are shown."""
    if entry.editions > 1:
        return ShowEditions(entry.book.id, quantity or 1)
    return ShowBook(entry.book.id, quantity or 1)


def removals(shown: Listing, words: Words, currency: str) -> tuple[Row, ...]:
    """A button for everything that narrows the listing: pressed, it no longer does."""
    buttons = [
        Button(f"× {choice(one, words, currency)}", SetFilter(shown.serial, one[0])) for one in shown.narrowed
    ]
    return packed(buttons)


def _volume(entry: Entry, words: Words) -> str:
    number = shorten(entry.book.series_no, _VOLUME)
    return words.plain("entry-volume", number=number) if number[:1].isdecimal() else number


def _details(entry: Entry, words: Words, volume: str) -> Html:
    book = entry.book
    by = offer.authors(book.authors, words)
    if entry.editions > 1:
        if entry.from_price is None:
            editions = words.plain("editions-count", count=entry.editions)
            return offer.joined([volume, by, editions, *offer.price_and_availability(book, words)], words)
        editions = words.plain("editions-from", count=entry.editions, price=entry.from_price)
        return offer.joined([volume, by, editions], words)
    return offer.joined(
        [volume, by, offer.form(book, words), *offer.price_and_availability(book, words)], words
    )


def _cut(view: ListingView, words: Words) -> Html | None:
    return words.html("search-cut") if view.cut else None


def _heading(view: ListingView, words: Words) -> Html:
    return lines(
        _what(view, words),
        _narrowed(view, words),
        None if view.quantity is None else words.html("search-copies", count=view.quantity),
    )


def _what(view: ListingView, words: Words) -> Html:
    shown, count = view.listing, view.total
    match shown.kind:
        case Kind.SEARCH if view.like is not None:
            return words.html("listing-similar", title=offer.title(view.like), count=count)
        case Kind.SEARCH if view.after is not None:
            return words.html("listing-after", title=offer.title(view.after), count=count)
        case Kind.SEARCH if view.shown_as:
            return words.html("search-mended", text=shorten(view.shown_as, _TYPED), count=count)
        case Kind.SEARCH if text := shown.words if view.quantity is not None else searched_for(shown):
            return words.html("search-found", text=shorten(text, _TYPED), count=count)
        case Kind.SEARCH:
            return words.html("search-found-all", count=count)
        case Kind.SUBJECT:
            return words.html("listing-named", name=words.plain(f"subject-{shown.key}"), count=count)
        case Kind.LANGUAGE:
            return words.html("listing-language", name=words.language_name(shown.key), count=count)
        case Kind.AUTHOR | Kind.SERIES:
            return words.html("listing-named", name=shorten(shown.name, _TYPED), count=count)
        case Kind.SIMILAR:
            return words.html("listing-similar", title=shorten(shown.name, _TYPED), count=count)
        case _:
            return words.html(f"listing-{shown.kind.value}", count=count)


def searched_for(shown: Listing) -> str:
    """What was typed, less what was understood as a filter."""
    return shown.words if shown.understood and not shown.literal else shown.text


def _narrowed(view: ListingView, words: Words) -> Html | None:
    # Copies, and the book that others follow or are like, are said in lines of their own.
    choices = [one for one in view.listing.narrowed if one[0] in (*NARROWED_BY, AUTHOR, SORT)]
    return offer.joined([choice(one, words, view.currency) for one in choices], words) if choices else None


def _more_by(view: ListingView, words: Words) -> tuple[Row, ...]:
    if view.others is None:
        return ()
    author = shorten(view.others.author, _NAME_ON_A_BUTTON)
    label = words.plain("more-by-count", author=author, count=view.others.count)
    return ((Button(label, Browse(Kind.AUTHOR.value, str(view.others.book_id))),),)


def _shelf(view: ListingView, words: Words) -> tuple[Row, ...]:
    """The shelf of the subject that was typed, where titles have the word as well."""
    if view.shelf is None:
        return ()
    name = words.plain(f"subject-{view.shelf.key}")
    label = words.plain("shelf-count", name=name, count=view.shelf.count)
    return ((Button(label, Browse(Kind.SUBJECT.value, view.shelf.key)),),)


def _as_typed(view: ListingView, words: Words) -> tuple[Row, ...]:
    if not view.shown_as and not view.listing.understood:
        return ()
    label = words.plain("search-as-typed", text=shorten(view.listing.text, _TYPED_ON_A_BUTTON))
    return ((Button(label, SearchAsTyped(view.listing.serial)),),)


def _leave(view: ListingView, words: Words, back: Action) -> Row:
    row: list[Button] = []
    if view.total >= _WORTH_NARROWING and view.listing.kind is not Kind.PHOTO:
        row.append(Button(words.plain("filter"), ShowFilters(view.listing.serial)))
    if back != ShowHome():
        row.append(Button(words.plain("back"), back))
    return (*row, Button(words.plain("home"), ShowHome()))


def _nothing(view: ListingView, words: Words) -> Screen:
    """Nothing found always leads on: to less narrow wishes, to what comes near, to people."""
    shown = view.listing
    ways_on = (
        (Button(words.plain("ask-the-shop"), AskForBook(0)),),
        (Button(words.plain("shelves"), ShowShelves()), Button(words.plain("home"), ShowHome())),
    )
    said = _nothing_because(view, words)
    wishes = sum(name in NARROWED_BY for name, _ in shown.narrowed)
    hint = words.html("nothing-narrowed-hint", count=len(shown.narrowed)) if wishes else None
    taken_away = (*removals(shown, words, view.currency), *_as_typed(view, words))
    if view.nearest:
        nearest = words.html("nothing-otherwise" if wishes else "nothing-nearest")
        return Screen(
            paragraphs(_cut(view, words), said, lines(nearest, entries(view.nearest, words)), hint),
            (*numbers([opening(entry) for entry in view.nearest]), *taken_away, *ways_on),
        )
    hint = hint or words.html("nothing-hint")
    return Screen(paragraphs(_cut(view, words), said, hint), (*taken_away, *ways_on))


def _nothing_because(view: ListingView, words: Words) -> Html:
    shown = view.listing
    if view.after is not None:
        return words.html("nothing-after", title=offer.title(view.after))
    text = shorten(searched_for(shown), _TYPED) if shown.kind is Kind.SEARCH else ""
    wishes = _narrowed(view, words)
    if wishes is not None and text:
        return words.html("nothing-found-narrowed", text=text, wishes=wishes)
    if wishes is not None:
        return words.html("nothing-narrowed", wishes=wishes)
    return words.html("nothing-found", text=text) if text else words.html("nothing-here")
