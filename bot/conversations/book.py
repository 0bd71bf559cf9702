"""A book's page and its editions."""

from __future__ import annotations

from bot.actions import Action, ShowBook, ShowEditions, ShowHome
from bot.conversation import Route, Routes, Turn
from bot.errors import describe
from bot.listings import way_back_from_book
from bot.screen import Result
from bot.screens.book import book as book_screen
from bot.screens.book import for_sale, most
from bot.screens.editions import MOST
from bot.screens.editions import editions as editions_screen
from domain.cart import MAX_OF_ONE_BOOK
from domain.errors import ShopError
from domain.ids import BookId
from domain.ports.dialogues import Data
from domain.services.browsing import Browsing
from domain.views import BookView, Surroundings

_LONGEST_ID = 18
"""Digits of a book's id in a link; more would not fit a database's integer."""


class BookConversation:
    def __init__(self, *, browsing: Browsing) -> None:
        self._browsing = browsing

    def routes(self) -> Routes:
        # ShowBook reads in the transaction, not before it: the cart leads on to it with what it just changed.
        return Routes(
            actions={
                ShowBook: Route(self.show, recover=self.gone),
                ShowEditions: Route(self.editions, recover=self.gone),
            },
            deep_links={"book": _from_link},
        )

    async def show(self, turn: Turn, action: ShowBook) -> Result:
        """The stepper never goes beyond what can be had; a tap that would says why."""
        book_id, data = BookId(action.book_id), turn.dialogue.data
        view = await self._browsing.book(turn.work, await turn.owner(), book_id, _remembered(data, book_id))
        _remember(data, view)
        quantity = max(1, min(action.quantity, most(view.book)))
        toast = ""
        if action.quantity > quantity and not view.in_cart and for_sale(view):
            message = "most-at-once" if quantity == MAX_OF_ONE_BOOK else "only-so-many"
            toast = turn.words.plain(message, copies=quantity)
        return Result(book_screen(view, turn.words, quantity, _way_back(data, book_id)), toast=toast)

    async def gone(self, turn: Turn, action: Action, error: ShopError) -> Result:
        """An old link may lead to a book that there is not: the person still finds a shop."""
        return Result(go=ShowHome(), toast=describe(error, turn.words, turn.now))

    async def editions(self, turn: Turn, action: ShowEditions) -> Result:
        book = await self._browsing.known(turn.work, BookId(action.book_id))
        found = await self._browsing.editions(turn.work, book)
        first_asked = (book, *(one for one in found if one.id != book.id))
        data = turn.dialogue.data
        data["editions"] = [one.id for one in first_asked[:MOST]]
        # One more than is sold at once is enough for the book to say so.
        quantity = max(1, min(action.quantity, MAX_OF_ONE_BOOK + 1))
        back = way_back_from_book(data, book.id)
        return Result(editions_screen(first_asked, turn.words, quantity, back))


def _from_link(text: str) -> Action | None:
    """What ``/start book_12`` opens."""
    return ShowBook(int(text)) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None


def _way_back(data: Data, book_id: BookId) -> Action:
    """To the editions if it was chosen among them, else to where it was found."""
    editions = data.get("editions")
    if isinstance(editions, list) and len(editions) > 1 and book_id in editions:
        first = editions[0]
        if isinstance(first, int):
            return ShowEditions(first)
    return way_back_from_book(data, book_id)


def _remember(data: Data, view: BookView) -> None:
    """What is around a book does not change while its stepper is tapped: it is counted once, on the way in."""
    around = view.around
    data["book"] = [view.book.id, around.by_author, around.in_series, around.editions]


def _remembered(data: Data, book_id: BookId) -> Surroundings | None:
    match data.get("book"):
        case [int(known), int(by_author), int(in_series), int(editions)] if known == book_id:
            return Surroundings(by_author, in_series, editions)
        case _:
            return None
