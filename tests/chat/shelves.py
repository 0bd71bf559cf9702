"""The tests' own catalogue: few books, each there for a reason, with stock and prices that do not change."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.book import Form, Supply
from domain.catalogue import CatalogueRow, Contributor
from domain.money import Money
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.migrate import migrate
from storage.search import SearchIndex

NOW = datetime.now(UTC)


def book(
    title: str,
    author: str,
    *,
    price: str = "10.90",
    on_hand: int = 3,
    lead_days: int | None = 4,
    subjects: tuple[str, ...] = ("fiction",),
    **more: object,
) -> CatalogueRow:
    """A paperback in English at €10.90, 3 here, 4 days to order, unless said otherwise; ``price=""`` has none."""
    fields: dict[str, object] = {
        "source": "tests",
        "source_ref": f"{title}|{more.get('form', '')}|{more.get('language', '')}",
        "title": title,
        "contributors": tuple(Contributor(name) for name in author.split("|")),
        "currency": "EUR",
        "price": Money.parse(price, "EUR") if price else None,
        "on_hand": on_hand,
        "supply": Supply.ORDERABLE if lead_days is not None else Supply.UNAVAILABLE,
        "lead_days": lead_days,
        "subjects": subjects,
        "form": Form.PAPERBACK,
        "language": "eng",
        "shelf": "F-12",
        "popularity": 1000,
        "added_at": NOW - timedelta(days=200),
    }
    return CatalogueRow(**{**fields, **more})  # type: ignore[arg-type]  # checked by the row itself


LONG = (
    "The Life and Strange Surprizing Adventures of Robinson Crusoe, of York, Mariner: "
    + "Who lived Eight and Twenty Years all alone " * 6
)

BOOKS = [
    book("The Dispossessed", "Ursula K. Le Guin", subjects=("science-fiction",), year=1974, isbn13="9780060512750",
         blurb="Two worlds, one physicist, and the wall between them.", popularity=90000),
    book("The Dispossessed", "Ursula K. Le Guin", price="24.00", on_hand=0, form=Form.HARDBACK, year=2014,
         subjects=("science-fiction",), popularity=9000),
    book("The Left Hand of Darkness", "Ursula K. Le Guin", subjects=("science-fiction",), year=1969,
         isbn13="9780441478125", added_at=NOW - timedelta(days=2), popularity=80000),
    book("Dune", "Frank Herbert", price="12.50", on_hand=20, subjects=("science-fiction",), series="Dune", series_no="1",
         year=1965, isbn13="9780340839935", popularity=500000),
    book("Dune Messiah", "Frank Herbert", price="11.00", on_hand=1, lead_days=None, subjects=("science-fiction",),
         series="Dune", series_no="2", year=1969, popularity=100000),
    book("Pride and Prejudice", "Jane Austen", price="8.90", on_hand=5, subjects=("classics", "romance"), year=1813,
         staff_pick="The best first sentence in the shop.", popularity=400000),
    book("Emma", "Jane Austen", price="8.50", on_hand=1, lead_days=None, subjects=("classics",), year=1815,
         popularity=200000),
    book("Die Verwandlung", "Franz Kafka", price="6.00", language="deu", subjects=("classics",), year=1915,
         popularity=50000),
    book("Преступление и наказание", "Фёдор Достоевский", price="14.00", language="rus", subjects=("classics",),
         year=1866, popularity=40000),
    book("ألف ليلة وليلة", "مجهول", price="19.00", language="ara", subjects=("classics",), popularity=3000),
    book('<b>&"', "Robert '); DROP TABLE books;--", price="1.00", popularity=10),
    book(LONG, "Daniel Defoe", price="9.90", subjects=("classics",), popularity=70000),
    book("The Silver Chair of Nowhere", "Ada Unpriced", price="", on_hand=0, popularity=20),
    book("Not to Be Had", "Nobody Anymore", on_hand=0, lead_days=None, popularity=30),
    book("The Winter Guest", "Nora Later", on_hand=0, supply=Supply.PREORDER,
         available_from=date(2027, 3, 3), popularity=40),
    *(book(f"The Long Shelf, Volume {number}", "Ivy Many", price="5.00", on_hand=9, subjects=("poetry",),
           series="The Long Shelf", series_no=str(number), popularity=100 - number) for number in range(1, 31)),
]  # fmt: skip


def stock_up(path: Path) -> None:
    """A migrated database file with these books."""
    asyncio.run(_stock_up(f"sqlite+aiosqlite:///{path}"))


async def _stock_up(url: str) -> None:
    await migrate(url)
    database = Database(url)
    try:
        catalogue = SqlCatalogue(database, index=SearchIndex())
        async for _ in catalogue.load(BOOKS, NOW):
            pass
    finally:
        await database.close()
