"""The cart: what is in it, as it stands now, and how it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.book import Book, Supply
from domain.cart import MAX_OF_ONE_BOOK, MAX_TITLES, Cart, CartLine, CartOwner
from domain.errors import BookNotFound, CartChanged, CartFull, NotForSale, OutOfStock
from domain.ids import BookId
from domain.money import Money, total
from domain.ports.unit_of_work import Look, Work
from domain.shop import Shop
from domain.views import CartLineView, CartView


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a line, and of the cart. ``here`` of its ``quantity`` copies stand in the shop; ``applied`` False: it was
    so already. ``position`` is where the line stands in the cart, or stood, from 0."""

    book: Book
    quantity: int
    here: int
    applied: bool
    view: CartView
    position: int


class ShoppingCart:
    def __init__(self, *, shop: Shop) -> None:
        self._shop = shop

    async def view(self, look: Look, owner: CartOwner) -> CartView:
        """As it stands now, with what changed since the customer last saw it."""
        cart = await look.carts.of(owner)
        return await self.view_of(look, cart.lines if cart is not None else ())

    async def view_of(self, look: Look, lines: Sequence[CartLine]) -> CartView:
        books = await look.books.many([line.book_id for line in lines]) if lines else {}
        return self._view(lines, books)

    def _view(self, lines: Sequence[CartLine], books: Mapping[BookId, Book]) -> CartView:
        views = tuple(_line_view(books[line.book_id], line) for line in lines if line.book_id in books)
        amounts = [view.total for view in views if view.total is not None and not view.problem]
        return CartView(views, total(amounts, self._shop.currency))

    async def saw(self, work: Work, owner: CartOwner, lines: Sequence[CartLineView]) -> None:
        """The customer is being shown these lines as they are: what changed is not told again."""
        if not any(line.was is not None or line.was_here is not None for line in lines):
            return
        shown = {line.book.id: line.book for line in lines}
        cart = await work.carts.locked(owner)
        for line in cart.lines:
            book = shown.get(line.book_id)
            if book is not None:
                await work.carts.put(cart.id, _seen(line.book_id, line.quantity, book))

    async def set_quantity(
        self,
        work: Work,
        owner: CartOwner,
        book_id: BookId,
        *,
        seen: int,
        to: int,
        order_more: bool = True,
    ) -> Change:
        """Make it ``to`` copies, where the customer saw ``seen``. The same again changes nothing.

        Raises CartChanged when the cart holds neither; OutOfStock when fewer can be promised, or, without ``order_more``,
        when a copy that is not in the shop would have to be ordered for the first time; NotForSale; CartFull.
        """
        if to < 0 or seen < 0:
            raise CartChanged
        cart = await work.carts.locked(owner)
        present, ids = cart.quantity(book_id), [line.book_id for line in cart.lines]
        books = await work.books.many(ids if present else [*ids, book_id])
        book = books.get(book_id)
        if book is None:
            raise BookNotFound(book_id)
        position = ids.index(book_id) if present else len(ids)
        if present == to:
            view = self._view(cart.lines, books)
            return Change(book, to, book.here_of(to), applied=False, view=view, position=position)
        if present != seen:
            raise CartChanged
        changed = () if to == 0 else (_seen(book_id, to, book),)
        for line in changed:
            if to > present:
                self._check_growth(cart, book, present, to, order_more=order_more)
            await work.carts.put(cart.id, line)
        if to == 0:
            await work.carts.remove(cart.id, book_id)
        lines = (*cart.lines[:position], *changed, *cart.lines[position + 1 :])
        view = self._view(lines, books)
        return Change(book, to, book.here_of(to), applied=True, view=view, position=position)

    def _check_growth(self, cart: Cart, book: Book, present: int, to: int, *, order_more: bool) -> None:
        if book.price is None or book.withdrawn or book.supply is Supply.RECALLED:
            raise NotForSale(book.id, book.title)
        if to > MAX_OF_ONE_BOOK:
            raise CartFull(copies=MAX_OF_ONE_BOOK)
        if not present and len(cart.lines) >= MAX_TITLES:
            raise CartFull(titles=MAX_TITLES)
        free = max(0, book.stock.free)
        if not book.can_sell(to):
            if free == 0 and present == 0:
                raise NotForSale(book.id, book.title)
            raise OutOfStock(book.id, book.title, free)
        if not order_more and 0 < present <= free < to:
            raise OutOfStock(book.id, book.title, free)

    async def empty(self, work: Work, owner: CartOwner, *, seen: int) -> tuple[CartLine, ...]:
        """Take everything out; returns what was in it, for `put_back`. Raises CartChanged unless it held ``seen`` copies."""
        cart = await work.carts.locked(owner)
        if not cart.lines:
            return ()
        if cart.copies != seen:
            raise CartChanged
        await work.carts.replace(cart.id, ())
        return cart.lines

    async def put_back(self, work: Work, owner: CartOwner, lines: Sequence[CartLine]) -> int:
        """Put lines back that `empty` took out, unless their book is in the cart again. Returns how many copies did not fit.

        The prices and availability last seen come back with them, so that what changed meanwhile is told.
        """
        cart = await work.carts.locked(owner)
        present = {line.book_id for line in cart.lines}
        left_out = 0
        for line in lines:
            if line.book_id in present:
                continue
            if len(present) >= MAX_TITLES:
                left_out += line.quantity
                continue
            present.add(line.book_id)
            await work.carts.put(cart.id, line)
        return left_out

    async def add_again(
        self, work: Work, owner: CartOwner, wanted: Sequence[tuple[BookId, int]]
    ) -> tuple[int, tuple[str, ...]]:
        """Put copies of an earlier order into the cart, as far as they can be had. A book that is in it already keeps the
        larger number. Returns how many copies were added and the titles of which fewer, or none, could be."""
        cart = await work.carts.locked(owner)
        books = await work.books.many([book_id for book_id, _ in wanted])
        titles = len(cart.lines)
        added, short = 0, []
        for book_id, quantity in wanted:
            present, book = cart.quantity(book_id), books.get(book_id)
            if book is None:
                continue
            to = min(max(quantity, present), MAX_OF_ONE_BOOK)
            if not book.can_sell(to):
                to = max(present, book.here_of(to) if book.price is not None else 0)
            if not present and titles >= MAX_TITLES:
                to = 0
            if to < quantity:
                short.append(book.title)
            if to > present:
                titles += not present
                added += to - present
                await work.carts.put(cart.id, _seen(book_id, to, book))
        return added, tuple(short)


def _seen(book_id: BookId, quantity: int, book: Book) -> CartLine:
    return CartLine(book_id, quantity, book.price, book.stock.free if book.stock.free > 0 else 0)


def _line_view(book: Book, line: CartLine) -> CartLineView:
    here = book.here_of(line.quantity)
    seen_here = min(line.quantity, line.seen_here)
    was: Money | None = line.seen_price if line.seen_price != book.price else None
    return CartLineView(
        book=book,
        quantity=line.quantity,
        here=here,
        was=was,
        was_here=seen_here if here < seen_here else None,
        problem=not book.can_sell(line.quantity),
    )
