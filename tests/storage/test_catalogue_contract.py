"""Filling the catalogue."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from domain.book import Book, Form, Stock, Supply
from domain.catalogue import CatalogueRow, Contributor, Loaded, Refused, Role
from domain.ids import BookId
from domain.stock import StockChange, StockReason
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, eur, loaded, row


async def book(store: Store, title: str) -> Book:
    async with store.uow.reading() as look:
        return next(one for one in await look.books.newest(100) if one.title == title)


async def stock(store: Store, number: BookId) -> Stock:
    """Both numbers, which the ledger agrees with."""
    async with store.uow.reading() as look:
        found = await look.books.get(number)
        assert found is not None
        assert found.stock == await look.stock.sums(number)
    return found.stock


async def test_new_rows_are_added_and_the_same_rows_again_change_nothing(store: Store) -> None:
    rows = [row("one"), row("two"), row("three", on_hand=None)]
    assert await loaded(store, rows) == Loaded(added=3)
    assert await loaded(store, rows, LATER) == Loaded(unchanged=3)
    assert await store.catalogue.count() == 3


async def test_since_when_the_shop_has_had_a_book_makes_no_row_a_new_one(store: Store) -> None:
    await loaded(store, [row("one", added_at=NOW)])
    assert await loaded(store, [row("one", added_at=LATER)]) == Loaded(unchanged=1)


async def test_a_changed_row_changes_its_book_and_keeps_its_id(store: Store) -> None:
    await loaded(store, [row("one", subjects=("classics",))])
    before = await book(store, "One")
    changed = row(
        "one",
        title="Eins",
        price=eur(5),
        contributors=(Contributor("Somebody"),),
        subjects=("art",),
        language="deu",
    )
    assert await loaded(store, [changed], LATER) == Loaded(changed=1)
    after = await book(store, "Eins")
    assert after == dataclasses.replace(
        before,
        title="Eins",
        price=eur(5),
        authors=("Somebody",),
        subjects=("art",),
        language="deu",
        work="eins|somebody",
    )
    assert await loaded(store, [changed], LATER) == Loaded(unchanged=1)


async def test_the_same_isbn_is_the_same_book_whoever_says_so(store: Store) -> None:
    await loaded(store, [row("one", isbn13="9780441013593")])
    before = await book(store, "One")
    again = row("a-1", source="other", title="One!", isbn13="9780441013593")
    assert await loaded(store, [again]) == Loaded(changed=1)
    assert (await book(store, "One!")).id == before.id


async def test_a_row_whose_isbn_is_another_books_is_refused(store: Store) -> None:
    await loaded(store, [row("one", isbn13="9780441013593"), row("two")])
    confused = row("two", isbn13="9780441013593", title="Mixed up")
    assert await loaded(store, [confused]) == Loaded(refused=(Refused("two", "isbn-of-another"),))
    assert (await book(store, "Two")).isbn13 is None


async def test_the_second_row_of_one_book_sees_the_first(store: Store) -> None:
    done = await loaded(store, [row("one"), row("one", title="One, second thought"), row("one")])
    assert done == Loaded(added=1, changed=2)
    assert (await book(store, "One")).stock == Stock(3, 0)


async def test_copies_are_counted_into_the_ledger(store: Store) -> None:
    await loaded(store, [row("one", on_hand=5)])
    number = (await book(store, "One")).id
    assert await stock(store, number) == Stock(5, 0)
    await loaded(store, [row("one", on_hand=2)], LATER)
    assert await stock(store, number) == Stock(2, 0)


async def test_a_source_that_says_the_same_number_again_does_not_bring_sold_copies_back(store: Store) -> None:
    await loaded(store, [row("one", on_hand=5)])
    number = (await book(store, "One")).id
    async with store.uow.writing() as work:
        await work.stock.apply([StockChange(number, -2, 0, StockReason.HANDED_OVER, NOW)])
        await work.commit()
    await loaded(store, [row("one", on_hand=5, price=eur(1))], LATER)
    assert await stock(store, number) == Stock(3, 0)


async def test_a_count_never_breaks_a_promise(store: Store) -> None:
    await loaded(store, [row("one", on_hand=5)])
    number = (await book(store, "One")).id
    async with store.uow.writing() as work:
        await work.stock.apply([StockChange(number, 0, 3, StockReason.HELD, NOW)])
        await work.commit()
    await loaded(store, [row("one", on_hand=1)], LATER)
    assert await stock(store, number) == Stock(3, 3)


async def test_a_source_that_counts_nothing_leaves_the_stock(store: Store) -> None:
    await loaded(store, [row("one", on_hand=5)])
    await loaded(store, [row("one", on_hand=None, price=eur(1))], LATER)
    assert await stock(store, (await book(store, "One")).id) == Stock(5, 0)


async def test_what_the_shop_owns_survives_a_feed(store: Store) -> None:
    own = row(
        "one",
        source="shop",
        isbn13="9780441013593",
        price=eur(999),
        blurb="Ours.",
        on_hand=2,
        own_fields=frozenset({"price", "blurb", "on_hand"}),
    )
    await loaded(store, [own])
    feed = row(
        "f-1", isbn13="9780441013593", title="One: A Novel", price=eur(1999), blurb="Theirs.", on_hand=50
    )
    assert await loaded(store, [feed], LATER) == Loaded(changed=1)
    kept = await book(store, "One: A Novel")
    assert (kept.price, kept.blurb, kept.stock) == (eur(999), "Ours.", Stock(2, 0))
    assert await loaded(store, [feed], LATER) == Loaded(unchanged=1)
    assert await loaded(store, [dataclasses.replace(own, price=eur(899))], LATER) == Loaded(changed=1)
    assert (await book(store, "One")).price == eur(899)


async def test_what_a_source_no_longer_has_is_withdrawn_and_comes_back_with_it(store: Store) -> None:
    rows = [row("one"), row("two"), row("three", source="other")]
    await loaded(store, rows)
    assert await store.catalogue.withdraw_others("feed", {"one"}, LATER) == 1
    assert await store.catalogue.withdraw_others("feed", {"one"}, LATER) == 0
    assert await store.catalogue.count() == 2
    assert await loaded(store, rows, LATER) == Loaded(changed=1, unchanged=2)
    assert await store.catalogue.count() == 3


async def test_a_row_can_say_that_its_book_is_withdrawn(store: Store) -> None:
    await loaded(store, [row("one"), row("two", withdrawn=True)])
    assert await store.catalogue.count() == 1
    await loaded(store, [row("one", withdrawn=True), row("two")])
    assert (await book(store, "Two")).title == "Two"
    assert await store.catalogue.count() == 1


async def test_what_goes_in_comes_out(store: Store) -> None:
    rows = [
        row("one", added_at=SOON, isbn13="9780441013593", other_titles=("Uno", "Eins")),
        CatalogueRow(
            source="shop",
            source_ref="zwei",
            title='Zwei <b>&"',
            currency="EUR",
            contributors=(Contributor("Ä"), Contributor("Ö", Role.EDITOR)),
            series="Zahlen",
            series_no="2",
            year=1999,
            language="deu",
            form=Form.EBOOK,
            pages=1,
            publisher="Verlag",
            blurb="…",
            staff_pick="!",
            shelf="A-1",
            cover_url="https://x.example/",
            work="numbers|two",
            supply=Supply.PREORDER,
            lead_days=1,
            available_from=date(2027, 1, 1),
            on_hand=0,
            popularity=2**40,
            added_at=NOW - timedelta(days=3),
            withdrawn=True,
            own_fields=frozenset({"price", "shelf"}),
            unknown_codes=("onix-17:Q99", "thema:ZZZ9"),
        ),
    ]
    await loaded(store, rows)
    assert [one async for one in store.catalogue.rows()] == rows


async def test_a_books_copies_come_out_as_they_are_now(store: Store) -> None:
    await loaded(store, [row("one", on_hand=5)])
    async with store.uow.writing() as work:
        number = (await work.books.newest(1))[0].id
        await work.stock.apply([StockChange(number, -1, 0, StockReason.HANDED_OVER, NOW)])
        await work.commit()
    assert [one.on_hand async for one in store.catalogue.rows()] == [4]
