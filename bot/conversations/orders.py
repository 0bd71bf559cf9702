"""The customer's orders, always drawn from how they stand now; and the notices about them."""

from __future__ import annotations

from bot import arrival
from bot.actions import (
    Action,
    CancelOrder,
    ConfirmCancel,
    OrderAgain,
    ReserveInstead,
    ShowCart,
    ShowOrder,
    ShowOrders,
)
from bot.conversation import Notice, NoticeRender, Occasion, Route, Routes, Turn
from bot.screen import Html, Result, lines
from bot.screens import orders as screens
from bot.screens import tax
from bot.texts import Words
from domain.cancelling import CancelUntil
from domain.errors import CancelOfferChanged, OrderNotFound, PaymentRefused, ShopError, TransitionRefused
from domain.ids import OrderId
from domain.money import Money
from domain.order import Order, OrderState
from domain.services.orders import CustomerOrders
from domain.services.payments import OnlinePayments

_S = OrderState


class OrdersConversation:
    def __init__(self, *, orders: CustomerOrders, payments: OnlinePayments) -> None:
        self._orders = orders
        self._ways = payments.ways

    def routes(self) -> Routes:
        return Routes(
            actions={
                ShowOrders: Route(self.show_all),
                ShowOrder: Route(self.show, recover=self.gone),
                CancelOrder: Route(self.ask, recover=self.gone),
                ConfirmCancel: Route(self.cancel, recover=self.not_cancelled),
                ReserveInstead: Route(self.reserve, recover=self.gone),
                OrderAgain: Route(self.again, recover=self.gone),
            },
            commands={"orders": ShowOrders()},
            notices={
                "order-ready": self._while_in(_S.READY),
                "order-collected": self._while_in(_S.COLLECTED),
                "order-cancelled": self._while_in(_S.CANCELLED, _S.REFUNDED),
                "order-expired": self._while_in(_S.EXPIRED),
                "order-paid": self._while_in(_S.PAID, _S.READY),
                "payment-declined": self._declined,
                "refund-due": self._refund_due,
                "order-refunded": self._money_moved("order-refunded-heading"),
                "refund-failed": self._money_moved("order-refund-failed-heading"),
            },
        )

    # --- looking ------------------------------------------------------------------------------------------------------

    async def show_all(self, turn: Turn, action: ShowOrders) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, action)
        page = max(0, action.page)
        found, total = await self._orders.page(turn.work, customer_id, page)
        if not found and total:
            page = (total - 1) // screens.PAGE
            found, total = await self._orders.page(turn.work, customer_id, page)
        return Result(screens.orders(found, total, page, turn.words, turn.now))

    async def show(self, turn: Turn, action: ShowOrder) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, action)
        view = await self._orders.view(turn.work, customer_id, OrderId(action.order_id))
        return Result(screens.order(view, turn.words, turn.shop, turn.now, ways=self._ways))

    async def gone(self, turn: Turn, action: Action, error: ShopError) -> Result | None:
        """No such order of this customer's: their own are shown."""
        if isinstance(error, OrderNotFound):
            return Result(go=ShowOrders(), toast=turn.words.plain("toast-no-such-order"))
        return None

    # --- changing -----------------------------------------------------------------------------------------------------

    async def ask(self, turn: Turn, action: CancelOrder) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, ShowOrder(action.order_id))
        view = await self._orders.view(turn.work, customer_id, OrderId(action.order_id))
        if view.cancelling is None:
            toast = _cannot_cancel(view.order, turn.words)
            return Result(go=ShowOrder(action.order_id), toast=toast)
        return Result(screens.confirm_cancel(view.order, view.cancelling, turn.words, turn.now))

    async def cancel(self, turn: Turn, action: ConfirmCancel) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, ShowOrder(action.order_id))
        order, _ = await self._orders.cancel(
            turn.work,
            customer_id,
            OrderId(action.order_id),
            agreed=action.back,
        )
        message = "toast-moved-on" if order.state is _S.EXPIRED else "toast-order-cancelled"
        toast = turn.words.plain(message, number=order.number)
        return Result(go=ShowOrder(action.order_id), toast=toast)

    async def not_cancelled(self, turn: Turn, action: ConfirmCancel, error: ShopError) -> Result | None:
        words = turn.words
        match error:
            case CancelOfferChanged(number):
                # Asked again, with what would go back by now.
                toast = words.plain("toast-cancel-changed", number=number)
                return Result(go=CancelOrder(action.order_id), toast=toast)
            case TransitionRefused():
                order = await turn.work.orders.get(OrderId(action.order_id))
                toast = _cannot_cancel(order, words) if order is not None else ""
                return Result(go=ShowOrder(action.order_id), toast=toast)
            case PaymentRefused():
                return Result(go=ShowOrder(action.order_id), toast=words.plain("pay-refused-busy"))
        return await self.gone(turn, action, error)

    async def reserve(self, turn: Turn, action: ReserveInstead) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, ShowOrder(action.order_id))
        order, _ = await self._orders.reserve_instead(turn.work, customer_id, OrderId(action.order_id))
        toast = "" if order.state is _S.RESERVED else turn.words.plain("toast-moved-on", number=order.number)
        return Result(go=ShowOrder(action.order_id), toast=toast)

    async def again(self, turn: Turn, action: OrderAgain) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return _log_in_first(turn, ShowOrder(action.order_id))
        added, short = await self._orders.order_again(
            turn.work, await turn.owner(), customer_id, OrderId(action.order_id)
        )
        words = turn.words
        if short:
            toast = words.plain("toast-again-short", count=len(short), added=added)
        elif added:
            toast = words.plain("toast-again", added=added)
        else:
            toast = words.plain("toast-again-all-there")
        return Result(go=ShowCart(), toast=toast)

    # --- notices ------------------------------------------------------------------------------------------------------

    def _while_in(self, *states: OrderState) -> NoticeRender:
        """The order as it stands, as long as what the notice is about still holds: what came after has a notice of its own."""

        async def render(occasion: Occasion) -> Notice | None:
            order = await _order(occasion)
            if order is None or order.state not in states:
                return None
            return await self._notice(occasion, order, None)

        return render

    async def _declined(self, occasion: Occasion) -> Notice | None:
        order = await _order(occasion)
        if order is None or order.state is not _S.AWAITING_PAYMENT:
            return None
        words = _words(occasion, order)
        heading = words.html("order-declined", number=order.number)
        return await self._notice(occasion, order, heading)

    async def _refund_due(self, occasion: Occasion) -> Notice | None:
        order = await _order(occasion)
        if order is None:
            return None
        words, amount = _words(occasion, order), _amount(occasion, order)
        why = str(occasion.data.get("why") or "due_twice").replace("_", "-")
        heading = words.html(f"payment-{why}", number=order.number, amount=amount)
        return await self._notice(occasion, order, heading)

    def _money_moved(self, message: str) -> NoticeRender:
        """The order as it stands, under a heading with the amount that moved and the tax in it."""

        async def render(occasion: Occasion) -> Notice | None:
            order = await _order(occasion)
            if order is None:
                return None
            words, amount = _words(occasion, order), _amount(occasion, order)
            heading = lines(
                words.html(message, number=order.number, amount=amount),
                tax.contained(order.tax, amount, words, occasion.shop),
            )
            return await self._notice(occasion, order, heading, tax_said=True)

        return render

    async def _notice(
        self, occasion: Occasion, order: Order, heading: Html | None, *, tax_said: bool = False
    ) -> Notice:
        view = await self._orders.view_of(occasion.look, order)
        words, shop, now = _words(occasion, order), occasion.shop, occasion.now
        return Notice(
            screens.order(view, words, shop, now, ways=self._ways, heading=heading, tax_said=tax_said)
        )


def _log_in_first(turn: Turn, action: Action) -> Result:
    """Log in, and come back to exactly there."""
    arrival.come_back_to(turn, action)
    return Result(screens.needs_login(turn.words))


def _cannot_cancel(order: Order, words: Words) -> str:
    if order.state in (_S.CANCELLED, _S.REFUNDED, _S.EXPIRED):
        return words.plain("toast-moved-on", number=order.number)
    if order.state is _S.AWAITING_PAYMENT:
        return words.plain("pay-refused-busy")
    collected = order.state is _S.COLLECTED
    until = CancelUntil.COLLECTED if collected else order.cancel_terms.until
    return words.plain(f"toast-too-late-{until.value}", number=order.number)


async def _order(occasion: Occasion) -> Order | None:
    """The order that a notice is about; None if it is nobody's any more."""
    order = await occasion.look.orders.get(OrderId(int(occasion.data["order"] or 0)))
    return None if order is None or order.customer_id is None else order


def _amount(occasion: Occasion, order: Order) -> Money:
    return Money(int(occasion.data.get("amount") or 0), order.total.currency)


def _words(occasion: Occasion, order: Order) -> Words:
    return occasion.texts.words(order.language)
