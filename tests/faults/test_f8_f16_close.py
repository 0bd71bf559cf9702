"""F8 and F16, at the day's close: what the gateway has and nobody told us of is found there, and counted once."""

from __future__ import annotations

from datetime import timedelta

from domain.closing import DayClose, Finding
from domain.services.closing import DailyClose
from domain.services.comparison import ON_ITS_WAY
from domain.services.taking_in import TakingIn
from tests.domain.trade import SHOP, Trade, eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.kept import JOURNAL_KEY
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
