"""A feed's import into both databases: twice the same, stopped and begun anew, and nothing of the shop's own lost."""

from __future__ import annotations

import contextlib
import dataclasses
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from domain.catalogue import CatalogueRow, Role
from domain.feed import FeedContributor, FeedRecord, Notification, ShopFacts
from domain.feed_job import Tally
from domain.ids import BookId
from domain.money import Money
from domain.ports.book_search import SearchQuery
from domain.services.feeding import Feeding
from domain.services.stockroom import Stockroom
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.intake import SPELLED_EVERY, SqlIntake
from storage.rehearsal import rehearsal
from storage.search import SearchIndex, SqlBookSearch
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.samples import NOW

Kept = dict[str, list[tuple[Any, ...]]]


def record(name: str, **more: Any) -> FeedRecord:
    """A feed's record of a book that nobody has heard of."""
    values: dict[str, Any] = {
        "title": f"The Book of {name}",
        "contributors": (FeedContributor(f"Ada {name}", (Role.AUTHOR,)),),
        "language": "eng",
        "subjects": ("fiction",),
        "price": Money(1250, "EUR"),
    }
    number = more.pop("record", 1)
    return FeedRecord(f"ref.{name}", Notification.REPLACE, number, number, **{**values, **more})


RECORDS = [
    record("Marigolds", isbn13="9780340839935"),
    record("Quagmires", price=Money(990, "EUR")),
    record("Zeppelins", series="Airships", series_no="2"),
]


@dataclasses.dataclass
class Shop:
    database: Database

    async def take(self, records: Sequence[FeedRecord], *, keep: bool = True, source: str = "onix") -> Tally:
        """One file's whole import."""
        real = SqlIntake(self.database, index=SearchIndex())
        async with contextlib.nullcontext(real) if keep else rehearsal(self.database) as intake:
            feeding = Feeding(intake, currency="EUR", now=NOW)
            await feeding.take(source, records)
            await feeding.finish()
        return feeding.tally

    async def rows(self) -> dict[str, CatalogueRow]:
        return {row.source_ref: row async for row in SqlCatalogue(self.database).rows()}

    async def titles(self, text: str) -> list[str]:
        found = await SqlBookSearch(self.database).search(SearchQuery(text))
        async with SqlUnitOfWork(self.database).reading() as look:
            books = await look.books.many([hit.book_id for hit in found.hits])
        return sorted(book.title for book in books.values())

    async def index(self) -> Kept:
        """All that the search knows, words by themselves and not by their numbers."""
        asked = {
            "entries": "SELECT id, book_id, work, terms, titles FROM search_entries ORDER BY id",
            "titles": "SELECT key, entry FROM search_titles ORDER BY key, entry",
            "names": "SELECT key FROM search_names ORDER BY key",
            "words": "SELECT word, entries FROM search_words WHERE entries > 0 ORDER BY word",
            "misspellings": "SELECT key, search_words.word FROM search_deletes JOIN search_words"
            " ON search_words.id = search_deletes.word ORDER BY key, search_words.word",
        }
        async with self.database.reading() as connection:
            return {
                name: [tuple(row) for row in await connection.execute(sa.text(statement))]
                for name, statement in asked.items()
            }


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


async def test_importing_twice_changes_nothing(shop: Shop) -> None:
    assert await shop.take(RECORDS) == Tally(added=3)
    first, index = await shop.rows(), await shop.index()
    assert await shop.take(RECORDS) == Tally(unchanged=3)
    assert (await shop.rows(), await shop.index()) == (first, index)


async def test_a_rehearsal_says_the_same_and_writes_nothing(shop: Shop) -> None:
    await shop.take(RECORDS[:1])
    changed = [dataclasses.replace(RECORDS[0], price=Money(1300, "EUR")), *RECORDS[1:]]
    before, index = await shop.rows(), await shop.index()
    assert await shop.take(changed, keep=False) == Tally(added=2, changed=1)
    assert (await shop.rows(), await shop.index()) == (before, index)
    assert await shop.take(changed) == Tally(added=2, changed=1)


