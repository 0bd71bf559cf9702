"""The editions of one work, to choose between."""

from __future__ import annotations

from bot.actions import Action, ShowBook, ShowHome
from bot.screen import Button, Html, Screen, lines, paragraphs
from bot.screens import offer
from bot.screens.lengths import shorten
from bot.screens.numbers import numbers
from bot.texts import Words
from domain.book import Book

MOST = 12


def editions(found: tuple[Book, ...], words: Words, quantity: int, back: Action) -> Screen:
    """``found`` has the edition first under whose title the work is shown."""
    first, shown = found[0], found[:MOST]
    heading = lines(
        words.html("book-title", title=shorten(first.title, 120)),
        words.html("as-it-is", text=offer.authors(first.authors, words)) if first.authors else None,
    )
    listed = lines(*(_edition(str(number), one, first, words) for number, one in enumerate(shown, start=1)))
    if len(found) > len(shown):
        choose = words.html("editions-most", count=len(found), shown=len(shown))
    else:
        choose = words.html("editions-choose", count=len(found))
    return Screen(
        paragraphs(heading, choose, listed),
        (
            *numbers([ShowBook(one.id, quantity) for one in shown]),
            (Button(words.plain("back"), back), Button(words.plain("home"), ShowHome())),
        ),
    )


def _edition(number: str, one: Book, first: Book, words: Words) -> Html:
    """What tells it from the others; its title only where it has another one (a translation)."""
    made = [
        offer.form(one, words),
        words.language_name(one.language) if one.language else "",
        ", ".join(filter(None, (shorten(one.publisher, 40), "" if one.year is None else str(one.year)))),
    ]
    if one.title != first.title:
        made.insert(0, offer.title(one))
    return words.html(
        "edition",
        number=number,
        made=offer.joined(made, words),
        details=offer.joined(offer.price_and_availability(one, words), words),
    )
