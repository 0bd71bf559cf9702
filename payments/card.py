"""Card payments on the page of the sandbox's own gateway, which docs/sandbox.md describes: for the demo and the tests.

It is written as for a real one. What is sent for one attempt follows from the attempt alone, since the gateway refuses an
idempotency key that comes with another request; an attempt whose answer was lost is found by its reference; and what may have
reached the gateway without an answer is never taken for what surely did not.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp

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
    Statement,
    Succeeded,
    Unknown,
)

TOLERANCE = 300
"""Seconds that a signature may be old: one that was overheard is worth nothing afterwards."""
_LABEL = 200
_FINAL = frozenset({400, 404, 409})
"""Refusals that the same request meets again; others (a wrong key, too many requests) pass once somebody or time mends them."""


class _NoAnswer(Exception):
    """It may have been asked or not."""


class CardGateway:
    """``back_url`` is where the customer is led after paying. ``timeout`` bounds one call, in seconds."""

    name = "sandbox_card"
    capabilities = Capabilities(
        refunds=True, partial_refunds=True, look_up=True, expire=True, statements=True
    )

    def __init__(
        self,
        *,
        api_url: str,
        key: str,
        webhook_secret: str,
        back_url: str,
        timeout: float = 20.0,
    ) -> None:
        self._url = api_url.rstrip("/")
        self._key = key
        self._webhook_secret = webhook_secret
        self._back_url = back_url
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Give the connections back; to be called once, when the program ends."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def start(self, payable: Payable) -> OpenLink | Unknown:
        """Make it payable, or, with the same attempt again, get the same payment."""
        wish: dict[str, Any] = {
            "reference": str(payable.attempt_id),
            "description": payable.title,
            "amount": payable.total.minor,
            "currency": payable.total.currency,
            "lines": [
                {"label": label.label[:_LABEL], "amount": label.amount.minor} for label in payable.labels
            ],
            "language": payable.language,
            "return_url": self._back_url,
        }
        if payable.until is not None:
            wish["expires_at"] = int(payable.until.timestamp())
        try:
            status, answer = await self._call("POST", "/payments", wish, f"start-{payable.attempt_id}")
        except _NoAnswer as error:
            return Unknown(str(error))
        if status != 200:
            return Unknown(_code(answer))
        return OpenLink(str(answer["url"]), str(answer["id"]))

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        """By the payment's id, or, if that was never learnt, by the attempt's: then a payment that is not there was not made
        so far."""
        try:
            if reference:
                status, answer = await self._call("GET", f"/payments/{reference}")
                return _outcome(answer) if status == 200 else Unknown(_code(answer))
            status, answer = await self._call("GET", "/payments", query={"reference": str(attempt_id)})
        except (_NoAnswer, GatewayUnreachable) as error:
            return Unknown(str(error))
        if status != 200:
            return Unknown(_code(answer))
        found = answer["data"]
        return _outcome(found[-1]) if found else Pending()

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        """Cancel it. The gateway refuses for one that was paid: then it says how it stands."""
        if not reference:
            return await self.look_up(attempt_id, reference)
        try:
            status, answer = await self._call("POST", f"/payments/{reference}/cancel", {})
        except (_NoAnswer, GatewayUnreachable) as error:
            return Unknown(str(error))
        if status == 409:
            return await self.look_up(attempt_id, reference)
        return _outcome(answer) if status == 200 else Unknown(_code(answer))

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        """Give back all or part of a charge: ``<payment>/<charge>``, as `_outcome` names it."""
        payment, _, _ = charge_id.partition("/")
        wish = {"amount": amount.minor, "currency": amount.currency}
        try:
            status, answer = await self._call("POST", f"/payments/{payment}/refunds", wish, key)
        except (_NoAnswer, GatewayUnreachable) as error:
            return Unknown(str(error))
        if status == 200:
            return Succeeded(str(answer["id"]), Money(int(answer["amount"]), str(answer["currency"])))
        return Declined(_code(answer)) if status in _FINAL else Unknown(_code(answer))

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        """The account serves one shop; its times are whole seconds."""
        first, last = str(int(start.timestamp())), str(int(end.timestamp()))
        paid = await self._listed("/payments", {"paid_from": first, "paid_until": last})
        if isinstance(paid, Unknown):
            return paid
        gone = await self._listed("/refunds", {"from": first, "until": last})
        if isinstance(gone, Unknown):
            return gone
        return Statement(tuple(map(_charged, paid)), tuple(map(_gave_back, gone)))

    async def _listed(self, path: str, query: Mapping[str, str]) -> list[Mapping[str, Any]] | Unknown:
        try:
            status, answer = await self._call("GET", path, query=query)
        except (_NoAnswer, GatewayUnreachable) as error:
            return Unknown(str(error))
        return list(answer["data"]) if status == 200 else Unknown(_code(answer))

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        payment, _, _ = charge_id.partition("/")
        try:
            status, answer = await self._call("GET", f"/payments/{payment}")
        except (_NoAnswer, GatewayUnreachable) as error:
            return Unknown(str(error))
        if status != 200:
            return Unknown(_code(answer))
        return Money(int(answer["amount_refunded"]), currency)

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        given = next((value for name, value in headers.items() if name.lower() == "card-signature"), "")
        parts = dict(part.partition("=")[::2] for part in given.split(","))
        at, signed = parts.get("t", ""), parts.get("v1", "")
        if not (at.isascii() and at.isdigit() and len(at) < 12) or abs(time.time() - int(at)) > TOLERANCE:
            raise BadSignature
        expected = hmac.new(
            self._webhook_secret.encode(), f"{at}.".encode() + body, hashlib.sha256
        ).hexdigest()
        if not hmac.compare_digest(expected.encode(), signed.encode()):
            raise BadSignature
        return _event(body)

    async def _call(
        self,
        verb: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        key: str = "",
        query: Mapping[str, str] | None = None,
    ) -> tuple[int, Mapping[str, Any]]:
        """The status and the answer. Raises GatewayUnreachable if it surely was not asked, _NoAnswer if it may have been."""
        if self._session is None:
            headers = {"Authorization": f"Bearer {self._key}"}
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers=headers)
        headers = {"Idempotency-Key": key} if key else {}
        try:
            async with self._session.request(
                verb, f"{self._url}/v1{path}", json=body, params=query, headers=headers
            ) as response:
                answer = await response.json()
        except aiohttp.ClientConnectorError as error:
            raise GatewayUnreachable(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise _NoAnswer(type(error).__name__) from None
        if response.status >= 500 or not isinstance(answer, dict):
            raise _NoAnswer(f"status {response.status}")
        return response.status, answer


def _outcome(payment: Mapping[str, Any]) -> Outcome:
    """How a payment stands. A card that was declined leaves it open for another, until the gateway takes no more."""
    state = payment.get("state")
    if state == "paid":
        amount = Money(int(payment["amount"]), str(payment["currency"]))
        return Succeeded(f"{payment['id']}/{payment['charge']}", amount)
    if state == "declined":
        return Declined(str(payment.get("declined") or "declined"))
    return Expired() if state == "cancelled" else Pending()


def _charged(payment: Mapping[str, Any]) -> Charged:
    return Charged(
        f"{payment['id']}/{payment['charge']}",
        AttemptId(str(payment["reference"])),
        Money(int(payment["amount"]), str(payment["currency"])),
        datetime.fromtimestamp(int(payment["paid_at"]), UTC),
    )


def _gave_back(refund: Mapping[str, Any]) -> GaveBack:
    return GaveBack(
        str(refund["id"]),
        f"{refund['payment']}/{refund['charge']}",
        AttemptId(str(refund["reference"])),
        Money(int(refund["amount"]), str(refund["currency"])),
        datetime.fromtimestamp(int(refund["created"]), UTC),
    )


def _event(body: bytes) -> Event:
    """Raises ValueError for a body that is no event of the gateway's."""
    event = json.loads(body)
    try:
        kind, event_id, payment = str(event["type"]), str(event["id"]), event["payment"]
        attempt = str(payment["reference"])
        outcome: Outcome | None = None
        refunded: Money | None = None
        if kind in ("payment.paid", "payment.declined", "payment.cancelled"):
            outcome = _outcome(payment)
        elif kind == "payment.refunded":
            refunded = Money(int(payment["amount_refunded"]), str(payment["currency"]))
        kept = {name: payment[name] for name in _KEPT if name in payment}
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not an event") from None
    raw = json.dumps({"id": event_id, "type": kind, "created": event.get("created"), "payment": kept})
    return Event(event_id, kind, AttemptId(attempt) if attempt else None, outcome, refunded, raw=raw)


_KEPT = (
    "id", "object", "reference", "state", "amount", "amount_refunded", "currency", "charge", "declined",
)  # fmt: skip
"""What is stored of an event: nothing about the person or the card."""


def _code(answer: Mapping[str, Any]) -> str:
    """The gateway's short code; never its sentence, which may quote what was sent."""
    error = answer.get("error")
    return str(error.get("code", "refused")) if isinstance(error, dict) else "refused"
