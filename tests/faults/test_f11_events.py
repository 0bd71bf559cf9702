"""F11: gateway events late, twice, out of order, for another order, with another amount or currency, with a wrong or a
missing signature."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from domain.order import OrderState
from storage.payments import SqlPayments
from tests.chat.conftest import OpenShop
from tests.chat.test_webhook import free_port
from tests.domain.trade import eur
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.kept import JOURNAL_KEY, STOCK_CHECK, STOCK_CONDITION
from tests.faults.rules import DUE_BACK, HELD_AGAIN, SAME_GATEWAY_AND_CURRENCY, STILL_THERE, WHOLE_AMOUNT
from tests.faults.stripe_account import stripe_shop

_numbers = itertools.count()


def _each_event_is_new(record: Any) -> Any:
    async def recorded(self: SqlPayments, event: Any) -> bool:
        return bool(await record(self, replace(event, event_id=f"{event.event_id}#{next(_numbers)}")))

    return recorded


EVENT_KEY = replaced(
    "the unique id of an event", "storage.payments:SqlPayments.record_event", _each_event_is_new
)


def _per_order(enter: Any) -> Any:
    async def entered(self: SqlPayments, entry: Any) -> bool:
        return bool(await enter(self, replace(entry, key=f"{entry.order_id}:{entry.key}")))

    return entered


ONE_CHARGE_ONE_ORDER = replaced(
    "a charge's key, which is the same for every order", "storage.payments:SqlPayments.enter", _per_order
)
SETTLED_STAYS = rewritten(
    "that a settled attempt stays settled",
    "domain.services.settlement:Settlement.settle",
    "attempt.state in SETTLED",
)
REPORTED_FIRST = rewritten(
    "that a refund waits for its charge",
    "domain.services.settlement:Settlement.given_back",
    "attempt.state not in (AttemptState.SUCCEEDED, AttemptState.IN_DOUBT)",
)
SIGNATURE = replaced(
    "the signature of an event",
    "stripe:WebhookSignature.verify_header",
    lambda verify: lambda *given: True,
)
WEBHOOK_SECRET = rewritten(
    "the secret of Telegram's webhook",
    "bot.web:application",
    "hmac.compare_digest(given, secret.encode())",
    "True",
)


@prevented_by(HELD_AGAIN)
async def test_f11_an_event_that_comes_late_pays_an_order_whose_copies_are_held_again(
    database_url: str,
) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, _, session = await shop.with_page()
        trade.clock.pass_time(timedelta(minutes=16))
        shop.stripe.down = True  # so that the hold ends without Stripe's word
        trade.clock.pass_time(timedelta(hours=2))
        assert await trade.expiry.run(trade.uow) == 1
        shop.stripe.down = False
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", session) == 200
        assert (await trade.order(order.id)).state is OrderState.PAID
        async with trade.uow.reading() as look:
            stock = await look.stock.sums(order.lines[0].book_id)
        fault_if(stock.held < 1, "a paid order holds no copy: the next customer buys it")
        await trade.stock_adds_up(order.lines[0].book_id)


@prevented_by(DUE_BACK, (STILL_THERE, STOCK_CONDITION, STOCK_CHECK))
async def test_f11_an_event_that_comes_too_late_gives_the_money_back(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, _, session = await shop.with_page()
        shop.stripe.down = True
        trade.clock.pass_time(timedelta(hours=2))
        assert await trade.expiry.run(trade.uow) == 1
        await trade.reserved(await trade.customer("Bob"), (order.lines[0].book_id, 1))
        shop.stripe.down = False
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", session) == 200
        await trade.reconciliation.run(trade.uow)
        back = sum(refund["amount"] for refund in shop.stripe.refunds)
        fault_if(back != 1000, "money came for a book that is gone, and did not go back")


@prevented_by((EVENT_KEY, JOURNAL_KEY))
async def test_f11_an_event_that_comes_twice_counts_once(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        event = shop.stripe.event("checkout.session.completed", session)
        assert [await shop.posts(*event) for _ in range(2)] == [200, 200]
        fault_if((await shop.trade.balance(order)).paid != eur(1000), "one event was counted twice")


@prevented_by(JOURNAL_KEY)
async def test_f11_two_events_about_one_charge_count_once(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        for kind in ("completed", "async_payment_succeeded"):
            assert await shop.hears(kind, session) == 200
        fault_if((await shop.trade.balance(order)).paid != eur(1000), "one charge was counted twice")


@pytest.mark.parametrize("later", ["async_payment_failed", "expired"])
@prevented_by(SETTLED_STAYS)
async def test_f11_an_older_event_that_comes_after_the_payment_does_not_undo_it(
    database_url: str, later: str
) -> None:
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", session) == 200
        assert await shop.hears(later, {**session, "status": "expired", "payment_status": "unpaid"}) == 200
        assert order.customer_id is not None
        async with trade.turn() as work:
            await trade.cancel(work, order.customer_id, order.id)
        await trade.reconciliation.run(trade.uow)
        back = sum(refund["amount"] for refund in shop.stripe.refunds)
        fault_if(back != 1000, "a paid attempt was taken for a failed one, and its money never goes back")


@prevented_by(REPORTED_FIRST)
async def test_f11_a_refund_that_is_reported_before_its_charge_is_counted_all_the_same(
    database_url: str,
) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        charge = {"id": "ch_1", "amount_refunded": 400, "currency": "eur", "metadata": session["metadata"]}
        event = shop.stripe.event("charge.refunded", charge)
        first = await shop.posts(*event)
        assert await shop.hears("completed", session) == 200
        if first != 200:  # then Stripe delivers it again
            assert await shop.posts(*event) == 200
        balance = await shop.trade.balance(order)
        fault_if(balance.refunded != eur(400), "a refund that came before its charge was forgotten")
        assert balance.paid == eur(1000)


@prevented_by(ONE_CHARGE_ONE_ORDER)
async def test_f11_a_charge_of_one_order_does_not_pay_another(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        first, _, session = await shop.with_page()
        second, attempt, _ = await shop.with_page()
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", session) == 200
        about_the_other = {**session, "metadata": {"attempt": attempt.id, "order": second.number}}
        assert await shop.hears("completed", about_the_other) == 200
        found = await shop.trade.order(second.id)
        fault_if(found.state is OrderState.PAID, "one charge paid two orders")
        assert (await shop.trade.order(first.id)).state is OrderState.PAID


@prevented_by(WHOLE_AMOUNT)
async def test_f11_an_event_with_another_amount_does_not_pay_the_order(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", {**session, "amount_total": 1}) == 200
        found = await shop.trade.order(order.id)
        fault_if(found.state is OrderState.PAID, "0.01 paid an order of 10.00")
        assert (await shop.trade.balance(order)).owed == eur(1)


@prevented_by((SAME_GATEWAY_AND_CURRENCY, WHOLE_AMOUNT))
async def test_f11_an_event_in_another_currency_does_not_pay_the_order(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", {**session, "currency": "huf"}) == 200
        found = await shop.trade.order(order.id)
        fault_if(found.state is OrderState.PAID, "10 forints paid an order of 10 euros")
        async with shop.trade.uow.reading() as look:
            assert [attempt.order_id for attempt in await look.payments.in_doubt(10)] == [order.id]
        assert (await shop.trade.told())["staff-payment-in-doubt"] == 1


def _unsigned(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Stripe-Signature"}


def _signed_by_another(headers: Mapping[str, str]) -> dict[str, str]:
    return {**headers, "Stripe-Signature": f"t={int(time.time())},v1={'0' * 64}"}


def _of_another_body(headers: Mapping[str, str]) -> dict[str, str]:
    return {**headers, "Stripe-Signature": headers["Stripe-Signature"].replace("v1=", "v1=00")}


@pytest.mark.parametrize("forge", [_unsigned, _signed_by_another, _of_another_body])
@prevented_by(SIGNATURE)
async def test_f11_an_event_with_a_wrong_or_missing_signature_pays_nothing(
    database_url: str, forge: Any
) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        body, headers = shop.stripe.event("checkout.session.completed", {**session, "payment_status": "paid"})
        status = await shop.posts(body, forge(headers))
        found = await shop.trade.order(order.id)
        fault_if(found.state is OrderState.PAID, "an event that Stripe never sent paid an order")
        assert status == 400


@prevented_by(SIGNATURE)
async def test_f11_an_event_that_was_recorded_long_ago_is_not_played_back(database_url: str) -> None:
    async with stripe_shop(database_url) as shop:
        order, _, session = await shop.with_page()
        body, headers = shop.stripe.event(
            "checkout.session.completed", {**session, "payment_status": "paid"}, at=time.time() - 3600
        )
        await shop.posts(body, headers)
        found = await shop.trade.order(order.id)
        fault_if(found.state is OrderState.PAID, "a signature of an hour ago was believed")


@pytest.mark.parametrize("secret", ["", "guessed"])
@prevented_by(WEBHOOK_SECRET)
async def test_f11_an_update_that_telegram_did_not_send_is_refused(open_shop: OpenShop, secret: str) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_url=f"http://{at}", webhook_listen=at)
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with aiohttp.ClientSession(f"http://{at}", headers=headers) as http:
        answer = await http.post("/telegram", json={"update_id": 1})
    fault_if(answer.status == 200, "an update was taken from somebody who does not know the secret")
    assert answer.status == 403
    assert shop.app.webhook_secret
