"""The gateway's HTTP API for the shop: ``/card/v1/...``, JSON, with the account's key as a bearer token. docs/sandbox.md."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from sandbox.card.account import CardAccount, CardError
from sandbox.model import Json
from sandbox.store import Store

_WISH: dict[str, type | tuple[type, ...]] = {
    "reference": str, "description": str, "amount": int, "currency": str, "lines": list, "language": str,
    "return_url": str, "expires_at": int,
}  # fmt: skip
_NEEDED = ("reference", "description", "amount", "currency")
FAULTS = ("500", "timeout_before", "timeout_after", "drop_before", "drop_after")
OPERATIONS = ("create", "find", "cancel", "refund")
_CALLS_KEPT = 10_000


@dataclass
class CardFault:
    """The next ``left`` calls of this operation (empty: of any) meet it. ``seconds`` is how long a time-out takes."""

    kind: str
    operation: str = ""
    left: int = 1
    seconds: float = 60.0


class CardApi:
    """``url`` is the sandbox's own address, once it is known."""

    def __init__(self, account: CardAccount, store: Store, key: str, url: Callable[[], str]) -> None:
        self._account = account
        self._store = store
        self._key = key
        self._url = url
        self.faults: list[CardFault] = []
        self.calls: deque[Json] = deque(maxlen=_CALLS_KEPT)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/card/v1/payments", self._route("create", self._create))
        router.add_get("/card/v1/payments", self._route("find", self._list))
        router.add_get("/card/v1/payments/{id}", self._route("find", self._find))
        router.add_get("/card/v1/refunds", self._route("find", self._refunds))
        router.add_post("/card/v1/payments/{id}/cancel", self._route("cancel", self._cancel))
        router.add_post("/card/v1/payments/{id}/refunds", self._route("refund", self._refund))

    def _route(self, operation: str, do: Callable[[web.Request, Json], Any]) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            fault = self._strike(operation)
            if fault is not None and fault.kind.endswith("_before"):
                return await self._vanish(request, fault)
            if fault is not None and fault.kind == "500":
                return web.json_response({"error": {"code": "internal_error"}}, status=500)
            call: Json = {"operation": operation, "path": request.path_qs}
            self.calls.append(call)
            try:
                self._authorise(request)
                call["body"] = await _body(request)
                answer, status = do(request, call["body"]), 200
            except CardError as error:
                answer, status = {"error": {"code": error.code, "message": error.sentence}}, error.status
            call["status"] = status
            self._store.flush()
            if fault is not None:
                return await self._vanish(request, fault)
            return web.json_response(answer, status=status)

        return handle

    def _strike(self, operation: str) -> CardFault | None:
        for fault in self.faults:
            if fault.operation in ("", operation):
                fault.left -= 1
                if fault.left <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    async def _vanish(self, request: web.Request, fault: CardFault) -> web.StreamResponse:
        """No answer comes: the connection ends, now or after a long time."""
        if fault.kind.startswith("timeout"):
            await asyncio.sleep(fault.seconds)
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    def _authorise(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        # Other bytes than UTF-8's come as surrogates (PEP 383).
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), f"Bearer {self._key}".encode()):
            raise CardError(401, "wrong_key", "The account's key is missing or wrong.")

    def _create(self, request: web.Request, body: Json) -> Json:
        for name, value in body.items():
            if name not in _WISH:
                raise CardError(400, "unknown_parameter", f"{name} is not known.")
            if not isinstance(value, _WISH[name]) or isinstance(value, bool):
                raise CardError(400, "wrong_parameter", f"{name} is of the wrong kind.")
        for name in _NEEDED:
            if body.get(name) in (None, ""):
                raise CardError(400, "missing_parameter", f"{name} is missing.")
        currency = body["currency"]
        if body["amount"] <= 0 or len(currency) != 3 or not (currency.isascii() and currency.isupper()):
            raise CardError(
                400, "wrong_parameter", "An amount is positive, a currency three capital letters."
            )
        if not all(_is_line(line) for line in body.get("lines", ())):
            raise CardError(400, "wrong_parameter", "A line is a label and an amount.")
        if body.get("lines") and sum(line["amount"] for line in body["lines"]) != body["amount"]:
            raise CardError(400, "wrong_parameter", "The lines do not add up to the amount.")
        return self._shown(self._account.create(request.headers.get("Idempotency-Key", ""), body).id)

    def _find(self, request: web.Request, body: Json) -> Json:
        return self._shown(request.match_info["id"])

    def _list(self, request: web.Request, body: Json) -> Json:
        span = [_second(request, name) for name in ("paid_from", "paid_until")]
        found = self._account.matching(request.query.get("reference", ""), *span)
        return {"data": [self._shown(payment.id) for payment in found]}

    def _refunds(self, request: web.Request, body: Json) -> Json:
        for name in ("from", "until"):
            if name not in request.query:
                raise CardError(400, "missing_parameter", f"{name} is missing.")
        found = self._account.refunds(_second(request, "from"), _second(request, "until"))
        return {
            "data": [
                asdict(refund)
                | {"payment": payment.id, "charge": payment.charge, "reference": payment.reference}
                for payment, refund in found
            ]
        }

    def _cancel(self, request: web.Request, body: Json) -> Json:
        return self._shown(self._account.cancel(request.match_info["id"]).id)

    def _refund(self, request: web.Request, body: Json) -> Json:
        amount, currency = body.get("amount"), body.get("currency")
        if not isinstance(amount, int) or isinstance(amount, bool) or not isinstance(currency, str):
            raise CardError(400, "missing_parameter", "amount and currency say how much goes back.")
        key = request.headers.get("Idempotency-Key", "")
        return asdict(self._account.refund(key, request.match_info["id"], amount, currency))

    def _shown(self, payment_id: str) -> Json:
        payment = self._account.find(payment_id)
        return payment.view() | {"url": f"{self._url()}/card/pay/{payment.id}"}


def _is_line(line: object) -> bool:
    return isinstance(line, dict) and isinstance(line.get("label"), str) and type(line.get("amount")) is int


async def _body(request: web.Request) -> Json:
    if not request.body_exists:
        return {}
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise CardError(400, "no_json", "The body is no JSON object.")
    return body


def _second(request: web.Request, name: str) -> int:
    try:
        return int(request.query.get(name, "0"))
    except ValueError:
        raise CardError(400, "wrong_parameter", "A time is in seconds since 1970.") from None
