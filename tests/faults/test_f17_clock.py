"""F17: the clock jumps; the hour that comes twice in autumn.

In London the clocks of 25 October 2026 go back from 02:00 (01:00 UTC) to 01:00: what they show from 01:00 to 02:00 comes twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.order import OrderState
from domain.services.closing import DailyClose
from storage.tables.columns import _EPOCH, _MICROSECOND, Moment
from tests.chat.shop import Shop
from tests.domain.trade import SHOP, TOM, Hands, eur
from tests.faults.guard import Guard, Scene, fault_if, prevented_by, replaced, rewritten
from tests.faults.kept import without_condition
from tests.faults.replicas import replicas
from tests.faults.rules import HELD_AGAIN

LONDON = ZoneInfo("Europe/London")
CHANGE = date(2026, 10, 25)

SHOPS_ZONE = rewritten(
    "the shop's zone rather than a fixed offset",
    "domain.hours:OpeningHours.spans",
    "datetime.combine(day, closes, self.zone).astimezone(UTC)",
    "datetime.combine(day, closes, UTC) - datetime(2026, 7, 1, tzinfo=self.zone).utcoffset()",
)
MIDNIGHT = rewritten(
    "the shop's midnights as the ends of its day",
    "domain.services.closing:DailyClose.read",
    "(datetime.combine(when, time(), zone).astimezone(UTC) for when in (day, day + timedelta(days=1)))",
    "(datetime.combine(day, time(), zone).astimezone(UTC) + timedelta(hours=hours) for hours in (0, 24))",
)
TOKEN_EXPIRY = rewritten(
    "a token's own expiry",
    "identity.tokens:JwtTokens.verify",
    "self._clock.now() < claims.expires_at",
    "True",
)
TURN_EXPIRY = rewritten(
    "the turn's look at a token's expiry",
    "bot.conversation:_Scene._session",
    "claims is None or claims.chat_id != self.who.chat_id or claims.expires_at <= self.now",
    "claims is None or claims.chat_id != self.who.chat_id",
)


@contextmanager
def _as_clocks_show(scene: Scene) -> Iterator[None]:
    def written(self: Moment, value: datetime | None, dialect: Any) -> int | None:
        shown = None if value is None else value.astimezone(LONDON).replace(tzinfo=UTC)
        return None if shown is None else (shown - _EPOCH) // _MICROSECOND

    def read(self: Moment, value: Any, dialect: Any) -> datetime | None:
        shown = None if value is None else _EPOCH + timedelta(microseconds=value)
        return None if shown is None else shown.replace(tzinfo=LONDON).astimezone(UTC)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Moment, "process_bind_param", written)
        patch.setattr(Moment, "process_result_value", read)
        yield


SET_BACK = replaced(
    "that a message of what is the future now is due",
    "storage.outbox:HEADS",
    without_condition("outbox.written_at", "ahead.written_at", always=False),
)
KEPT_IN_UTC = Guard("moments that are kept in UTC", "storage.tables.columns:Moment", _as_clocks_show)


@prevented_by(SHOPS_ZONE)
async def test_f17_a_reservation_is_kept_until_the_shop_closes_though_the_clocks_change(
    database_url: str,
) -> None:
    clock = Hands(datetime(2026, 10, 23, 11, tzinfo=UTC))
    async with replicas(database_url, clock=clock) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order = await trade.reserved(ann, (book, 1))
        async with trade.turn() as work:
            await trade.desk.ready(work, order.id, TOM, clock.now())
        found = await trade.order(order.id)
        assert found.hold_until is not None
        closes = found.hold_until.astimezone(LONDON)
        fault_if(
            (closes.date(), closes.hour) != (date(2026, 10, 26), 18),
            f"the shop closes at 18:00 on the third day, and the books are kept till {closes:%d %H:%M}",
        )
        clock.at = datetime(2026, 10, 26, 17, 59, tzinfo=UTC)
        assert await trade.expiry.run(trade.uow) == 0


@prevented_by(KEPT_IN_UTC)
async def test_f17_a_hold_over_the_hour_that_comes_twice_lasts_fifteen_minutes(database_url: str) -> None:
    """Placed at 01:50 summer time, it ends at 01:05 winter time."""
    clock = Hands(datetime(2026, 10, 25, 0, 50, tzinfo=UTC))
    async with replicas(database_url, clock=clock) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, _ = await trade.to_pay(ann, (book, 1))
        clock.pass_time(timedelta(minutes=5))
        expired = await trade.expiry.run(trade.uow)
        fault_if(expired, "a hold of fifteen minutes ended after five")
        clock.pass_time(timedelta(minutes=11))
        assert await trade.expiry.run(trade.uow) == 1
        assert (await trade.order(order.id)).state is OrderState.EXPIRED


@prevented_by(MIDNIGHT)
async def test_f17_the_close_of_the_day_with_25_hours_has_all_its_payments(database_url: str) -> None:
    moments = [
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # 00:30
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 01:30
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 01:30 again
        datetime(2026, 10, 25, 23, 30, tzinfo=UTC),  # 23:30, in the 25th hour
    ]
    clock = Hands()
    async with replicas(database_url, clock=clock) as (trade, _):
        ann, book = await trade.customer(), await trade.book(9)
        for number, moment in enumerate(moments):
            clock.at = moment
            _, attempt = await trade.to_pay(ann, (book, 1))
            await trade.charged(attempt, f"c{number}")
        closing = DailyClose(gateways={}, shop=SHOP, clock=trade.clock)
        days = [CHANGE + timedelta(days=ahead) for ahead in (-1, 0, 1)]
        sums = [(await closing.close(trade.uow.reading, day)).total for day in days]
        fault_if(
            sums[1] != eur(4000), f"40.00 were taken that day, and its close says {sums[1].minor / 100:.2f}"
        )
        assert sums == [eur(0), eur(4000), eur(0)]


@prevented_by((TOKEN_EXPIRY, TURN_EXPIRY))
async def test_f17_a_login_that_is_over_is_over(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    shop.clock.pass_time(timedelta(days=31))  # no job has tidied up yet
    await ann.types("/orders")
    fault_if("You have no orders yet" in ann.screen, "a login of 30 days was good on the 31st")
    ann.sees("Log in")


@prevented_by(HELD_AGAIN)
async def test_f17_a_clock_that_jumps_ahead_and_back_loses_no_paid_order(database_url: str) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        await trade.approve(attempt)
        trade.clock.pass_time(timedelta(days=1))
        assert await trade.expiry.run(trade.uow) == 1
        trade.clock.pass_time(timedelta(days=-1))
        await trade.charged(attempt)
        found = await trade.order(order.id)
        assert (found.state, found.hold_until) == (OrderState.PAID, None)
        async with trade.uow.reading() as look:
            stock = await look.stock.sums(book)
        fault_if(not stock.held, "a paid order holds no copy after the clock had jumped")
        await trade.stock_adds_up(book)


@prevented_by(SET_BACK)
async def test_f17_what_was_written_by_a_clock_that_was_ahead_is_told_when_it_is_set_back(
    database_url: str,
) -> None:
    async with replicas(database_url) as (trade, _):
        ann, book = await trade.customer(), await trade.book(1)
        trade.clock.pass_time(timedelta(days=1))
        await trade.reserved(ann, (book, 1))
        trade.clock.pass_time(timedelta(days=-1))
        async with trade.turn() as work:
            now = trade.clock.now()
            leased = await work.outbox.lease(now, now + timedelta(seconds=20), 10)
        fault_if(not leased, "the staff are to hear of an order a day later")
        assert [item.message.kind for item in leased] == ["staff-card"]
