"""Paying online: start at the gateway, answer a pre-checkout, count what was paid."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot import arrival
from bot.actions import Action, Pay, ShowHome, ShowOrder, ShowOrders, StartPayment
from bot.conversation import Before, Notice, Occasion, Route, Routes, Turn
from bot.inputs import PaymentDone, PreCheckout
from bot.screen import Html, Result, Screen
from bot.screens import orders as order_screens
from bot.screens import payment as screens
from bot.screens.doubts import answers
from bot.texts import Texts, Words
from domain.errors import OrderNotFound, PaymentRefused, PaymentUnavailable, ShopError
from domain.ids import AttemptId, OrderId, UserId
from domain.money import NO_CURRENCY, Money
from domain.payment import AttemptState, GatewayEvent, OpenLink, ShowInvoice
from domain.ports.gateway import Started, Unknown
from domain.services.orders import CustomerOrders
from domain.services.payments import OnlinePayments
from domain.services.settlement import Charge, Fate, Settlement

_TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the gateway answered; no gateway: there is nothing to pay (any more)."""

    gateway: str = ""
    answer: Started | Unknown | None = None
    order_id: OrderId | None = None


class PaymentConversation:
    def __init__(
        self, *, payments: OnlinePayments, settlement: Settlement, orders: CustomerOrders, texts: Texts
    ) -> None:
        self._payments = payments
        self._settlement = settlement
        self._orders = orders
        self._texts = texts

    def routes(self) -> Routes:
        return Routes(
            actions={
                Pay: Route(self.pay, recover=self.not_paid),
                StartPayment: Route(self.start, prepare=self.ask, recover=self.not_started),
            },
            inputs={PreCheckout: Route(self.approve), PaymentDone: Route(self.done)},
            notices={
                "staff-refund-due": self._tell_staff_refund,
                "staff-payment-in-doubt": self._tell_staff_doubt,
                "staff-payment-unplaced": self._tell_staff_unplaced,
            },
        )

    # --- starting -----------------------------------------------------------------------------------------------------

    async def pay(self, turn: Turn, action: Pay) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            arrival.come_back_to(turn, ShowOrder(action.order_id))
            return Result(order_screens.needs_login(turn.words))
        attempt = await self._payments.pay(turn.work, customer_id, OrderId(action.order_id), action.gateway)
        return Result(then=StartPayment(attempt.id))

    async def not_paid(self, turn: Turn, action: Pay, error: ShopError) -> Result | None:
        match error:
            case PaymentRefused(why, number):
                toast = turn.words.plain(f"pay-refused-{why}", number=number)
                return Result(go=ShowOrder(action.order_id), toast=toast)
            case PaymentUnavailable():
                toast = turn.words.plain("toast-way-gone")
                return Result(go=ShowOrder(action.order_id), toast=toast)
            case OrderNotFound():
                return Result(go=ShowOrders(), toast=turn.words.plain("toast-no-such-order"))
        return None

    async def ask(self, before: Before, action: StartPayment) -> _Asked:
        """Call the gateway: the network, outside of the transaction."""
        attempt_id = AttemptId(action.attempt_id)
        async with before.reading() as look:
            payable = await self._payments.payable(look, attempt_id)
            attempt = await look.payments.get(attempt_id)
        order_id = attempt.order_id if attempt is not None else None
        if payable is None:
            return _Asked(order_id=order_id)
        gateway, what = payable
        return _Asked(gateway, await self._payments.ask(gateway, what), order_id)

    async def start(self, turn: Turn, action: StartPayment) -> Result:
        asked, words = turn.brought(_Asked), turn.words
        if not asked.gateway or asked.answer is None:
            return Result(go=await self._instead(turn, asked.order_id))
        attempt_id = AttemptId(action.attempt_id)
        if not await self._may_pay(turn, asked.order_id):
            return Result(go=ShowOrders())
        if isinstance(asked.answer, Unknown):
            order = await self._payments.not_reached(turn.work, attempt_id)
            return Result(screens.unavailable(order, asked.gateway, words))
        order = await self._payments.record_start(turn.work, attempt_id, asked.answer)
        match asked.answer:
            case ShowInvoice() as shown:
                return Result(screens.invoice(order, shown, turn.who.user_id, words))
            case OpenLink() as opened:
                return Result(screens.link(order, opened, words))

    async def _may_pay(self, turn: Turn, order_id: OrderId | None) -> bool:
        """The chat that the order was placed in, or whoever is logged in as its customer: what follows a commit, or a crash, is
        no button, but data can be forged."""
        order = await turn.work.orders.get(order_id) if order_id is not None else None
        if order is None or order.customer_id is None:
            return False
        return order.chat_id == turn.who.chat_id or order.customer_id == await turn.customer_id()

    async def not_started(self, turn: Turn, action: StartPayment, error: ShopError) -> Result | None:
        """The order moved on while the gateway was asked: it is shown as it stands."""
        attempt = await turn.work.payments.get(AttemptId(action.attempt_id))
        return Result(go=await self._instead(turn, attempt.order_id if attempt is not None else None))

    async def _instead(self, turn: Turn, order_id: OrderId | None) -> Action:
        """Where nothing is to be paid: at the order, for whom it is; others see their own."""
        order = await turn.work.orders.get(order_id) if order_id is not None else None
        if order is None:
            return ShowHome()
        customer_id = await turn.customer_id()
        theirs = (
            order.chat_id == turn.who.chat_id if customer_id is None else order.customer_id == customer_id
        )
        return ShowOrder(order.id) if theirs else ShowOrders()

    # --- approving ----------------------------------------------------------------------------------------------------

    async def approve(self, turn: Turn, asked: PreCheckout) -> Result:
        """Answers within the transaction's time: nothing slow, no dialogue. The words are in the order's language."""
        named = screens.read_payload(asked.payload)
        if named is None:
            return Result(checkout_answer=turn.words.plain("pay-refused-unknown", number=""))
        attempt_id, shown_to = AttemptId(named[0]), named[1]
        try:
            await self._payments.approve(
                turn.work,
                attempt_id,
                query_id=asked.query_id,
                payer=turn.who.user_id,
                shown_to=shown_to,
                amount=Money(asked.amount, asked.currency),
            )
        except PaymentRefused as refused:
            words = await self._words_of(turn, attempt_id)
            return Result(checkout_answer=words.plain(f"pay-refused-{refused.why}", number=refused.number))
        return Result(checkout_answer="")

    async def _words_of(self, turn: Turn, attempt_id: AttemptId) -> Words:
        attempt = await turn.work.payments.get(attempt_id)
        order = await turn.work.orders.get(attempt.order_id) if attempt is not None else None
        return turn.words if order is None else self._texts.words(order.language)

    # --- paid ---------------------------------------------------------------------------------------------------------

    async def done(self, turn: Turn, paid: PaymentDone) -> Result:
        named = screens.read_payload(paid.payload) or (paid.payload[:32], UserId(0))
        attempt_id, amount = AttemptId(named[0]), Money(paid.amount, paid.currency)
        await self._settlement.record_event(turn.work, _event(turn, paid, attempt_id))
        charge = Charge(
            gateway=_TELEGRAM,
            charge_id=paid.charge_id,
            amount=amount,
            provider_charge_id=paid.provider_charge_id,
            rightful=named[1] == turn.who.user_id,
        )
        settled = await self._settlement.charged(turn.work, attempt_id, charge, tell=False)
        words, order = turn.words, settled.order
        if order is None or settled.fate is Fate.IN_DOUBT:
            return Result(screens.unplaced("payment-unplaced", amount, words))
        if not charge.rightful:
            return Result(screens.not_theirs(order.number, amount, words))
        view = await self._orders.view_of(turn.work, order)
        heading = None
        if settled.fate is not Fate.COUNTED_BEFORE:
            message = f"payment-{settled.fate.value.replace('_', '-')}"
            heading = words.html(message, number=order.number, amount=amount)
        screen = order_screens.order(
            view, words, turn.shop, turn.now, ways=self._payments.ways, heading=heading
        )
        return Result(screen)

    # --- telling the staff --------------------------------------------------------------------------------------------

    async def _tell_staff_refund(self, occasion: Occasion) -> Notice | None:
        order = await occasion.look.orders.get(OrderId(int(occasion.data["order"] or 0)))
        if order is None:
            return None
        words = await _staff_words(occasion)
        amount = Money(int(occasion.data.get("amount") or 0), order.total.currency)
        why = str(occasion.data.get("why") or "due_twice").replace("_", "-")
        kept = Money(int(occasion.data.get("kept") or 0), amount.currency)
        text = (
            words.html(f"staff-{why}-part", number=order.number, amount=amount, kept=kept)
            if kept
            else words.html(f"staff-{why}", number=order.number, amount=amount)
        )
        tail = words.html(
            "staff-refund-by-hand" if occasion.data.get("by_hand") else "staff-refund-by-itself"
        )
        return Notice(Screen(Html(f"{text} {tail}")))

    async def _tell_staff_doubt(self, occasion: Occasion) -> Notice | None:
        order = await occasion.look.orders.get(OrderId(int(occasion.data["order"] or 0)))
        if order is None:
            return None
        words = await _staff_words(occasion)
        amount = _charged(occasion)
        charge = str(occasion.data.get("charge") or "")
        text = words.html("staff-in-doubt", number=order.number, amount=amount, charge=charge)
        attempt_id = str(occasion.data.get("attempt") or "")
        attempt = await occasion.look.payments.get(AttemptId(attempt_id))
        open_doubt = attempt is not None and attempt.state is AttemptState.IN_DOUBT
        return Notice(Screen(text, answers(attempt_id, words) if open_doubt else ()))

    async def _tell_staff_unplaced(self, occasion: Occasion) -> Notice | None:
        words = await _staff_words(occasion)
        amount = _charged(occasion)
        text = words.html(
            "staff-unplaced",
            amount=amount,
            charge=str(occasion.data.get("charge") or ""),
            gateway=str(occasion.data.get("gateway") or ""),
        )
        return Notice(Screen(text))


def _event(turn: Turn, paid: PaymentDone, attempt_id: AttemptId) -> GatewayEvent:
    """The update's facts, as they came. Telegram sends no card data."""
    raw = {
        "invoice_payload": paid.payload,
        "total_amount": paid.amount,
        "currency": paid.currency,
        "telegram_payment_charge_id": paid.charge_id,
        "provider_payment_charge_id": paid.provider_charge_id,
        "payer": turn.who.user_id,
    }
    return GatewayEvent(
        gateway=_TELEGRAM,
        event_id=paid.charge_id,
        kind="successful_payment",
        attempt_id=attempt_id,
        raw=json.dumps(raw),
        at=turn.now,
    )


async def _staff_words(occasion: Occasion) -> Words:
    chat = await occasion.look.staff.chat()
    return occasion.texts.words(chat.language if chat is not None else "")


def _charged(occasion: Occasion) -> Money:
    """What a gateway took, in its own currency, which need not be an order's."""
    currency = str(occasion.data.get("currency") or NO_CURRENCY)
    return Money(int(occasion.data.get("amount") or 0), currency)
