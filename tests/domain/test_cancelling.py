"""Cancelling what is paid, by the shop's rules: until when, how much stays, once, and as the customer was told."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cancelling import WHOLE, CancelOffer, CancelTerms, CancelUntil
from domain.errors import CancelOfferChanged, SummaryChanged, TransitionRefused
from domain.order import Order, OrderState
from domain.payment import EntryKind
from domain.ports.gateway import Capabilities
from domain.services.settlement import Fate
from tests.databases import Store
from tests.domain.pretend_gateway import PretendGateway
from tests.domain.trade import NOON, SHOP, TOM, Running, Trade, eur

LINK = Capabilities(refunds=True, partial_refunds=True, look_up=True, expire=True)
TENTH = CancelTerms(CancelUntil.READY, percent=10)


def _trade(store: Store, terms: CancelTerms, gateway: PretendGateway | None = None) -> Trade:
    shop = replace(SHOP, cancel_terms=terms)
    return Trade.over(store, gateway or PretendGateway("stripe", LINK), shop=shop)


async def _paid(trade: Trade, charge: str = "c1") -> Order:
    ann, book = await trade.customer(), await trade.book(5)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, charge)
    return await trade.order(order.id)


async def _offer(trade: Trade, order: Order) -> CancelOffer | None:
    async with trade.uow.reading() as look:
        return (await trade.orders.view_of(look, await trade.order(order.id))).cancelling


async def _cancel(trade: Trade, order: Order, agreed: int) -> bool:
    assert order.customer_id is not None
    async with trade.turn() as work:
        return (await trade.orders.cancel(work, order.customer_id, order.id, agreed=agreed))[1]


# --- how much -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "terms", "kept"),
    [
        (1250, WHOLE, 0),
        (1250, CancelTerms(percent=10), 125),
        (1259, CancelTerms(percent=10), 125),  # 125.9 cents: rounded down, for the customer
        (9, CancelTerms(percent=10), 0),
        (1250, CancelTerms(fee=250), 250),
        (1250, CancelTerms(percent=10, fee=250), 375),
        (1250, CancelTerms(percent=100, fee=250), 1250),
        (200, CancelTerms(fee=250), 200),
    ],
)
def test_what_is_kept_is_a_part_and_a_fee_and_never_more_than_was_paid(
    paid: int, terms: CancelTerms, kept: int
) -> None:
    assert terms.keeps(eur(paid), NOON, NOON) == eur(kept)


@given(
    st.integers(1, 10**9), st.integers(0, 100), st.integers(0, 10**6), st.integers(0, 48), st.integers(0, 99)
)
def test_kept_is_between_nothing_and_all(paid: int, percent: int, fee: int, free: int, later: int) -> None:
    terms = CancelTerms(percent=percent, fee=fee, free_hours=free)
    kept = terms.keeps(eur(paid), NOON, NOON + timedelta(hours=later)).minor
    assert 0 <= kept <= paid
    assert not (later < free and kept)
    assert kept <= paid * percent / 100 + fee


def test_the_free_hours_end_on_the_dot() -> None:
    terms = CancelTerms(percent=10, free_hours=2)
    end = NOON + timedelta(hours=2)
    assert terms.keeps(eur(1000), NOON, end - timedelta(microseconds=1)) == eur(0)
    assert terms.keeps(eur(1000), NOON, end) == eur(100)


# --- until when -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "may"),
    [
        (CancelUntil.NEVER, ()),
        (CancelUntil.ACCEPTED, ("paid",)),
        (CancelUntil.READY, ("paid", "accepted")),
        (CancelUntil.COLLECTED, ("paid", "accepted", "ready")),
    ],
)
async def test_a_customer_may_cancel_what_is_paid_as_long_as_the_shop_says(
    store: Store, until: CancelUntil, may: tuple[str, ...]
) -> None:
    trade = _trade(store, CancelTerms(until))
    order = await _paid(trade)
    desk, now = trade.desk, trade.clock.now()
    allowed = []
    for stage in ("paid", "accepted", "ready", "collected"):
        async with trade.turn() as work:
            if stage == "accepted":
                await desk.accept(work, order.id, TOM, now)
            elif stage == "ready":
                await desk.ready(work, order.id, TOM, now)
            elif stage == "collected":
                await desk.hand_over(work, order.id, TOM, None, now)
        if await _offer(trade, order) is not None:
            allowed.append(stage)
        else:
            with pytest.raises(TransitionRefused):
                await _cancel(trade, order, 1000)
    assert tuple(allowed) == may


async def test_before_it_is_paid_cancelling_is_free_whatever_the_terms(store: Store) -> None:
    trade = _trade(store, CancelTerms(CancelUntil.NEVER, percent=50))
    ann, book = await trade.customer(), await trade.book(5)
    order, _ = await trade.to_pay(ann, (book, 1))
    reserved = await trade.reserved(ann, (book, 1))
    for one in (order, reserved):
        assert await _offer(trade, one) == CancelOffer(eur(0), eur(0))
        assert await _cancel(trade, one, 0)
        assert (await trade.order(one.id)).state is OrderState.CANCELLED


# --- what becomes of the money --------------------------------------------------------------------------------------------


async def test_a_part_goes_back_by_the_gateway_once_and_the_journal_says_what_was_kept(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = _trade(store, TENTH, gateway)
    order = await _paid(trade)
    assert await _offer(trade, order) == CancelOffer(eur(900), eur(100))
    assert await _cancel(trade, order, 900)
    assert not await _cancel(trade, order, 900)
    for _ in range(3):
        await trade.reconciliation.run(trade.uow)
        trade.clock.pass_time(timedelta(hours=1))
    assert gateway.given_back == [("due:refunded:stripe:c1", 900)]
    balance = await trade.balance(order)
    assert (balance.paid, balance.refunded, balance.owed, balance.kept) == (
        eur(1000), eur(900), eur(0), eur(100)
    )  # fmt: skip
    async with trade.uow.reading() as look:
        kinds = [(entry.kind, entry.amount) for entry in await look.payments.journal(order.id)]
    assert sorted(kinds, key=str) == sorted(
        [
            (EntryKind.PAID, eur(1000)),
            (EntryKind.KEPT, eur(100)),
            (EntryKind.REFUND_DUE, eur(900)),
            (EntryKind.REFUNDED, eur(900)),
        ],
        key=str,
    )
    assert (await trade.told())["staff-refund-due"] == 1


async def test_when_all_of_it_is_kept_nothing_is_due(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = _trade(store, CancelTerms(percent=100), gateway)
    order = await _paid(trade)
    assert await _cancel(trade, order, 0)
    await trade.reconciliation.run(trade.uow)
    balance = await trade.balance(order)
    assert (balance.owed, balance.kept, gateway.given_back) == (eur(0), eur(1000), [])
    assert (await trade.order(order.id)).state is OrderState.REFUNDED


@pytest.mark.parametrize("reason", ["sold_out", "customer"])
async def test_what_the_staff_cancel_goes_back_whole(store: Store, reason: str) -> None:
    trade = _trade(store, TENTH)
    order = await _paid(trade)
    async with trade.turn() as work:
        await trade.desk.cancel(work, order.id, TOM, reason, trade.clock.now())
    balance = await trade.balance(order)
    assert (balance.owed, balance.kept) == (eur(1000), eur(0))


async def test_what_was_paid_twice_or_too_late_goes_back_whole(store: Store) -> None:
    trade = _trade(store, TENTH)
    ann, book = await trade.customer(), await trade.book(5)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, "c1")
    assert (await trade.charged(attempt, "c2")).fate is Fate.DUE_TWICE
    assert await _cancel(trade, await trade.order(order.id), 900)
    assert (await trade.charged(attempt, "c3")).fate is Fate.DUE_CANCELLED
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed, balance.kept) == (eur(3000), eur(2900), eur(100))


async def test_of_what_went_back_before_nothing_is_kept(store: Store) -> None:
    """The owner gave back 4.00 for a damaged cover; a tenth stays of the 6.00 that are left."""
    trade = _trade(store, TENTH)
    order = await _paid(trade)
    async with trade.uow.reading() as look:
        (attempt,) = await look.payments.of_order(order.id)
    async with trade.turn() as work:
        await trade.settlement.given_back(work, attempt.id, eur(400))
    assert await _offer(trade, order) == CancelOffer(eur(540), eur(60))
    assert await _cancel(trade, order, 540)
    balance = await trade.balance(order)
    assert (balance.refunded, balance.owed, balance.kept) == (eur(400), eur(540), eur(60))


async def test_what_the_owner_gives_back_after_all_is_kept_no_longer(store: Store) -> None:
    trade = _trade(store, TENTH)
    order = await _paid(trade)
    await _cancel(trade, order, 900)
    await trade.reconciliation.run(trade.uow)
    async with trade.uow.reading() as look:
        (attempt,) = await look.payments.of_order(order.id)
    async with trade.turn() as work:
        await trade.settlement.given_back(work, attempt.id, eur(1000))
    balance = await trade.balance(order)
    assert (balance.refunded, balance.owed, balance.kept) == (eur(1000), eur(0), eur(0))


async def test_a_part_that_the_gateway_cannot_give_back_is_owed_by_hand(store: Store) -> None:
    gateway = PretendGateway("stripe", Capabilities(refunds=True, partial_refunds=False))
    trade = _trade(store, TENTH, gateway)
    order = await _paid(trade)
    await _cancel(trade, order, 900)
    await trade.reconciliation.run(trade.uow)
    assert not gateway.given_back
    async with trade.turn() as work:
        done = await trade.desk.refunded_at_provider(work, order.id, TOM, 900, trade.clock.now())
    assert done.changed
    balance = await trade.balance(order)
    assert (balance.refunded, balance.owed, balance.kept) == (eur(900), eur(0), eur(100))


async def test_all_of_it_still_goes_back_by_a_gateway_that_knows_no_parts(store: Store) -> None:
    gateway = PretendGateway("stripe", Capabilities(refunds=True, partial_refunds=False))
    trade = _trade(store, WHOLE, gateway)
    order = await _paid(trade)
    await _cancel(trade, order, 1000)
    await trade.reconciliation.run(trade.uow)
    assert gateway.given_back == [("due:refunded:stripe:c1", 1000)]


# --- as it was told -------------------------------------------------------------------------------------------------------


async def test_a_confirmation_that_is_out_of_date_cancels_nothing(store: Store) -> None:
    trade = _trade(store, CancelTerms(percent=10, free_hours=1))
    order = await _paid(trade)
    told = await _offer(trade, order)
    assert told == CancelOffer(eur(1000), eur(0), trade.clock.now() + timedelta(hours=1))
    trade.clock.pass_time(timedelta(hours=1))
    with pytest.raises(CancelOfferChanged):
        await _cancel(trade, order, told.back.minor)
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert await _offer(trade, order) == CancelOffer(eur(900), eur(100))
    assert await _cancel(trade, order, 900)


async def test_money_that_came_in_under_the_question_is_asked_about(store: Store) -> None:
    trade = _trade(store, TENTH)
    ann, book = await trade.customer(), await trade.book(5)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert await _offer(trade, order) == CancelOffer(eur(0), eur(0))
    await trade.charged(attempt)
    with pytest.raises(CancelOfferChanged):
        await _cancel(trade, await trade.order(order.id), 0)


async def test_an_order_keeps_the_terms_it_was_placed_under(store: Store) -> None:
    before = _trade(store, WHOLE)
    order = await _paid(before)
    after = _trade(store, CancelTerms(CancelUntil.NEVER, percent=50))
    assert await _offer(after, order) == CancelOffer(eur(1000), eur(0))
    assert await _cancel(after, order, 1000)


async def test_terms_that_changed_under_the_summary_are_shown_before_anything_is_ordered(
    store: Store,
) -> None:
    before, after = _trade(store, WHOLE), _trade(store, TENTH)
    ann, book = await before.customer(), await before.book(5)
    await before.fill(ann, (book, 1))
    async with before.uow.reading() as look:
        seen = await before.checkout.summary(look, ann)
    with pytest.raises(SummaryChanged):
        async with after.turn() as work:
            await after.checkout.place(
                work, ann, checkout_id=seen.checkout_id, agreed=seen.fingerprint, way="stripe", language="en"
            )


async def test_the_free_hours_that_end_while_it_is_cancelled_change_nothing_of_what_was_told(
    store: Store,
) -> None:
    shop = replace(SHOP, cancel_terms=CancelTerms(percent=10, free_hours=1))
    clock = Running()
    trade = Trade(store.uow, store.catalogue, PretendGateway("stripe", LINK), shop=shop, clock=clock)
    outcomes = set()
    for seconds in range(1, 9):
        order = await _paid(trade, charge=f"c{seconds}")
        clock.pass_time(timedelta(hours=1, seconds=-seconds))
        clock.running = True
        with contextlib.suppress(CancelOfferChanged):
            await _cancel(trade, order, 1000)
        clock.running = False
        balance = await trade.balance(order)
        assert balance.kept == eur(0)
        outcomes.add(balance.owed.minor)
    assert outcomes == {0, 1000}
