"""F3: paid, stock gone, silence."""

from __future__ import annotations

from datetime import timedelta

from domain.order import OrderState
from domain.ports.gateway import RefundFailed, Succeeded
from tests.chat.buying import with_invoice, with_reservation
from tests.chat.shop import Shop
from tests.domain.trade import eur
from tests.faults.guard import fault_if, prevented_by, rewritten
from tests.faults.replicas import LINK, replicas
from tests.faults.rules import DUE_BACK, STAFF_TOLD
from tests.faults.stripe_account import stripe_shop
from tests.faults.test_f8_counted_once import paid_and_cancelled
from tests.faults.till import Till

CUSTOMER_TOLD = rewritten(
    "telling the customer of money that goes back",
    "domain.services.settlement:Settlement._give_back",
    "await self._lifecycle.tell_customer(work, order, 'refund-due', **facts)",
    "None",
)
SAID_IN_THE_CHAT = rewritten(
    "the sentence above the order that money landed for",
    "bot.conversations.payment:PaymentConversation.done",
    "settled.fate is not Fate.COUNTED_BEFORE",
)


STAFF_TOLD_OF_FAILURE = rewritten(
    "telling the staff of a refund that came back",
    "domain.services.settlement:Settlement.refund_failed",
    "await self._lifecycle.tell_staff_of_refund(work, order, back, 'due_came_back')",
    "None",
)
CUSTOMER_TOLD_OF_FAILURE = rewritten(
    "telling the customer of a refund that came back",
    "domain.services.settlement:Settlement.refund_failed",
    "await self._lifecycle.tell_customer(work, order, 'refund-failed', amount=back.minor)",
    "None",
)
BY_ITS_CHARGE = rewritten(
    "finding a refund that names no attempt by its charge",
    "domain.services.settlement:Settlement.refund_failed",
    "await work.payments.by_charge(gateway, failed.charge_id)",
    "None",
)
BY_ITS_SUM = rewritten(
    "booking a refund that came back and that was made at the provider",
    "domain.services.refunds:Refunds.came_back",
    "sent_back(entries, attempt, failed)",
    "[]",
)
OWED_AGAIN = rewritten(
    "booking a refund that came back",
    "domain.services.refunds:Refunds.came_back",
    "await work.payments.enter(back)",
    "True",
)


@prevented_by(DUE_BACK, STAFF_TOLD, CUSTOMER_TOLD)
async def test_f3_when_the_stock_is_gone_the_money_goes_back_and_everybody_hears_of_it(
    database_url: str,
) -> None:
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (trade, _):
        ann, bob, book = await trade.customer("Ann"), await trade.customer("Bob"), await trade.book(1)
        order, attempt = await trade.to_pay(ann, (book, 1))
        trade.clock.pass_time(timedelta(minutes=16))
        assert await trade.expiry.run(trade.uow) == 1
        await trade.reserved(bob, (book, 1))
        await trade.told()
        async with trade.turn() as work:
            await trade.settlement.settle(work, attempt.id, Succeeded("pi_1", attempt.amount))
        told = await trade.told()
        assert (await trade.order(order.id)).state is OrderState.EXPIRED
        await trade.reconciliation.run(trade.uow)
        fault_if(till.out != 1000, "the money for a book that is gone stays with the shop")
        fault_if(not told["staff-refund-due"], "the staff heard nothing of it")
        fault_if(not told["refund-due"], "the customer heard nothing of it")
        assert (await trade.balance(order)).refunded == eur(1000)


@prevented_by(STAFF_TOLD, SAID_IN_THE_CHAT)
async def test_f3_who_paid_too_late_by_an_invoice_reads_that_the_book_is_gone(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune messiah")
    payment = await ann.pays(delivery="held")
    await shop.pass_time(timedelta(minutes=30))
    await with_reservation(shop, "Bob", "dune messiah")
    answer = await shop.telegram.request("POST", f"/payments/{payment['id']}/deliver", {})
    await shop.settle(int(answer.get("update_id", 0)))
    for person in (ann, tom):
        await person.looks()
    fault_if("its books are gone" not in tom.transcript(), "the staff heard nothing of it")
    fault_if("a book has been sold meanwhile" not in ann.transcript(), "the customer heard nothing of it")


@prevented_by(OWED_AGAIN, STAFF_TOLD_OF_FAILURE, CUSTOMER_TOLD_OF_FAILURE)
async def test_f3_money_that_the_bank_sent_back_is_owed_again_and_everybody_hears_of_it(
    database_url: str,
) -> None:
    till = Till("stripe", LINK)
    async with replicas(database_url, till) as (trade, _):
        order, attempt = await paid_and_cancelled(trade)
        await trade.reconciliation.run(trade.uow)
        await trade.told()
        failed = RefundFailed(f"re-{next(iter(till.paid_out))}", eur(1000), "expired_or_canceled_card")
        async with trade.turn() as work:
            await trade.settlement.refund_failed(work, attempt.gateway, attempt.id, failed)
        told = await trade.told()
        fault_if((await trade.balance(order)).owed != eur(1000), "nobody owes what did not arrive")
        fault_if(not told["staff-refund-due"], "the staff heard nothing of it")
        fault_if(not told["refund-failed"], "the customer heard nothing of it")


@prevented_by(BY_ITS_CHARGE, BY_ITS_SUM)
async def test_f3_a_refund_made_at_the_provider_that_the_bank_sent_back_is_owed_again(
    database_url: str,
) -> None:
    """It names no attempt, and our books know it by the charge alone."""
    async with stripe_shop(database_url) as shop:
        trade = shop.trade
        order, _, session = await shop.with_page()
        shop.stripe.pays(session["id"])
        assert await shop.hears("completed", session) == 200
        charge = shop.stripe.charges[-1]
        refund = shop.stripe.gives_back(charge["payment_intent"], 400)
        gone = charge | {"amount_refunded": 400}
        assert await shop.posts(*shop.stripe.event("charge.refunded", gone)) == 200
        assert (await trade.balance(order)).refunded == eur(400)
        await trade.told()
        failed = shop.stripe.sends_back(refund)
        assert await shop.posts(*shop.stripe.event("refund.failed", failed)) == 200
        told = await trade.told()
        fault_if((await trade.balance(order)).owed != eur(400), "nobody owes what did not arrive")
        assert (told["staff-refund-due"], told["refund-failed"]) == (1, 1)
