"""The cart. Every button says what the person saw and what shall be, so a second tap changes nothing."""

from __future__ import annotations

from bot import listings
from bot.actions import (
    Action,
    AddToCart,
    EmptyCart,
    OrderMore,
    SetQuantity,
    ShowBook,
    ShowCart,
    ShowHome,
    ShowPage,
    UndoEmpty,
)
from bot.conversation import Route, Routes, Turn
from bot.screen import Result
from bot.screens import cart as screens
from bot.texts import Words
from domain.book import Supply
from domain.cart import CartLine
from domain.errors import CartChanged, CartFull, NotForSale, OutOfStock, ShopError
from domain.ids import BookId
from domain.money import Money
from domain.ports.dialogues import Json
from domain.services.carts import Change, ShoppingCart
from domain.views import CartView

_EMPTIED = "emptied"
_ASKED = "order-more"


class CartConversation:
    def __init__(self, *, cart: ShoppingCart) -> None:
        self._cart = cart

    def routes(self) -> Routes:
        return Routes(
            actions={
                ShowCart: Route(self.show),
                AddToCart: Route(self.add, recover=self.not_added),
                SetQuantity: Route(self.set_quantity, recover=self.not_set),
                OrderMore: Route(self.order_more, recover=self.not_set),
                EmptyCart: Route(self.empty, recover=self.not_set),
                UndoEmpty: Route(self.undo),
            },
            commands={"cart": ShowCart()},
        )

    async def show(self, turn: Turn, action: ShowCart) -> Result:
        return await self._drawn(turn, await self._cart.view(turn.work, await turn.owner()), action.page)

    async def _drawn(self, turn: Turn, view: CartView, page: int) -> Result:
        data = turn.dialogue.data
        if not view.lines:
            return Result(screens.empty(turn.words, undo=bool(data.get(_EMPTIED))))
        data.pop(_EMPTIED, None)
        page = screens.page_of(view, page)
        await self._cart.saw(turn.work, await turn.owner(), screens.on_page(view, page))
        asked = _asked(data.pop(_ASKED, None))
        return Result(screens.cart(view, turn.words, page, _onward(turn), asked))

    # --- from a book's page -------------------------------------------------------------------------------------------

    async def add(self, turn: Turn, action: AddToCart) -> Result:
        owner = await turn.owner()
        change = await self._cart.set_quantity(
            turn.work, owner, BookId(action.book_id), seen=action.seen, to=action.to
        )
        turn.dialogue.data.pop(_EMPTIED, None)
        return Result(go=ShowBook(action.book_id), toast=_added(change, turn.words))

    async def not_added(self, turn: Turn, action: AddToCart, error: ShopError) -> Result | None:
        toast = _why_not(turn, error)
        return None if toast is None else Result(go=ShowBook(action.book_id), toast=toast)

    # --- in the cart --------------------------------------------------------------------------------------------------

    async def set_quantity(self, turn: Turn, action: SetQuantity) -> Result:
        return await self._set(turn, action, order_more=False)

    async def order_more(self, turn: Turn, action: OrderMore) -> Result:
        """Copies that are not here are to be ordered: the customer said so."""
        return await self._set(turn, action, order_more=True)

    async def _set(self, turn: Turn, action: SetQuantity | OrderMore, *, order_more: bool) -> Result:
        change = await self._cart.set_quantity(
            turn.work,
            await turn.owner(),
            BookId(action.book_id),
            seen=action.seen,
            to=action.to,
            order_more=order_more,
        )
        return await self._drawn(turn, change.view, change.position // screens.PAGE)

    async def not_set(
        self, turn: Turn, action: SetQuantity | OrderMore | EmptyCart, error: ShopError
    ) -> Result | None:
        toast = _why_not(turn, error)
        if toast is None:
            return None
        if isinstance(action, EmptyCart):
            return Result(go=ShowCart(), toast=toast)
        if isinstance(error, OutOfStock) and isinstance(action, SetQuantity):
            book = await turn.work.books.get(error.book_id)
            if book is not None and book.supply in (Supply.ORDERABLE, Supply.PREORDER):
                turn.dialogue.data[_ASKED] = [action.book_id, action.to]
                toast = turn.words.plain("toast-order-more", left=error.left, count=action.to - error.left)
        return Result(go=ShowCart(await self._page(turn, BookId(action.book_id))), toast=toast)

    async def _page(self, turn: Turn, book_id: BookId) -> int:
        """The page that the book's line stands on."""
        cart = await turn.work.carts.of(await turn.owner())
        books = [line.book_id for line in cart.lines] if cart is not None else []
        return books.index(book_id) // screens.PAGE if book_id in books else 0

    # --- emptying -----------------------------------------------------------------------------------------------------

    async def empty(self, turn: Turn, action: EmptyCart) -> Result:
        taken = await self._cart.empty(turn.work, await turn.owner(), seen=action.seen)
        if taken:
            turn.dialogue.data[_EMPTIED] = [_dump(line) for line in taken]
        return Result(go=ShowCart())

    async def undo(self, turn: Turn, action: UndoEmpty) -> Result:
        stored = turn.dialogue.data.pop(_EMPTIED, None)
        lines = [_load(item) for item in stored] if isinstance(stored, list) else []
        left_out = await self._cart.put_back(
            turn.work, await turn.owner(), [line for line in lines if line is not None]
        )
        toast = turn.words.plain("toast-not-all-back", count=left_out) if left_out else ""
        return Result(go=ShowCart(), toast=toast)


def _added(change: Change, words: Words) -> str:
    view = change.view
    if change.quantity == 0:
        return words.plain("toast-removed", count=view.copies)
    toast = words.plain("toast-in-cart", count=view.copies, total=view.total)
    if 0 < change.here < change.quantity:
        rest = words.plain("toast-rest-to-order", here=change.here, count=change.quantity - change.here)
        return f"{toast} {rest}"
    return toast


def _why_not(turn: Turn, error: ShopError) -> str | None:
    """What to say of a change that was not made; None: in the general words."""
    words = turn.words
    match error:
        case CartChanged():
            return words.plain("error-cart-changed")
        case OutOfStock(_, _, left):
            return words.plain("toast-only-here", left=left)
        case NotForSale():
            return words.plain("toast-not-for-sale")
        case CartFull(titles=None, copies=copies):
            return words.plain("toast-most-of-one", copies=copies or 0)
        case CartFull(titles=titles):
            return words.plain("toast-most-titles", titles=titles or 0)
    return None


def _onward(turn: Turn) -> Action:
    """Back to the shelf or the search that the books came from."""
    listing = listings.present(turn.dialogue.data)
    return ShowHome() if listing is None else ShowPage(listing.serial, listing.page)


def _asked(stored: Json) -> tuple[int, int] | None:
    match stored:
        case [int(book_id), int(to)]:
            return book_id, to
    return None


def _dump(line: CartLine) -> list[Json]:
    price = line.seen_price
    return [
        line.book_id,
        line.quantity,
        price.minor if price is not None else None,
        price.currency if price is not None else "",
        line.seen_here,
    ]


def _load(stored: Json) -> CartLine | None:
    match stored:
        case [int(book_id), int(quantity), price, str(currency), int(here)] if quantity > 0:
            seen = Money(price, currency) if isinstance(price, int) else None
            return CartLine(BookId(book_id), quantity, seen, here)
    return None
