"""Logging out, and what a customer can do with the account."""

from __future__ import annotations

from dataclasses import dataclass

from domain.cart import CartOwner
from domain.customer import Customer, normalise_email
from domain.errors import NotLoggedIn
from domain.ids import ChatId, CustomerId, UserId
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Look, Work
from domain.services.attempts import passwords_of_account
from domain.services.login import Locked, Login, PasswordCheck, Refused
from domain.services.questions import forget_person
from domain.session import Session
from domain.views import AccountView


@dataclass(frozen=True, slots=True)
class Deleted:
    """The account is gone."""


@dataclass(frozen=True, slots=True)
class OrdersStillOpen:
    """The account cannot be deleted: ``count`` orders are neither collected nor cancelled."""

    count: int


class Account:
    def __init__(self, *, login: Login, clock: Clock) -> None:
        self._login = login
        self._clock = clock

    async def log_out(self, work: Work, session: Session) -> None:
        await work.sessions.revoke(session.id, self._clock.now())

    async def log_out_everywhere(self, work: Work, customer_id: CustomerId) -> int:
        """End all logins, this one too; returns how many there were."""
        return await work.sessions.revoke_all(customer_id, self._clock.now())

    async def set_language(self, work: Work, customer_id: CustomerId, language: str) -> None:
        await work.customers.set_language(customer_id, language)

    async def view(
        self, look: Look, customer_id: CustomerId, chat_id: ChatId, user_id: UserId
    ) -> AccountView:
        """NotLoggedIn if there is no such customer any more."""
        customer = await look.customers.get(customer_id)
        if customer is None:
            raise NotLoggedIn
        _, orders = await look.orders.of_customer(customer_id, offset=0, limit=1)
        return AccountView(
            customer=customer,
            cart_copies=await look.carts.copies(CartOwner(customer_id, chat_id, user_id)),
            orders=orders,
            open_orders=await look.orders.count_open(customer_id),
            logins=len(await look.sessions.live(customer_id, self._clock.now())),
        )

    async def delete(
        self, work: Work, check: PasswordCheck, chat_id: ChatId, user_id: UserId
    ) -> Deleted | OrdersStillOpen | Refused | Locked:
        """Remove the person, whose password was typed. Orders that must be kept stay without them.

        Not while an order is open: it holds books and perhaps money, and the customer is who can settle it. We do
        not cancel it along the way, as nobody deletes an account to lose a paid parcel; cancelling is one tap in the orders.
        """
        outcome = await self._login.confirm(work, check, chat_id)
        if not isinstance(outcome, Customer):
            return outcome
        # An order is placed under the cart's lock, so none can come in between the count and the end.
        await work.carts.locked(CartOwner(outcome.id, chat_id, user_id))
        still_open = await work.orders.count_open(outcome.id)
        if still_open:
            return OrdersStillOpen(still_open)
        for session in await work.sessions.live(outcome.id, self._clock.now()):
            if session.chat_id != chat_id:
                await work.dialogues.forget(session.chat_id)
        await work.limits.clear(passwords_of_account(normalise_email(outcome.email)).key)
        await forget_person(work, outcome.id, chat_id, self._clock.now())
        await work.customers.delete(outcome.id)
        return Deleted()
