"""Stripe Checkout: the customer pays on Stripe's page; its link is a button in the chat.

By Stripe's own SDK, asynchronously. The rules that this keeps, from Stripe's API reference and documentation:

- an idempotency key is answered alike for at least 24 hours, and refused with other parameters, so whatever is sent for one
  attempt follows from the attempt alone;
- a session's ``expires_at`` lies 30 minutes to 24 hours after its creation: longer than a hold, so the session is ended by the
  API when the hold ends, and one that cannot be ended any more tells whether it was paid;
- amounts are minor units, but for some currencies (`stripe_amounts`);
- a webhook's body is believed only with a right and recent ``Stripe-Signature``;
- the metadata of a payment intent is copied to its charge when it is confirmed (Stripe Support, "How metadata works with related
  objects"), so a charge names its attempt, and one that names none is other business on the same account: it is left out.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import stripe

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink
from domain.ports.gateway import (
    BadSignature,
    Capabilities,
    Charged,
    Declined,
    Event,
    Expired,
    GatewayUnreachable,
    GaveBack,
    Outcome,
    Payable,
    Pending,
    RefundFailed,
    Statement,
    Succeeded,
    Unknown,
)
from payments.stripe_amounts import can_be_written, from_stripe, to_stripe

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

_TIMEOUT = aiohttp.ClientTimeout(total=20)
_LISTING = 30.0
"""Seconds that listing a span may take in all."""
_PAGE = 100  # API reference, Pagination: the most that one answer holds
_LIVES_AFTER_HOLD = timedelta(minutes=30)
_NAME = 200
"""Characters of a line's name; Stripe shows it in one or two lines."""
_LINES = 100  # API reference, Checkout Session, line_items
_REFUND_EVENTS = frozenset({"refund.failed", "refund.updated", "charge.refund.updated"})
_REFUND_CAME_BACK = frozenset({"failed", "canceled"})  # API reference, Refund, status
_TRANSIENT = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)


