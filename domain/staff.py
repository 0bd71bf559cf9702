"""The shop's staff: the linked group, and who in it did something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ids import ChatId, OrderId, UserId


@dataclass(frozen=True, slots=True)
class StaffChat:
    """The group that gets the orders. There is at most one."""

    chat_id: ChatId
    title: str
    linked_at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A one-time code that makes the group it is sent in the staff's chat. Only its SHA-256 is kept."""

    code_hash: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who pressed a button in the staff's chat."""

    user_id: UserId
    name: str


@dataclass(frozen=True, slots=True)
class StaffCard:
    """The one message in the staff's chat that shows an order, edited as it changes."""

    order_id: OrderId
    chat_id: ChatId
    message_id: int