async def test_a_rehearsal_says_the_same_of_records_that_follow_from_each_other(shop: Shop) -> None:
    """Of the same books again and again, by changing names and from other sources: told before as it is told then."""
    await shop.take([*RECORDS, record("Owls", isbn13="9780547928227")])
    chance = random.Random(7)
    isbns = [None, "9780340839935", "9780547928227", "9780441172719"]
    for number in range(12):
        records = [
            dataclasses.replace(
                record(chance.choice(["Marigolds", "Owls", "Otters", "Quagmires"]), record=at),
                title=chance.choice(["Old", "New"]),
                isbn13=chance.choice(isbns),
                notification=chance.choices(list(Notification), (6, 2, 1))[0],
                stated=frozenset({"title"}),
                shop=chance.choice([None, None, ShopFacts(on_hand=chance.randrange(3))]),
            )
            for at in range(1, 30)
        ]
        source = chance.choice(["onix", "csv"])
        before = await shop.rows()
        rehearsed = await shop.take(records, keep=False, source=source)
        assert await shop.rows() == before
        assert await shop.take(records, source=source) == rehearsed, number


async def test_new_and_changed_books_are_found_at_once_and_by_their_misspellings(shop: Shop) -> None:
    await shop.take(RECORDS)
    assert await shop.titles("book of marigolds") == ["The Book of Marigolds"]
    assert await shop.titles("zepelins") == ["The Book of Zeppelins"]
    await shop.take([dataclasses.replace(RECORDS[2], title="The Book of Dirigibles")])
    assert await shop.titles("dirigibels") == ["The Book of Dirigibles"]


async def test_stopped_in_the_middle_and_begun_anew_it_ends_the_same(shop: Shop) -> None:
    """Stopped where it is worst: books are in, and what leads to their misspellings is not."""
    feeding = Feeding(SqlIntake(shop.database, index=SearchIndex()), currency="EUR", now=NOW)
    await feeding.take("onix", RECORDS[:2])
    assert await shop.titles("quagmires") == ["The Book of Quagmires"]
    assert await shop.take(RECORDS) == Tally(added=1, unchanged=2)
    assert await shop.titles("quagmirse") == ["The Book of Quagmires"]
    assert (await shop.rows()).keys() == {one.reference for one in RECORDS}


async def test_misspellings_are_entered_now_and_then_on_the_way(shop: Shop) -> None:
    intake = SqlIntake(shop.database, index=SearchIndex())
    feeding = Feeding(intake, currency="EUR", now=NOW)
    for number in range(SPELLED_EVERY):
        await feeding.take("onix", [record(f"Word{'abcdefghijklmnopqrstuvwxyz'[number]}zeb")])
    assert await shop.titles("wordczebb") == ["The Book of Wordczeb"]


async def test_what_the_index_is_given_is_what_it_would_read(shop: Shop) -> None:
    """The import tells the index of what it wrote; reading the catalogue anew must not find it otherwise."""
    odd = record(
        "Ampersands & <b>",
        subtitle="A Life|of Bars",
        other_titles=("Et|Cetera", "Çà et là"),
        contributors=(
            FeedContributor("Ursula K. Le Guin", (Role.AUTHOR, Role.EDITOR)),
            FeedContributor("Bar|Person", (Role.TRANSLATOR,)),
        ),
        popularity=90_000,
    )
    await shop.take([*RECORDS, odd])
    await shop.take([dataclasses.replace(odd, title="The Book of Semicolons")])
    index = await shop.index()
    await SqlCatalogue(shop.database, index=SearchIndex()).reindex()
    assert await shop.index() == index


async def test_a_notice_alone_withdraws_a_book(shop: Shop) -> None:
    await shop.take(RECORDS)
    assert await shop.take(RECORDS[:1]) == Tally(unchanged=1)
    assert len([row for row in (await shop.rows()).values() if row.withdrawn]) == 0
    gone = FeedRecord("ref.Quagmires", Notification.DELETE, 1, 1)
    assert await shop.take([gone]) == Tally(withdrawn=1)
    assert await shop.take([gone]) == Tally(unchanged=1)
    assert await shop.titles("quagmires") == []
    assert (await shop.rows())["ref.Quagmires"].withdrawn
    assert await shop.take(RECORDS) == Tally(changed=1, unchanged=2)
    assert await shop.titles("quagmires") == ["The Book of Quagmires"]


