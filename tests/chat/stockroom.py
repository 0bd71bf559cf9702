"""What the shop's own people change in the catalogue while customers are in the middle of something."""

from __future__ import annotations

import sqlalchemy as sa

from domain.book import Stock
from domain.ids import BookId
from domain.money import Money
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.search import SearchIndex
from storage.tables import books, stock_ledger
from tests.chat.shop import Shop


async def reprice(shop: Shop, title: str, price: str) -> None:
    await _change(shop, title, price=Money.parse(price, "EUR").minor)


async def restock(shop: Shop, title: str, *, on_hand: int, orderable: bool) -> None:
    supply = {"supply": "orderable", "lead_days": 4} if orderable else {"supply": "unavailable"}
    await _change(shop, title, on_hand=on_hand, **supply)


async def withdraw(shop: Shop, *titles: str) -> None:
    """The books are no longer in the shop's range."""
    ids = [await _id(shop.app.database, title) for title in titles]
    catalogue = SqlCatalogue(shop.app.database, index=SearchIndex())
    assert await catalogue.withdraw(ids, shop.clock.now()) == len(titles)


async def stock_of(shop: Shop, title: str) -> tuple[Stock, Stock]:
    """A book's two numbers, and the same recomputed from the ledger."""
    async with shop.app.unit_of_work.reading() as look:
        book_id = await _id(shop.app.database, title)
        found = await look.books.get(book_id)
        assert found is not None
        return found.stock, await look.stock.sums(book_id)


async def _id(database: Database, title: str) -> BookId:
    async with database.reading() as connection:
        rows = await connection.execute(sa.select(books.c.id).where(books.c.title == title))
        return BookId(rows.scalars().first() or 0)


async def _change(shop: Shop, title: str, **values: object) -> None:
    async with shop.app.database.writing() as connection:
        before = (
            await connection.execute(sa.select(books.c.id, books.c.on_hand).where(books.c.title == title))
        ).first()
        assert before is not None, title
        await connection.execute(sa.update(books).where(books.c.id == before.id).values(**values))
        more = int(str(values.get("on_hand", before.on_hand))) - before.on_hand
        if more:
            row = {
                "book_id": before.id,
                "on_hand": more,
                "held": 0,
                "reason": "counted",
                "at": shop.clock.now(),
            }
            await connection.execute(sa.insert(stock_ledger).values(row))
        await connection.commit()
