"""What a listing's books have in common and what tells them apart: bands of prices and years, and counting by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.book import Book, Form
from domain.listing import limits, span
from domain.money import exponent

_PRICES = (10, 15, 20, 30)
"""Where the bands of prices meet, in major units of a currency that has minor ones, in hundreds of one that has none."""
_YEARS = (1900, 1950, 1980, 2000, 2010, 2020)
_FORMS = (Form.PAPERBACK, Form.HARDBACK, Form.EBOOK, Form.AUDIO)


def bands(by: str, currency: str) -> tuple[str, ...]:
    """The values of ``price`` (in minor units), ``year`` or ``form`` to choose between, in order; none for other names."""
    match by:
        case "price":
            unit = 10 ** exponent(currency) if exponent(currency) else 100
            return _between([edge * unit for edge in _PRICES])
        case "year":
            return _between(_YEARS)
        case "form":
            return tuple(form.value for form in _FORMS)
        case _:
            return ()


def counted(books: Iterable[Book], by: str, currency: str) -> dict[str, int]:
    """How many of the books have each value of ``by``; those that none has are left out."""
    choices = bands(by, currency)
    counts: Counter[str] = Counter()
    for book in books:
        counts.update(_values(book, by, choices))
    return dict(counts)


def in_order(by: str, counts: Mapping[str, int | None], currency: str) -> list[str]:
    """Bands from low to high; subjects and languages fullest first."""
    order = {value: place for place, value in enumerate(bands(by, currency))}
    return sorted(counts, key=lambda value: (order.get(value, len(order)), -(counts[value] or 0), value))


def _between(edges: Sequence[int]) -> tuple[str, ...]:
    """Bands below, between and above the edges; a band begins at its edge."""
    lows = (None, *edges)
    highs = (*(edge - 1 for edge in edges), None)
    return tuple(span(low, high) for low, high in zip(lows, highs, strict=True))


def _values(book: Book, by: str, choices: Collection[str]) -> tuple[str, ...]:
    match by:
        case "subject":
            return book.subjects
        case "language":
            return (book.language,) if book.language else ()
        case "form":
            return (book.form.value,) if book.form.value in choices else ()
        case "price":
            return _band(None if book.price is None else book.price.minor, choices)
        case _:
            return _band(book.year, choices)


def _band(number: int | None, choices: Collection[str]) -> tuple[str, ...]:
    if number is None:
        return ()
    for value in choices:
        low, high = limits(value)
        if (low is None or low <= number) and (high is None or number <= high):
            return (value,)
    return ()