class StripeCheckout:
    """``back_url`` is where the customer is led after paying: the bot's chat. ``api_url`` is another server for tests."""

    name = "stripe"
    capabilities = Capabilities(
        refunds=True, partial_refunds=True, look_up=True, expire=True, statements=True
    )

    def __init__(self, *, secret_key: str, webhook_secret: str, back_url: str, api_url: str = "") -> None:
        self._http = stripe.AIOHTTPClient(timeout=_TIMEOUT)
        self._client = stripe.StripeClient(
            secret_key,
            http_client=self._http,
            base_addresses={"api": api_url} if api_url else None,
            max_network_retries=1,
        )
        self._webhook_secret = webhook_secret
        self._back_url = back_url

    async def close(self) -> None:
        """Give the connections back; to be called once, when the program ends."""
        await self._http.close_async()  # type: ignore[no-untyped-call]  # the SDK leaves it unannotated

    async def start(self, payable: Payable) -> OpenLink | Unknown:
        """Make the session, or, with the same attempt again, get the same one."""
        if not all(
            can_be_written(amount) for amount in (payable.total, *(one.amount for one in payable.labels))
        ):
            return Unknown("no amount that Stripe knows")
        try:
            session = await self._client.v1.checkout.sessions.create_async(
                self._session_of(payable), {"idempotency_key": f"start-{payable.attempt_id}"}
            )
        except _TRANSIENT as error:
            raise GatewayUnreachable(type(error).__name__) from None
        except stripe.StripeError as error:
            return Unknown(_code(error))
        return OpenLink(session.url or "", session.id)

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        if not reference:
            return Unknown("no session is known")
        try:
            session = await self._client.v1.checkout.sessions.retrieve_async(reference)
        except stripe.StripeError as error:
            return Unknown(_code(error))
        return _outcome(session.to_dict())

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        """End the session. Stripe refuses for one that is not open any more: then it says how it stands."""
        if not reference:
            return Unknown("no session is known")
        try:
            session = await self._client.v1.checkout.sessions.expire_async(reference)
        except stripe.InvalidRequestError:
            return await self.look_up(attempt_id, reference)
        except stripe.StripeError as error:
            return Unknown(_code(error))
        return _outcome(session.to_dict())

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        """Give back all or part of a payment intent. A refund that is under way at Stripe counts as done: should the bank
        send it back, an event says so."""
        if not can_be_written(amount):
            return Declined("no_such_amount")
        try:
            refund = await self._client.v1.refunds.create_async(
                {
                    "payment_intent": charge_id,
                    "amount": to_stripe(amount),
                    "metadata": {"attempt": attempt_id},
                },
                {"idempotency_key": key},
            )
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            return Declined(_code(error))
        except stripe.StripeError as error:
            return Unknown(_code(error))
        if refund.status in _REFUND_CAME_BACK:
            return Declined(refund.failure_reason or refund.status)
        return Succeeded(refund.id, amount)

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        try:
            async with asyncio.timeout(_LISTING):
                return Statement(await self._charges(start, end), await self._refunds(start, end))
        except TimeoutError:
            return Unknown("listing took too long")
        except stripe.StripeError as error:
            return Unknown(_code(error))

    async def _charges(self, start: datetime, end: datetime) -> tuple[Charged, ...]:
        """Those that took money: an attempt that the bank refused is a charge as well, as is one that takes days."""
        page = await self._client.v1.charges.list_async(
            {"created": {"gte": int(start.timestamp()), "lt": int(end.timestamp())}, "limit": _PAGE}
        )
        found = []
        async for charge in page.auto_paging_iter():
            attempt, intent = _attempt_of(charge.metadata), _id_of(charge.payment_intent)
            if attempt and intent and charge.paid and charge.status == "succeeded":
                amount = from_stripe(charge.amount, charge.currency.upper())
                found.append(Charged(intent, attempt, amount, _moment(charge.created)))
        return tuple(found)

    async def _refunds(self, start: datetime, end: datetime) -> tuple[GaveBack, ...]:
        """A refund that was made on Stripe's pages has no metadata of its own: its payment intent names the attempt."""
        page = await self._client.v1.refunds.list_async(
            {
                "created": {"gte": int(start.timestamp()), "lt": int(end.timestamp())},
                "limit": _PAGE,
                "expand": ["data.payment_intent"],
            }
        )
        found = []
        async for refund in page.auto_paging_iter():
            intent = refund.payment_intent
            if intent is None or isinstance(intent, str) or refund.status in _REFUND_CAME_BACK:
                continue
            if attempt := _attempt_of(intent.metadata):
                amount = from_stripe(refund.amount, refund.currency.upper())
                found.append(GaveBack(refund.id, intent.id, attempt, amount, _moment(refund.created)))
        return tuple(found)

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        try:
            page = await self._client.v1.refunds.list_async({"payment_intent": charge_id, "limit": _PAGE})
            made = [refund async for refund in page.auto_paging_iter()]
        except stripe.StripeError as error:
            return Unknown(_code(error))
        gone = sum(refund.amount for refund in made if refund.status not in _REFUND_CAME_BACK)
        return from_stripe(gone, currency)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        signature = next((value for name, value in headers.items() if name.lower() == "stripe-signature"), "")
        if not signature.isascii():
            raise BadSignature  # the SDK compares texts, and cannot with such a one
        try:
            text = body.decode()
            stripe.WebhookSignature.verify_header(
                text, signature, self._webhook_secret, stripe.Webhook.DEFAULT_TOLERANCE
            )
        except (UnicodeDecodeError, stripe.SignatureVerificationError):
            raise BadSignature from None
        return _event(json.loads(text))

    def _session_of(self, payable: Payable) -> SessionCreateParams:
        priced = [label for label in payable.labels if label.amount]
        named = [(label.label[:_NAME], label.amount) for label in priced[: _LINES - 1]]
        if rest := priced[_LINES - 1 :]:
            named.append(("…", Money(sum(label.amount.minor for label in rest), payable.total.currency)))
        attempt = {"attempt": str(payable.attempt_id), "order": payable.number}
        params: SessionCreateParams = {
            "mode": "payment",
            "client_reference_id": payable.attempt_id,
            "metadata": attempt,
            "payment_intent_data": {"metadata": attempt, "description": payable.title},
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": amount.currency.lower(),
                        "unit_amount": to_stripe(amount),
                        "product_data": {"name": name},
                    },
                }
                for name, amount in named
            ],
            "locale": "de" if payable.language == "de" else "en" if payable.language == "en" else "auto",
            "success_url": self._back_url,
            "cancel_url": self._back_url,
        }
        if payable.until is not None:
            params["expires_at"] = int((payable.until + _LIVES_AFTER_HOLD).timestamp())
        if payable.email:
            params["customer_email"] = payable.email
        return params


