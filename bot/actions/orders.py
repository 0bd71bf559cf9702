"""Buttons of a customer's orders."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class ShowOrders(Action):
    tag = "os"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowOrder(Action):
    tag = "oo"
    order_id: int


@dataclass(frozen=True, slots=True)
class CancelOrder(Action):
    """Asks whether to."""

    tag = "oc"
    order_id: int


@dataclass(frozen=True, slots=True)
class ConfirmCancel(Action):
    """``back`` is what the question said goes back, in minor units."""

    tag = "ox"
    order_id: int
    back: int


@dataclass(frozen=True, slots=True)
class OrderAgain(Action):
    tag = "oa"
    order_id: int


@dataclass(frozen=True, slots=True)
class SendReceipt(Action):
    tag = "or"
    order_id: int
