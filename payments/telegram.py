"""Telegram Payments: the customer pays an invoice in the chat, with the provider that the token stands for.

The Bot API has no call to look a provider's payment up, to end an invoice or to give money back (Bot API, Payments): a late
payment is counted when Telegram reports it, and money that has to go back is owed until a person refunds it at the provider.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import ShowInvoice
from domain.ports.gateway import (
    BadSignature,
    Capabilities,
    Declined,
    Event,
    Outcome,
    Payable,
    Pending,
    Statement,
    Succeeded,
    Unknown,
)


class TelegramInvoices:
    name = "telegram"
    capabilities = Capabilities()

    def __init__(self, provider_token: str) -> None:
        self._provider_token = provider_token

    async def start(self, payable: Payable) -> ShowInvoice:
        """The invoice; nothing is asked of anybody yet. The payload is the attempt's id."""
        return ShowInvoice(
            provider_token=self._provider_token,
            title=payable.title,
            description=payable.description,
            payload=payable.attempt_id,
            labels=payable.labels,
            currency=payable.total.currency,
        )

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        return Unknown("the Bot API cannot look a payment up")

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        """An invoice cannot be ended; one whose order has ended is refused at its pre-checkout."""
        return Pending()

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        """Declined: a person has to do it at the provider."""
        return Declined("not_supported")

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        return Unknown("the Bot API lists no payments of a provider")

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        return Unknown("the Bot API does not know")

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Payments come as updates of the bot, never by a webhook of their own."""
        raise BadSignature
