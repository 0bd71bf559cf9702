"""What Stripe's API reference allows in a request, and how it refuses and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

SESSION = {
    "mode": r"payment",
    "client_reference_id": r".{1,200}",
    "metadata[attempt]": r".{1,500}",
    "metadata[order]": r".{1,500}",
    "payment_intent_data[metadata][attempt]": r".{1,500}",
    "payment_intent_data[metadata][order]": r".{1,500}",
    "payment_intent_data[description]": r".{1,1000}",
    "locale": r"auto|de|en",
    "success_url": r"https://.+",
    "cancel_url": r"https://.+",
    "expires_at": r"\d{10}",
    "customer_email": r"\S+@\S+",
}
LINE = {
    "quantity": r"[1-9]\d*",
    "price_data[currency]": r"[a-z]{3}",
    "price_data[unit_amount]": r"\d{1,8}",
    "price_data[product_data][name]": r".{1,250}",
}
NEEDED = ("mode", "success_url")
LIST = {
    "created[gte]": r"\d{9,10}",
    "created[lt]": r"\d{9,10}",
    "limit": r"[1-9]\d?|100",
    "starting_after": r"\w+",
}
LIST_REFUNDS = LIST | {"expand[0]": r"data\.payment_intent", "payment_intent": r"pi_\w+"}
REFUND = {"payment_intent": r"pi_\w+", "amount": r"[1-9]\d*", "metadata[attempt]": r".{1,500}"}


class Refusal(Exception):
    def __init__(self, status: int, kind: str, code: str = "", param: str = "") -> None:
        super().__init__(code)
        error = {
            "type": kind,
            "code": code or None,
            "param": param or None,
            "message": f"refused: {code} {param}",
        }
        self.answer = (status, {"error": error})


def check(name: str, value: str, allowed: dict[str, str]) -> None:
    if name not in allowed:
        raise Refusal(400, "invalid_request_error", "parameter_unknown", name)
    if not re.fullmatch(allowed[name], value, re.DOTALL):
        raise Refusal(400, "invalid_request_error", "parameter_invalid", name)


def page_of(
    of: list[Json], query: Mapping[str, str], allowed: dict[str, str], longest: int
) -> tuple[list[Json], bool]:
    """A page of a list, the newest first, and whether there are more; ``longest`` is the most that one answer holds."""
    for name, value in query.items():
        check(name, value, allowed)
    start, end = int(query.get("created[gte]", 0)), int(query.get("created[lt]", 10**10))
    intent = query.get("payment_intent")
    found = [
        one
        for one in of
        if start <= one["created"] < end and (intent is None or one["payment_intent"] == intent)
    ]
    found.sort(key=lambda one: (one["created"], of.index(one)), reverse=True)
    if "starting_after" in query:
        known = [one["id"] for one in found]
        if query["starting_after"] not in known:
            raise Refusal(400, "invalid_request_error", "resource_missing", "starting_after")
        found = found[known.index(query["starting_after"]) + 1 :]
    most = min(int(query.get("limit", 10)), longest)
    return found[:most], len(found) > most
