"""Buttons for checking out and paying."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class CheckOut(Action):
    tag = "co"


@dataclass(frozen=True, slots=True)
class PlaceOrder(Action):
    """Confirm the summary that was shown. ``way`` is ``counter`` or a gateway's name."""

    tag = "o"
    checkout_id: str
    fingerprint: str
    way: str


@dataclass(frozen=True, slots=True)
class Pay(Action):
    """Pay an order that awaits it: a new try, or the present one shown again."""

    tag = "py"
    order_id: int
    gateway: str


@dataclass(frozen=True, slots=True)
class StartPayment(Action):
    """Not a button: what follows a commit, outside of any transaction. Calls the gateway for a payment attempt."""

    tag = "sp"
    attempt_id: str


@dataclass(frozen=True, slots=True)
class ReserveInstead(Action):
    """An order that awaits payment is to be paid at the counter."""

    tag = "ri"
    order_id: int
