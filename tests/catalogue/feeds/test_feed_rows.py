"""Records become rows: whole ones, changes of a part, and what goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.book import Form, Supply
from domain.catalogue import CatalogueRow, Contributor, Role
from domain.feed import Availability, FeedContributor, FeedRecord, Notification, ShopFacts, UnknownCode
from domain.feed_rows import row_of
from domain.money import Money

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = FeedRecord(
    reference="r1",
    notification=Notification.REPLACE,
    record=1,
    isbn13="9780061054884",
    title="The Dispossessed",
    contributors=(FeedContributor("Ursula K. Le Guin", (Role.AUTHOR, Role.EDITOR)),),
    language="eng",
    form=Form.PAPERBACK,
    description="Two worlds.",
    price=Money(1090, "EUR"),
    availability=Availability.IN_STOCK,
    popularity=7,
)


def row(record: FeedRecord, before: CatalogueRow | None = None) -> CatalogueRow | None:
    return row_of(record, source="wholesaler", currency="EUR", now=NOW, before=before)


def partial(
    *stated: str,
    price: Money | None = None,
    availability: Availability | None = None,
    available_from: date | None = None,
) -> FeedRecord:
    return FeedRecord(
        "r1",
        Notification.PARTIAL,
        1,
        stated=frozenset(stated),
        price=price,
        availability=availability,
        available_from=available_from,
    )


def test_a_whole_record_is_a_row_with_everybody_in_every_role() -> None:
    assert row(WHOLE) == CatalogueRow(
        source="wholesaler",
        source_ref="r1",
        title="The Dispossessed",
        currency="EUR",
        price=Money(1090, "EUR"),
        contributors=(Contributor("Ursula K. Le Guin"), Contributor("Ursula K. Le Guin", Role.EDITOR)),
        isbn13="9780061054884",
        language="eng",
        form=Form.PAPERBACK,
        blurb="Two worlds.",
        supply=Supply.ORDERABLE,
        popularity=7,
    )


@pytest.mark.parametrize(
    ("said", "supply"),
    [
        (None, Supply.ORDERABLE),
        (Availability.TO_ORDER, Supply.ORDERABLE),
        (Availability.PREORDER, Supply.PREORDER),
        (Availability.UNAVAILABLE, Supply.UNAVAILABLE),
        (Availability.RECALLED, Supply.RECALLED),
    ],
)
def test_what_the_trade_can_supply(said: Availability | None, supply: Supply) -> None:
    found = row(FeedRecord("r1", Notification.REPLACE, 1, title="A", availability=said))
    assert found is not None
    assert (found.supply, found.price) == (supply, None)


def test_the_shops_own_list_owns_what_it_fills() -> None:
    facts = ShopFacts(on_hand=3, lead_days=4, shelf="F-12", added_days_ago=2)
    found = row(FeedRecord("r1", Notification.REPLACE, 1, title="A", price=Money(500, "EUR"), shop=facts))
    assert found is not None
    assert (found.on_hand, found.lead_days, found.shelf, found.added_at) == (
        3,
        4,
        "F-12",
        NOW - timedelta(days=2),
    )
    assert found.own_fields == {"price", "on_hand", "lead_days", "shelf"}


def test_a_whole_record_that_knows_nothing_of_popularity_keeps_it() -> None:
    found = row(FeedRecord("r1", Notification.REPLACE, 1, title="A"), row(WHOLE))
    assert found is not None
    assert (found.title, found.blurb, found.popularity) == ("A", "", 7)


def test_a_partial_record_changes_what_it_speaks_of_and_nothing_else() -> None:
    before = row(WHOLE)
    assert before is not None
    dearer = row(partial("price", "availability", "available_from", price=Money(1290, "EUR")), before)
    assert dearer is not None
    assert (dearer.price, dearer.title, dearer.blurb) == (
        Money(1290, "EUR"),
        "The Dispossessed",
        "Two worlds.",
    )
    emptied = row(partial("description", "cover_url"), before)
    assert emptied is not None
    assert (emptied.blurb, emptied.price) == ("", Money(1090, "EUR"))


def test_codes_without_a_meaning_are_kept_until_the_whole_record_comes_without_them() -> None:
    odd = replace(WHOLE, unknown_codes=(UnknownCode("thema", "ZZZ9"),))
    before = row(odd)
    assert before is not None
    assert before.unknown_codes == ("thema:ZZZ9",)
    dearer = replace(partial("price"), unknown_codes=(UnknownCode("onix-65", "Q7"),))
    changed = row(dearer, before)
    assert changed is not None
    assert changed.unknown_codes == ("thema:ZZZ9", "onix-65:Q7")
    whole = row(WHOLE, changed)
    assert whole is not None
    assert whole.unknown_codes == ()
    assert whole.fingerprint != before.fingerprint


def test_a_partial_availability_brings_its_date() -> None:
    change = partial(
        "availability", "available_from", "price",
        availability=Availability.PREORDER, available_from=date(2027, 1, 1),
    )  # fmt: skip
    found = row(change, row(WHOLE))
    assert found is not None
    assert (found.supply, found.available_from, found.price) == (Supply.PREORDER, date(2027, 1, 1), None)


def test_a_delete_takes_out_what_is_there_and_nothing_else() -> None:
    gone = FeedRecord("r1", Notification.DELETE, 1)
    assert row(gone) is None
    assert row(partial("price")) is None
    found = row(gone, row(WHOLE))
    assert found is not None
    assert (found.withdrawn, found.title) == (True, "The Dispossessed")