def _outcome(session: Mapping[str, Any]) -> Outcome:
    """How a session stands. Complete but unpaid is a payment that the bank takes days for: it may still come."""
    if session.get("payment_status") == "paid":
        charge = session.get("payment_intent") or session["id"]
        paid = from_stripe(int(session["amount_total"]), str(session["currency"]).upper())
        return Succeeded(charge if isinstance(charge, str) else str(charge["id"]), paid)
    return Expired() if session.get("status") == "expired" else Pending()


def _event(event: Mapping[str, Any]) -> Event:
    """Raises ValueError for a body that is no event of Stripe's.

    A refund that a bank could not pay out fails days after it was made, and its money is back on the shop's balance (Stripe
    documentation, Failed refunds): an account tells so by ``refund.failed``, ``refund.updated`` or ``charge.refund.updated``.
    """
    try:
        kind, event_id, about = str(event["type"]), str(event["id"]), event["data"]["object"]
    except (KeyError, TypeError):
        raise ValueError("not an event") from None
    metadata = about.get("metadata") or {}
    attempt = str(metadata.get("attempt") or "")
    outcome: Outcome | None = None
    refunded: Money | None = None
    failed: RefundFailed | None = None
    if kind in ("checkout.session.completed", "checkout.session.async_payment_succeeded"):
        outcome = _outcome(about)
    elif kind == "checkout.session.async_payment_failed":
        outcome = Declined("async_payment_failed")
    elif kind == "checkout.session.expired":
        outcome = Expired()
    elif kind == "charge.refunded":
        refunded = from_stripe(int(about["amount_refunded"]), str(about["currency"]).upper())
    elif kind in _REFUND_EVENTS and about.get("status") in _REFUND_CAME_BACK:
        amount = from_stripe(int(about["amount"]), str(about["currency"]).upper())
        reason = str(about.get("failure_reason") or about["status"])
        # A refund that was made on Stripe's pages has no metadata of its own: its payment intent is all that leads to an order.
        failed = RefundFailed(str(about["id"]), amount, reason, _id_of(about.get("payment_intent")))
    kept = {key: about[key] for key in _KEPT if key in about}
    kept["metadata"] = {key: metadata[key] for key in _OUR_METADATA if key in metadata}
    raw = json.dumps({"id": event_id, "type": kind, "created": event.get("created"), "object": kept})
    return Event(event_id, kind, AttemptId(attempt) if attempt else None, outcome, refunded, failed, raw)


def _attempt_of(metadata: stripe.StripeObject | None) -> AttemptId | None:
    attempt = metadata.to_dict().get("attempt") if metadata is not None else None
    return AttemptId(str(attempt)) if attempt else None


def _id_of(named: str | stripe.StripeObject | None) -> str:
    return named if isinstance(named, str) else str(named["id"]) if named is not None else ""


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


_KEPT = (
    "id", "object", "status", "payment_status", "amount_total", "amount", "amount_refunded", "currency",
    "client_reference_id", "payment_intent", "failure_reason",
)  # fmt: skip
"""What is stored of an event: nothing about the person or the card."""
_OUR_METADATA = ("attempt", "order")
"""Of other business on the account, metadata may hold anything: none of it is stored."""


def _code(error: stripe.StripeError) -> str:
    """Stripe's short code; never its message, which may quote what was sent."""
    return str(error.code or type(error).__name__)
