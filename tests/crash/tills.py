"""What happens at the payment gateways, and what their own records say in the end."""

from __future__ import annotations

import time
from collections import Counter
from typing import Protocol

from sandbox.card.account import CANCELLED, PAID, CardPayment
from sandbox.card.events import SIGNATURE, signature
from sandbox.sandbox import Sandbox
from tests.payments.stripe_stand_in import StripeStandIn

Record = Counter[tuple[str, int]]
"""Charges or refunds: by the charge's id and the amount in minor units, how often."""


class Till(Protocol):
    """One gateway. ``label`` is on the button that leads to it."""

    name: str
    label: str

    def pays(self) -> None:
        """The customer pays on the page that was made last; nobody tells the shop."""
        ...

    def event(self) -> tuple[bytes, dict[str, str]]:
        """What it tells the shop of that."""
        ...

    def pages(self) -> int:
        """How many pages to pay on were made."""
        ...

    def ended(self) -> bool:
        """Whether the page that was made last can be paid no more, and was not."""
        ...

    def charges(self) -> Record: ...

    def refunds(self) -> Record: ...


class StripeTill:
    name, label = "stripe", "online by card"

    def __init__(self, stripe: StripeStandIn) -> None:
        self._stripe = stripe

    def pays(self) -> None:
        self._stripe.pays(list(self._stripe.sessions)[-1])

    def event(self) -> tuple[bytes, dict[str, str]]:
        return self._stripe.event("checkout.session.completed", list(self._stripe.sessions.values())[-1])

    def pages(self) -> int:
        return len(self._stripe.sessions)

    def ended(self) -> bool:
        return bool(list(self._stripe.sessions.values())[-1]["status"] == "expired")

    def charges(self) -> Record:
        return Counter(
            (str(session["payment_intent"]), int(session["amount_total"]))
            for session in self._stripe.sessions.values()
            if session["payment_status"] == "paid"
        )

    def refunds(self) -> Record:
        return Counter(
            (str(refund["payment_intent"]), int(refund["amount"])) for refund in self._stripe.refunds
        )


class CardTill:
    name, label = "sandbox_card", "· by card"

    def __init__(self, sandbox: Sandbox) -> None:
        self._account = sandbox.card.account
        self._events = sandbox.card.events
        self._secret = sandbox.settings.card_webhook_secret

    def _last(self) -> CardPayment:
        return list(self._account.payments.values())[-1]

    def pays(self) -> None:
        self._account.pay(self._last().id, telling="never")

    def event(self) -> tuple[bytes, dict[str, str]]:
        return self.event_of(self._last().id)

    def event_of(self, payment_id: str) -> tuple[bytes, dict[str, str]]:
        """What it tells the shop of a payment that was paid."""
        payment = self._account.find(payment_id)
        payment.telling = "once"
        self._events.add("payment.paid", payment, int(time.time()))
        body = self._events.all[-1].body
        return body.encode(), {SIGNATURE: signature(self._secret, body, int(time.time()))}

    def pages(self) -> int:
        return len(self._account.payments)

    def ended(self) -> bool:
        return self._last().state == CANCELLED

    def charges(self) -> Record:
        paid = (one for one in self._account.payments.values() if one.state == PAID)
        return Counter((f"{one.id}/{one.charge}", one.amount) for one in paid)

    def refunds(self) -> Record:
        return Counter(
            (f"{one.id}/{one.charge}", refund.amount)
            for one in self._account.payments.values()
            for refund in one.refunds
        )


def telegram_charges(sandbox: Sandbox) -> Record:
    """What Telegram's provider took; it gives nothing back by itself."""
    return Counter(
        (str(payment["provider_payment_charge_id"]), int(payment["total_amount"]))
        for payment in sandbox.payments.all()
        if payment["state"] == "paid"
    )
