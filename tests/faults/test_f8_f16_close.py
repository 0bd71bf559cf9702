"""F8 and F16, where people look after them: what nobody told us of is found at the day's close, or said, and counted once."""

from __future__ import annotations

from datetime import timedelta

from domain.closing import DayClose, Finding
from domain.order import Order
from domain.payment import Attempt
from domain.ports.gateway import Unknown
from domain.services.closing import DailyClose
from domain.services.comparison import ON_ITS_WAY
from domain.services.doubts import Doubts
from domain.services.reconciliation import UNHEARD_FOR
from domain.services.taking_in import TakingIn
from tests.domain.trade import SHOP, TOM, Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import JOURNAL_KEY
from tests.faults.replicas import replicas
from tests.faults.stripe_account import stripe_shop

CHARGES_LISTED = rewritten(
    "holding the gateway's charges against our books",
    "domain.services.comparison:Comparison._taken",
    "key not in ours and not self._on_its_way(charge)",
)
REFUNDS_LISTED = rewritten(
    "holding the gateway's refunds against our books",
    "domain.services.comparison:Comparison._given_back",
    "refund.refund_id in same or self._on_its_way(refund)",
    "True",
)
OURS_ASKED_ABOUT = rewritten(
    "asking about what is not on the gateway's list",
    "domain.services.comparison:Comparison._taken",
    "[ours[key] for key in ours if key not in theirs]",
    "[]",
)

ONE_CHARGE = rewritten(
    "that somebody's word stands for one charge",
    "domain.services.known_money:Known.entry_of",
    "known == charge_id or (known.startswith(SAID_PAID) and first)",
    "True",
)
LEFT_IN_DOUBT = rewritten(
    "leaving to the staff what was allowed and never reported",
    "domain.services.reconciliation:Reconciliation._claim",
    "not asked and _may_be_charged(attempt)",
)
SAID_BEFORE = rewritten(
    "that a charge which somebody said was there is the one that is reported",
    "domain.services.settlement:Settlement.charged",
    "await self._said_before(work, attempt, charge)",
)


async def _closed(trade: Trade) -> DayClose:
    """The present day's, a while later, when whatever was to be reported has been."""
    daily = DailyClose(gateways=trade.gateways, shop=SHOP, clock=trade.clock)
    day = daily.today(trade.clock.now())
    trade.clock.pass_time(ON_ITS_WAY + timedelta(minutes=1))
    return await daily.close(trade.uow.reading, day)


def _findings(close: DayClose) -> list[Finding]:
    assert close.compared is not None
    assert not close.compared.unheard
    return [one.finding for one in close.compared.differences]


@prevented_by(CHARGES_LISTED)
async def test_f16_a_charge_that_nobody_told_us_of_stands_in_the_days_close(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        _, _, page = await shop.with_page()
        shop.stripe.pays(page["id"])
        found = _findings(await _closed(shop.trade))
        fault_if(Finding.NOT_IN_BOOKS not in found, "Stripe took 10.00, and the close agrees with the books")
        assert found == [Finding.NOT_IN_BOOKS]


@prevented_by(ONE_CHARGE)
async def test_f16_a_second_charge_is_not_hidden_by_one_that_somebody_said_was_there(
    database_url: str,
) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        _, attempt, page = await shop.with_page()
        async with trade.turn() as work:
            await trade.settlement.settle(work, attempt.id, Unknown("no answer"))
        shop.stripe.pays(page["id"])
        shop.stripe.charged(1000, metadata=page["metadata"])
        async with trade.turn() as work:
            doubts = Doubts(lifecycle=trade.lifecycle, settlement=trade.settlement)
            assert await doubts.decide(work, attempt.id, TOM, paid=True)
        found = _findings(await _closed(trade))
        fault_if(not found, "Stripe took 10.00 twice, and the close agrees with the books")
        assert found == [Finding.NOT_IN_BOOKS]


@prevented_by(REFUNDS_LISTED)
async def test_f16_a_refund_that_nobody_told_us_of_stands_in_the_days_close(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        _, _, page = await shop.with_page()
        paid = shop.stripe.pays(page["id"])
        assert await shop.hears("completed", paid) == 200
        shop.stripe.gives_back(paid["payment_intent"], 400)
        found = _findings(await _closed(shop.trade))
        fault_if(not found, "Stripe gave 4.00 back, and the close agrees with the books")
        assert found == [Finding.REFUND_NOT_IN_BOOKS]


@prevented_by(OURS_ASKED_ABOUT)
async def test_f16_money_that_the_gateway_never_took_stands_in_the_days_close(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        _, attempt, _ = await shop.with_page()
        # As if a look at the wrong account had been believed.
        await trade.charged(attempt, "pi_of_another_account")
        close = await _closed(trade)
        assert close.total == eur(1000)
        fault_if(
            not _findings(close), "10.00 stand in the books that Stripe never took, and the close agrees"
        )
        assert _findings(close) == [Finding.NOT_PAID]


@prevented_by(JOURNAL_KEY)
async def test_f8_a_charge_that_is_taken_in_at_the_close_and_then_reported_is_counted_once(
    database_url: str,
) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, attempt, page = await shop.with_page()
        paid = shop.stripe.pays(page["id"])
        close = await _closed(trade)
        assert close.compared is not None
        async with trade.turn() as work:
            await TakingIn(trade.settlement).take_in(work, close.compared.differences)
        assert await shop.hears("completed", paid) == 200
        balance = await trade.balance(order)
        fault_if(balance.paid != eur(1000), "10.00 were taken, and 20.00 counted")
        assert not balance.owed
        assert (await trade.attempt(attempt.id)).charge_id == paid["payment_intent"]


async def _unheard(trade: Trade) -> tuple[Order, Attempt]:
    """An invoice in the chat whose charge was allowed, and of which nothing was reported until the order had expired."""
    ann, book = await trade.customer(), await trade.book(1)
    order, attempt = await trade.to_pay(ann, (book, 1))
    await trade.approve(attempt)
    for span in (timedelta(hours=1), UNHEARD_FOR):
        trade.clock.pass_time(span)
        await trade.expiry.run(trade.uow)
        await trade.reconciliation.run(trade.uow)
    return order, attempt


@prevented_by(LEFT_IN_DOUBT)
async def test_f16_a_charge_that_was_allowed_and_never_reported_stays_in_sight(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        _, attempt = await _unheard(trade)
        close = await _closed(trade)
        fault_if(not close.doubts, "10.00 may have been taken, and nobody is asked to look")
        assert [one.attempt.id for one in close.doubts] == [attempt.id]
        assert (await trade.told())["staff-payment-unheard"] == 1


@prevented_by(SAID_BEFORE)
async def test_f8_a_charge_that_somebody_said_was_there_and_that_is_then_reported_is_counted_once(
    database_url: str,
) -> None:
    async with replicas(database_url) as (trade, _):
        order, attempt = await _unheard(trade)
        doubts = Doubts(lifecycle=trade.lifecycle, settlement=trade.settlement)
        for _ in range(2):
            async with trade.turn() as work:
                await doubts.decide(work, attempt.id, TOM, paid=True)
        for _ in range(2):
            await trade.charged(attempt)
        balance = await trade.balance(order)
        fault_if(balance.paid != eur(1000), "10.00 were taken, and 20.00 counted")
        assert not balance.owed
