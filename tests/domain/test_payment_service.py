"""Money is counted once and always has somewhere to go: to its order, or back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import PaymentRefused, PaymentUnavailable, TransitionRefused
from domain.ids import AttemptId, UserId
from domain.money import Money
from domain.order import OrderState, Tender, Way
from domain.payment import AttemptState
from domain.ports.gateway import Capabilities, Declined, Succeeded, Unknown
from domain.services.settlement import Charge, Fate
from tests.databases import Store
from tests.domain.trade import TOM, PretendGateway, Trade, eur

LINK = Capabilities(refunds=True, look_up=True, expire=True)


@pytest.fixture
def trade(store: Store) -> Trade:
    return Trade.over(store)


async def test_a_charge_pays_its_order_and_counts_once_however_often_it_is_reported(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 2))
    assert await trade.told() == {}
    fates = [(await trade.charged(attempt)).fate for _ in range(3)]
    assert fates == [Fate.PAID, Fate.COUNTED_BEFORE, Fate.COUNTED_BEFORE]
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert (await trade.balance(order)).paid == eur(2000)
    assert await trade.told() == {"staff-card": 1, "order-paid": 1}
    await trade.stock_adds_up(book)


async def test_a_second_charge_of_a_paid_order_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt, "c1")
    assert (await trade.charged(attempt, "c2")).fate is Fate.DUE_TWICE
    balance = await trade.balance(order)
    assert (balance.paid, balance.owed) == (eur(2000), eur(1000))
    assert (await trade.told())["staff-refund-due"] == 1


async def test_late_money_takes_the_stock_again_if_it_is_there(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=16))
    assert await trade.expiry.run(trade.uow) == 1
    await trade.stock_adds_up(book)
    assert (await trade.charged(attempt)).fate is Fate.PAID_LATE
    assert (await trade.order(order.id)).state is OrderState.PAID
    await trade.stock_adds_up(book)
    assert await trade.told() == {"order-expired": 1, "order-paid": 1, "staff-card": 1}


async def test_late_money_goes_back_if_the_stock_is_gone_and_everybody_is_told(trade: Trade) -> None:
    ann, bob, book = await trade.customer("Ann"), await trade.customer("Bob"), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=16))
    await trade.expiry.run(trade.uow)
    await trade.reserved(bob, (book, 1))
    await trade.told()
    assert (await trade.charged(attempt)).fate is Fate.DUE_LATE
    assert (await trade.order(order.id)).state is OrderState.EXPIRED
    assert (await trade.balance(order)).owed == eur(1000)
    told = await trade.told()
    assert (told["refund-due"], told["staff-refund-due"]) == (1, 1)
    await trade.stock_adds_up(book)


async def test_money_for_a_cancelled_order_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.orders.cancel(work, ann.customer_id, order.id)
    assert (await trade.charged(attempt)).fate is Fate.DUE_CANCELLED
    assert (await trade.balance(order)).owed == eur(1000)


async def test_money_for_a_reserved_or_ready_order_pays_it(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(5)
    assert ann.customer_id is not None
    for make_ready in (False, True):
        order, attempt = await trade.to_pay(ann, (book, 1))
        async with trade.turn() as work:
            await trade.orders.reserve_instead(work, ann.customer_id, order.id)
            if make_ready:
                await trade.desk.ready(work, order.id, TOM, trade.clock.now())
        assert (await trade.charged(attempt, f"c{order.id}")).fate is Fate.PAID
        found = await trade.order(order.id)
        assert found.state is (OrderState.READY if make_ready else OrderState.PAID)
        assert (found.way, found.hold_until) == (Way.ONLINE, None)
    await trade.stock_adds_up(book)


@pytest.mark.parametrize(("amount", "fate"), [(eur(1), Fate.DUE_AMOUNT), (Money(1000, "USD"), Fate.IN_DOUBT)])
async def test_another_amount_or_currency_does_not_pay_the_order(
    trade: Trade, amount: Money, fate: Fate
) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert (await trade.charged(attempt, amount=amount)).fate is fate
    assert (await trade.order(order.id)).state is OrderState.AWAITING_PAYMENT
    assert await trade.told()


async def test_money_from_somebody_else_is_due_back(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert (await trade.charged(attempt, rightful=False)).fate is Fate.DUE_PAYER
    assert (await trade.balance(order)).owed == eur(1000)


async def test_money_for_no_order_is_reported_to_the_staff_once(trade: Trade) -> None:
    for _ in range(2):
        async with trade.turn() as work:
            settled = await trade.settlement.charged(
                work, AttemptId("none of ours"), Charge("telegram", "c9", eur(1000)), tell=True
            )
        assert settled.fate is Fate.UNPLACED
    assert await trade.told() == {"staff-payment-unplaced": 1}


# --- approving ----------------------------------------------------------------------------------------------------------


async def test_an_approval_extends_the_hold_and_the_same_query_is_answered_alike(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    trade.clock.pass_time(timedelta(minutes=14, seconds=59))
    order = await trade.approve(attempt, "q1")
    assert order.hold_until == trade.clock.now() + timedelta(minutes=5)
    assert (await trade.approve(attempt, "q1")).id == order.id
    trade.clock.pass_time(timedelta(seconds=20))
    assert await trade.expiry.run(trade.uow) == 0


async def test_one_approval_at_a_time_and_the_same_invoice_again_after_a_while(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    await trade.approve(attempt, "q1")
    with pytest.raises(PaymentRefused) as busy:
        await trade.approve(attempt, "q2")
    assert busy.value.why == "busy"
    trade.clock.pass_time(timedelta(seconds=11))
    await trade.approve(attempt, "q2")


async def test_an_approval_checks_payer_amount_and_what_became_of_the_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(9)
    assert ann.customer_id is not None
    _, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.uow.writing() as work:
        with pytest.raises(PaymentRefused) as refused:
            await trade.payments.approve(
                work, attempt.id, query_id="q", payer=UserId(2), shown_to=UserId(1), amount=attempt.amount
            )
    assert refused.value.why == "payer"
    whys = {}
    with pytest.raises(PaymentRefused) as refused:
        await trade.approve(attempt, amount=eur(999))
    whys["amount"] = refused.value.why
    for state in ("cancelled", "counter", "paid", "expired"):
        order, attempt = await trade.to_pay(ann, (book, 1))
        async with trade.turn() as work:
            if state == "cancelled":
                await trade.orders.cancel(work, ann.customer_id, order.id)
            elif state == "counter":
                await trade.orders.reserve_instead(work, ann.customer_id, order.id)
        if state == "paid":
            await trade.charged(attempt, f"c{order.id}")
        if state == "expired":
            trade.clock.pass_time(timedelta(hours=1))
            await trade.expiry.run(trade.uow)
        with pytest.raises(PaymentRefused) as refused:
            await trade.approve(attempt)
        whys[state] = refused.value.why
    assert whys == {name: name for name in ("amount", "cancelled", "counter", "paid", "expired")}


async def test_a_customer_cannot_cancel_while_the_bank_is_asked(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.approve(attempt)
    async with trade.uow.writing() as work:
        with pytest.raises(PaymentRefused):
            await trade.orders.cancel(work, ann.customer_id, order.id)
    trade.clock.pass_time(timedelta(seconds=31))
    async with trade.turn() as work:
        _, changed = await trade.orders.cancel(work, ann.customer_id, order.id)
    assert changed


# --- attempts -----------------------------------------------------------------------------------------------------------


async def test_paying_again_takes_the_open_attempt_and_another_gateway_replaces_it(store: Store) -> None:
    trade = Trade.over(store, PretendGateway("telegram"), PretendGateway("stripe", LINK))
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        again = await trade.payments.pay(work, ann.customer_id, order.id, "telegram")
        other = await trade.payments.pay(work, ann.customer_id, order.id, "stripe")
    assert (again.id, other.gateway) == (attempt.id, "stripe")
    assert (await trade.attempt(attempt.id)).state is AttemptState.ABANDONED
    with pytest.raises(PaymentRefused) as refused:
        await trade.approve(attempt)
    assert refused.value.why == "replaced"


async def test_an_unreachable_gateway_leaves_the_order_and_the_attempt_to_try_again(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    await trade.fill(ann, (book, 1))
    placed = await trade.place(ann, "telegram")
    assert placed.attempt is not None
    trade.gateways["telegram"].away = True
    with pytest.raises(PaymentUnavailable):
        await trade.start(placed.attempt.id)
    async with trade.turn() as work:
        await trade.payments.not_reached(work, placed.attempt.id)
    trade.gateways["telegram"].away = False
    await trade.start(placed.attempt.id)
    assert (await trade.attempt(placed.attempt.id)).state is AttemptState.STARTED


async def test_an_attempt_that_a_crash_left_unstarted_is_claimed_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    await trade.fill(ann, (book, 1))
    placed = await trade.place(ann, "telegram")
    assert placed.attempt is not None
    claimed = []
    for seconds in (0, 31, 0):
        trade.clock.pass_time(timedelta(seconds=seconds))
        async with trade.turn() as work:
            claimed.append([one.attempt_id for one in await trade.payments.claim_unstarted(work)])
    assert claimed == [[], [placed.attempt.id], []]


async def test_a_link_is_looked_up_when_its_hold_ends_and_money_found_pays(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Succeeded("ch_1", eur(1000))
    trade.clock.pass_time(timedelta(minutes=15))
    assert await trade.reconciliation.run(trade.uow) == 1
    assert (await trade.order(order.id)).state is OrderState.PAID
    assert await trade.reconciliation.run(trade.uow) == 0


async def test_an_abandoned_link_is_ended_at_the_gateway_and_counts_if_it_was_paid(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    async with trade.turn() as work:
        await trade.orders.cancel(work, ann.customer_id, order.id)
    gateway.told[attempt.id] = Succeeded("ch_1", eur(1000))
    assert await trade.reconciliation.run(trade.uow) == 1
    assert gateway.ended == [attempt.id]
    assert (await trade.balance(order)).owed == eur(1000)


async def test_an_unknown_outcome_stays_in_doubt_and_is_asked_again_ever_more_rarely(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    _, attempt = await trade.to_pay(ann, (book, 1))
    gateway.told[attempt.id] = Unknown("no answer")
    trade.clock.pass_time(timedelta(minutes=15))
    asked = []
    for _ in range(10):
        asked.append(await trade.reconciliation.run(trade.uow))
        trade.clock.pass_time(timedelta(minutes=1))
    assert sum(asked) == 4
    assert (await trade.attempt(attempt.id)).state is AttemptState.IN_DOUBT


async def test_a_declined_payment_is_told_and_the_order_still_waits(store: Store) -> None:
    gateway = PretendGateway("stripe", LINK)
    trade = Trade.over(store, gateway)
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    async with trade.turn() as work:
        await trade.settlement.settle(work, attempt.id, Declined("insufficient_funds"))
    assert (await trade.attempt(attempt.id)).state is AttemptState.DECLINED
    assert (await trade.order(order.id)).state is OrderState.AWAITING_PAYMENT
    assert await trade.told() == {"payment-declined": 1}


# --- the order's life ---------------------------------------------------------------------------------------------------


async def test_a_counter_order_goes_from_the_shelf_into_a_hand(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(2, orderable=True)
    order = await trade.reserved(ann, (book, 5))
    for step in ("accept", "ready"):
        async with trade.turn() as work:
            await getattr(trade.desk, step)(work, order.id, TOM, trade.clock.now())
    ready = await trade.order(order.id)
    assert (ready.state, ready.lines[0].held) == (OrderState.READY, 5)
    assert ready.hold_until is not None
    await trade.stock_adds_up(book)
    async with trade.turn() as work:
        await trade.desk.hand_over(work, order.id, TOM, Tender.CASH, trade.clock.now())
    await trade.stock_adds_up(book)
    async with trade.uow.reading() as look:
        found = await look.books.get(book)
        assert found is not None
        assert found.stock.on_hand == 0
        (entry,) = await look.payments.journal(order.id)
    assert (entry.way, entry.amount, entry.by_name) == ("cash", eur(5000), "Tom")


async def test_copies_that_came_in_meanwhile_are_taken_for_what_was_to_order(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1, orderable=True, title="Dune")
    order = await trade.reserved(ann, (book, 3))
    await trade.catalogued("Dune", 2, orderable=True)
    async with trade.turn() as work:
        await trade.desk.ready(work, order.id, TOM, trade.clock.now())
    async with trade.uow.reading() as look:
        found = await look.books.get(book)
    assert found is not None
    assert (found.stock.on_hand, found.stock.held) == (3, 3)
    await trade.stock_adds_up(book)


async def test_a_paid_order_that_is_cancelled_owes_all_of_it_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.charged(attempt)
    changes = []
    for _ in range(2):
        async with trade.turn() as work:
            changes.append((await trade.orders.cancel(work, ann.customer_id, order.id))[1])
    assert changes == [True, False]
    assert (await trade.order(order.id)).state is OrderState.REFUNDED
    assert (await trade.balance(order)).owed == eur(1000)
    await trade.stock_adds_up(book)


async def test_a_ready_paid_order_is_not_cancelled_by_a_tap(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    assert ann.customer_id is not None
    await trade.charged(attempt)
    async with trade.turn() as work:
        await trade.desk.ready(work, order.id, TOM, trade.clock.now())
    async with trade.uow.writing() as work:
        with pytest.raises(TransitionRefused):
            await trade.orders.cancel(work, ann.customer_id, order.id)


async def test_nothing_paid_ever_expires(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    paid, attempt = await trade.to_pay(ann, (book, 1))
    await trade.charged(attempt)
    async with trade.turn() as work:
        await trade.desk.ready(work, paid.id, TOM, trade.clock.now())
    trade.clock.pass_time(timedelta(days=300))
    assert await trade.expiry.run(trade.uow) == 0


async def test_a_reservation_that_nobody_accepts_reminds_the_staff_once(trade: Trade) -> None:
    ann, book = await trade.customer(), await trade.book(3)
    await trade.reserved(ann, (book, 1))
    reminded = []
    for minutes in (29, 2, 60):
        trade.clock.pass_time(timedelta(minutes=minutes))
        reminded.append(await trade.expiry.remind(trade.uow))
    assert reminded == [0, 1, 0]
    assert (await trade.told())["staff-reminder"] == 1
