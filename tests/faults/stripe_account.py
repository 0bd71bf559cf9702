"""A shop that is paid through Stripe, with the strict stand-in as Stripe and webhooks that a test sends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.gateway_events import GatewayEvents
from domain.order import Order
from domain.payment import Attempt
from payments.stripe import StripeCheckout
from tests.domain.trade import Hands, Trade
from tests.faults.replicas import replicas
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn


@asynccontextmanager
async def stripe() -> AsyncIterator[tuple[StripeStandIn, StripeCheckout]]:
    async with StripeStandIn.running() as stand_in:
        gateway = StripeCheckout(
            secret_key=KEY, webhook_secret=WEBHOOK_SECRET, back_url="https://t.me/shop", api_url=stand_in.url
        )
        try:
            yield stand_in, gateway
        finally:
            await gateway.close()


@dataclass
class StripeShop:
    """``trade`` sells, ``stripe`` is where its customers pay."""

    trade: Trade
    stripe: StripeStandIn
    events: GatewayEvents

    async def with_page(self, price: int = 1000) -> tuple[Order, Attempt, dict[str, Any]]:
        """A customer's order that awaits payment on a page, and the page's session."""
        trade = self.trade
        ann, book = await trade.customer(), await trade.book(1, price=price)
        order, attempt = await trade.to_pay(ann, (book, 1))
        return order, attempt, list(self.stripe.sessions.values())[-1]

    async def hears(self, kind: str, about: dict[str, Any]) -> int:
        """One event by the webhook; the status it is answered with."""
        return await self.posts(*self.stripe.event(f"checkout.session.{kind}", about))

    async def posts(self, body: bytes, headers: Mapping[str, str]) -> int:
        return await self.events.receive(body, headers)


@asynccontextmanager
async def stripe_shop(url: str) -> AsyncIterator[StripeShop]:
    # Stripe's times and signatures are held against the machine's clock.
    clock = Hands(datetime.now(UTC))
    async with stripe() as (stand_in, gateway), replicas(url, gateway, clock=clock) as (trade, _):
        events = GatewayEvents(
            gateway=gateway,
            settlement=trade.settlement,
            unit_of_work=trade.uow,
            clock=clock,
            after_commit=lambda: None,
        )
        yield StripeShop(trade, stand_in, events)