async def test_a_partial_record_changes_its_part_and_no_more(shop: Shop) -> None:
    await shop.take(RECORDS)
    part = FeedRecord(
        "ref.Marigolds", Notification.PARTIAL, 1, 1, price=Money(500, "EUR"), stated=frozenset({"price"})
    )
    assert await shop.take([part]) == Tally(changed=1)
    row = (await shop.rows())["ref.Marigolds"]
    assert (row.price, row.title) == (Money(500, "EUR"), "The Book of Marigolds")
    unknown = dataclasses.replace(part, reference="ref.Nobody")
    assert await shop.take([unknown]) == Tally(refused=1)


async def test_two_records_that_mean_one_book_by_two_names_come_one_after_the_other(shop: Shop) -> None:
    await shop.take(RECORDS[:1])
    unnumbered = dataclasses.replace(RECORDS[0], isbn13=None)
    other = record("Nightjars", isbn13="9780340839935")
    assert await shop.take([unnumbered, other]) == Tally(added=1, changed=1)
    assert await shop.take([unnumbered, other]) == Tally(unchanged=2)


async def test_a_record_with_the_isbn_of_another_book_is_the_only_one_that_is_refused(shop: Shop) -> None:
    await shop.take([*RECORDS, record("Owls", isbn13="9780547928227")])
    named_alike = dataclasses.replace(RECORDS[1], reference=RECORDS[0].reference, isbn13="9780441172719")
    assert await shop.take([named_alike], source="marc") == Tally(added=1)
    confused = dataclasses.replace(RECORDS[0], isbn13="9780547928227")
    notice = FeedRecord("ref.none", Notification.DELETE, 2, 2, isbn13="9780441172719")
    assert await shop.take([confused, notice]) == Tally(withdrawn=1, refused=1)


async def test_prices_and_copies_that_the_shop_set_stay(shop: Shop) -> None:
    await shop.take(RECORDS)
    async with SqlUnitOfWork(shop.database).writing() as work:
        book = await work.books.by_isbn("9780340839935")
        assert book is not None
        await Stockroom().count(work, book.id, 7, NOW)
        await Stockroom().price(work, book.id, Money(1395, "EUR"))
        await work.commit()
    feed = [dataclasses.replace(RECORDS[0], price=Money(100, "EUR"), title="The Book of Tagetes")]
    assert await shop.take(feed) == Tally(changed=1)
    row = (await shop.rows())["ref.Marigolds"]
    assert (row.title, row.price, row.on_hand) == ("The Book of Tagetes", Money(1395, "EUR"), 7)
    async with SqlUnitOfWork(shop.database).reading() as look:
        found = await look.books.by_isbn("9780340839935")
        assert found is not None
        assert found.stock == await look.stock.sums(BookId(found.id))


async def test_a_list_of_the_shops_own_counts_copies_into_the_ledger(shop: Shop) -> None:
    await shop.take(RECORDS)
    mine = dataclasses.replace(
        record("Marigolds", isbn13="9780340839935"), shop=ShopFacts(on_hand=4, shelf="F-1"), rating=Decimal(4)
    )
    assert await shop.take([mine], source="csv") == Tally(changed=1)
    async with SqlUnitOfWork(shop.database).reading() as look:
        found = await look.books.by_isbn("9780340839935")
        assert found is not None
        assert (found.stock.on_hand, found.shelf) == (4, "F-1")
        assert found.stock == await look.stock.sums(found.id)


async def test_a_record_the_database_does_not_take_stops_no_other(shop: Shop) -> None:
    endless = record("Endless", pages=2**70)
    broken = record("Broken", title="The Book of \ud800")
    records = [RECORDS[0], endless, broken, RECORDS[1]]
    assert await shop.take(records, keep=False) == Tally(added=2, refused=2)
    assert await shop.take(records) == Tally(added=2, refused=2)
