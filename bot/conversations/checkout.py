"""From the cart to an order: a summary, and one tap that places it once."""

from __future__ import annotations

from bot import arrival
from bot.actions import CheckOut, PlaceOrder, ShowCart, ShowOrder, ShowOrders, StartPayment
from bot.conversation import Route, Routes, Turn
from bot.screen import Result
from bot.screens import checkout as screens
from domain.errors import (
    CartEmpty,
    NotLoggedIn,
    OrderNotFound,
    OutOfStock,
    PaymentUnavailable,
    ShopError,
    SummaryChanged,
    TooManyOpenOrders,
)
from domain.services.carts import ShoppingCart
from domain.services.checkout import Checkout

_CHECKOUT = "checkout"
"""Under which the dialogue keeps the present checkout's id: it places one order at most."""


class CheckoutConversation:
    def __init__(self, *, checkout: Checkout, cart: ShoppingCart) -> None:
        self._checkout = checkout
        self._cart = cart

    def routes(self) -> Routes:
        return Routes(
            actions={
                CheckOut: Route(self.show),
                PlaceOrder: Route(self.place, recover=self.not_placed),
            }
        )

    async def show(self, turn: Turn, action: CheckOut) -> Result:
        owner, data = await turn.owner(), turn.dialogue.data
        if owner.customer_id is None:
            arrival.come_back_to(turn, CheckOut())
            return Result(screens.needs_login(turn.words))
        try:
            view = await self._checkout.summary(turn.work, owner, str(data.get(_CHECKOUT) or ""))
        except CartEmpty:
            return Result(go=ShowCart())
        data[_CHECKOUT] = view.checkout_id
        if view.cart.changed:
            await self._cart.saw(turn.work, owner, view.cart.lines)
            return Result(screens.changed(view, turn.words))
        return Result(screens.summary(view, turn.words, turn.shop, turn.now))

    async def place(self, turn: Turn, action: PlaceOrder) -> Result:
        placed = await self._checkout.place(
            turn.work,
            await turn.owner(),
            checkout_id=action.checkout_id,
            agreed=action.fingerprint,
            way=action.way,
            language=turn.words.language,
        )
        turn.dialogue.data.pop(_CHECKOUT, None)
        turn.dialogue.data.pop("emptied", None)
        if placed.attempt is not None:
            toast = turn.words.plain("toast-placed", number=placed.order.number)
            return Result(then=StartPayment(placed.attempt.id), toast="" if placed.repeated else toast)
        return Result(go=ShowOrder(placed.order.id))

    async def not_placed(self, turn: Turn, action: PlaceOrder, error: ShopError) -> Result | None:
        words = turn.words
        match error:
            case NotLoggedIn():
                arrival.come_back_to(turn, CheckOut())
                return Result(screens.needs_login(words))
            case CartEmpty():
                # Placed from another phone, most likely: then it stands there.
                return Result(go=ShowOrders(), toast=words.plain("toast-nothing-to-order"))
            case OutOfStock() | SummaryChanged() | PaymentUnavailable():
                return Result(go=CheckOut(), toast=words.plain("toast-summary-changed"))
            case TooManyOpenOrders(limit):
                return Result(go=ShowOrders(), toast=words.plain("toast-too-many-open", limit=limit))
            case OrderNotFound():
                return Result(go=CheckOut())
        return None
