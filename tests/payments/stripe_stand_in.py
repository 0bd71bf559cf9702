"""A strict stand-in for Stripe's API: it takes what the API reference allows, and nothing else.

It keeps idempotency keys as documented ("Idempotent requests"): the same key answers with the first answer, whatever it was
unless the server had not begun; the same key with other parameters is an error. Its webhooks are signed as documented
("Verify webhook signatures"). Its lists are paged as documented ("Pagination"): the newest first, ten unless ``limit`` says
otherwise, a hundred at most, the next page after the object that ``starting_after`` names.
"""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import stripe
from aiohttp import web

from tests.payments.stripe_rules import (
    LINE,
    LIST,
    LIST_REFUNDS,
    NEEDED,
    REFUND,
    SESSION,
    Json,
    Refusal,
    check,
    page_of,
)

KEY = "sk_test_" + "4" * 24
WEBHOOK_SECRET = "whsec_" + "5" * 24


class StripeStandIn:
    def __init__(self) -> None:
        self.url = ""
        self.sessions: dict[str, Json] = {}
        self.refunds: list[Json] = []
        self.charges: list[Json] = []
        """In the order in which they were made, those that the bank refused among them."""
        self.page = 100
        """The most that one answer holds; Stripe's is 100."""
        self.requests: list[tuple[str, str]] = []
        self.down = False
        """Answers 500 before it begins, as when the server is away."""
        self.breaks_at = ""
        """A path that answers 500."""
        self.loses_answers = 0
        """So many requests take effect, and the connection breaks before the answer."""
        self._answers: dict[str, tuple[str, tuple[int, Json]]] = {}
        self._numbers = itertools.count(1)

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[StripeStandIn]:
        found = cls()
        app = web.Application()
        app.router.add_post("/v1/checkout/sessions", found._take)
        app.router.add_get("/v1/checkout/sessions/{id}", found._take)
        app.router.add_post("/v1/checkout/sessions/{id}/expire", found._take)
        app.router.add_post("/v1/refunds", found._take)
        app.router.add_get("/v1/refunds", found._take)
        app.router.add_get("/v1/charges", found._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield found
        finally:
            await runner.cleanup()

    # --- what happens at Stripe ---------------------------------------------------------------------------------------

    def pays(self, session_id: str, *, at: float | None = None) -> Json:
        """The customer pays on the page, now or ``at`` some moment. Raises AssertionError if the session is not open."""
        session = self.sessions[session_id]
        assert session["status"] == "open", session["status"]
        charge = self.charged(session["amount_total"], session["currency"], session["metadata"], at=at)
        session |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": charge["payment_intent"],
        }
        return session

    def charged(
        self,
        amount: int,
        currency: str = "eur",
        metadata: Json | None = None,
        *,
        at: float | None = None,
        status: str = "succeeded",
    ) -> Json:
        """A charge; without metadata it is other business on the shop's account. ``status``: succeeded, pending or failed."""
        charge = {
            "id": f"ch_{next(self._numbers)}",
            "object": "charge",
            "amount": amount,
            "currency": currency,
            "created": int(time.time() if at is None else at),
            "metadata": metadata or {},
            "paid": status == "succeeded",
            "payment_intent": f"pi_{next(self._numbers)}",
            "status": status,
        }
        self.charges.append(charge)
        return charge

    def gives_back(
        self, payment_intent: str, amount: int, *, at: float | None = None, metadata: Json | None = None
    ) -> Json:
        """A refund; without metadata the shop's owner made it on Stripe's pages."""
        charge = self._charge_of(payment_intent)
        made = [refund for refund in self.refunds if refund["payment_intent"] == payment_intent]
        gone = sum(refund["amount"] for refund in made if refund["status"] != "failed")
        if gone + amount > charge["amount"]:
            raise Refusal(400, "invalid_request_error", "charge_already_refunded")
        refund = {
            "id": f"re_{next(self._numbers)}",
            "object": "refund",
            "status": "succeeded",
            "amount": amount,
            "currency": charge["currency"],
            "created": int(time.time() if at is None else at),
            "metadata": metadata or {},
            "payment_intent": payment_intent,
        }
        self.refunds.append(refund)
        return refund

    def sends_back(self, refund: Json, reason: str = "expired_or_canceled_card") -> Json:
        """The customer's bank cannot pay a refund out, days after it was made: its money is on the shop's balance again."""
        refund |= {"status": "failed", "failure_reason": reason}
        return refund

    def event(self, kind: str, about: Json, *, at: float | None = None) -> tuple[bytes, dict[str, str]]:
        """A webhook's body and headers."""
        body = json.dumps(
            {
                "id": f"evt_{next(self._numbers)}",
                "object": "event",
                "type": kind,
                "created": 1,
                "data": {"object": about},
            }
        )
        sign: Any = stripe.WebhookSignature.generate_signature_header
        signature = sign(body, WEBHOOK_SECRET, int(at if at is not None else time.time()))
        return body.encode(), {"Stripe-Signature": str(signature), "Content-Type": "application/json"}

    # --- the API ------------------------------------------------------------------------------------------------------

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.method, request.path))
        if self.down or request.path == self.breaks_at:
            return web.json_response({"error": {"type": "api_error"}}, status=500)
        body = await request.text()
        status, answer = self._answered(request, body)
        if self.loses_answers:
            self.loses_answers -= 1
            transport = request.transport
            assert transport is not None
            transport.close()
            raise ConnectionResetError
        return web.json_response(answer, status=status)

    def _answered(self, request: web.Request, body: str) -> tuple[int, Json]:
        try:
            if request.headers.get("Authorization") != f"Bearer {KEY}":
                raise Refusal(401, "invalid_request_error", "api_key_invalid")
            if not re.fullmatch(r"\d{4}-\d\d-\d\d\.\w+", request.headers.get("Stripe-Version", "")):
                raise Refusal(400, "invalid_request_error", "api_version")
            key = request.headers.get("Idempotency-Key", "")
            if request.method != "POST" or not key:
                return self._done(request, body)
            if key in self._answers:
                first, answer = self._answers[key]
                if first != f"{request.path}?{body}":
                    raise Refusal(400, "idempotency_error", "idempotency_key_in_use")
                return answer
            answer = self._done(request, body)
            self._answers[key] = (f"{request.path}?{body}", answer)
        except Refusal as refusal:
            return refusal.answer
        return answer

    def _done(self, request: web.Request, body: str) -> tuple[int, Json]:
        given = dict(parse_qsl(body, keep_blank_values=True))
        if request.path == "/v1/checkout/sessions":
            return 200, self._session(given)
        if request.method == "GET" and request.path in ("/v1/charges", "/v1/refunds"):
            return 200, self._list(request)
        if request.path == "/v1/refunds":
            return 200, self._refund(given)
        session = self.sessions.get(request.match_info["id"])
        if session is None:
            raise Refusal(404, "invalid_request_error", "resource_missing", "session")
        if request.path.endswith("/expire"):
            if session["status"] != "open":
                raise Refusal(400, "invalid_request_error", "", "status")
            session["status"] = "expired"
        return 200, session

    def _session(self, given: dict[str, str]) -> Json:
        lines: dict[int, dict[str, str]] = {}
        for name, value in given.items():
            if match := re.fullmatch(r"line_items\[(\d+)\]((?:\[\w+\])+)", name):
                path = match[2][1:-1].split("][")
                lines.setdefault(int(match[1]), {})[path[0] + "".join(f"[{one}]" for one in path[1:])] = value
            else:
                check(name, value, SESSION)
        for needed in NEEDED:
            if needed not in given:
                raise Refusal(400, "invalid_request_error", "parameter_missing", needed)
        if not 1 <= len(lines) <= 100 or sorted(lines) != list(range(len(lines))):
            raise Refusal(400, "invalid_request_error", "parameter_invalid", "line_items")
        for line in lines.values():
            for needed in LINE:
                if needed not in line:
                    raise Refusal(400, "invalid_request_error", "parameter_missing", needed)
            for name, value in line.items():
                check(name, value, LINE)
        if "expires_at" in given and not 30 * 60 <= int(given["expires_at"]) - time.time() + 1 <= 24 * 3600:
            raise Refusal(400, "invalid_request_error", "parameter_invalid", "expires_at")
        currencies = {line["price_data[currency]"] for line in lines.values()}
        if len(currencies) != 1:
            raise Refusal(400, "invalid_request_error", "parameter_invalid", "currency")
        total = sum(int(line["price_data[unit_amount]"]) * int(line["quantity"]) for line in lines.values())
        number = f"cs_test_{next(self._numbers)}"
        self.sessions[number] = {
            "id": number,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": total,
            "currency": currencies.pop(),
            "client_reference_id": given.get("client_reference_id"),
            "metadata": {"attempt": given.get("metadata[attempt]"), "order": given.get("metadata[order]")},
            "payment_intent": None,
            "url": f"https://checkout.stripe.example/{number}",
            "customer_details": {"email": "ann@example.org", "name": "Ann"},
        }
        return self.sessions[number]

    def _refund(self, given: dict[str, str]) -> Json:
        for name, value in given.items():
            check(name, value, REFUND)
        intent = given["payment_intent"]
        self._charge_of(intent)
        return self.gives_back(
            intent, int(given["amount"]), metadata={"attempt": given.get("metadata[attempt]")}
        )

    def _list(self, request: web.Request) -> Json:
        of, allowed = (self.refunds, LIST_REFUNDS) if request.path == "/v1/refunds" else (self.charges, LIST)
        found, more = page_of(of, request.query, allowed, self.page)
        if "payment_intent" in request.query:
            self._charge_of(request.query["payment_intent"])
        data = [self._expanded(one, request.query) for one in found]
        return {"object": "list", "url": request.path, "has_more": more, "data": data}

    def _charge_of(self, intent: str) -> Json:
        for charge in self.charges:
            if charge["payment_intent"] == intent:
                return charge
        raise Refusal(404, "invalid_request_error", "resource_missing", "payment_intent")

    def _expanded(self, one: Json, query: Mapping[str, str]) -> Json:
        if "expand[0]" not in query:
            return one
        charge = self._charge_of(one["payment_intent"])
        shared = {name: charge[name] for name in ("amount", "currency", "metadata")}
        intent = {"id": one["payment_intent"], "object": "payment_intent", "latest_charge": charge["id"]}
        return one | {"payment_intent": intent | shared}
