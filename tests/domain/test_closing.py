"""A day's close is recomputed from the journal and held against the gateways."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.close_table import close_csv
from bot.texts import Texts
from domain.cancelling import CancelTerms
from domain.closing import Booked, Compared, DayClose, Difference, Doubt, Finding, Hold, Owed, Taxed
from domain.order import Tender
from domain.payment import Entry, EntryKind
from domain.ports.gateway import Capabilities, Pending, Succeeded, Unknown
from domain.services.closing import DailyClose
from domain.tax import TaxRate
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import SHOP, TOM, Trade, eur

ASKABLE = Capabilities(refunds=True, look_up=True, expire=True)


@pytest.fixture
def gateway() -> PretendGateway:
    return PretendGateway("stripe", ASKABLE)


@pytest.fixture
def trade(store: Store, gateway: PretendGateway) -> Trade:
    return Trade.over(store, gateway, PretendGateway("telegram"))


@pytest.fixture
def daily(trade: Trade) -> DailyClose:
    return DailyClose(gateways=trade.gateways, shop=SHOP, clock=trade.clock)


async def test_takings_refunds_and_what_is_left_to_do_add_up(
    trade: Trade, daily: DailyClose, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(20)
    assert ann.customer_id is not None
    for tender in (Tender.CASH, Tender.CASH, Tender.CARD):
        order = await trade.reserved(ann, (book, 1))
        async with trade.turn() as work:
            await trade.desk.ready(work, order.id, TOM, trade.clock.now())
        async with trade.turn() as work:
            await trade.desk.hand_over(work, order.id, TOM, tender, trade.clock.now())
    kept, paid = await trade.to_pay(ann, (book, 2))
    await trade.charged(paid, "c1")
    gateway.told[paid.id] = Succeeded("c1", eur(2000))
    gone, refunded = await trade.to_pay(ann, (book, 1))
    await trade.charged(refunded, "c2")
    gateway.told[refunded.id] = Succeeded("c2", eur(1000))
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, gone.id)
    unpaid = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert [(one.number, one.amount) for one in unpaid.owed] == [(gone.number, eur(1000))]
    await trade.reconciliation.run(trade.uow)
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert [(one.way, one.count, one.amount) for one in close.taken] == [
        ("stripe", 2, eur(3000)),
        ("cash", 2, eur(2000)),
        ("card", 1, eur(1000)),
    ]
    assert [(one.way, one.amount) for one in close.given_back] == [("stripe", eur(1000))]
    assert (close.total, close.owed) == (eur(6000), ())
    assert close.compared == Compared(one_by_one=("stripe",))
    assert (close.open_orders, close.held_copies) == (1, 2)
    assert kept.number in {booked.number for booked in close.booked}


@pytest.mark.parametrize(
    ("word", "finding"),
    [
        (Pending(), Finding.NOT_PAID),
        (Succeeded("c1", eur(999)), Finding.OTHER_AMOUNT),
        (Succeeded("c9", eur(1000)), Finding.OTHER_CHARGE),
        (Unknown("no answer"), Finding.NOT_KNOWN),
    ],
)
async def test_where_the_gateway_says_otherwise_the_close_says_so(
    trade: Trade, daily: DailyClose, gateway: PretendGateway, word: object, finding: Finding
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, "c1")
    gateway.told[attempt.id] = word  # type: ignore[assignment]  # one of the outcomes
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert close.compared is not None
    assert [(one.number, one.finding, one.ours) for one in close.compared.differences] == [
        (order.number, finding, eur(1000))
    ]


async def test_a_gateway_that_cannot_be_asked_is_named(store: Store) -> None:
    trade = Trade.over(store, PretendGateway("telegram"))
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    daily = DailyClose(gateways=trade.gateways, shop=SHOP, clock=trade.clock)
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert close.compared == Compared(unasked=("telegram",))
    # Neither can one be asked that the shop has given up since.
    daily = DailyClose(gateways={}, shop=SHOP, clock=trade.clock)
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert close.compared == Compared(unasked=("telegram",))


async def test_what_is_in_doubt_is_in_sight_until_somebody_knows(
    trade: Trade, daily: DailyClose, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=1))
    await trade.reconciliation.run(trade.uow)
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert [doubt.number for doubt in close.doubts] == [order.number]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        # The hour that comes twice (25 October 2026 in London has 25 hours), the hour that is missing (29 March).
        (
            date(2026, 10, 25),
            datetime(2026, 10, 24, 23, tzinfo=UTC),
            datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
        ),
        (date(2026, 3, 29), datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
    ],
)
async def test_a_day_is_the_shops_own_also_when_the_clocks_change(
    trade: Trade, daily: DailyClose, day: date, first: datetime, last: datetime
) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    order = await trade.reserved(ann, (book, 1))
    moments = (first - timedelta(seconds=1), first, last, last + timedelta(minutes=1))
    async with trade.turn() as work:
        for number, at in enumerate(moments):
            await work.payments.enter(Entry(str(number), order.id, EntryKind.PAID, eur(1), "cash", at))
    close = await daily.close(trade.uow.reading, day)
    assert [booked.entry.key for booked in close.booked] == ["1", "2"]
    assert daily.today(first) == daily.today(last) == day


def _table(close: DayClose) -> list[dict[str, str]]:
    words = Texts(("en",), "en", SHOP.zone).words("en")
    return list(csv.DictReader(io.StringIO(close_csv(close, SHOP.zone, words).decode("utf-8-sig"))))


async def test_the_table_has_a_row_for_each_entry_and_no_formula(trade: Trade, daily: DailyClose) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    order = await trade.reserved(ann, (book, 1))
    entry = Entry(
        "k", order.id, EntryKind.PAID, eur(1090), "cash", trade.clock.now(), by_name='=HYPERLINK("x"), Tom'
    )
    async with trade.turn() as work:
        await work.payments.enter(entry)
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    assert close.booked == (Booked(order.number, entry),)
    row, open_order = _table(close)
    assert row == {
        "time": "2026-11-25T12:00:00+00:00", "order": order.number, "kind": "paid", "way": "cash", "amount": "10.90",
        "currency": "EUR", "charge": "", "by": '\'=HYPERLINK("x"), Tom', "tax_percent": "", "tax": "",
        "gateway_amount": "", "note": "",
    }  # fmt: skip
    assert (open_order["kind"], open_order["order"], open_order["note"]) == (
        "open",
        order.number,
        "1 copy held",
    )


async def test_the_table_says_as_much_as_the_message(trade: Trade, daily: DailyClose) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    close = await daily.close(trade.uow.reading, date(2026, 11, 25))
    lacking = Difference(
        "B-2", "stripe", Finding.NOT_IN_BOOKS, eur(0), eur(1250), "pi_1", attempt.id, trade.clock.now()
    )
    close = dataclasses.replace(
        close,
        owed=(Owed("B-1", eur(300)),),
        holds=(Hold("B-3", eur(2000), 2, trade.clock.now()),),
        doubts=(Doubt("B-4", attempt),),
        compared=Compared((lacking,)),
    )
    rows = [(row["kind"], row["order"], row["amount"], row["gateway_amount"]) for row in _table(close)]
    assert rows == [
        ("owed", "B-1", "3.00", ""),
        ("open", "B-3", "20.00", ""),
        ("in_doubt", "B-4", "10.00", ""),
        ("difference", "B-2", "0.00", "12.50"),
    ]
    assert _table(close)[-1]["note"] == "At Stripe, not in our books: €12.50 for B-2, pi_1"


async def test_the_close_says_the_tax_by_rate_as_the_receipts_do(store: Store) -> None:
    """Three payments of 9.99 contain 0.65 each at 7 %, which is not the tax of their sum (1.96)."""
    gateway = PretendGateway("stripe", Capabilities(refunds=True, partial_refunds=True, look_up=True))
    old, new, zero = (
        Trade.over(
            store, gateway, shop=dataclasses.replace(SHOP, tax=tax, cancel_terms=CancelTerms(percent=10))
        )
        for tax in (None, TaxRate(700), TaxRate(0))
    )
    ann = await old.customer()
    assert ann.customer_id is not None
    orders = []
    for number, trade in enumerate((old, new, new, new, zero)):
        book = await trade.book(1, price=999, title=f"Title {number}")
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt, f"c{number}")
        orders.append(order)
    async with new.turn() as work:
        await new.cancel(work, ann.customer_id, orders[3].id)
    await new.reconciliation.run(new.uow)
    daily = DailyClose(gateways=new.gateways, shop=SHOP, clock=new.clock)
    close = await daily.close(new.uow.reading, date(2026, 11, 25))
    back = 999 - 99  # a tenth of 9.99, rounded down, stays
    assert close.taxed == (
        Taxed(None, eur(999), eur(0)),
        Taxed(TaxRate(0), eur(999), eur(0)),
        Taxed(TaxRate(700), eur(3 * 999 - back), eur(3 * 65 - 59)),
    )
    assert [(one.count, one.amount) for one in close.kept] == [(1, eur(99))]
    rows = [row for row in _table(close) if row["kind"] not in ("open", "difference")]
    assert [(row["kind"], row["amount"], row["tax_percent"], row["tax"]) for row in rows] == [
        ("paid", "9.99", "", ""),
        ("paid", "9.99", "7.00", "0.65"),
        ("paid", "9.99", "7.00", "0.65"),
        ("paid", "9.99", "7.00", "0.65"),
        ("paid", "9.99", "0.00", "0.00"),
        ("kept", "0.99", "", ""),
        ("refund_due", "9.00", "", ""),
        ("refunded", "9.00", "7.00", "0.59"),
    ]
