"""A day's journal and a gateway's own books, held against each other in both directions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.closing import Compared, Finding
from domain.ids import AttemptId
from domain.money import Money
from domain.order import Order, OrderState
from domain.payment import Attempt, Entry, EntryKind
from domain.ports.gateway import (
    Capabilities,
    Charged,
    GaveBack,
    Pending,
    RefundFailed,
    Statement,
    Succeeded,
    Unknown,
)
from domain.services.closing import DailyClose
from domain.services.comparison import ON_ITS_WAY
from domain.services.doubts import Doubts
from domain.services.settlement import Charge, Fate
from domain.services.taking_in import TakingIn
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import NOON, SHOP, TOM, Trade, eur

DAY = date(2026, 11, 25)
LISTING = Capabilities(refunds=True, partial_refunds=True, look_up=True, expire=True, statements=True)


@pytest.fixture
def gateway() -> PretendGateway:
    return PretendGateway("stripe", LISTING)


@pytest.fixture
def trade(store: Store, gateway: PretendGateway) -> Trade:
    return Trade.over(store, gateway)


async def _compared(trade: Trade, day: date = DAY) -> Compared:
    daily = DailyClose(gateways=trade.gateways, shop=SHOP, clock=trade.clock)
    compared = (await daily.close(trade.uow.reading, day)).compared
    assert compared is not None
    return compared


async def _findings(trade: Trade, day: date = DAY) -> list[tuple[str, Finding, int, int]]:
    """Order, finding, what we have, what they have, in minor units."""
    return [
        (one.number, one.finding, one.ours.minor, one.theirs.minor if one.theirs is not None else 0)
        for one in (await _compared(trade, day)).differences
    ]


def _charge(attempt: Attempt, charge_id: str = "c1", minor: int = 1000, at: datetime = NOON) -> Charged:
    return Charged(charge_id, attempt.id, eur(minor), at)


def _refund(attempt: Attempt, refund_id: str, minor: int, at: datetime = NOON) -> GaveBack:
    return GaveBack(refund_id, "c1", attempt.id, eur(minor), at)


async def test_a_day_on_which_both_agree_costs_one_question(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    charges = []
    for number in range(3):
        _, attempt = await trade.to_pay(ann, (book, 1))
        await trade.charged(attempt, f"c{number}")
        charges.append(_charge(attempt, f"c{number}"))
    gateway.lists = Statement(tuple(charges))
    assert await _compared(trade) == Compared()
    assert (len(gateway.listed), gateway.asked) == (1, [])
    start, end = gateway.listed[0]
    assert (start, end) == (NOON - timedelta(hours=12), NOON + timedelta(hours=12))


async def test_money_that_only_the_gateway_has_is_found_also_for_an_attempt_of_nobodys(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    stranger = Charged("c9", AttemptId("lost with the disk"), eur(700), NOON)
    gateway.lists = Statement((_charge(attempt), stranger))
    trade.clock.pass_time(ON_ITS_WAY)
    assert await _findings(trade) == [
        (order.number, Finding.NOT_IN_BOOKS, 0, 1000),
        ("", Finding.NOT_IN_BOOKS, 0, 700),
    ]


async def test_what_was_charged_a_moment_ago_is_not_missed_yet(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.lists = Statement((_charge(attempt),), (_refund(attempt, "re_1", 100),))
    trade.clock.pass_time(ON_ITS_WAY - timedelta(seconds=1))
    assert await _findings(trade) == []
    trade.clock.pass_time(timedelta(seconds=1))
    assert (order.number, Finding.NOT_IN_BOOKS, 0, 1000) in await _findings(trade)


async def test_another_amount_than_ours_is_found(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    gateway.lists = Statement((_charge(attempt, minor=900),))
    assert await _findings(trade) == [(order.number, Finding.OTHER_AMOUNT, 1000, 900)]


async def test_a_payment_of_ours_that_is_not_on_the_list_is_asked_about_by_itself(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    for word, finding in (
        (Pending(), [(order.number, Finding.NOT_PAID, 1000, 0)]),
        (Unknown("no answer"), [(order.number, Finding.NOT_KNOWN, 1000, 0)]),
        (Succeeded("c9", eur(1000)), [(order.number, Finding.OTHER_CHARGE, 1000, 0)]),
        (Succeeded("c1", eur(1000)), []),
    ):
        gateway.told[attempt.id] = word
        assert await _findings(trade) == finding


async def test_a_payment_on_midnight_is_no_difference_on_either_day(
    trade: Trade, gateway: PretendGateway
) -> None:
    """It was taken in the last second of a day and counted in the first of the next."""
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    midnight = NOON + timedelta(hours=12)
    trade.clock.at = midnight
    await trade.charged(attempt)
    gateway.told[attempt.id] = Succeeded("c1", eur(1000))
    trade.clock.pass_time(timedelta(hours=1))
    gateway.lists = Statement((_charge(attempt, at=midnight - timedelta(seconds=1)),))
    assert await _findings(trade, DAY) == []
    gateway.lists = Statement()
    assert await _findings(trade, DAY + timedelta(days=1)) == []


async def _refunded(trade: Trade) -> tuple[str, Attempt]:
    """An order that was cancelled, its money given back by the gateway: ``re-due:refunded:stripe:c1``."""
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.cancel(work, ann.customer_id, order.id)
    await trade.reconciliation.run(trade.uow)
    assert (await trade.balance(order)).refunded == eur(1000)
    return order.number, attempt


async def test_a_refund_that_both_have_is_found_by_its_id(trade: Trade, gateway: PretendGateway) -> None:
    _, attempt = await _refunded(trade)
    gateway.gone["c1"] = Unknown("need not be asked")
    gateway.lists = Statement((_charge(attempt),), (_refund(attempt, "re-due:refunded:stripe:c1", 1000),))
    assert await _findings(trade) == []


async def test_a_refund_of_ours_that_never_left_the_gateway_is_found(
    trade: Trade, gateway: PretendGateway
) -> None:
    number, attempt = await _refunded(trade)
    gateway.lists = Statement((_charge(attempt),))
    assert await _findings(trade) == [(number, Finding.REFUND_NOT_MADE, 1000, 0)]
    gateway.gone["c1"] = eur(400)
    assert await _findings(trade) == [(number, Finding.REFUND_NOT_MADE, 600, 400)]
    gateway.gone["c1"] = Unknown("no answer")
    assert await _findings(trade) == [(number, Finding.REFUND_NOT_KNOWN, 1000, 0)]
    # It was made in the last second of the day before ours was written.
    gateway.gone["c1"] = eur(1000)
    assert await _findings(trade) == []


async def test_a_refund_that_only_the_gateway_has_is_found(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    stranger = GaveBack("re_9", "c9", AttemptId("lost with the disk"), eur(50), NOON)
    gateway.lists = Statement((_charge(attempt),), (_refund(attempt, "re_1", 400), stranger))
    gateway.gone["c1"] = eur(400)
    trade.clock.pass_time(ON_ITS_WAY)
    assert sorted(await _findings(trade)) == [
        ("", Finding.REFUND_NOT_IN_BOOKS, 0, 50),
        (order.number, Finding.REFUND_NOT_IN_BOOKS, 0, 400),
    ]
    async with trade.turn() as work:
        await trade.settlement.given_back(work, attempt.id, eur(400))
    assert await _findings(trade) == [("", Finding.REFUND_NOT_IN_BOOKS, 0, 50)]


async def test_money_that_was_given_back_by_hand_is_looked_for_at_the_gateway_that_took_it(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    by_hand = Entry("by hand", order.id, EntryKind.REFUNDED, eur(300), "provider", NOON, by_name=TOM.name)
    async with trade.turn() as work:
        await work.payments.enter(by_hand)
    gateway.lists = Statement((_charge(attempt),))
    assert await _findings(trade) == [(order.number, Finding.REFUND_NOT_MADE, 300, 0)]
    gateway.gone["c1"] = eur(300)
    assert await _findings(trade) == []


async def test_what_the_gateway_has_is_counted_once_when_somebody_wants_it(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.lists = Statement((_charge(attempt),), (_refund(attempt, "re_1", 400),))
    gateway.gone["c1"] = eur(400)
    trade.clock.pass_time(ON_ITS_WAY)
    found = (await _compared(trade)).differences
    assert {one.finding for one in found} == {Finding.NOT_IN_BOOKS, Finding.REFUND_NOT_IN_BOOKS}
    for _ in range(2):
        async with trade.turn() as work:
            await TakingIn(trade.settlement).take_in(work, found)
    balance = await trade.balance(order)
    assert (balance.paid, balance.refunded, balance.owed) == (eur(1000), eur(400), eur(0))
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert (await trade.told())["order-paid"] == 1
    assert await _findings(trade) == []


async def test_a_gateway_that_gives_no_statement_is_named_and_nothing_is_said_of_its_payments(
    trade: Trade, gateway: PretendGateway
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    gateway.lists = Unknown("no answer")
    assert await _compared(trade) == Compared(unheard=("stripe",))
    assert gateway.asked == []


async def test_a_charge_that_is_in_doubt_is_not_said_twice(trade: Trade, gateway: PretendGateway) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    dollars = Money(1000, "USD")
    async with trade.turn() as work:
        await trade.settlement.charged(work, attempt.id, Charge("stripe", "c1", dollars), tell=True)
    gateway.lists = Statement((Charged("c1", attempt.id, dollars, NOON),))
    trade.clock.pass_time(ON_ITS_WAY)
    assert await _findings(trade) == []


async def _said_paid(trade: Trade, gateway: PretendGateway) -> tuple[Order, Attempt]:
    """The gateway does not say; Tom looked it up there."""
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=1))
    await trade.reconciliation.run(trade.uow)
    async with trade.turn() as work:
        doubts = Doubts(lifecycle=trade.lifecycle, settlement=trade.settlement)
        assert await doubts.decide(work, attempt.id, TOM, paid=True)
    return order, attempt


async def test_a_payment_that_somebody_said_was_there_is_found_on_the_list(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, attempt = await _said_paid(trade, gateway)
    trade.clock.pass_time(ON_ITS_WAY)
    gateway.lists = Statement((_charge(attempt),))
    assert await _findings(trade) == []
    gateway.lists = Statement((_charge(attempt, minor=900),))
    assert await _findings(trade) == [(order.number, Finding.OTHER_AMOUNT, 1000, 900)]
    # On the day's list it is not; asked about by itself, it was paid under a name that we did not know.
    gateway.lists, gateway.told[attempt.id] = Statement(), Succeeded("c1", eur(1000))
    assert await _findings(trade) == []
    gateway.told[attempt.id] = Pending()
    assert await _findings(trade) == [(order.number, Finding.NOT_PAID, 1000, 0)]


async def test_a_second_charge_is_not_hidden_by_the_one_that_somebody_said_was_there(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, attempt = await _said_paid(trade, gateway)
    trade.clock.pass_time(ON_ITS_WAY)
    later = NOON + timedelta(seconds=30)
    gateway.lists = Statement((_charge(attempt, "c2", at=later), _charge(attempt)))
    missing = [(order.number, Finding.NOT_IN_BOOKS, 0, 1000)]
    assert await _findings(trade) == missing
    # The second is reported: it is taken for the one that was said, and now the first is missing.
    assert (await trade.charged(attempt, "c2")).fate is Fate.COUNTED_BEFORE
    compared = await _compared(trade)
    assert [one.charge_id for one in compared.differences] == ["c1"]
    async with trade.turn() as work:
        await TakingIn(trade.settlement).take_in(work, compared.differences)
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed) == (eur(2000), eur(1000))
    assert await _findings(trade) == []


async def test_what_somebody_said_was_paid_goes_back_by_its_own_charge_once_that_is_known(
    trade: Trade, gateway: PretendGateway
) -> None:
    order, attempt = await _said_paid(trade, gateway)
    await trade.charged(attempt, "c1")
    async with trade.turn() as work:
        await trade.desk.cancel(work, order.id, TOM, "sold_out", trade.clock.now())
    await trade.reconciliation.run(trade.uow)
    assert gateway.charges_given_back == ["c1"]
    trade.clock.pass_time(ON_ITS_WAY)
    gateway.gone = {"c1": eur(1000), f"said:{attempt.id}": Unknown("no such charge")}
    gateway.lists = Statement((_charge(attempt),), (_refund(attempt, "re-made-there", 1000),))
    assert await _findings(trade) == []


async def test_a_refund_that_came_back_is_on_neither_side(trade: Trade, gateway: PretendGateway) -> None:
    number, attempt = await _refunded(trade)
    failed = RefundFailed("re-due:refunded:stripe:c1", eur(1000), "lost_or_stolen_card")
    gateway.lists = Statement((_charge(attempt),))
    assert await _findings(trade) == [(number, Finding.REFUND_NOT_MADE, 1000, 0)]
    async with trade.turn() as work:
        await trade.settlement.refund_failed(work, attempt.gateway, attempt.id, failed)
    assert await _findings(trade) == []


async def test_what_came_back_and_was_given_in_another_way_is_not_looked_for_at_the_gateway(
    trade: Trade, gateway: PretendGateway
) -> None:
    _, attempt = await _refunded(trade)
    async with trade.turn() as work:
        failed = RefundFailed("re-due:refunded:stripe:c1", eur(1000), "expired_or_canceled_card")
        await trade.settlement.refund_failed(work, attempt.gateway, attempt.id, failed)
        await trade.desk.refunded_at_provider(work, attempt.order_id, TOM, 1000, trade.clock.now())
    gateway.gone["c1"] = eur(0)
    gateway.lists = Statement((_charge(attempt),))
    assert await _findings(trade) == []
